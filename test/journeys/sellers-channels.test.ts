import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dealsIn, partnerManager, seller, upgraded } from '../support/co-sell.ts';
import { buttonsOf, type Channel, inputsOf, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, setUp, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { ENGINES, startWorld, type World } from '../support/world.ts';

describe.each(ENGINES)('on %s', (engine) => {
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

  test('R28: of several channels the one that says most exactly what it takes gets the deal, and no other', async () => {
    const channels = {
      all: fresh('all'),
      country: fresh('country'),
      area: fresh('area'),
      both: fresh('both'),
    };
    await take(channels.all);
    await take(channels.country, { countries: 'us, be' });
    await take(channels.area, { solutionAreas: 'azure' });
    await take(channels.both, { countries: 'US', solutionAreas: 'security,azure' });
    const where = (claim: number) =>
      Object.entries(channels).flatMap(([name, channel]) => dealsIn(world, channel, claim).map(() => name));
    expect(where(await deal('US', 'SIEM Plus XDR'))).toEqual(['both']);
    expect(where(await deal('BE', 'SIEM Plus XDR'))).toEqual(['country']);
    expect(where(await deal('NL', 'Azure Migration Assessment'))).toEqual(['area']);
    expect(where(await deal('NL', 'SIEM Plus XDR'))).toEqual(['all']);
    expect(inPerson()).toEqual([]);
  });

  test('R28: an organisation’s own channel comes before a more exact one of all', async () => {
    const [all, own] = [fresh('of-all'), fresh('of-one')];
    await take(all, { countries: 'US', solutionAreas: 'security' });
    const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
    const form = await also(world, ines, { name: 'Ines Admin', channel: own }).tap('channel.setUp');
    const card = await also(world, ines, { name: 'Ines Admin', channel: own }).press(form, 'Set up', {
      duties: 'sellers',
    });
    expect(textOf(card)).toContain('This channel is set up.');
    await world.app.drain();
    const claim = await deal();
    expect([all, own].map((channel) => dealsIn(world, channel, claim).length)).toEqual([0, 1]);
  });

  test('R31: a country code that there is none of is named, and nothing that was typed is lost', async () => {
    const channel = fresh('typed');
    const form = await veraIn(channel).tap('channel.setUp');
    await world.app.drain();
    const typed = { duties: 'sellers', countries: 'nl, be; UK', solutionAreas: 'security', scope: '*', language: 'nl' };
    const card = await unmovedBy(world, () => veraIn(channel).press(form, 'Set up', typed));
    expect(textOf(card)).toMatch(/“?UK”?/);
    expect(textOf(card)).toContain('One field needs your attention. Nothing was lost.');
    for (const [field, value] of Object.entries(typed)) expect(inputsOf(card).get(field)?.value).toBe(value);
    const saved = await veraIn(channel).press(card, 'Set up', { countries: 'nl, be; nl' });
    expect(textOf(saved)).toMatch(/Netherlands, Belgium|Netherlands and Belgium/);
    const again = await veraIn(channel).tap('channel.setUp');
    expect(inputsOf(again).get('countries')?.value).toBe('NL, BE');
    expect(inputsOf(again).get('solutionAreas')?.value).toBe('security');
    await world.app.drain();
  });

  test('R31: another channel takes the same route over: what is still asked is posted there as it is now, what was answered is not', async () => {
    const [first, second] = [fresh('taken-from'), fresh('taken-to')];
    await take(first, { countries: 'US, BE' });
    const answered = await deal();
    await kimIn(first).press(await kimIn(first).tap('coSell.show', { claim: answered }), 'Take it');
    const claim = await deal();
    readIn(world, first);
    const card = await take(second, { countries: 'be us', language: 'nl' });
    expect(textOf(card)).toContain('no longer in another channel');
    expect(readIn(world, second).map(textOf)).toEqual([expect.stringContaining('Helpt u mee deze deal te winnen?')]);
    expect(dealsIn(world, second, answered)).toEqual([]);
    expect(readIn(world, first)).toEqual([]);
    await kimIn(second).press(await kimIn(second).tap('coSell.show', { claim }), 'Take it');
    await world.app.drain();
    expect(readIn(world, first)).toEqual([]);
    expect(dealsIn(world, second, claim).map(textOf)).toEqual([expect.stringContaining('Aangenomen door Kim Seller')]);
  });

  test('R28: with no channel at all program admins hear in person, and the card is posted once there is one', async () => {
    const claim = await deal();
    expect(inPerson()).toEqual([WAITS]);
    expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
    const elsewhere = fresh('elsewhere');
    await take(elsewhere, { countries: 'BE' });
    expect(readIn(world, elsewhere)).toEqual([]);
    expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
    const channel = fresh('first');
    await take(channel);
    expect(readIn(world, channel).map(textOf)).toEqual([expect.stringContaining('Will you help to win this deal?')]);
    await setUp(world, veraIn(channel), { duties: 'sellers,access' });
    await world.app.sweep();
    expect(dealsIn(world, channel, claim)).toHaveLength(1);
    expect(readIn(world, channel)).toEqual([]);
    expect(inPerson()).toEqual([]);
  });

  test('R28: a deal that was answered before there was a channel is not posted there as if it waited', async () => {
    const claim = await deal();
    inPerson();
    expect(textOf(await kim.press(await kim.tap('coSell.show', { claim }), 'Take it'))).toContain('You took the deal.');
    await world.app.drain();
    const channel = fresh('after');
    await take(channel);
    expect(dealsIn(world, channel, claim).map(textOf).join()).not.toContain('Will you help to win this deal?');
    expect(dealsIn(world, channel, claim).flatMap(buttonsOf)).not.toContain('Answer');
  });

  test('R31: a channel that stops being the sellers’ gets nothing new; set up again, its cards are right and stand there once', async () => {
    const channel = fresh('stops');
    await take(channel);
    const claim = await deal();
    readIn(world, channel);
    const there = veraIn(channel);
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    await world.app.drain();
    const next = await deal();
    expect(readIn(world, channel)).toEqual([]);
    expect(inPerson()).toEqual([WAITS]);
    // Who sells still answers, by the number.
    await kim.press(await kim.tap('coSell.show', { claim }), 'Take it');
    await world.app.drain();
    await take(channel);
    expect(dealsIn(world, channel, next)).toHaveLength(1);
    expect(dealsIn(world, channel, claim).map(textOf)).toEqual([expect.stringContaining('Taken by Kim Seller')]);
  });
});
