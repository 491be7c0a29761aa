import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sendingBook } from '../../prisma/stores/sendings.ts';
import { tidy } from '../../prisma/stores/tidy.ts';
import { DAY, ENGINES, NORTHBRIDGE, TAILSPIN } from '../support/world.ts';
import { atOnce, openRecord, type Record } from './record.ts';

const CHANNEL = '19:approvals@thread.tacv2';

describe.each(ENGINES)('R32: the book of messages on %s', (engine) => {
  let record: Record;
  let book: ReturnType<typeof sendingBook>;
  beforeAll(async () => {
    record = await openRecord(engine);
    book = sendingBook(record.database, 30);
  });
  beforeEach(async () => {
    await record.database.prisma.sending.deleteMany();
    await record.database.prisma.conversation.deleteMany();
  });
  afterAll(() => record?.close());

  /** So many messages that were answered so many seconds ago. */
  const sent = async (
    count: number,
    secondsAgo: number,
    over: { edit?: boolean; to?: string; sentAgo?: number } = {},
  ) => {
    const { edit = false, to = CHANNEL, sentAgo = secondsAgo } = over;
    await record.database.prisma.$executeRaw`
      INSERT INTO "Sending" ("id", "conversationId", "tenantId", "edit", "sentAt", "answeredAt")
      SELECT gen_random_uuid(), ${to}, ${NORTHBRIDGE}::uuid, ${edit},
             clock_timestamp() - ${sentAgo}::float8 * interval '1 second',
             clock_timestamp() - ${secondsAgo}::float8 * interval '1 second'
        FROM generate_series(1, ${count}::int)`;
  };
  const flying = (secondsAgo: number) => record.database.prisma.$executeRaw`
    INSERT INTO "Sending" ("id", "conversationId", "tenantId", "edit", "sentAt")
    VALUES (gen_random_uuid(), ${CHANNEL}, ${NORTHBRIDGE}::uuid, false,
            clock_timestamp() - ${secondsAgo}::float8 * interval '1 second')`;
  /** In how many milliseconds to ask again; 0: it may leave now. */
  const wait = async (edit = false, to = CHANNEL): Promise<number> => {
    const begun = await book.begin(to, NORTHBRIDGE, edit);
    return 'id' in begun ? 0 : begun.waitMs;
  };

  test.each([
    ['7 in a second', 7, 0.4, 600],
    ['8 in two seconds', 8, 1.5, 500],
    ['60 in 30 seconds', 60, 20, 10_000],
    ['1,800 in an hour', 1_800, 3_000, 600_000],
  ])('lets %s leave, and no more', async (_what, most, secondsAgo, left) => {
    await sent(most - 1, secondsAgo);
    const one = await book.begin(CHANNEL, NORTHBRIDGE, false);
    if (!('id' in one)) throw new Error('the last one was held back');
    await book.giveBack(one.id);
    await sent(1, secondsAgo);
    const ms = await wait();
    expect(ms).toBeGreaterThan(left - 400);
    expect(ms).toBeLessThanOrEqual(left + 50);
    expect(await wait(true)).toBe(0);
  });

  test('counts a message from its answer on, because it may have arrived as late as that', async () => {
    await sent(7, 0.2, { sentAgo: 5 });
    expect(await wait()).toBeGreaterThan(400);
  });

  test('does not count edits, but for the cap of all conversations', async () => {
    await sent(29, 0.1, { edit: true });
    expect(await wait()).toBe(0);
    expect(await wait(false, 'a:chat')).toBeGreaterThan(0);
    expect(await wait(true, 'a:chat')).toBeGreaterThan(0);
    expect('id' in (await book.begin('a:chat', TAILSPIN, true))).toBe(true);
  });

  test('keeps one on its way in a conversation, until it is answered or was lost', async () => {
    await flying(29);
    expect(await wait()).toBeGreaterThan(0);
    expect(await wait(true)).toBeGreaterThan(0);
    expect(await wait(false, 'a:chat')).toBe(0);
    await record.database.prisma.sending.deleteMany();
    await flying(31);
    expect(await wait()).toBe(0);

    await record.database.prisma.sending.deleteMany();
    const first = await book.begin(CHANNEL, NORTHBRIDGE, false);
    if (!('id' in first)) throw new Error('held back');
    expect(await wait()).toBeGreaterThan(0);
    await book.answered(first.id);
    expect(await wait()).toBe(0);
  });

  test('gives a turn to one of twenty who ask at once', async () => {
    const begun = await atOnce(20, () => book.begin(CHANNEL, NORTHBRIDGE, false));
    expect(begun.filter((one) => 'id' in one)).toHaveLength(1);
  });

  test('gives as many turns as the cap has, to however many conversations ask at once', async () => {
    const begun = await atOnce(50, (index) => book.begin(`a:chat-${index}`, NORTHBRIDGE, false));
    expect(begun.filter((one) => 'id' in one)).toHaveLength(30);
  });

  test('holds nobody back who only notes that a message leaves, and counts it', async () => {
    for (let count = 0; count < 9; count += 1) await book.answered(await book.note(CHANNEL, NORTHBRIDGE, false));
    expect(await wait()).toBeGreaterThan(0);
  });

  test('keeps the longer of two pauses', async () => {
    await record.database.prisma.conversation.create({
      data: {
        id: CHANNEL,
        tenantId: NORTHBRIDGE,
        type: 'channel',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        botId: 'bot',
        active: true,
        updatedAt: record.clock.now(),
      },
    });
    await book.pause(CHANNEL, 20_000);
    await book.pause(CHANNEL, 5_000);
    for (const edit of [false, true]) {
      const ms = await wait(edit);
      expect(ms).toBeGreaterThan(18_000);
      expect(ms).toBeLessThanOrEqual(20_000);
    }
  });

  test('is kept for an hour of the database, wherever the clock of the application stands', async () => {
    await sent(1, 3_500);
    await sent(2, 3_700);
    await sent(1, 3_500, { sentAgo: 3_900 });
    await tidy(record.database.prisma, new Date(record.clock.now().getTime() + 400 * DAY));
    expect(await record.database.prisma.sending.count()).toBe(2);
  });
});
