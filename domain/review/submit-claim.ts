import { byPerson, chainOf } from '../audit/chain.ts';
import { advanceClaim } from '../claims/advance-claim.ts';
import type { Claim, ClaimChange } from '../claims/claim-store.ts';
import { endOfWindow, isOver } from '../claims/deadlines.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import type { TransitionName } from '../claims/transitions.ts';
import { possibleFor } from '../claims/transitions.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { tell, tellProgramAdmins } from '../notices/tell.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { requiredText, someLines, type TextFault } from '../typed.ts';
import { missingEvidence } from './checklist.ts';
import { lastChange, nextReminder } from './silence.ts';

export const MOST_REMARK = 1_000;

export type SubmitOutcome =
  | { readonly kind: 'done'; readonly claim: number }
  | { readonly kind: 'faults'; readonly fault: TextFault }
  /** Required evidence is missing: a colleague removed it meanwhile, or the card is from before. */
  | { readonly kind: 'incomplete'; readonly claim: number }
  /** Somebody or some clock was first, or the claim is not as it was seen. */
  | { readonly kind: 'tooLate' | 'noSuchClaim'; readonly claim: number };

/** The claim as the person saw it, by the number of the newest line of its history: whatever came since shows. */
type Seen = { readonly claim: number; readonly seen: number };

const SUBMISSIONS = ['submit', 'resubmit', 'submitDispute'] as const satisfies readonly TransitionName[];
type Submission = (typeof SUBMISSIONS)[number];

/** By which transition a claim would be submitted now; null: it cannot be. */
export const submissionOf = (claim: Parameters<typeof possibleFor>[1]): Submission | null => {
  const possible = possibleFor('partner', claim);
  return SUBMISSIONS.find((name) => possible.includes(name)) ?? null;
};

/** The key of the card on which a claim is reviewed: one card for all its rounds (R25). */
export const reviewKey = (claim: number): string => `claim:${claim}:review`;

/** R17: where the partner's clock stands while the reviewers act. A dispute resets it once, a further round does not. */
const pausedClock = (how: Submission, claim: Claim, { windows }: Engagement, now: Date): Date => {
  switch (how) {
    case 'submit': {
      const reviewed = endOfWindow(claim.consentedAt ?? claim.createdAt, windows.review);
      // A catalogue may say less than what the partner had to submit in: nobody loses days by submitting.
      return claim.dueAt !== null && claim.dueAt > reviewed ? claim.dueAt : reviewed;
    }
    case 'submitDispute':
      return endOfWindow(now, windows.dispute);
    case 'resubmit':
      return claim.dueAt ?? now;
  }
};

const tellReviewers = async (ports: Ports, tx: Tx, claim: Claim, how: Submission, sequence: number, at: Date) => {
  const audience = { duty: 'reviews', organisationId: claim.organisationId } as const;
  const subject = { claimNumber: claim.number };
  const key = reviewKey(claim.number);
  if (how === 'submit') await tell(ports, tx, 'review', audience, key, subject, at);
  else {
    await tx.notices.amend([key]);
    const kind = how === 'resubmit' ? 'reviewAgain' : 'reviewDisputed';
    await tell(ports, tx, kind, audience, `${key}:again:${sequence}`, subject, at);
  }
  if ((await tx.channels.findFor('reviews', claim.organisationId)) !== null) return;
  await tellAdminsInPerson(ports, tx, claim.number, `no-channel:${sequence}`, at);
};

/** Where no channel takes a review, the program admins hear in their own chat; once for each `occasion`. */
export const tellAdminsInPerson = (
  ports: Ports,
  tx: Tx,
  claimNumber: number,
  occasion: string,
  at: Date,
): Promise<void> =>
  tellProgramAdmins(ports, tx, 'reviewNoChannel', `${reviewKey(claimNumber)}:${occasion}`, claimNumber, at);

/** The claim, held, as the person saw it; otherwise the outcome. */
const asSeen = async (
  tx: Tx,
  actor: Actor,
  { claim: number, seen }: Seen,
  now: Date,
): Promise<{ readonly claim: Claim } | { readonly outcome: SubmitOutcome }> => {
  const claim = await holdClaim(tx, actor, number);
  if (claim === null) return { outcome: { kind: 'noSuchClaim', claim: number } };
  const last = lastChange(await tx.audit.list(chainOf(number)));
  if (last !== seen || isOver(claim.dueAt, now)) return { outcome: { kind: 'tooLate', claim: number } };
  return { claim };
};

/**
 * R24: hands the claim to the reviewers, with everything its engagement requires. What it was submitted with is frozen
 * until they ask for more; the partner's clock stands still until then (R17).
 */
export const submitClaim = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  { claim: number, seen }: Seen,
  typed: string,
): Promise<SubmitOutcome> => {
  const remark = someLines(typed) === '' ? { value: null } : requiredText(typed, MOST_REMARK);
  if ('fault' in remark) return { kind: 'faults', fault: remark.fault };
  return carryOut<SubmitOutcome>(ports, actor, command, async (tx, at) => {
    const found = await asSeen(tx, actor, { claim: number, seen }, at);
    if ('outcome' in found) return found.outcome;
    const { claim } = found;
    const how = submissionOf(claim);
    const engagement = await tx.engagements.findVersion(claim.engagementVersionId);
    if (how === null || engagement === null) return { kind: 'tooLate', claim: number };
    const evidence = await tx.claims.listEvidence(number);
    const given = evidence.map(({ item }) => item);
    if (missingEvidence(engagement, given).length > 0) return { kind: 'incomplete', claim: number };
    const change: Partial<Omit<ClaimChange, 'warnAt'>> = {
      dueAt: null,
      submittedAt: at,
      submittedById: actor.personId,
      pausedDueAt: pausedClock(how, claim, engagement, at),
      remindAt: nextReminder(at),
    };
    const step = { actor: byPerson(actor), at, facts: { evidence: given }, remark: remark.value };
    const sequence = await advanceClaim(tx, ports.sha256, claim, how, step, change);
    if (sequence === null) return { kind: 'tooLate', claim: number };
    await tellReviewers(ports, tx, claim, how, sequence, at);
    return { kind: 'done', claim: number };
  });
};

/** R18: disputes a rejection, once, saying why. The evidence opens again; nothing is reviewed until it is submitted. */
export const disputeClaim = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  { claim: number, seen }: Seen,
  typed: string,
): Promise<SubmitOutcome> => {
  const remark = requiredText(typed, MOST_REMARK);
  if ('fault' in remark) return { kind: 'faults', fault: remark.fault };
  return carryOut<SubmitOutcome>(ports, actor, command, async (tx, at) => {
    const found = await asSeen(tx, actor, { claim: number, seen }, at);
    if ('outcome' in found) return found.outcome;
    const step = { actor: byPerson(actor), at, remark: remark.value };
    const advanced = await advanceClaim(tx, ports.sha256, found.claim, 'dispute', step, { disputedAt: at });
    if (advanced === null) return { kind: 'tooLate', claim: number };
    await tx.notices.amend([reviewKey(number)]);
    return { kind: 'done', claim: number };
  });
};
