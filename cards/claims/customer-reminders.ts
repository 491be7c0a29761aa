import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { awaitsAnswer, plannedReminders, remindersAhead } from '../../domain/consent/reminder-plan.ts';
import { type Action, button, type Reader, type Run } from '../card.ts';
import { textFor, utcDay } from '../format.ts';

/** What was done to remind the customer, and what is to come; null: nothing, and nobody asked for it. */
export const remindersSaid = (
  { language, now }: Pick<Reader, 'language' | 'now'>,
  { claim, history }: Pick<ClaimView, 'claim' | 'history'>,
): readonly (Run | null)[] | null => {
  const words = textFor(language).customerReminders;
  const days = (times: readonly Date[]) => times.map((at) => utcDay(at, language));
  const sent = history.filter(({ what }) => what === 'customerReminded').map(({ at }) => at);
  if (!awaitsAnswer(claim, now) || (!claim.remindsCustomer && sent.length === 0)) return null;
  const ahead = plannedReminders(claim);
  if (sent.length === 0) return [ahead.length === 0 ? words.noMore : words.ahead(days(ahead))];
  return [words.done(days(sent)), ahead.length === 0 ? words.noMore : words.next(days(ahead))];
};

/** Switches the reminders over, while that changes anything. `command` is the card's own. */
export const reminderSwitch = (
  { language, now }: Pick<Reader, 'language' | 'now'>,
  { claim }: Pick<ClaimView, 'claim'>,
  command: string,
): Action[] => {
  const words = textFor(language).customerReminders;
  const { number, remindsCustomer } = claim;
  const turns = remindsCustomer ? plannedReminders(claim).length > 0 : remindersAhead(claim, now).length > 0;
  if (!awaitsAnswer(claim, now) || !turns) return [];
  const title = remindsCustomer ? words.stop : words.start;
  return [button('consent.remind', { claim: number, on: !remindsCustomer, command }, title)];
};
