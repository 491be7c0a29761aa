import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENTS_PATH } from '../../bot/http/partner-center.ts';
import { dealsIn, referralOf, upgraded } from '../support/co-sell.ts';
import { halfOf, historyOf, type Stage, settle, startStage, withSellers } from '../support/partner-center-story.ts';
import { buttonsOf, type Channel, type Person, type SeenCard, textOf } from '../support/person.ts';
import { readIn } from '../support/review.ts';
import { SERVER } from '../support/world.ts';

/** What Microsoft's sellers can say, and what everybody reads then. */
const ANSWERS = [
  ['Accepted', 'taken', 'A seller took the deal', 'Taken by a Microsoft seller, in Partner Center'],
  ['Declined', 'declined', 'The sellers declined the deal', 'Declined by a Microsoft seller, in Partner Center'],
  ['Expired', 'expired', 'No seller answered in time', 'No seller answered in time'],
] as const;

describe.each(SERVER)('on %s', (engine) => {
  let stage: Stage & { readonly stop: () => Promise<void> };
  let channel: Channel;
  let kim: Person;
  beforeAll(async () => {
    stage = await startStage(engine);
    ({ channel, kim } = await withSellers(stage, `sellers-of-answers-${engine}`));
  }, 120_000);
  afterAll(() => stage?.stop());

  const heard = () =>
    stage.world.connector.takePosts(stage.partner.conversationId).map(({ activity }) => String(activity.summary));

  /** A deal that the sellers are asked about, with the card in their channel. */
  const asked = async (name: string): Promise<{ readonly claim: number; readonly asking: SeenCard }> => {
    const { claim } = await upgraded(stage.world, stage.partner, `${name}-${engine}`);
    await settle(stage);
    heard();
    readIn(stage.world, channel);
    const [asking] = dealsIn(stage.world, channel, claim);
    if (asking === undefined) throw new Error('the sellers were not asked');
    return { claim, asking };
  };

  /** Microsoft answers, and Partner Center tells of it. */
  const microsoftSays = async (claim: number, as: 'Accepted' | 'Declined' | 'Expired'): Promise<void> => {
    const { world, fake } = stage;
    world.clock.advance(1_000);
    const { id } = halfOf(fake, claim, 'msft');
    fake.answer(id, as);
    expect(await fake.sendEvent(`${world.url}${EVENTS_PATH}`, fake.eventFor(id))).toBe(200);
    await world.app.drain();
  };

  test.each(ANSWERS)(
    'R28: %s by Microsoft there, a deal is %s here, once for all',
    async (as, coSell, notice, shown) => {
      const { world } = stage;
      const { claim, asking } = await asked(`there-${coSell}`);
      const answering = await kim.press(asking, 'Answer');
      await microsoftSays(claim, as);
      expect(heard()).toEqual([`${notice}: Claim ${claim}`]);
      expect(await referralOf(world, claim)).toMatchObject({
        ...{ coSell, answeredById: null, answerDueAt: null, status: 'Active', syncAt: null, syncTrouble: null },
      });
      expect((await historyOf(stage, claim)).at(-1)).toBe(`${coSell} by partnerCenter`);
      const [card, ...more] = dealsIn(world, channel, claim);
      expect(more).toEqual([]);
      if (card === undefined) throw new Error('the card is gone');
      expect(textOf(card)).toContain(shown);
      expect(buttonsOf(card)).not.toContain('Answer');

      // Whoever had the buttons before them still decides nothing.
      expect(textOf(await kim.press(answering, 'Take it'))).toContain('Nothing was changed');
      const declining = await kim.press(answering, 'Decline');
      expect(buttonsOf(declining)).not.toContain('Decline the deal');
      expect(await referralOf(world, claim)).toMatchObject({ coSell, answeredById: null });

      // And the clock does not either; what is said again there is not heard twice.
      await microsoftSays(claim, as);
      await settle(stage);
      expect(heard()).toEqual([]);
      readIn(world, channel);
    },
  );

  test('R28: who answered first here stands, whatever Microsoft says there later', async () => {
    const { world } = stage;
    const { claim, asking } = await asked('first-here');
    await kim.press(await kim.press(asking, 'Answer'), 'Take it');
    await world.app.drain();
    expect(heard()).toEqual([`A seller took the deal: Claim ${claim}`]);
    await microsoftSays(claim, 'Declined');
    expect(heard()).toEqual([]);
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken', answeredById: expect.any(String) });
    expect(dealsIn(world, channel, claim).map(textOf)).toEqual([expect.stringContaining('Taken by Kim Seller')]);
    expect((await referralOf(world, claim)).mirror).toMatchObject({
      microsoft: { status: 'Closed', substatus: 'Declined' },
    });
    readIn(world, channel);
  });

  test('R28: a deal that Microsoft takes after it was won here is not taken any more', async () => {
    const { world, partner } = stage;
    const { claim } = await asked('won-before');
    const form = await partner.tap('referral.askClose', { claim, what: 'won' });
    await partner.press(form, 'Close as won', { closeOn: '2026-11-23' });
    await world.app.drain();
    await microsoftSays(claim, 'Accepted');
    await settle(stage);
    expect(await referralOf(world, claim)).toMatchObject({ status: 'Closed', substatus: 'Won', syncTrouble: null });
    heard();
    readIn(world, channel);
  });

  test('R28: without events an answer is heard within a quarter of an hour', async () => {
    const { world, fake } = stage;
    const { claim } = await asked('polled');
    fake.answer(halfOf(fake, claim, 'msft').id, 'Accepted');
    world.clock.advance(15 * 60_000);
    await world.app.sweep();
    expect(heard()).toEqual([`A seller took the deal: Claim ${claim}`]);
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken', answeredById: null });
    readIn(world, channel);
  });
});
