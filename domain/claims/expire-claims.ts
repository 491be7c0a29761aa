import { auditAll, chainOf } from '../audit/chain.ts';
import { inBatches } from '../batches.ts';
import { closeReferrals } from '../co-sell/close-referrals.ts';
import type { ClaimNotice } from '../notices/notice.ts';
import { tellOfClaims } from '../notices/tell.ts';
import type { Ports, Tx } from '../ports.ts';
import { reviewKey } from '../review/submit-claim.ts';
import type { OverClaim } from './claim-store.ts';
import { canFollow, TRANSITIONS, type TransitionName } from './transitions.ts';

const noticeOf = {
  expireConsent: 'consentExpired',
  expireSubmission: 'submissionExpired',
  expireReview: 'reviewExpired',
  expireDispute: 'disputeExpired',
} as const satisfies Partial<Record<TransitionName, ClaimNotice>>;
type Expiry = keyof typeof noticeOf;
const EXPIRIES = Object.keys(noticeOf) as readonly Expiry[];

/**
 * Ends every claim whose clock ran out (R17), many in one transaction: each is held from the moment it is found due, so
 * replicas and late answers cannot both win. What is said of them is said together. Returns how many it closed.
 */
export const expireClaims = (ports: Ports): Promise<number> =>
  inBatches(
    ports,
    (tx, look) => tx.claims.takeOver(look),
    async (tx, claims, now) => {
      let closed = 0;
      for (const expiry of EXPIRIES) {
        const ended = claims.filter((claim) => canFollow(expiry, claim));
        if (ended.length > 0) closed += await end(ports, tx, ended, expiry, now);
      }
      return closed;
    },
  );

const end = async (ports: Ports, tx: Tx, held: readonly OverClaim[], expiry: Expiry, at: Date): Promise<number> => {
  const { from, to } = TRANSITIONS[expiry];
  const numbers = await tx.claims.endAll(
    held.map(({ number }) => number),
    from,
    to,
    at,
  );
  const claims = held.filter(({ number }) => numbers.includes(number));
  await auditAll(
    tx,
    ports.sha256,
    claims.map(({ number, status }) => ({
      chain: chainOf(number),
      at,
      actor: 'clock',
      what: expiry,
      facts: { before: status, after: to },
    })),
  );
  await tx.consent.voidOpen(numbers);
  // A deal that the customer never agreed to be told of ends; a later expiry leaves it to the partner.
  if (expiry === 'expireConsent') await closeReferrals(ports, tx, numbers, 'consentExpired', { actor: 'clock', at });
  await tx.notices.amend(numbers.map(reviewKey));
  await tx.notices.moved(numbers);
  const kind = noticeOf[expiry];
  await tellOfClaims(
    ports,
    tx,
    claims.map((claim) => ({ claim, kind, occasion: kind, since: claim.dueSince })),
    { at, together: true },
  );
  return claims.length;
};
