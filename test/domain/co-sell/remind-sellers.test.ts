import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfWindow } from '../../../domain/claims/deadlines.ts';
import { canBeAnswered } from '../../../domain/co-sell/answer-co-sell.ts';
import { nextSellerReminder } from '../../../domain/co-sell/remind-sellers.ts';
import { ANSWER_DAYS } from '../../../domain/co-sell/upgrade.ts';

const DUE = new Date('2026-12-07T23:59:59.999Z');

describe('R28: the sellers are reminded at eight in UTC with seven, three and one day left', () => {
  test.each<[string, string | null]>([
    ['2026-11-23T12:00:00.000Z', '2026-11-30T08:00:00.000Z'],
    ['2026-11-30T07:59:59.999Z', '2026-11-30T08:00:00.000Z'],
    ['2026-11-30T08:00:00.000Z', '2026-12-04T08:00:00.000Z'],
    ['2026-12-03T23:00:00.000Z', '2026-12-04T08:00:00.000Z'],
    ['2026-12-04T08:00:00.001Z', '2026-12-06T08:00:00.000Z'],
    ['2026-12-06T08:00:00.000Z', null],
    ['2026-12-07T23:59:59.999Z', null],
    ['2027-01-01T00:00:00.000Z', null],
  ])('after %s next at %s', (after, next) => {
    expect(nextSellerReminder(DUE, new Date(after))?.toISOString() ?? null).toBe(next);
  });

  test('of one upgrade there are three, all of them before it expires', () => {
    const since = fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(since, (at) => {
        const due = endOfWindow(at, ANSWER_DAYS);
        const all: Date[] = [];
        for (let next = nextSellerReminder(due, at); next !== null; next = nextSellerReminder(due, next))
          all.push(next);
        expect(all).toHaveLength(3);
        expect(all.every((one) => one > at && one < due)).toBe(true);
      }),
    );
  });
});

describe('R28: fourteen days to answer', () => {
  test('end with the last millisecond of the fourteenth day in UTC, whenever in the day it began', () => {
    expect(endOfWindow(new Date('2026-11-23T00:00:00.000Z'), ANSWER_DAYS)).toEqual(DUE);
    expect(endOfWindow(new Date('2026-11-23T23:59:59.999Z'), ANSWER_DAYS)).toEqual(DUE);
  });

  test('the last millisecond still counts, and the next does not', () => {
    expect(canBeAnswered({ coSell: 'asked', answerDueAt: DUE }, DUE)).toBe(true);
    expect(canBeAnswered({ coSell: 'asked', answerDueAt: DUE }, new Date(DUE.getTime() + 1))).toBe(false);
  });

  test.each([null, 'taken', 'declined', 'expired', 'withdrawn'] as const)(
    'a deal that is %s is answered by nobody',
    (coSell) => {
      expect(canBeAnswered({ coSell, answerDueAt: null }, new Date('2026-11-24T00:00:00Z'))).toBe(false);
      expect(canBeAnswered({ coSell, answerDueAt: DUE }, new Date('2026-11-24T00:00:00Z'))).toBe(false);
    },
  );
});
