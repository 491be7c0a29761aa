import type {
  EngagementChoice,
  EngagementOption,
  Missing,
  Reason,
  SeenFact,
} from '../../domain/engagements/eligibility.ts';
import type { Criterion, FactName } from '../../domain/engagements/engagement.ts';
import { engagementOf, HOSTILE, HOSTILES, TYPED, variableOf } from './sample.ts';

/** Every reason, once. A new one asks for its own here. */
const REASONS: { readonly [C in Reason['code']]: Reason & { readonly code: C } } = {
  locationNotEnrolled: { code: 'locationNotEnrolled' },
  designationMissing: {
    code: 'designationMissing',
    needed: ['infrastructure', 'dataAi'],
    held: ['modernWork', 'security'],
  },
  partnerLimit: { code: 'partnerLimit', allowed: 3, open: 3 },
  nominationClosed: { code: 'nominationClosed', lastDay: '2026-09-30' },
  identifierNotAccepted: { code: 'identifierNotAccepted', given: 'domain', accepted: ['tpid', 'azureSubscriptionId'] },
  countryNotCovered: {
    code: 'countryNotCovered',
    country: 'NL',
    covered: 'US CA GB IE DE FR ES IT AT CH BE LU DK SE'.split(' '),
  },
  noRateInMarket: { code: 'noRateInMarket', country: 'TR', market: 'C' },
  criterion: { code: 'criterion', criterion: { fact: 'seats', atLeast: 250 }, seen: 140 },
  ownOpenClaim: { code: 'ownOpenClaim', number: 1_000_031 },
  activeLimit: { code: 'activeLimit', allowed: 1, active: 1 },
  totalLimit: { code: 'totalLimit', allowed: 3, total: 3 },
  heldByAnotherPartner: { code: 'heldByAnotherPartner' },
};

/** Every fact that may fall short, or be missing. */
const CRITERIA: Record<Exclude<FactName, 'country'>, readonly [Criterion, SeenFact]> = {
  seats: [{ fact: 'seats', atLeast: 100, atMost: 5_000 }, 12_500],
  monthlyActiveUsers: [{ fact: 'monthlyActiveUsers', atMost: 3_000 }, 4_100],
  azureMonthlySpendUsd: [{ fact: 'azureMonthlySpendUsd', atLeast: 20_000 }, 950],
  servers: [{ fact: 'servers', atLeast: 20 }, 1],
  segment: [{ fact: 'segment', oneOf: ['enterprise', 'smb', 'education'] }, 'government'],
  microsoftManaged: [{ fact: 'microsoftManaged', is: true }, false],
};
const MISSING: Record<FactName | 'designations' | 'terms', Missing> = {
  country: { of: 'customer', fact: 'country' },
  seats: { of: 'customer', fact: 'seats' },
  monthlyActiveUsers: { of: 'customer', fact: 'monthlyActiveUsers' },
  azureMonthlySpendUsd: { of: 'customer', fact: 'azureMonthlySpendUsd' },
  servers: { of: 'customer', fact: 'servers' },
  segment: { of: 'customer', fact: 'segment' },
  microsoftManaged: { of: 'customer', fact: 'microsoftManaged' },
  designations: { of: 'location' },
  terms: { of: 'terms' },
};

const YES = { verdict: 'eligible' } as const;
const named = { type: 'domain', value: TYPED.domain, tenantId: TYPED.tenantId } as const;
const eligible = (number: number): EngagementOption => ({
  engagement: engagementOf(number),
  named,
  country: 'NL',
  location: YES,
  customer: YES,
});
const not = (number: number, ...reasons: readonly Reason[]): EngagementOption => ({
  engagement: engagementOf(number),
  named,
  country: 'NL',
  location: YES,
  customer: { verdict: 'ineligible', reasons },
});
const unknown = (number: number, ...missing: readonly Missing[]): EngagementOption => ({
  engagement: engagementOf(number),
  named,
  country: 'NL',
  location: YES,
  customer: { verdict: 'unknown', missing },
});

const variable = (number: number): EngagementOption => ({
  ...eligible(number),
  engagement: variableOf(number),
  named: { type: 'msxOpportunityId', value: TYPED.opportunityId, tenantId: null },
});

const criteria = Object.values(CRITERIA).map(([criterion, seen]): Reason => ({ code: 'criterion', criterion, seen }));
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Choices of engagements, as the lists of R12 can come out. */
export const CHOICES = {
  mixed: {
    eligible: [1, 2, 4].map(eligible),
    ineligible: [not(3, REASONS.identifierNotAccepted), not(5, REASONS.criterion, REASONS.designationMissing)],
    unknown: [unknown(6, MISSING.monthlyActiveUsers)],
    unlisted: [],
  },
  everyReason: {
    eligible: [{ ...eligible(1), engagement: engagementOf(1, { rates: { A: null, B: 300_000, C: null } }) }],
    ineligible: [...Object.values(REASONS).map((reason, index) => not(index + 2, reason)), not(16, ...criteria)],
    unknown: [unknown(17, ...Object.values(MISSING).slice(0, 4)), unknown(18, ...Object.values(MISSING).slice(4))],
    unlisted: [],
  },
  noneEligible: {
    eligible: [],
    ineligible: [not(1, REASONS.criterion), not(2, REASONS.nominationClosed)],
    unknown: [unknown(3, MISSING.servers)],
    unlisted: [],
  },
  noneOfMany: {
    eligible: [],
    ineligible: range(1, 26).map((number) => not(number, REASONS.criterion, REASONS.designationMissing)),
    unknown: [],
    unlisted: [],
  },
  twenty: { eligible: range(1, 20).map(eligible), ineligible: [], unknown: [], unlisted: [] },
  variable: { eligible: [variable(1)], ineligible: [], unknown: [], unlisted: [] },
  variableTwo: {
    eligible: [variable(1), variable(4)],
    ineligible: [],
    unknown: [],
    unlisted: [{ ...variable(8), customer: not(8, REASONS.noRateInMarket).customer }],
  },
  variableNone: {
    eligible: [],
    ineligible: [],
    unknown: [],
    unlisted: [
      { ...variable(4), customer: not(4, REASONS.criterion).customer },
      { ...variable(8), customer: unknown(8, MISSING.terms).customer },
    ],
  },
  hostile: {
    eligible: HOSTILES.map((hostile, index) => ({
      ...eligible(index + 1),
      engagement: engagementOf(index + 1, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
    })),
    ineligible: HOSTILES.map((hostile, index) => ({
      ...not(index + 1, REASONS.ownOpenClaim),
      engagement: engagementOf(index + 21, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
    })),
    unknown: [],
    unlisted: [],
  },
} satisfies Readonly<Record<string, EngagementChoice>>;
