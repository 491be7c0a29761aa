import { type AuditFacts, byPerson, chainOf } from '../audit/chain.ts';
import { advanceClaim } from '../claims/advance-claim.ts';
import type { Claim, ClaimChange } from '../claims/claim-store.ts';
import { daysLeft, endOfWindow, isOver } from '../claims/deadlines.ts';
import { amountOf } from '../claims/payout.ts';
import type { TransitionName } from '../claims/transitions.ts';
import { canFollow } from '../claims/transitions.ts';
import { type Command, carryOut } from '../commands.ts';
import type { ClaimNotice } from '../notices/notice.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { requiredText, someLines, type TextFault } from '../typed.ts';
import { isReviewer, type Right, rightToReview } from './reviewer.ts';
import { lastChange, nextReminder } from './silence.ts';
import { MOST_REMARK, reviewKey } from './submit-claim.ts';

/** Why a claim was rejected, of what the programme names (mci-domain 4.5). */
export const REJECT_REASONS = [
  'evidenceMissing',
  'acknowledgmentMissing',
  'datesWrong',
  'serviceNotDescribed',
  'productsMissing',
  'noResponse',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

export const DECISIONS = ['approve', 'askForMore', 'reject'] as const;
export type Decision = (typeof DECISIONS)[number];
/** What a reviewer may do on the card. */
type ReviewAct = 'startReview' | Decision;

type ReviewField = 'comment' | 'reason';
type ReviewFault = TextFault | { readonly code: 'choice.missing' };
type ReviewFaults = readonly { readonly field: ReviewField; readonly fault: ReviewFault }[];

export type ReviewOutcome =
  | { readonly kind: 'done'; readonly claim: number }
  | { readonly kind: 'faults'; readonly faults: ReviewFaults }
  /** Somebody or some clock was first; the card says who, and when. */
  | { readonly kind: 'tooLate'; readonly claim: number }
  | { readonly kind: 'notReviewer' | 'ownClaim' | 'noSuchClaim'; readonly claim: number };

/** The claim as the reviewer saw it, by the number of the newest line of its history. */
type Seen = { readonly claim: number; readonly seen: number };

type Said = { readonly remark: string | null; readonly reason: RejectReason | null };

/** What was typed with a decision: all but an approval says why. */
const parseSaid = (
  decision: Decision,
  typed: Readonly<Record<string, string>>,
): { readonly said: Said } | { readonly faults: ReviewFaults } => {
  const raw = typed.comment ?? '';
  const comment = decision === 'approve' && someLines(raw) === '' ? { value: null } : requiredText(raw, MOST_REMARK);
  const reason = decision === 'reject' ? (REJECT_REASONS.find((code) => code === typed.reason) ?? null) : null;
  const faults: { field: ReviewField; fault: ReviewFault }[] = [];
  if (decision === 'reject' && reason === null) faults.push({ field: 'reason', fault: { code: 'choice.missing' } });
  if ('fault' in comment) faults.push({ field: 'comment', fault: comment.fault });
  return faults.length > 0 || 'fault' in comment ? { faults } : { said: { remark: comment.value, reason } };
};

/** The transition a decision makes: a second rejection is final (R18). */
export const transitionOf = (act: ReviewAct, claim: Pick<Claim, 'disputedAt'>): TransitionName =>
  act === 'reject' && claim.disputedAt !== null ? 'rejectFinally' : act;

/** What the partner hears of a decision. */
export const DECISION_NOTICES = {
  approve: 'reviewApproved',
  askForMore: 'reviewActionRequired',
  reject: 'reviewRejected',
  rejectFinally: 'reviewRejectedFinally',
} as const satisfies Partial<Record<TransitionName, ClaimNotice>>;

const noticeOf = (transition: TransitionName): ClaimNotice | null =>
  Object.hasOwn(DECISION_NOTICES, transition) ? DECISION_NOTICES[transition as keyof typeof DECISION_NOTICES] : null;

/** What a step of the reviewers does to the claim's clocks and amount. */
const consequences = async (
  tx: Tx,
  claim: Claim,
  transition: TransitionName,
  now: Date,
): Promise<Partial<Omit<ClaimChange, 'warnAt'>>> => {
  const paused = claim.pausedDueAt;
  const engagement = await tx.engagements.findVersion(claim.engagementVersionId);
  if (engagement === null || paused === null || claim.submittedAt === null) {
    throw new Error(`claim ${claim.number} is reviewed without having been submitted`);
  }
  const over = { pausedDueAt: null, remindAt: null };
  switch (transition) {
    case 'startReview':
      return { remindAt: nextReminder(now) };
    case 'approve': {
      const rated = await tx.engagements.findVersion(claim.rateVersionId ?? claim.engagementVersionId);
      const amountCents = rated === null ? null : (amountOf(rated, claim)?.cents ?? null);
      return { ...over, dueAt: null, amountCents };
    }
    case 'askForMore': {
      // R17: the clock goes on from where it stood, as many days later as the claim was with the reviewers.
      const days = Math.max(0, daysLeft(now, claim.submittedAt));
      const shifted = endOfWindow(paused, days);
      // Whoever submitted on the last day is not asked for more with minutes left: one whole day at least.
      const least = endOfWindow(now, 1);
      const dueAt = new Date(Math.max(shifted.getTime(), least.getTime()));
      return { ...over, dueAt };
    }
    case 'reject':
      return { ...over, dueAt: endOfWindow(now, engagement.windows.dispute) };
    case 'rejectFinally':
      return { ...over, dueAt: null };
    default:
      throw new Error(`${transition} is no reviewer's step`);
  }
};

const rightFacts = (right: Right): AuditFacts => (right.of === 'standIn' ? { standsInFor: right.standIn.adminId } : {});

const act = (
  ports: Ports,
  actor: Actor,
  command: Command,
  { claim: number, seen }: Seen,
  what: ReviewAct,
  { remark, reason }: Said,
): Promise<ReviewOutcome> =>
  carryOut<ReviewOutcome>(ports, actor, command, async (tx, at) => {
    await tx.claims.hold(number);
    // Read again inside: a role that was taken away a moment ago decides nothing.
    const reviewer = await tx.people.findActorById(actor.personId);
    if (reviewer === null || !(await isReviewer(tx, reviewer, at))) return { kind: 'notReviewer', claim: number };
    const claim = await tx.claims.find(number);
    if (claim === null || claim.submittedAt === null) return { kind: 'noSuchClaim', claim: number };
    const history = await tx.audit.list(chainOf(number));
    const right = await rightToReview(tx, ports.settings, reviewer, claim, history, at);
    if (right === null) return { kind: 'notReviewer', claim: number };
    if (right === 'own') return { kind: 'ownClaim', claim: number };
    const transition = transitionOf(what, claim);
    const late = lastChange(history) !== seen || isOver(claim.dueAt, at) || !canFollow(transition, claim);
    if (late) return { kind: 'tooLate', claim: number };
    const change = await consequences(tx, claim, transition, at);
    const amount = change.amountCents === undefined ? {} : { amountCents: change.amountCents };
    const facts = { ...rightFacts(right), ...(reason === null ? {} : { reason }), ...amount };
    const step = { actor: byPerson(actor), at, facts, remark };
    const sequence = await advanceClaim(tx, ports.sha256, claim, transition, step, change);
    if (sequence === null) return { kind: 'tooLate', claim: number };
    await tx.notices.amend([reviewKey(number)]);
    const notice = noticeOf(transition);
    if (notice !== null) await tellPartner(ports, tx, claim, notice, `review:${sequence}`, at, actor.personId);
    return { kind: 'done', claim: number };
  });

/** A reviewer takes a claim up (R25). Others may still decide: it says that somebody is at it. */
export const startReview = (ports: Ports, actor: Actor, command: Command, seen: Seen): Promise<ReviewOutcome> =>
  act(ports, actor, command, seen, 'startReview', { remark: null, reason: null });

/** R25: approve, ask for more (saying what) or reject (with a reason and a comment). The first decision counts. */
export const decideReview = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  seen: Seen,
  decision: Decision,
  typed: Readonly<Record<string, string>>,
): Promise<ReviewOutcome> => {
  const parsed = parseSaid(decision, typed);
  if ('faults' in parsed) return { kind: 'faults', faults: parsed.faults };
  return act(ports, actor, command, seen, decision, parsed.said);
};
