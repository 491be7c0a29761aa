import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TokenOptions } from '../support/authority.ts';
import { type Person, personIn, textOf } from '../support/person.ts';
import { recordAndTraffic, recordOf } from '../support/record.ts';
import { NORTHBRIDGE, ROBIN, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const NOT_SERVED = 'This organisation is not served by this Claimdesk.';
const NOT_KNOWN = 'Claimdesk could not tell who is asking, or from where. Open the app from Teams and try again.';
const STRANGER_TENANT = '00000000-0000-4000-8000-0000000000ff';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
  });
  afterAll(() => world?.stop());

  const send = (body: unknown, authorization?: string): Promise<Response> =>
    fetch(`${world.url}/api/messages`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const bearer = async (options: TokenOptions) => `Bearer ${await world.authority.tokenFor(options)}`;

  /** Somebody nobody saw before says something that would be answered. */
  const stranger = (fields: Record<string, unknown> = {}) =>
    personIn(world, randomUUID(), { name: 'Nobody Yet' }).activity({ type: 'message', text: 'help', ...fields });

  const asInvoke = { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'help.show', data: {} } } };

  /** Nobody was written down, nothing was posted, no delivery was noted. */
  const nothingHappens = async (work: () => Promise<void>) => {
    const before = await recordAndTraffic(world);
    const calls = { ...world.connector.counts };
    await work();
    await world.app.drain();
    expect(await recordAndTraffic(world)).toEqual(before);
    expect(world.connector.counts).toEqual(calls);
  };

  describe('a request that does not prove to be from Teams', () => {
    const url = () => world.connector.serviceUrl;

    test.each<[string, () => TokenOptions]>([
      ['a token for another bot', () => ({ serviceUrl: url(), audience: randomUUID() })],
      ['a token of another issuer', () => ({ serviceUrl: url(), issuer: 'https://sts.windows.net/evil/' })],
      ['a token that ran out', () => ({ serviceUrl: url(), validSeconds: -3_600 })],
      ['a token with a forged signature', () => ({ serviceUrl: url(), key: 'stranger' })],
      ['a token of a key that nobody published', () => ({ serviceUrl: url(), key: 'unpublished' })],
      ['a token of a key that is not for Teams', () => ({ serviceUrl: url(), key: 'unendorsed' })],
      ['a token for another service URL', () => ({ serviceUrl: 'https://smba.trafficmanager.net/emea/' })],
      ['a token without a service URL', () => ({})],
    ])('%s gets status 401 with an empty body, and nothing is done', async (_what, options) => {
      await nothingHappens(async () => {
        for (const fields of [{}, asInvoke]) {
          const response = await send(stranger(fields), await bearer(options()));
          expect([response.status, await response.text()]).toEqual([401, '']);
        }
      });
    });

    test.each([
      ['no token', undefined],
      ['an empty token', 'Bearer '],
      ['a token that is none', 'Bearer not.a.token'],
      ['another kind of proof', 'Basic cm9iaW46cm9iaW4='],
      [
        'an unsigned token',
        `Bearer ${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${Buffer.from('{}').toString('base64url')}.`,
      ],
    ])('%s gets status 401 with an empty body, and nothing is done', async (_what, authorization) => {
      await nothingHappens(async () => {
        const response = await send(stranger(), authorization);
        expect([response.status, await response.text()]).toEqual([401, '']);
      });
    });

    test.each([
      ['text', 'hello'],
      ['a list', '[]'],
      ['nothing', ''],
      ['null', 'null'],
      ['broken JSON', '{"type":'],
    ])('%s in place of an activity is turned away without a word', async (_what, body) => {
      await nothingHappens(async () => {
        const response = await send(body, await bearer({ serviceUrl: url() }));
        expect([400, 401]).toContain(response.status);
        expect(['', '{}']).toContain(await response.text());
      });
    });
  });

  describe('R1: a request that is from Teams, but not for us', () => {
    const elsewhere: readonly (readonly [string, () => Record<string, unknown>])[] = [
      ['without a service URL', () => ({ serviceUrl: undefined })],
      ['with an empty service URL', () => ({ serviceUrl: '' })],
      ['from a service that is not Teams’', () => ({ serviceUrl: 'https://evil.trafficmanager.net/emea/' })],
      ['from Teams’ host without encryption', () => ({ serviceUrl: 'http://smba.trafficmanager.net/emea/' })],
      [
        'of an organisation that is not on the list',
        () => ({
          channelData: { tenant: { id: STRANGER_TENANT } },
          conversation: { id: 'a:x', conversationType: 'personal', tenantId: STRANGER_TENANT },
        }),
      ],
      [
        'whose two tenants disagree',
        () => ({
          channelData: { tenant: { id: NORTHBRIDGE } },
          conversation: { id: 'a:x', conversationType: 'personal', tenantId: TAILSPIN },
        }),
      ],
      ['without any tenant', () => ({ channelData: {}, conversation: { id: 'a:x', conversationType: 'personal' } })],
      ['whose tenant is no id', () => ({ channelData: { tenant: { id: { $ne: '' } } }, conversation: { id: 'a:x' } })],
      ['through another channel', () => ({ channelId: 'webchat' })],
      ['from somebody without an Entra id', () => ({ from: { id: '29:x', name: 'Robin Demo' } })],
      [
        'from somebody whose Entra id is a name',
        () => ({ from: { id: '29:x', aadObjectId: 'robin.demo@northbridge.example' } }),
      ],
    ];

    /** A token that Teams would give with it; the test channel has a key of its own. */
    const tokenFor = ({ serviceUrl, channelId }: Record<string, unknown>) =>
      bearer({
        serviceUrl: typeof serviceUrl === 'string' && serviceUrl !== '' ? serviceUrl : world.connector.serviceUrl,
        key: channelId === 'webchat' ? 'unendorsed' : 'trusted',
      });

    test.each(elsewhere)('%s: refused before anything knows of it', async (_what, fields) => {
      await nothingHappens(async () => {
        const said = stranger(fields());
        const response = await send(said, await tokenFor(said));
        expect([response.status, await response.text()]).toEqual([200, '']);
      });
    });

    test.each(elsewhere)('%s: a pressed button gets status 200 with a typed error', async (what, fields) => {
      await nothingHappens(async () => {
        const pressed = stranger({ ...asInvoke, ...fields() });
        const response = await send(pressed, await tokenFor(pressed));
        const body = await response.text();
        expect(response.status).toBe(200);
        expect(JSON.parse(body)).toEqual({
          statusCode: 403,
          type: 'application/vnd.microsoft.error',
          value: { code: 'Forbidden', message: /organisation|tenant/.test(what) ? NOT_SERVED : NOT_KNOWN },
        });
      });
    });
  });

  test('R1: a person is the tenant and the Entra id: the same name and address elsewhere is somebody else', async () => {
    const twin = personIn(world, ROBIN, { tenantId: TAILSPIN, name: 'Robin Demo' });
    expect(textOf(await twin.tap('add.start'))).toContain('You need a role first');
    expect(textOf(await robin.tap('add.start'))).toContain('What do you want to call it?');
  });

  test('R1: letter case in ids makes nobody new', async () => {
    await robin.tap('help.show');
    await world.app.drain();
    const before = await recordOf(world);
    const loud = robin.activity({
      ...asInvoke,
      from: { id: `29:${ROBIN}`, name: 'Robin Demo', aadObjectId: ROBIN.toUpperCase() },
    });
    expect((await send(loud, await bearer({ serviceUrl: world.connector.serviceUrl }))).status).toBe(200);
    await world.app.drain();
    expect(await recordOf(world)).toEqual(before);
  });

  test('the health of the process is told to anybody, and nothing else is', async () => {
    const health = await fetch(`${world.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: 'ok' }]);
    for (const path of ['/', '/local/mail', '/local/state', '/api/messages', '/metrics', '/.env', '/consent']) {
      const response = await fetch(`${world.url}${path}`);
      expect([404, 405]).toContain(response.status);
      expect(await response.text()).toBe('{}');
      expect(response.headers.get('server')).toBeNull();
    }
    for (const path of ['/local/clock', '/local/sweep']) {
      expect((await fetch(`${world.url}${path}`, { method: 'POST' })).status).toBe(404);
    }
  });
});
