import type { Claim } from '../claims/claim-store.ts';
import { utcDay } from '../claims/deadlines.ts';
import type { Cents } from '../claims/money.ts';
import type { Engagement } from '../engagements/engagement.ts';
import type { Ports, Tx } from '../ports.ts';
import { referralConditions, verdictOf } from './conditions.ts';
import { noteReferral } from './history.ts';

/** Partner Center asks for the day a deal will close; the partner sets it right. */
const CLOSES_AFTER_DAYS = 90;

type Step = { readonly actor: string; readonly at: Date };

/**
 * R26: consent is being asked with this deal size, so a partner-led referral is made where the conditions hold. Which did
 * not is kept; a later sending tries again. Claims of engagements without co-sell have none of it. The caller holds the
 * claim.
 */
export const makeReferral = async (
  ports: Pick<Ports, 'random' | 'sha256'>,
  tx: Pick<Tx, 'referrals' | 'audit'>,
  claim: Pick<Claim, 'number' | 'organisationId' | 'identifier' | 'tenantId'>,
  engagement: Pick<Engagement, 'coSell'>,
  dealSizeCents: Cents,
  { actor, at }: Step,
): Promise<void> => {
  if (!engagement.coSell) return;
  const kept = await tx.referrals.find(claim.number);
  if (kept !== null && kept.status !== 'None') return;
  const conditions = referralConditions(claim, engagement, dealSizeCents);
  const made = verdictOf(conditions) === 'eligible';
  const standing = made
    ? ({ status: 'Active', substatus: 'Accepted', stage: 'accepted', madeAt: at } as const)
    : ({ status: 'None', substatus: 'None', stage: 'created', madeAt: null } as const);
  if (kept === null) {
    await tx.referrals.add({
      claimNumber: claim.number,
      id: ports.random.id(),
      organisationId: claim.organisationId,
      ...standing,
      valueCents: dealSizeCents,
      closeOn: utcDay(at).add({ days: CLOSES_AFTER_DAYS }).toString(),
      conditions,
      createdAt: at,
    });
  } else if (made) await tx.referrals.change(claim.number, { ...standing, conditions }, at);
  if (kept === null || made) {
    const lacking = conditions.filter(({ holds }) => holds !== 'yes').map(({ name }) => name);
    await noteReferral(ports, tx, claim.number, made ? 'made' : 'notMade', { actor, at, facts: { lacking } });
  }
};
