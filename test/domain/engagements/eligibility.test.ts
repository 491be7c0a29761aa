import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClaimCounts, KnownIdentifier } from '../../../domain/customers/customer-store.ts';
import { IDENTIFIER_TYPES, type Identifier } from '../../../domain/customers/identifier.ts';
import { type ChosenIdentifier, engagementOptions } from '../../../domain/drafts/nomination.ts';
import {
  customerVerdict,
  type EngagementOption,
  locationVerdict,
  sortOptions,
  standing,
  type Verdict,
} from '../../../domain/engagements/eligibility.ts';
import {
  type Criterion,
  type Engagement,
  engagementSchema,
  type Facts,
  isOpenForNomination,
} from '../../../domain/engagements/engagement.ts';
import { ENROLMENTS, type Location } from '../../../domain/people/people-store.ts';

const NOW = new Date('2026-11-23T12:00:00.000Z');

const engagement = (over: Partial<Engagement> = {}): Engagement => ({
  id: 'an engagement version',
  ...engagementSchema.parse({
    slug: 'sec-workshop',
    version: 1,
    name: { en: 'Workshop', nl: 'Workshop' },
    purpose: { en: 'Why', nl: 'Waarom' },
    solutionArea: 'security',
    kind: 'workshop',
    payment: 'fixed',
    identifierTypes: ['domain', 'tenantId'],
    windows: { consent: 30, submit: 90, review: 120, dispute: 30 },
    rates: { A: 500_000, B: 300_000, C: null },
    effectiveFrom: '2026-01-01',
    customerCriteria: [],
    designations: [],
    maxActivePerCustomer: 1,
    exclusive: false,
    coSell: false,
    source: 'test',
    verifiedOn: '2026-09-14',
  }),
  ...over,
});

const location = (over: Partial<Location> = {}): Location => ({
  id: 'a location',
  organisationId: 'an organisation',
  partnerId: '90000101',
  name: 'Amsterdam',
  country: 'NL',
  enrolment: 'enrolled',
  designations: ['security'],
  ...over,
});

const counts = (over: Partial<ClaimCounts> = {}): ClaimCounts => ({
  engagementSlug: 'sec-workshop',
  active: 0,
  total: 0,
  byOtherPartners: 0,
  ownOpenClaim: null,
  ...over,
});

const ELIGIBLE = { verdict: 'eligible' };
const ineligible = (...reasons: unknown[]) => ({ verdict: 'ineligible', reasons });
const unknown = (...missing: unknown[]) => ({ verdict: 'unknown', missing });
const of = (fact: string) => ({ of: 'customer', fact });

describe('R5: the verdict on a location', () => {
  const verdict = (over: Partial<Engagement>, at: Partial<Location> = {}, open = 0, now = NOW) =>
    locationVerdict(engagement(over), location(at), open, now);

  test('is eligible when it is enrolled and nothing more is asked', () => {
    expect(verdict({})).toEqual(ELIGIBLE);
    expect(verdict({}, { designations: null })).toEqual(ELIGIBLE);
  });

  test.each(ENROLMENTS.filter((enrolment) => enrolment !== 'enrolled'))('is ineligible while it is %s', (enrolment) => {
    expect(verdict({}, { enrolment })).toEqual(ineligible({ code: 'locationNotEnrolled' }));
  });

  test('needs one of the designations', () => {
    const designations = ['modernWork', 'security'];
    expect(verdict({ designations })).toEqual(ELIGIBLE);
    expect(verdict({ designations }, { designations: ['dataAi'] })).toEqual(
      ineligible({ code: 'designationMissing', needed: designations, held: ['dataAi'] }),
    );
    expect(verdict({ designations }, { designations: [] })).toEqual(
      ineligible({ code: 'designationMissing', needed: designations, held: [] }),
    );
  });

  test('is unknown, not ineligible, when nobody ever said which designations it holds', () => {
    expect(verdict({ designations: ['security'] }, { designations: null })).toEqual(unknown({ of: 'location' }));
  });

  test.each([
    [19, ELIGIBLE],
    [20, ineligible({ code: 'partnerLimit', allowed: 20, open: 20 })],
    [21, ineligible({ code: 'partnerLimit', allowed: 20, open: 21 })],
  ])('with %i open claims where 20 are allowed: %j', (open, expected) => {
    expect(verdict({ maxOpenPerPartner: 20 }, {}, open)).toEqual(expected);
  });

  test('tells every reason at once, and a known reason outweighs what is missing', () => {
    const over = { designations: ['security'], maxOpenPerPartner: 1, lastNomination: '2026-11-22' };
    expect(verdict(over, { enrolment: 'inactive', designations: null }, 1)).toEqual(
      ineligible(
        { code: 'locationNotEnrolled' },
        { code: 'nominationClosed', lastDay: '2026-11-22' },
        { code: 'partnerLimit', allowed: 1, open: 1 },
      ),
    );
  });
});

