import type { Claim } from '../../domain/claims/claim-store.ts';
import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { isWithReviewers } from '../../domain/claims/transitions.ts';
import { isComplete } from '../../domain/review/checklist.ts';
import { alarm, bold, box, dotted, type Element, line, para, type Reader, type Run } from '../card.ts';
import { dateTime, deadline, textFor } from '../format.ts';

export const statusRun = ({ status }: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run => {
  const text = textFor(reader.language).statuses[status];
  if (!isTerminal(status)) return { text, bold: true };
  return { text, bold: true, color: status === 'APPROVED' ? 'Good' : 'Attention' };
};

/** The same on a ground of its colour. Green on green is hard to read: the ground says it then. */
export const statusInBox = (claim: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run =>
  claim.status === 'APPROVED' ? bold(textFor(reader.language).statuses.APPROVED) : statusRun(claim, reader);

/**
 * What is to be done next. A disputed claim is the partner's until it is submitted once more; one whose evidence is
 * `complete` is reviewed by nobody before it is submitted (R24).
 */
export const nextStep = (
  claim: Pick<Claim, 'status' | 'pausedDueAt'>,
  { language }: Pick<Reader, 'language'>,
  complete = false,
): string => {
  const { claim: words, evidence } = textFor(language);
  if (claim.status === 'DISPUTED' && !isWithReviewers(claim)) return words.nextDispute;
  return claim.status === 'CONSENT_RECEIVED' && complete ? evidence.complete : words.next[claim.status];
};

export const mailFailed = ({ claim, request }: ClaimView): boolean =>
  claim.status === 'AWAITING_CONSENT' && request?.mailState === 'failed';

/** What is to be done with a claim now, in words. */
export const nextOf = (reader: Pick<Reader, 'language'>, view: ClaimView): string =>
  mailFailed(view)
    ? textFor(reader.language).claim.mail.failed
    : nextStep(view.claim, reader, isComplete(view.checklist));

/** Where it stands, until when, and what to do now: the first thing to be read. */
export const standing = (reader: Reader, view: ClaimView): Element => {
  const { claim } = view;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const failed = mailFailed(view);
  return box(
    [
      line(statusInBox(claim, reader)),
      // Red on a red ground is hard to read: the ground says it then.
      ...(due === null ? [] : [line(dotted(alarm(due.words, due.urgent && !failed), due.date), { spacing: 'None' })]),
      para(nextOf(reader, view), { spacing: 'Small' }),
    ],
    failed ? 'attention' : claim.status === 'APPROVED' ? 'good' : 'emphasis',
  );
};

/** How far the mail is, while its answer is waited for. */
export const mailState = (reader: Reader, { claim, request }: ClaimView): string | null => {
  const { mail } = textFor(reader.language).claim;
  if (claim.status !== 'AWAITING_CONSENT' || request === null || request.mailState === 'failed') return null;
  return request.mailedAt === null
    ? mail.waiting(dateTime(request.createdAt, reader))
    : mail.mailed(dateTime(request.mailedAt, reader));
};
