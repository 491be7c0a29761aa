import { z } from 'zod';
import type { Claim } from '../claims/claim-store.ts';
import { isTerminal } from '../claims/status.ts';
import { factsOf } from '../drafts/nomination.ts';
import type { Engagement } from '../engagements/engagement.ts';
import type { Reads } from '../ports.ts';

/** What must hold for a partner-led referral to be made (R26). */
export const REFERRAL_CONDITIONS = ['enabled', 'identity', 'dealSize'] as const;
/** And for it to be upgraded to co-sell (R27). */
export const CO_SELL_CONDITIONS = ['referral', 'managed', 'mayContact', 'mayShare', 'minimum', 'open'] as const;
export type ConditionName = (typeof REFERRAL_CONDITIONS)[number] | (typeof CO_SELL_CONDITIONS)[number];

const conditionSchema = z.object({
  name: z.enum([...REFERRAL_CONDITIONS, ...CO_SELL_CONDITIONS]),
  /** What is not known is never called a no (R5). */
  holds: z.enum(['yes', 'no', 'unknown']),
  /** US dollar cents, where a sum was compared: what it is, and what it has to be. */
  seenCents: z.int().optional(),
  neededCents: z.int().optional(),
});
export type Condition = z.infer<typeof conditionSchema>;
/** Each with what was seen, in the order in which they are shown. */
export const conditionsSchema = z.array(conditionSchema);

export type Verdict = 'eligible' | 'ineligible' | 'unknown';

/** One no is a no, whatever is not known besides. */
export const verdictOf = (conditions: readonly Condition[]): Verdict => {
  if (conditions.some(({ holds }) => holds === 'no')) return 'ineligible';
  return conditions.some(({ holds }) => holds === 'unknown') ? 'unknown' : 'eligible';
};

const yesNo = (holds: boolean): Condition['holds'] => (holds ? 'yes' : 'no');

/** R26: whether a referral can be made of the claim, whose consent is being asked with this deal size (USD cents). */
export const referralConditions = (
  { identifier, tenantId }: Pick<Claim, 'identifier' | 'tenantId'>,
  { coSell }: Pick<Engagement, 'coSell'>,
  dealSizeCents: number,
): readonly Condition[] => [
  { name: 'enabled', holds: yesNo(coSell) },
  // Another name of the same customer may give its tenant later, so its absence is no "no".
  { name: 'identity', holds: tenantId !== null || ['tpid', 'tenantId'].includes(identifier.type) ? 'yes' : 'unknown' },
  { name: 'dealSize', holds: yesNo(dealSizeCents > 0), seenCents: dealSizeCents },
];

/** What the customer agreed to besides taking part. */
export type ConsentFlags = { readonly mayContact: boolean; readonly mayShare: boolean };

/**
 * R27: whether the referral of a claim can be upgraded to co-sell. What is known of the customer counts under the name of
 * the claim alone (R6).
 */
export const coSellConditions = async (
  reads: { readonly customers: Pick<Reads['customers'], 'findIdentifier'> },
  claim: Pick<Claim, 'identifier' | 'tenantId' | 'dealSizeCents' | 'status'>,
  { coSellMinimumCents = 0 }: Pick<Engagement, 'coSellMinimumCents'>,
  { mayContact, mayShare }: ConsentFlags,
  made: boolean,
): Promise<readonly Condition[]> => {
  const { judged } = await factsOf(reads, { ...claim.identifier, tenantId: claim.tenantId });
  const managed = judged?.facts?.microsoftManaged;
  const seenCents = claim.dealSizeCents ?? 0;
  return [
    { name: 'referral', holds: yesNo(made) },
    { name: 'managed', holds: managed === undefined ? 'unknown' : yesNo(managed) },
    { name: 'mayContact', holds: yesNo(mayContact) },
    { name: 'mayShare', holds: yesNo(mayShare) },
    {
      name: 'minimum',
      holds: yesNo(seenCents >= coSellMinimumCents),
      ...{ seenCents, neededCents: coSellMinimumCents },
    },
    { name: 'open', holds: yesNo(!isTerminal(claim.status)) },
  ];
};