describe('R4: an engagement takes nominations from its first day to its last, both included, in UTC', () => {
  test.each([
    [{}, '2025-12-31T23:59:59.999Z', false],
    [{}, '2026-01-01T00:00:00.000Z', true],
    [{}, '2099-01-01T00:00:00.000Z', true],
    [{ effectiveTo: '2026-06-30' }, '2026-06-30T23:59:59.999Z', true],
    [{ effectiveTo: '2026-06-30' }, '2026-07-01T00:00:00.000Z', false],
    [{ effectiveTo: '2026-06-30', lastNomination: '2026-05-31' }, '2026-05-31T23:59:59.999Z', true],
    [{ effectiveTo: '2026-06-30', lastNomination: '2026-05-31' }, '2026-06-01T00:00:00.000Z', false],
  ])('%j at %s: %s', (over, now, open) => {
    expect(isOpenForNomination(engagement(over), new Date(now))).toBe(open);
    expect(locationVerdict(engagement(over), location(), 0, new Date(now)).verdict === 'eligible').toBe(open);
  });
});

describe('R7: the verdict on a customer', () => {
  const verdict = (over: Partial<Engagement>, facts: Facts | null, claims?: Partial<ClaimCounts>) =>
    customerVerdict(engagement(over), 'tenantId', facts, claims === undefined ? undefined : counts(claims));

  test('is eligible when nothing speaks against it', () => {
    expect(verdict({}, { country: 'NL' })).toEqual(ELIGIBLE);
    expect(verdict({}, { country: 'NL' }, {})).toEqual(ELIGIBLE);
  });

  test('an identifier of a kind that the engagement does not take is a reason', () => {
    expect(customerVerdict(engagement(), 'tpid', { country: 'NL' }, undefined)).toEqual(
      ineligible({ code: 'identifierNotAccepted', given: 'tpid', accepted: ['domain', 'tenantId'] }),
    );
  });

  test('a country outside those covered is a reason, and its market is then beside the point', () => {
    expect(verdict({ countries: ['US'] }, { country: 'US' })).toEqual(ELIGIBLE);
    expect(verdict({ countries: ['US'] }, { country: 'IN' })).toEqual(
      ineligible({ code: 'countryNotCovered', country: 'IN', covered: ['US'] }),
    );
  });

  test('R4: a market without a rate is a reason', () => {
    expect(verdict({}, { country: 'SG' })).toEqual(ELIGIBLE);
    expect(verdict({}, { country: 'IN' })).toEqual(ineligible({ code: 'noRateInMarket', country: 'IN', market: 'C' }));
    const terms = { basisPoints: 750, hourlyCents: 16_300 };
    const variable = { markets: { A: terms, B: terms, C: null }, capCents: 600_000, hours: { least: 1, most: 400 } };
    const byHours = { payment: 'variable', rates: undefined, variable } as Partial<Engagement>;
    expect(verdict(byHours, { country: 'SG' })).toEqual(ELIGIBLE);
    expect(verdict(byHours, { country: 'IN' })).toEqual(
      ineligible({ code: 'noRateInMarket', country: 'IN', market: 'C' }),
    );
  });

  test('R14: variable payment whose terms nobody has set is not judged', () => {
    expect(verdict({ payment: 'variable', rates: undefined } as Partial<Engagement>, { country: 'NL' })).toEqual({
      verdict: 'unknown',
      missing: [{ of: 'terms' }],
    });
  });

  test.each<[Criterion, Facts, boolean]>([
    [{ fact: 'seats', atLeast: 250 }, { seats: 249 }, false],
    [{ fact: 'seats', atLeast: 250 }, { seats: 250 }, true],
    [{ fact: 'monthlyActiveUsers', atMost: 3_000 }, { monthlyActiveUsers: 3_000 }, true],
    [{ fact: 'monthlyActiveUsers', atMost: 3_000 }, { monthlyActiveUsers: 3_001 }, false],
    [{ fact: 'servers', atLeast: 1, atMost: 10 }, { servers: 0 }, false],
    [{ fact: 'servers', atLeast: 1, atMost: 10 }, { servers: 10 }, true],
    [{ fact: 'azureMonthlySpendUsd', atMost: 0 }, { azureMonthlySpendUsd: 0 }, true],
    [{ fact: 'segment', oneOf: ['enterprise', 'smb'] }, { segment: 'smb' }, true],
    [{ fact: 'segment', oneOf: ['enterprise', 'smb'] }, { segment: 'government' }, false],
    [{ fact: 'microsoftManaged', is: true }, { microsoftManaged: true }, true],
    [{ fact: 'microsoftManaged', is: true }, { microsoftManaged: false }, false],
    [{ fact: 'microsoftManaged', is: false }, { microsoftManaged: false }, true],
  ])('criterion %j with %j is met: %s, and a failed one says what was seen', (criterion, facts, met) => {
    const [seen] = Object.values(facts);
    expect(verdict({ customerCriteria: [criterion] }, { country: 'NL', ...facts })).toEqual(
      met ? ELIGIBLE : ineligible({ code: 'criterion', criterion, seen }),
    );
  });

  test('the allowed number of active claims is a limit', () => {
    expect(verdict({ maxActivePerCustomer: 2 }, { country: 'NL' }, { active: 1, total: 9 })).toEqual(ELIGIBLE);
    expect(verdict({ maxActivePerCustomer: 2 }, { country: 'NL' }, { active: 2 })).toEqual(
      ineligible({ code: 'activeLimit', allowed: 2, active: 2 }),
    );
  });

  test('the allowed number of claims in all is a limit', () => {
    expect(verdict({ maxTotalPerCustomer: 3 }, { country: 'NL' }, { total: 2 })).toEqual(ELIGIBLE);
    expect(verdict({ maxTotalPerCustomer: 3 }, { country: 'NL' }, { total: 3 })).toEqual(
      ineligible({ code: 'totalLimit', allowed: 3, total: 3 }),
    );
  });

  test('another partner holding the customer is a reason where the engagement is exclusive, and only there', () => {
    const held = { active: 1, total: 1, byOtherPartners: 1 };
    const over = { maxActivePerCustomer: 5 };
    expect(verdict({ ...over, exclusive: false }, { country: 'NL' }, held)).toEqual(ELIGIBLE);
    expect(verdict({ ...over, exclusive: true }, { country: 'NL' }, held)).toEqual(
      ineligible({ code: 'heldByAnotherPartner' }),
    );
  });

  test("R8: the organisation's own open claim is the reason, by number, even where two would be allowed", () => {
    expect(verdict({ maxActivePerCustomer: 2 }, { country: 'NL' }, { active: 1, ownOpenClaim: 1_000_027 })).toEqual(
      ineligible({ code: 'ownOpenClaim', number: 1_000_027 }),
    );
  });

  test('every reason is told, whatever else is missing', () => {
    const over = {
      identifierTypes: ['tpid' as const],
      customerCriteria: [
        { fact: 'seats' as const, atLeast: 250 },
        { fact: 'servers' as const, atLeast: 1 },
      ],
      maxTotalPerCustomer: 1,
    };
    const told = verdict(over, { country: 'IN', seats: 3 }, { active: 1, total: 1 });
    expect(told.verdict === 'ineligible' && told.reasons.map(({ code }) => code)).toEqual([
      'identifierNotAccepted',
      'noRateInMarket',
      'criterion',
      'activeLimit',
      'totalLimit',
    ]);
  });
});

