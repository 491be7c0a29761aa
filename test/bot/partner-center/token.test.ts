import { hkdfSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CompactEncrypt } from 'jose';
import { sealToken, unsealToken } from '../../../bot/partner-center/sealed-token.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';
import { memoryKeeper, type StandingClock, signedInAt, standingClock } from '../../support/partner-center-desk.ts';

const MINUTE = 60_000;
const CONFIGURED = { clientSecret: 'the-client-secret~Q', configured: '0.first-refresh-token' };

let clock: StandingClock;
let fake: FakePartnerCenter;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now });
});
afterEach(() => fake.stop());

const signIns = () => fake.count('POST', '/oauth2/v2.0/token');
const formOf = (call: number) => Object.fromEntries(new URLSearchParams(fake.calls[call]?.body));

describe('signing in as the app and a person', () => {
  test('asks Entra for the API by the refresh token, and for another refresh token', async () => {
    await signedInAt(fake, clock)()();
    expect(fake.calls[0]?.path).toBe('/b3d2c1a0-0000-4000-8000-0000000000c5/oauth2/v2.0/token');
    expect(formOf(0)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'c1d2e3f4-0000-4000-8000-00000000c11e',
      client_secret: 'the-client-secret~Q',
      refresh_token: '0.first-refresh-token',
      scope: 'https://api.partner.microsoft.com/.default offline_access',
    });
  });

  test('one token serves until five minutes before its end', async () => {
    const token = signedInAt(fake, clock)();
    const first = await token();
    clock.advance(54 * MINUTE);
    expect(await token()).toEqual(first);
    expect(signIns()).toBe(1);
    clock.advance(MINUTE);
    expect(await token()).not.toEqual(first);
    expect(signIns()).toBe(2);
  });

  test('whoever asks while a token is fetched gets that one', async () => {
    const token = signedInAt(fake, clock)();
    const answers = await Promise.all([token(), token(), token(), token()]);
    expect(new Set(answers.map((answer) => answer.kind === 'ok' && answer.value)).size).toBe(1);
    expect(signIns()).toBe(1);
  });

  test('a token that was not taken is replaced once, however many say so', async () => {
    const token = signedInAt(fake, clock)();
    const first = await token();
    const refused = first.kind === 'ok' ? first.value : '';
    const answers = await Promise.all([token(refused), token(refused)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).not.toEqual(first);
    expect(await token(refused)).toEqual(answers[0]);
    expect(signIns()).toBe(2);
  });

  test('each API has a token of its own, from one line of refresh tokens', async () => {
    const tokens = signedInAt(fake, clock);
    const [one, other] = await Promise.all([tokens('partner')(), tokens('partnerCenter')()]);
    expect(one).not.toEqual(other);
    expect(formOf(1).scope).toBe('https://api.partnercenter.microsoft.com/.default offline_access');
    expect(formOf(1).refresh_token).toMatch(/^0\.refresh-token-1-/);
  });
});

