import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AllowList, admit } from '../../../bot/teams/allow.ts';

const TENANT = '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';
const STRANGER = '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';
const PERSON = '2f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';

const cloud: AllowList = { tenants: new Set([TENANT]), loopback: false, connectorHosts: [] };
const local: AllowList = { ...cloud, loopback: true };

const activity = (over: Record<string, unknown> = {}) => ({
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:1', aadObjectId: PERSON },
  conversation: { id: 'a:1', tenantId: TENANT },
  channelData: { tenant: { id: TENANT } },
  ...over,
});
const admitted = { tenantId: TENANT, objectId: PERSON };

describe('R1: who is let in', () => {
  test.each<[string, Record<string, unknown>]>([
    ['a person of an allowed tenant, over Teams', {}],
    ['with the tenant named in the conversation alone', { channelData: {} }],
    ['with the tenant named in the channel data alone', { conversation: { id: 'a:1' } }],
    ['without channel data', { channelData: undefined }],
    ['with an empty tenant in one place', { channelData: { tenant: { id: '' } } }],
    ['with no tenant in one place', { channelData: { tenant: null } }],
    [
      'spelled in capitals',
      {
        from: { aadObjectId: PERSON.toUpperCase() },
        conversation: { id: 'a:1', tenantId: TENANT.toUpperCase() },
        channelData: { tenant: { id: TENANT.toUpperCase() } },
      },
    ],
  ])('%s', (_, over) => {
    expect(admit(activity(over), cloud)).toEqual(admitted);
  });
});

describe('R1: who is turned away, and why', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['another channel', { channelId: 'webchat' }, 'channel'],
    ['the emulator', { channelId: 'emulator' }, 'channel'],
    ['no channel', { channelId: undefined }, 'channel'],
    ['a channel in capitals', { channelId: 'MSTeams' }, 'channel'],
    ['no service URL', { serviceUrl: undefined }, 'serviceUrl'],
    ['a service URL that is none', { serviceUrl: 'smba.trafficmanager.net' }, 'serviceUrl'],
    ['a tenant that is not allowed', { conversation: { id: 'a:1', tenantId: STRANGER }, channelData: {} }, 'tenant'],
    ['two tenants that differ', { channelData: { tenant: { id: STRANGER } } }, 'tenant'],
    ['two tenants that differ, the other way round', { conversation: { id: 'a:1', tenantId: STRANGER } }, 'tenant'],
    ['no conversation', { conversation: undefined }, 'conversation'],
    ['a conversation that is none', { conversation: null }, 'conversation'],
    ['a conversation without an id', { conversation: { tenantId: TENANT } }, 'conversation'],
    ['no tenant', { conversation: { id: 'a:1' }, channelData: {} }, 'tenant'],
    ['a tenant that is no text', { conversation: { id: 'a:1', tenantId: [TENANT] }, channelData: {} }, 'tenant'],
    [
      'a tenant with something behind it',
      { conversation: { id: 'a:1', tenantId: `${TENANT} ` }, channelData: {} },
      'tenant',
    ],
    ['no sender', { from: undefined }, 'sender'],
    ['a sender without an object id', { from: { id: '29:1' } }, 'sender'],
    ['a sender with an empty object id', { from: { aadObjectId: '' } }, 'sender'],
    ['a sender named by an address', { from: { aadObjectId: 'robin@contoso.com' } }, 'sender'],
    ['a sender whose object id is no text', { from: { aadObjectId: { toString: () => PERSON } } }, 'sender'],
  ])('%s', (_, over, refused) => {
    expect(admit(activity(over), cloud)).toEqual({ refused });
  });

  test('everybody, while no tenant is allowed', () => {
    expect(admit(activity(), { ...cloud, tenants: new Set() })).toEqual({ refused: 'tenant' });
  });
});

describe("the bot's token goes to Teams and nobody else", () => {
  test.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/teams',
    'https://SMBA.trafficmanager.net/amer/',
    'https://smba.infra.gcc.teams.microsoft.com/gcc',
    'https://smba.infra.gov.teams.microsoft.us/',
    'https://smba.infra.dod.teams.microsoft.us/',
  ])('%s is Teams', (serviceUrl) => {
    expect(admit(activity({ serviceUrl }), cloud)).toEqual(admitted);
  });

  test.each([
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://evil.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net@evil.example/',
    'https://evil.example#smba.trafficmanager.net',
    'javascript://smba.trafficmanager.net/%0aalert(1)',
    'https://xsmba.trafficmanager.net/',
    'http://localhost:56150/_connector',
    'http://127.0.0.1:56150',
    'http://[::1]:56150',
    'https://smba.trafficmanager.net.',
    '',
  ])('%j is not', (serviceUrl) => {
    expect(admit(activity({ serviceUrl }), cloud)).toEqual({ refused: 'serviceUrl' });
  });

  test.each(['http://localhost:56150/_connector', 'http://127.0.0.1:56150', 'http://[::1]:56150', 'https://localhost'])(
    'local mode: %s is the Playground on this machine',
    (serviceUrl) => {
      expect(admit(activity({ serviceUrl }), local)).toEqual(admitted);
    },
  );

  test.each([
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://192.168.0.7:56150',
    'http://localhost@evil.example',
  ])('local mode: %s is not this machine', (serviceUrl) => {
    expect(admit(activity({ serviceUrl }), local)).toEqual({ refused: 'serviceUrl' });
  });

  test('a further connector is named with its port', () => {
    const further = { ...cloud, connectorHosts: ['127.0.0.1:4000'] };
    expect(admit(activity({ serviceUrl: 'http://127.0.0.1:4000/x' }), further)).toEqual(admitted);
    expect(admit(activity({ serviceUrl: 'http://127.0.0.1:4001/x' }), further)).toEqual({ refused: 'serviceUrl' });
    expect(admit(activity({ serviceUrl: 'http://127.0.0.1/x' }), further)).toEqual({ refused: 'serviceUrl' });
  });
});

test('R1: whatever comes in, nobody is let in under a tenant that is not allowed, and nothing is thrown', () => {
  const id = fc.oneof(fc.constantFrom(TENANT, STRANGER, PERSON, '', null, undefined), fc.anything());
  const incoming = fc.record({
    channelId: fc.constantFrom('msteams', 'webchat', undefined),
    serviceUrl: fc.oneof(
      fc.constantFrom('https://smba.trafficmanager.net/emea/', 'https://evil.example'),
      fc.anything(),
    ),
    from: fc.option(fc.record({ aadObjectId: id }), { nil: undefined }),
    conversation: fc.option(fc.record({ id: fc.constantFrom('a:1', ''), tenantId: id }), { nil: undefined }),
    channelData: fc.oneof(fc.record({ tenant: fc.option(fc.record({ id })) }), fc.anything()),
  });
  let letIn = 0;
  fc.assert(
    fc.property(incoming, (sent) => {
      const told = admit(sent, cloud);
      if ('refused' in told) return;
      letIn += 1;
      expect(told.tenantId).toBe(TENANT);
      expect([TENANT, STRANGER, PERSON]).toContain(told.objectId);
    }),
    // One that is let in, so that the run is known to have looked at more than refusals.
    {
      numRuns: 2_000,
      examples: [
        [
          {
            channelId: 'msteams',
            serviceUrl: 'https://smba.trafficmanager.net/emea/',
            from: { aadObjectId: PERSON },
            conversation: { id: 'a:1', tenantId: TENANT },
            channelData: { tenant: { id: TENANT } },
          },
        ],
      ],
    },
  );
  expect(letIn).toBeGreaterThan(0);
});
