import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { endOfQuiet, isZone, nextSlot, timeOfDay } from '../../../domain/notices/slots.ts';

const at = (instant: string) => new Date(instant);
const quietFrom = (from: string, until: string) => ({ from, until });

describe('R31: the next slot of a listener', () => {
  test.each([
    ['later today', 'Europe/Amsterdam', '09:00', '2026-11-23T07:59:59.999Z', '2026-11-23T08:00:00.000Z'],
    ['tomorrow, once it is that time', 'Europe/Amsterdam', '09:00', '2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00Z'],
    ['where the day began already', 'Pacific/Auckland', '09:00', '2026-11-23T12:00:00.000Z', '2026-11-23T20:00:00Z'],
    ['half an hour off', 'Asia/Kolkata', '09:00', '2026-11-23T12:00:00.000Z', '2026-11-24T03:30:00.000Z'],
    ['into a leap day', 'Europe/Amsterdam', '09:00', '2028-02-28T12:00:00.000Z', '2028-02-29T08:00:00.000Z'],
    ['out of a leap day', 'America/New_York', '00:00', '2028-02-29T06:00:00.000Z', '2028-03-01T05:00:00.000Z'],
    ['across the end of a year', 'Europe/Amsterdam', '00:15', '2026-12-31T23:15:00.000Z', '2027-01-01T23:15:00.000Z'],
    ['at the end of a year', 'America/New_York', '23:59', '2026-12-31T12:00:00.000Z', '2027-01-01T04:59:00.000Z'],
    ['in UTC where no zone is known', null, '09:00', '2026-11-23T12:00:00.000Z', '2026-11-24T09:00:00.000Z'],
    ['in UTC where there is no such zone', 'Mars/Olympus', '09:00', '2026-11-23T08:00:00.000Z', '2026-11-23T09:00:00Z'],
  ])('%s', (_, zone, digestAt, now, slot) => {
    expect(nextSlot({ digestAt, quiet: null }, zone, at(now))).toEqual(at(slot));
  });
});

describe('R31: the clock jumps over the time of the digest, which comes at the jump', () => {
  test.each([
    ['Europe/Amsterdam', '02:30', '2027-03-27T12:00:00.000Z', '2027-03-28T01:00:00.000Z'],
    ['Europe/Amsterdam', '02:00', '2027-03-27T12:00:00.000Z', '2027-03-28T01:00:00.000Z'],
    ['America/New_York', '02:59', '2027-03-13T12:00:00.000Z', '2027-03-14T07:00:00.000Z'],
    ['Australia/Lord_Howe', '02:15', '2027-10-02T03:00:00.000Z', '2027-10-02T15:30:00.000Z'],
  ])('in %s at %s', (zone, digestAt, now, slot) => {
    const times = { digestAt, quiet: null };
    expect(nextSlot(times, zone, at(now))).toEqual(at(slot));
    // The day after it is at its own time again, and this day has no second one.
    const local = Temporal.Instant.from(nextSlot(times, zone, at(slot)).toISOString()).toZonedDateTimeISO(zone);
    const day = Temporal.Instant.from(at(slot).toISOString()).toZonedDateTimeISO(zone).toPlainDate();
    expect([local.toPlainDate().equals(day.add({ days: 1 })), local.toPlainTime().toString()]).toEqual([
      true,
      `${digestAt}:00`,
    ]);
  });
});

