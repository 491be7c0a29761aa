import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type ConstructorOptions, fromPglite } from 'pg-boss';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { lock } from 'proper-lockfile';
import { PrismaClient } from './generated/client.ts';
import { migrate } from './migrate.ts';

export type Place =
  | { readonly url: string }
  /** A folder for the embedded engine. */
  | { readonly folder: string }
  /** The embedded engine in memory, from a snapshot of a migrated database if there is one. */
  | { readonly memory: true; readonly snapshot?: Blob };

export type Database = {
  readonly prisma: PrismaClient;
  readonly engine: 'postgresql' | 'pglite';
  /** How pg-boss reaches the same database. */
  readonly queue: Pick<ConstructorOptions, 'connectionString' | 'db'>;
  /** A copy of an embedded database, to start others from. */
  readonly snapshot: (() => Promise<Blob>) | null;
  readonly close: () => Promise<void>;
};

// Forms wait for a person, never a transaction: these bounds are for a database under load.
const transactionOptions = { maxWait: 10_000, timeout: 20_000 };
// Prisma's fuller messages repeat the values of the query, people's data among them.
const errorFormat = 'minimal';

const openServer = async (url: string): Promise<Database> => {
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    await migrate({
      query: (sql, values) => session.query(sql, [...(values ?? [])]),
      exec: (script) => session.query(script),
    });
  } finally {
    await session.end();
  }
  const prisma = new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: 12 }),
    transactionOptions,
    errorFormat,
  });
  return {
    prisma,
    engine: 'postgresql',
    queue: { connectionString: url },
    snapshot: null,
    close: () => prisma.$disconnect(),
  };
};

/** Two processes in one folder corrupt it: the second is refused, after waiting for a killed one's lock to go stale. */
const lockFolder = async (folder: string): Promise<() => Promise<void>> => {
  mkdirSync(folder, { recursive: true });
  try {
    return await lock(folder, {
      lockfilePath: join(folder, 'in-use.lock'),
      stale: 4_000,
      update: 1_000,
      retries: { retries: 5, minTimeout: 1_000, maxTimeout: 1_000 },
    });
  } catch (error) {
    throw new Error(`${folder} is in use by another Claimdesk. Stop that one, or name another folder in DATA_DIR.`, {
      cause: error,
    });
  }
};

const openEmbedded = async (folder: string | null, snapshot?: Blob): Promise<Database> => {
  const unlock = folder === null ? async () => {} : await lockFolder(folder);
  try {
    const pglite = await PGlite.create({
      ...(folder === null ? {} : { dataDir: join(folder, 'pglite') }),
      ...(snapshot === undefined ? {} : { loadDataDir: snapshot }),
    });
    await migrate({
      query: async (sql, values) => ({
        rows: (await pglite.query<Record<string, unknown>>(sql, [...(values ?? [])])).rows,
      }),
      exec: (script) => pglite.exec(script),
    });
    const prisma = new PrismaClient({ adapter: new PrismaPGlite(pglite), transactionOptions, errorFormat });
    return {
      prisma,
      engine: 'pglite',
      queue: { db: fromPglite(pglite) },
      snapshot: () => pglite.dumpDataDir('none'),
      close: async () => {
        await prisma.$disconnect();
        await pglite.close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
};

/** Opens the database and brings it up to date. The caller closes it. */
export const openDatabase = (place: Place): Promise<Database> => {
  if ('url' in place) return openServer(place.url);
  return 'folder' in place ? openEmbedded(place.folder) : openEmbedded(null, place.snapshot);
};
