/**
 * Imports 100,000 customers and says how long that takes and how much memory, beside csv-parse alone reading the same
 * file. Each runs in a process of its own, because the peak of one would hide the other's.
 */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse';
import { PgBoss } from 'pg-boss';
import { openRecords } from '../../bot/imports/records.ts';
import { random, sha256 } from '../../bot/random.ts';
import { applyAsOperator } from '../../domain/imports/apply-import.ts';
import { stageImport } from '../../domain/imports/stage-import.ts';
import { openDatabase, type Place } from '../../prisma/database.ts';
import { createStores } from '../../prisma/stores.ts';
import { customerLines } from '../support/customer-lines.ts';
import { startPostgres } from '../support/postgres.ts';

const ROWS = 100_000;

type Measured = {
  readonly milliseconds: Readonly<Record<string, number>>;
  readonly base: number;
  readonly peak: number;
};

const megabytes = (kilobytes: number) => Math.round(kilobytes / 1024);
const peak = () => megabytes(process.resourceUsage().maxRSS);

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const from = performance.now();
  const result = await work();
  return [result, Math.round(performance.now() - from)];
};

const readAlone = async (file: string): Promise<Measured> => {
  const base = peak();
  const [rows, read] = await timed(async () => {
    let count = 0;
    for await (const _ of createReadStream(file).pipe(parse({ columns: true }))) count += 1;
    return count;
  });
  if (rows !== ROWS) throw new Error(`csv-parse read ${rows} rows`);
  return { milliseconds: { read }, base, peak: peak() };
};

const importInto = async (place: Place, file: string): Promise<Measured> => {
  const database = await openDatabase(place);
  try {
    const ports = {
      ...createStores(database, new PgBoss({ ...database.queue }), () => {}),
      clock: { now: () => new Date() },
      random,
      sha256,
      resolveTenant: async () => ({ kind: 'unavailable' as const }),
      settings: { admins: new Set<string>(), selfReview: false, partnerCenter: null },
      rates: null,
    };
    const stage = () =>
      stageImport(ports, { fileName: 'bench.csv', personId: null }, () => openRecords(createReadStream(file)));
    const base = peak();
    const [staged, read] = await timed(stage);
    if (staged.kind !== 'staged' || staged.dryRun.counts.added !== ROWS) throw new Error(JSON.stringify(staged));
    const [, applied] = await timed(() => applyAsOperator(ports, staged.dryRun.import.id));
    const [again, reread] = await timed(stage);
    if (again.kind !== 'staged' || again.dryRun.counts.same !== ROWS) throw new Error(JSON.stringify(again));
    return { milliseconds: { 'dry run': read, apply: applied, 'dry run again': reread }, base, peak: peak() };
  } finally {
    await database.close();
  }
};

/** One measurement in a process of its own. */
const apart = (what: string, file: string, place: Place): Measured => {
  const args = [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(import.meta.url),
    what,
    file,
    JSON.stringify(place),
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
};

const [what, file = '', place = ''] = process.argv.slice(2);
if (what !== undefined) {
  const measured = what === 'alone' ? readAlone(file) : importInto(JSON.parse(place) as Place, file);
  console.log(JSON.stringify(await measured));
} else {
  const folder = mkdtempSync(join(tmpdir(), 'claimdesk-bench-'));
  const server = await startPostgres();
  try {
    const csv = join(folder, 'customers.csv');
    await pipeline(Readable.from(customerLines(ROWS)), createWriteStream(csv));
    const url = await server.createDatabase(`bench_${randomUUID().replaceAll('-', '')}`);
    const memory: Place = { memory: true };
    const measured: readonly (readonly [string, Measured])[] = [
      ['csv-parse alone', apart('alone', csv, memory)],
      ['import, PostgreSQL', apart('import', csv, { url })],
      ['import, embedded', apart('import', csv, memory)],
    ];
    // What this machine makes of a second is its own affair: against the floor, in one run, is what can be compared.
    const floor = Object.values(measured[0]?.[1].milliseconds ?? {})[0] ?? 1;
    const against = (ms: number) => `${ms / 1000} (${Math.round(ms / floor)}x)`;
    console.log(`${ROWS.toLocaleString('en')} rows of customers; in brackets: times csv-parse alone`);
    console.table(
      Object.fromEntries(
        measured.map(([name, { milliseconds, base, peak: highest }]) => [
          name,
          {
            ...Object.fromEntries(Object.entries(milliseconds).map(([step, ms]) => [`${step} (s)`, against(ms)])),
            'memory before (MB)': base,
            'peak (MB)': highest,
          },
        ]),
      ),
    );
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
