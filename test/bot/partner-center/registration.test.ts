import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { partnerCenterSweeps } from '../../../bot/partner-center/hearing.ts';
import { ensureRegistration } from '../../../bot/partner-center/registration.ts';
import type { Ports } from '../../../domain/ports.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';
import { connectedTo, type StandingClock, signedInAt, standingClock } from '../../support/partner-center-desk.ts';

const URL_HERE = 'https://desk.example/api/partner-center/events';
const EVENTS = [
  'referral-created',
  'referral-updated',
  'related-referral-created',
  'related-referral-updated',
  'test-created',
];

let clock: StandingClock;
let fake: FakePartnerCenter;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now });
});
afterEach(() => fake.stop());

const ensure = (url = URL_HERE) =>
  ensureRegistration(url, { webhooksUrl: fake.origin, token: signedInAt(fake, clock)('partnerCenter'), clock });
const asked = () =>
  fake.calls.filter(({ path }) => !path.includes('oauth2')).map(({ method, path }) => `${method} ${path}`);

describe('the webhook’s registration', () => {
  test('is made where there is none, and left alone where it stands', async () => {
    expect(await ensure()).toEqual({ kind: 'ok', value: { url: URL_HERE, events: EVENTS } });
    expect(JSON.parse(fake.calls.at(-1)?.body ?? '')).toEqual({ WebhookUrl: URL_HERE, WebhookEvents: EVENTS });
    expect(await ensure()).toEqual({ kind: 'ok', value: { url: URL_HERE, events: EVENTS } });
    expect(asked()).toEqual([
      'GET /webhooks/v1/registration',
      'POST /webhooks/v1/registration',
      'GET /webhooks/v1/registration',
    ]);
  });

  test('follows the address', async () => {
    await ensure('https://old.example/api/partner-center/events');
    expect((await ensure()).kind).toBe('ok');
    expect(asked().at(-1)).toBe('PUT /webhooks/v1/registration');
    expect(fake.registration()?.WebhookUrl).toBe(URL_HERE);
  });

  test('keeps the events that somebody else registered for', async () => {
    await ensure();
    fake.register({ WebhookUrl: URL_HERE, WebhookEvents: ['invoice-ready', 'referral-created'] });
    await ensure();
    expect(fake.registration()?.WebhookEvents).toEqual(['invoice-ready', ...EVENTS]);
  });

  test.each([
    [409, { kind: 'conflict', trouble: '409 Scripted' }],
    [403, { kind: 'refused', trouble: '403 Scripted' }],
    [503, { kind: 'unsure', trouble: '503 Scripted' }],
  ] as const)('that could not be written (%d) is an answer, and the next time it is', async (how, answer) => {
    fake.failCall(2, how);
    expect(await ensure()).toEqual(answer);
    expect((await ensure()).kind).toBe('ok');
    expect(fake.registration()?.WebhookUrl).toBe(URL_HERE);
  });

  test.each([
    [403, 'Partner Center did not register this address: refused, 403 Scripted'],
    [412, 'Partner Center did not register this address: stale'],
  ] as const)('that failed (%d) says why', async (how, message) => {
    const { registerHere } = partnerCenterSweeps(connectedTo(fake, clock), () => 'https://desk.example');
    fake.failNext(how);
    await expect(registerHere?.({ clock } as unknown as Ports)).rejects.toThrow(new Error(message));
  });

  test('is for an https address only', async () => {
    expect(await ensure('http://desk.example/x')).toEqual({
      kind: 'refused',
      trouble: 'not sent: the address is no https address',
    });
    expect(fake.registration()).toBeNull();
  });
});