describe('the refresh token', () => {
  test('the newest one is kept, and used after a restart', async () => {
    const keeper = memoryKeeper();
    await signedInAt(fake, clock, { keeper })()();
    await signedInAt(fake, clock, { keeper })()();
    expect(formOf(1).refresh_token).toMatch(/^0\.refresh-token-1-/);
  });

  test('what is kept does not show it', async () => {
    const keeper = memoryKeeper();
    await signedInAt(fake, clock, { keeper })()();
    expect(keeper.kept).toMatch(/^ey[\w.-]+$/);
    const everything = `${keeper.kept} ${Buffer.from(keeper.kept ?? '', 'base64url')}`;
    for (const secret of fake.secrets()) expect(everything).not.toContain(secret);
    expect(await unsealToken(keeper.kept ?? '', CONFIGURED)).toMatch(/^0\.refresh-token-1-/);
  });

  test('sealed under another secret it opens for nobody, and the configured one is used', async () => {
    const keeper = memoryKeeper(
      await sealToken('0.of-an-older-secret', { ...CONFIGURED, clientSecret: 'another secret' }),
    );
    expect(await unsealToken(keeper.kept ?? '', CONFIGURED)).toBeNull();
    expect((await signedInAt(fake, clock, { keeper })()()).kind).toBe('ok');
    expect(formOf(0).refresh_token).toBe('0.first-refresh-token');
  });

  test('one that is newly configured is used at once, though the kept one still works, and its line is kept', async () => {
    const keeper = memoryKeeper();
    await signedInAt(fake, clock, { keeper })()();
    const refreshToken = fake.signInAnew('0.signed-in-anew');
    await signedInAt(fake, clock, { keeper, refreshToken })()();
    expect(formOf(1).refresh_token).toBe('0.signed-in-anew');
    await signedInAt(fake, clock, { keeper, refreshToken })()();
    expect(formOf(2).refresh_token).toMatch(/^0\.refresh-token-2-/);
  });

  test('what was kept and cannot be read is not used', async () => {
    const plain = await new CompactEncrypt(new TextEncoder().encode('0.kept-otherwise'))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(
        new Uint8Array(hkdfSync('sha256', 'the-client-secret~Q', '', 'claimdesk: partner center refresh token', 32)),
      );
    for (const kept of [plain, 'no token at all']) {
      expect(await unsealToken(kept, CONFIGURED)).toBeNull();
      expect((await signedInAt(fake, clock, { keeper: memoryKeeper(kept) })()()).kind).toBe('ok');
      expect(formOf(fake.calls.length - 1).refresh_token).toBe('0.first-refresh-token');
    }
  });

  test('when the kept one has come to its end, the configured one is tried once', async () => {
    const keeper = memoryKeeper(await sealToken('0.worn-out', CONFIGURED));
    expect((await signedInAt(fake, clock, { keeper })()()).kind).toBe('ok');
    expect([formOf(0).refresh_token, formOf(1).refresh_token]).toEqual(['0.worn-out', '0.first-refresh-token']);
    fake.revokeRefreshTokens();
    clock.advance(120 * MINUTE);
    expect((await signedInAt(fake, clock, { keeper })()()).kind).toBe('signIn');
    expect(signIns()).toBe(4);
  });

  test('that is refused is not tried twice, though it is the kept and the configured one', async () => {
    const keeper = memoryKeeper(await sealToken('0.first-refresh-token', CONFIGURED));
    fake.revokeRefreshTokens();
    expect((await signedInAt(fake, clock, { keeper })()()).kind).toBe('signIn');
    expect(signIns()).toBe(1);
  });

  test('a database that keeps nothing does not keep anybody from signing in, now and the next time', async () => {
    const broken = { load: () => Promise.reject(new Error('gone')), keep: () => Promise.reject(new Error('gone')) };
    const token = signedInAt(fake, clock, { keeper: broken })();
    expect((await token()).kind).toBe('ok');
    clock.advance(60 * MINUTE);
    expect((await token()).kind).toBe('ok');
    expect(formOf(1).refresh_token).toMatch(/^0\.refresh-token-1-/);
  });
});

describe('nobody is signed in', () => {
  test.each(['invalid_grant', 'interaction_required', 'invalid_client'])(
    'when Entra says %s, a person is asked for, by that word alone',
    async (error) => {
      fake.refuseSignIn(error);
      const answer = await signedInAt(fake, clock)()();
      expect(answer).toMatchObject({ kind: 'signIn', trouble: error });
      expect(JSON.stringify(answer)).not.toContain('first-refresh-token');
    },
  );

  test('a wrong client secret is one of these', async () => {
    const answer = await signedInAt(fake, clock, { clientSecret: 'not-it' })()();
    expect(answer).toMatchObject({ kind: 'signIn', trouble: 'invalid_client' });
  });

  test('once Entra has taken somebody back, the next token is had', async () => {
    const token = signedInAt(fake, clock)();
    fake.refuseSignIn('invalid_grant');
    expect((await token()).kind).toBe('signIn');
    fake.refuseSignIn(null);
    expect((await token()).kind).toBe('ok');
  });

  test('an Entra that is not there is another trouble', async () => {
    fake.down();
    expect(await signedInAt(fake, clock)()()).toEqual({ kind: 'unsure', trouble: 'sign-in: ECONNRESET' });
  });
});