describe('R31: the time of the digest comes twice, and it is said the first time alone', () => {
  test.each([
    ['Europe/Amsterdam', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['America/New_York', '01:30', '2026-10-31T12:00:00Z', '2026-11-01T05:30:00Z', '2026-11-02T06:30:00Z'],
    ['Australia/Lord_Howe', '01:45', '2027-04-03T03:00:00Z', '2027-04-03T14:45:00Z', '2027-04-04T15:15:00Z'],
  ])('in %s at %s', (zone, digestAt, now, first, next) => {
    const times = { digestAt, quiet: null };
    expect(nextSlot(times, zone, at(now))).toEqual(at(first));
    expect(nextSlot(times, zone, at(first))).toEqual(at(next));
    // Nor the second time for whoever asks between the two.
    expect(nextSlot(times, zone, new Date(at(first).getTime() + 20 * 60_000))).toEqual(at(next));
  });
});

describe('R31: quiet hours', () => {
  const night = quietFrom('22:00', '07:30');
  test.each([
    ['begin with their first minute', night, '2026-11-23T21:00:00.000Z', '2026-11-24T06:30:00.000Z'],
    ['go on after midnight', night, '2026-11-24T00:10:00.000Z', '2026-11-24T06:30:00.000Z'],
    ['last to their last millisecond', night, '2026-11-24T06:29:59.999Z', '2026-11-24T06:30:00.000Z'],
    ['are over then', night, '2026-11-24T06:30:00.000Z', null],
    ['have not begun a moment before', night, '2026-11-23T20:59:59.999Z', null],
    ['lie within a day too', quietFrom('12:00', '13:00'), '2026-11-23T11:20:00.000Z', '2026-11-23T12:00:00.000Z'],
    ['end at midnight', quietFrom('20:00', '00:00'), '2026-12-31T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['begin at midnight', quietFrom('00:00', '06:00'), '2028-02-29T00:00:00.000Z', '2028-02-29T05:00:00.000Z'],
    ['end in a gap: at the jump', quietFrom('22:00', '02:30'), '2027-03-27T22:00:00.000Z', '2027-03-28T01:00:00.000Z'],
    ['that fall in a gap', quietFrom('02:00', '03:00'), '2027-03-28T01:00:00.000Z', null],
    ['end twice: the first time', quietFrom('22:00', '02:30'), '2026-10-24T22:00:00.000Z', '2026-10-25T00:30:00.000Z'],
  ])('%s', (_, quiet, now, end) => {
    expect(endOfQuiet({ quiet }, 'Europe/Amsterdam', at(now))).toEqual(end === null ? null : at(end));
  });

  test('push the digest that lies in them to their end, on the next day where they span midnight', () => {
    const times = { digestAt: '23:00', quiet: night };
    expect(nextSlot(times, 'Europe/Amsterdam', at('2026-12-31T12:00:00Z'))).toEqual(at('2027-01-01T06:30:00Z'));
    expect(nextSlot(times, 'Europe/Amsterdam', at('2028-02-28T12:00:00Z'))).toEqual(at('2028-02-29T06:30:00Z'));
  });

  test('that end in a gap push the digest to the jump', () => {
    const times = { digestAt: '01:30', quiet: quietFrom('22:00', '02:30') };
    expect(nextSlot(times, 'Europe/Amsterdam', at('2027-03-27T12:00:00Z'))).toEqual(at('2027-03-28T01:00:00Z'));
  });
});

describe('R31: whatever was chosen', () => {
  const time = fc
    .record({ hours: fc.integer({ min: 0, max: 23 }), minutes: fc.integer({ min: 0, max: 59 }) })
    .map(({ hours, minutes }) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
  const quiet = fc.option(fc.tuple(time, time).filter(([from, until]) => from !== until));
  const zone = fc.constantFrom(
    ...['Europe/Amsterdam', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Africa/Nairobi', 'UTC'],
    ...['Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Auckland', 'America/Santiago', 'Africa/Cairo'],
  );
  const now = fc.date({ min: at('2026-01-01'), max: at('2029-01-01'), noInvalidDate: true });
  const asked = fc.record({ digestAt: time, quiet, zone, now }).map(({ quiet: chosen, ...rest }) => ({
    ...rest,
    quiet: chosen && quietFrom(chosen[0], chosen[1]),
  }));

  const localOf = (instant: Date, timeZone: string) =>
    Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);

  /** Whether the clock was just put forward or back, which is where the words of a day and its hours part. */
  const justJumped = (instant: Date, timeZone: string): boolean => {
    const [before, after] = [-1, 0].map((ms) => localOf(new Date(instant.getTime() + ms), timeZone).offsetNanoseconds);
    return before !== after;
  };

  test('the next slot is later than now, at most two days away, and is no quiet hour', () => {
    fc.assert(
      fc.property(asked, ({ zone: timeZone, now: from, ...times }) => {
        const slot = nextSlot(times, timeZone, from);
        expect(slot.getTime()).toBeGreaterThan(from.getTime());
        // A day that is an hour longer, twice at the most.
        expect(slot.getTime() - from.getTime()).toBeLessThanOrEqual(50 * 60 * 60_000);
        if (!justJumped(slot, timeZone)) expect(endOfQuiet(times, timeZone, slot)).toBeNull();
      }),
    );
  });

  test('without quiet hours, every day has one slot, at its time of day', () => {
    fc.assert(
      fc.property(fc.record({ digestAt: time, zone, now }), ({ digestAt, zone: timeZone, now: from }) => {
        const slots = [from];
        for (let count = 0; count < 4; count += 1) {
          slots.push(nextSlot({ digestAt, quiet: null }, timeZone, slots.at(-1) ?? from));
        }
        const days = slots.slice(1).map((slot) => localOf(slot, timeZone).toPlainDate());
        for (const [index, day] of days.slice(1).entries()) expect(day.since(days[index] ?? day).days).toBe(1);
        for (const slot of slots.slice(1)) {
          if (!justJumped(slot, timeZone))
            expect(localOf(slot, timeZone).toPlainTime().toString()).toBe(`${digestAt}:00`);
        }
      }),
    );
  });

  test('the end of quiet hours is later than now and is no quiet hour itself', () => {
    fc.assert(
      fc.property(asked, ({ zone: timeZone, now: from, ...times }) => {
        const end = endOfQuiet(times, timeZone, from);
        if (end === null) return;
        expect(end.getTime()).toBeGreaterThan(from.getTime());
        if (!justJumped(end, timeZone)) expect(endOfQuiet(times, timeZone, end)).toBeNull();
      }),
    );
  });
});

test.each([
  ['9:05', '09:05'],
  ['09:05', '09:05'],
  ['09:05:00', '09:05'],
  ['9.05', '09:05'],
  [' 23:59 ', '23:59'],
  ['00:00', '00:00'],
  ['24:00', null],
  ['12:60', null],
  ['12', null],
  ['12:5', null],
  ['nine', null],
  ['', null],
])('the time of day “%s” is %s', (typed, time) => {
  expect(timeOfDay(typed)).toBe(time);
});

test.each([
  ['Europe/Amsterdam', true],
  ['europe/amsterdam', true],
  ['UTC', true],
  ['Asia/Calcutta', true],
  ['Europe/Nowhere', false],
  ['+02:00', false],
  ['Amsterdam', false],
  ['', false],
])('“%s” is a time zone: %s', (zone, is) => {
  expect(isZone(zone)).toBe(is);
});
