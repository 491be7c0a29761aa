import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EVENTS_PATH } from '../../bot/http/partner-center.ts';
import { referralOf, upgraded } from '../support/co-sell.ts';
import type { Forgery } from '../support/partner-center.ts';
import { apiCalls, dealThere, halfOf, type Stage, settle, startStage } from '../support/partner-center-story.ts';
import { DAY, startWorld } from '../support/world.ts';

let stage: Stage & { readonly stop: () => Promise<void> };
let claim: number;
beforeAll(async () => {
  stage = await startStage('pglite');
  ({ claim } = await upgraded(stage.world, stage.partner, 'told-by-events'));
  await settle(stage);
}, 120_000);
afterAll(() => stage?.stop());

const address = (): string => `${stage.world.url}${EVENTS_PATH}`;
const own = () => halfOf(stage.fake, claim, 'own');

/** A new value there, of which nothing was told yet; two events are told apart by when they happened. */
const revalued = (dealValue: number): void => {
  stage.world.clock.advance(1_000);
  stage.fake.edit(own().id, { details: { ...(own().details as object), dealValue } });
};

const valueHere = async (): Promise<number> => Number((await referralOf(stage.world, claim)).valueCents) / 100;

/** What an event is answered with, and whether the API was asked because of it. */
const told = async (text: string, forgery: Forgery = 'good'): Promise<readonly [number, 'looked' | 'nothing']> => {
  const before = apiCalls(stage.fake).length;
  const status = await stage.fake.sendEvent(address(), text, forgery);
  await stage.world.app.drain();
  return [status, apiCalls(stage.fake).length > before ? 'looked' : 'nothing'];
};

test('R29: a change is heard of by its event: what it is, is asked of Partner Center', async () => {
  revalued(26_001);
  expect(await told(stage.fake.eventFor(own().id))).toEqual([200, 'looked']);
  expect(await valueHere()).toBe(26_001);
});

test.each<readonly [Forgery]>([
  ['other body'],
  ['wrong organisation'],
  ['unknown issuer'],
  ['impostor'],
  ['expired'],
  ['signs code'],
  ['sha1 certificate'],
])('R29: an event that Partner Center did not sign (%s) is turned away, and nothing is asked', async (forgery) => {
  revalued(26_002);
  expect(await told(stage.fake.eventFor(own().id), forgery)).toEqual([401, 'nothing']);
  expect(await valueHere()).toBe(26_001);
});

test('R29: an event without a signature is turned away', async () => {
  const before = apiCalls(stage.fake).length;
  const response = await fetch(address(), { method: 'POST', body: stage.fake.eventFor(own().id) });
  expect(response.status).toBe(401);
  await stage.world.app.drain();
  expect(apiCalls(stage.fake).length).toBe(before);
});

test('R29: an event that comes twice counts once', async () => {
  revalued(26_003);
  const text = stage.fake.eventFor(own().id);
  expect(await told(text)).toEqual([200, 'looked']);
  expect(await told(text)).toEqual([200, 'nothing']);
});

test('R29: an event of more than seven days ago is taken and does nothing', async () => {
  const { fake, world } = stage;
  const at = (ms: number) => new Date(world.clock.now().getTime() - ms);
  expect(await told(fake.eventFor(own().id, 'referral-updated', at(7 * DAY + 1_000)))).toEqual([200, 'nothing']);
  expect(await told(fake.eventFor(own().id, 'referral-updated', at(7 * DAY - 60_000)))).toEqual([200, 'looked']);
});

test('R29: an event about no referral of ours is taken and does nothing', async () => {
  const { fake } = stage;
  expect(await told(fake.eventFor('7d23e5ca-0000-4eaa-aac8-5e6b559f0d1d'))).toEqual([200, 'nothing']);
  const text = JSON.parse(fake.eventFor(own().id)) as Record<string, unknown>;
  const elsewhere = { ...text, ResourceUri: 'https://api.partnercenter.microsoft.com/v1/invoices/4711' };
  expect(await told(JSON.stringify(elsewhere))).toEqual([200, 'nothing']);
});

test('R29: what is signed and cannot be read is refused', async () => {
  expect(await told('{"EventName":"referral-updated"')).toEqual([400, 'nothing']);
  expect(await told('[]')).toEqual([400, 'nothing']);
  expect(await told('{"EventName":"referral-updated","ResourceUri":7,"ResourceName":"referral"}')).toEqual([
    400,
    'nothing',
  ]);
});

test('R29: an event whose work failed half-way is asked for again, and counts then', async () => {
  const { world, fake } = stage;
  const { prisma } = world.database;
  revalued(26_004);
  const text = fake.eventFor(own().id);
  await prisma.$executeRaw`ALTER TABLE "Referral" RENAME TO "ReferralAway"`;
  const status = await fake.sendEvent(address(), text);
  await prisma.$executeRaw`ALTER TABLE "ReferralAway" RENAME TO "Referral"`;
  expect(status).toBe(500);
  expect(await told(text)).toEqual([200, 'looked']);
  expect(await valueHere()).toBe(26_004);
});

test('R29: while the signing certificate is out of reach an event is asked for again, and counts then', async () => {
  const { world, fake } = stage;
  // What is known of the certificate is an hour old by now.
  world.clock.advance(61 * 60_000);
  revalued(26_005);
  const text = fake.eventFor(own().id);
  fake.down();
  expect((await told(text))[0]).toBe(503);
  fake.up();
  expect((await told(text))[0]).toBe(200);
  await settle(stage);
  expect(await valueHere()).toBe(26_005);
  expect(dealThere(own())[0]).toBe(26_005);
});

test('R29: what an event says of a deal is asked of Partner Center, when that answers again', async () => {
  const { fake } = stage;
  revalued(26_006);
  fake.failCall(1, 503, ({ path }) => path.endsWith(own().id));
  expect(await told(fake.eventFor(own().id))).toEqual([200, 'looked']);
  expect(await valueHere()).toBe(26_005);
  await settle(stage);
  expect(await valueHere()).toBe(26_006);
});

test('R29: where Partner Center is not configured there is no address for its events', async () => {
  const world = await startWorld('pglite');
  const text = stage.fake.eventFor(own().id);
  expect(await stage.fake.sendEvent(`${world.url}${EVENTS_PATH}`, text)).toBe(404);
  await world.stop();
});
