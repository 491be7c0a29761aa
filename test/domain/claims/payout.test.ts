import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LIMITERS, type Payout, proposePayout } from '../../../domain/claims/payout.ts';
import type { Engagement } from '../../../domain/engagements/engagement.ts';
import type { Market } from '../../../domain/engagements/markets.ts';

type Terms = { basisPoints: number; hourlyCents: number };

const paying = (A: Terms | null, capCents = 600_000, B: Terms | null = null) =>
  ({
    payment: 'variable',
    variable: { markets: { A, B, C: null }, capCents, hours: { least: 1, most: 400 } },
  }) as unknown as Engagement;

/** 7.5 percent and 163 dollars an hour. */
const PUBLIC: Terms = { basisPoints: 750, hourlyCents: 16_300 };

const payoutOf = (engagement: Engagement, valueCents: number, hours: number, market: Market = 'A'): Payout => {
  const proposed = proposePayout(engagement, market, { opportunityValueCents: valueCents, hours });
  if ('missing' in proposed) throw new Error(`missing: ${proposed.missing.join()}`);
  return proposed.payout;
};

describe('R14: the payout is the least of a share of the opportunity, the hours, and the cap', () => {
  test.each([
    { value: 50_000, hours: 30, percent: 3_750, byHours: 4_890, payout: 3_750, limiter: 'percent' },
    { value: 200_000, hours: 20, percent: 15_000, byHours: 3_260, payout: 3_260, limiter: 'hours' },
    { value: 200_000, hours: 60, percent: 15_000, byHours: 9_780, payout: 6_000, limiter: 'cap' },
    { value: 0, hours: 30, percent: 0, byHours: 4_890, payout: 0, limiter: 'percent' },
  ])('$value dollars and $hours hours pay $payout, limited by $limiter', (example) => {
    const payout = payoutOf(paying(PUBLIC), example.value * 100, example.hours);
    expect(payout).toMatchObject({ cents: example.payout * 100, limiter: example.limiter });
    expect(payout.terms).toEqual({ percent: example.percent * 100, hours: example.byHours * 100, cap: 600_000 });
  });

  test('each market has its own terms', () => {
    const engagement = paying(PUBLIC, 600_000, { basisPoints: 500, hourlyCents: 12_000 });
    expect(payoutOf(engagement, 5_000_000, 30, 'B').cents).toBe(250_000);
  });

  test.each([
    ['the value', { opportunityValueCents: null, hours: 10 }, 'A', ['opportunityValue']],
    ['the hours', { opportunityValueCents: 100, hours: null }, 'A', ['hours']],
    ['the terms of the market', { opportunityValueCents: 100, hours: 10 }, 'C', ['terms']],
    ['all three', { opportunityValueCents: null, hours: null }, 'C', ['opportunityValue', 'hours', 'terms']],
  ] as const)('nothing is guessed without %s', (_what, inputs, market, missing) => {
    expect(proposePayout(paying(PUBLIC), market, inputs)).toEqual({ missing });
  });

  test('nor where nobody has set the terms', () => {
    const unset = { payment: 'variable' } as unknown as Engagement;
    expect(proposePayout(unset, 'A', { opportunityValueCents: 1, hours: 1 })).toEqual({ missing: ['terms'] });
  });
});

describe('for any terms, value and hours', () => {
  const terms = fc.record({
    basisPoints: fc.integer({ min: 1, max: 10_000 }),
    hourlyCents: fc.integer({ min: 1, max: 1_000_000 }),
  });
  const cap = fc.integer({ min: 1, max: 100_000_000 });
  const value = fc.integer({ min: 0, max: 9_999_999_999_999 });
  const hours = fc.integer({ min: 1, max: 9_999 });

  test('R14: the payout is never more than any of its three terms, and is the one it names', () => {
    fc.assert(
      fc.property(terms, cap, value, hours, (A, capCents, cents, count) => {
        const payout = payoutOf(paying(A, capCents), cents, count);
        for (const name of LIMITERS) expect(payout.cents).toBeLessThanOrEqual(payout.terms[name]);
        expect(payout.cents).toBe(payout.terms[payout.limiter]);
      }),
    );
  });

  test('R14: more value, more hours, a higher rate or a higher cap never pay less', () => {
    const more = fc.integer({ min: 0, max: 100_000 });
    fc.assert(
      fc.property(terms, cap, value, hours, more, (A, capCents, cents, count, extra) => {
        const before = payoutOf(paying(A, capCents), cents, count).cents;
        const after = [
          payoutOf(paying(A, capCents), cents + extra, count),
          payoutOf(paying(A, capCents), cents, count + extra),
          payoutOf(paying(A, capCents + extra), cents, count),
          payoutOf(paying({ ...A, hourlyCents: A.hourlyCents + extra }, capCents), cents, count),
          payoutOf(paying({ ...A, basisPoints: Math.min(10_000, A.basisPoints + extra) }, capCents), cents, count),
        ];
        for (const payout of after) expect(payout.cents).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  test('R14: it is exact to the cent, rounded half-up once', () => {
    fc.assert(
      fc.property(terms, cap, value, hours, (A, capCents, cents, count) => {
        // Twenty thousandths of a cent: half a cent is a whole number of them.
        const exact = [
          BigInt(A.basisPoints) * BigInt(cents) * 2n,
          BigInt(A.hourlyCents) * BigInt(count) * 20_000n,
          BigInt(capCents) * 20_000n,
        ].reduce((least, term) => (term < least ? term : least));
        const paid = BigInt(payoutOf(paying(A, capCents), cents, count).cents) * 20_000n;
        expect(paid - exact <= 10_000n && paid - exact > -10_000n).toBe(true);
      }),
    );
  });

  test('half a cent is rounded up', () => {
    expect(payoutOf(paying({ basisPoints: 1, hourlyCents: 1_000 }), 15_000, 1).cents).toBe(2);
    expect(payoutOf(paying({ basisPoints: 1, hourlyCents: 1_000 }), 14_999, 1).cents).toBe(1);
  });
});
