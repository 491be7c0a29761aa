import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysLeft, endOfWindow } from '../../../domain/claims/deadlines.ts';
import type { ClaimStatus } from '../../../domain/claims/status.ts';
import { firstNag, isLastCall, nextWarning, reminderOf, warn } from '../../../domain/notices/reminders.ts';

const at = (instant: string) => new Date(instant);
const DAY = 24 * 60 * 60 * 1000;
const BEGUN = at('2026-11-23T12:00:00.000Z');

const running = (status: ClaimStatus, days: number, statusAt = BEGUN) => ({
  status,
  statusAt,
  dueAt: endOfWindow(statusAt, days),
});
type Running = ReturnType<typeof running>;

const dayOf = (instant: Date) => instant.toISOString().slice(0, 10);

/** What is said of a clock when somebody looks at these moments, in this order; as the store asks: when its time has come. */
const said = (claim: Running, looks: readonly Date[], isComplete: (now: Date) => boolean = () => false) => {
  const heard: { readonly occasion: string; readonly kind: string; readonly now: Date; readonly left: number }[] = [];
  const planned: Date[] = [];
  let warnAt = nextWarning(claim, claim.statusAt);
  for (const now of looks) {
    if (warnAt === null || warnAt > now) continue;
    planned.push(warnAt);
    const found = warn({ ...claim, warnAt }, isComplete(now), now);
    if (found.warned !== null) heard.push({ ...found.warned, now, left: daysLeft(claim.dueAt, now) });
    warnAt = found.warnAt;
  }
  return { heard, planned };
};

const everyHour = (from: Date, days: number) =>
  Array.from({ length: days * 24 }, (_, hour) => new Date(from.getTime() + hour * 60 * 60 * 1000));

describe('R30: a clock is warned of on these days left, in the first hour of the day in UTC', () => {
  test.each<[ClaimStatus, number, string, readonly number[]]>([
    ['CUSTOMER_CLAIMED', 30, 'consentNotSent', [27, 14, 7, 3, 1]],
    ['AWAITING_CONSENT', 30, 'consentDue', [14, 7, 3, 1]],
    ['CONSENT_RECEIVED', 90, 'submissionDue', [30, 14, 7, 3, 1]],
    ['ACTION_REQUIRED', 120, 'actionDue', [14, 7, 3, 1]],
    ['REJECTED', 30, 'disputeDue', [14, 7, 3, 1]],
    ['DISPUTED', 30, 'disputeDue', [14, 7, 3, 1]],
  ])('%s', (status, days, kind, left) => {
    const { heard } = said(running(status, days), everyHour(BEGUN, days + 10));
    expect(heard.map((one) => [one.kind, one.left])).toEqual(left.map((one) => [kind, one]));
    for (const { now } of heard) expect(now.getUTCHours()).toBe(0);
  });

  test.each<ClaimStatus>(['SUBMITTED', 'UNDER_REVIEW', 'APPROVED', 'CANCELED', 'CONSENT_EXPIRED', 'REJECTED_FINAL'])(
    '%s has no clock of the partner’s',
    (status) => {
      expect(reminderOf(status, true)).toBeNull();
      expect(nextWarning(running(status, 30), BEGUN)).toBeNull();
      expect(warn({ ...running(status, 30), warnAt: BEGUN }, true, BEGUN)).toEqual({ warned: null, warnAt: null });
    },
  );

  test.each([
    [
      'over a leap day',
      '2028-02-15T23:59:59.999Z',
      30,
      ['2028-02-18', '2028-03-02', '2028-03-09', '2028-03-13', '2028-03-15'],
    ],
    [
      'on a leap day',
      '2028-01-31T00:00:00.000Z',
      30,
      ['2028-02-03', '2028-02-16', '2028-02-23', '2028-02-27', '2028-02-29'],
    ],
    [
      'over the end of a year',
      '2026-12-15T12:00:00Z',
      30,
      ['2026-12-18', '2026-12-31', '2027-01-07', '2027-01-11', '2027-01-13'],
    ],
  ])('%s', (_, begun, days, heardOn) => {
    const { heard } = said(running('CUSTOMER_CLAIMED', days, at(begun)), everyHour(at(begun), days + 2));
    expect(heard.map(({ now }) => dayOf(now))).toEqual(heardOn);
  });

  test('a window that is shorter than its first warnings has the rest of them', () => {
    const { heard } = said(running('AWAITING_CONSENT', 5), everyHour(BEGUN, 10));
    expect(heard.map(({ left }) => left)).toEqual([3, 1]);
  });

  test('a clock that begins on a day of warning is not warned of on that day', () => {
    const { heard } = said(running('AWAITING_CONSENT', 14), everyHour(BEGUN, 16));
    expect(heard.map(({ left }) => left)).toEqual([7, 3, 1]);
  });

  test('another deadline is another clock, and its warnings are others', () => {
    const occasions = [30, 40].map((days) => said(running('REJECTED', days), everyHour(BEGUN, 50)).heard);
    const all = occasions.flat().map(({ occasion }) => occasion);
    expect(new Set(all).size).toBe(8);
  });
});

