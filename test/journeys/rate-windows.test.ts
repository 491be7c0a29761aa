import { describe, expect, test } from '@jest/globals';
import { newsFor, newsIn } from '../support/news.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import { someone } from '../support/review.ts';
import { ENGINES, type Engine, startWorld, type World } from '../support/world.ts';

const PATIENCE_MS = 45_000;

/** One of these waits for a window of 30 seconds to pass. */
const inWorld =
  (engine: Engine, settings: Readonly<Record<string, string>>, story: (world: World) => Promise<void>) => async () => {
    const world = await startWorld(engine, { settings });
    try {
      await story(world);
    } finally {
      await world.stop();
    }
  };

const people = (world: World, count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => someone(world, `Reader ${index}`, [])));

/** Reads so many posts as they come; what stands in the chats then, sorted. */
const read = async ({ connector }: World, count: number): Promise<readonly string[]> => {
  for (let left = count; left > 0; left -= 1) await connector.waitForPost(undefined, undefined, PATIENCE_MS);
  return connector
    .posted()
    .map(({ activity }) => newsIn(activity))
    .toSorted();
};

describe('R32: what Teams takes', () => {
  test(
    'of one conversation is kept to by two replicas together, and everything is said once',
    inWorld('postgresql', {}, async (world) => {
      const replica = await world.replica();
      const readers = await people(world, 6);
      world.connector.failNext({ on: 'send', stallMs: 15, times: 10_000 });

      const told = await Promise.all(readers.map((reader, index) => newsFor(world, reader, index === 0 ? 62 : 30)));
      const all = told.flat().toSorted();

      expect(await read(world, all.length)).toEqual(all);
      await replica.stop();
      await world.app.drain();
      expect(world.connector.counts.throttled).toBe(0);
      expect(world.connector.peaks.inFlight).toBe(1);
      expect(await waitingRetries(world)).toBe(0);
      const states = await world.database.prisma.notice.groupBy({ by: ['state', 'repeats'], _count: true });
      expect(states).toEqual([{ state: 'delivered', repeats: 0, _count: all.length }]);
    }),
    PATIENCE_MS * 2,
  );

  for (const engine of ENGINES) {
    test(
      `of one conversation is kept to on ${engine}`,
      inWorld(engine, {}, async (world) => {
        const readers = await people(world, 4);
        const told = await Promise.all(readers.map((reader) => newsFor(world, reader, 12)));
        await world.app.drain();
        expect(await read(world, 48)).toEqual(told.flat().toSorted());
        expect(world.connector.counts.throttled).toBe(0);
        expect(world.connector.peaks.inFlight).toBe(1);
      }),
      PATIENCE_MS * 2,
    );
  }

  test(
    'of all conversations together is no more than was set, by two replicas either',
    inWorld('postgresql', { POSTS_PER_SECOND: '10' }, async (world) => {
      const readers = await people(world, 20);
      const replica = await world.replica();
      const told = await Promise.all(readers.map((reader) => newsFor(world, reader, 2)));
      expect(await read(world, 40)).toEqual(told.flat().toSorted());
      expect(world.connector.peaks.perSecond).toBeLessThanOrEqual(10);
      await replica.stop();
    }),
    PATIENCE_MS * 2,
  );

  test(
    'of one person, who is told five hundred things, holds nobody else up',
    inWorld('postgresql', {}, async (world) => {
      const [busy, ...others] = await people(world, 6);
      if (busy === undefined) throw new Error('nobody reads');
      await newsFor(world, busy, 500);
      const told = await Promise.all(others.map((other) => newsFor(world, other, 1)));
      for (const { conversationId } of others) await world.connector.waitForPost(conversationId, undefined, 15_000);
      const seen = others.flatMap(({ conversationId }) => world.connector.posted(conversationId));
      expect(seen.map(({ activity }) => newsIn(activity)).toSorted()).toEqual(told.flat().toSorted());
      // Most of the five hundred wait, and not one of them has used up a try.
      expect(world.connector.posted(busy.conversationId).length).toBeLessThan(60);
      expect(await waitingRetries(world)).toBe(0);

      await world.database.prisma.notice.updateMany({ where: { state: 'pending' }, data: { state: 'undeliverable' } });
      await retryNow(world);
      expect(world.connector.counts.throttled).toBe(0);
      world.connector.takePosts();
    }),
    PATIENCE_MS * 2,
  );
});
