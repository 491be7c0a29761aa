import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { EXPORTS, type ExportKind } from '../domain/exports/export-store.ts';
import { BATCH, SHEETS } from '../domain/exports/rows.ts';
import { type Database, onRecord } from '../prisma/database.ts';
import { listOrganisations } from '../prisma/organisations.ts';
import { claimStore } from '../prisma/stores/claims.ts';
import { exportStore } from '../prisma/stores/exports.ts';
import { readConfig } from './config.ts';
import { csvFile } from './export-csv.ts';
import { whyNoFile, writeWhole } from './export-file.ts';
import { program, type Wrong } from './program.ts';

const USAGE = `Usage: npm run --silent export -- ${EXPORTS.join('|')} [--organisation TENANT_ID] [--out FILE]
  Without --organisation: all that are kept. Without --out: to standard output.`;

type Wanted = { readonly what: ExportKind; readonly organisation?: string; readonly out?: string };

const readArguments = (): Wanted | Wrong => {
  const wrong = (why: string): Wrong => ({ wrong: `${why}\n${USAGE}` });
  const options = { organisation: { type: 'string' }, out: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [word, ...more] = positionals;
    const what = EXPORTS.find((known) => known === word);
    if (what === undefined) return wrong(word === undefined ? 'Export what?' : `There is no export “${word}”.`);
    return more.length > 0 ? wrong(`One export at a time: “${more.join(' ')}” is too much.`) : { what, ...values };
  } catch (error) {
    return wrong((error as Error).message);
  }
};

type Organisations = Awaited<ReturnType<typeof listOrganisations>>;

const chosen = (all: Organisations, tenantId: string | undefined): Organisations | Wrong => {
  if (tenantId === undefined) return all;
  const one = all.filter((organisation) => organisation.tenantId === tenantId.toLowerCase());
  if (one.length > 0) return one;
  const known = all.map((organisation) => `  ${organisation.tenantId}  ${organisation.name}`);
  return { wrong: [`No organisation of tenant “${tenantId}” is kept. These are:`, ...known].join('\n') };
};

/** How far it is, where a person is looking; the file itself may be going to standard output. */
const progress = (what: ExportKind, total: number) => (done: number) => {
  if (!process.stderr.isTTY || done % BATCH !== 0) return;
  process.stderr.write(`\r${done.toLocaleString('en')} of ${total.toLocaleString('en')} lines of ${what}`);
};

const exportFrom = async ({ prisma }: Database, { what, organisation, out }: Wanted): Promise<Wrong | null> => {
  const organisations = chosen(await listOrganisations({ prisma }), organisation);
  if ('wrong' in organisations) return organisations;
  // Whoever runs this has the whole record in hand, so it tells of every location.
  const scopes = organisations.map(({ id }) => ({ organisationId: id, locationIds: 'all' }) as const);
  const reads = { claims: claimStore(prisma), exports: exportStore(prisma) };
  const { columns, count, rows } = SHEETS[what];
  let total = 0;
  for (const scope of scopes) total += await count(reads, scope);
  const tell = progress(what, total);
  let done = 0;
  const everything = async function* () {
    for (const scope of scopes) {
      for await (const row of rows(reads, scope)) {
        yield row;
        done += 1;
        tell(done);
      }
    }
  };
  await writeWhole(out, Readable.from(everything()), csvFile(columns));
  const start = process.stderr.isTTY ? '\r' : '';
  const where = out === undefined ? '' : ` to ${out}`;
  console.error(`${start}${done.toLocaleString('en')} ${done === 1 ? 'line' : 'lines'} of ${what} exported${where}`);
  return null;
};

/** `npm run export`: claims or customers as a CSV file. Ends with status 1 when there is none. */
await program(async () => {
  const wanted = readArguments();
  if ('wrong' in wanted) return wanted;
  const noFile = wanted.out === undefined ? null : await whyNoFile(wanted.out);
  if (noFile !== null) return { wrong: noFile };
  return onRecord(readConfig(), (database) => exportFrom(database, wanted));
});
