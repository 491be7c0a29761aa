import { utcDay } from '../claims/deadlines.ts';
import type { Ports, Tx } from '../ports.ts';
import { settleCoSell } from './answer-co-sell.ts';
import { noteReferral } from './history.ts';
import { type CloseReason, coSellKey } from './referral.ts';

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
  const closeOn = utcDay(step.at).toString();
  for (const { claimNumber, coSell } of await tx.referrals.listOpen(claimNumbers)) {
    if (coSell === 'asked') await settleCoSell(ports, tx, claimNumber, { coSell: 'withdrawn' }, step);
    const closed = { status: 'Closed', substatus: 'Lost', statusReason: reason, closeOn } as const;
    await tx.referrals.change(claimNumber, closed, step.at);
    await noteReferral(ports, tx, claimNumber, 'closed', { ...step, facts: { reason } });
    if (coSell !== null) await tx.notices.amend([coSellKey(claimNumber)]);
  }
};