describe('R5: what is missing makes a verdict unknown, never ineligible', () => {
  const criteria: Criterion[] = [
    { fact: 'seats', atLeast: 250 },
    { fact: 'microsoftManaged', is: true },
  ];

  test('a customer of whom nothing is known is unknown, and everything that is missing is named', () => {
    expect(customerVerdict(engagement({ customerCriteria: criteria }), 'tenantId', null, undefined)).toEqual(
      unknown(of('country'), of('seats'), of('microsoftManaged')),
    );
  });

  test('no and zero are known facts', () => {
    const facts = { country: 'NL', seats: 0, microsoftManaged: false };
    const told = customerVerdict(engagement({ customerCriteria: criteria }), 'tenantId', facts, undefined);
    expect(told.verdict).toBe('ineligible');
  });
});

const country = fc.constantFrom('NL', 'US', 'SG', 'IN', 'BR');
const anyFacts: fc.Arbitrary<Facts> = fc.record(
  {
    country,
    seats: fc.integer({ min: 0, max: 20 }),
    monthlyActiveUsers: fc.integer({ min: 0, max: 20 }),
    azureMonthlySpendUsd: fc.integer({ min: 0, max: 20 }),
    servers: fc.integer({ min: 0, max: 20 }),
    segment: fc.constantFrom('enterprise' as const, 'smb' as const, 'government' as const, 'education' as const),
    microsoftManaged: fc.boolean(),
  },
  { requiredKeys: [] },
);
const bound = fc.integer({ min: 0, max: 20 });
const anyCriterion: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record(
    {
      fact: fc.constantFrom(
        'seats' as const,
        'monthlyActiveUsers' as const,
        'azureMonthlySpendUsd' as const,
        'servers' as const,
      ),
      atLeast: bound,
      atMost: bound,
    },
    { requiredKeys: ['fact'] },
  ),
  fc.record({
    fact: fc.constant('segment' as const),
    oneOf: fc.subarray(['enterprise' as const, 'smb' as const, 'government' as const], { minLength: 1 }),
  }),
  fc.record({ fact: fc.constant('microsoftManaged' as const), is: fc.boolean() }),
);
const rate = fc.constantFrom(null, 100_000);
const anyEngagement: fc.Arbitrary<Engagement> = fc
  .record(
    {
      identifierTypes: fc.subarray([...IDENTIFIER_TYPES], { minLength: 1 }),
      customerCriteria: fc.array(anyCriterion, { maxLength: 4 }),
      countries: fc.subarray(['NL', 'US', 'SG'], { minLength: 1 }),
      rates: fc.record({ A: rate, B: rate, C: rate }),
      maxActivePerCustomer: fc.integer({ min: 1, max: 3 }),
      maxTotalPerCustomer: fc.integer({ min: 1, max: 3 }),
      exclusive: fc.boolean(),
    },
    { requiredKeys: ['identifierTypes', 'customerCriteria', 'maxActivePerCustomer', 'exclusive'] },
  )
  .map(engagement);
