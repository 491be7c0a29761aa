import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { PgBoss } from 'pg-boss';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { seedDemo } from '../../prisma/demo/seed.ts';
import { QUEUES } from '../../prisma/stores/queue.ts';
import { ROBIN, START, serverDatabase } from '../support/world.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bot', 'notices.ts');

const run = async (environment: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', PROGRAM, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, NODE_NO_WARNINGS: '1', ...environment },
  });
  const [out, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out: out.trim(), said: said.trim(), status: status as number | null };
};

/** Opens the record, which is closed again before the command looks at it. */
const inRecordAt = async <T>(
  where: Parameters<typeof openDatabase>[0],
  work: (database: Database, boss: PgBoss) => Promise<T>,
): Promise<T> => {
  const database = await openDatabase(where);
  const boss = new PgBoss({ ...database.queue, schema: 'pgboss', schedule: false, supervise: false });
  try {
    await boss.start();
    for (const queue of Object.values(QUEUES)) {
      await boss.createQueue(`${queue}-dead`);
      await boss.createQueue(queue);
    }
    return await work(database, boss);
  } finally {
    await boss.stop({ graceful: false });
    await database.close();
  }
};

describe('what is stuck', () => {
  let url: string;
  let place: Readonly<Record<string, string>>;
  const ids = {
    waiting: randomUUID(),
    unsure: randomUUID(),
    refused: randomUUID(),
    nowhere: randomUUID(),
    dead: randomUUID(),
    mail: randomUUID(),
    fine: randomUUID(),
  };

  const inRecord = <T>(work: (database: Database, boss: PgBoss) => Promise<T>) => inRecordAt({ url }, work);

  const jobs = ({ prisma }: Database) =>
    prisma.$queryRaw<{ name: string; about: string }[]>`
      SELECT "name", "data"->>'id' AS "about" FROM pgboss.job ORDER BY 1, 2`;

  beforeAll(async () => {
    url = await serverDatabase();
    place = { DATABASE_URL: url };
    await inRecord(({ prisma }) => seedDemo({ prisma }, START));
  });

  beforeEach(async () => {
    await inRecord(async ({ prisma }, boss) => {
      for (const queue of Object.values(QUEUES)) await boss.deleteAllJobs(queue);
      await prisma.$executeRaw`DELETE FROM pgboss.job`;
      await prisma.notice.deleteMany();
      await prisma.consentRequest.deleteMany({ where: { id: ids.mail } });
      const robin = await prisma.person.findFirstOrThrow({ where: { objectId: ROBIN } });
      const claim = await prisma.claim.findFirstOrThrow({ orderBy: { number: 'asc' } });
      const ofClaim = { personId: robin.id, claimNumber: claim.number, createdAt: START, settledAt: START };
      await prisma.notice.createMany({
        data: [
          {
            ...ofClaim,
            id: ids.waiting,
            key: 'waiting',
            kind: 'reviewApproved',
            state: 'waiting',
            trouble: '403 BotNotInConversationRoster',
          },
          { ...ofClaim, id: ids.unsure, key: 'unsure', kind: 'reviewApproved', state: 'ambiguous', repeats: 1 },
          {
            ...ofClaim,
            id: ids.refused,
            key: 'refused',
            kind: 'roleRemoved',
            claimNumber: null,
            state: 'undeliverable',
            trouble: '413 MessageSizeTooBig',
          },
          {
            id: ids.nowhere,
            key: 'nowhere',
            kind: 'review',
            duty: 'reviews',
            organisationId: robin.organisationId,
            claimNumber: claim.number,
            state: 'waiting',
            createdAt: START,
          },
          { ...ofClaim, id: ids.dead, key: 'dead', kind: 'consentAccepted', state: 'pending' },
          { ...ofClaim, id: ids.fine, key: 'fine', kind: 'consentAccepted', state: 'delivered' },
        ],
      });
      await boss.send(`${QUEUES.notice}-dead`, { id: ids.dead });
      await prisma.consentRequest.create({
        data: {
          id: ids.mail,
          claimNumber: claim.number,
          sentById: robin.id,
          toName: 'Anna de Vries',
          toEmail: 'anna@fabrikam.example',
          language: 'en',
          state: 'open',
          mailState: 'failed',
          mailVersion: 'test',
          createdAt: START,
        },
      });
    });
  });

  test('is listed with its kind, for whom, since when and why, and counted', async () => {
    const { out, said, status } = await run(place);
    expect({ said, status }).toEqual({ said: '', status: 0 });
    const lines = out.split('\n');
    expect(lines[0]).toMatch(/^6 stuck: /);
    for (const count of ['2 waiting', '1 ambiguous', '1 undeliverable', '1 failed', '1 dead']) {
      expect(lines[0]).toContain(count);
    }
    expect(lines[1]).toContain('2 reviewApproved');
    const lineOf = (id: string) => lines.find((line) => line.startsWith(id));
    expect(lineOf(ids.waiting)).toMatch(
      /waiting +reviewApproved +claim \d+ +Robin .*since 2026-11-23 12:00 UTC +403 BotNotInConversationRoster$/,
    );
    expect(lineOf(ids.unsure)).toMatch(/ambiguous .* said again once$/);
    expect(lineOf(ids.refused)).toMatch(/undeliverable +roleRemoved +- .*413 MessageSizeTooBig$/);
    expect(lineOf(ids.nowhere)).toMatch(/waiting +review +claim \d+ +no channel is set up/);
    expect(lineOf(ids.dead)).toMatch(/dead +consentAccepted/);
    expect(lineOf(ids.mail)).toMatch(/failed +consentMail +claim \d+ +Anna de Vries/);
    expect(lineOf(ids.fine)).toBeUndefined();
  });

  test('is chosen by kind and state', async () => {
    const { out } = await run(place, '--kind', 'reviewApproved', '--state', 'waiting');
    expect(out).toMatch(/^1 stuck: 1 waiting\./);
    expect(out).toContain(ids.waiting);
    expect(await run(place, '--kind', 'reviewApproved', '--state', 'undeliverable')).toEqual({
      out: 'Nothing of that sort is stuck.',
      said: '',
      status: 0,
    });
  });

  test('is put on its way again, one by its id, with its job', async () => {
    const { out, status } = await run(place, '--again', ids.unsure);
    expect({ out, status }).toEqual({ out: '1 is on its way again.', status: 0 });
    await inRecord(async (database) => {
      const { prisma } = database;
      // It may stand there, so it says that it may be a repeat.
      expect(await prisma.notice.findUnique({ where: { id: ids.unsure } })).toMatchObject({
        state: 'pending',
        repeats: 2,
        sayAt: null,
      });
      expect(await prisma.notice.findUnique({ where: { id: ids.waiting } })).toMatchObject({ state: 'waiting' });
      expect(await jobs(database)).toEqual([
        { name: QUEUES.notice, about: ids.unsure },
        { name: `${QUEUES.notice}-dead`, about: ids.dead },
      ]);
    });
  });

  test('is put on its way again, all of it, mails and what was given up too', async () => {
    expect(await run(place, '--again', 'all')).toMatchObject({ out: '6 are on their way again.', status: 0 });
    await inRecord(async (database) => {
      const { prisma } = database;
      const { waiting, unsure, refused, nowhere, dead, mail } = ids;
      const told = [waiting, unsure, refused, nowhere, dead];
      const states = await prisma.notice.findMany({ where: { id: { in: told } }, select: { state: true } });
      expect(states).toEqual(told.map(() => ({ state: 'pending' })));
      expect(await prisma.consentRequest.findUnique({ where: { id: mail } })).toMatchObject({ mailState: 'waiting' });
      expect(await jobs(database)).toEqual([
        { name: QUEUES.mail, about: mail },
        ...told.toSorted().map((about) => ({ name: QUEUES.notice, about })),
      ]);
    });
    expect(await run(place)).toEqual({ out: 'Nothing is stuck.', said: '', status: 0 });
  });

  test('is left alone as a whole when one of those named is not', async () => {
    const { said, status } = await run(place, '--again', ids.waiting, ids.fine);
    expect({ said, status }).toEqual({ said: `Not stuck, or not known: ${ids.fine}. Nothing was done.`, status: 1 });
    await inRecord(async ({ prisma }) => {
      expect(await prisma.notice.findUnique({ where: { id: ids.waiting } })).toMatchObject({ state: 'waiting' });
    });
  });
});

