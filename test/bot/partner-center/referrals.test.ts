import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { referralsApi } from '../../../bot/partner-center/referrals.ts';
import { centsIn } from '../../../bot/partner-center/usd.ts';
import type {
  Answer,
  NewRemoteReferral,
  PartnerCenter,
  RemoteReferral,
} from '../../../domain/co-sell/partner-center.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';
import { OWN, type StandingClock, signedInAt, standingClock } from '../../support/partner-center-desk.ts';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MINUTE = 60_000;

let clock: StandingClock;
let fake: FakePartnerCenter;
let api: PartnerCenter;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now, pageSize: 2 });
  api = referralsApi({ apiUrl: fake.origin, token: signedInAt(fake, clock)(), clock });
});
afterEach(() => fake.stop());

const had = <T>(answer: Answer<T>): T => {
  if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
  return answer.value;
};
const make = async (change: Partial<NewRemoteReferral> = {}): Promise<RemoteReferral> => {
  clock.advance(MINUTE);
  return had(await api.create({ ...OWN, ...change }));
};
const microsofts = (own: RemoteReferral) => make({ side: 'microsoft', groupId: own.groupId });
const lastBody = () => JSON.parse(fake.calls.at(-1)?.body ?? '');

describe('R29: a half of a deal is made', () => {
  test('the partner’s own as Partner Center documents it', async () => {
    await make();
    expect(lastBody()).toEqual({
      externalReferenceId: '1000027',
      name: 'Threat Protection for Fabrikam',
      type: 'Shared',
      qualification: 'SalesQualified',
      customerProfile: {
        name: 'Fabrikam B.V.',
        address: { country: 'NL' },
        team: [{ firstName: 'Eva', lastName: 'van den Berg', email: 'eva@fabrikam.example' }],
      },
      consent: {
        consentToToShareInfoWithOthers: false,
        consentToContact: true,
        consentToShareReferralWithMicrosoftSellers: false,
      },
      details: {
        notes: 'Threat Protection workshop, claim 1000027',
        dealValue: 40_123.45,
        currency: 'USD',
        closingDateTime: '2026-06-30T00:00:00Z',
        requirements: {
          products: [{ id: 'EnterpriseMobilityAndSecurity' }],
          solutions: [],
          additionalRequirements: { attributes: [{ type: 'SolutionArea', id: 'Security' }] },
        },
      },
      team: [
        { firstName: 'Ada', lastName: 'Lovelace', email: 'ada@wideworld.example', phoneNumber: '+31 20 555 0100' },
      ],
      target: [],
    });
    expect(fake.calls.at(-1)).toMatchObject({
      method: 'POST',
      path: '/v1.0/engagements/referrals',
      headers: { 'content-type': 'application/json', authorization: expect.stringMatching(/^Bearer access-token-1-/) },
    });
  });

  test('Microsoft’s in the same group, for Microsoft', async () => {
    const own = await make();
    await microsofts(own);
    const body = lastBody();
    expect(body.engagementId).toBe(own.groupId);
    expect(body.target).toEqual([{ type: 'BusinessProfileLocation', id: 'msft' }]);
    expect(body.inviteContext).toEqual({ notes: 'Threat Protection workshop, claim 1000027' });
    expect(fake.referrals()[1]).toMatchObject({ status: 'New', expirationDateTime: '2026-02-24T09:02:00.000Z' });
  });

  test('is for Microsoft’s sellers to see from the beginning only where the customer has agreed already', async () => {
    await make({ consent: { contact: true, share: true } });
    expect(lastBody().consent).toEqual({
      consentToToShareInfoWithOthers: true,
      consentToContact: true,
      consentToShareReferralWithMicrosoftSellers: true,
    });
  });

  test('with the partner’s solution, where there is one', async () => {
    const solution = { solutionProfileId: 'SOL-34104-EBB' };
    const other = referralsApi({ apiUrl: fake.origin, token: signedInAt(fake, clock)(), clock, ...solution });
    await other.create(OWN);
    expect(lastBody().target).toEqual([{ type: 'SolutionProfile', id: 'SOL-34104-EBB' }]);
    expect(lastBody().details.requirements.solutions).toEqual([{ type: 'Name', id: 'SOL-34104-EBB' }]);
  });

  test('the customer’s contact stays out until it may be shared, and a single name is told as one', async () => {
    await make({ customer: { ...OWN.customer, contact: null } });
    expect(lastBody().customerProfile.team).toEqual([]);
    await make({ customer: { ...OWN.customer, contact: { name: 'Madonna', email: 'm@fabrikam.example' } } });
    expect(lastBody().customerProfile.team[0]).toMatchObject({ firstName: 'Madonna', lastName: '-' });
  });

  test.each([
    ['modernWork', 'Microsoft365', 'AIBusinessSolutions'],
    ['security', 'EnterpriseMobilityAndSecurity', 'Security'],
    ['azure', 'Azure', 'CloudAndAIPlatforms'],
    ['businessApplications', 'Dynamics365Enterprise', 'AIBusinessSolutions'],
  ] as const)('%s is %s, in the area %s', async (solutionArea, product, area) => {
    await make({ solutionArea });
    const { products, additionalRequirements } = lastBody().details.requirements;
    expect([products, additionalRequirements.attributes]).toEqual([
      [{ id: product }],
      [{ type: 'SolutionArea', id: area }],
    ]);
  });

  test.each([
    [1, '0.01'],
    [10, '0.1'],
    [30, '0.3'],
    [110, '1.1'],
    [435, '4.35'],
    [100_000, '1000'],
    [9_999_999_999_999, '99999999999.99'],
  ])('%d cents are written as %s, and read as the same', async (valueCents, written) => {
    const made = await make({ valueCents });
    expect(fake.calls.at(-1)?.body).toContain(`"dealValue":${written},`);
    expect(made.valueCents).toBe(valueCents);
  });

  test.each([
    [0.005, 1],
    ['1.004', 100],
    ['10000', 1_000_000],
    [1234.5678, 123_457],
    [-5, null],
    [1e21, null],
    ['12,50', null],
    ['', null],
  ])('%j dollars are %j cents', (said, cents) => {
    expect(centsIn(said)).toBe(cents);
  });

  test('what it looks like then is known, its eTag too', async () => {
    const made = await make();
    expect(made).toEqual({
      id: expect.stringMatching(GUID),
      groupId: expect.stringMatching(GUID),
      side: 'partner',
      externalReferenceId: '1000027',
      eTag: '"00000001-0000-0800-0000-6217f4ce0000"',
      status: 'Active',
      substatus: 'Accepted',
      valueCents: 4_012_345,
      closeOn: '2026-06-30',
      updatedAt: new Date('2026-02-10T09:01:00Z'),
    });
    expect(await microsofts(made)).toMatchObject({ side: 'microsoft', status: 'New', substatus: 'Pending' });
  });

  test('what the API could never take is not sent, and the fields are named without what stands in them', async () => {
    const wrong = { ...OWN, valueCents: 0, customer: { ...OWN.customer, country: 'Netherlands' } };
    expect(await api.create(wrong)).toEqual({
      kind: 'refused',
      trouble: 'not sent: customerProfile.address.country, details.dealValue',
    });
    expect(fake.count('POST', '/referrals')).toBe(0);
  });
});

