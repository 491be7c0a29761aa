import type { DigestClaim } from '../claims/claim-store.ts';
import { isOver } from '../claims/deadlines.ts';
import type { ClaimStatus } from '../claims/status.ts';
import { type ClaimFact, type ClaimNotice, type DigestItem, isClaimFact, isReminder } from './notice.ts';
import { isLastCall, reminderOf } from './reminders.ts';
import type { Snooze } from './subscription.ts';

/** The status in which a fact left the claim; null: it is about the deal, wherever the claim goes meanwhile. */
export const LEFT_AT: Record<ClaimNotice, ClaimStatus | null> = {
  consentAccepted: 'CONSENT_RECEIVED',
  consentDeclined: 'CONSENT_DECLINED',
  consentExpired: 'CONSENT_EXPIRED',
  consentMailRefused: 'AWAITING_CONSENT',
  consentMailStuck: 'AWAITING_CONSENT',
  submissionExpired: 'NOT_SUBMITTED_EXPIRED',
  reviewApproved: 'APPROVED',
  reviewActionRequired: 'ACTION_REQUIRED',
  reviewRejected: 'REJECTED',
  reviewRejectedFinally: 'REJECTED_FINAL',
  reviewExpired: 'POST_SUBMISSION_EXPIRED',
  disputeExpired: 'DISPUTE_EXPIRED',
  coSellUpgraded: null,
  coSellTaken: null,
  coSellDeclined: null,
  coSellExpired: null,
};

type Standing = Pick<DigestClaim, 'status' | 'statusAt' | 'dueAt'>;

const isPutOff = ({ statusAt, dueAt }: Standing, snooze: Snooze | undefined, now: Date): boolean =>
  snooze !== undefined &&
  snooze.until > now &&
  snooze.statusAt.getTime() === statusAt.getTime() &&
  !isLastCall(dueAt, now);

/**
 * What is to be said of a claim when its turn comes, which may not be what was planned; null: nothing any more, because
 * somebody acted since, its clock is another, or it was put off. `complete`: all evidence is there (R24).
 */
export const saidNow = (
  { kind, facts, createdAt }: Pick<DigestItem, 'kind' | 'facts' | 'createdAt'>,
  claim: Standing,
  complete: boolean,
  snooze: Snooze | undefined,
  now: Date,
): ClaimFact | null => {
  if (!isClaimFact(kind)) return null;
  if (!isReminder(kind) && LEFT_AT[kind] === null) return kind;
  // Whatever was done since, the next reminder will know.
  if (claim.statusAt > createdAt) return null;
  if (!isReminder(kind)) return claim.status === LEFT_AT[kind] ? kind : null;
  const { dueAt, status } = claim;
  if (dueAt === null || dueAt.toISOString() !== facts.dueAt || isOver(dueAt, now)) return null;
  if (isPutOff(claim, snooze, now)) return null;
  const current = reminderOf(status, complete);
  // Evidence that came, or went, since changes what is to be done; any other step does what the reminder asked for.
  const same = current === kind || (status === 'CONSENT_RECEIVED' && kind.startsWith('submission'));
  return same ? current : null;
};
