import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfWindow } from '../../../domain/claims/deadlines.ts';
import { MOST_REMINDERS, plannedReminders, remindersAhead } from '../../../domain/consent/reminder-plan.ts';

const dueAt = new Date('2026-12-23T23:59:59.999Z');
const ahead = (after: string, customerReminders = 0) =>
  remindersAhead({ dueAt, customerReminders }, new Date(after)).map((at) => at.toISOString());

const FIRST = '2026-12-09T08:00:00.000Z';
const SECOND = '2026-12-16T08:00:00.000Z';
const THIRD = '2026-12-21T08:00:00.000Z';

describe('a customer is reminded', () => {
  test('with 14, 7 and 2 days left, at 08:00 UTC', () => {
    expect(ahead('2026-11-23T12:00:00.000Z')).toEqual([FIRST, SECOND, THIRD]);
  });

  test('of what is ahead alone: a moment that has come is behind', () => {
    expect(ahead('2026-12-09T07:59:59.999Z')).toEqual([FIRST, SECOND, THIRD]);
    expect(ahead(FIRST)).toEqual([SECOND, THIRD]);
    expect(ahead(THIRD)).toEqual([]);
  });

  test('no more often than is left of three, whatever is ahead', () => {
    expect(ahead('2026-11-23T12:00:00.000Z', 2)).toEqual([FIRST]);
    expect(ahead('2026-11-23T12:00:00.000Z', 3)).toEqual([]);
  });

  test('not at all where no clock runs', () => {
    expect(remindersAhead({ dueAt: null, customerReminders: 0 }, new Date(0))).toEqual([]);
    expect(plannedReminders({ dueAt, customerReminders: 0, customerRemindAt: null })).toEqual([]);
  });

  test('at most three times and before the deadline, from any moment on, with whatever window', () => {
    const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 3 }), (since, days, sent) => {
        const due = endOfWindow(since, days);
        const times = remindersAhead({ dueAt: due, customerReminders: sent }, since);
        expect(times.length).toBeLessThanOrEqual(MOST_REMINDERS - sent);
        for (const at of times) {
          expect(at > since && at < due).toBe(true);
          expect(at.toISOString()).toMatch(/T08:00:00\.000Z$/);
        }
        const [next] = times;
        if (next !== undefined) {
          const planned = plannedReminders({ dueAt: due, customerReminders: sent, customerRemindAt: next });
          expect(planned).toEqual(times);
        }
      }),
    );
  });
});
