import type { Claim } from './claim-store.ts';
import type { ClaimStatus } from './status.ts';

type Transition = {
  readonly from: readonly ClaimStatus[];
  readonly to: ClaimStatus;
  readonly by: 'partner' | 'customer' | 'reviewer' | 'clock';
  /** Where the status alone does not say it: whether the claim is with the reviewers, or was disputed before (R18). */
  readonly when?: { readonly withReviewers?: boolean; readonly disputed?: boolean };
};

/**
 * The only place that says what may follow what, and who may do it (R16; mci-domain 4.2). The store's guarded update
 * reads `from`, so two people at once cannot both win.
 */
export const TRANSITIONS = {
  sendConsent: { from: ['CUSTOMER_CLAIMED'], to: 'AWAITING_CONSENT', by: 'partner' },
  resendConsent: { from: ['AWAITING_CONSENT'], to: 'AWAITING_CONSENT', by: 'partner' },
  acceptConsent: { from: ['AWAITING_CONSENT'], to: 'CONSENT_RECEIVED', by: 'customer' },
  declineConsent: { from: ['AWAITING_CONSENT'], to: 'CONSENT_DECLINED', by: 'customer' },
  expireConsent: { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT'], to: 'CONSENT_EXPIRED', by: 'clock' },
  submit: { from: ['CONSENT_RECEIVED'], to: 'SUBMITTED', by: 'partner' },
  expireSubmission: { from: ['CONSENT_RECEIVED'], to: 'NOT_SUBMITTED_EXPIRED', by: 'clock' },
  // A disputed claim is first amended and submitted once more: until then there is nothing to review.
  startReview: {
    from: ['SUBMITTED', 'DISPUTED'],
    to: 'UNDER_REVIEW',
    by: 'reviewer',
    when: { withReviewers: true },
  },
  approve: { from: ['UNDER_REVIEW'], to: 'APPROVED', by: 'reviewer' },
  askForMore: { from: ['UNDER_REVIEW'], to: 'ACTION_REQUIRED', by: 'reviewer' },
  resubmit: { from: ['ACTION_REQUIRED'], to: 'SUBMITTED', by: 'partner' },
  expireReview: { from: ['ACTION_REQUIRED'], to: 'POST_SUBMISSION_EXPIRED', by: 'clock' },
  // R18: one dispute, so the second rejection is final.
  reject: { from: ['UNDER_REVIEW'], to: 'REJECTED', by: 'reviewer', when: { disputed: false } },
  rejectFinally: { from: ['UNDER_REVIEW'], to: 'REJECTED_FINAL', by: 'reviewer', when: { disputed: true } },
  dispute: { from: ['REJECTED'], to: 'DISPUTED', by: 'partner' },
  submitDispute: { from: ['DISPUTED'], to: 'DISPUTED', by: 'partner', when: { withReviewers: false } },
  expireDispute: {
    from: ['REJECTED', 'DISPUTED'],
    to: 'DISPUTE_EXPIRED',
    by: 'clock',
    when: { withReviewers: false },
  },
  // R18: only before the first submission.
  cancel: { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_RECEIVED'], to: 'CANCELED', by: 'partner' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

/** What a claim's place on the table is read from. */
export type Standing = Pick<Claim, 'status' | 'pausedDueAt' | 'disputedAt'>;

/** Whether the reviewers are to act: the partner's clock stands still then (R17). */
export const isWithReviewers = ({ pausedDueAt }: Pick<Claim, 'pausedDueAt'>): boolean => pausedDueAt !== null;

/** Whether the table has this transition begin where the claim stands. Who may make it is asked apart. */
export const canFollow = (name: TransitionName, claim: Standing): boolean => {
  const { from, when = {} }: Transition = TRANSITIONS[name];
  return (
    from.includes(claim.status) &&
    (when.withReviewers ?? isWithReviewers(claim)) === isWithReviewers(claim) &&
    (when.disputed ?? claim.disputedAt !== null) === (claim.disputedAt !== null)
  );
};

/** What can follow for one kind of actor, as the table says, in its order. */
export const possibleFor = (by: Transition['by'], claim: Standing): readonly TransitionName[] =>
  (Object.keys(TRANSITIONS) as TransitionName[]).filter(
    (name) => TRANSITIONS[name].by === by && canFollow(name, claim),
  );
