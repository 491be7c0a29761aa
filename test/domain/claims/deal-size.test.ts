import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCIES, parseDealSize } from '../../../domain/claims/deal-size.ts';
import type { ExchangeRates } from '../../../domain/co-sell/partner-center.ts';

const NOW = new Date('2026-11-30T23:59:59.999Z');

const asked: string[] = [];
const rates =
  (rate: number | null): ExchangeRates =>
  async (currency, month) => {
    asked.push(`${currency} ${month}`);
    return { kind: 'ok', value: rate };
  };
const typed = (raw: string, currency: string, rate: number | null = 1.1628) =>
  parseDealSize(rates(rate), raw, currency, NOW);

describe('R20: a deal size in US dollars', () => {
  test.each([
    ['25,000', 2_500_000],
    ['€ 25.000', null],
    ['25.000,50', 2_500_050],
    ['0.01', 1],
  ])('“%s” needs no rate', async (raw, cents) => {
    asked.length = 0;
    const fault = { field: 'dealSize', fault: { code: 'money.invalid' } };
    for (const some of [null, rates(1.1628)]) {
      expect(await parseDealSize(some, raw, 'USD', NOW)).toEqual(cents === null ? fault : { cents, typed: null });
    }
    expect(asked).toEqual([]);
  });

  test.each([
    ['', 'text.missing'],
    ['   ', 'text.missing'],
    ['0', 'money.notPositive'],
    ['-5', 'money.notPositive'],
    ['many', 'money.invalid'],
    ['100,000,000,000', 'money.tooLarge'],
  ])('“%s” is none', async (raw, code) => {
    for (const currency of ['USD', 'EUR']) {
      expect(await typed(raw, currency)).toEqual({ field: 'dealSize', fault: { code } });
    }
  });
});

describe('R20: a deal size in another currency is converted with this month’s rate', () => {
  test.each([
    ['40000', 4_000_000, 4_651_200],
    ['€ 40.000,50', 4_000_050, 4_651_258],
    ['40,000.50 EUR', 4_000_050, 4_651_258],
    ['eur 40 000,-', 4_000_000, 4_651_200],
    ['0,01', 1, 1],
  ])('“%s” euros', async (raw, own, cents) => {
    asked.length = 0;
    expect(await typed(raw, 'EUR')).toEqual({
      cents,
      typed: { cents: own, currency: 'EUR', rate: 1.1628, month: '2026-11' },
    });
    expect(asked).toEqual(['EUR 2026-11']);
  });

  test('a dollar sign does not stand with euros', async () => {
    expect(await typed('$ 40,000', 'EUR')).toEqual({ field: 'dealSize', fault: { code: 'money.invalid' } });
    expect(await typed('£ 40,000', 'EUR')).toEqual({ field: 'dealSize', fault: { code: 'money.invalid' } });
  });

  test.each([
    ['12.50', 1.1628, 1_454],
    ['12.49', 1.1628, 1_452],
    ['530.00', 1.2345, 65_429],
    ['0.01', 0.5, 1],
    ['0.03', 0.5, 2],
    ['0.01', 1.5, 2],
  ])('%s at %d is rounded half-up, as it would be by hand', async (raw, rate, cents) => {
    expect(await typed(raw, 'GBP', rate)).toMatchObject({ cents });
  });

  test('whatever the amount and the rate, it comes to what exact decimals do', async () => {
    const anAmount = fc.integer({ min: 1, max: 10_000_000_00 });
    const aRate = fc.integer({ min: 10_000, max: 30_000 });
    await fc.assert(
      fc.asyncProperty(anAmount, aRate, async (own, tenThousandths) => {
        const exact = Number((BigInt(own) * BigInt(tenThousandths) + 5_000n) / 10_000n);
        const raw = `${Math.floor(own / 100)}.${String(own % 100).padStart(2, '0')}`;
        expect(await typed(raw, 'CHF', tenThousandths / 10_000)).toMatchObject({ cents: exact });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['too small for a cent', '0.01', 0.49, 'money.notPositive'],
    ['too large', '99,999,999,999.99', 1.000_000_1, 'money.tooLarge'],
    ['too large to begin with', '100,000,000,000', 0.01, 'money.tooLarge'],
  ])('%s once it is converted', async (_what, raw, rate, code) => {
    expect(await typed(raw, 'EUR', rate)).toEqual({ field: 'dealSize', fault: { code } });
  });

  test('the largest that there is', async () => {
    expect(await typed('99,999,999,999.99', 'EUR', 1)).toMatchObject({ cents: 9_999_999_999_999 });
  });
});

describe('R20: a currency that cannot be converted', () => {
  // XXX is ISO 4217's code for no currency at all.
  test.each(['XXX', '', 'eur', 'EURO', 'JPY', '€', '(', 'constructor'])(
    '“%s” is none of the list',
    async (currency) => {
      expect(await typed('5', currency)).toEqual({ field: 'currency', fault: { code: 'choice.missing' } });
    },
  );

  test.each(CURRENCIES.filter((one) => one !== 'USD'))('%s needs rates', async (currency) => {
    expect(await parseDealSize(null, '5', currency, NOW)).toEqual({
      field: 'currency',
      fault: { code: 'choice.missing' },
    });
    expect(await typed('5', currency, 2)).toMatchObject({ cents: 1_000 });
  });

  test('has no rate this month', async () => {
    expect(await typed('5', 'TRY', null)).toEqual({ field: 'currency', fault: { code: 'rate.none', currency: 'TRY' } });
  });

  test.each([
    { kind: 'unsure', trouble: '503' },
    { kind: 'throttled', waitMs: 1, trouble: '429' },
  ] as const)('cannot be asked for now: $kind', async (failure) => {
    expect(await parseDealSize(async () => failure, '5', 'EUR', NOW)).toEqual({
      field: 'currency',
      fault: { code: 'rate.unavailable', currency: 'EUR' },
    });
  });

  test.each([
    { kind: 'signIn', trouble: 'invalid_grant' },
    { kind: 'refused', trouble: '403' },
    { kind: 'notFound' },
  ] as const)('is not given here, however often it is asked for: $kind', async (failure) => {
    expect(await parseDealSize(async () => failure, '5', 'EUR', NOW)).toEqual({
      field: 'currency',
      fault: { code: 'rate.refused', currency: 'EUR' },
    });
  });
});
