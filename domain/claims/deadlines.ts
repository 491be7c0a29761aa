import { Temporal } from 'temporal-polyfill';

/**
 * R17: a window of calendar days ends with the last millisecond of its last day, in UTC, the day it began not counted.
 * `since` and the answer are instants; `days` is a whole number.
 */
export const endOfWindow = (since: Date, days: number): Date => {
  const lastDay = Temporal.Instant.fromEpochMilliseconds(since.getTime())
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .add({ days });
  const nextDay = lastDay.add({ days: 1 }).toZonedDateTime('UTC');
  return new Date(nextDay.epochMilliseconds - 1);
};

/** Whether a clock has run out at `now`. The last millisecond still counts; where no clock runs (null), none is over. */
export const isOver = (dueAt: Date | null, now: Date): boolean => dueAt !== null && now.getTime() > dueAt.getTime();

/** With so few days left a deadline is pressing. */
export const LAST_DAYS = 3;

/** Calendar days, in UTC, from today to the day of the deadline: 0 on the last day, negative once it is over. */
export const daysLeft = (dueAt: Date, now: Date): number => {
  const day = (instant: Date) =>
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO('UTC').toPlainDate();
  return day(now).until(day(dueAt)).days;
};