const anyCounts: fc.Arbitrary<ClaimCounts | undefined> = fc.option(
  fc
    .record({
      active: fc.integer({ min: 0, max: 4 }),
      total: fc.integer({ min: 0, max: 4 }),
      byOtherPartners: fc.integer({ min: 0, max: 2 }),
      ownOpenClaim: fc.constantFrom(null, 1_000_000),
    })
    .map(counts),
  { nil: undefined },
);
const anyType = fc.constantFrom(...IDENTIFIER_TYPES);
const reasonsOf = (verdict: Verdict) => (verdict.verdict === 'ineligible' ? verdict.reasons : []);

test('R5: taking facts away never makes a reason, and never makes a customer eligible', () => {
  fc.assert(
    fc.property(
      anyEngagement,
      anyType,
      anyFacts,
      fc.subarray([
        'country',
        'seats',
        'monthlyActiveUsers',
        'azureMonthlySpendUsd',
        'servers',
        'segment',
        'microsoftManaged',
      ]),
      anyCounts,
      (version, type, facts, kept, claims) => {
        const fewer: Facts = Object.fromEntries(Object.entries(facts).filter(([name]) => kept.includes(name)));
        const whole = customerVerdict(version, type, facts, claims);
        const partly = customerVerdict(version, type, fewer, claims);
        for (const reason of reasonsOf(partly)) expect(reasonsOf(whole)).toContainEqual(reason);
        if (partly.verdict === 'eligible') expect(whole.verdict).toBe('eligible');
        if (partly.verdict === 'unknown') {
          for (const missing of partly.missing) expect('fact' in missing && fewer[missing.fact]).toBeUndefined();
        }
      },
    ),
    { numRuns: 500 },
  );
});