describe('R24: complete and not submitted', () => {
  const claim = running('CONSENT_RECEIVED', 90);
  /** As if the evidence was complete from the first moment. */
  const nags = (looks: readonly Date[]) => {
    let warnAt: Date | null = firstNag(BEGUN);
    return looks.flatMap((now) => {
      if (warnAt === null || warnAt > now) return [];
      const found = warn({ ...claim, warnAt }, true, now);
      warnAt = found.warnAt;
      return found.warned === null ? [] : [{ ...found.warned, day: dayOf(now), left: daysLeft(claim.dueAt, now) }];
    });
  };

  test('is spoken of after two days, then every seven, and on the days on which the clock is warned of', () => {
    const heard = nags(everyHour(BEGUN, 100));
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(['submissionComplete']));
    expect(heard.map(({ left }) => left)).toEqual([88, 81, 74, 67, 60, 53, 46, 39, 32, 30, 23, 16, 14, 7, 3, 1]);
    expect(new Set(heard.map(({ occasion }) => occasion)).size).toBe(heard.length);
  });

  test('however long nobody looked, once, and a week later again', () => {
    const looks = [10, 10, 11, 16, 17, 17].map((days) => new Date(BEGUN.getTime() + days * DAY));
    expect(nags(looks).map(({ day }) => day)).toEqual(['2026-12-03', '2026-12-10']);
  });
});

describe('R30: whenever somebody looks', () => {
  const status = fc.constantFrom<ClaimStatus>(
    ...(['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_RECEIVED', 'ACTION_REQUIRED', 'REJECTED'] as const),
  );
  const claims = fc
    .record({
      status,
      days: fc.integer({ min: 1, max: 120 }),
      begun: fc.date({ min: at('2026-01-01'), max: at('2028-12-31'), noInvalidDate: true }),
    })
    .map(({ status: standing, days, begun }) => running(standing, days, begun));
  /** Moments in any order: clocks are set back, and replicas differ. */
  const looks = fc.array(fc.integer({ min: -5 * 24, max: 130 * 24 }), { maxLength: 60 });
  const momentsOf = ({ statusAt }: Running, hours: readonly number[]) =>
    hours.map((hour) => new Date(statusAt.getTime() + hour * 60 * 60 * 1000));

  test('no warning is said twice, each is later than the one before, and none comes when the clock has run out', () => {
    fc.assert(
      fc.property(claims, looks, fc.func(fc.boolean()), (claim, hours, complete) => {
        const { heard, planned } = said(claim, momentsOf(claim, hours), complete);
        expect(new Set(heard.map(({ occasion }) => occasion)).size).toBe(heard.length);
        for (const [index, next] of planned.slice(1).entries()) {
          expect(next.getTime()).toBeGreaterThan(planned[index]?.getTime() ?? 0);
        }
        for (const { now } of heard) expect(now.getTime()).toBeLessThanOrEqual(claim.dueAt.getTime());
      }),
    );
  });

  test('what was missed is said as one, and the next warning is one that lies ahead', () => {
    fc.assert(
      fc.property(claims, fc.integer({ min: 0, max: 121 * 24 }), (claim, hour) => {
        const [now] = momentsOf(claim, [hour]);
        const warnAt = nextWarning(claim, claim.statusAt);
        if (now === undefined || warnAt === null || warnAt > now || now > claim.dueAt) return;
        const found = warn({ ...claim, warnAt }, false, now);
        expect(found.warned).not.toBeNull();
        expect(found.warnAt).toEqual(nextWarning(claim, now));
        if (found.warnAt !== null) expect(found.warnAt.getTime()).toBeGreaterThan(now.getTime());
      }),
    );
  });

  test('who looks every hour hears every warning there is', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const days = Math.ceil((claim.dueAt.getTime() - claim.statusAt.getTime()) / DAY) + 1;
        const all: Date[] = [];
        for (let next = nextWarning(claim, claim.statusAt); next !== null; next = nextWarning(claim, next))
          all.push(next);
        const { heard } = said(claim, everyHour(claim.statusAt, days));
        expect(heard.map(({ now }) => dayOf(now))).toEqual(all.map(dayOf));
      }),
      { numRuns: 30 },
    );
  });
});

test('R31: the last two days of a clock are its last call', () => {
  const { dueAt } = running('REJECTED', 30);
  expect(isLastCall(dueAt, at('2026-12-21T23:59:59.999Z'))).toBe(false);
  expect(isLastCall(dueAt, at('2026-12-22T00:00:00.000Z'))).toBe(true);
  expect(isLastCall(dueAt, dueAt)).toBe(true);
  expect(isLastCall(null, dueAt)).toBe(false);
});
