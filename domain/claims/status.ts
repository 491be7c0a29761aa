/** The statuses of a claim and the group each belongs to (design of the programme: mci-domain 4.1). */
const STATUS_GROUPS = {
  CUSTOMER_CLAIMED: 'consent',
  AWAITING_CONSENT: 'consent',
  CONSENT_RECEIVED: 'delivery',
  SUBMITTED: 'review',
  UNDER_REVIEW: 'review',
  ACTION_REQUIRED: 'review',
  REJECTED: 'review',
  DISPUTED: 'review',
  APPROVED: 'completed',
  CONSENT_DECLINED: 'declined',
  CONSENT_EXPIRED: 'expired',
  NOT_SUBMITTED_EXPIRED: 'expired',
  POST_SUBMISSION_EXPIRED: 'expired',
  DISPUTE_EXPIRED: 'expired',
  CANCELED: 'canceled',
  REJECTED_FINAL: 'rejectedFinal',
} as const;

export type ClaimStatus = keyof typeof STATUS_GROUPS;
export const CLAIM_STATUSES = Object.keys(STATUS_GROUPS) as ClaimStatus[];

const OPEN_GROUPS: readonly string[] = ['consent', 'delivery', 'review'];

/** R17: what a new claim may follow. A canceled one the partner gave up; an approved or rejected one was decided. */
export const canStartAgain = (status: ClaimStatus): boolean =>
  STATUS_GROUPS[status] === 'expired' || STATUS_GROUPS[status] === 'declined';

/** A terminal claim takes nothing any more (R15). */
export const isTerminal = (status: ClaimStatus): boolean => !OPEN_GROUPS.includes(STATUS_GROUPS[status]);
