import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exchangeRatesApi } from '../../../bot/partner-center/exchange-rates.ts';
import { referralsApi } from '../../../bot/partner-center/referrals.ts';
import { ensureRegistration } from '../../../bot/partner-center/registration.ts';
import type { Answer, PartnerCenter, RemoteReferral } from '../../../domain/co-sell/partner-center.ts';
import { type FakePartnerCenter, type How, startPartnerCenter } from '../../support/partner-center.ts';
import { OWN, type StandingClock, signedInAt, standingClock } from '../../support/partner-center-desk.ts';

const SINCE = new Date('2026-01-01T00:00:00Z');

let clock: StandingClock;
let fake: FakePartnerCenter;
let api: PartnerCenter;
let own: RemoteReferral;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now, rates: { 202602: { EUR: '1.08' } } });
  api = referralsApi({ apiUrl: fake.origin, token: signedInAt(fake, clock)(), clock, timeoutMs: 300 });
  const made = await api.create({ ...OWN, externalReferenceId: '1000001' });
  if (made.kind !== 'ok') throw new Error(made.kind);
  own = made.value;
  fake.register({ WebhookUrl: 'https://old.example/events', WebhookEvents: ['test-created'] });
});
afterEach(() => fake.stop());

const CALLS: Readonly<Record<string, () => Promise<Answer<unknown>>>> = {
  find: () => api.find(own.id),
  listByReference: () => api.listByReference('1000027', SINCE),
  listUpdated: () => api.listUpdated(SINCE),
  create: () => api.create(OWN),
  change: () => api.change(own.id, own.eTag, { valueCents: 100 }),
  exchangeRates: () =>
    exchangeRatesApi({ apiUrl: fake.origin, token: signedInAt(fake, clock)(), clock, timeoutMs: 300 })(
      'EUR',
      '2026-02',
    ),
  ensureRegistration: () =>
    ensureRegistration('https://desk.example/api/partner-center/events', {
      webhooksUrl: fake.origin,
      token: signedInAt(fake, clock)('partnerCenter'),
      clock,
      timeoutMs: 300,
    }),
};
const names = Object.keys(CALLS);
const call = (name: string) => CALLS[name]?.() ?? Promise.reject(new Error(name));

const MEANS: readonly (readonly [How, object])[] = [
  [400, { kind: 'refused', trouble: '400 Scripted' }],
  [403, { kind: 'refused', trouble: '403 Scripted' }],
  [408, { kind: 'unsure', trouble: '408 Scripted' }],
  [409, { kind: 'conflict', trouble: '409 Scripted' }],
  [412, { kind: 'stale' }],
  [
    { status: 429, headers: { 'retry-after': '17' } },
    { kind: 'throttled', waitMs: 17_000, trouble: '429 Scripted' },
  ],
  [
    { status: 429, headers: { 'retry-after': 'Tue, 10 Feb 2026 09:00:30 GMT' } },
    { kind: 'throttled', waitMs: 30_000, trouble: '429 Scripted' },
  ],
  [
    { status: 429, headers: { 'retry-after': '0' } },
    { kind: 'throttled', waitMs: 1_000, trouble: '429 Scripted' },
  ],
  [
    { status: 429, headers: { 'retry-after': '999999' } },
    { kind: 'throttled', waitMs: 3_600_000, trouble: '429 Scripted' },
  ],
  [
    { status: 429, headers: { 'retry-after': 'later' } },
    { kind: 'throttled', waitMs: 60_000, trouble: '429 Scripted' },
  ],
  [429, { kind: 'throttled', waitMs: 60_000, trouble: '429 Scripted' }],
  [500, { kind: 'unsure', trouble: '500 Scripted' }],
  [503, { kind: 'unsure', trouble: '503 Scripted' }],
  ['timeout', { kind: 'unsure', trouble: 'no answer in time' }],
  ['garbledAfter', { kind: 'unsure', trouble: expect.stringMatching(/^20[01], unreadable$/) }],
  ['statusAfter', { kind: 'unsure', trouble: '503 Unavailable' }],
];

describe.each(names)('R29: every end of %s is an answer', (name) => {
  test.each(MEANS)('%j', async (how, answer) => {
    fake.failNext(how);
    expect(await call(name)).toEqual(answer);
  });

  test.each(['resetBefore', 'resetAfter'] as const)('a connection that breaks (%s) leaves it unsure', async (how) => {
    fake.failNext(how);
    expect(await call(name)).toEqual({
      kind: 'unsure',
      trouble: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/),
    });
  });

  test('a late answer is an answer', async () => {
    fake.failNext('slow');
    expect((await call(name)).kind).toBe('ok');
  });

  test('a token that ran out is replaced, and the question put once more', async () => {
    fake.failNext(401);
    expect((await call(name)).kind).toBe('ok');
  });

  test('a token that is refused twice is a person’s business', async () => {
    fake.failNext(401);
    fake.failNext(401);
    expect(await call(name)).toEqual({ kind: 'signIn', trouble: '401 Scripted' });
    expect(fake.calls.filter(({ path }) => !path.includes('oauth2')).length).toBe(3);
  });

  test('nothing is tried again for any other reason', async () => {
    const before = fake.calls.filter(({ path }) => !path.includes('oauth2')).length;
    for (const how of [500, 'resetBefore', { status: 429 }] as const) {
      fake.failNext(how);
      await call(name);
    }
    expect(fake.calls.filter(({ path }) => !path.includes('oauth2')).length).toBe(before + 3);
  });

  test('nobody signed in is said as that, and nothing is asked of Partner Center', async () => {
    const { length } = fake.calls.filter(({ path }) => !path.includes('oauth2'));
    clock.advance(2 * 60 * 60_000);
    fake.refuseSignIn('invalid_grant');
    expect(await call(name)).toMatchObject({ kind: 'signIn', trouble: 'invalid_grant' });
    expect(fake.calls.filter(({ path }) => !path.includes('oauth2')).length).toBe(length);
  });

  test('a Partner Center that is not there leaves it unsure, and is asked again once it is back', async () => {
    fake.down();
    expect((await call(name)).kind).toBe('unsure');
    fake.up();
    expect((await call(name)).kind).toBe('ok');
  });

  test('no trouble ever shows a secret, an address or a line break', async () => {
    const answers: Answer<unknown>[] = [];
    const hows: readonly How[] = [
      401,
      403,
      500,
      { status: 400, code: `x ${fake.secrets()[0]}` },
      'resetBefore',
      'timeout',
    ];
    for (const how of hows) {
      fake.failNext(how);
      if (how === 401) fake.failNext(401);
      answers.push(await call(name));
    }
    for (const error of ['invalid_grant', 'invalid_client', 'interaction_required', 'no word of theirs']) {
      fake.refuseSignIn(error);
      clock.advance(2 * 60 * 60_000);
      answers.push(await call(name));
    }
    const said = JSON.stringify(answers);
    for (const secret of fake.secrets()) expect(said).not.toContain(secret);
    expect(said).not.toContain('@');
    expect(said).not.toContain('\\n');
    expect(answers.every(({ kind }) => kind !== 'ok')).toBe(true);
  });
});

