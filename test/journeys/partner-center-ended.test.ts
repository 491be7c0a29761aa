import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AGREES, CO_SELL, referralOf, upgraded } from '../support/co-sell.ts';
import { answer, asked } from '../support/consent-link.ts';
import type { How } from '../support/partner-center.ts';
import {
  apiCalls,
  askedSoOften,
  cancel,
  halfOf,
  halvesOf,
  type Stage,
  settle,
  standingsOf,
  startStage,
} from '../support/partner-center-story.ts';
import { textOf } from '../support/person.ts';
import { DAY } from '../support/world.ts';

const DECLINE = { decision: 'decline', name: 'Anna de Vries' } as const;

let stage: Stage & { readonly stop: () => Promise<void> };
beforeAll(async () => {
  stage = await startStage('pglite');
}, 120_000);
afterAll(() => stage?.stop());

/** A closed deal in the record, of which nothing is left to tell. */
const closed = (statusReason: string) => ({
  ...{ status: 'Closed', substatus: 'Lost', statusReason },
  ...{ syncAt: null, syncTrouble: null, answerDueAt: null },
});

/** How a claim ends that the customer has not agreed to. */
const ENDINGS = [
  ['claimCanceled', (claim: number) => cancel(stage, stage.partner, claim)],
  ['consentDeclined', async (_claim: number, link: string) => void (await answer(stage.world, link, DECLINE))],
  [
    'consentExpired',
    async () => {
      stage.world.clock.advance(31 * DAY);
      await stage.world.app.sweep();
    },
  ],
] as const;

test.each(ENDINGS)(
  'R29: a deal that ended (%s) before Partner Center could be told is never made there',
  async (reason, end) => {
    const { world, fake, partner } = stage;
    fake.down();
    const { claim, link } = await asked(world, partner, `never-${reason.toLowerCase()}`, CO_SELL);
    await end(claim, link);
    await world.app.drain();
    fake.up();
    await settle(stage);
    expect(await referralOf(world, claim)).toMatchObject(closed(reason));
    expect(halvesOf(fake, claim)).toEqual([]);
  },
);

test.each(ENDINGS)('R29: one that ended (%s) while Partner Center was away is lost there too', async (reason, end) => {
  const { world, fake, partner } = stage;
  const { claim, link } = await asked(world, partner, `lost-${reason.toLowerCase()}`, CO_SELL);
  fake.down();
  await end(claim, link);
  await world.app.drain();
  fake.up();
  await settle(stage);
  expect(await referralOf(world, claim)).toMatchObject(closed(reason));
  expect(standingsOf(fake, claim)).toEqual([['own', 'Closed', 'Lost']]);
  expect(halfOf(fake, claim, 'own').statusReason).toBe(reason);
});

test.each(ENDINGS)(
  'R29: one of which nobody knew whether it was made is found as it ends (%s), and made once',
  async (reason, end) => {
    const { world, fake, partner } = stage;
    fake.failCall(1, 'resetAfter', ({ method }) => method === 'POST');
    const { claim, link } = await asked(world, partner, `found-${reason.toLowerCase()}`, CO_SELL);
    expect(await referralOf(world, claim)).toMatchObject({ mirror: null, syncTrouble: 'ECONNRESET' });
    await end(claim, link);
    await world.app.drain();
    await settle(stage);
    expect(await referralOf(world, claim)).toMatchObject(closed(reason));
    expect(standingsOf(fake, claim)).toEqual([['own', 'Closed', 'Lost']]);
  },
);

/** What fails before the claim is canceled: the making of a half, or what leads to it; `made`: Microsoft's half was. */
const BEFORE: readonly (readonly [how: How, call: string, nth: number, made: boolean])[] = [
  [503, 'PATCH', 1, false],
  ['resetAfter', 'PATCH', 1, false],
  [503, 'POST', 1, false],
  ['resetBefore', 'POST', 1, false],
  ['resetAfter', 'POST', 1, true],
  ['statusAfter', 'POST', 1, true],
];

test.each(BEFORE)(
  'R29: canceled after %s of %s while it was upgraded, a deal is lost, and Microsoft is not asked again',
  async (how, call, nth, made) => {
    const { world, fake, partner } = stage;
    const { claim, link } = await asked(world, partner, `upgrade-${how}-${call}`.toLowerCase(), CO_SELL);
    fake.failCall(nth, how, ({ method }) => method === call);
    await answer(world, link, AGREES);
    await world.app.drain();
    expect(fake.hasFailed()).toBe(true);
    const posts = fake.count('POST', '/referrals');
    await cancel(stage, partner, claim);
    await settle(stage);
    expect(await referralOf(world, claim)).toMatchObject({ ...closed('claimCanceled'), coSell: 'withdrawn' });
    expect(fake.count('POST', '/referrals')).toBe(posts);
    expect(standingsOf(fake, claim)).toEqual([
      ['own', 'Closed', 'Lost'],
      ...(made ? [['msft', 'New', 'Pending']] : []),
    ]);
    const { mirror } = await referralOf(world, claim);
    expect((mirror as { microsoft: unknown }).microsoft === null).toBe(!made);
  },
);

test('R29: a claim canceled in the very moment in which its deal is made leaves one half, and that is lost', async () => {
  const { world, fake, partner } = stage;
  const before = apiCalls(fake).length;
  fake.failCall(2, 'slow');
  const asking = asked(world, partner, 'canceled-in-making', CO_SELL);
  await askedSoOften(fake, before + 2);
  const { claimNumber: claim } = await world.database.prisma.referral.findFirstOrThrow({
    orderBy: { claimNumber: 'desc' },
  });
  await cancel(stage, partner, claim);
  await asking;
  await settle(stage);
  expect(await referralOf(world, claim)).toMatchObject(closed('claimCanceled'));
  expect(standingsOf(fake, claim)).toEqual([['own', 'Closed', 'Lost']]);
});

test('R29, R34: who the customer’s contact is, is not told of a deal that was lost before it was shared', async () => {
  const { world, fake, partner } = stage;
  const { claim, link } = await asked(world, partner, 'not-shared', CO_SELL);
  fake.down();
  await answer(world, link, AGREES);
  await world.app.drain();
  await cancel(stage, partner, claim);
  fake.up();
  await settle(stage);
  expect(standingsOf(fake, claim)).toEqual([['own', 'Closed', 'Lost']]);
  expect(JSON.stringify(halfOf(fake, claim, 'own'))).not.toContain('anna@');
  expect(halfOf(fake, claim, 'own').consent).toMatchObject({
    ...{ consentToContact: false, consentToToShareInfoWithOthers: false },
  });
});

test('R26: a referral that was never made is not shown as lost when its claim ends', async () => {
  const { world, fake, partner } = stage;
  const { claim } = await upgraded(world, partner, 'to-be-unmade');
  await settle(stage);
  await world.database.prisma.referral.update({
    where: { claimNumber: claim },
    data: { status: 'None', coSell: null },
  });
  const before = apiCalls(fake).length;
  await cancel(stage, partner, claim);
  expect(await referralOf(world, claim)).toMatchObject({ status: 'None', statusReason: null });
  expect(textOf(await partner.tap('claim.show', { claim }))).not.toContain('lost');
  expect(apiCalls(fake).length).toBe(before);
});
