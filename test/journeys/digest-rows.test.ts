import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { asked } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, morningOf, quieten, subscribe } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { actionOf, dataFor, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, complete, consented, decided, reviewer, someone, submitted } from '../support/review.ts';
import { unheardBy, unmovedBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const CHANNEL = channelNamed('claims');
const MESSAGE = 'application/vnd.microsoft.activity.message';
const OPENED = 'Opened in your personal chat with Claimdesk.';
/** Of the customer's contact, which no channel reads. */
const PRIVATE = /Anna|anna@|signed survey/;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let partnerThere: Person;
  let own: SeenCard;
  let shared: SeenCard;
  let claims: Readonly<Record<'ask' | 'wait' | 'gather' | 'ready' | 'amend' | 'lost' | 'ended', number>>;
  const inChannel = (person: Person, name = 'Robin Demo') => also(world, person, { name, channel: CHANNEL });

  /** One digest that has a row of every sort, on two pages, in the chat and in the channel. */
  beforeAll(async () => {
    world = await startWorld(engine);
    const vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
    partner = await colleague(world);
    partnerThere = inChannel(partner);
    const { claim: ready } = await complete(world, partner, 'rows-ready');
    const { claim: gather } = await consented(world, partner, 'rows-gather');
    const { claim: amend } = await submitted(world, partner, 'rows-amend');
    await decided(world, vera, amend, 'askForMore');
    const { claim: lost } = await submitted(world, partner, 'rows-lost');
    await decided(world, vera, lost, 'reject');
    const { claim: wait } = await asked(world, partner, 'rows-wait');
    const ended = await claimFor(partner, await newcomer(world, 'rows-ended'));
    const ask = await claimFor(partner, await newcomer(world, 'rows-ask'));
    claims = { ask, wait, gather, ready, amend, lost, ended };
    const dueAt = await dueOf(world, ask);
    const day = dayWith(7, dueAt);
    const { prisma } = world.database;
    const due = { dueAt, warnAt: day };
    await prisma.claim.updateMany({ where: { number: { in: Object.values(claims) } }, data: due });
    const over = { dueAt: new Date(day.getTime() - 1), warnAt: null };
    await prisma.claim.update({ where: { number: ended }, data: over });
    const settings = await partner.tap('settings.show');
    await partner.press(settings, 'Save', { expired: 'digest' });
    await subscribe(world, inChannel(vera, 'Vera Reviewer'), { expired: 'digest' });
    await world.app.drain();
    world.connector.takePosts();
    await morningOf(world, day);
    const [[chatCard], [channelCard]] = [heardBy(world, partner), heardBy(world, partnerThere)];
    if (chatCard === undefined || channelCard === undefined) throw new Error('no digest was said');
    own = chatCard;
    shared = channelCard;
    world.connector.takePosts();
  }, 120_000);
  afterAll(() => world?.stop());
  afterEach(async () => {
    await world.app.drain();
    world.connector.takePosts();
  });

  /** The page of a digest that has the button. */
  const pageWith = async (reader: Person, card: SeenCard, title: string): Promise<SeenCard> =>
    textOf(card).includes(`[${title}]`) ? card : reader.press(card, 'Next');

  /** Titles of buttons, with the place of the claim's number; which claim; and what opens. */
  const ROWS: readonly (readonly [string, keyof typeof claims, RegExp])[] = [
    ['Send consent e-mail (#)', 'ask', /^Who are the contacts\?/],
    ['Re-send (#)', 'wait', /^Who are the contacts\?/],
    ['Evidence #', 'gather', /^Evidence for claim/],
    ['Submit #', 'ready', /^Submit claim \d+\?/],
    ['Evidence #', 'amend', /^Evidence for claim/],
    ['Dispute #', 'lost', /^Dispute the rejection of claim/],
    ['Start again (#)', 'ended', /again/i],
    ['Open #', 'gather', /^Claim \d+/],
  ];

  test('R31: what has expired stands with the reminders, and says what happened', () => {
    for (const card of [own, shared]) {
      expect(textOf(card)).toMatch(/^6 claims need attention\n/);
      expect(JSON.stringify(card)).not.toMatch(PRIVATE);
    }
  });

  describe('R31: a row of the list in the own chat', () => {
    test.each(ROWS)('%s (%s) opens in place of the list', async (words, which, shown) => {
      const title = words.replace('#', String(claims[which]));
      const card = await partner.press(await pageWith(partner, own, title), title);
      expect(textOf(card)).toMatch(shown);
      expect(JSON.stringify(card)).toContain(String(claims[which]));
      expect(lintCard(card)).toEqual([]);
    });
  });

  describe('R31: a row of the list in the channel', () => {
    test.each(ROWS)(
      '%s (%s) opens in the own chat of who pressed, and says so under the list',
      async (words, which, shown) => {
        const title = words.replace('#', String(claims[which]));
        const mate = await colleague(world);
        const page = await pageWith(partnerThere, shared, title);
        const brought = dataFor(page, title);
        const answer = await inChannel(mate).invoke(actionOf(page, title).verb, brought, { replyToId: '1' });
        expect(answer).toEqual({ http: 200, statusCode: 200, type: MESSAGE, value: OPENED });
        await world.app.drain();
        const [card, ...more] = heardBy(world, mate);
        expect(more).toEqual([]);
        expect(card && textOf(card)).toMatch(shown);
        expect(lintCard(card)).toEqual([]);
        expect(heardBy(world, partnerThere)).toEqual([]);
      },
    );

    test('the form goes on in the chat: consent is asked for from there', async () => {
      const title = `Send consent e-mail (${claims.ask})`;
      const page = await pageWith(partnerThere, shared, title);
      const mate = await colleague(world);
      await inChannel(mate).invoke(actionOf(page, title).verb, dataFor(page, title));
      await world.app.drain();
      const [form] = heardBy(world, mate);
      if (form === undefined) throw new Error('no form was posted');
      const next = await mate.press(form, 'Next');
      expect(textOf(next)).toMatch(/deal size/i);
    });

    test('somebody without a role at the location opens nothing: their chat says that there is no such claim', async () => {
      const stranger = await someone(world, 'Otto Other', [{ role: 'seller' }]);
      const there = inChannel(stranger, 'Otto Other');
      for (const title of [`Open ${claims.gather}`, `Evidence ${claims.gather}`, `Submit ${claims.ready}`]) {
        const page = await pageWith(partnerThere, shared, title);
        await there.invoke(actionOf(page, title).verb, dataFor(page, title));
        await world.app.drain();
        const cards = heardBy(world, stranger);
        expect(cards).toHaveLength(1);
        expect(cards.map(textOf).join()).not.toMatch(/rows-|Amsterdam|Anna/);
        expect(heardBy(world, there)).toEqual([]);
      }
    });

    test('who has no chat with Claimdesk is told to open one, and nothing is posted anywhere', async () => {
      const stranger = personIn(world, randomUUID(), { name: 'Nina New', channel: CHANNEL });
      await stranger.tap('help.show');
      await world.app.drain();
      const title = `Open ${claims.gather}`;
      const page = await pageWith(partnerThere, shared, title);
      const sends = world.connector.counts.send;
      const answer = await stranger.invoke(actionOf(page, title).verb, dataFor(page, title));
      await world.app.drain();
      expect(answer).toMatchObject({
        type: MESSAGE,
        value: expect.stringContaining('say hello, and press this once more'),
      });
      expect(world.connector.counts.send).toBe(sends);
    });

    test('an old client’s button, which comes as a message, has nothing of a claim posted in the channel', async () => {
      for (const title of [`Open ${claims.gather}`, `Evidence ${claims.gather}`, `Snooze ${claims.gather}`]) {
        const page = await pageWith(partnerThere, shared, title);
        const { verb, data } = actionOf(page, title);
        const said = partnerThere.activity({ type: 'message', value: { ...data, verb } });
        expect((await partnerThere.post(said)).status).toBe(200);
        await world.app.drain();
        const posted = JSON.stringify(heardBy(world, partnerThere).map(textOf));
        expect(posted).not.toMatch(/rows-|Anna|anna@|Amsterdam/);
        expect(posted).toMatch(/personal chat/i);
      }
    });

    test('a client that asks by itself opens nothing anywhere', async () => {
      const sends = world.connector.counts.send;
      const data = { claim: claims.gather };
      const answer = await partnerThere.invoke('claim.show', data, { trigger: 'automatic' });
      await world.app.drain();
      expect(JSON.stringify(answer)).not.toMatch(/rows-|Anna|anna@/);
      expect(world.connector.counts.send).toBe(sends);
    });
  });

  describe('R31: a page of a list is shown where the list was said, and nowhere else', () => {
    const GONE = /^This list is not kept here any more\n/;
    const idOf = (card: SeenCard) => dataFor(card, 'Refresh').digest;

    test('not in another channel, another’s chat, or the own chat for what a channel heard', async () => {
      const elsewhere = also(world, partner, { name: 'Robin Demo', channel: channelNamed('elsewhere') });
      const colleagues = await colleague(world);
      await elsewhere.tap('help.show');
      await world.app.drain();
      for (const [reader, digest] of [
        [elsewhere, idOf(shared)],
        [elsewhere, idOf(own)],
        [colleagues, idOf(own)],
        [colleagues, idOf(shared)],
        [partner, idOf(shared)],
        [partnerThere, idOf(own)],
        [partner, randomUUID()],
      ] as const) {
        const card = await unheardBy(world, () => reader.tap('digest.show', { digest, page: 1 }));
        expect(textOf(card)).toMatch(GONE);
      }
    });

    test('whoever reads along in the channel turns its pages, and sees what the channel may see', async () => {
      const reader = await someone(world, 'Otto Other', []);
      const card = await unmovedBy(world, () => inChannel(reader, 'Otto Other').press(shared, 'Next'));
      expect(textOf(card)).toMatch(/Page 2 of 2/);
      expect(JSON.stringify(card)).not.toMatch(PRIVATE);
    });

    test('nor in its channel once that hears of claims no more', async () => {
      await world.database.prisma.subscription.deleteMany({ where: { channelId: CHANNEL.id } });
      const card = await partnerThere.tap('digest.show', { digest: idOf(shared), page: 1 });
      expect(textOf(card)).toMatch(GONE);
    });
  });
});