test('R5: a verdict is ineligible exactly when it has a reason, and unknown exactly when something is missing', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyEngagement, anyType, fc.option(anyFacts), anyCounts, (version, type, facts, claims) => {
      const told = customerVerdict(version, type, facts, claims);
      seen.add(told.verdict);
      if (told.verdict === 'ineligible') expect(told.reasons.length).toBeGreaterThan(0);
      if (told.verdict === 'unknown') expect(told.missing.length).toBeGreaterThan(0);
    }),
    // Chance alone makes somebody eligible so seldom that some runs saw none.
    { numRuns: 500, examples: [[engagement(), 'domain', { country: 'US' }, counts()]] },
  );
  expect([...seen].sort()).toEqual(['eligible', 'ineligible', 'unknown']);
});

/** A record that knows these identifiers of one customer, each with facts of its own. */
const recordOf = (version: Engagement, identifiers: readonly KnownIdentifier[]) => ({
  engagements: { findVersion: async () => version, listCurrent: async () => [version] },
  customers: {
    findIdentifier: async ({ type, value }: Identifier) =>
      identifiers.find((known) => known.type === type && known.value === value) ?? null,
    listClaimCounts: async () => [],
    countOpenClaims: async () => new Map<string, number>(),
  },
});

const TENANT = '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d';
const VALUES = {
  domain: 'contoso.com',
  tenantId: TENANT,
  tpid: '1234567',
  azureSubscriptionId: '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
  msxOpportunityId: '7-3ABCDEFGHI',
};

describe('R6: a verdict depends on nothing but the facts of the identifier it is about', () => {
  const judge = async (
    version: Engagement,
    chosen: ChosenIdentifier,
    facts: Readonly<Record<string, Facts | null>>,
  ) => {
    const known = IDENTIFIER_TYPES.map((type) => ({
      type,
      value: VALUES[type],
      customerId: 'a customer',
      customerName: 'Contoso',
      facts: facts[type] ?? null,
    }));
    const [option] = await engagementOptions(
      recordOf(version, known),
      location(),
      { names: [chosen], payment: version.payment },
      NOW,
    );
    return option?.customer;
  };
  const factsByType = fc.record(Object.fromEntries(IDENTIFIER_TYPES.map((type) => [type, fc.option(anyFacts)])));

  test.each(IDENTIFIER_TYPES)(
    'a %s, whatever is known under the other identifiers of the same customer',
    async (type) => {
      const tenantId = type === 'domain' || type === 'tenantId' ? TENANT : null;
      const chosen = { type, value: VALUES[type], tenantId, tenantName: null };
      // A domain is only a way to say its tenant.
      const judged = type === 'domain' ? 'tenantId' : type;
      await fc.assert(
        fc.asyncProperty(anyEngagement, factsByType, factsByType, async (any, facts, others) => {
          // R9: an opportunity is judged for variable payment alone, every other name for fixed.
          const version = { ...any, payment: type === 'msxOpportunityId' ? 'variable' : 'fixed' } as const;
          const told = await judge(version, chosen, facts);
          expect(await judge(version, chosen, { ...others, [judged]: facts[judged] ?? null })).toEqual(told);
          expect(told).toEqual(customerVerdict(version, type, facts[judged] ?? null, undefined));
        }),
      );
    },
  );
});

