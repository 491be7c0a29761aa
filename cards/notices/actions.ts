import type { Claim } from '../../domain/claims/claim-store.ts';
import { type ClaimFact, isReminder } from '../../domain/notices/notice.ts';
import { isLastCall } from '../../domain/notices/reminders.ts';
import { type Action, button, type Reader } from '../card.ts';
import { textFor } from '../format.ts';

type Subject = Pick<Claim, 'number' | 'status' | 'dueAt'>;

/** Titles of buttons: on a list each names its claim, beside others of the same name. */
const titlesOf = ({ language }: Pick<Reader, 'language'>, claim: number, listed: boolean) => {
  const { digest, claim: one, submit, evidence, dispute, again, common, add, claims } = textFor(language);
  return listed
    ? {
        send: add.done.send(claim),
        resend: claims.resend(claim),
        submit: digest.submit(claim),
        evidence: digest.evidence(claim),
        dispute: digest.dispute(claim),
        again: digest.again(claim),
        open: claims.open(claim),
        snooze: digest.snooze(claim),
      }
    : {
        send: one.send,
        resend: one.resend,
        submit: submit.button,
        evidence: evidence.button,
        dispute: dispute.button,
        again: again.button,
        open: common.openClaim(claim),
        snooze: digest.snoozeOne,
      };
};

/** What is to be done about a fact, as its button; null: nothing but to know it. */
const stepFor = (
  reader: Reader,
  { number: claim, status }: Subject,
  kind: ClaimFact,
  listed: boolean,
): Action | null => {
  const titles = titlesOf(reader, claim, listed);
  const look = listed ? {} : { style: 'positive' as const };
  switch (kind) {
    case 'consentNotSent':
      return button('consent.start', { claim }, titles.send, look);
    case 'consentDue':
      return button('consent.start', { claim }, titles.resend, look);
    case 'consentMailRefused':
    case 'consentMailStuck':
      return status === 'AWAITING_CONSENT' ? button('consent.start', { claim }, titles.resend, look) : null;
    case 'submissionComplete':
      return button('claim.askSubmit', { claim }, titles.submit, look);
    case 'submissionDue':
    case 'actionDue':
      return button('evidence.show', { claim }, titles.evidence, look);
    case 'disputeDue':
      return status === 'REJECTED'
        ? button('claim.askDispute', { claim }, titles.dispute)
        : button('claim.askSubmit', { claim }, titles.submit, look);
    case 'consentDeclined':
    case 'consentExpired':
    case 'submissionExpired':
    case 'reviewExpired':
    case 'disputeExpired':
      return button('claim.askAgain', { claim }, titles.again);
    default:
      return null;
  }
};

/** What one can do from a notice: the next step, see the claim, put a reminder off while that is possible. `digest`: the list
 * that it stands on among others. */
export const actionsFor = (reader: Reader, claim: Subject, kind: ClaimFact, digest?: string): readonly Action[] => {
  const listed = digest !== undefined;
  const titles = titlesOf(reader, claim.number, listed);
  const step = stepFor(reader, claim, kind, listed);
  const canWait = isReminder(kind) && !isLastCall(claim.dueAt, reader.now);
  return [
    ...(step === null ? [] : [step]),
    button('claim.show', { claim: claim.number }, titles.open),
    ...(canWait ? [button('snooze.ask', { claim: claim.number, ...(listed ? { digest } : {}) }, titles.snooze)] : []),
  ];
};
