import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { startSweeps } from '../../../bot/jobs/sweeps.ts';
import type { Ports } from '../../../domain/ports.ts';

beforeEach(() => {
  jest.useFakeTimers({ now: new Date('2026-11-23T12:00:10.000Z') });
});
afterEach(() => {
  jest.useRealTimers();
});

/** A record that answers nothing, and a log of which sweeps found that out. */
const asked = () => {
  const failed: string[] = [];
  const away = () => Promise.reject(new Error('the record is away'));
  const ports = {
    inTx: away,
    reads: { claims: { listSilent: away } },
    clock: { now: () => new Date() },
  } as unknown as Ports;
  const write = (line: string) => void failed.push((JSON.parse(line) as { sweep: string }).sweep);
  return { failed, ports, log: pino({ level: 'error' }, { write }) };
};

const SWEEPS = [
  ...['expireClaims', 'planReminders', 'remindReviews', 'remindCustomers', 'expireCoSell', 'remindSellers'],
  ...['retryReferrals', 'sendDue'],
];

test('R17: what is due is looked for with every minute, each sweep whatever became of the one before', async () => {
  const { failed, ports, log } = asked();
  const sweeps = startSweeps(ports, {}, async () => {}, log);
  await jest.advanceTimersByTimeAsync(49_000);
  expect(failed).toEqual([]);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(failed).toEqual(SWEEPS);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(failed).toEqual([...SWEEPS, ...SWEEPS]);
  await sweeps.stop();
  await jest.advanceTimersByTimeAsync(120_000);
  expect(failed).toHaveLength(2 * SWEEPS.length);
});

test('without ticks it is looked for when somebody asks, and not before', async () => {
  const { failed, ports, log } = asked();
  const sweeps = startSweeps(ports, {}, async () => {}, log, false);
  await jest.advanceTimersByTimeAsync(180_000);
  expect(failed).toEqual([]);
  await sweeps.now();
  expect(failed).toEqual(SWEEPS);
  await sweeps.stop();
});
