import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../customers/identifier.ts';
import { COUNTRIES, MARKETS, type Market } from './markets.ts';

export const SEGMENTS = ['enterprise', 'smb', 'government', 'education'] as const;
export type Segment = (typeof SEGMENTS)[number];

export const SOLUTION_AREAS = ['modernWork', 'security', 'azure', 'businessApplications'] as const;

/** What is known of a customer under one identifier. A missing key is "not known", never "no" (R5). */
export const factsSchema = z.object({
  country: z.enum(COUNTRIES as [string, ...string[]]).optional(),
  seats: z.int().nonnegative().optional(),
  monthlyActiveUsers: z.int().nonnegative().optional(),
  azureMonthlySpendUsd: z.int().nonnegative().optional(),
  servers: z.int().nonnegative().optional(),
  segment: z.enum(SEGMENTS).optional(),
  microsoftManaged: z.boolean().optional(),
});
export type Facts = z.infer<typeof factsSchema>;
export type FactName = keyof Facts;

const criterionSchema = z.union([
  z.object({
    fact: z.enum(['seats', 'monthlyActiveUsers', 'azureMonthlySpendUsd', 'servers']),
    atLeast: z.int().optional(),
    atMost: z.int().optional(),
  }),
  z.object({ fact: z.literal('segment'), oneOf: z.array(z.enum(SEGMENTS)).min(1) }),
  z.object({ fact: z.literal('microsoftManaged'), is: z.boolean() }),
]);
/** One thing a customer must be, have or not exceed. */
export type Criterion = z.infer<typeof criterionSchema>;

const cents = z.int().nonnegative();
/** Ten years: longer than any programme. */
const days = z.int().positive().max(3_650);
/** Of this programme's time. */
const date = z.iso.date().refine((day) => day >= '2000-01-01');
/** A share of the opportunity's value, in hundredths of a percent, and a rate per hour. */
const termsSchema = z.object({ basisPoints: z.int().positive().max(10_000), hourlyCents: z.int().positive() });

/** What shows that the engagement was carried out (R24). The key is kept with each claim's link; the name is shown. */
const evidenceSchema = z.object({
  key: z.string().regex(/^[a-z][a-zA-Z0-9-]{1,29}$/),
  name: z.object({ en: z.string().min(1).max(60), nl: z.string().min(1).max(60) }),
  required: z.boolean(),
});

/**
 * One version of an engagement (R4), as the catalogue states it. Immutable once in use. Money is US dollar cents.
 * windows are calendar days (R17): consent from the claim's creation, submit and review from consent, dispute from
 * rejection.
 */
export const engagementSchema = z
  .object({
    slug: z.string().regex(/^[a-z0-9-]{3,50}$/),
    version: z.int().positive(),
    name: z.object({ en: z.string().min(1).max(80), nl: z.string().min(1).max(80) }),
    purpose: z.object({ en: z.string().min(1).max(600), nl: z.string().min(1).max(600) }),
    solutionArea: z.enum(SOLUTION_AREAS),
    kind: z.enum(['assessment', 'workshop', 'smallProject', 'mediumProject', 'largeProject']),
    payment: z.enum(['fixed', 'variable']),
    identifierTypes: z.array(z.enum(IDENTIFIER_TYPES)).min(1),
    windows: z.object({ consent: days, submit: days, review: days, dispute: days }),
    /** Null in a market: the engagement cannot be nominated there. Only for fixed payment. */
    rates: z.object({ A: cents.nullable(), B: cents.nullable(), C: cents.nullable() }).optional(),
    /** Only for variable payment (R14). Null in a market: cannot be nominated there. Left out: nobody has set it. */
    variable: z
      .object({
        markets: z.object({ A: termsSchema.nullable(), B: termsSchema.nullable(), C: termsSchema.nullable() }),
        capCents: z.int().positive(),
        hours: z.object({ least: z.int().positive(), most: z.int().positive() }),
      })
      .optional(),
    effectiveFrom: date,
    effectiveTo: date.optional(),
    lastNomination: date.optional(),
    /** Left out: every country. */
    countries: z.array(z.enum(COUNTRIES as [string, ...string[]])).optional(),
    customerCriteria: z.array(criterionSchema),
    /** The location must hold one of these; empty: no designation asked. */
    designations: z.array(z.string()),
    maxActivePerCustomer: z.int().positive(),
    maxTotalPerCustomer: z.int().positive().optional(),
    maxOpenPerPartner: z.int().positive().optional(),
    /** Another partner's open claim makes the customer ineligible (R7). */
    exclusive: z.boolean(),
    /** Left out: none is asked for. At most as many as a card has buttons for. */
    evidence: z.array(evidenceSchema).max(6).optional(),
    coSell: z.boolean(),
    /** R27: the deal size from which Microsoft's sellers can be asked. Left out: any. */
    coSellMinimumCents: cents.optional(),
    source: z.string().min(1),
    /** Null: nobody has checked the amounts, and every card that shows one says so. */
    verifiedOn: date.nullable(),
  })
  // R9: what is paid by opportunity is nominated by opportunity, and nothing else is.
  .refine(
    ({ payment, identifierTypes }) =>
      identifierTypes.every((type) => (type === 'msxOpportunityId') === (payment === 'variable')),
    {
      error: 'variable payment takes MSX opportunity ids alone, fixed payment takes none',
      path: ['identifierTypes'],
    },
  )
  .refine(({ payment, rates, variable }) => (payment === 'fixed' ? variable : rates) === undefined, {
    error: 'fixed payment has rates and no variable terms, variable payment the other way round',
    path: ['payment'],
  })
  .refine(({ variable }) => variable === undefined || variable.hours.least <= variable.hours.most, {
    error: 'the least hours are more than the most',
    path: ['variable', 'hours'],
  })
  .refine(({ evidence = [] }) => new Set(evidence.map(({ key }) => key)).size === evidence.length, {
    error: 'two items of evidence have the same key',
    path: ['evidence'],
  })
  .refine(({ effectiveFrom, effectiveTo }) => effectiveTo === undefined || effectiveFrom <= effectiveTo, {
    error: 'it ends before it begins',
    path: ['effectiveTo'],
  })
  .refine(({ effectiveFrom, lastNomination }) => lastNomination === undefined || effectiveFrom <= lastNomination, {
    error: 'its last nomination is before it begins',
    path: ['lastNomination'],
  });
