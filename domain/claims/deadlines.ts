import { Temporal } from 'temporal-polyfill';

export const DAY_MS = 24 * 60 * 60 * 1000;

/** The day in UTC that an instant lies in: deadlines end with such days. */
export const utcDay = (instant: Date): Temporal.PlainDate => dayFor(instant, null);

/** The day it is for somebody: in their zone, or in UTC where nobody knows it. */
export const dayFor = (instant: Date, timeZone: string | null): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone ?? 'UTC')
    .toPlainDate();

/** The first moment of a day in UTC. */
export const startOf = (day: Temporal.PlainDate): Date => new Date(day.toZonedDateTime('UTC').epochMilliseconds);

/** A day as clients send it, `2026-12-01`; null: it is none. */
export const dayOf = (raw: string): Temporal.PlainDate | null => {
  try {
    return Temporal.PlainDate.from(raw, { overflow: 'reject' });
  } catch {
    return null;
  }
};

/**
 * R17: a window of calendar days ends with the last millisecond of its last day, in UTC, the day it began not counted.
 * `since` and the answer are instants; `days` is a whole number.
 */
export const endOfWindow = (since: Date, days: number): Date =>
  new Date(startOf(utcDay(since).add({ days: days + 1 })).getTime() - 1);

/** Whether a clock has run out at `now`. The last millisecond still counts; where no clock runs (null), none is over. */
export const isOver = (dueAt: Date | null, now: Date): boolean => dueAt !== null && now.getTime() > dueAt.getTime();

/** With so few days left a deadline is pressing. */
export const LAST_DAYS = 3;

/** Calendar days, in UTC, from today to the day of the deadline: 0 on the last day, negative once it is over. */
export const daysLeft = (dueAt: Date, now: Date): number => utcDay(now).until(utcDay(dueAt)).days;