describe('R29: a half of a deal is changed', () => {
  test('by JSON Patch, only where it still stands as it was seen', async () => {
    const own = await make();
    const changed = had(await api.change(own.id, own.eTag, { valueCents: 5_000_050, closeOn: '2026-09-01' }));
    expect(lastBody()).toEqual([
      { op: 'replace', path: '/details/dealValue', value: '50000.5' },
      { op: 'replace', path: '/details/closingDateTime', value: '2026-09-01T00:00:00Z' },
    ]);
    expect(fake.calls.at(-1)).toMatchObject({
      method: 'PATCH',
      path: `/v1.0/engagements/referrals/${own.id}`,
      headers: { 'if-match': own.eTag, prefer: 'return=representation', 'content-type': 'application/json' },
    });
    expect(changed).toMatchObject({ valueCents: 5_000_050, closeOn: '2026-09-01' });
    expect(changed.eTag).not.toBe(own.eTag);
    expect(await api.change(own.id, own.eTag, { valueCents: 1 })).toEqual({ kind: 'stale' });
    expect(fake.referrals()[0]).toMatchObject({ details: { dealValue: 50_000.5 } });
  });

  test('it is closed as won or lost, with the reason', async () => {
    const own = await make();
    const closed = had(await api.change(own.id, own.eTag, { closed: { as: 'Lost', reason: 'No budget' } }));
    expect(lastBody()).toEqual([
      { op: 'replace', path: '/status', value: 'Closed' },
      { op: 'replace', path: '/substatus', value: 'Lost' },
      { op: 'add', path: '/statusReason', value: 'No budget' },
    ]);
    expect(closed).toMatchObject({ status: 'Closed', substatus: 'Lost' });
    expect(fake.referrals()[0]?.statusReason).toBe('No budget');
    expect(await api.change(own.id, closed.eTag, { valueCents: 1 })).toEqual({
      kind: 'refused',
      trouble: '400 InvalidOperation',
    });
  });

  test('consent and the customer’s contact come later; said twice, the contact stands there once', async () => {
    const own = await make({ customer: { ...OWN.customer, contact: null } });
    const change = {
      consent: { contact: true, share: true },
      customerContact: { name: 'Eva van den Berg', email: 'eva@fabrikam.example' },
    };
    const first = had(await api.change(own.id, own.eTag, change));
    expect(lastBody()).toEqual([
      { op: 'replace', path: '/consent/consentToToShareInfoWithOthers', value: true },
      { op: 'replace', path: '/consent/consentToContact', value: true },
      { op: 'replace', path: '/consent/consentToShareReferralWithMicrosoftSellers', value: true },
      {
        op: 'add',
        path: '/customerProfile/team',
        value: [{ firstName: 'Eva', lastName: 'van den Berg', email: 'eva@fabrikam.example' }],
      },
    ]);
    had(await api.change(own.id, first.eTag, change));
    expect(fake.referrals()[0]).toMatchObject({ customerProfile: { team: [{ email: 'eva@fabrikam.example' }] } });
  });

  test('it is private until the customer has agreed, and shown to Microsoft’s sellers from then on', async () => {
    const own = await make({ consent: { contact: false, share: false } });
    const there = () => fake.referrals()[0]?.consent;
    expect(there()).toMatchObject({ consentToShareReferralWithMicrosoftSellers: false });
    const shown = had(await api.change(own.id, own.eTag, { consent: { contact: true, share: true } }));
    expect(there()).toMatchObject({ consentToShareReferralWithMicrosoftSellers: true });
    // What Microsoft was shown cannot be hidden again.
    expect(await api.change(own.id, shown.eTag, { consent: { contact: true, share: false } })).toEqual({
      kind: 'refused',
      trouble: '400 InvalidOperation',
    });
  });

  test('no change is a look at it', async () => {
    const own = await make();
    expect(await api.change(own.id, own.eTag, {})).toEqual({ kind: 'ok', value: own });
    expect(fake.count('PATCH', '')).toBe(0);
  });

  test('without an eTag it is looked at again first', async () => {
    const own = await make();
    expect(await api.change(own.id, '', { valueCents: 1 })).toEqual({ kind: 'stale' });
    expect(fake.count('PATCH', '')).toBe(0);
  });
});

