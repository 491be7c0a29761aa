import type { ClaimCounts } from '../customers/customer-store.ts';
import type { Identifier, IdentifierType } from '../customers/identifier.ts';
import type { Location } from '../people/people-store.ts';
import {
  type Criterion,
  type Engagement,
  type FactName,
  type Facts,
  isBoundToCountries,
  isOpenForNomination,
  paidIn,
} from './engagement.ts';
import { type Market, marketOf } from './markets.ts';

/** The value that a criterion looked at. */
export type SeenFact = NonNullable<Facts[Criterion['fact']]>;

/** Why not (R7). Every reason says what was seen and what was needed. */
export type Reason =
  | { readonly code: 'locationNotEnrolled' }
  | { readonly code: 'designationMissing'; readonly needed: readonly string[]; readonly held: readonly string[] }
  | { readonly code: 'partnerLimit'; readonly allowed: number; readonly open: number }
  | { readonly code: 'nominationClosed'; readonly lastDay: string }
  | {
      readonly code: 'identifierNotAccepted';
      readonly given: IdentifierType;
      readonly accepted: readonly IdentifierType[];
    }
  | { readonly code: 'countryNotCovered'; readonly country: string; readonly covered: readonly string[] }
  | { readonly code: 'noRateInMarket'; readonly country: string; readonly market: Market }
  | { readonly code: 'criterion'; readonly criterion: Criterion; readonly seen: SeenFact }
  | { readonly code: 'ownOpenClaim'; readonly number: number }
  | { readonly code: 'activeLimit'; readonly allowed: number; readonly active: number }
  | { readonly code: 'totalLimit'; readonly allowed: number; readonly total: number }
  | { readonly code: 'heldByAnotherPartner' };

/** What is missing before a verdict can be given. */
export type Missing =
  | { readonly of: 'customer'; readonly fact: FactName }
  | { readonly of: 'location' }
  /** R14: nobody has set what a variable payment is computed from. */
  | { readonly of: 'terms' };

/** R5: never mixed, and missing data is never called ineligible. */
export type Verdict =
  | { readonly verdict: 'eligible' }
  | { readonly verdict: 'ineligible'; readonly reasons: readonly Reason[] }
  | { readonly verdict: 'unknown'; readonly missing: readonly Missing[] };

const conclude = (reasons: readonly Reason[], missing: readonly Missing[]): Verdict => {
  if (reasons.length > 0) return { verdict: 'ineligible', reasons };
  return missing.length > 0 ? { verdict: 'unknown', missing } : { verdict: 'eligible' };
};

/** Verdict on the partner's location. `openClaims`: the organisation's open claims of this engagement. */
export const locationVerdict = (engagement: Engagement, location: Location, openClaims: number, now: Date): Verdict => {
  const reasons: Reason[] = [];
  if (location.enrolment !== 'enrolled') reasons.push({ code: 'locationNotEnrolled' });
  if (!isOpenForNomination(engagement, now)) {
    const lastDay = engagement.lastNomination ?? engagement.effectiveTo ?? engagement.effectiveFrom;
    reasons.push({ code: 'nominationClosed', lastDay });
  }
  const { maxOpenPerPartner, designations: needed } = engagement;
  if (maxOpenPerPartner !== undefined && openClaims >= maxOpenPerPartner) {
    reasons.push({ code: 'partnerLimit', allowed: maxOpenPerPartner, open: openClaims });
  }
  const held = location.designations;
  if (needed.length === 0) return conclude(reasons, []);
  if (held === null) return conclude(reasons, [{ of: 'location' }]);
  if (!needed.some((designation) => held.includes(designation))) {
    reasons.push({ code: 'designationMissing', needed, held });
  }
  return conclude(reasons, []);
};

const meets = (criterion: Criterion, seen: SeenFact): boolean => {
  if ('oneOf' in criterion) return criterion.oneOf.some((segment) => segment === seen);
  if ('is' in criterion) return seen === criterion.is;
  return Number(seen) >= (criterion.atLeast ?? -Infinity) && Number(seen) <= (criterion.atMost ?? Infinity);
};

/**
 * Verdict on the customer, for this identifier type and the facts known under exactly this identifier (R6).
 * `counts` is undefined for a customer without any claim of this engagement.
 */
