import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVENTS_PATH } from '../../bot/http/partner-center.ts';
import { dealsIn, referralOf, upgraded } from '../support/co-sell.ts';
import {
  apiCalls,
  askedSoOften,
  dealThere,
  editDeal,
  halfOf,
  historyOf,
  type Stage,
  settle,
  standingsOf,
  startStage,
  withSellers,
} from '../support/partner-center-story.ts';
import { type Channel, textOf } from '../support/person.ts';

const MINUTE = 60_000;

let stage: Stage & { readonly stop: () => Promise<void> };
let channel: Channel;
beforeAll(async () => {
  stage = await startStage('pglite');
  ({ channel } = await withSellers(stage, 'sellers-of-edits'));
}, 120_000);
afterAll(() => stage?.stop());

const recordOf = async (claim: number) => {
  const { valueCents, closeOn, status, substatus, statusReason, coSell, syncAt, syncTrouble } = await referralOf(
    stage.world,
    claim,
  );
  const deal = [Number(valueCents) / 100, closeOn.toISOString().slice(0, 10)];
  return { deal, status, substatus, statusReason, coSell, sync: [syncAt, syncTrouble] };
};

/** A deal whose sellers are asked, of 25,000 dollars, to be closed on 21 February 2027. */
const deal = async (name: string) => {
  const { claim } = await upgraded(stage.world, stage.partner, name);
  await settle(stage);
  stage.world.connector.takePosts();
  return { claim, own: halfOf(stage.fake, claim, 'own') };
};

const edited = (id: string, details: Readonly<Record<string, unknown>>): void =>
  stage.fake.edit(id, {
    details: { ...(stage.fake.referrals().find((one) => one.id === id)?.details as object), ...details },
  });

/** The partner saves while somebody writes in Partner Center: after it was looked at there, before it is changed. */
const saveDuring = async (claim: number, typed: Readonly<Record<string, string>>, meanwhile: () => void) => {
  const before = apiCalls(stage.fake).length;
  stage.fake.failNext('slow');
  const saving = editDeal(stage, stage.partner, claim, typed);
  await askedSoOften(stage.fake, before + 1);
  meanwhile();
  await saving;
  await settle(stage);
};

test('R29: different fields changed here and there at the same moment both survive', async () => {
  const { claim, own } = await deal('both-survive');
  await saveDuring(claim, { closeOn: '2027-06-30' }, () => edited(own.id, { dealValue: 28_000 }));
  expect(await recordOf(claim)).toMatchObject({ deal: [28_000, '2027-06-30'], sync: [null, null] });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([28_000, '2027-06-30']);
  expect(await historyOf(stage, claim)).toEqual([
    'made by person',
    'upgraded by customer',
    'changed by person',
    'changed by partnerCenter',
  ]);
});

test('R29: of one field changed here and there at the same moment, what the partner typed here counts', async () => {
  const { claim, own } = await deal('ours-counts');
  await saveDuring(claim, { value: '31,000' }, () => edited(own.id, { dealValue: 28_000 }));
  expect(await recordOf(claim)).toMatchObject({ deal: [31_000, '2027-02-21'], sync: [null, null] });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([31_000, '2027-02-21']);
});

test('R29: a deal that changes there at every look is told a minute later', async () => {
  const { claim } = await deal('always-stale');
  for (let n = 1; n <= 5; n += 1) stage.fake.failCall(n, 412, ({ method }) => method === 'PATCH');
  await editDeal(stage, stage.partner, claim, { value: '29,000' });
  expect(await recordOf(claim)).toMatchObject({ sync: [expect.any(Date), 'stale'] });
  expect(textOf(await stage.partner.tap('referral.show', { claim }))).toContain('(stale)');
  stage.world.clock.advance(MINUTE);
  await stage.world.app.sweep();
  expect(await recordOf(claim)).toMatchObject({ deal: [29_000, '2027-02-21'], sync: [null, null] });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([29_000, '2027-02-21']);
});

test('R29: an edit taken back before anybody knew that it had arrived is taken back there too', async () => {
  const { claim } = await deal('taken-back');
  stage.fake.failCall(1, 'resetAfter', ({ method }) => method === 'PATCH');
  await editDeal(stage, stage.partner, claim, { value: '60,000', closeOn: '2027-06-30' });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([60_000, '2027-06-30']);
  await editDeal(stage, stage.partner, claim, { value: '25,000', closeOn: '2027-02-21' });
  await settle(stage);
  expect(await recordOf(claim)).toMatchObject({ deal: [25_000, '2027-02-21'], sync: [null, null] });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([25_000, '2027-02-21']);
  expect(await historyOf(stage, claim)).not.toContain('changed by partnerCenter');
});

test('R29: the same where another edit failed in between', async () => {
  const { claim } = await deal('taken-back-later');
  stage.fake.failCall(1, 'resetAfter', ({ method }) => method === 'PATCH');
  await editDeal(stage, stage.partner, claim, { value: '60,000' });
  stage.fake.failCall(1, 'resetBefore', ({ method }) => method === 'PATCH');
  await editDeal(stage, stage.partner, claim, { value: '70,000' });
  await editDeal(stage, stage.partner, claim, { value: '25,000' });
  await settle(stage);
  expect(await recordOf(claim)).toMatchObject({ deal: [25_000, '2027-02-21'], sync: [null, null] });
  expect(dealThere(halfOf(stage.fake, claim, 'own'))).toEqual([25_000, '2027-02-21']);
});

