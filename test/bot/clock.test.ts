import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { movableClock, systemClock } from '../../bot/clock.ts';

const NOON = new Date('2026-11-23T12:00:00.000Z');
const standing = { now: () => NOON };
const HOUR = 3_600_000;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimdesk-clock-'));
  file = join(folder, 'clock.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (clock: { now(): Date }) => clock.now().toISOString();

test("the clock of local mode is the machine's until it is moved", () => {
  const clock = movableClock(file, standing);
  expect(read(clock)).toBe('2026-11-23T12:00:00.000Z');
  expect(existsSync(file)).toBe(false);
});

test('moving the clock adds up, and a restart does not take it back', () => {
  const clock = movableClock(file, standing);
  clock.advance(31 * 24 * HOUR);
  clock.advance(HOUR);
  expect(read(clock)).toBe('2026-12-24T13:00:00.000Z');
  const restarted = movableClock(file, standing);
  expect(read(restarted)).toBe('2026-12-24T13:00:00.000Z');
  restarted.advance(HOUR);
  expect(read(movableClock(file, standing))).toBe('2026-12-24T14:00:00.000Z');
});

test('a moved clock goes on running', () => {
  let now = NOON;
  const clock = movableClock(file, { now: () => now });
  clock.advance(HOUR);
  now = new Date(NOON.getTime() + 5_000);
  expect(read(clock)).toBe('2026-11-23T13:00:05.000Z');
});

test('a clock without a file is moved all the same, and forgets it', () => {
  const clock = movableClock(null, standing);
  clock.advance(HOUR);
  expect(read(clock)).toBe('2026-11-23T13:00:00.000Z');
  expect(read(movableClock(null, standing))).toBe('2026-11-23T12:00:00.000Z');
});

test('the folder of the file need not be there yet', () => {
  const deep = join(folder, 'not', 'there', 'clock.json');
  movableClock(deep, standing).advance(HOUR);
  expect(read(movableClock(deep, standing))).toBe('2026-11-23T13:00:00.000Z');
});

test.each(['', '{', 'null', '[]', '{}', '{"ahead":null}', '{"ahead":"soon"}', '{"ahead":1e999}', '\u0000'])(
  'a broken file counts for nothing and is replaced at the next move: %j',
  (content) => {
    writeFileSync(file, content);
    const clock = movableClock(file, standing);
    expect(read(clock)).toBe('2026-11-23T12:00:00.000Z');
    clock.advance(HOUR);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ahead: HOUR });
    expect(read(movableClock(file, standing))).toBe('2026-11-23T13:00:00.000Z');
  },
);

test("the system's clock is the machine's", () => {
  const before = Date.now();
  const now = systemClock.now().getTime();
  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