test('what is stuck in the embedded database is seen and put on its way too, unless a Claimdesk runs on it', async () => {
  const home = mkdtempSync(join(tmpdir(), 'claimdesk-notices-'));
  const place = { DATA_DIR: home };
  try {
    const busy = await inRecordAt({ folder: home }, async ({ prisma }) => {
      await seedDemo({ prisma }, START);
      const { id: personId } = await prisma.person.findFirstOrThrow({ where: { objectId: ROBIN } });
      const known = { kind: 'roleRemoved', state: 'ambiguous', createdAt: START, settledAt: START } as const;
      await prisma.notice.create({ data: { ...known, id: randomUUID(), key: 'unsure', personId } });
      return run(place);
    });
    expect(busy.status).toBe(1);
    expect(busy.said).toContain(`${home} is in use by another Claimdesk. Stop that one`);
    expect((await run(place)).out).toMatch(/^1 stuck: 1 ambiguous\./);
    expect(await run(place, '--again', 'all')).toMatchObject({ out: '1 is on its way again.', status: 0 });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});

describe('the command', () => {
  test.each([
    [['--state', 'lost'], 'There is no state “lost”.'],
    [['all'], 'What is to be done with “all”?'],
    [['--again'], 'Say which again: their ids, or all.'],
    [['--agian', 'all'], "Unknown option '--agian'"],
  ])('says what is wrong with %j, and how it is said', async (words, fault) => {
    const { out, said, status } = await run({ DATA_DIR: tmpdir() }, ...words);
    expect({ out, status }).toEqual({ out: '', status: 1 });
    expect(said).toContain(fault);
    expect(said).toContain('Usage: npm run --silent notices -- [--kind KIND]');
  });

  test('makes no record where there is none', async () => {
    const folder = join(tmpdir(), `claimdesk-nothing-${randomUUID()}`);
    expect(await run({ DATA_DIR: folder })).toEqual({ out: '', said: `there is no record in ${folder}`, status: 1 });
  });
});
