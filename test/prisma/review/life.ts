import type { ClaimKind } from '../../../domain/claims/claim-store.ts';
import { type ClaimStatus, isTerminal } from '../../../domain/claims/status.ts';
import type { Engagement } from '../../../domain/engagements/engagement.ts';
import type { Decision } from '../../../domain/review/review-claim.ts';
import { DAY } from '../../support/world.ts';
import { REQUIRED } from './steps.ts';

export const PARTNERS = ['owner', 'colleague', 'stranger'] as const;
export const JUDGES = ['admin', 'other admin', 'stand-in', 'owner', 'nobody'] as const;
type Partner = (typeof PARTNERS)[number];
type Judge = (typeof JUDGES)[number];

/** What somebody, or the clock, does next. `late`: with a card from before the claim's newest step. */
export type Action =
  | { readonly what: 'nominate'; readonly kind: ClaimKind }
  | { readonly what: 'send'; readonly by: Partner; readonly cents: number; readonly late: boolean }
  | { readonly what: 'answer'; readonly decision: 'accept' | 'decline'; readonly late: boolean }
  | {
      readonly what: 'keep';
      readonly by: Partner;
      readonly item: string;
      readonly page: number;
      readonly late: boolean;
    }
  | { readonly what: 'remove'; readonly by: Partner; readonly item: string; readonly late: boolean }
  | { readonly what: 'submit'; readonly by: Partner; readonly remark: string; readonly late: boolean }
  | { readonly what: 'dispute' | 'cancel'; readonly by: Partner; readonly late: boolean }
  | { readonly what: 'start' | Decision; readonly by: Judge; readonly late: boolean }
  | { readonly what: 'wait'; readonly days: number }
  /** Until the deadline, if there is one, and so many milliseconds more. */
  | { readonly what: 'waitUntilDue'; readonly past: 0 | 1 }
  | { readonly what: 'expire' | 'remind' };

/** What is told of a claim's life here, in milliseconds and by simpler rules than the product's own. */
export type Life = {
  readonly number: number;
  readonly kind: ClaimKind;
  readonly windows: Engagement['windows'];
  readonly createdAt: number;
  status: ClaimStatus;
  statusAt: number;
  dueAt: number | null;
  pausedDueAt: number | null;
  consentedAt: number | null;
  submittedAt: number | null;
  disputedAt: number | null;
  remindAt: number | null;
  dealSizeCents: number | null;
  readonly evidence: Map<string, number>;
  /** Every line of the history, and how many of them somebody wrote something with. */
  readonly lines: string[];
  remarks: number;
  reminders: number;
};

/** R17: the last millisecond of the UTC day that is so many days after. */
const endOf = (since: number, days: number): number => (Math.floor(since / DAY) + days + 1) * DAY - 1;
const SILENCE = 5 * DAY;

export const born = (number: number, kind: ClaimKind, windows: Life['windows'], now: number): Life => ({
  ...{ number, kind, windows, createdAt: now, status: 'CUSTOMER_CLAIMED', statusAt: now },
  ...{ dueAt: endOf(now, windows.consent), pausedDueAt: null, remindAt: null },
  ...{ consentedAt: null, submittedAt: null, disputedAt: null, dealSizeCents: null },
  ...{ evidence: new Map(), lines: ['added'], remarks: 0, reminders: 0 },
});

export const isOpen = (life: Life): boolean => !isTerminal(life.status);
export const isLate = (life: Life, now: number): boolean => life.dueAt !== null && now > life.dueAt;
const waits = (life: Life): boolean => life.pausedDueAt !== null;
export const isComplete = (life: Life): boolean => REQUIRED.every((item) => life.evidence.has(item));
export const mayAmend = (life: Life): boolean =>
  ['CONSENT_RECEIVED', 'ACTION_REQUIRED', 'DISPUTED'].includes(life.status) && !waits(life);

