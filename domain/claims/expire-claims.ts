import type { ClaimNotice } from '../notices/notice.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';
import { reviewKey } from '../review/submit-claim.ts';
import { advanceClaim } from './advance-claim.ts';
import type { OverClaim } from './claim-store.ts';
import { isOver } from './deadlines.ts';
import { canFollow, type TransitionName } from './transitions.ts';

const BATCH = 200;

const clockOf = {
  expireConsent: 'consentExpired',
  expireSubmission: 'submissionExpired',
  expireReview: 'reviewExpired',
  expireDispute: 'disputeExpired',
} as const satisfies Partial<Record<TransitionName, ClaimNotice>>;

/**
 * Ends every claim whose clock ran out (R17): finds what is due, then closes each with its guarded update, so replicas
 * and late answers cannot both win. Returns how many it closed.
 */
export const expireClaims = async (ports: Ports): Promise<number> => {
  let closed = 0;
  // One claim that cannot be closed must not keep the others open.
  const failed: Error[] = [];
  let last: OverClaim | null = null;
  for (;;) {
    const due: readonly OverClaim[] = await ports.reads.claims.listOver(ports.clock.now(), BATCH, last);
    for (const { number } of due) {
      try {
        if (await expireClaim(ports, number)) closed += 1;
      } catch (error) {
        failed.push(new Error(`claim ${number} could not be expired`, { cause: error }));
      }
    }
    // On from the last one that was tried: what could not be closed does not stand in the way of the rest.
    last = due.at(-1) ?? null;
    if (due.length < BATCH) break;
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} claims could not be expired`);
  return closed;
};

const expireClaim = (ports: Ports, number: number): Promise<boolean> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    await tx.claims.hold(number);
    const claim = await tx.claims.find(number);
    if (claim === null || !isOver(claim.dueAt, now)) return false;
    const transition = (Object.keys(clockOf) as (keyof typeof clockOf)[]).find((name) => canFollow(name, claim));
    if (transition === undefined) return false;
    const by = { actor: 'clock', at: now };
    if (!(await advanceClaim(tx, ports.sha256, claim, transition, by, { dueAt: null }))) return false;
    await tx.consent.voidOpen(number);
    await tx.notices.amend(reviewKey(number));
    await tellPartner(ports, tx, claim, clockOf[transition], clockOf[transition], now);
    return true;
  });
