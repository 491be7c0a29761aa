import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { demoDirectory } from '../../bot/entra/tenant-resolver.ts';
import { demoWorld } from '../../prisma/demo/seed.ts';
import type { Failure } from '../support/connector.ts';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import { fillIntake } from '../support/intake.ts';
import { colleague, emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
import { actionOf, dataFor, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { retryNow, waitingRetries } from '../support/queue.ts';
import { recordOf } from '../support/record.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const SECRET = 'connect to ldap://10.0.0.7 as svc-claimdesk failed';
const known = demoDirectory(demoWorld().directory);

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let count = 0;
  beforeAll(async () => {
    world = await startWorld(engine, {
      directory: {
        source: 'test',
        ask: async (domain) => {
          if (domain === 'broken.example') throw new Error(SECRET);
          return known.ask(domain);
        },
      },
    });
  });
  beforeEach(async () => {
    partner = await colleague(world);
  });
  afterAll(() => world?.stop());

  const postsTo = (person: Person) => world.connector.takePosts(person.conversationId);

  /** The customer accepts, so that one notice is due to the partner; returns the claim. */
  const noticeFor = async (person: Person, failure?: Failure): Promise<number> => {
    count += 1;
    const { claim, link } = await asked(world, person, `notice-${count}`);
    if (failure !== undefined)
      world.connector.failNext({ on: 'send', conversationId: person.conversationId, ...failure });
    expect((await answer(world, link, ACCEPT)).status).toBe(200);
    await world.app.drain();
    return claim;
  };

  const noticeOf = async (claim: number) => {
    const rows = await world.database.prisma.notice.findMany({ where: { claimNumber: claim } });
    expect(rows).toHaveLength(1);
    return rows[0];
  };

  /** Whether what was posted says that it may have been there before. */
  const isMarked = (activity: unknown): boolean => JSON.stringify(activity).includes('This may be a repeat');

  const chatOf = ({ conversationId }: Person) =>
    world.database.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });

  describe('the same delivery again', () => {
    test.each([
      ['one after the other', false],
      ['five at once', true],
    ])('a pressed button, %s: handled once, and every delivery gets the same answer', async (_what, parallel) => {
      const card = await emptyForm(partner);
      const id = randomUUID();
      const press = () => partner.invoke('draft.next', dataFor(card, 'Next', { name: 'Once' }), { id });
      const commands = () => world.database.prisma.handledCommand.count();
      const before = await commands();

      const answers = parallel ? await Promise.all([1, 2, 3, 4, 5].map(press)) : [await press(), await press()];

      for (const each of answers) expect(each).toEqual(answers[0]);
      expect(answers[0]).toMatchObject({ http: 200, statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' });
      expect(await commands()).toBe(before + 1);
    });

    test('words are answered once', async () => {
      const said = partner.activity({ type: 'message', text: 'claims' });
      const responses = [await partner.post(said), await partner.post(said)];
      await world.app.drain();
      expect(responses.map(({ status }) => status)).toEqual([200, 200]);
      expect(postsTo(partner)).toHaveLength(1);
    });

    test('after a restart it is still known', async () => {
      const card = await emptyForm(partner);
      const id = randomUUID();
      const press = () => partner.invoke('draft.next', dataFor(card, 'Next', { name: 'Restarted' }), { id });
      const first = await press();
      await world.restart();
      expect(await press()).toEqual(first);
    });
  });

  test('what is not said to Claimdesk is answered with status 200 and changes nothing', async () => {
    const before = await recordOf(world);
    const calls = { ...world.connector.counts };
    const told = [
      {
        type: 'messageUpdate',
        text: 'add customer',
        channelData: { tenant: { id: partner.tenantId }, eventType: 'editMessage' },
      },
      { type: 'messageDelete', channelData: { tenant: { id: partner.tenantId }, eventType: 'softDeleteMessage' } },
      { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] },
      { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
      { type: 'typing' },
      { type: 'event', name: 'application/vnd.microsoft.readReceipt' },
      { type: 'somethingNew' },
    ];
    for (const fields of told) expect((await partner.post(partner.activity(fields))).status).toBe(200);
    await world.app.drain();
    expect(await recordOf(world)).toEqual(before);
    expect(world.connector.counts).toEqual(calls);
  });

  describe('installing and removing the app', () => {
    const installation = (person: Person, action: string) =>
      person.post(person.activity({ type: 'installationUpdate', action }));

    test('greets once, in the language of Teams, however often Teams says it', async () => {
      const newcomer = personIn(world, randomUUID(), { name: 'Fenna Nieuw', locale: 'nl-NL' });
      for (const action of ['add', 'add', 'add-upgrade', 'add']) {
        expect((await installation(newcomer, action)).status).toBe(200);
        await world.app.drain();
      }
      const posts = postsTo(newcomer);
      expect(posts).toHaveLength(1);
      expect(JSON.stringify(posts)).toContain('Hallo Fenna Nieuw');
    });

    test('R32: once removed, nothing is posted there, and the notice waits until the person speaks again', async () => {
      const { claim, link } = await asked(world, partner, 'removed');
      await installation(partner, 'remove');
      const sends = world.connector.counts.send;

      await answer(world, link, ACCEPT);
      await world.app.sweep();

      expect(world.connector.counts.send).toBe(sends);
      expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
      expect((await chatOf(partner)).active).toBe(false);

      await installation(partner, 'add');
      await world.app.drain();
      expect(postsTo(partner).map(({ activity }) => activity.summary)).toEqual([
        'What Claimdesk can do here',
        `Consent received: Claim ${claim}`,
      ]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
    });

    test('an upgrade that Teams tells in two parts, in any order, removes nothing', async () => {
      const { claim, link } = await asked(world, partner, 'upgraded');
      for (const action of ['add-upgrade', 'remove-upgrade']) await installation(partner, action);

      await answer(world, link, ACCEPT);
      await world.app.drain();

      expect(postsTo(partner)).toHaveLength(1);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
    });

    test('who installs it again is greeted again', async () => {
      await installation(partner, 'remove');
      await installation(partner, 'add');
      await world.app.drain();
      expect(JSON.stringify(postsTo(partner))).toContain('Hello Robin Demo');
      expect((await chatOf(partner)).active).toBe(true);
    });
  });

  describe('R32: a notice that Teams', () => {
    const waitsForNothing = async (claim: number, state: string) => {
      const posts = world.connector.posted(partner.conversationId).length;
      const sends = world.connector.counts.send;
      await world.app.sweep();
      await retryNow(world);
      await world.app.sweep();
      expect(world.connector.posted(partner.conversationId)).toHaveLength(posts);
      expect(world.connector.counts.send).toBe(sends);
      expect(await noticeOf(claim)).toMatchObject({ state });
    };

    test('took is delivered once, and the message’s id is kept', async () => {
      const claim = await noticeFor(partner);
      const [post] = postsTo(partner);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered', activityId: post?.id });
      await waitsForNothing(claim, 'delivered');
    });

    test.each<[string, Failure, number]>([
      ['took, and then answered 502', { status: 502, when: 'after' }, 1],
      ['took, and then hung up', { reset: true, when: 'after' }, 1],
      ['answered with 500', { status: 500 }, 0],
      ['answered with 503', { status: 503 }, 0],
    ])(
      '%s is known to be unsure, and said once more after five minutes, marked as a possible repeat',
      async (_what, failure, visible) => {
        const sends = world.connector.counts.send;
        const claim = await noticeFor(partner, failure);

        expect(world.connector.counts.send).toBe(sends + 1);
        expect(postsTo(partner).map(({ activity }) => isMarked(activity))).toEqual(Array(visible).fill(false));
        world.clock.advance(5 * MINUTE - 1);
        await waitsForNothing(claim, 'ambiguous');
        expect(textOf(await partner.tap('claim.show', { claim }))).toContain('Consent received');

        world.clock.advance(1);
        await world.app.sweep();
        const [again, ...more] = postsTo(partner);
        expect(more).toEqual([]);
        expect(again?.activity.summary).toBe(`Consent received: Claim ${claim}`);
        expect(isMarked(again?.activity)).toBe(true);
        expect(await noticeOf(claim)).toMatchObject({ repeats: 1, activityId: again?.id, trouble: null });
        world.clock.advance(DAY);
        await waitsForNothing(claim, 'delivered');
      },
    );

    test('leaves unsure twice is not said a third time', async () => {
      const claim = await noticeFor(partner, { status: 502, when: 'after', times: 2 });
      world.clock.advance(5 * MINUTE);
      await world.app.sweep();
      expect(postsTo(partner).map(({ activity }) => isMarked(activity))).toEqual([false, true]);
      world.clock.advance(DAY);
      await waitsForNothing(claim, 'ambiguous');
      expect(await noticeOf(claim)).toMatchObject({ repeats: 1, sayAt: null, trouble: '502 ServiceError' });
    });

    test('leaves unsure for a Dutch reader is marked in Dutch', async () => {
      await noticeFor(partner, { status: 502 });
      await personIn(world, partner.objectId, { locale: 'nl-NL' }).tap('help.show');
      await world.app.drain();
      world.clock.advance(5 * MINUTE);
      await world.app.sweep();
      expect(JSON.stringify(postsTo(partner))).toContain('Mogelijk ziet u dit dubbel');
    });

    test.each([403, 404])('refuses with %s parks the chat, until the person speaks there again', async (status) => {
      const claim = await noticeFor(partner, { status });

      expect(postsTo(partner)).toEqual([]);
      expect((await chatOf(partner)).active).toBe(false);
      await waitsForNothing(claim, 'waiting');

      await partner.tap('help.show');
      await world.app.drain();
      expect(postsTo(partner).map(({ activity }) => activity.summary)).toEqual([`Consent received: Claim ${claim}`]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
      const next = await noticeFor(partner);
      expect(postsTo(partner)).toHaveLength(1);
      expect(await noticeOf(next)).toMatchObject({ state: 'delivered' });
    });

    test('refuses while the person comes back is delivered after all: an old refusal parks no chat', async () => {
      const { claim, link } = await asked(world, partner, 'comes-back');
      const arrived = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const hold = () => {
        arrived.resolve();
        return released.promise;
      };
      world.connector.failNext({ on: 'send', conversationId: partner.conversationId, status: 403, hold });
      await answer(world, link, ACCEPT);
      const sending = world.app.drain();
      await arrived.promise;
      world.clock.advance(1_000);
      // Where a chat is, is written down after the answer.
      const back = world.clock.now();
      do await partner.tap('help.show');
      while ((await chatOf(partner)).updatedAt < back);
      released.resolve();
      await sending;

      expect((await chatOf(partner)).active).toBe(true);
      expect(await noticeOf(claim)).toMatchObject({ state: 'pending' });
      await retryNow(world);
      expect(postsTo(partner)).toHaveLength(1);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
    });

    test('could not be told waits for a person, not for a client that asks by itself', async () => {
      const claim = await noticeFor(partner, { status: 403 });
      await partner.tap('claims.list', { page: 1 }, { trigger: 'automatic' });
      await world.app.drain();
      expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
      expect(postsTo(partner)).toEqual([]);
      await partner.tap('claims.list', { page: 1 });
      await world.app.drain();
      expect(postsTo(partner)).toHaveLength(1);
    });

    test.each([
      ['throttles', { status: 429, retryAfter: 30 }],
      ['finds busy', { status: 412 }],
    ])('%s waits, and is delivered later, once', async (_what, failure) => {
      const claim = await noticeFor(partner, failure);

      expect(postsTo(partner)).toEqual([]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'pending' });
      expect(await waitingRetries(world)).toBe(1);

      await retryNow(world);
      expect(postsTo(partner)).toHaveLength(1);
      await waitsForNothing(claim, 'delivered');
    });

    test('could not be sent for want of a token of our own waits, and is delivered later, once', async () => {
      world.authority.refuseTokens('invalid_client');
      const claim = await noticeFor(partner);
      world.authority.refuseTokens(null);

      expect(postsTo(partner)).toEqual([]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'pending' });

      await retryNow(world);
      expect(postsTo(partner)).toHaveLength(1);
      await waitsForNothing(claim, 'delivered');
    });

    test('never heard of, because the database was away just then, is delivered later, once', async () => {
      const { claim, link } = await asked(world, partner, 'away');
      await world.database.prisma.$executeRawUnsafe('ALTER TABLE "Conversation" RENAME TO "ConversationAway"');
      expect((await answer(world, link, ACCEPT)).status).toBe(200);
      await world.app.drain();
      await world.database.prisma.$executeRawUnsafe('ALTER TABLE "ConversationAway" RENAME TO "Conversation"');

      expect(await noticeOf(claim)).toMatchObject({ state: 'pending' });
      await retryNow(world);
      expect(postsTo(partner)).toHaveLength(1);
      await waitsForNothing(claim, 'delivered');
    });

    test('throttles is not lost when the process ends meanwhile', async () => {
      const claim = await noticeFor(partner, { status: 429, retryAfter: 30 });

      await world.restart();
      await retryNow(world);

      expect(postsTo(partner)).toHaveLength(1);
      await waitsForNothing(claim, 'delivered');
    });
  });

  describe('the message a button stands on', () => {
    /** A form on a message of its own, filled in up to the review. */
    const onMessage = async (name: string) => {
      await partner.say('add customer');
      const messageId = world.connector.posted(partner.conversationId).at(-1)?.id ?? '';
      const review = await fillFor(partner, await newcomer(world, name));
      return { messageId, review };
    };
    const edits = () => world.connector.counts.edit;

    test('shows the end of a form for good, so that other devices and a chat opened again show it too', async () => {
      const { messageId, review } = await onMessage('lasting');
      const confirm = actionOf(review, 'Confirm');

      const answered = await partner.invoke(confirm.verb, confirm.data, { replyToId: messageId });
      await world.app.drain();

      const [post] = postsTo(partner);
      expect(post).toMatchObject({ id: messageId, activity: { summary: 'One claim was made' } });
      expect(post?.activity.attachments?.[0]?.content).toEqual(answered.value);
    });

    test('is left alone by a form half-way, with fields or without, and by what only reads', async () => {
      const { messageId, review } = await onMessage('typing');
      const before = edits();
      const back = await partner.invoke('draft.back', dataFor(review, 'Back'), { replyToId: messageId });
      await partner.invoke('draft.next', dataFor(back.value as SeenCard, 'Next'), { replyToId: messageId });
      await partner.invoke('claims.list', { page: 1 }, { replyToId: messageId });
      await partner.invoke('add.start', {}, { replyToId: messageId });
      await world.app.drain();
      expect(edits()).toBe(before);
    });

    test('that Teams does not let us edit costs nothing but a line in the log', async () => {
      const { review } = await onMessage('gone');
      const confirm = actionOf(review, 'Confirm');
      const answered = await partner.invoke(confirm.verb, confirm.data, { replyToId: '1' });
      await world.app.drain();
      expect(JSON.stringify(answered.value)).toContain('One claim was made');
    });
  });

  describe('an answer to somebody’s words', () => {
    test.each<[string, Failure]>([
      ['502', { status: 502 }],
      ['403', { status: 403 }],
      ['a connection that ends', { reset: true }],
    ])('that meets %s is tried once, and Teams is told that all is well', async (_what, failure) => {
      const sends = world.connector.counts.send;
      world.connector.failNext({ on: 'send', conversationId: partner.conversationId, ...failure });

      const response = await partner.post(partner.activity({ type: 'message', text: 'help' }));

      expect([response.status, await response.text()]).toEqual([200, '']);
      await world.app.drain();
      expect(world.connector.counts.send).toBe(sends + 1);
      expect(postsTo(partner)).toEqual([]);
    });
  });

  describe('when something breaks inside', () => {
    test('a pressed button is answered with status 200 and a reference number, nothing of the inside, and nothing changed', async () => {
      const card = await fillIntake(partner, {}, 'identifier', await emptyForm(partner));
      const before = await recordOf(world);

      const broken = await partner.invoke(
        actionOf(card, 'Next').verb,
        dataFor(card, 'Next', { identifierType: 'domain', identifierValue: 'broken.example' }),
      );

      const text = JSON.stringify(broken);
      expect(broken).toMatchObject({ http: 200, statusCode: 200 });
      expect(text).toMatch(/Something went wrong on our side.*reference [0-9A-F]{8}/);
      expect(text).not.toMatch(/ldap|svc-claimdesk|Error:|\.ts:\d|node_modules/);
      expect(await recordOf(world)).toEqual(before);

      const next = await partner.press(card, 'Next', { identifierType: 'domain', identifierValue: 'fabrikam.example' });
      expect(textOf(next)).toContain('Which engagements?');
      expect(inputsOf(next).has('engagements')).toBe(true);
    });

    test('somebody whose Teams is Dutch reads that in Dutch', async () => {
      const dutch = personIn(world, partner.objectId, { locale: 'nl-NL' });
      let card = await dutch.tap('add.start');
      card = await dutch.press(card, 'Volgende', { name: 'Stuk' });
      card = await dutch.press(card, 'Volgende', {
        location: inputsOf(card).get('location')?.choices?.[0]?.value ?? '',
      });
      const data = dataFor(card, 'Volgende', { identifierType: 'domain', identifierValue: 'broken.example' });
      expect(JSON.stringify(await dutch.invoke('draft.next', data))).toContain('Er ging bij ons iets mis');
    });
  });
});