const EXPIRED: { readonly [S in ClaimStatus]?: readonly [ClaimStatus, string] } = {
  CUSTOMER_CLAIMED: ['CONSENT_EXPIRED', 'expireConsent'],
  AWAITING_CONSENT: ['CONSENT_EXPIRED', 'expireConsent'],
  CONSENT_RECEIVED: ['NOT_SUBMITTED_EXPIRED', 'expireSubmission'],
  ACTION_REQUIRED: ['POST_SUBMISSION_EXPIRED', 'expireReview'],
  REJECTED: ['DISPUTE_EXPIRED', 'expireDispute'],
  DISPUTED: ['DISPUTE_EXPIRED', 'expireDispute'],
};

/** The claim takes a step, and the history a line. */
const step = (life: Life, status: ClaimStatus, line: string, now: number, change: Partial<Life> = {}): void => {
  Object.assign(life, { status, statusAt: now, ...change });
  life.lines.push(line);
};

type Told = { readonly outcome: string; readonly does?: () => void };
const tooLate: Told = { outcome: 'tooLate' };

const sending = (life: Life, { cents, late }: Extract<Action, { what: 'send' }>, now: number): Told => {
  const first = life.status === 'CUSTOMER_CLAIMED';
  if (isLate(life, now) || !(first || life.status === 'AWAITING_CONSENT')) return tooLate;
  if (late) return { outcome: 'stale' };
  const does = () => {
    const line = first ? 'sendConsent' : 'resendConsent';
    step(life, 'AWAITING_CONSENT', line, now, { dealSizeCents: life.dealSizeCents ?? cents });
    life.lines.push('mailed');
  };
  return { outcome: 'sent', does };
};

const answering = (life: Life, { decision, late }: Extract<Action, { what: 'answer' }>, now: number): Told => {
  if (late || life.status !== 'AWAITING_CONSENT' || isLate(life, now)) return { outcome: 'dead' };
  return decision === 'decline'
    ? { outcome: 'declined', does: () => step(life, 'CONSENT_DECLINED', 'declineConsent', now, { dueAt: null }) }
    : {
        outcome: 'accepted',
        does: () => {
          const change = { consentedAt: now, dueAt: endOf(now, life.windows.submit) };
          step(life, 'CONSENT_RECEIVED', 'acceptConsent', now, change);
        },
      };
};

/** R17: where the partner's clock stands from the submission on. */
const pausedAt = (life: Life, now: number): number => {
  if (life.status === 'DISPUTED') return endOf(now, life.windows.dispute);
  if (life.status === 'ACTION_REQUIRED') return life.dueAt ?? 0;
  return Math.max(endOf(life.consentedAt ?? 0, life.windows.review), life.dueAt ?? 0);
};

const SUBMISSIONS: { readonly [S in ClaimStatus]?: readonly [ClaimStatus, string] } = {
  CONSENT_RECEIVED: ['SUBMITTED', 'submit'],
  ACTION_REQUIRED: ['SUBMITTED', 'resubmit'],
  DISPUTED: ['DISPUTED', 'submitDispute'],
};

const submitting = (life: Life, { remark, late }: Extract<Action, { what: 'submit' }>, now: number): Told => {
  const way = SUBMISSIONS[life.status];
  if (late || isLate(life, now) || waits(life) || way === undefined) return tooLate;
  if (!isComplete(life)) return { outcome: 'incomplete' };
  const does = () => {
    const clocks = { dueAt: null, pausedDueAt: pausedAt(life, now), submittedAt: now, remindAt: now + SILENCE };
    step(life, ...way, now, clocks);
    if (remark !== '') life.remarks += 1;
  };
  return { outcome: 'done', does };
};

