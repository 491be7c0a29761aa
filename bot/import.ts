import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { PgBoss } from 'pg-boss';
import type { Ports } from '../domain/ports.ts';
import { openDatabase } from '../prisma/database.ts';
import { seedDemo } from '../prisma/demo/seed.ts';
import { welcomeTenants } from '../prisma/organisations.ts';
import { createStores } from '../prisma/stores.ts';
import { movableClock, systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { type Console, importFile } from './imports/import-file.ts';
import { progressBar } from './imports/progress.ts';
import { whyNot } from './log.ts';
import { random, sha256 } from './random.ts';

const USAGE = `npm run import -- [--apply] FILE…

Reads customers, MSX opportunities, partner locations or engagements from CSV or JSON (UTF-8) and says what each file
would change. Nothing changes before you say yes, or say --apply. Of each file all rows are applied, or none.`;

const ask = async (): Promise<boolean> => {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|j|ja)$/i.test((await prompt.question('Apply? [y/N] ')).trim());
  } finally {
    prompt.close();
  }
};

/** `npm run import`: ends with status 1 when anything was refused or failed. */
try {
  const { values, positionals: files } = parseArgs({ options: { apply: { type: 'boolean' } }, allowPositionals: true });
  if (files.length === 0) throw new Error(USAGE);
  const { databaseUrl, dataDir, local, allowedTenants } = readConfig();
  const clock = local ? movableClock(join(dataDir, 'clock.json')) : systemClock;
  const database = await openDatabase(databaseUrl === null ? { folder: dataDir } : { url: databaseUrl });
  try {
    // What the bot does at its start: locations need their organisations, whichever of the two is run first.
    if (local) await seedDemo(database, clock.now());
    await welcomeTenants(database, [...allowedTenants]);
    // Never started: an import queues nothing.
    const stores = createStores(database, new PgBoss({ ...database.queue, schema: 'pgboss' }), () => {});
    const ports: Ports = {
      ...stores,
      clock,
      random,
      sha256,
      resolveTenant: async () => ({ kind: 'unavailable' }),
      settings: { admins: new Set(), selfReview: false, partnerCenter: null },
      rates: null,
    };
    const terminal: Console = {
      say: (line) => console.log(line),
      progress: (name, bytes) => progressBar(process.stderr, name, bytes),
      confirm: async () => (values.apply ? true : process.stdin.isTTY ? ask() : null),
    };
    let wrong = 0;
    for (const file of files) {
      const fine = await importFile(ports, file, terminal).catch((error: unknown) => {
        console.error(`${file}: nothing was applied. ${whyNot(error)}`);
        return false;
      });
      if (!fine) wrong += 1;
    }
    process.exitCode = wrong === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(error instanceof Error && error.message === USAGE ? USAGE : whyNot(error));
  process.exit(1);
}
