import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Migration, migrate, migrationsIn, type Session } from '../../prisma/migrate.ts';
import { ENGINES, type Engine, serverDatabase } from '../support/world.ts';
import { embeddedSession, type Opened, sessionOn } from './session.ts';

const run = promisify(execFile);

/** Two sessions of one empty database; the embedded engine has one only. */
const open = async (engine: Engine): Promise<readonly [Opened, Opened]> => {
  if (engine === 'postgresql') {
    const url = await serverDatabase();
    return [await sessionOn(url), await sessionOn(url)];
  }
  const opened = await embeddedSession();
  return [opened, { session: opened.session, close: async () => {} }];
};

const migration = (name: string, sql: string): Migration => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});

const FIRST = migration('20260101000000_first', 'CREATE TABLE "One" ("id" INT); INSERT INTO "One" VALUES (1);');
const SECOND = migration(
  '20260102000000_second',
  'ALTER TABLE "One" ADD COLUMN "more" TEXT; CREATE TABLE "Two" ("id" INT);',
);
const FAILING = migration(
  '20260102000000_second',
  'CREATE TABLE "Two" ("id" INT); INSERT INTO "One" VALUES (2); SELECT 1 / 0; CREATE TABLE "Three" ("id" INT);',
);

describe.each(ENGINES)('migrations on %s', (engine) => {
  let sessions: readonly [Opened, Opened];
  let session: Session;
  let other: Session;
  beforeAll(async () => {
    sessions = await open(engine);
    session = sessions[0].session;
    other = sessions[1].session;
  });
  beforeEach(() => session.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));
  afterAll(async () => {
    for (const one of sessions) await one.close();
  });

  const book = async () =>
    (await session.query('SELECT * FROM "_prisma_migrations" ORDER BY "started_at", "migration_name"')).rows;
  const tables = async () => {
    const { rows } = await session.query(
      `SELECT "table_name" FROM information_schema.tables WHERE "table_schema" = 'public' ORDER BY 1`,
    );
    return rows.map((row) => row.table_name);
  };

  test('are applied in order, once, and recorded as Prisma records them', async () => {
    expect(await migrate(session, [FIRST, SECOND])).toEqual([FIRST.name, SECOND.name]);
    expect(await migrate(session, [FIRST, SECOND])).toEqual([]);
    expect(await migrate(other, [FIRST, SECOND])).toEqual([]);
    const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const row = ({ name, checksum }: Migration) => ({
      id: uuid,
      checksum,
      migration_name: name,
      finished_at: expect.any(Date),
      started_at: expect.any(Date),
      logs: null,
      rolled_back_at: null,
      applied_steps_count: 1,
    });
    expect(await book()).toEqual([row(FIRST), row(SECOND)]);
    expect((await session.query('SELECT * FROM "One"')).rows).toEqual([{ id: 1, more: null }]);
  });

  test('that are new are applied to a database that has the earlier ones', async () => {
    await migrate(session, [FIRST]);
    expect(await migrate(session, [FIRST, SECOND])).toEqual([SECOND.name]);
  });

  test('that were edited after they had been applied are refused by name, and nothing newer is applied', async () => {
    await migrate(session, [FIRST]);
    const edited = migration(FIRST.name, `${FIRST.sql} -- a word more`);
    await expect(migrate(session, [edited, SECOND])).rejects.toThrow(
      'migration 20260101000000_first was changed after it had been applied',
    );
    expect(await tables()).toEqual(['One', '_prisma_migrations']);
    expect(await migrate(other, [FIRST, SECOND])).toEqual([SECOND.name]);
  });

  test('that fail are named, leave nothing behind, and can be mended', async () => {
    const failure = migrate(session, [FIRST, FAILING]);
    await expect(failure).rejects.toThrow('migration 20260102000000_second failed; nothing of it was kept');
    await expect(failure).rejects.toMatchObject({ cause: { message: expect.stringContaining('division by zero') } });
    expect(await tables()).toEqual(['One', '_prisma_migrations']);
    expect((await session.query('SELECT "id" FROM "One"')).rows).toEqual([{ id: 1 }]);
    expect((await book()).map((row) => row.migration_name)).toEqual([FIRST.name]);
    // The lock is free again, for whoever comes next.
    expect(await migrate(other, [FIRST, SECOND])).toEqual([SECOND.name]);
  });

  test('that cannot be recorded leave nothing behind either', async () => {
    const unrecordable = { ...SECOND, name: `20260102000000_${'x'.repeat(255)}` };
    await expect(migrate(session, [FIRST, unrecordable])).rejects.toThrow('nothing of it was kept');
    expect(await tables()).toEqual(['One', '_prisma_migrations']);
    expect(await migrate(other, [FIRST, SECOND])).toEqual([SECOND.name]);
  });

  test('that another tool began and never finished are refused by name', async () => {
    await migrate(session, [FIRST]);
    await session.query(`INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name") VALUES ('x', $1, $2)`, [
      SECOND.checksum,
      SECOND.name,
    ]);
    await expect(migrate(session, [FIRST, SECOND])).rejects.toThrow(
      'migration 20260102000000_second was begun and never finished',
    );
  });

  test('that were marked as rolled back are applied again', async () => {
    await migrate(session, [FIRST]);
    await session.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "rolled_back_at") VALUES ('x', 'y', $1, now())`,
      [SECOND.name],
    );
    expect(await migrate(session, [FIRST, SECOND])).toEqual([SECOND.name]);
  });
});

test("a migration's checksum is the SHA-256 of its file, as Prisma reckons it, and the files are in order", () => {
  const folder = join(import.meta.dirname, '..', '..', 'prisma', 'migrations');
  const all = migrationsIn(folder);
  expect(all.length).toBeGreaterThan(0);
  expect(all.map(({ name }) => name)).toEqual(all.map(({ name }) => name).toSorted());
  for (const { name, checksum } of all) {
    const bytes = readFileSync(join(folder, name, 'migration.sql'));
    expect(checksum).toBe(createHash('sha256').update(bytes).digest('hex'));
  }
});

test('eight processes that start at once on an empty database all succeed, and each migration is applied once', async () => {
  const url = await serverDatabase();
  const script = join(import.meta.dirname, 'open-database.ts');
  const start = () =>
    run(process.execPath, [script, JSON.stringify({ url })], {
      env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
    });
  const processes = await Promise.all(Array.from({ length: 8 }, start));
  expect(processes.map(({ stdout }) => stdout.trim())).toEqual(Array.from({ length: 8 }, () => 'open'));

  const { session, close } = await sessionOn(url);
  const { rows } = await session.query('SELECT * FROM "_prisma_migrations" ORDER BY "migration_name"');
  await close();
  expect(rows).toEqual(
    migrationsIn().map(({ name, checksum }) =>
      expect.objectContaining({ migration_name: name, checksum, applied_steps_count: 1, rolled_back_at: null }),
    ),
  );
  expect(rows.every((row) => row.finished_at instanceof Date)).toBe(true);
});
