import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { daysLeft, endOfWindow, isOver } from '../../../domain/claims/deadlines.ts';

const at = (instant: string) => new Date(instant);

describe('R17: a window ends with the last millisecond of its last day, in UTC', () => {
  test.each([
    ['an ordinary month', '2026-11-23T12:00:00.000Z', 30, '2026-12-23T23:59:59.999Z'],
    ['from the first millisecond of a day', '2026-11-23T00:00:00.000Z', 30, '2026-12-23T23:59:59.999Z'],
    ['from the last millisecond of a day', '2026-11-23T23:59:59.999Z', 30, '2026-12-23T23:59:59.999Z'],
    ['across the end of a year', '2026-12-15T09:30:00.000Z', 30, '2027-01-14T23:59:59.999Z'],
    ['into a leap day', '2028-01-30T09:30:00.000Z', 30, '2028-02-29T23:59:59.999Z'],
    ['over a leap day', '2028-02-01T09:30:00.000Z', 30, '2028-03-02T23:59:59.999Z'],
    ['over the end of February in a common year', '2027-02-01T09:30:00.000Z', 30, '2027-03-03T23:59:59.999Z'],
    ['over the start of summer time in Europe', '2027-03-20T23:30:00.000Z', 30, '2027-04-19T23:59:59.999Z'],
    ['over the end of summer time in Europe', '2026-10-20T23:30:00.000Z', 30, '2026-11-19T23:59:59.999Z'],
    ['the longest submission window', '2026-11-23T12:00:00.000Z', 260, '2027-08-10T23:59:59.999Z'],
    ['the longest review window', '2026-11-23T12:00:00.000Z', 290, '2027-09-09T23:59:59.999Z'],
  ])('%s', (_, since, days, end) => {
    expect(endOfWindow(at(since), days).toISOString()).toBe(end);
  });

  test.each(['Pacific/Kiritimati', 'America/Los_Angeles'])('on a machine in %s too', (TZ) => {
    const module = new URL('../../../domain/claims/deadlines.ts', import.meta.url).href;
    const script = `import { daysLeft, endOfWindow } from ${JSON.stringify(module)};
      const since = new Date('2027-03-20T23:30:00.000Z');
      const end = endOfWindow(since, 30);
      console.log(since.getHours() !== 23, end.toISOString(), daysLeft(end, since));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('true 2027-04-19T23:59:59.999Z 30');
  });
});

describe('R17: the last millisecond still counts', () => {
  const end = at('2026-12-23T23:59:59.999Z');
  test.each([
    ['2026-12-23T00:00:00.000Z', false],
    ['2026-12-23T23:59:59.998Z', false],
    ['2026-12-23T23:59:59.999Z', false],
    ['2026-12-24T00:00:00.000Z', true],
  ])('at %s the window is over: %s', (now, over) => {
    expect(isOver(end, at(now))).toBe(over);
  });

  test.each([
    ['2026-11-23T12:00:00.000Z', 30],
    ['2026-12-16T23:59:59.999Z', 7],
    ['2026-12-22T00:00:00.000Z', 1],
    ['2026-12-23T00:00:00.000Z', 0],
    ['2026-12-23T23:59:59.999Z', 0],
    ['2026-12-24T00:00:00.000Z', -1],
    ['2027-12-23T12:00:00.000Z', -365],
  ])('at %s there are %i days left', (now, left) => {
    expect(daysLeft(end, at(now))).toBe(left);
  });
});

test('R17: a window of n days has n days left when it opens, is over n days later, and ends on a whole UTC day', () => {
  const instant = fc.date({ min: at('2020-01-01'), max: at('2100-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 400 }), (since, days) => {
      const end = endOfWindow(since, days);
      expect(end.toISOString()).toMatch(/T23:59:59\.999Z$/);
      expect(daysLeft(end, since)).toBe(days);
      expect(isOver(end, end)).toBe(false);
      expect(isOver(end, new Date(end.getTime() + 1))).toBe(true);
      const day = 86_400_000;
      expect(end.getTime() - since.getTime()).toBeGreaterThanOrEqual(days * day - 1);
      expect(end.getTime() - since.getTime()).toBeLessThan((days + 1) * day);
    }),
  );
});