test('R29: a value in another currency there is left alone until the partner types one in dollars here', async () => {
  const { claim, own } = await deal('in-euro');
  edited(own.id, { dealValue: 24_000, currency: 'EUR' });
  stage.world.clock.advance(15 * MINUTE);
  await stage.world.app.sweep();
  await settle(stage);
  expect(halfOf(stage.fake, claim, 'own').details).toMatchObject({ dealValue: 24_000, currency: 'EUR' });
  expect(await recordOf(claim)).toMatchObject({ deal: [25_000, '2027-02-21'], sync: [null, null] });
  await editDeal(stage, stage.partner, claim, { value: '27,000' });
  expect(halfOf(stage.fake, claim, 'own').details).toMatchObject({ dealValue: 27_000, currency: 'USD' });
  expect(await recordOf(claim)).toMatchObject({ deal: [27_000, '2027-02-21'], sync: [null, null] });
});

/** How a change there is heard of: Partner Center tells it, or is asked four times an hour. */
const HEARD = [
  [
    'an event',
    async (id: string) => {
      const { world, fake } = stage;
      world.clock.advance(1_000);
      expect(await fake.sendEvent(`${world.url}${EVENTS_PATH}`, fake.eventFor(id))).toBe(200);
      await world.app.drain();
    },
  ],
  [
    'the question of the quarter-hour',
    async () => {
      stage.world.clock.advance(15 * MINUTE);
      await stage.world.app.sweep();
    },
  ],
] as const;

describe.each(HEARD)('R29: by %s', (how, hear) => {
  const named = (name: string) => `${name}-${how.replaceAll(' ', '-')}`;

  test('value and day that were changed there are kept here, and the sellers’ card is edited in place', async () => {
    const { claim, own } = await deal(named('edited'));
    const { send, create } = stage.world.connector.counts;
    edited(own.id, { dealValue: 41_234.56, closingDateTime: '2027-09-30T00:00:00Z' });
    await hear(own.id);
    expect(await recordOf(claim)).toEqual({
      ...{ deal: [41_234.56, '2027-09-30'], status: 'Active', substatus: 'Accepted', statusReason: null },
      ...{ coSell: 'asked', sync: [null, null] },
    });
    expect((await historyOf(stage, claim)).at(-1)).toBe('changed by partnerCenter');
    expect(textOf(await stage.partner.tap('referral.show', { claim }))).toContain('Partner Center changed');
    const [card, ...more] = dealsIn(stage.world, channel, claim).map(textOf);
    expect(more).toEqual([]);
    expect(card).toContain('41,234.56');
    expect(card).toContain('30 Sept 2027');
    expect([stage.world.connector.counts.send, stage.world.connector.counts.create]).toEqual([send, create]);
  });

  test.each(['Won', 'Lost'] as const)(
    'a deal closed there as %s is closed here, and nobody is asked any more',
    async (as) => {
      const { claim, own } = await deal(named(as.toLowerCase()));
      const { send, create } = stage.world.connector.counts;
      stage.fake.edit(own.id, { status: 'Closed', substatus: as });
      await hear(own.id);
      expect(await recordOf(claim)).toMatchObject({
        ...{ status: 'Closed', substatus: as, statusReason: 'elsewhere', coSell: 'withdrawn', sync: [null, null] },
      });
      expect((await historyOf(stage, claim)).slice(-2)).toEqual([
        'withdrawn by partnerCenter',
        `${as.toLowerCase()} by partnerCenter`,
      ]);
      const [card, ...more] = dealsIn(stage.world, channel, claim).map(textOf);
      expect(more).toEqual([]);
      expect(card).toContain('closed in Partner Center');
      expect([stage.world.connector.counts.send, stage.world.connector.counts.create]).toEqual([send, create]);
      expect(standingsOf(stage.fake, claim)).toEqual([
        ['own', 'Closed', as],
        ['msft', 'New', 'Pending'],
      ]);
    },
  );
});

test('R29: Partner Center is asked what changed once in a quarter of an hour, not oftener', async () => {
  const polls = () => apiCalls(stage.fake).filter(({ path }) => path.includes('updatedDateTime')).length;
  stage.world.clock.advance(15 * MINUTE);
  await stage.world.app.sweep();
  const before = polls();
  for (let minute = 1; minute <= 31; minute += 1) {
    stage.world.clock.advance(MINUTE);
    await stage.world.app.sweep();
  }
  expect(polls() - before).toBe(2);
});

test('R29: a change is not missed where Partner Center was asked, and it could not be kept', async () => {
  const { world } = stage;
  const { claim, own } = await deal('not-missed');
  world.clock.advance(15 * MINUTE);
  await world.app.sweep();
  world.clock.advance(1_000);
  edited(own.id, { dealValue: 27_500 });
  world.clock.advance(15 * MINUTE);
  await world.database.prisma.$executeRaw`ALTER TABLE "Referral" RENAME TO "ReferralAway"`;
  await world.app.sweep();
  await world.database.prisma.$executeRaw`ALTER TABLE "ReferralAway" RENAME TO "Referral"`;
  for (let minute = 0; minute < 31; minute += 1) {
    world.clock.advance(MINUTE);
    await world.app.sweep();
  }
  expect(await recordOf(claim)).toMatchObject({ deal: [27_500, '2027-02-21'], sync: [null, null] });
});

test('R29: what changed while Partner Center did not answer for hours is heard when it does', async () => {
  const { world, fake } = stage;
  const { claim, own } = await deal('hours-later');
  edited(own.id, { dealValue: 29_500 });
  fake.down();
  for (let hour = 0; hour < 5; hour += 1) {
    world.clock.advance(60 * MINUTE);
    await world.app.sweep();
  }
  expect(await recordOf(claim)).toMatchObject({ deal: [25_000, '2027-02-21'] });
  fake.up();
  world.clock.advance(15 * MINUTE);
  await world.app.sweep();
  expect(await recordOf(claim)).toMatchObject({ deal: [29_500, '2027-02-21'], sync: [null, null] });
});
