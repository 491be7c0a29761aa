import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';
import { connectedTo, memoryKeeper, type StandingClock, standingClock } from '../../support/partner-center-desk.ts';

let clock: StandingClock;
let fake: FakePartnerCenter;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({ now: clock.now, rates: { 202602: { EUR: '1.08' } } });
});
afterEach(() => fake.stop());

test('a rate is told within two seconds, signing in and all, or too slow; what took longer is there the next time', async () => {
  const { promise: loaded, resolve: load } = Promise.withResolvers<null>();
  const { rates } = connectedTo(fake, clock, { ...memoryKeeper(), load: () => loaded });
  const begun = performance.now();
  expect(await rates('EUR', '2026-02')).toEqual({ kind: 'unsure', trouble: 'too slow' });
  expect(performance.now() - begun).toBeLessThan(3_000);
  load(null);
  expect(await rates('EUR', '2026-02')).toEqual({ kind: 'ok', value: 1.08 });
  expect(await rates('EUR', '2026-02')).toEqual({ kind: 'ok', value: 1.08 });
  expect(fake.count('GET', 'fxrates')).toBe(1);
});

test('a rate that Partner Center itself keeps waiting for is too slow, too', async () => {
  const { rates } = connectedTo(fake, clock);
  fake.failNext('timeout');
  expect(await rates('EUR', '2026-02')).toEqual({ kind: 'unsure', trouble: 'too slow' });
});