export const customerVerdict = (
  engagement: Engagement,
  identifierType: IdentifierType,
  facts: Facts | null,
  counts: ClaimCounts | undefined,
): Verdict => {
  const reasons: Reason[] = [];
  const missing: Missing[] = [];
  if (!engagement.identifierTypes.includes(identifierType)) {
    reasons.push({ code: 'identifierNotAccepted', given: identifierType, accepted: engagement.identifierTypes });
  }
  const country = facts?.country;
  const { countries: covered } = engagement;
  const whereMatters = isBoundToCountries(engagement);
  if (country === undefined) {
    if (whereMatters) missing.push({ of: 'customer', fact: 'country' });
  } else {
    if (covered !== undefined && !covered.includes(country)) {
      reasons.push({ code: 'countryNotCovered', country, covered });
    } else if (paidIn(engagement, marketOf(country)) === null) {
      reasons.push({ code: 'noRateInMarket', country, market: marketOf(country) });
    }
  }
  if (engagement.payment === 'variable' && engagement.variable === undefined) missing.push({ of: 'terms' });
  for (const criterion of engagement.customerCriteria) {
    const seen = facts?.[criterion.fact];
    if (seen === undefined) missing.push({ of: 'customer', fact: criterion.fact });
    else if (!meets(criterion, seen)) reasons.push({ code: 'criterion', criterion, seen });
  }
  if (counts !== undefined) {
    const { active, total } = counts;
    const { maxActivePerCustomer, maxTotalPerCustomer } = engagement;
    if (counts.ownOpenClaim !== null) reasons.push({ code: 'ownOpenClaim', number: counts.ownOpenClaim });
    if (engagement.exclusive && counts.byOtherPartners > 0) reasons.push({ code: 'heldByAnotherPartner' });
    else if (active >= maxActivePerCustomer && counts.ownOpenClaim === null) {
      reasons.push({ code: 'activeLimit', allowed: maxActivePerCustomer, active });
    }
    if (maxTotalPerCustomer !== undefined && total >= maxTotalPerCustomer) {
      reasons.push({ code: 'totalLimit', allowed: maxTotalPerCustomer, total });
    }
  }
  return conclude(reasons, missing);
};

export type EngagementOption = {
  readonly engagement: Engagement;
  /** The name of the customer that was judged, and that a claim would be made under. */
  readonly named: Identifier & { readonly tenantId: string | null };
  /** Known of the customer under that name; undefined: nothing is. It picks the market, and so the rate. */
  readonly country: string | undefined;
  readonly location: Verdict;
  readonly customer: Verdict;
};

/** How near an option is to being chosen: 0 eligible, 1 not known yet, 2 not eligible. */
export const standing = ({ location, customer }: Pick<EngagementOption, 'location' | 'customer'>): 0 | 1 | 2 => {
  const verdicts = [location.verdict, customer.verdict];
  return verdicts.includes('ineligible') ? 2 : verdicts.includes('unknown') ? 1 : 0;
};

/** R12: what can be chosen, what cannot and why, and what cannot be judged yet. */
export type EngagementChoice = {
  readonly eligible: readonly EngagementOption[];
  readonly ineligible: readonly EngagementOption[];
  readonly unknown: readonly EngagementOption[];
  /** Those that take MSX ids alone and cannot be chosen: never listed, told to who asks why. */
  readonly unlisted: readonly EngagementOption[];
};

/** Whether an engagement is nominated by opportunity and nothing else. */
export const takesMsxAlone = ({ identifierTypes }: Pick<Engagement, 'identifierTypes'>): boolean =>
  identifierTypes.every((type) => type === 'msxOpportunityId');

/** Sorts options into the lists of R12. Engagements that take MSX ids alone never list an ineligible row. */
export const sortOptions = (options: readonly EngagementOption[]): EngagementChoice => {
  const listed = options.filter(({ engagement }) => !takesMsxAlone(engagement));
  const standingAt = (of: readonly EngagementOption[], at: number) => of.filter((option) => standing(option) === at);
  return {
    eligible: standingAt(options, 0),
    ineligible: standingAt(listed, 2),
    unknown: standingAt(listed, 1),
    unlisted: options.filter((option) => takesMsxAlone(option.engagement) && standing(option) > 0),
  };
};