const judging = (life: Life, { what, by, late }: Extract<Action, { by: Judge; late: boolean }>, now: number): Told => {
  if (by === 'nobody') return { outcome: 'notReviewer' };
  if (life.submittedAt === null) return { outcome: 'noSuchClaim' };
  if (by === 'owner') return { outcome: 'ownClaim' };
  const stands = what === 'start' ? ['SUBMITTED', 'DISPUTED'] : ['UNDER_REVIEW'];
  if (late || isLate(life, now) || !waits(life) || !stands.includes(life.status)) return tooLate;
  const over = { pausedDueAt: null, remindAt: null, dueAt: null };
  const does = () => {
    if (what === 'start') return step(life, 'UNDER_REVIEW', 'startReview', now, { remindAt: now + SILENCE });
    life.remarks += 1;
    if (what === 'approve') return step(life, 'APPROVED', 'approve', now, over);
    if (what === 'askForMore') {
      const stood = Math.floor(now / DAY) - Math.floor((life.submittedAt ?? 0) / DAY);
      // Whoever submitted on the last day gets a whole one all the same.
      const dueAt = Math.max((life.pausedDueAt ?? 0) + stood * DAY, endOf(now, 1));
      return step(life, 'ACTION_REQUIRED', what, now, { ...over, dueAt });
    }
    if (life.disputedAt !== null) return step(life, 'REJECTED_FINAL', 'rejectFinally', now, over);
    step(life, 'REJECTED', 'reject', now, { ...over, dueAt: endOf(now, life.windows.dispute) });
  };
  return { outcome: 'done', does };
};

const CANCELABLE: readonly ClaimStatus[] = ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_RECEIVED'];

/** What is to come of an action on a claim, and what it does to it. */
export const foretold = (
  life: Life,
  action: Exclude<Action, { what: 'nominate' | 'wait' | 'waitUntilDue' }>,
  now: number,
): Told => {
  const { lines, evidence } = life;
  if ('by' in action && action.by === 'stranger') return { outcome: 'noSuchClaim' };
  switch (action.what) {
    case 'send':
      return sending(life, action, now);
    case 'answer':
      return answering(life, action, now);
    case 'keep': {
      const { item, page } = action;
      if (!mayAmend(life) || isLate(life, now) || item === 'unasked') return tooLate;
      if (action.late) return { outcome: 'changed' };
      const does = () => {
        lines.push(evidence.has(item) ? 'evidenceReplaced' : 'evidenceAdded');
        evidence.set(item, page);
      };
      return { outcome: 'kept', does };
    }
    case 'remove': {
      const { item } = action;
      if (!mayAmend(life) || isLate(life, now) || item === 'unasked') return tooLate;
      if (action.late) return { outcome: 'changed' };
      if (!evidence.has(item)) return tooLate;
      return { outcome: 'removed', does: () => evidence.delete(item) && lines.push('evidenceRemoved') };
    }
    case 'submit':
      return submitting(life, action, now);
    case 'dispute': {
      if (action.late || isLate(life, now) || life.status !== 'REJECTED') return tooLate;
      const does = () => {
        step(life, 'DISPUTED', 'dispute', now, { disputedAt: now });
        life.remarks += 1;
      };
      return { outcome: 'done', does };
    }
    case 'cancel':
      if (action.late || isLate(life, now) || !CANCELABLE.includes(life.status)) return tooLate;
      return { outcome: 'done', does: () => step(life, 'CANCELED', 'cancel', now, { dueAt: null }) };
    case 'expire': {
      const end = EXPIRED[life.status];
      if (!isLate(life, now) || end === undefined) return { outcome: 'swept' };
      return { outcome: 'swept', does: () => step(life, ...end, now, { dueAt: null }) };
    }
    case 'remind': {
      if (life.remindAt === null || life.remindAt > now) return { outcome: 'reminded 0' };
      const does = () => {
        life.remindAt = now + SILENCE;
        life.reminders += 1;
        lines.push('reviewReminded');
      };
      return { outcome: 'reminded 1', does };
    }
    default:
      return judging(life, action, now);
  }
};