test('R6: under several names a customer stands as under the best of them, and the claim is made under that one', async () => {
  const types = ['domain', 'tenantId', 'tpid', 'azureSubscriptionId'] as const;
  const factsByType = fc.record(Object.fromEntries(types.map((type) => [type, fc.option(anyFacts)])));
  await fc.assert(
    fc.asyncProperty(
      anyEngagement,
      fc.subarray([...types], { minLength: 1 }),
      factsByType,
      async (version, named, facts) => {
        const known = types.map((type) => ({
          ...{ type, value: VALUES[type], customerId: 'a customer', customerName: 'Contoso' },
          facts: facts[type] ?? null,
        }));
        const names = named.map((type) => ({ type, value: VALUES[type], tenantId: null, tenantName: null }));
        const judge = async (some: readonly ChosenIdentifier[]) => {
          const nominee = { names: some, payment: version.payment };
          const [option] = await engagementOptions(recordOf(version, known), location(), nominee, NOW);
          if (option === undefined) throw new Error('the engagement is gone');
          return option;
        };
        const together = await judge(names);
        const alone = await Promise.all(names.map((name) => judge([name])));
        expect(standing(together)).toBe(Math.min(...alone.map(standing)));
        expect(alone.find((option) => option.named === together.named)).toEqual(together);
      },
    ),
  );
});

describe('R12: the lists of the engagement step', () => {
  const verdict = (kind: Verdict['verdict']): Verdict =>
    kind === 'eligible'
      ? { verdict: kind }
      : kind === 'unknown'
        ? { verdict: kind, missing: [{ of: 'location' }] }
        : { verdict: kind, reasons: [{ code: 'locationNotEnrolled' }] };
  const option = (at: Verdict['verdict'], customer: Verdict['verdict'], over: Partial<Engagement> = {}) => ({
    engagement: engagement(over),
    named: { type: 'domain' as const, value: 'contoso.com', tenantId: null },
    country: 'NL',
    location: verdict(at),
    customer: verdict(customer),
  });

  test.each([
    ['eligible', 'eligible', 'eligible'],
    ['eligible', 'ineligible', 'ineligible'],
    ['ineligible', 'eligible', 'ineligible'],
    ['ineligible', 'ineligible', 'ineligible'],
    ['ineligible', 'unknown', 'ineligible'],
    ['unknown', 'ineligible', 'ineligible'],
    ['unknown', 'unknown', 'unknown'],
    ['eligible', 'unknown', 'unknown'],
    ['unknown', 'eligible', 'unknown'],
  ] as const)('a location that is %s and a customer that is %s stand under %s', (at, customer, list) => {
    const row = option(at, customer);
    expect(sortOptions([row])).toEqual({ eligible: [], ineligible: [], unknown: [], unlisted: [], [list]: [row] });
  });

  test('an engagement that takes MSX ids alone is chosen from when it is eligible, and otherwise in none of them', () => {
    const msx = { identifierTypes: ['msxOpportunityId' as const] };
    const kinds = ['eligible', 'ineligible', 'unknown'] as const;
    const rows = kinds.flatMap((at) => kinds.map((customer) => option(at, customer, msx)));
    const [both, ...others] = rows;
    expect(sortOptions(rows)).toEqual({ eligible: [both], ineligible: [], unknown: [], unlisted: others });
  });

  test('every other engagement is in exactly one of them, in the order given', () => {
    const kind = fc.constantFrom('eligible' as const, 'ineligible' as const, 'unknown' as const);
    const row: fc.Arbitrary<EngagementOption> = fc
      .tuple(anyEngagement, kind, kind)
      .map(([version, at, customer]) => ({ ...option(at, customer), engagement: version }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const { eligible, ineligible, unknown: unsure, unlisted } = sortOptions(rows);
        const lists = [eligible, ineligible, unsure, unlisted];
        for (const one of rows) {
          const found = lists.filter((list) => list.includes(one));
          expect(found).toHaveLength(1);
          const msxOnly = one.engagement.identifierTypes.every((type) => type === 'msxOpportunityId');
          if (msxOnly) expect([eligible, unlisted]).toContain(found[0]);
          else expect(found[0]).not.toBe(unlisted);
        }
        for (const list of lists) expect(list).toEqual(rows.filter((one) => list.includes(one)));
      }),
    );
  });
});
