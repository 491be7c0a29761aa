import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { EVENTS_PATH } from '../../bot/http/partner-center.ts';
import { AGREES, CO_SELL, inPartnerCenter, partnerManager, referralOf, upgraded } from '../support/co-sell.ts';
import { answer, asked } from '../support/consent-link.ts';
import { type FakePartnerCenter, type How, startPartnerCenter } from '../support/partner-center.ts';
import { editDeal, halfOf, halvesOf, settle, standingsOf } from '../support/partner-center-story.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { everythingStored } from '../support/record.ts';
import { personIdOf } from '../support/review.ts';
import { LEE, NORTHBRIDGE, startWorld, TAILSPIN, testClock, type World } from '../support/world.ts';

const HOUR = 60 * 60_000;

let world: World;
let fake: FakePartnerCenter;
let partner: Person;
const logged: string[] = [];
beforeAll(async () => {
  const clock = testClock();
  fake = await startPartnerCenter({ now: clock.now, tenantId: NORTHBRIDGE });
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  world = await startWorld('pglite', { clock, log, ...inPartnerCenter(fake) });
  partner = await partnerManager(world);
  await settle({ world });
}, 120_000);
afterAll(async () => {
  world?.connector.takePosts();
  world?.mailbox.take();
  await world?.stop();
  await fake?.stop();
});

/** The refresh token that was given out last. */
const newest = (): string => {
  const token = fake.secrets().findLast((secret) => secret.startsWith('0.'));
  if (token === undefined) throw new Error('nobody signed in');
  return token;
};

test('R29: the refresh token that was given out last is good for the next process, and the first is not needed', async () => {
  const { claim } = await upgraded(world, partner, 'before-restart');
  expect(standingsOf(fake, claim)).toHaveLength(2);
  expect(newest()).not.toBe(fake.credentials.refreshToken);
  fake.revokeRefreshTokens(newest());
  await world.restart();
  const next = await upgraded(world, partner, 'after-restart');
  expect(standingsOf(fake, next.claim)).toHaveLength(2);
  expect(await referralOf(world, next.claim)).toMatchObject({ syncTrouble: null, syncAt: null });
});

test('R29: a token that is not taken any more is replaced on the way, and nobody notices', async () => {
  fake.revokeAccessTokens();
  const { claim } = await upgraded(world, partner, 'token-revoked');
  expect(standingsOf(fake, claim)).toHaveLength(2);
  expect(await referralOf(world, claim)).toMatchObject({ syncTrouble: null, syncAt: null });
});

test('R29: deals of another organisation are told to nobody', async () => {
  const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
  await lee.tap('help.show');
  const grantedAt = world.clock.now();
  const personId = await personIdOf(world, lee);
  await world.database.prisma.roleGrant.createMany({
    data: [{ personId, role: 'referralsAdmin', scope: '*', grantedAt }],
    skipDuplicates: true,
  });
  const [before, calls] = [fake.referrals().length, fake.calls.length];
  const { claim, link } = await asked(world, lee, 'of-tailspin', { ...CO_SELL, location: 'Utrecht' });
  await answer(world, link, AGREES);
  await world.app.drain();
  expect(await referralOf(world, claim)).toMatchObject({ status: 'Active', coSell: 'asked' });
  await editDeal({ world, fake, partner }, lee, claim, { value: '31,000' });
  expect(fake.calls.length).toBe(calls);
  for (let hour = 0; hour < 3; hour += 1) {
    world.clock.advance(HOUR);
    await world.app.sweep();
  }
  expect(halvesOf(fake, claim)).toEqual([]);
  expect(fake.referrals().length).toBe(before);
  const shown = textOf(await lee.tap('referral.show', { claim }));
  expect(shown).toContain('31,000 USD');
  expect(shown).toContain('Claimdesk’s own record');
  expect(shown).not.toContain('Partner Center');
});

/** Everything there is to go wrong, all of which is said in the log. */
const TROUBLES: readonly How[] = [401, 403, 500, 'resetBefore', 'garbledAfter', 'silentAfter', 'statusAfter'];

test('R29: nothing that signs anybody in is stored in the open or logged, and no contact is logged', async () => {
  for (const [index, how] of TROUBLES.entries()) {
    const { claim, customer, link } = await asked(world, partner, `trouble-${index}`, CO_SELL);
    fake.failCall(1, how);
    fake.failCall(3, how);
    await answer(world, link, AGREES);
    await world.app.drain();
    await settle({ world });
    expect(standingsOf(fake, claim)).toHaveLength(2);
    expect(logged.filter((line) => line.includes(`anna@${customer.domain}`))).toEqual([]);
  }
  fake.revokeAccessTokens();
  fake.refuseSignIn('invalid_client');
  const { claim } = await upgraded(world, partner, 'trouble-signing-in');
  fake.refuseSignIn(null);
  fake.down();
  world.clock.advance(HOUR);
  await world.app.sweep();
  fake.up();
  await settle({ world });
  const { id } = halfOf(fake, claim, 'own');
  expect(await fake.sendEvent(`${world.url}${EVENTS_PATH}`, fake.eventFor(id), 'wrong organisation')).toBe(401);

  const lines = logged.join('');
  expect(lines).toContain('Partner Center did not take a referral');
  expect(lines).toContain('invalid_client');
  expect(lines).toContain('a sweep failed');
  const stored = await everythingStored(world);
  expect(stored).toContain('SealedCredential');
  for (const secret of fake.secrets()) {
    expect(stored.includes(secret)).toBe(false);
    expect(lines.includes(secret)).toBe(false);
  }
});
