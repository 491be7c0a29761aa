import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Failure } from '../support/connector.ts';
import { newsFor, newsIn } from '../support/news.ts';
import type { Person } from '../support/person.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import { someone } from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let reader: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
  });
  beforeEach(async () => {
    reader = await someone(world, 'Rik Reader', []);
  });
  afterAll(() => world?.stop());

  const fail = (failure: Failure) =>
    world.connector.failNext({ on: 'send', conversationId: reader.conversationId, ...failure });
  /** Something to tell the reader; the key of its notice. */
  const told = async (): Promise<string> => {
    const [name] = await newsFor(world, reader, 1);
    return `test:${name}:person:${(await personOf()).id}`;
  };
  const personOf = () => world.database.prisma.person.findFirstOrThrow({ where: { objectId: reader.objectId } });
  const noticeOf = (key: string) => world.database.prisma.notice.findUniqueOrThrow({ where: { key } });
  const chat = () => world.database.prisma.conversation.findUniqueOrThrow({ where: { id: reader.conversationId } });
  /** How long Teams is left alone there from now on, in seconds, by the database's clock. */
  const pause = async (): Promise<number> => {
    const [row] = await world.database.prisma.$queryRaw<{ left: number | null }[]>`
      SELECT extract(epoch FROM "notBefore" - clock_timestamp())::float8 AS left
        FROM "Conversation" WHERE "id" = ${reader.conversationId}`;
    return row?.left ?? 0;
  };
  const visible = () => world.connector.posted(reader.conversationId).map(({ activity }) => activity);
  const isMarked = (activity: unknown) => JSON.stringify(activity).includes('This may be a repeat');
  const sends = () => world.connector.counts.send;

  /** What meets the failure, and has gone as far as it goes by itself. */
  const meeting = async (failure: Failure): Promise<string> => {
    fail(failure);
    const key = await told();
    await world.app.drain();
    return key;
  };
  afterEach(() => {
    world.connector.takePosts(reader.conversationId);
  });

  test('R32: messages share a connection, until Teams is about to hang up on it: what left just then would be in doubt', async () => {
    const tellAll = async (): Promise<void> => {
      for (let said = 0; said < 3; said += 1) {
        await told();
        await world.app.drain();
      }
      expect(world.connector.takePosts(reader.conversationId)).toHaveLength(3);
    };
    world.connector.hangUpAfter(2);
    const hungUpBy = world.connector.hungUpBy();
    await tellAll();
    expect(await hungUpBy).toBe('caller');
    world.connector.hangUpAfter(60);
    const { connections } = world.connector;
    await tellAll();
    expect(world.connector.connections - connections).toBeLessThanOrEqual(1);
    world.connector.hangUpAfter(5);
  });

  describe('R32: a notice that certainly did not arrive is said later, once, when Teams', () => {
    test.each<[string, Failure, string, readonly [number, number]]>([
      ['throttles and says for how long', { status: 429, retryAfter: 30 }, '429 Throttled', [25, 30]],
      ['throttles and does not say for how long', { status: 429 }, '429 Throttled', [0.1, 2]],
      ['is busy', { status: 412 }, '412 PreconditionFailed', [0, 0]],
      ['is busy and says for how long', { status: 412, retryAfter: 20 }, '412 PreconditionFailed', [15, 20]],
    ])('%s', async (_what, failure, trouble, [least, most]) => {
      const key = await meeting(failure);
      const left = await pause();
      expect(left).toBeGreaterThanOrEqual(least);
      expect(left).toBeLessThanOrEqual(most);
      expect(visible()).toEqual([]);
      expect(await noticeOf(key)).toMatchObject({ state: 'pending', trouble, sayAt: null });
      expect(await waitingRetries(world)).toBe(1);

      await retryNow(world);
      expect(visible().map(isMarked)).toEqual([false]);
      expect(await noticeOf(key)).toMatchObject({ state: 'delivered', trouble: null, repeats: 0 });
    });

    test('does not take the token of our own, with another one at once', async () => {
      const before = world.authority.tokens.renewed;
      const key = await meeting({ status: 401 });
      expect(visible()).toHaveLength(1);
      expect(await noticeOf(key)).toMatchObject({ state: 'delivered' });
      expect(world.authority.tokens.renewed).toBe(before + 1);
    });

    test('takes no token of our own at all, later', async () => {
      const count = sends();
      const key = await meeting({ status: 401, times: 2 });
      expect(sends()).toBe(count + 2);
      expect(await noticeOf(key)).toMatchObject({ state: 'pending', trouble: '401 BotNotRegistered' });
      await retryNow(world);
      expect(visible()).toHaveLength(1);
      expect(await noticeOf(key)).toMatchObject({ state: 'delivered' });
    });
  });

  describe('R32: a pause that Teams asks for', () => {
    test('is kept by every replica, for whatever else is to be said there, and uses up no try', async () => {
      const replica = await world.replica();
      await meeting({ status: 429, retryAfter: 60 });
      const count = sends();
      for (const _ of [1, 2, 3]) await told();
      for (const drain of [world.app.drain, replica.drain, world.app.drain]) await drain();
      expect(sends()).toBe(count);
      // The one that met it has used up a try; the others wait for their turn.
      expect(await waitingRetries(world)).toBe(1);
      await replica.stop();
      // Whoever was sent away until the end of the pause keeps to the order it was given.
      for (let tries = 0; visible().length < 4 && tries < 4; tries += 1) await retryNow(world);
      expect(visible()).toHaveLength(4);
      expect(await waitingRetries(world)).toBe(0);
    });

    test('grows while Teams throttles and does not say for how long, and begins anew after that', async () => {
      fail({ status: 429, times: 3 });
      await told();
      const pauses: number[] = [];
      for (const work of [world.app.drain, () => retryNow(world), () => retryNow(world)]) {
        await work();
        pauses.push(Math.ceil(await pause()));
      }
      expect(pauses).toEqual([2, 4, 8]);
      await retryNow(world);
      expect(visible()).toHaveLength(1);
      await meeting({ status: 429 });
      expect(Math.ceil(await pause())).toBe(2);
      await retryNow(world);
    });
  });

  describe('R32: a notice that Teams does not take', () => {
    test.each<[Failure, string]>([
      [{ status: 403 }, '403 BotNotInConversationRoster'],
      [{ status: 403, code: 'ConversationBlockedByUser' }, '403 ConversationBlockedByUser'],
      [{ status: 404 }, '404 ConversationNotFound'],
    ])('in this chat (%j) waits for the person, and says why', async (failure, trouble) => {
      const key = await meeting(failure);
      expect(await noticeOf(key)).toMatchObject({ state: 'waiting', trouble });
      expect((await chat()).active).toBe(false);
      expect(await waitingRetries(world)).toBe(0);
      await reader.tap('help.show');
      await world.app.drain();
      expect(visible()).toHaveLength(1);
      expect(await noticeOf(key)).toMatchObject({ state: 'delivered', trouble: null });
    });

    test.each<[Failure, string]>([
      [{ status: 400 }, '400 Bad Argument'],
      [{ status: 413 }, '413 MessageSizeTooBig'],
    ])('at all (%j) is not tried again, and says why', async (failure, trouble) => {
      const key = await meeting(failure);
      const count = sends();
      expect(await noticeOf(key)).toMatchObject({ state: 'undeliverable', trouble });
      world.clock.advance(DAY);
      await world.app.sweep();
      await retryNow(world);
      expect(sends()).toBe(count);
      expect((await chat()).active).toBe(true);
    });
  });

  describe('R32: a notice that may have arrived, because Teams', () => {
    test.each<[string, Failure, number, string]>([
      ['answers 500', { status: 500 }, 0, '500 ServiceError'],
      ['takes it and answers 500', { status: 500, when: 'after' }, 1, '500 ServiceError'],
      ['answers 502', { status: 502 }, 0, '502 ServiceError'],
      ['answers 504', { status: 504 }, 0, '504 ServiceError'],
      ['asks for a pause with 503', { status: 503, retryAfter: 20 }, 0, '503 ServiceError'],
      ['hangs up', { reset: true }, 0, 'ECONNRESET'],
      ['takes it and hangs up', { reset: true, when: 'after' }, 1, 'ECONNRESET'],
      ['takes it and hangs up in the middle of its answer', { cut: true, when: 'after' }, 1, 'PARSE_ERROR'],
    ])('%s, is said once more after five minutes, marked', async (_what, failure, copies, trouble) => {
      const count = sends();
      const key = await meeting(failure);
      const sayAt = new Date(world.clock.now().getTime() + 5 * MINUTE);
      expect(sends()).toBe(count + 1);
      expect(visible().map(isMarked)).toEqual(Array(copies).fill(false));
      expect(await noticeOf(key)).toMatchObject({ state: 'ambiguous', trouble, sayAt, repeats: 0 });
      expect((await pause()) > 15).toBe(failure.retryAfter !== undefined);
      expect(await waitingRetries(world)).toBe(0);
      await world.database.prisma.conversation.updateMany({ data: { notBefore: null } });

      world.clock.advance(5 * MINUTE);
      await world.app.sweep();
      expect(visible().map(isMarked)).toEqual([...Array(copies).fill(false), true]);
      expect(await noticeOf(key)).toMatchObject({ state: 'delivered', trouble: null, sayAt: null, repeats: 1 });
    });

    test('does not answer in time, holds the conversation until it does; an answer that comes late is kept, and nothing is said twice', async () => {
      const arrived = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      fail({
        hold: () => {
          arrived.resolve();
          return released.promise;
        },
      });
      const key = await told();
      const telling = world.app.drain();
      await arrived.promise;
      await telling;
      expect(await noticeOf(key)).toMatchObject({ state: 'ambiguous', trouble: 'no answer in time', activityId: null });

      // Whatever else is to be said there waits, and comes after.
      const [next] = await newsFor(world, reader, 1);
      await world.app.drain();
      const [first, ...others] = world.connector.takePosts(reader.conversationId);
      expect(others).toEqual([]);
      released.resolve();
      const second = await world.connector.waitForPost(reader.conversationId, undefined, 30_000);
      expect(newsIn(second.activity)).toBe(next);
      await world.app.drain();

      const settled = { state: 'delivered', activityId: first?.id, trouble: null, sayAt: null, repeats: 0 };
      expect(await noticeOf(key)).toMatchObject(settled);
      world.clock.advance(DAY);
      await world.app.sweep();
      expect(visible()).toHaveLength(2);
      expect(world.connector.peaks.inFlight).toBe(1);
    });
  });
});
