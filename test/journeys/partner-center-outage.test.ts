import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AGREES, CO_SELL, referralOf, upgraded } from '../support/co-sell.ts';
import { answer, asked } from '../support/consent-link.ts';
import {
  apiCalls,
  dealThere,
  editDeal,
  halfOf,
  historyOf,
  type Stage,
  settle,
  standingsOf,
  startStage,
  winDeal,
  withSellers,
} from '../support/partner-center-story.ts';
import { type Person, textOf } from '../support/person.ts';

const HOUR = 60 * 60_000;

let stage: Stage & { readonly stop: () => Promise<void> };
let admin: Person;
beforeAll(async () => {
  stage = await startStage('postgresql');
  ({ admin } = await withSellers(stage, 'sellers-of-outage'));
}, 120_000);
afterAll(() => stage?.stop());

const status = async (): Promise<string> => textOf(await admin.tap('channels.list', { page: 1 }));

/** The halves that were posted since, as [claim, whose], in order. */
const postsSince = (calls: number): readonly (readonly [number, string])[] =>
  apiCalls(stage.fake)
    .slice(calls)
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => {
      const { externalReferenceId, target } = JSON.parse(body) as {
        readonly externalReferenceId: string;
        readonly target: readonly { readonly id: string }[];
      };
      return [Number(externalReferenceId), target[0]?.id ?? 'own'];
    });

const EDIT = { stage: 'qualified', value: '41,000', closeOn: '2027-06-30' };

test('R29: after a day without Partner Center everything is told once, own halves first, and the status says how it goes', async () => {
  const { world, fake, partner } = stage;
  expect(await status()).toContain('Everything was told.');
  const before = await asked(world, partner, 'made-before', CO_SELL);
  fake.down();
  const made = await asked(world, partner, 'made', CO_SELL);
  const shared = await upgraded(world, partner, 'shared');
  const edited = await upgraded(world, partner, 'edited');
  await editDeal(stage, partner, edited.claim, EDIT);
  const won = await upgraded(world, partner, 'won');
  await winDeal(stage, partner, won.claim);
  await answer(world, before.link, AGREES);
  for (let hour = 0; hour < 24; hour += 1) {
    world.clock.advance(HOUR);
    await world.app.sweep();
  }
  expect(await status()).toContain(
    '5 referrals have changes still to be told to Partner Center.\n5 of them were not taken the last time: sign-in: ECONNRESET.',
  );
  expect(textOf(await partner.tap('referral.show', { claim: made.claim }))).toContain(
    'Partner Center did not take the last change (sign-in: ECONNRESET). It is tried again by itself.',
  );
  expect(fake.referrals().filter(({ externalReferenceId }) => Number(externalReferenceId) > before.claim)).toEqual([]);

  const calls = apiCalls(fake).length;
  fake.up();
  await settle(stage);
  const posts = postsSince(calls);
  const halves = (claim: number) => posts.filter(([posted]) => posted === claim).map(([, whose]) => whose);
  expect([made, shared, edited, won, before].map(({ claim }) => halves(claim))).toEqual([
    ['own'],
    ['own', 'msft'],
    ['own', 'msft'],
    ['own'],
    ['msft'],
  ]);
  expect([made, shared, edited, won, before].map(({ claim }) => standingsOf(fake, claim))).toEqual([
    [['own', 'Active', 'Accepted']],
    [
      ['own', 'Active', 'Accepted'],
      ['msft', 'New', 'Pending'],
    ],
    [
      ['own', 'Active', 'Accepted'],
      ['msft', 'New', 'Pending'],
    ],
    [['own', 'Closed', 'Won']],
    [
      ['own', 'Active', 'Accepted'],
      ['msft', 'New', 'Pending'],
    ],
  ]);
  expect(dealThere(halfOf(fake, edited.claim, 'own'))).toEqual([41_000, '2027-06-30']);
  expect(await status()).toContain('Everything was told.');
  expect(await status()).not.toContain('still to be told');
  for (const { claim } of [made, shared, edited, won, before]) {
    expect(await referralOf(world, claim)).toMatchObject({ syncAt: null, syncTrouble: null, syncTries: 0 });
    expect((await historyOf(stage, claim)).filter((line) => line.endsWith('by partnerCenter'))).toEqual([]);
  }

  // And from here on nothing is said that was said.
  const quiet = apiCalls(fake).filter(({ method }) => method !== 'GET').length;
  for (let hour = 0; hour < 4; hour += 1) {
    world.clock.advance(HOUR);
    await world.app.sweep();
  }
  expect(apiCalls(fake).filter(({ method }) => method !== 'GET').length).toBe(quiet);
});

test('R29: while nobody is signed in the status says so; signed in again, everything is told within the hour', async () => {
  const { world, fake, partner } = stage;
  fake.revokeAccessTokens();
  fake.refuseSignIn('interaction_required');
  const { claim } = await upgraded(world, partner, 'not-signed-in');
  for (let hour = 0; hour < 6; hour += 1) {
    world.clock.advance(HOUR);
    await world.app.sweep();
  }
  expect(await status()).toContain('1 of them was not taken the last time: interaction_required.');
  fake.refuseSignIn(null);
  world.clock.advance(HOUR);
  await world.app.sweep();
  expect(standingsOf(fake, claim)).toEqual([
    ['own', 'Active', 'Accepted'],
    ['msft', 'New', 'Pending'],
  ]);
  expect(await status()).toContain('Everything was told.');
});

test('R29: a throttled change is told when Partner Center said, not before', async () => {
  const { world, fake, partner } = stage;
  const { claim } = await upgraded(world, partner, 'throttled');
  await settle(stage);
  fake.failCall(1, { status: 429, headers: { 'Retry-After': '600' } }, ({ method }) => method === 'PATCH');
  await editDeal(stage, partner, claim, EDIT);
  const patches = () => fake.calls.filter(({ method }) => method === 'PATCH').length;
  const before = patches();
  world.clock.advance(599_000);
  await world.app.sweep();
  expect(patches()).toBe(before);
  world.clock.advance(1_000);
  await world.app.sweep();
  expect(patches()).toBe(before + 1);
  expect(dealThere(halfOf(fake, claim, 'own'))).toEqual([41_000, '2027-06-30']);
});
