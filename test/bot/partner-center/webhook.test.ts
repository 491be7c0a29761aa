import { sign } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { partnerCenterRoutes } from '../../../bot/http/partner-center.ts';
import { close, createServer, listen } from '../../../bot/http/server.ts';
import { createLog } from '../../../bot/log.ts';
import { certificateChecker, MICROSOFT_HOSTS, mayFetch } from '../../../bot/partner-center/certificates.ts';
import { signatureChecker } from '../../../bot/partner-center/signature.ts';
import { eventReceiver, type PartnerCenterEvent } from '../../../bot/partner-center/webhook.ts';
import { type FakePartnerCenter, type Forgery, startPartnerCenter } from '../../support/partner-center.ts';
import { issue } from '../../support/partner-center-certificates.ts';
import { type StandingClock, standingClock } from '../../support/partner-center-desk.ts';

const REFERRAL = '4111fffc-f9ee-4d53-bba6-569135228642';
const HOUR = 60 * 60_000;

let clock: StandingClock;
let fake: FakePartnerCenter;
let server: ReturnType<typeof createServer>;
let url: string;
let events: PartnerCenterEvent[];
let logged: string[];
let failing: Error | null;

beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now });
  events = [];
  logged = [];
  failing = null;
  const seen = new Set<string>();
  const hosts = { ...MICROSOFT_HOSTS, others: [fake.host] };
  const check = certificateChecker({ clock, hosts, roots: [fake.ca.root().certificate], timeoutMs: 300 });
  const receive = eventReceiver({
    checkSignature: signatureChecker(check, clock),
    once: async (key, work) => {
      if (seen.has(key)) return;
      await work();
      seen.add(key);
    },
    onEvent: async (event) => {
      if (failing !== null) throw failing;
      events.push(event);
    },
    clock,
    log: { warn: (said: unknown, words?: string) => void logged.push(JSON.stringify([said, words])) },
  });
  server = createServer(partnerCenterRoutes(receive), createLog('silent'), { local: false, proxyHops: 0 });
  url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}/api/partner-center/events`;
});
afterEach(async () => {
  await close(server);
  await fake.stop();
});

const post = async (body: string, headers: Readonly<Record<string, string>>) => {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, said: await response.text() };
};
const updated = () => fake.eventFor(REFERRAL);
const fetches = () => fake.count('GET', '/cert/');

describe('an event that Partner Center signed', () => {
  test('is heard, by the referral’s id and nothing else of it', async () => {
    const text = updated().replace('"ResourceName":"referral"', '"ResourceName":"x","Status":"Won"');
    expect(await fake.sendEvent(url, text)).toBe(200);
    expect(events).toEqual([{ name: 'referral-updated', referralId: REFERRAL }]);
  });

  test.each([
    [`https://api.partnercenter.microsoft.com/engagements/v1/referrals/${REFERRAL}`, REFERRAL],
    [`http://api.partner.microsoft.com/v1.0/engagements/referrals/${REFERRAL.toUpperCase()}/?x=1`, REFERRAL],
    [`https://evil.example/referrals/${REFERRAL}/../../admin`, null],
    [`https://evil.example/customers/${REFERRAL}`, null],
    ['https://evil.example/referrals/1%20or%201=1', null],
    ['', null],
  ])('about %s', async (uri, referralId) => {
    const text = JSON.stringify({ ...JSON.parse(updated()), ResourceUri: uri });
    expect(await fake.sendEvent(url, text)).toBe(200);
    expect(events.map((event) => event.referralId)).toEqual([referralId]);
  });

  test('to try whether it is heard is answered so', async () => {
    const text = JSON.stringify({
      EventName: 'test-created',
      ResourceUri: `http://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/${REFERRAL}`,
      ResourceName: 'test',
      AuditUri: null,
      ResourceChangeUtcDate: '2026-02-10T08:59:06.3520276+00:00',
    });
    expect(await post(text, fake.signed(text))).toEqual({ status: 200, said: '{}' });
    expect(events).toMatchObject([{ name: 'test-created', referralId: null }]);
  });

  test('with its signature in x-ms-signature, where that was asked for, or by a longer hash', async () => {
    const text = updated();
    const { authorization = '', ...others } = fake.signed(text, 'good', 'rsa-sha512');
    expect((await post(text, { ...others, 'x-ms-signature': authorization })).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  test('does nothing when it comes again', async () => {
    const text = updated();
    expect(await fake.sendEvent(url, text)).toBe(200);
    expect(await fake.sendEvent(url, text)).toBe(200);
    expect(events).toHaveLength(1);
  });

  test('does nothing when it is older than a week', async () => {
    const at = (ms: number) => fake.eventFor(REFERRAL, 'referral-updated', new Date(clock.now().getTime() - ms));
    expect(await fake.sendEvent(url, at(7 * 24 * HOUR + 1))).toBe(200);
    expect(events).toHaveLength(0);
    expect(await fake.sendEvent(url, at(7 * 24 * HOUR))).toBe(200);
    expect(events).toHaveLength(1);
  });

  test('that could not be taken in is answered with a bare 500', async () => {
    failing = new Error('the database is gone');
    const text = updated();
    expect(await post(text, fake.signed(text))).toEqual({ status: 500, said: '{}' });
  });
});

describe('an event that was not signed by Partner Center is turned away', () => {
  test.each([
    ['other body', 'wrong signature'],
    ['wrong organisation', 'not Microsoft Corporation'],
    ['expired', 'expired'],
    ['unknown issuer', 'unknown issuer'],
    ['impostor', 'unknown issuer'],
    ['signs code', 'made for something else'],
    ['sha1 certificate', 'weak'],
  ] as const)('%s', async (forgery: Forgery, fault) => {
    const text = updated();
    expect(await post(text, fake.signed(text, forgery))).toEqual({ status: 401, said: '{}' });
    expect(events).toEqual([]);
    expect(logged).toEqual([`[{"fault":"${fault}"},"an event that claims to be from Partner Center was not taken"]`]);
  });

  test.each([
    ['authorization', null],
    ['authorization', 'Bearer abc'],
    ['authorization', 'Signature !!!'],
    ['x-ms-certificate-url', null],
    ['x-ms-signature-algorithm', null],
    ['x-ms-signature-algorithm', 'rsa-sha1'],
    ['x-ms-signature-algorithm', 'none'],
    ['x-ms-signature-algorithm', 'constructor'],
  ])('with %s: %s', async (header, value) => {
    const text = updated();
    const { [header]: _, ...headers } = fake.signed(text);
    expect(await post(text, value === null ? headers : { ...headers, [header]: value })).toEqual({
      status: 401,
      said: '{}',
    });
    expect(fetches()).toBe(0);
  });

  test('nothing of it is read before: what is no JSON is turned away for its signature', async () => {
    expect((await post('{', { ...fake.signed('{'), authorization: 'Signature AAAA' })).status).toBe(401);
    expect((await post('{', fake.signed('{'))).status).toBe(400);
  });

  test('a certificate that signs others does not sign events, and none signs for another', async () => {
    const text = updated();
    const key = fake.ca.between().key;
    const at = fake.put('/cert/ca.cer', fake.ca.pem(fake.ca.between()));
    const headers = { ...fake.signed(text), 'x-ms-certificate-url': at };
    expect(
      (
        await post(text, {
          ...headers,
          authorization: `Signature ${sign('sha256', Buffer.from(text), key).toString('base64')}`,
        })
      ).status,
    ).toBe(401);
    const issuer = fake.ca.signer('good').made;
    const forged = issue({}, clock.now(), issuer);
    const forgedAt = fake.put(
      '/cert/forged.cer',
      `${fake.ca.pem(forged)}${fake.ca.pem(issuer)}${fake.ca.pem(fake.ca.between())}`,
    );
    const authorization = `Signature ${sign('sha256', Buffer.from(text), forged.key).toString('base64')}`;
    expect((await post(text, { ...headers, authorization, 'x-ms-certificate-url': forgedAt })).status).toBe(401);
    expect(logged.map((line) => JSON.parse(line)[0].fault)).toEqual(['made for something else', 'unknown issuer']);
  });

  test('logs say why, and nothing of what was sent', async () => {
    const text = updated();
    for (const forgery of ['other body', 'wrong organisation'] as const) await post(text, fake.signed(text, forgery));
    expect(logged.join()).not.toContain(REFERRAL);
    expect(logged.join()).not.toContain('127.0.0.1');
  });
});

describe('an event that cannot be read', () => {
  test.each([
    ['no event at all', '[]'],
    [
      'a name that is none',
      JSON.stringify({
        EventName: '<b>',
        ResourceUri: '',
        ResourceName: '',
        ResourceChangeUtcDate: '2026-02-10T09:00:00Z',
      }),
    ],
    [
      'a time that is none',
      JSON.stringify({
        EventName: 'referral-updated',
        ResourceUri: '',
        ResourceName: '',
        ResourceChangeUtcDate: 'today',
      }),
    ],
  ])('is malformed: %s', async (_, text) => {
    expect(await post(text, fake.signed(text))).toEqual({ status: 400, said: '{}' });
    expect(events).toEqual([]);
  });

  test('or is too large, or compressed, is not taken in', async () => {
    expect((await post('x'.repeat(65 * 1024), {})).status).toBe(413);
    expect((await post('x', { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});

describe('the certificate', () => {
  test('is asked of Microsoft’s hosts alone, whatever a header says', async () => {
    const may = (address: string) => mayFetch(address, 'signing', MICROSOFT_HOSTS);
    expect(may('https://3psostorageacct.blob.core.windows.net/cert/pcnotifications-dispatch.microsoft.com.cer')).toBe(
      true,
    );
    expect(may('https://pcnotifications.microsoft.com/a.cer')).toBe(true);
    for (const address of [
      'http://3psostorageacct.blob.core.windows.net/cert/a.cer',
      'https://somebodys.blob.core.windows.net/cert/a.cer',
      'https://microsoft.com.evil.example/a.cer',
      'https://evilmicrosoft.com/a.cer',
      'https://pcnotifications.microsoft.com@evil.example/a.cer',
      'https://user:pass@pcnotifications.microsoft.com/a.cer',
      'https://pcnotifications.microsoft.com:8443/a.cer',
      'https://169.254.169.254/latest/meta-data',
      'https://localhost/a.cer',
      'file:///etc/passwd',
      'not an address',
      '',
    ]) {
      expect([address, may(address)]).toEqual([address, false]);
    }
    const text = updated();
    const strict = certificateChecker({ clock, roots: [fake.ca.root().certificate] });
    expect(await signatureChecker(strict, clock)(fake.signed(text), Buffer.from(text))).toBe('elsewhere');
    expect(fake.calls).toEqual([]);
  });

  test('is fetched once an hour', async () => {
    for (let n = 0; n < 3; n += 1) {
      clock.advance(60_000);
      expect(await fake.sendEvent(url, updated())).toBe(200);
    }
    expect(fetches()).toBe(1);
    clock.advance(HOUR);
    expect(await fake.sendEvent(url, updated())).toBe(200);
    expect(fetches()).toBe(2);
  });

  test('is looked at again when it may have been renewed, once a minute at most', async () => {
    const text = updated();
    expect(await fake.sendEvent(url, text)).toBe(200);
    const renewed = issue({}, clock.now(), fake.ca.between());
    const again = fake.eventFor(REFERRAL, 'referral-created');
    const authorization = `Signature ${sign('sha256', Buffer.from(again), renewed.key).toString('base64')}`;
    const headers = { ...fake.signed(again), authorization };
    fake.put('/cert/good.cer', `${fake.ca.pem(renewed)}${fake.ca.pem(fake.ca.between())}`);
    expect((await post(again, headers)).status).toBe(401);
    expect(fetches()).toBe(1);
    clock.advance(60_000);
    expect((await post(again, headers)).status).toBe(200);
    expect(fetches()).toBe(2);
  });

  test('is fetched once, whatever query comes with its address', async () => {
    for (let n = 0; n < 3; n += 1) {
      const text = fake.eventFor(REFERRAL, `referral-updated-${'x'.repeat(n)}`);
      const headers = fake.signed(text);
      const at = `${headers['x-ms-certificate-url']}?n=${n}#${n}`;
      expect((await post(text, { ...headers, 'x-ms-certificate-url': at })).status).toBe(200);
    }
    expect(fetches()).toBe(1);
  });

  test('is looked for at twenty new addresses a minute, and at those where one is kept besides', async () => {
    const text = updated();
    const gone = (n: number) =>
      post(text, { ...fake.signed(text), 'x-ms-certificate-url': `${fake.origin}/cert/gone-${n}.cer` });
    expect(await fake.sendEvent(url, updated())).toBe(200);
    clock.advance(HOUR - 1_000);
    for (let n = 0; n < 30; n += 1) expect((await gone(n)).status).toBe(503);
    expect(fake.count('GET', '/cert/gone-')).toBe(20);
    clock.advance(1_000);
    expect(await fake.sendEvent(url, fake.eventFor(REFERRAL, 'referral-created'))).toBe(200);
    expect(fake.count('GET', '/cert/good.cer')).toBe(2);
    clock.advance(58_000);
    expect((await gone(30)).status).toBe(503);
    expect(fake.count('GET', '/cert/gone-')).toBe(20);
    clock.advance(1_000);
    expect((await gone(31)).status).toBe(503);
    expect(fake.count('GET', '/cert/gone-')).toBe(21);
  });

  test('is looked for at four addresses at a time; what is kept serves meanwhile', async () => {
    const looked: ((fault: { readonly fault: 'unreadable' }) => void)[] = [];
    const good = fake.signed('{}')['x-ms-certificate-url'];
    const { certificate } = fake.ca.signer('good').made;
    const check = signatureChecker(
      (address) =>
        address === good ? Promise.resolve(certificate) : new Promise((resolve) => void looked.push(resolve)),
      clock,
    );
    const at = (path: string) =>
      check({ ...fake.signed('{}'), 'x-ms-certificate-url': `${fake.origin}/${path}` }, Buffer.from('{}'));
    expect(await at('cert/good.cer')).toBeNull();
    const four = ['a', 'b', 'c', 'd'].map(at);
    expect(await at('e')).toBe('unreachable');
    expect(await at('cert/good.cer')).toBeNull();
    expect(looked).toHaveLength(4);
    for (const answer of looked) answer({ fault: 'unreadable' });
    expect(await Promise.all(four)).toEqual(['unreadable', 'unreadable', 'unreadable', 'unreadable']);
    const fifth = at('e');
    looked[4]?.({ fault: 'unreadable' });
    expect(await fifth).toBe('unreadable');
  });

  test('that is not to be had now is another trouble: Partner Center is to try again', async () => {
    const text = updated();
    const headers = { ...fake.signed(text), 'x-ms-certificate-url': `${fake.origin}/cert/gone.cer` };
    expect(await post(text, headers)).toEqual({ status: 503, said: '{}' });
    fake.put('/cert/large.cer', Buffer.alloc(200 * 1024, 0x20));
    expect((await post(text, { ...headers, 'x-ms-certificate-url': `${fake.origin}/cert/large.cer` })).status).toBe(
      503,
    );
    fake.put('/cert/html.cer', '<html>');
    expect((await post(text, { ...headers, 'x-ms-certificate-url': `${fake.origin}/cert/html.cer` })).status).toBe(401);
  });

  test('alone, in DER, is believed by the issuer that it names', async () => {
    const issuerAt = fake.put('/pki/issuing-ca-01.crt', fake.ca.between().certificate.raw);
    const alone = issue({ issuerAt }, clock.now(), fake.ca.between());
    const at = fake.put('/cert/alone.cer', alone.certificate.raw);
    const text = updated();
    const authorization = `Signature ${sign('sha256', Buffer.from(text), alone.key).toString('base64')}`;
    const headers = { ...fake.signed(text), authorization, 'x-ms-certificate-url': at };
    expect((await post(text, headers)).status).toBe(200);
    expect(fake.count('GET', '/pki/')).toBe(1);
  });

  test('that names its issuer elsewhere has nobody asked, and is not believed', async () => {
    const alone = issue({ issuerAt: 'http://169.254.169.254/ca.crt' }, clock.now(), fake.ca.between());
    const text = updated();
    const authorization = `Signature ${sign('sha256', Buffer.from(text), alone.key).toString('base64')}`;
    const at = fake.put('/cert/alone.cer', alone.certificate.raw);
    expect((await post(text, { ...fake.signed(text), authorization, 'x-ms-certificate-url': at })).status).toBe(401);
    expect(logged.map((line) => JSON.parse(line)[0].fault)).toEqual(['unknown issuer']);
  });

  test('kept from before is not believed past its end', async () => {
    const short = issue({ until: new Date(clock.now().getTime() + HOUR / 2) }, clock.now(), fake.ca.between());
    const at = fake.put('/cert/short.cer', `${fake.ca.pem(short)}${fake.ca.pem(fake.ca.between())}`);
    const send = (text: string) => {
      const authorization = `Signature ${sign('sha256', Buffer.from(text), short.key).toString('base64')}`;
      return post(text, { ...fake.signed(text), authorization, 'x-ms-certificate-url': at });
    };
    clock.advance(HOUR / 2 - 1_000);
    expect((await send(updated())).status).toBe(200);
    clock.advance(1_000);
    expect((await send(updated())).status).toBe(401);
    clock.advance(HOUR / 2);
    expect((await send(updated())).status).toBe(401);
    expect(logged.map((line) => JSON.parse(line)[0].fault)).toEqual(['expired', 'expired']);
  });

  test('of Node’s own roots is what counts where nothing else is said', async () => {
    const check = certificateChecker({ clock, hosts: { ...MICROSOFT_HOSTS, others: [fake.host] } });
    expect(await check(fake.ca.signer('good').url)).toEqual({ fault: 'unknown issuer' });
  });
});
