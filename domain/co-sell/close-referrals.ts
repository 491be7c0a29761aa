import { auditAll, chainOfReferral } from '../audit/chain.ts';
import { utcDay } from '../claims/deadlines.ts';
import type { Ports, Tx } from '../ports.ts';
import { settleCoSell } from './answer-co-sell.ts';
import type { ReferralEvent } from './history.ts';
import { type CloseReason, coSellKey } from './referral.ts';

const CLOSED: ReferralEvent = 'closed';

/**
 * Claims that end without consent, or are canceled, take their deals with them; an expiry or rejection later on leaves the
 * deal to the partner, who may win it all the same. Sellers who were asked have nothing to answer any more. The caller
 * holds the claims.
 */
export const closeReferrals = async (
  ports: Pick<Ports, 'sha256'>,
  tx: Tx,
  claimNumbers: readonly number[],
  reason: CloseReason,
  step: { readonly actor: string; readonly at: Date },
): Promise<void> => {
  const open = await tx.referrals.listOpen(claimNumbers);
  if (open.length === 0) return;
  for (const { claimNumber, coSell } of open) {
    if (coSell === 'asked') await settleCoSell(ports, tx, claimNumber, { coSell: 'withdrawn' }, step);
  }
  const numbers = open.map(({ claimNumber }) => claimNumber);
  await tx.referrals.closeAll(numbers, { reason, closeOn: utcDay(step.at).toString() }, step.at);
  const facts = { reason };
  const events = numbers.map((number) => ({ chain: chainOfReferral(number), what: CLOSED, ...step, facts }));
  await auditAll(tx, ports.sha256, events);
  await tx.notices.amend(open.filter(({ coSell }) => coSell !== null).map(({ claimNumber }) => coSellKey(claimNumber)));
};
