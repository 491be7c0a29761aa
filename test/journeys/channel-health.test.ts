import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import { changed, heardBy, quieten, standingAt, subscribe, timeOn } from '../support/hearing.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, type Channel, dataFor, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { retryNow } from '../support/queue.ts';
import { also, channelNamed, reviewer, setUp, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { LEE, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let channel: Channel;
  let there: Person;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    channel = channelNamed(`health-${count}`);
    there = also(world, vera, { name: 'Vera Reviewer', channel });
    partner = await colleague(world);
  });
  afterEach(async () => {
    await quieten(world);
    await world.database.prisma.channelDuty.deleteMany({});
  });

  const fine = (card: SeenCard): string => {
    expect(lintCard(card)).toEqual([]);
    return textOf(card);
  };
  /** A consent that the channel hears of at once. */
  const heardConsent = async (name: string) => {
    const { link } = await asked(world, partner, `${channel.name}-${name}`);
    await answer(world, link, ACCEPT);
    await world.app.drain();
    heardBy(world, partner);
  };

  describe('R31: “status” in a channel', () => {
    test('that is set up for nothing says so, to everybody', async () => {
      const text = fine(await unmovedBy(world, () => there.say('status')));
      expect(text).toMatch(/^This channel\n/);
      expect(text).toContain('Nothing is posted here. Say “set up this channel” to change that.');
      expect(text).toContain('Nothing was posted yet.');
    });

    test('tells what is on there, when the next list comes, what was posted last, how much in a day, and that it arrives', async () => {
      await setUp(world, there, { duties: 'access' });
      await subscribe(world, there, { zone: 'Europe/Amsterdam' });
      world.clock.set(timeOn(new Date(world.clock.now().getTime() + 24 * 60 * 60 * 1000), '13:00'));
      await heardConsent('first');
      await heardConsent('second');
      expect(heardBy(world, there)).toHaveLength(2);
      const text = fine(await there.say('status'));
      for (const part of [
        channel.name ?? '',
        'Posts arrive.',
        '2 posts in the last 24 hours',
        'Access requests · for every organisation · English',
        'Notices of claims · for every organisation · English',
        'one list a day at 09:00 (Europe/Amsterdam)',
      ]) {
        expect(text).toContain(part);
      }
      expect(text).toMatch(/Next list: \d+ \w+ \d{4}, 09:00 CES?T/);
      expect(text.match(/13:00 CES?T consent received/g)).toHaveLength(2);
    });

    test('offers who may set it up a test and the form, and nobody else', async () => {
      const reader = also(world, await someone(world, 'Otto Other', []), { name: 'Otto Other', channel });
      expect(buttonsOf(await there.tap('channel.status'))).toEqual(['Refresh', 'Send a test notice', 'Set up']);
      expect(buttonsOf(await reader.tap('channel.status'))).toEqual(['Refresh']);
      const dutch = also(world, vera, { name: 'Vera Reviewer', channel, locale: 'nl-NL' });
      expect(fine(await dutch.tap('channel.status'))).toMatch(/^Dit kanaal\n/);
      await vera.tap('help.show');
    });

    test('R32: counts what may not have arrived, and what Teams refused for good', async () => {
      await subscribe(world, there);
      world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502 });
      await heardConsent('unsure');
      world.connector.failNext({ on: 'send', conversationId: channel.id, status: 400 });
      await heardConsent('refused');
      const text = fine(await there.tap('channel.status'));
      expect(text).toContain('1 may not have arrived');
      expect(text).toContain('1 refused by Teams');
      expect(heardBy(world, there)).toEqual([]);
    });
  });

  describe('R31: “status” in the own chat of an admin', () => {
    test('lists every channel with how it fares, a page at a time', async () => {
      const names = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter}-${channel.name}`);
      const channels = names.map(channelNamed);
      for (const one of channels) {
        await subscribe(world, also(world, vera, { name: 'Vera Reviewer', channel: one }), { topics: 'answers' });
      }
      await heardConsent('said-in-all');
      await changed(world, vera, channels[1] as Channel, 'teamArchived');
      world.connector.takePosts();
      const first = await unmovedBy(world, () => vera.say('status'));
      const text = fine(first);
      expect(text).toMatch(/^Channels\n6 channels are set up\nPage 1 of 2\n/);
      expect(names.filter((name) => text.includes(name))).toEqual(names.slice(0, 4));
      expect(text).toContain('Nothing can be posted: the team was archived.');
      expect(text.match(/Posts arrive\./g)).toHaveLength(3);
      expect(text.match(/Last posts: .*, consent received/g)).toHaveLength(4);
      const second = await vera.press(first, 'Next');
      expect(names.filter((name) => fine(second).includes(name))).toEqual(names.slice(4));
      expect(buttonsOf(second)).toEqual(['Previous', 'Refresh']);
    });

    test('is an incentives admin’s for their own organisation, a program admin’s for all, and nobody else’s', async () => {
      const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
      const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
      const own = channelNamed(`own-${channel.name}`);
      await subscribe(world, also(world, ines, { name: 'Ines Admin', channel: own }));
      await subscribe(world, there);
      expect(fine(await vera.say('status'))).toContain('2 channels are set up');
      const hers = fine(await ines.say('status'));
      expect(hers).toContain('One channel is set up');
      expect(hers).toContain(own.name);
      for (const person of [partner, await someone(world, 'Otto Other', [{ role: 'seller' }])]) {
        expect(fine(await unmovedBy(world, () => person.tap('channels.list', { page: 1 })))).toMatch(
          /^Only admins see/,
        );
      }
      expect(fine(await lee.tap('channels.list', { page: 1 }))).not.toContain(own.name);
      await world.app.drain();
    });

    test('says how to begin where there is none', async () => {
      expect(fine(await vera.say('status'))).toContain('No channel is set up yet.');
    });
  });

  describe('R31: “test notice”', () => {
    const lookAt = (person: Person, card: SeenCard) => person.press(card, 'Look again');

    test('in a channel is posted there, with its stations, and can be looked at from both', async () => {
      const sent = await there.press(await there.tap('channel.status'), 'Send a test notice');
      expect(fine(sent)).toContain('A test notice is on its way.');
      await world.app.drain();
      const stands = standingAt(world, there);
      const text = fine(stands);
      expect(text).toMatch(/^Test notice\nThis came the way every notice comes\.\n/);
      for (const station of ['Written down', 'Taken up to be posted', 'Accepted by Teams'])
        expect(text).toContain(station);
      expect(text.match(/after \d+ ms/g)).toHaveLength(2);
      expect(fine(await lookAt(there, sent)).match(/after \d+ ms/g)).toHaveLength(2);
      const reader = also(world, await someone(world, 'Otto Other', []), { name: 'Otto Other', channel });
      expect(fine(await lookAt(reader, stands))).toContain('Accepted by Teams');
      world.connector.takePosts();
    });

    test('in the own chat is everybody’s, by words, in their language', async () => {
      const dutch = also(world, partner, { name: 'Robin Demo', locale: 'nl-NL' });
      const posted = world.connector.posted(partner.conversationId).length;
      await dutch.post(dutch.activity({ type: 'message', text: 'testbericht' }));
      await world.app.drain();
      const cards = world.connector.posted(partner.conversationId).slice(posted);
      const texts = cards.map(({ activity }) => fine(activity.attachments?.[0]?.content as SeenCard));
      expect(texts).toHaveLength(2);
      for (const text of texts) expect(text).toMatch(/^Testbericht\n/);
      expect(texts.join()).toContain('Aangenomen door Teams');
      world.connector.takePosts();
    });

    test('that Teams refuses shows the trouble, closes the channel, and comes when somebody speaks there', async () => {
      await subscribe(world, there);
      world.connector.failNext({ on: 'send', conversationId: channel.id, status: 403 });
      const sent = await there.tap('channel.test');
      await world.app.drain();
      const { notice } = dataFor(sent, 'Look again');
      const looked = fine(await vera.tap('test.show', { notice }));
      expect(looked).toContain('Teams said: 403');
      expect(looked).toMatch(/cannot be posted now; it waits|not yet/);
      expect(fine(await vera.tap('channels.list', { page: 1 }))).toContain('Nothing can be posted');
      expect(heardBy(world, vera).map((card) => textOf(card).split('\n')[0])).toEqual([
        'A channel is closed to Claimdesk',
      ]);
      await there.tap('channel.status');
      await world.app.drain();
      expect(fine(standingAt(world, there))).toMatch(/^Test notice\n/);
      world.connector.takePosts();
    });

    test('that is throttled says what Teams said until it is through', async () => {
      world.connector.failNext({ on: 'send', conversationId: channel.id, status: 429, retryAfter: 30 });
      const sent = await there.tap('channel.test');
      await world.app.drain();
      expect(fine(await lookAt(there, sent))).toMatch(/waits to be posted[\s\S]*Teams said: 429/);
      await retryNow(world);
      const after = fine(await lookAt(there, sent));
      expect(after).not.toContain('Teams said');
      expect(after.match(/after [\d,]+ ms/g)).toHaveLength(2);
      world.connector.takePosts();
    });

    test('in a channel is an admin’s to send, and another’s own test is nobody’s to look at', async () => {
      const reader = also(world, await someone(world, 'Otto Other', [{ role: 'seller' }]), {
        name: 'Otto Other',
        channel,
      });
      expect(fine(await unmovedBy(world, () => reader.tap('channel.test')))).toContain('Only admins set up channels');
      const sent = await vera.say('test notice');
      await world.app.drain();
      const { notice } = dataFor(sent, 'Look again');
      expect(fine(await partner.tap('test.show', { notice }))).toMatch(/^No such test\n/);
      world.connector.takePosts();
    });

    test('is said in quiet hours too', async () => {
      await subscribe(world, there, { quietFrom: '00:00', quietUntil: '23:59', zone: 'UTC' });
      await there.tap('channel.test');
      await world.app.drain();
      expect(fine(standingAt(world, there))).toMatch(/^Test notice\n/);
      world.connector.takePosts();
    });
  });
});
