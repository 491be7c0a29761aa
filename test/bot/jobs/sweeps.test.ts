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

test('what is asked of somebody slow makes nothing else late, and is not asked twice at a time', async () => {
  // Cron says so when it skips a tick.
  const said = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const { failed, ports, log } = asked();
  const answers: (() => void)[] = [];
  const slow = () => new Promise<number>((resolve) => void answers.push(() => resolve(0)));
  const sweeps = startSweeps(ports, { slow }, async () => {}, log);
  await jest.advanceTimersByTimeAsync(180_000);
  expect(failed).toEqual([...SWEEPS, ...SWEEPS, ...SWEEPS]);
  expect(answers).toHaveLength(1);
  answers[0]?.();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(answers).toHaveLength(2);

  const ended: string[] = [];
  const stopping = sweeps.stop().then(() => ended.push('stopped'));
  await jest.advanceTimersByTimeAsync(180_000);
  expect(ended).toEqual([]);
  answers[1]?.();
  await stopping;
  expect([failed.length, answers.length]).toEqual([4 * SWEEPS.length, 2]);
  said.mockRestore();
});

test('asked for, all of it is through in the end, the slow and the rest', async () => {
  const { failed, ports, log } = asked();
  const { promise, resolve } = Promise.withResolvers<number>();
  const slow = () => promise;
  const broken = () => Promise.reject(new Error('the other side is away'));
  const sweeps = startSweeps(ports, { broken, slow }, async () => {}, log, false);
  const ended: string[] = [];
  const through = sweeps.now().then(() => ended.push('through'));
  await jest.advanceTimersByTimeAsync(1_000);
  expect(failed.filter((name) => name !== 'broken')).toEqual(SWEEPS);
  expect(failed).toContain('broken');
  expect(ended).toEqual([]);
  resolve(0);
  await through;
  await sweeps.stop();
});
