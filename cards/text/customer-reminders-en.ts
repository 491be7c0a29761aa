import type { ReminderEvent } from '../../domain/consent/reminder-plan.ts';
import { spelling } from './spelling.ts';

const { allOf } = spelling('en-GB');

const times = (count: number) => (count === 1 ? 'once' : count === 2 ? 'twice' : 'three times');

/** Reminders to the customer. Days are those in UTC. */
export const customerRemindersEn = {
  label: 'Reminders',
  start: 'Remind the customer',
  stop: 'Stop reminding the customer',
  ahead: (days: readonly string[]) => `The customer is reminded by e-mail on ${allOf(days)} (UTC)`,
  done: (days: readonly string[]) => `The customer was reminded ${times(days.length)}, on ${allOf(days)} (UTC)`,
  next: (days: readonly string[]) => `next on ${allOf(days)}`,
  noMore: 'no more are sent',
  choice: 'Remind the customer by e-mail as long as there is no answer',
  choiceHint: (days: readonly string[]) => `On ${allOf(days)} (UTC). After an answer nothing more is sent.`,
  on: 'The customer is reminded by e-mail as long as there is no answer.',
  off: 'The customer is not reminded any more.',
  history: {
    remindersOn: 'switched the customer’s reminders on',
    remindersOff: 'switched the customer’s reminders off',
    customerReminded: 'The customer was reminded by e-mail',
    reminderUnsure: 'A reminder may have been sent: the mail server did not say',
    reminderRefused: 'The mail server refused a reminder to the customer for good; the reminders were switched off',
    reminderFailed: 'A reminder to the customer could not be sent',
  } satisfies Record<ReminderEvent, string>,
};