describe('R29: what was done and what was not', () => {
  test.each(['resetAfter', 'statusAfter', 'garbledAfter'] as const)(
    'a half that was made without our being told (%s) is found by its reference',
    async (how) => {
      fake.failNext(how);
      expect((await api.create(OWN)).kind).toBe('unsure');
      expect(await api.listByReference('1000027', SINCE)).toMatchObject({
        kind: 'ok',
        value: [{ externalReferenceId: '1000027', valueCents: 4_012_345 }],
      });
    },
  );

  test.each(['resetBefore', 'timeout', 503] as const)('one that was not (%s) is not found', async (how) => {
    fake.failNext(how);
    expect((await api.create(OWN)).kind).toBe('unsure');
    expect(await api.listByReference('1000027', SINCE)).toEqual({ kind: 'ok', value: [] });
  });

  test('a change that was done without our being told shows as stale', async () => {
    fake.failNext('resetAfter');
    expect((await api.change(own.id, own.eTag, { valueCents: 100 })).kind).toBe('unsure');
    expect(await api.change(own.id, own.eTag, { valueCents: 100 })).toEqual({ kind: 'stale' });
    expect(await api.find(own.id)).toMatchObject({ kind: 'ok', value: { valueCents: 100 } });
  });

  test('a change that was done, and not shown, is looked at; a half that was made, and not shown, is unsure', async () => {
    fake.failNext('silentAfter');
    expect(await api.change(own.id, own.eTag, { valueCents: 100 })).toMatchObject({
      kind: 'ok',
      value: { valueCents: 100, eTag: fake.referrals()[0]?.eTag },
    });
    fake.failNext('silentAfter');
    fake.failCall(2, 404);
    expect(await api.change(own.id, fake.referrals()[0]?.eTag ?? '', { valueCents: 200 })).toEqual({
      kind: 'unsure',
      trouble: '204, and then not found again',
    });
    fake.failNext('silentAfter');
    expect(await api.create(OWN)).toEqual({ kind: 'unsure', trouble: '204, unreadable' });
  });

  test('a token that is not taken any more is replaced by another', async () => {
    fake.revokeAccessTokens();
    const answers = await Promise.all([api.find(own.id), api.listUpdated(SINCE)]);
    expect(answers.map(({ kind }) => kind)).toEqual(['ok', 'ok']);
    expect(fake.count('POST', '/oauth2/')).toBe(2);
  });

  test('a list whose second page fails is no list', async () => {
    const small = await startPartnerCenter({ now: clock.now, pageSize: 1 });
    const paged = referralsApi({ apiUrl: small.origin, token: signedInAt(small, clock)(), clock });
    for (const externalReferenceId of ['1', '2', '3']) await paged.create({ ...OWN, externalReferenceId });
    small.failCall(2, 503);
    expect(await paged.listUpdated(SINCE)).toEqual({ kind: 'unsure', trouble: '503 Scripted' });
    expect(await paged.listUpdated(SINCE)).toMatchObject({ kind: 'ok', value: [{}, {}, {}] });
    await small.stop();
  });

  test('what is not there is not found', async () => {
    const nobody = '4111fffc-f9ee-4d53-bba6-569135228642';
    expect(await api.find(nobody)).toEqual({ kind: 'notFound' });
    expect(await api.change(nobody, own.eTag, { valueCents: 100 })).toEqual({ kind: 'notFound' });
    expect(await api.find('../../webhooks/v1/registration')).toEqual({ kind: 'notFound' });
    expect(fake.calls.at(-1)?.path).toBe('/v1.0/engagements/referrals/..%2F..%2Fwebhooks%2Fv1%2Fregistration');
  });

  test('a redirect is not followed: the token would go with it', async () => {
    const location = `${fake.origin}/v1.0/engagements/referrals/${own.id}`;
    fake.failNext({ status: 302, headers: { location } });
    expect(await api.find(own.id)).toEqual({ kind: 'unsure', trouble: 'the connection failed' });
    expect(fake.count('GET', own.id)).toBe(1);
  });

  test('an endless answer is not read to its end', async () => {
    fake.put(`/v1.0/engagements/referrals/${own.id}`, Buffer.alloc(9 * 1024 * 1024, 0x20));
    expect(await api.find(own.id)).toEqual({ kind: 'unsure', trouble: 'more than 8388608 bytes' });
  });
});
