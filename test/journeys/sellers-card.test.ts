import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { dealsIn, referralOf, sellersIn } from '../support/co-sell.ts';
import { changed } from '../support/hearing.ts';
import { buttonsOf, type SeenCard, textOf } from '../support/person.ts';
import { readIn } from '../support/review.ts';
import { openSellersStage, type SellersStage, WAITS } from '../support/sellers-stage.ts';
import { DAY, SERVER } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let stage: SellersStage;
  beforeAll(async () => {
    stage = await openSellersStage(engine);
  }, 120_000);
  afterEach(() => stage.clear());
  afterAll(() => stage?.world.stop());

  test('R28: a deal that no channel takes is spoken of in person with every reminder, and nobody says that its sellers were reminded', async () => {
    const claim = await stage.deal();
    expect(stage.inPerson()).toEqual([WAITS]);
    for (const days of [7, 4, 2]) {
      stage.world.clock.advance(days * DAY);
      await stage.world.app.sweep();
      await stage.world.app.sweep();
      expect(stage.inPerson()).toEqual([WAITS]);
    }
    const events = await stage.world.database.prisma.auditEvent.findMany({ where: { chain: `referral:${claim}` } });
    expect(events.map(({ what }) => what)).not.toContain('reminded');
  });

  test('R28: a reminder stands below the card of its deal, and is not said of a deal that was answered', async () => {
    const channel = stage.fresh('reminds');
    await stage.take(channel);
    const [claim, answered] = [await stage.deal(), await stage.deal()];
    await stage.kimIn(channel).press(await stage.kimIn(channel).tap('coSell.show', { claim: answered }), 'Take it');
    await stage.world.app.drain();
    const { activityId } = await stage.noticeOf(claim);
    readIn(stage.world, channel);
    stage.world.clock.advance(7 * DAY);
    await stage.world.app.sweep();
    const posts = stage.world.connector.takePosts(channel.id);
    expect(posts.map(({ activity }) => String(activity.summary))).toEqual(['A co-sell deal still waits']);
    expect(posts[0]?.conversationId).toBe(`${channel.id};messageid=${activityId}`);
    const reminder = posts[0]?.activity.attachments?.[0]?.content as SeenCard;
    expect(buttonsOf(await stage.kimIn(channel).press(reminder, 'Answer'))).toContain('Take it');
    await stage.world.app.sweep();
    expect(readIn(stage.world, channel)).toEqual([]);
  });

  test.each([403, 404])(
    'R32: a channel that refuses the card with %s: admins hear it, and the card comes when somebody speaks there',
    async (status) => {
      const channel = stage.fresh('refuses');
      await stage.take(channel);
      stage.world.connector.failNext({ on: 'send', conversationId: channel.id, status });
      const claim = await stage.deal();
      expect(stage.inPerson().sort()).toEqual(['A channel is closed to Claimdesk', WAITS]);
      expect(await stage.noticeOf(claim)).toMatchObject({ state: 'waiting' });
      expect(await referralOf(stage.world, claim)).toMatchObject({ coSell: 'asked' });
      expect(readIn(stage.world, channel)).toEqual([]);
      await stage.veraIn(channel).tap('help.show');
      await stage.world.app.drain();
      expect(readIn(stage.world, channel).map(textOf)).toEqual([
        expect.stringContaining('Will you help to win this deal?'),
      ]);
      expect(await stage.noticeOf(claim)).toMatchObject({ state: 'delivered' });
    },
  );

  test('R32: a deal whose channel was deleted waits, and is posted in the one that is set up instead', async () => {
    const [channel, next] = [stage.fresh('deleted'), stage.fresh('instead')];
    await stage.take(channel);
    await changed(stage.world, stage.vera, channel, 'channelDeleted');
    stage.inPerson();
    const claim = await stage.deal();
    expect(stage.inPerson()).toEqual([WAITS]);
    expect(readIn(stage.world, channel)).toEqual([]);
    await stage.take(next);
    expect(dealsIn(stage.world, next, claim)).toHaveLength(1);
    expect(dealsIn(stage.world, channel, claim)).toHaveLength(0);
  });

  test('R32: a card that may or may not stand there is not posted a second time, whatever is set up; the next reminder posts it', async () => {
    const channel = stage.fresh('unsure');
    await stage.take(channel);
    stage.world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502, when: 'after' });
    const claim = await stage.deal();
    expect(await stage.noticeOf(claim)).toMatchObject({ state: 'ambiguous' });
    expect(dealsIn(stage.world, channel, claim)).toHaveLength(1);
    await stage.world.app.sweep();
    await stage.take(channel, { language: 'nl' });
    await stage.take(stage.fresh('another'), { countries: 'BE' });
    await stage.world.app.sweep();
    expect(dealsIn(stage.world, channel, claim)).toHaveLength(1);
    readIn(stage.world, channel);
    stage.world.clock.advance(7 * DAY);
    await stage.world.app.sweep();
    expect(readIn(stage.world, channel).map((card) => textOf(card).split('\n')[0])).toEqual(['Co-selldeal']);
    expect(await stage.noticeOf(claim)).toMatchObject({ state: 'delivered' });
  });

  test('R32: a deal whose card never arrived can be answered all the same', async () => {
    const channel = stage.fresh('never-there');
    await stage.take(channel);
    stage.world.connector.failNext({ on: 'send', conversationId: channel.id, status: 502 });
    const claim = await stage.deal();
    expect(dealsIn(stage.world, channel, claim)).toEqual([]);
    await stage.kim.press(await stage.kim.tap('coSell.show', { claim }), 'Take it');
    expect(await referralOf(stage.world, claim)).toMatchObject({ coSell: 'taken' });
    stage.world.clock.advance(7 * DAY);
    await stage.world.app.sweep();
    expect(readIn(stage.world, channel)).toEqual([]);
  });

  test('R31: a Dutch channel gets Dutch, whatever the languages of the partner and of the sellers', async () => {
    const channel = stage.fresh('dutch');
    await sellersIn(stage.world, channel, { language: 'nl' });
    await stage.deal();
    const [card] = readIn(stage.world, channel);
    expect(textOf(card as SeenCard)).toContain('Helpt u mee deze deal te winnen?');
    expect(buttonsOf(card as SeenCard)).toEqual(['Antwoorden']);
    expect(buttonsOf(await stage.kimIn(channel).press(card as SeenCard, 'Antwoorden'))).toEqual([
      'Take it',
      'Decline',
      'Refresh',
    ]);
    stage.world.clock.advance(7 * DAY);
    await stage.world.app.sweep();
    expect(readIn(stage.world, channel).map((one) => textOf(one).split('\n')[0])).toEqual([
      'Er wacht nog een co-selldeal',
    ]);
  });

  test('R28: a deal that is changed changes the card where it stands, and is no new message', async () => {
    const channel = stage.fresh('edited');
    await stage.take(channel);
    const claim = await stage.deal();
    const before = stage.world.connector.posted(channel.id).length;
    readIn(stage.world, channel);
    const sends = stage.world.connector.counts.send;
    const form = await stage.partner().press(await stage.partner().tap('referral.show', { claim }), 'Update the deal');
    await stage.partner().press(form, 'Save', { value: '40.000', stage: 'proposed', closeOn: '2027-06-01' });
    await stage.world.app.drain();
    expect(stage.world.connector.posted(channel.id)).toHaveLength(before);
    expect(stage.world.connector.counts.send).toBe(sends);
    const [card] = dealsIn(stage.world, channel, claim);
    for (const part of ['40,000', 'Proposed · 60%', '1 Jun 2027', 'Will you help to win this deal?']) {
      expect(textOf(card as SeenCard)).toContain(part);
    }
  });
});
