import type { ClaimStatus } from './status.ts';

type Transition = {
  readonly from: readonly ClaimStatus[];
  readonly to: ClaimStatus;
  readonly by: 'partner' | 'customer' | 'clock';
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
  expireSubmission: { from: ['CONSENT_RECEIVED'], to: 'NOT_SUBMITTED_EXPIRED', by: 'clock' },
  // R18: only before the first submission.
  cancel: { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_RECEIVED'], to: 'CANCELED', by: 'partner' },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof TRANSITIONS;

/** What a partner can do from a status, as the table says. */
export const possibleFrom = (status: ClaimStatus): readonly TransitionName[] =>
  (Object.keys(TRANSITIONS) as TransitionName[]).filter((name) => {
    const { from, by } = TRANSITIONS[name];
    return by === 'partner' && (from as readonly ClaimStatus[]).includes(status);
  });
