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

const OPEN_GROUPS = ['consent', 'delivery', 'review'] as const;

/** R17: what a new claim may follow. A canceled one the partner gave up; an approved or rejected one was decided. */
export const canStartAgain = (status: ClaimStatus): boolean =>
  STATUS_GROUPS[status] === 'expired' || STATUS_GROUPS[status] === 'declined';

/** A terminal claim takes nothing any more (R15). */
export const isTerminal = (status: ClaimStatus): boolean => groupOf(status) === 'ended';

/** What claims are sorted into where many are looked over: how far they are, or that they have ended. */
export const CLAIM_GROUPS = [...OPEN_GROUPS, 'ended'] as const;
export type ClaimGroup = (typeof CLAIM_GROUPS)[number];

export const groupOf = (status: ClaimStatus): ClaimGroup =>
  OPEN_GROUPS.find((group) => group === STATUS_GROUPS[status]) ?? 'ended';

export const statusesOf = (group: ClaimGroup): readonly ClaimStatus[] =>
  CLAIM_STATUSES.filter((status) => groupOf(status) === group);
