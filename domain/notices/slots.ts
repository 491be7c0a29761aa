import { Temporal } from 'temporal-polyfill';
import type { Subscription, TimeOfDay } from './subscription.ts';

type Times = Pick<Subscription, 'digestAt' | 'quiet'>;

const UTC = 'UTC';

const EPOCH = Temporal.Instant.fromEpochMilliseconds(0);

/** Whether there is such a zone, by its IANA name. An offset has no summer time, so it is none. */
export const isZone = (timeZone: string): boolean => {
  try {
    return /^[A-Za-z]/.test(EPOCH.toZonedDateTimeISO(timeZone).timeZoneId);
  } catch {
    return false;
  }
};

/** `HH:MM`, or null: there is no such time of day. */
export const timeOfDay = (typed: string): TimeOfDay | null => {
  const found = /^\s*(\d{1,2})[:.](\d{2})(?::\d{2})?\s*$/.exec(typed);
  if (found === null) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2])];
  return hours < 24 && minutes < 60 ? `${String(hours).padStart(2, '0')}:${found[2]}` : null;
};

const localNow = (now: Date, timeZone: string | null) =>
  Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(
    timeZone !== null && isZone(timeZone) ? timeZone : UTC,
  );

/** The time of day on a day; where the clock jumps over it, the moment of the jump; where it comes twice, the first. */
const on = (day: Temporal.PlainDate, at: TimeOfDay, timeZone: string): Temporal.ZonedDateTime => {
  const wanted = day.toPlainDateTime(Temporal.PlainTime.from(at));
  const found = wanted.toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  if (found.toPlainDateTime().equals(wanted)) return found;
  const before = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next') ?? found;
};

/** The next time that this time of day comes, after `local`. */
const next = (local: Temporal.ZonedDateTime, at: TimeOfDay): Temporal.ZonedDateTime => {
  const today = on(local.toPlainDate(), at, local.timeZoneId);
  if (Temporal.ZonedDateTime.compare(today, local) > 0) return today;
  return on(local.toPlainDate().add({ days: 1 }), at, local.timeZoneId);
};

const asDate = (local: Temporal.ZonedDateTime): Date => new Date(local.epochMilliseconds);

/** The end of the quiet hours that `now` lies in (R31); null: it lies in none. Instants; `timeZone` null is UTC. */
export const endOfQuiet = ({ quiet }: Pick<Times, 'quiet'>, timeZone: string | null, now: Date): Date | null => {
  if (quiet === null) return null;
  const local = localNow(now, timeZone);
  // The newest beginning says when they end, so that an hour that comes twice does not begin them anew.
  const begun = [0, 1]
    .map((days) => local.toPlainDate().subtract({ days }))
    .find((day) => Temporal.ZonedDateTime.compare(on(day, quiet.from, local.timeZoneId), local) <= 0);
  if (begun === undefined) return null;
  const last = quiet.from < quiet.until ? begun : begun.add({ days: 1 });
  const end = on(last, quiet.until, local.timeZoneId);
  return Temporal.ZonedDateTime.compare(end, local) > 0 ? asDate(end) : null;
};

/** When the next digest is said after `now`: its time of day, or the end of the quiet hours that this lies in. */
export const nextSlot = (times: Times, timeZone: string | null, now: Date): Date => {
  const slot = asDate(next(localNow(now, timeZone), times.digestAt));
  return endOfQuiet(times, timeZone, slot) ?? slot;
};
