import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One session of either engine. `exec` takes a script of several statements. */
export type Session = {
  query(sql: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  exec(script: string): Promise<unknown>;
};

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string };

const FOLDER = join(import.meta.dirname, 'migrations');

/** The number `prisma migrate` itself locks with, so that it and we never run at once. */
const LOCK = 72707369;

/** Prisma's own book of migrations, so that `prisma migrate deploy` agrees with what was done here. */
const BOOK = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

export const migrationsIn = (folder: string = FOLDER): readonly Migration[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const apply = async (session: Session, { name, sql, checksum }: Migration): Promise<void> => {
  await session.exec('BEGIN');
  try {
    await session.exec(sql);
    await session.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
       VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await session.exec('COMMIT');
  } catch (error) {
    await session.exec('ROLLBACK');
    throw new Error(`migration ${name} failed; nothing of it was kept`, { cause: error });
  }
};

/**
 * Brings the database up to date: each missing migration in one transaction, under a lock that the whole server
 * shares, so that any number of processes may start at once. Returns the names it applied. Throws when a migration
 * that was applied has been edited since.
 */
export const migrate = async (
  session: Session,
  migrations: readonly Migration[] = migrationsIn(),
): Promise<readonly string[]> => {
  await session.query('SELECT pg_advisory_lock($1)::text', [LOCK]);
  try {
    await session.exec(BOOK);
    const { rows } = await session.query(
      'SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL',
    );
    const done = new Map(rows.map((row) => [row.migration_name, row]));
    const edited = migrations.find((m) => done.has(m.name) && done.get(m.name)?.checksum !== m.checksum);
    if (edited !== undefined) throw new Error(`migration ${edited.name} was changed after it had been applied`);
    const broken = rows.find((row) => row.finished_at === null);
    if (broken !== undefined) throw new Error(`migration ${broken.migration_name} was begun and never finished`);
    const missing = migrations.filter((m) => !done.has(m.name));
    for (const migration of missing) await apply(session, migration);
    return missing.map((m) => m.name);
  } finally {
    await session.query('SELECT pg_advisory_unlock($1)::text', [LOCK]);
  }
};
