import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseUsd } from '../../../domain/claims/money.ts';

describe('R20: a deal size is read as people write it', () => {
  test.each([
    ['1000', 1_000_00],
    ['1.000', 1_000_00],
    ['1,000', 1_000_00],
    ['1.000,50', 1_000_50],
    ['1,000.50', 1_000_50],
    ['1000.5', 1_000_50],
    ['1,5', 1_50],
    ['1.5', 1_50],
    ['0,01', 1],
    ['12.34', 12_34],
    ['1.234.567', 1_234_567_00],
    ['1,234,567.89', 1_234_567_89],
    ['25 000', 25_000_00],
    ['25\u00a0000,5', 25_000_50],
    ['25\u202f000', 25_000_00],
    ["25'000.50", 25_000_50],
    ['25’000', 25_000_00],
    ['  25000  ', 25_000_00],
    ['$25,000', 25_000_00],
    ['$ 25 000', 25_000_00],
    ['US$\u00a025.000,00', 25_000_00],
    ['USD 25,000', 25_000_00],
    ['25.000 usd', 25_000_00],
    ['25000$', 25_000_00],
    ['25.000,-', 25_000_00],
    ['$ 25.000,-', 25_000_00],
    ['99,999,999,999.99', 99_999_999_999_99],
  ])('%j is %i cents', (typed, cents) => {
    expect(parseUsd(typed)).toEqual({ cents });
  });
});

describe('R20: what could be read in two ways, or in none, is refused and not guessed', () => {
  test.each([
    ['', 'money.invalid'],
    ['$', 'money.invalid'],
    ['1e21', 'money.invalid'],
    ['0x10', 'money.invalid'],
    ['Infinity', 'money.invalid'],
    ['+5', 'money.invalid'],
    ['25k', 'money.invalid'],
    ['€ 25.000', 'money.invalid'],
    ['.5', 'money.invalid'],
    ['5.', 'money.invalid'],
    ['1.2345', 'money.invalid'],
    ['1.00.000', 'money.invalid'],
    ['1,000 000', 'money.invalid'],
    ['1.000,000', 'money.invalid'],
    ['1,000,50', 'money.invalid'],
    ['1.000.50', 'money.invalid'],
    ['0,500', 'money.invalid'],
    ['0.001', 'money.invalid'],
    ['１０００', 'money.invalid'],
    ['1000 or more', 'money.invalid'],
    ['0', 'money.notPositive'],
    ['0,00', 'money.notPositive'],
    ['0.0', 'money.notPositive'],
    ['-5', 'money.notPositive'],
    ['$ -5', 'money.notPositive'],
    ['−1.000', 'money.notPositive'],
    ['100,000,000,000', 'money.tooLarge'],
    ['9'.repeat(400), 'money.tooLarge'],
  ])('%j: %s', (typed, code) => {
    expect(parseUsd(typed)).toEqual({ fault: { code } });
  });
});

const amount = fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 9_999_999_999_999 }));
const currency = { style: 'currency', currency: 'USD' } as const;

describe('R20: an amount that was written down is read back to the cent', () => {
  test.each([
    ['en-US', {}],
    ['nl-NL', {}],
    ['en-US', currency],
    ['nl-NL', currency],
    ['en-US', { ...currency, currencyDisplay: 'code' }],
    ['nl-NL', { ...currency, currencyDisplay: 'code' }],
    ['en-US', { useGrouping: false }],
    ['nl-NL', { useGrouping: false }],
    ['fr-FR', {}],
    ['de-CH', {}],
  ] as const)('as %s writes it, with %j', (locale, style) => {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, ...style });
    fc.assert(
      fc.property(amount, (cents) => {
        expect(parseUsd(format.format(cents / 100))).toEqual({ cents });
      }),
      { numRuns: 300 },
    );
  });
});

test('R20: whatever is typed gives a positive whole number of cents or a fault', () => {
  const typed = fc.oneof(fc.string(), fc.stringMatching(/^[$ ]?[-\d.,' ]{0,16}$/));
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseUsd(text);
      if ('cents' in parsed) {
        expect(Number.isSafeInteger(parsed.cents)).toBe(true);
        expect(parsed.cents).toBeGreaterThan(0);
      } else expect(parsed.fault.code).toMatch(/^money\./);
    }),
    { numRuns: 1_000 },
  );
});