export type Engagement = z.infer<typeof engagementSchema> & { readonly id: string };

export const catalogueSchema = z.array(engagementSchema);

/** What a market is paid by: null where the engagement cannot be nominated there, undefined where nobody has set it. */
export const paidIn = ({ rates, variable }: Engagement, market: Market) => (variable?.markets ?? rates)?.[market];

/** Whether it matters where the customer is: not offered, or not paid, in some country. */
export const isBoundToCountries = (engagement: Engagement): boolean =>
  engagement.countries !== undefined || MARKETS.some((market) => paidIn(engagement, market) === null);

/** Whether a claim may still be made under this version at `now` (UTC dates, both ends included). */
export const isOpenForNomination = (engagement: Engagement, now: Date): boolean => {
  const today = now.toISOString().slice(0, 10);
  return (
    engagement.effectiveFrom <= today &&
    (engagement.effectiveTo === undefined || today <= engagement.effectiveTo) &&
    (engagement.lastNomination === undefined || today <= engagement.lastNomination)
  );
};

/**
 * R4: the version in force on the date of consent picks the rate. Where none is in force any more, or that one pays
 * nothing in the claim's market (nobody can be nominated there under it, but this claim was), the claim's own does.
 */
export const ratedBy = async (
  engagements: Pick<EngagementStore, 'listCurrent'>,
  pinned: Engagement,
  market: Market,
  consentedAt: Date,
): Promise<Engagement> => {
  const current = (await engagements.listCurrent(consentedAt)).find(({ slug }) => slug === pinned.slug);
  return current === undefined || (paidIn(current, market) ?? null) === null ? pinned : current;
};

/** Every engagement there ever was, each once: the version in force, or its newest. One that closed keeps its history. */
export const everyEngagement = async (
  engagements: Pick<EngagementStore, 'listCurrent' | 'listNewest'>,
  now: Date,
): Promise<readonly Engagement[]> => {
  const [current, newest] = await Promise.all([engagements.listCurrent(now), engagements.listNewest(now)]);
  return newest.map((version) => current.find(({ slug }) => slug === version.slug) ?? version);
};

/** The versions that claims were made under, by their ids. */
export const versionsOf = async (
  engagements: Pick<EngagementStore, 'findVersion'>,
  claims: readonly { readonly engagementVersionId: string }[],
): Promise<ReadonlyMap<string, Engagement>> => {
  const ids = [...new Set(claims.map(({ engagementVersionId }) => engagementVersionId))];
  const versions = await Promise.all(ids.map((id) => engagements.findVersion(id)));
  return new Map(versions.flatMap((version) => (version === null ? [] : [[version.id, version] as const])));
};

/** The same rows, each with the version of the engagement that its claim is under. */
export const withVersions = async <R extends { readonly engagementVersionId: string }>(
  engagements: Pick<EngagementStore, 'findVersion'>,
  rows: readonly R[],
): Promise<readonly (R & { readonly engagement: Engagement })[]> => {
  const versions = await versionsOf(engagements, rows);
  return rows.map((row) => {
    const engagement = versions.get(row.engagementVersionId);
    if (engagement === undefined) throw new Error(`there is no engagement version ${row.engagementVersionId}`);
    return { ...row, engagement };
  });
};

export type EngagementStore = {
  findVersion(id: string): Promise<Engagement | null>;
  /** The newest version of each engagement in force at `now`, whether or not it still takes nominations. */
  listCurrent(now: Date): Promise<readonly Engagement[]>;
  /** The newest version of every engagement that has begun by `now`, in force or not. */
  listNewest(now: Date): Promise<readonly Engagement[]>;
};
