import type { Engagement } from '../engagements/engagement.ts';
import type { Market } from '../engagements/markets.ts';
import type { Cents } from './money.ts';

/** What may limit a variable payout, in the order in which they are named when they are equal. */
export const LIMITERS = ['percent', 'hours', 'cap'] as const;
export type Limiter = (typeof LIMITERS)[number];

/** What a variable payout comes to, and how (R14). Cents; each term rounded half-up for show, the payout once. */
export type Payout = {
  readonly cents: Cents;
  readonly limiter: Limiter;
  readonly terms: Readonly<Record<Limiter, Cents>>;
  /** The inputs: hundredths of a percent, cents, cents per hour, whole hours. */
  readonly basisPoints: number;
  readonly valueCents: Cents;
  readonly hourlyCents: Cents;
  readonly hours: number;
};

export type PayoutInput = 'opportunityValue' | 'hours' | 'terms';

/** What is frozen on a claim of variable payment. */
export type PayoutInputs = {
  readonly opportunityValueCents: Cents | null;
  readonly hours: number | null;
};

/** What a claim pays under a version of its engagement, and for variable payment how; null: nobody has set it. */
export const amountOf = (
  rated: Engagement,
  claim: PayoutInputs & { readonly market: Market },
): { readonly cents: Cents; readonly payout: Payout | null } | null => {
  if (rated.payment === 'fixed') {
    const cents = rated.rates?.[claim.market] ?? null;
    return cents === null ? null : { cents, payout: null };
  }
  const proposed = proposePayout(rated, claim.market, claim);
  return 'missing' in proposed ? null : { cents: proposed.payout.cents, payout: proposed.payout };
};

/** Hundredths of a percent of a cent: the unit in which the terms are compared exactly. */
const UNITS = 10_000n;
const rounded = (units: bigint): Cents => Number((units + UNITS / 2n) / UNITS);

/**
 * R14: min(percent(market) × opportunity value, hourly rate(market) × hours, cap). Exact, rounded half-up once at the
 * end. Where an input is missing nothing is guessed: the answer names what is missing.
 */
export const proposePayout = (
  engagement: Engagement,
  market: Market,
  { opportunityValueCents, hours }: PayoutInputs,
): { readonly payout: Payout } | { readonly missing: readonly PayoutInput[] } => {
  const terms = engagement.variable?.markets[market] ?? null;
  const { variable } = engagement;
  if (!variable || terms === null || opportunityValueCents === null || hours === null) {
    const missing: PayoutInput[] = [];
    if (opportunityValueCents === null) missing.push('opportunityValue');
    if (hours === null) missing.push('hours');
    if (!variable || terms === null) missing.push('terms');
    return { missing };
  }
  const { basisPoints, hourlyCents } = terms;
  const exact: Record<Limiter, bigint> = {
    percent: BigInt(basisPoints) * BigInt(opportunityValueCents),
    hours: BigInt(hourlyCents) * BigInt(hours) * UNITS,
    cap: BigInt(variable.capCents) * UNITS,
  };
  const limiter = LIMITERS.reduce((least, name) => (exact[name] < exact[least] ? name : least));
  return {
    payout: {
      cents: rounded(exact[limiter]),
      limiter,
      terms: { percent: rounded(exact.percent), hours: rounded(exact.hours), cap: rounded(exact.cap) },
      basisPoints,
      valueCents: opportunityValueCents,
      hourlyCents,
      hours,
    },
  };
};
