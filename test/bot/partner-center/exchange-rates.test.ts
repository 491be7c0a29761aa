import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exchangeRatesApi, ratesIn } from '../../../bot/partner-center/exchange-rates.ts';
import type { ExchangeRates } from '../../../domain/co-sell/partner-center.ts';
import { type FakePartnerCenter, startPartnerCenter } from '../../support/partner-center.ts';
import { type StandingClock, signedInAt, standingClock } from '../../support/partner-center-desk.ts';

let clock: StandingClock;
let fake: FakePartnerCenter;
let rates: ExchangeRates;
beforeEach(async () => {
  clock = standingClock();
  fake = await startPartnerCenter({
    now: clock.now,
    rates: { 202601: { EUR: '1.07' }, 202602: { EUR: '1.0812', AED: '0.27224589249009701' } },
  });
  rates = exchangeRatesApi({ apiUrl: fake.origin, token: signedInAt(fake, clock)(), clock, timeoutMs: 300 });
});
afterEach(() => fake.stop());

const asked = () => fake.count('GET', 'fxrates');

describe('exchange rates', () => {
  test('are those of the month that is named', async () => {
    expect(await rates('EUR', '2026-02')).toEqual({ kind: 'ok', value: 1.0812 });
    expect(await rates('AED', '2026-02')).toEqual({ kind: 'ok', value: 0.27224589249009701 });
    expect(await rates('EUR', '2026-01')).toEqual({ kind: 'ok', value: 1.07 });
    expect(fake.calls.map(({ path }) => path).filter((path) => path.includes('fxrates'))).toEqual([
      "/v1.0/sales/fxrates(Month='202602')/$value",
      "/v1.0/sales/fxrates(Month='202601')/$value",
    ]);
  });

  test('are not asked for compressed: that would be another kind of file', async () => {
    await rates('EUR', '2026-02');
    expect(fake.calls.at(-1)?.headers['accept-encoding']).toBe('identity');
  });

  test('a currency that is not among them has none, and a dollar is a dollar', async () => {
    expect(await rates('XTS', '2026-02')).toEqual({ kind: 'ok', value: null });
    expect(await rates('USD', '2026-02')).toEqual({ kind: 'ok', value: 1 });
  });

  test('a month that is not there is not found, and what is no month is not asked', async () => {
    expect(await rates('EUR', '2031-01')).toEqual({ kind: 'notFound' });
    expect(await rates('EUR', "2026-1')/x")).toEqual({ kind: 'refused', trouble: 'not sent: month' });
    expect(asked()).toBe(1);
  });

  test('are kept for six hours, and asked for once by many', async () => {
    await Promise.all([rates('EUR', '2026-02'), rates('AED', '2026-02'), rates('GBP', '2026-02')]);
    clock.advance(6 * 60 * 60_000 - 1);
    await rates('EUR', '2026-02');
    expect(asked()).toBe(1);
    clock.advance(1);
    await rates('EUR', '2026-02');
    expect(asked()).toBe(2);
  });

  test('a failure is not kept', async () => {
    fake.failNext(503);
    expect(await rates('EUR', '2026-02')).toEqual({ kind: 'unsure', trouble: '503 Scripted' });
    expect((await rates('EUR', '2026-02')).kind).toBe('ok');
  });

  test('columns are found by their names, and rows that say nothing are passed over', () => {
    const file = 'Month,usdPerUnit,CurrencyCode\n202602,1.08,EUR\n202602,n/a,GBP\n202602,0,CHF\n202602,0.0066,JPY\n';
    expect(ratesIn(Buffer.from(file))).toEqual(
      new Map([
        ['EUR', 1.08],
        ['JPY', 0.0066],
      ]),
    );
    expect(ratesIn(Buffer.from('<html>Sign in</html>'))).toBeNull();
    expect(ratesIn(Buffer.from('PK\u0003\u0004 a zip'))).toBeNull();
  });
});
