import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, type Channel, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordAndTraffic } from '../support/record.ts';
import {
  also,
  cardsOf,
  channelNamed,
  decided,
  PROGRAMME,
  readIn,
  reviewer,
  setUp,
  someone,
  submitted,
} from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { ALEX, NORTHBRIDGE, SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');
const STRANGER_TENANT = '00000000-0000-4000-8000-0000000000ff';

const viewersOf = (card: SeenCard | undefined): readonly string[] =>
  (card?.refresh as { readonly userIds: readonly string[] } | undefined)?.userIds ?? [];

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let there: Person;
  let partner: Person;
  let claim: number;
  let shared: SeenCard;
  let count = 0;

  const inChannel = (person: Person, name: string, channel: Channel = APPROVALS) =>
    also(world, person, { name, channel });

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    there = inChannel(vera, 'Vera Reviewer');
    await setUp(world, there);
  }, 120_000);
  beforeEach(async () => {
    count += 1;
    partner = await colleague(world);
    ({ claim } = await submitted(world, partner, `on-a-card-${count}`));
    const posts = readIn(world, APPROVALS);
    expect(posts).toHaveLength(1);
    shared = posts[0] as SeenCard;
  });
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  const seenOf = (number: number) => world.database.prisma.auditEvent.count({ where: { chain: `claim:${number}` } });

  test('R25: one card stands in the channel for a claim, and every step is put into it', async () => {
    expect(lintCard(shared)).toEqual([]);
    await there.press(await there.press(shared, 'Review'), 'Start review');
    await world.app.drain();
    await decided(world, there, claim, 'reject');
    await partner.hear();
    const posts = world.connector
      .posted(APPROVALS.id)
      .filter(({ activity }) => JSON.stringify(activity).includes(String(claim)));
    expect(posts).toHaveLength(1);
    expect(posts[0]?.history.length).toBeGreaterThanOrEqual(2);
    const [card] = cardsOf(world, APPROVALS, claim);
    expect(textOf(card as SeenCard)).toMatch(/\nRejected/);
    readIn(world, APPROVALS);
  });

  test('R34: contacts are masked in the channel, and so are they for each reviewer', async () => {
    const mine = await there.press(shared, 'Review');
    for (const card of [shared, mine]) {
      expect(JSON.stringify(card)).not.toMatch(/Anna|anna@|Vries/);
      expect(textOf(card)).toContain('A. d. V. · a…@on-a-card-');
    }
    expect(JSON.stringify(world.connector.posted(APPROVALS.id))).not.toMatch(/Anna de Vries|anna@/);
  });

  describe('R25: whoever presses Review', () => {
    test('as a reviewer gets the buttons, on the same message and nowhere else', async () => {
      const sends = world.connector.counts.send;
      const card = await unmoved(() => there.press(shared, 'Review'));
      expect(buttonsOf(card)).toEqual(['Start review', 'Refresh']);
      expect(world.connector.counts.send).toBe(sends);
    });

    test('as the partner’s own people never gets any, program admin or not', async () => {
      const owner = inChannel(partner, 'Robin Demo');
      expect(buttonsOf(await unmoved(() => owner.press(shared, 'Review')))).toEqual(['Review']);
      const both = await someone(world, 'Bo Both', [{ role: 'incentivesUser' }, { role: 'programAdmin' }]);
      const card = await unmoved(() => inChannel(both, 'Bo Both').press(shared, 'Review'));
      expect(buttonsOf(card)).toEqual(['Refresh']);
      expect(textOf(card)).toContain('You work on claims of this location, so others review this one.');
    });

    test('as a reader gets the same card, without buttons that decide, and cannot force one', async () => {
      const rik = await someone(world, 'Rik Reader', []);
      const reads = inChannel(rik, 'Rik Reader');
      const card = await unmoved(() => reads.press(shared, 'Review'));
      expect(textOf(card)).toBe(textOf(shared));
      expect(buttonsOf(card)).toEqual(['Review']);
      const seen = await seenOf(claim);
      for (const [verb, data] of [
        ['review.start', { claim, seen, command: randomUUID() }],
        ['review.ask', { claim, what: 'approve' }],
        ['review.decide', { claim, seen, command: randomUUID(), what: 'approve' }],
      ] as const) {
        const answered = await unmoved(() => reads.tap(verb, data));
        for (const title of buttonsOf(answered)) expect(['Review', 'Help']).toContain(title);
      }
      expect(await statusOf(world, claim)).toBe('SUBMITTED');
    });

    test('elsewhere, with the number put in by hand, gets nothing', async () => {
      const rik = await someone(world, 'Rik Reader', []);
      const elsewhere = inChannel(rik, 'Rik Reader', channelNamed('elsewhere'));
      const group = personIn(world, rik.objectId, { name: 'Rik Reader' });
      for (const person of [rik, elsewhere, group]) {
        const answered = await unmoved(() => person.tap('review.show', { claim }));
        expect(textOf(answered)).toContain('Only reviewers can decide');
        expect(textOf(answered)).not.toContain('on-a-card');
      }
      const reads = inChannel(rik, 'Rik Reader');
      const none = await unmoved(() => reads.tap('review.show', { claim: 9_999_999 }));
      expect(textOf(none)).toContain('Only reviewers can decide');
    });

    test('where the card stood before the duty moved on gets nothing either', async () => {
      const rik = await someone(world, 'Rik Reader', []);
      const second = channelNamed(`moved-${engine}`);
      await setUp(world, inChannel(vera, 'Vera Reviewer', second), { duties: 'reviews' });
      expect(cardsOf(world, second, claim)).toHaveLength(1);
      readIn(world, second);
      const answered = await unmoved(() => inChannel(rik, 'Rik Reader').press(shared, 'Review'));
      expect(textOf(answered)).toContain('Only reviewers can decide');
      await setUp(world, there);
      readIn(world, APPROVALS);
    });

    test('cannot open the partner’s claim card in the channel', async () => {
      const owner = inChannel(partner, 'Robin Demo');
      for (const [verb, data] of [
        ['review.list', { page: 1 }],
        ['people.list', { page: 1 }],
      ] as const) {
        expect(textOf(await unmoved(() => owner.tap(verb, data)))).toContain('In your personal chat, please');
      }
      for (const verb of ['claim.show', 'evidence.show']) {
        expect((await owner.invoke(verb, { claim })).value).toBe('Opened in your personal chat with Claimdesk.');
        await world.app.drain();
        expect(world.connector.takePosts(partner.conversationId)).toHaveLength(1);
      }
    });
  });

  describe('R25: the client’s own refresh', () => {
    test('is for reviewers’ ids in Teams alone, and for nobody once it is decided', async () => {
      const viewers = viewersOf(shared);
      expect(viewers).toContain(`29:${vera.objectId}`);
      for (const id of viewers) expect(id).toMatch(/^29:/);
      expect(viewers).not.toContain(`29:${partner.objectId}`);
      expect(viewers.length).toBeLessThanOrEqual(60);
      expect(shared.refresh).toMatchObject({ action: { verb: 'review.show', data: { claim } } });
      await decided(world, vera, claim, 'approve');
      await partner.hear();
      expect(readIn(world, APPROVALS).at(-1)?.refresh).toBeUndefined();
    });

    test('names a program admin from their first word on', async () => {
      expect(viewersOf(shared)).not.toContain(`29:${ALEX}`);
      await personIn(world, ALEX, { name: 'Alex Reviewer' }).tap('help.show');
      await world.app.drain();
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      expect(viewersOf(readIn(world, APPROVALS)[0])).toContain(`29:${ALEX}`);
    });

    test('only reads: what it shows is the reviewer’s own card, and whatever decides is not done by it', async () => {
      const automatic = { trigger: 'automatic' };
      const card = await unmoved(() => there.tap('review.show', { claim }, automatic));
      expect(buttonsOf(card)).toEqual(['Start review', 'Refresh']);
      const seen = await seenOf(claim);
      for (const [verb, data] of [
        ['review.start', { claim, seen, command: randomUUID() }],
        ['review.decide', { claim, seen, command: randomUUID(), what: 'approve' }],
        ['channel.save', { command: randomUUID(), 'duties~1': 'access', 'scope~1': '*', 'language~1': 'nl' }],
        ['channel.remove', { command: randomUUID() }],
      ] as const) {
        expect(textOf(await unmoved(() => there.tap(verb, data, automatic)))).toContain('nothing was changed');
      }
    });
  });

  describe('R1: in a shared channel, a reviewer of an organisation that is not on the list', () => {
    const theirs = { tenant: { id: STRANGER_TENANT }, team: { id: APPROVALS.teamId }, channel: { id: APPROVALS.id } };
    const conversation = { id: `${APPROVALS.id};messageid=1`, conversationType: 'channel', isGroup: true };
    const ours = { ...theirs, tenant: { id: NORTHBRIDGE } };
    const { tenant: _tenant, ...nobodys } = theirs;

    test.each<[string, Record<string, unknown>]>([
      ['whom both places name', { channelData: theirs, conversation: { ...conversation, tenantId: STRANGER_TENANT } }],
      ['in the channel of ours', { channelData: theirs, conversation: { ...conversation, tenantId: NORTHBRIDGE } }],
      ['under our name', { channelData: ours, conversation: { ...conversation, tenantId: STRANGER_TENANT } }],
      ['named by the channel alone', { channelData: theirs, conversation }],
      [
        'named by the conversation alone',
        { channelData: nobodys, conversation: { ...conversation, tenantId: STRANGER_TENANT } },
      ],
      ['named by nothing', { channelData: nobodys, conversation }],
      ['of two organisations of ours', { channelData: ours, conversation: { ...conversation, tenantId: PROGRAMME } }],
    ])('%s is refused before a handler, and not a row is written', async (_what, fields) => {
      await world.app.drain();
      const before = await recordAndTraffic(world);
      const calls = { ...world.connector.counts };
      const action = (verb: string, data: Record<string, unknown>) => ({
        value: { action: { verb, data }, trigger: 'manual' },
      });
      const seen = await seenOf(claim);
      for (const pressed of [
        action('review.show', { claim }),
        action('review.start', { claim, seen, command: randomUUID() }),
        action('review.decide', { claim, seen, command: randomUUID(), what: 'approve' }),
      ]) {
        // Even somebody who is a reviewer by their Entra id.
        const body = there.activity({ type: 'invoke', name: 'adaptiveCard/action', ...pressed, ...fields });
        const response = await there.post(body);
        expect(response.status).toBe(200);
        const answered = JSON.parse(await response.text());
        expect(answered).toMatchObject({ statusCode: 403, type: 'application/vnd.microsoft.error' });
        expect(JSON.stringify(answered)).not.toContain('on-a-card');
      }
      for (const said of [
        { type: 'message', text: 'set up this channel' },
        { type: 'installationUpdate', action: 'remove' },
      ]) {
        const response = await there.post(there.activity({ ...said, ...fields }));
        expect([response.status, await response.text()]).toEqual([200, '']);
      }
      await world.app.drain();
      expect(await recordAndTraffic(world)).toEqual(before);
      expect(world.connector.counts).toEqual(calls);
    });
  });
});
