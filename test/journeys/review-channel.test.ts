import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, type Channel, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, cardsOf, channelNamed, decided, readIn, reviewer, setUp, submit, submitted } from '../support/review.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    partner = await colleague(world);
  }, 120_000);
  afterAll(() => world?.stop());

  const open: number[] = [];
  /** Nothing that one test left open moves to the channel of the next. */
  afterEach(async () => {
    for (const claim of open.splice(0)) await decided(world, vera, claim, 'approve');
    world.connector.takePosts();
    const chat = also(world, vera, { name: 'Vera Reviewer' });
    await world.database.prisma.channelDuty.deleteMany({});
    await chat.tap('help.show');
    await world.app.drain();
    world.connector.takePosts();
  });

  let count = 0;
  const claimIn = async (): Promise<number> => {
    count += 1;
    const { claim } = await submitted(world, partner, `channel-${count}`);
    open.push(claim);
    return claim;
  };

  const vIn = (channel: Channel) => also(world, vera, { name: 'Vera Reviewer', channel });

  const installation = (channel: Channel, action: 'add' | 'remove') => {
    const said = vIn(channel).activity({ type: 'installationUpdate', action });
    // Teams tells it of the whole team, in the conversation of its general channel.
    const conversation = { ...(said.conversation as object), id: channel.teamId };
    const { channel: _channel, ...channelData } = said.channelData as { channel?: unknown };
    return vera.post({ ...said, conversation, channelData });
  };

  const noticeOf = (claim: number) =>
    world.database.prisma.notice.findUniqueOrThrow({ where: { key: `claim:${claim}:review` } });

  const heardInPerson = (): readonly string[] =>
    world.connector.takePosts(vera.conversationId).map(({ activity }) => String(activity.summary));

  test('R25: with no channel at all program admins hear in person, can review there, and the card is posted once there is one', async () => {
    const claim = await claimIn();
    const [told] = world.connector.takePosts(vera.conversationId);
    const card = told?.activity.attachments?.[0]?.content as SeenCard;
    expect(textOf(card)).toMatch(/A claim waits, .* no channel/);
    expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
    expect(buttonsOf(await vera.press(card, 'Review'))).toContain('Start review');

    const channel = channelNamed(`first-${engine}`);
    await setUp(world, vIn(channel), { duties: 'reviews' });

    expect(readIn(world, channel).map(textOf)).toEqual([expect.stringContaining(`Review of claim ${claim}`)]);
    expect(await noticeOf(claim)).toMatchObject({ state: 'delivered', conversationId: channel.id });
    await setUp(world, vIn(channel), { duties: 'reviews,access' });
    await world.app.sweep();
    expect(cardsOf(world, channel, claim)).toHaveLength(1);
    expect(readIn(world, channel)).toEqual([]);
    expect(heardInPerson()).toEqual([]);
  });

  test('R25: a claim decided in person before there was a channel is not posted there as if it waited', async () => {
    const claim = await claimIn();
    await decided(world, vera, claim, 'approve');
    open.pop();
    world.connector.takePosts();
    const channel = channelNamed(`decided-before-${engine}`);
    await setUp(world, vIn(channel), { duties: 'reviews' });
    expect(cardsOf(world, channel, claim).map(textOf).join()).not.toContain('[Review]');
    readIn(world, channel);
  });

  test('R31: another channel takes reviews over: open cards are posted there as they are now, and every step goes there', async () => {
    const [first, second] = [channelNamed(`taken-from-${engine}`), channelNamed(`taken-to-${engine}`)];
    await setUp(world, vIn(first), { duties: 'reviews' });
    const done = await claimIn();
    await decided(world, vera, done, 'approve');
    open.pop();
    const claim = await claimIn();
    await vera.press(await vera.tap('review.show', { claim }), 'Start review');
    await world.app.drain();
    world.connector.takePosts();

    await setUp(world, vIn(second), { duties: 'reviews', language: 'nl' });

    const posts = readIn(world, second).map(textOf);
    expect(posts).toEqual([expect.stringContaining(`Beoordeling van claim ${claim}`)]);
    expect(posts[0]).toContain('In beoordeling');
    expect(readIn(world, first)).toEqual([]);
    await decided(world, vera, claim, 'askForMore');
    await submit(world, partner, claim);
    expect(readIn(world, first)).toEqual([]);
    expect(readIn(world, second).map((card) => textOf(card).split('\n')[0])).toEqual([
      `Beoordeling van claim ${claim}`,
      'Opnieuw ingediend',
    ]);
  });

  test('R31: an organisation’s own channel comes before the one of all', async () => {
    const [all, own] = [channelNamed(`of-all-${engine}`), channelNamed(`of-one-${engine}`)];
    await setUp(world, vIn(all), { duties: 'reviews' });
    const { id } = await world.database.prisma.organisation.findFirstOrThrow({
      where: { name: { startsWith: 'Northb' } },
    });
    await vIn(own).tap('help.show');
    await world.app.drain();
    const setUpAt = world.clock.now();
    const setUpById = (await world.database.prisma.person.findFirstOrThrow({ where: { objectId: vera.objectId } })).id;
    await world.database.prisma.channelDuty.create({
      data: { duty: 'reviews', scope: id, conversationId: own.id, language: 'en', setUpById, setUpAt },
    });
    const claim = await claimIn();
    expect(cardsOf(world, own, claim)).toHaveLength(1);
    expect(cardsOf(world, all, claim)).toEqual([]);
  });

  test('R32: the bot removed from the team parks its channel; added again, what waited is posted, once', async () => {
    const channel = channelNamed(`removed-${engine}`);
    await setUp(world, vIn(channel), { duties: 'reviews' });
    expect((await installation(channel, 'remove')).status).toBe(200);
    await world.app.drain();
    const sends = world.connector.counts.send;

    const claim = await claimIn();

    expect(heardInPerson()).toEqual([
      expect.stringMatching(/closed to Claimdesk/),
      expect.stringMatching(/no channel/),
    ]);
    expect(await noticeOf(claim)).toMatchObject({ state: 'waiting' });
    await world.app.sweep();
    expect(readIn(world, channel)).toEqual([]);
    // The consent, its notice, and the word in person; nothing to the channel.
    expect(world.connector.counts.send - sends).toBe(2);

    for (const action of ['add', 'add'] as const) {
      expect((await installation(channel, action)).status).toBe(200);
      await world.app.drain();
    }
    expect(readIn(world, channel).map(textOf)).toEqual([expect.stringContaining(`Review of claim ${claim}`)]);
    expect(await noticeOf(claim)).toMatchObject({ state: 'delivered' });
  });

  test('R32: a decision while the bot is out of the team is made all the same, and the card says so once it is back', async () => {
    const channel = channelNamed(`away-${engine}`);
    await setUp(world, vIn(channel), { duties: 'reviews' });
    const claim = await claimIn();
    readIn(world, channel);
    await installation(channel, 'remove');
    await decided(world, vera, claim, 'approve');
    open.pop();
    expect(textOf(await partner.hear())).toContain('Claim approved');
    expect(readIn(world, channel)).toEqual([]);

    await installation(channel, 'add');
    await world.app.drain();

    expect(cardsOf(world, channel, claim).map(textOf)).toEqual([expect.stringMatching(/\nApproved\n/)]);
  });

  test('R25: a channel whose duty was removed gets nothing new; set up again, what stands there is right', async () => {
    const channel = channelNamed(`duty-gone-${engine}`);
    const there = vIn(channel);
    await setUp(world, there, { duties: 'reviews' });
    const claim = await claimIn();
    readIn(world, channel);
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    await decided(world, vera, claim, 'approve');
    open.pop();
    const next = await claimIn();
    expect(readIn(world, channel)).toEqual([]);
    expect(heardInPerson()).toEqual([expect.stringMatching(/no channel/)]);

    await setUp(world, there, { duties: 'reviews' });

    expect(cardsOf(world, channel, next)).toHaveLength(1);
    expect(cardsOf(world, channel, claim).map(textOf)).toEqual([expect.stringMatching(/\nApproved\n/)]);
  });
});
