import type { Claim } from '../claims/claim-store.ts';
import { DAY_MS, isOver, startOf, utcDay } from '../claims/deadlines.ts';

/** A customer who has not answered is reminded with so many days of the consent clock left (R17), at this hour in UTC. */
const PLAN = { daysLeft: [14, 7, 2], hour: 8 } as const;

/** More mails than this no customer gets about one claim, however often they are switched off and on or it is sent again. */
export const MOST_REMINDERS = PLAN.daysLeft.length;

/** Whoever was asked only just is not reminded the next morning. */
export const aDayAfter = (mailedAt: Date): Date => new Date(mailedAt.getTime() + DAY_MS);

const planFor = (dueAt: Date): readonly Date[] =>
  PLAN.daysLeft.map(
    (days) => new Date(startOf(utcDay(dueAt).subtract({ days })).getTime() + PLAN.hour * 60 * 60 * 1000),
  );

type Reminded = Pick<Claim, 'dueAt' | 'customerReminders'>;

/** When the customer would be reminded after `after`, soonest first: what lies behind is not made up for. */
export const remindersAhead = ({ dueAt, customerReminders }: Reminded, after: Date): readonly Date[] =>
  dueAt === null
    ? []
    : planFor(dueAt)
        .filter((at) => at.getTime() > after.getTime())
        .slice(0, Math.max(0, MOST_REMINDERS - customerReminders));

/** The reminders that a claim has before it, as they are planned. */
export const plannedReminders = (claim: Reminded & Pick<Claim, 'customerRemindAt'>): readonly Date[] =>
  claim.customerRemindAt === null ? [] : remindersAhead(claim, new Date(claim.customerRemindAt.getTime() - 1));

/** Whether the customer is still to answer at `now`: only then are there reminders to switch on or off. */
export const awaitsAnswer = ({ status, dueAt }: Pick<Claim, 'status' | 'dueAt'>, now: Date): boolean =>
  status === 'AWAITING_CONSENT' && !isOver(dueAt, now);

/** How a history tells of reminders (R33). */
export const REMINDER_EVENTS = [
  'remindersOn',
  'remindersOff',
  'customerReminded',
  'reminderUnsure',
  'reminderRefused',
  'reminderFailed',
] as const;
export type ReminderEvent = (typeof REMINDER_EVENTS)[number];