describe('R29: referrals are looked up', () => {
  test('one by its id, whatever Partner Center says of it that is new', async () => {
    const own = await make();
    fake.edit(own.id, {
      status: 'Parked',
      substatus: 'WaitingForGodot',
      salesStage: { percent: 40 },
      details: { currency: 'EUR', dealValue: 12, closingDateTime: null },
    });
    expect(had(await api.find(own.id))).toMatchObject({
      status: 'None',
      substatus: 'WaitingForGodot',
      valueCents: null,
      closeOn: null,
    });
  });

  test.each([
    [0, null],
    [0.004, null],
    ['0', null],
    [-100, null],
    [0.01, 1],
    [99_999_999_999.99, 9_999_999_999_999],
    [100_000_000_000, null],
    [9_999_999_999_999, null],
  ])('of a deal that is worth %j dollars there, %j cents are told', async (dealValue, valueCents) => {
    const own = await make();
    fake.edit(own.id, { details: { currency: 'USD', dealValue, closingDateTime: '2026-06-30T00:00:00Z' } });
    expect(had(await api.find(own.id))).toMatchObject({ valueCents, closeOn: '2026-06-30' });
  });

  test.each(['Accepted', 'Declined', 'Expired'] as const)('Microsoft’s answer is seen: %s', async (as) => {
    const half = await microsofts(await make());
    fake.answer(half.id, as);
    expect(had(await api.find(half.id))).toMatchObject({
      side: 'microsoft',
      status: as === 'Accepted' ? 'Active' : 'Closed',
      substatus: as,
    });
  });

  test('those that changed, newest first, over pages, and no page more than needed', async () => {
    const all: RemoteReferral[] = [];
    for (let n = 0; n < 7; n += 1) all.push(await make({ externalReferenceId: `${n}` }));
    clock.advance(MINUTE);
    const since = clock.now();
    for (const n of [0, 2, 4]) {
      clock.advance(MINUTE);
      fake.edit(all[n]?.id ?? '', { statusReason: 'edited' });
    }
    const changed = had(await api.listUpdated(since));
    expect(changed.map(({ externalReferenceId }) => externalReferenceId)).toEqual(['4', '2', '0']);
    const asked = fake.calls.filter(({ method }) => method === 'GET').map(({ path }) => decodeURIComponent(path));
    expect(asked).toEqual([
      '/v1.0/engagements/referrals?$orderby=updatedDateTime desc',
      '/v1.0/engagements/referrals?$orderby=updatedDateTime+desc&$skiptoken=2',
    ]);
    expect(had(await api.listUpdated(new Date('2026-01-01T00:00:00Z')))).toHaveLength(7);
  });

  test('a claim’s, both halves, of those made since; and none is an answer', async () => {
    const early = await make();
    clock.advance(MINUTE);
    const since = clock.now();
    await make({ externalReferenceId: '1000028' });
    expect(had(await api.listByReference('1000027', since))).toEqual([]);
    const own = await make();
    const half = await microsofts(own);
    expect(had(await api.listByReference('1000027', since)).map(({ id }) => id)).toEqual([half.id, own.id]);
    const all = had(await api.listByReference('1000027', new Date('2026-01-01T00:00:00Z')));
    expect(all.map(({ id }) => id)).toEqual([half.id, own.id, early.id]);
  });

  test('Microsoft’s half is looked for in the group when the list is silent about it', async () => {
    const own = await make();
    const half = await microsofts(own);
    fake.edit(half.id, { createdDateTime: '2020-01-01T00:00:00Z', externalReferenceId: null });
    const found = had(await api.listByReference('1000027', new Date('2026-02-10T00:00:00Z')));
    expect(found.map(({ id }) => id)).toEqual([own.id, half.id]);
    expect(decodeURIComponent(fake.calls.at(-1)?.path ?? '')).toBe(
      `/v1.0/engagements/referrals?$filter=engagementId eq '${own.groupId}'`,
    );
  });

  test('a list that is out of order is read to its end', async () => {
    const at = (id: string, updatedDateTime: string) => ({ id, engagementId: 'g', status: 'New', updatedDateTime });
    const disordered = await startPartnerCenter({ now: clock.now });
    const next = disordered.put('/v1.0/next', JSON.stringify({ value: [at('d', '2026-02-09T00:00:00Z')] }));
    const value = [at('a', '2026-02-10T00:00:00Z'), at('b', '2020-01-01T00:00:00Z'), at('c', '2021-01-01T00:00:00Z')];
    disordered.put('/v1.0/engagements/referrals', JSON.stringify({ value, '@odata.nextLink': next }));
    const other = referralsApi({ apiUrl: disordered.origin, token: signedInAt(fake, clock)(), clock });
    expect(had(await other.listUpdated(new Date('2026-01-01T00:00:00Z'))).map(({ id }) => id)).toEqual(['a', 'd']);
    await disordered.stop();
  });

  test('one referral that cannot be read hides no others', async () => {
    const own = await make();
    fake.edit(own.id, { engagementId: null });
    await make({ externalReferenceId: '2' });
    const found = had(await api.listUpdated(new Date('2026-01-01T00:00:00Z')));
    expect(found.map(({ externalReferenceId }) => externalReferenceId)).toEqual(['2']);
  });

  test('a next page is followed to the same host only, by our own protocol, and not for ever', async () => {
    const token = signedInAt(fake, clock)();
    const at = (apiUrl: string) => referralsApi({ apiUrl, token, clock, mostPages: 3 });
    for (let n = 0; n < 8; n += 1) await make();
    const since = new Date('2026-01-01T00:00:00Z');
    expect(await at(fake.origin).listUpdated(since)).toEqual({ kind: 'unsure', trouble: 'more than 3 pages' });
    const elsewhere = await startPartnerCenter({ now: clock.now });
    elsewhere.put('/v1.0/engagements/referrals', JSON.stringify({ value: [], '@odata.nextLink': `${fake.origin}/x` }));
    expect(await at(elsewhere.origin).listUpdated(since)).toEqual({
      kind: 'unsure',
      trouble: 'the next page is elsewhere',
    });
    const https = `https://${elsewhere.host}/v1.0/next?$skiptoken=2`;
    elsewhere.put('/v1.0/engagements/referrals', JSON.stringify({ value: [], '@odata.nextLink': https }));
    elsewhere.put('/v1.0/next', JSON.stringify({ value: [] }));
    expect(await at(elsewhere.origin).listUpdated(since)).toEqual({ kind: 'ok', value: [] });
    expect(elsewhere.calls.at(-1)?.path).toBe('/v1.0/next?$skiptoken=2');
    await elsewhere.stop();
  });

  test('a next page whose path is the address of another host is elsewhere', async () => {
    const elsewhere = await startPartnerCenter({ now: clock.now });
    for (const next of [
      `${fake.origin}//${elsewhere.host}/x`,
      `${fake.origin}/\\${elsewhere.host}/x`,
      `other://${fake.host}/\\${elsewhere.host}/x`,
      `${fake.origin}//`,
    ]) {
      fake.put('/v1.0/engagements/referrals', JSON.stringify({ value: [], '@odata.nextLink': next }));
      expect(await api.listUpdated(new Date('2026-01-01T00:00:00Z'))).toEqual({
        kind: 'unsure',
        trouble: 'the next page is elsewhere',
      });
    }
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.stop();
  });
});
