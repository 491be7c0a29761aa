import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AGREES,
  CO_SELL,
  dealsIn,
  inPartnerCenter,
  partnerManager,
  referralOf,
  seller,
  upgraded,
} from '../support/co-sell.ts';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../support/partner-center.ts';
import { buttonsOf, type Channel, type Person, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, setUp } from '../support/review.ts';
import { DAY, ENGINES, NORTHBRIDGE, startWorld, testClock, type World } from '../support/world.ts';

/** Each adapter on each engine; the API is told of the same story. */
const RECORDS = ENGINES.flatMap((engine) => [
  { engine, record: 'local' as const },
  { engine, record: 'partnerCenter' as const },
]);

describe.each(RECORDS)('$record on $engine', ({ engine, record }) => {
  let world: World;
  let fake: FakePartnerCenter | null = null;
  let partner: Person;
  let kim: Person;
  const tag = `${record.toLowerCase()}-${engine}`;
  const channel: Channel = channelNamed(`sellers-${tag}`);

  beforeAll(async () => {
    const clock = testClock();
    if (record === 'partnerCenter') fake = await startPartnerCenter({ now: clock.now, tenantId: NORTHBRIDGE });
    world = await startWorld(engine, { clock, ...(fake === null ? {} : inPartnerCenter(fake)) });
    partner = await partnerManager(world);
    kim = await seller(world, 'Kim Seller');
    const vera = await reviewer(world, 'Vera Admin');
    await setUp(world, also(world, vera, { name: 'Vera Admin', channel }), { duties: 'sellers' });
  }, 120_000);
  afterAll(async () => {
    await world?.stop();
    await fake?.stop();
  });

  const kimIn = () => also(world, kim, { name: 'Kim Seller', channel });
  const heard = () => world.connector.takePosts(partner.conversationId).map(({ activity }) => String(activity.summary));

  /** What Partner Center holds of a claim: both halves, as [target, status, substatus]. */
  const there = (claim: number) =>
    (fake?.referrals() ?? [])
      .filter(({ externalReferenceId }) => externalReferenceId === String(claim))
      .map(({ target, status, substatus }) => {
        const [to] = (target ?? []) as readonly { readonly id: string }[];
        return [to?.id ?? 'own', status, substatus];
      });

  test('R26, R27, R28: a claim becomes a referral, then co-sell, and a seller takes it', async () => {
    const { claim, link } = await asked(world, partner, `taken-${tag}`, CO_SELL);
    await world.app.drain();
    expect(await referralOf(world, claim)).toMatchObject({ status: 'Active', substatus: 'Accepted', coSell: null });
    if (record === 'partnerCenter') expect(there(claim)).toEqual([['own', 'Active', 'Accepted']]);
    expect(readIn(world, channel)).toEqual([]);
    let card = await partner.tap('claim.show', { claim });
    expect(textOf(card)).toContain('Partner-led · active');

    await answer(world, link, AGREES);
    await world.app.drain();
    expect(heard().sort()).toEqual([`Consent received: Claim ${claim}`, `Upgraded to co-sell: Claim ${claim}`]);
    const [asking] = readIn(world, channel);
    if (asking === undefined) throw new Error('the sellers were not asked');
    expect(textOf(asking)).toContain('Will you help to win this deal?');
    expect(textOf(asking)).not.toContain('Anna');
    expect(buttonsOf(asking)).toEqual(['Answer']);
    if (record === 'partnerCenter') {
      expect(there(claim)).toEqual([
        ['own', 'Active', 'Accepted'],
        ['msft', 'New', 'Pending'],
      ]);
    }

    card = await kimIn().press(asking, 'Answer');
    expect(buttonsOf(card)).toEqual(['Take it', 'Decline', 'Refresh']);
    card = await kimIn().press(card, 'Take it');
    expect(textOf(card)).toContain('Anna de Vries');
    await world.app.drain();
    expect(heard()).toEqual([`A seller took the deal: Claim ${claim}`]);
    expect(dealsIn(world, channel, claim).map(textOf)).toEqual([expect.stringContaining('Taken by Kim Seller')]);
    readIn(world, channel);
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken', status: 'Active', answerDueAt: null });
  });

  test('R28: a seller declines with a reason, and the partner reads it', async () => {
    const { claim } = await upgraded(world, partner, `declined-${tag}`);
    heard();
    const [asking] = readIn(world, channel);
    if (asking === undefined) throw new Error('the sellers were not asked');
    let card = await kimIn().press(await kimIn().press(asking, 'Answer'), 'Decline');
    card = await kimIn().press(card, 'Decline the deal', { reason: 'other' });
    expect(textOf(card)).toContain('Fill this in.');
    card = await kimIn().press(card, 'Decline the deal', { words: 'They buy through their group.' });
    expect(textOf(card)).toContain('You declined the deal.');
    await world.app.drain();
    expect(heard()).toEqual([`The sellers declined the deal: Claim ${claim}`]);
    readIn(world, channel);
    const shown = textOf(await partner.tap('claim.show', { claim }));
    expect(shown).toContain('Declined by Kim Seller');
    expect(shown).toContain('They buy through their group.');
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'declined', status: 'Active' });
  });

  test('R28: unanswered for 14 days it expires, after reminders, and nobody can answer any more', async () => {
    const { claim } = await upgraded(world, partner, `expired-${tag}`);
    heard();
    const [asking] = readIn(world, channel);
    if (asking === undefined) throw new Error('the sellers were not asked');
    const answering = await kimIn().press(asking, 'Answer');
    const declining = await kimIn().press(answering, 'Decline');
    const reminders: string[] = [];
    for (let day = 0; day < 15; day += 1) {
      world.clock.advance(DAY);
      await world.app.sweep();
      reminders.push(
        ...readIn(world, channel)
          .map(textOf)
          .filter((text) => text.startsWith('A co-sell deal still waits'))
          .map(() => `day ${day + 1}`),
      );
    }
    expect(reminders).toEqual(['day 7', 'day 11', 'day 13']);
    expect(heard()).toContain(`No seller answered in time: Claim ${claim}`);
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'expired', status: 'Active' });
    const late = await kimIn().press(declining, 'Decline the deal', { reason: 'noSeller' });
    expect(textOf(late)).toContain('No seller answered in time');
    expect(textOf(await kimIn().press(answering, 'Take it'))).toContain('Nothing was changed');
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'expired', declineReason: null });
    readIn(world, channel);
  });

  test('R27: without the customer’s agreement it stays partner-led, and the claim says why', async () => {
    const { claim, link } = await asked(world, partner, `not-agreed-${tag}`, CO_SELL);
    await answer(world, link, { ...ACCEPT, mayShare: 'yes' });
    await world.app.drain();
    expect(heard()).toEqual([`Consent received: Claim ${claim}`]);
    expect(readIn(world, channel)).toEqual([]);
    const shown = textOf(await partner.tap('claim.show', { claim }));
    expect(shown).toContain('Not asked for: see the conditions');
    expect(shown).toContain('✗ The customer agrees to be contacted by Microsoft’s sellers: no');
    expect(shown).toContain('✓ The customer agrees that Microsoft’s sellers see their details: yes');
  });
});
