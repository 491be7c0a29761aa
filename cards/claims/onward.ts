import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { canStartAgain } from '../../domain/claims/status.ts';
import { lackingIn } from '../../domain/review/checklist.ts';
import { submissionOf } from '../../domain/review/submit-claim.ts';
import { type Action, button, type Reader } from '../card.ts';
import { textFor } from '../format.ts';
import { reminderSwitch } from './customer-reminders.ts';
import { mailFailed } from './standing.ts';

/** What moves the claim on, as buttons. `command` is the id of what they may do. */
export const onward = (reader: Reader, view: ClaimView, command: string): readonly Action[] => {
  const { claim, possible } = view;
  const words = textFor(reader.language).claim;
  const ask = (title: string, first: boolean): Action =>
    button('consent.start', { claim: claim.number }, title, first ? { style: 'positive' } : {});
  const { evidence, submit, dispute } = textFor(reader.language);
  const { number } = claim;
  const asked = view.checklist.length > 0;
  const submits = possible.some((name) => name === submissionOf(claim));
  const complete = lackingIn(view.checklist).length === 0;
  // R17: expired and declined are final; the way on is another claim.
  if (canStartAgain(claim.status)) {
    const { button: title } = textFor(reader.language).again;
    return [button('claim.askAgain', { claim: claim.number }, title)];
  }
  return [
    ...(possible.includes('sendConsent') ? [ask(words.send, true)] : []),
    ...(possible.includes('resendConsent') ? [ask(words.resend, mailFailed(view))] : []),
    ...reminderSwitch(reader, view, command),
    ...(submits && complete
      ? [button('claim.askSubmit', { claim: number }, submit.button, { style: 'positive' as const })]
      : []),
    ...(asked && submits
      ? [button('evidence.show', { claim: number }, evidence.button, complete ? {} : { style: 'positive' as const })]
      : []),
    ...(possible.includes('dispute') ? [button('claim.askDispute', { claim: number }, dispute.button)] : []),
  ];
};
