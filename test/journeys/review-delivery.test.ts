import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Failure } from '../support/connector.ts';
import { colleague } from '../support/newcomer.ts';
import { type Person, type SeenCard, textOf } from '../support/person.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import {
  also,
  cardsOf,
  channelNamed,
  complete,
  decided,
  personIdOf,
  readIn,
  reviewer,
  setUp,
  submit,
  submitted,
} from '../support/review.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let there: Person;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    there = also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS });
    await setUp(world, there);
  }, 120_000);
  beforeEach(async () => {
    count += 1;
    partner = await colleague(world);
  });
  afterAll(() => world?.stop());

  const noticeOf = (claim: number) =>
    world.database.prisma.notice.findUniqueOrThrow({ where: { key: `claim:${claim}:review` } });
  const channelRow = () => world.database.prisma.conversation.findUniqueOrThrow({ where: { id: APPROVALS.id } });
  const fail = (on: 'send' | 'edit', failure: Failure) =>
    world.connector.failNext({ on, conversationId: APPROVALS.id, ...failure });

  /** A claim whose card meets a failure on its way to the channel. */
  const posting = async (failure: Failure): Promise<number> => {
    const { claim } = await complete(world, partner, `delivery-${count}`);
    fail('send', failure);
    await submit(world, partner, claim);
    return claim;
  };

  /** Whatever looks for work finds nothing left to post. */
  const settles = async (claim: number, state: string, visible: number) => {
    for (const work of [world.app.sweep, () => retryNow(world), world.app.sweep]) await work();
    expect(cardsOf(world, APPROVALS, claim)).toHaveLength(visible);
    expect(await noticeOf(claim)).toMatchObject({ state });
    expect(await waitingRetries(world)).toBe(0);
    readIn(world, APPROVALS);
  };

  describe('R32: a card to review that Teams', () => {
    test('took stands once, and the record knows where', async () => {
      const { claim } = await submitted(world, partner, `delivery-${count}`);
      const [post] = world.connector.takePosts(APPROVALS.id);
      expect(await noticeOf(claim)).toMatchObject({ activityId: post?.id, conversationId: APPROVALS.id });
      await settles(claim, 'delivered', 1);
    });

    test.each<[string, Failure]>([
      ['throttles', { status: 429, retryAfter: 30 }],
      ['finds busy', { status: 412 }],
    ])('%s waits, and stands later, once, as it is by then', async (_what, failure) => {
      const claim = await posting(failure);
      expect(readIn(world, APPROVALS)).toEqual([]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'pending' });
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');

      await retryNow(world);

      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringContaining('Under review')]);
      await settles(claim, 'delivered', 1);
    });

    test.each([403, 404])(
      'refuses with %s parks the channel; once somebody speaks there it is posted, once',
      async (status) => {
        const claim = await posting({ status });
        expect((await channelRow()).active).toBe(false);
        expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
        await world.app.sweep();
        expect(readIn(world, APPROVALS)).toEqual([]);

        await there.tap('help.show');
        await world.app.drain();

        expect(readIn(world, APPROVALS)).toHaveLength(1);
        await settles(claim, 'delivered', 1);
      },
    );

    test.each<[string, Failure, number]>([
      ['answered with 500', { status: 500 }, 0],
      ['answered with 503', { status: 503 }, 0],
      ['hung up on', { reset: true }, 0],
      ['took, and then answered 502', { status: 502, when: 'after' }, 1],
      ['took, and then hung up', { reset: true, when: 'after' }, 1],
    ])(
      '%s is not posted a second time by itself, and can be reviewed all the same',
      async (_what, failure, visible) => {
        const sends = world.connector.counts.send;
        const claim = await posting(failure);
        // The mail's answer, of which the partner hears, and one try in the channel.
        expect(world.connector.counts.send).toBe(sends + 2);
        await settles(claim, 'ambiguous', visible);
        expect(textOf(await vera.tap('review.list', { page: 1_000_000 }))).toContain(`[Review ${claim}]`);
        await decided(world, vera, claim, 'approve');
        expect(textOf(await partner.hear())).toContain('Claim approved');
        await settles(claim, 'ambiguous', visible);
      },
    );

    test('throttles is not lost when the process ends meanwhile', async () => {
      const claim = await posting({ status: 429, retryAfter: 30 });
      await world.restart();
      await retryNow(world);
      expect(cardsOf(world, APPROVALS, claim)).toHaveLength(1);
      await settles(claim, 'delivered', 1);
    });
  });

  describe('R32: an edit of the card that Teams', () => {
    let claim: number;
    beforeEach(async () => {
      ({ claim } = await submitted(world, partner, `edit-${count}`));
      readIn(world, APPROVALS);
    });

    test.each<[string, Failure]>([
      ['throttles', { status: 429, retryAfter: 30 }],
      ['finds busy', { status: 412 }],
      ['answers with 500', { status: 500 }],
      ['takes, and then answers 502', { status: 502, when: 'after' }],
      ['hangs up on', { reset: true }],
      ['takes, and then hangs up', { reset: true, when: 'after' }],
    ])('%s is tried again, and the card ends right', async (_what, failure) => {
      fail('edit', failure);
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      expect(await waitingRetries(world)).toBe(1);

      await retryNow(world);

      const { state, revision, shown } = await noticeOf(claim);
      expect({ state, shown }).toEqual({ state: 'delivered', shown: revision });
      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringContaining('Under review')]);
      await settles(claim, 'delivered', 1);
    });

    test('refuses for good is left, and the next step is put there again', async () => {
      fail('edit', { status: 400 });
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      await decided(world, vera, claim, 'approve');
      await partner.hear();
      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringMatching(/\nApproved\n/)]);
      await settles(claim, 'delivered', 1);
    });

    test('cannot find, because somebody deleted it, costs no decision; the next submission posts a new card', async () => {
      const [post] = world.connector.posted(APPROVALS.id).slice(-1);
      const { serviceUrl } = world.connector;
      const path = `v3/conversations/${encodeURIComponent(APPROVALS.id)}/activities/${post?.id}`;
      await fetch(`${serviceUrl}${path}`, { method: 'DELETE', headers: { Authorization: 'Bearer somebody' } });
      expect(cardsOf(world, APPROVALS, claim)).toEqual([]);
      readIn(world, APPROVALS);

      await decided(world, vera, claim, 'askForMore');
      expect(textOf(await partner.hear())).toContain('Action required');
      expect(await waitingRetries(world)).toBe(0);
      await submit(world, partner, claim);

      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringContaining('[Review]')]);
      readIn(world, APPROVALS);
      await decided(world, vera, claim, 'approve');
      await partner.hear();
      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringMatching(/\nApproved\n/)]);
      await settles(claim, 'delivered', 1);
    });

    test('made wait shows the newest of several steps, in one edit', async () => {
      fail('edit', { status: 429, retryAfter: 30 });
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      await decided(world, vera, claim, 'reject');
      await partner.hear();
      await retryNow(world);
      expect(cardsOf(world, APPROVALS, claim).map(textOf)).toEqual([expect.stringMatching(/\nRejected/)]);
      await settles(claim, 'delivered', 1);
    });
  });

  describe('R32: whoever lost a role between planning and telling', () => {
    const late = async (person: Person) =>
      world.connector.failNext({ on: 'send', conversationId: person.conversationId, status: 429, retryAfter: 30 });

    test('is not told what was decided on a claim', async () => {
      const { claim } = await submitted(world, partner, `role-lost-${count}`);
      await late(partner);
      await decided(world, vera, claim, 'approve');
      const personId = await personIdOf(world, partner);
      await world.database.prisma.roleGrant.deleteMany({ where: { personId } });
      await retryNow(world);
      expect(world.connector.takePosts(partner.conversationId)).toEqual([]);
      const told = await world.database.prisma.notice.findFirstOrThrow({ where: { personId, kind: 'reviewApproved' } });
      expect(told.state).toBe('dropped');
      readIn(world, APPROVALS);
    });

    test('as a program admin is not told what waits without a channel', async () => {
      const leaver = await reviewer(world, 'Fem Leaver');
      await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
      await late(leaver);
      const { claim } = await submitted(world, partner, `admin-lost-${count}`);
      const personId = await personIdOf(world, leaver);
      await world.database.prisma.roleGrant.deleteMany({ where: { personId } });
      await retryNow(world);
      expect(world.connector.takePosts(leaver.conversationId)).toEqual([]);
      expect(textOf(await vera.hear())).toContain(`Claim ${claim}`);
      await setUp(world, there);
      const cards: readonly SeenCard[] = readIn(world, APPROVALS);
      expect(cards.map(textOf).join()).toContain(`Review of claim ${claim}`);
    });
  });
});
