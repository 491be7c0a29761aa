import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dealsIn, partnerManager, referralOf, seller, sellersIn, upgraded } from '../support/co-sell.ts';
import { changed } from '../support/hearing.ts';
import { buttonsOf, type Channel, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, setUp } from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let kim: Person;
  let partner: Person;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Admin');
    kim = await seller(world, 'Kim Seller');
  }, 120_000);
  afterAll(() => world?.stop());
  /** What one test left open moves to no channel of the next. */
  afterEach(async () => {
    await world.app.drain();
    const { prisma } = world.database;
    await prisma.channelDuty.deleteMany({});
    await prisma.referral.updateMany({ data: { coSell: 'withdrawn', answerDueAt: null, warnAt: null } });
    await prisma.notice.updateMany({ where: { state: 'waiting' }, data: { state: 'dropped' } });
    await prisma.conversation.updateMany({ data: { active: true, closedWhy: null } });
    world.connector.takePosts();
  });

  const fresh = (name: string): Channel => channelNamed(`${name}-${++count}-${engine}`);
  const veraIn = (channel: Channel) => also(world, vera, { name: 'Vera Admin', channel });
  const kimIn = (channel: Channel) => also(world, kim, { name: 'Kim Seller', channel });
  const take = (channel: Channel, typed: Readonly<Record<string, string>> = {}) =>
    setUp(world, veraIn(channel), { duties: 'sellers', ...typed });
  const deal = async (country = 'US', engagement = 'SIEM Plus XDR'): Promise<number> => {
    partner = await partnerManager(world);
    const contacts = { customerCountry: country };
    const { claim } = await upgraded(world, partner, `routed-${++count}-${engine}`, {
      engagements: [engagement],
      contacts,
    });
    world.connector.takePosts(partner.conversationId);
    return claim;
  };
  const noticeOf = (claim: number) =>
    world.database.prisma.notice.findUniqueOrThrow({ where: { key: `claim:${claim}:co-sell` } });
  const inPerson = () => world.connector.takePosts(vera.conversationId).map(({ activity }) => String(activity.summary));
  const WAITS = 'A co-sell deal waits, but no channel takes it';

  test('R28: a deal that no channel takes is spoken of in person with every reminder, and nobody says that its sellers were reminded', async () => {
    const claim = await deal();
    expect(inPerson()).toEqual([WAITS]);
    for (const days of [7, 4, 2]) {
      world.clock.advance(days * DAY);
      await world.app.sweep();
      await world.app.sweep();
      expect(inPerson()).toEqual([WAITS]);
    }
    const events = await world.database.prisma.auditEvent.findMany({ where: { chain: `referral:${claim}` } });
    expect(events.map(({ what }) => what)).not.toContain('reminded');
  });

  test('R28: a reminder stands below the card of its deal, and is not said of a deal that was answered', async () => {
    const channel = fresh('reminds');
    await take(channel);
    const [claim, answered] = [await deal(), await deal()];
    await kimIn(channel).press(await kimIn(channel).tap('coSell.show', { claim: answered }), 'Take it');
    await world.app.drain();
    const { activityId } = await noticeOf(claim);
    readIn(world, channel);
    world.clock.advance(7 * DAY);
    await world.app.sweep();
    const posts = world.connector.takePosts(channel.id);
    expect(posts.map(({ activity }) => String(activity.summary))).toEqual(['A co-sell deal still waits']);
    expect(posts[0]?.conversationId).toBe(`${channel.id};messageid=${activityId}`);
    const reminder = posts[0]?.activity.attachments?.[0]?.content as SeenCard;
    expect(buttonsOf(await kimIn(channel).press(reminder, 'Answer'))).toContain('Take it');
    await world.app.sweep();
    expect(readIn(world, channel)).toEqual([]);
  });

  test.each([403, 404])(
    'R32: a channel that refuses the card with %s: admins hear it, and the card comes when somebody speaks there',
    async (status) => {
      const channel = fresh('refuses');
      await take(channel);
      world.connector.failNext({ on: 'send', conversationId: channel.id, status });
      const claim = await deal();
      expect(inPerson().sort()).toEqual(['A channel is closed to Claimdesk', WAITS]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked' });
      expect(readIn(world, channel)).toEqual([]);
      await veraIn(channel).tap('help.show');
      await world.app.drain();
      expect(readIn(world, channel).map(textOf)).toEqual([expect.stringContaining('Will you help to win this deal?')]);
      expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
    },
  );

  test('R32: a deal whose channel was deleted waits, and is posted in the one that is set up instead', async () => {
    const [channel, next] = [fresh('deleted'), fresh('instead')];
    await take(channel);
    await changed(world, vera, channel, 'channelDeleted');
    inPerson();
    const claim = await deal();
    expect(inPerson()).toEqual([WAITS]);
    expect(readIn(world, channel)).toEqual([]);
    await take(next);
    expect(dealsIn(world, next, claim)).toHaveLength(1);
    expect(dealsIn(world, channel, claim)).toHaveLength(0);
  });

  test('R32: a card that may or may not stand there is not posted a second time, whatever is set up; the next reminder posts it', async () => {
    const channel = fresh('unsure');
    await take(channel);
    world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502, when: 'after' });
    const claim = await deal();
    expect(await noticeOf(claim)).toMatchObject({ state: 'ambiguous' });
    expect(dealsIn(world, channel, claim)).toHaveLength(1);
    await world.app.sweep();
    await take(channel, { language: 'nl' });
    await take(fresh('another'), { countries: 'BE' });
    await world.app.sweep();
    expect(dealsIn(world, channel, claim)).toHaveLength(1);
    readIn(world, channel);
    world.clock.advance(7 * DAY);
    await world.app.sweep();
    expect(readIn(world, channel).map((card) => textOf(card).split('\n')[0])).toEqual(['Co-selldeal']);
    expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
  });

  test('R32: a deal whose card never arrived can be answered all the same', async () => {
    const channel = fresh('never-there');
    await take(channel);
    world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502 });
    const claim = await deal();
    expect(dealsIn(world, channel, claim)).toEqual([]);
    await kim.press(await kim.tap('coSell.show', { claim }), 'Take it');
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken' });
    world.clock.advance(7 * DAY);
    await world.app.sweep();
    expect(readIn(world, channel)).toEqual([]);
  });

  test('R31: a Dutch channel gets Dutch, whatever the languages of the partner and of the sellers', async () => {
    const channel = fresh('dutch');
    await sellersIn(world, channel, { language: 'nl' });
    await deal();
    const [card] = readIn(world, channel);
    expect(textOf(card as SeenCard)).toContain('Helpt u mee deze deal te winnen?');
    expect(buttonsOf(card as SeenCard)).toEqual(['Antwoorden']);
    expect(buttonsOf(await kimIn(channel).press(card as SeenCard, 'Antwoorden'))).toEqual([
      'Take it',
      'Decline',
      'Refresh',
    ]);
    world.clock.advance(7 * DAY);
    await world.app.sweep();
    expect(readIn(world, channel).map((one) => textOf(one).split('\n')[0])).toEqual(['Er wacht nog een co-selldeal']);
  });

  test('R28: a deal that is changed changes the card where it stands, and is no new message', async () => {
    const channel = fresh('edited');
    await take(channel);
    const claim = await deal();
    const before = world.connector.posted(channel.id).length;
    readIn(world, channel);
    const sends = world.connector.counts.send;
    const form = await partner.press(await partner.tap('referral.show', { claim }), 'Update the deal');
    await partner.press(form, 'Save', { value: '40.000', stage: 'proposed', closeOn: '2027-06-01' });
    await world.app.drain();
    expect(world.connector.posted(channel.id)).toHaveLength(before);
    expect(world.connector.counts.send).toBe(sends);
    const [card] = dealsIn(world, channel, claim);
    for (const part of ['40,000', 'Proposed · 60%', '1 Jun 2027', 'Will you help to win this deal?']) {
      expect(textOf(card as SeenCard)).toContain(part);
    }
  });
});
