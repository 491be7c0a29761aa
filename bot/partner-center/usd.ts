import type { Cents } from '../../domain/claims/money.ts';

/** Dollars as a JSON number. A division by 100 gives the nearest number there is, and that is written as it was meant. */
export const dollars = (cents: Cents): number => cents / 100;

/** Dollars as text: `1234.5` for 123450 cents. */
export const dollarText = (cents: Cents): string => String(dollars(cents));

/** Whole cents of what Partner Center says, a number or its text; half a cent is rounded up. Null: no amount. */
export const centsIn = (said: number | string): Cents | null => {
  const [, whole, fraction = ''] = /^(\d{1,13})(?:\.(\d+))?$/.exec(String(said)) ?? [];
  if (whole === undefined) return null;
  const cents = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return Number(fraction[2] ?? 0) >= 5 ? cents + 1 : cents;
};
