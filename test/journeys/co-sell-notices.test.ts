import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  AGREES,
  CO_SELL,
  dealsIn,
  partnerManager,
  referralOf,
  seller,
  sellersIn,
  upgraded,
} from '../support/co-sell.ts';
import { answer, asked } from '../support/consent-link.ts';
import { heardBy, quieten, subscribe, sweptAt, timeOn } from '../support/hearing.ts';
import { buttonsOf, type Channel, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer } from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const MINUTE = 60_000;
const TITLES = {
  upgraded: 'Upgraded to co-sell',
  taken: 'A seller took the deal',
  declined: 'The sellers declined the deal',
  expired: 'No seller answered in time',
} as const;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let kim: Person;
  let partner: Person;
  let name: string;
  let count = 0;
  const sellers = channelNamed('sellers-of-notices');

  beforeAll(async () => {
    world = await startWorld(engine);
    await sellersIn(world, sellers);
    vera = await reviewer(world, 'Vera Reviewer');
    kim = await seller(world, 'Kim Seller');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    name = `tells-${count}`;
    partner = await partnerManager(world);
  });
  afterEach(async () => {
    await world.database.prisma.referral.updateMany({ data: { answerDueAt: null, warnAt: null } });
    await quieten(world);
  });

  const veraIn = (channel: Channel) => also(world, vera, { name: 'Vera Reviewer', channel });
  const titles = (listener: Pick<Person, 'conversationId'> = partner) =>
    heardBy(world, listener).map((card) => textOf(card).split('\n')[0]);
  const settings = async (typed: Readonly<Record<string, string>>) => {
    await partner.press(await partner.tap('settings.show'), 'Save', typed);
    await world.app.drain();
  };
  const ends = {
    taken: async (claim: number) => {
      await kim.press(await kim.tap('coSell.show', { claim }), 'Take it');
      await world.app.drain();
    },
    declined: async (claim: number) => {
      const form = await kim.press(await kim.tap('coSell.show', { claim }), 'Decline');
      await kim.press(form, 'Decline the deal', { reason: 'other', words: 'They buy elsewhere.' });
      await world.app.drain();
    },
    expired: async () => {
      world.clock.advance(15 * DAY);
      await world.app.sweep();
    },
  } as const;

  test.each(['taken', 'declined', 'expired'] as const)(
    'R28: the partner hears of the upgrade and that it was %s, each once',
    async (end) => {
      const { claim } = await upgraded(world, partner, name, CO_SELL);
      expect(titles().sort()).toEqual(['Consent received', TITLES.upgraded]);
      await ends[end](claim);
      expect(titles().filter((title) => title !== 'Submission is due')).toEqual([TITLES[end]]);
      await world.app.sweep();
      world.clock.advance(30 * DAY);
      await world.app.sweep();
      const later = titles();
      for (const title of Object.values(TITLES)) expect(later).not.toContain(title);
    },
  );

  test('R31: whoever chose to hear nothing of co-sell is told nothing of it, and of the rest still', async () => {
    await settings({ topics: 'answers,decisions' });
    for (const end of ['taken', 'declined', 'expired'] as const) {
      const { claim } = await upgraded(world, partner, `${name}-${end}`, CO_SELL);
      await ends[end](claim);
      expect(titles()).toEqual(['Consent received']);
    }
  });

  test('R31, R34: a channel that chose it hears every step, and nothing of the customer’s contact', async () => {
    const [all, deaf] = [channelNamed(`hears-${name}`), channelNamed(`deaf-${name}`)];
    await subscribe(world, veraIn(all), { topics: 'coSell' });
    await subscribe(world, veraIn(deaf), { topics: 'answers,expired' });
    const heard: unknown[] = [];
    for (const end of ['taken', 'declined', 'expired'] as const) {
      const { claim } = await upgraded(world, partner, `${name}-${end}`, CO_SELL);
      await ends[end](claim);
      const cards = heardBy(world, veraIn(all));
      expect(cards.map((card) => textOf(card).split('\n')[0])).toEqual([TITLES.upgraded, TITLES[end]]);
      heard.push(cards);
      expect(titles(veraIn(deaf))).toEqual(['Consent received']);
    }
    expect(JSON.stringify(heard)).toContain(`${name}-taken`);
    expect(JSON.stringify(heard)).not.toMatch(/Anna|anna@|They buy elsewhere/);
  });

  test('R31: in quiet hours nothing is said; the list that ends them tells it even when the claim moved on since', async () => {
    await settings({ quietFrom: '22:00', quietUntil: '07:00', zone: 'Europe/Amsterdam' });
    const channel = channelNamed(`quiet-${name}`);
    await subscribe(world, veraIn(channel), {
      ...{ topics: 'coSell', zone: 'Europe/Amsterdam', quietFrom: '22:00', quietUntil: '07:00' },
    });
    const { claim, link } = await asked(world, partner, name, CO_SELL);
    const evening = timeOn(world.clock.now(), '23:00');
    world.clock.set(evening);
    await answer(world, link, AGREES);
    await world.app.drain();
    world.clock.advance(MINUTE);
    await ends.taken(claim);
    world.clock.advance(MINUTE);
    await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
    await world.app.sweep();
    expect(titles()).toEqual([]);
    await sweptAt(world, timeOn(new Date(evening.getTime() + DAY), '07:00'));
    for (const listener of [partner, veraIn(channel)]) {
      const [list] = heardBy(world, listener);
      if (list === undefined) throw new Error('no list was said');
      expect(textOf(list)).toContain(TITLES.taken);
      expect(textOf(list)).toContain(`Claim ${claim}`);
      expect(textOf(list)).not.toContain('Consent received');
    }
  });

  test.each(['taken', 'declined'] as const)(
    'R32: that it was %s is said once more where nobody knows whether it arrived',
    async (end) => {
      const { claim } = await upgraded(world, partner, name, CO_SELL);
      titles();
      world.connector.failNext({ on: 'send', conversationId: partner.conversationId, status: 502 });
      await ends[end](claim);
      expect(titles()).toEqual([]);
      world.clock.advance(6 * MINUTE);
      await world.app.sweep();
      expect(heardBy(world, partner).map(textOf)).toEqual([expect.stringContaining(TITLES[end])]);
      await world.app.sweep();
      expect(titles()).toEqual([]);
    },
  );

  describe('R34: the customer’s contact', () => {
    test('stands nowhere in a channel, at any time, on any card or list', async () => {
      const channel = channelNamed(`subscribed-${name}`);
      await subscribe(world, veraIn(channel));
      for (const end of ['taken', 'declined', 'expired'] as const) {
        const { claim } = await upgraded(world, partner, `${name}-${end}`, CO_SELL);
        if (end === 'expired') world.clock.advance(8 * DAY);
        await world.app.sweep();
        await ends[end](claim);
      }
      world.clock.advance(DAY);
      await world.app.sweep();
      const inChannels = [...world.connector.conversations].filter(([id]) => id.startsWith('19:'));
      const everything = JSON.stringify(inChannels);
      // Titles of what was said there, so that silence does not pass for discretion.
      for (const part of [
        'Will you help to win this deal?',
        'A co-sell deal still waits',
        'Taken by ',
        TITLES.declined,
      ]) {
        expect(everything).toContain(part);
      }
      expect(everything).not.toMatch(/Anna|anna@|de Vries/);
      for (const each of [partner, kim, vera]) world.connector.takePosts(each.conversationId);
      world.connector.takePosts();
    });

    test('is shown to whoever took the deal, wherever they look, and to no other seller', async () => {
      const { claim } = await upgraded(world, partner, name, CO_SELL);
      const [asking] = readIn(world, sellers);
      if (asking === undefined) throw new Error('the sellers were not asked');
      const lou = await seller(world, 'Lou Seller');
      const kimThere = also(world, kim, { name: 'Kim Seller', channel: sellers });
      const before = [await kim.tap('coSell.show', { claim }), await lou.tap('coSell.show', { claim })];
      for (const card of before) {
        expect(buttonsOf(card)).toContain('Take it');
        expect(JSON.stringify(card)).not.toMatch(/Anna|anna@/);
      }
      const taken = await kimThere.press(await kimThere.press(asking, 'Answer'), 'Take it');
      await world.app.drain();
      for (const card of [
        taken,
        await kim.tap('coSell.show', { claim }),
        await kimThere.tap('coSell.show', { claim }),
      ]) {
        expect(textOf(card)).toContain(`Anna de Vries · anna@${name}.example`);
      }
      const louThere = also(world, lou, { name: 'Lou Seller', channel: sellers });
      for (const person of [lou, louThere, veraIn(sellers)]) {
        expect(JSON.stringify(await person.tap('coSell.show', { claim }))).not.toMatch(/Anna|anna@/);
      }
      expect(dealsIn(world, sellers, claim)).toHaveLength(1);
      expect(JSON.stringify(dealsIn(world, sellers, claim))).not.toMatch(/Anna|anna@/);
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken' });
      titles();
      readIn(world, sellers);
    });
  });
});
