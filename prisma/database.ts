import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type ConstructorOptions, fromPglite } from 'pg-boss';
import { PrismaPGlite } from 'pglite-prisma-adapter';
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
    // Prisma sends moments without a zone, so they are taken for the session's; a server may be set to any.
    adapter: new PrismaPg({ connectionString: url, max: 12, options: '-c TimeZone=UTC' }),
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

/**
 * Two processes in one folder corrupt it, so the second is refused at once. The lock is the operating system's, held
 * through a SQLite file: a process that is busy for long keeps it, and one that was killed has let go of it.
 */
const lockFolder = (folder: string): { readonly unlock: () => void } => {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, 'in-use.sqlite'));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return { unlock: () => lock.close() };
  } catch (error) {
    lock.close();
    throw new Error(`${folder} is in use by another Claimdesk. Stop that one, or name another folder in DATA_DIR.`, {
      cause: error,
    });
  }
};

const openEmbedded = async (folder: string | null, snapshot?: Blob): Promise<Database> => {
  const lock = folder === null ? null : lockFolder(folder);
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
        lock?.unlock();
      },
    };
  } catch (error) {
    lock?.unlock();
    throw error;
  }
};

/** Opens the database and brings it up to date. The caller closes it. */
export const openDatabase = (place: Place): Promise<Database> => {
  if ('url' in place) return openServer(place.url);
  return 'folder' in place ? openEmbedded(place.folder) : openEmbedded(null, place.snapshot);
};

/** Where the configuration says that the record is. */
type Kept = { readonly databaseUrl: string | null; readonly dataDir: string };

/** Works on the record that is kept already. Throws where there is none: whoever looks makes none. */
export const onRecord = async <T>(
  { databaseUrl, dataDir }: Kept,
  work: (database: Database) => Promise<T>,
): Promise<T> => {
  if (databaseUrl === null && !existsSync(join(dataDir, 'pglite'))) throw new Error(`there is no record in ${dataDir}`);
  const database = await openDatabase(databaseUrl === null ? { folder: dataDir } : { url: databaseUrl });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};
