import { z } from 'zod';
import type { ExchangeRates } from '../co-sell/partner-center.ts';
import { type Cents, MOST_CENTS, type MoneyFault, parseUsd } from './money.ts';

/** What a deal size can be typed in, where exchange rates are configured: those of the programme's larger markets. */
export const CURRENCIES = [
  ...['USD', 'EUR', 'GBP', 'AUD', 'BRL', 'CAD', 'CHF', 'CZK', 'DKK', 'HUF', 'INR', 'MXN', 'NOK', 'NZD', 'PLN', 'RON'],
  ...['SEK', 'SGD', 'TRY', 'ZAR'],
] as const;

/** A deal size as it was typed in another currency, and the month's rate it was converted with: US dollars for one unit. */
export const typedDealSizeSchema = z.object({
  /** Hundredths of the currency's unit. */
  cents: z.int().positive(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  rate: z.number().positive(),
  /** YYYY-MM. */
  month: z.string().regex(/^\d{4}-\d\d$/),
});
export type TypedDealSize = z.infer<typeof typedDealSizeSchema>;

export type DealSizeFault =
  | MoneyFault
  | { readonly code: 'text.missing' | 'choice.missing' }
  /** Partner Center gives no rate for it this month, gives this account none, or cannot be asked now. */
  | { readonly code: 'rate.none' | 'rate.refused' | 'rate.unavailable'; readonly currency: string };

/** `typed` null: it was typed in US dollars. */
type DealSize = { readonly cents: Cents; readonly typed: TypedDealSize | null };

/**
 * A deal size in US dollar cents, out of an amount and a currency as they were typed; rounded half-up once. Without rates
 * (null) only US dollars are taken.
 */
export const parseDealSize = async (
  rates: ExchangeRates | null,
  raw: string,
  currency: string,
  now: Date,
): Promise<DealSize | { readonly field: 'dealSize' | 'currency'; readonly fault: DealSizeFault }> => {
  if (raw.trim() === '') return { field: 'dealSize', fault: { code: 'text.missing' } };
  if (currency !== 'USD' && (rates === null || !CURRENCIES.some((one) => one === currency))) {
    return { field: 'currency', fault: { code: 'choice.missing' } };
  }
  const parsed = parseUsd(raw, currency);
  if ('fault' in parsed) return { field: 'dealSize', fault: parsed.fault };
  if (currency === 'USD' || rates === null) return { cents: parsed.cents, typed: null };
  const month = now.toISOString().slice(0, 7);
  const rate = await rates(currency, month);
  if (rate.kind !== 'ok') {
    const passing = rate.kind === 'unsure' || rate.kind === 'throttled';
    return { field: 'currency', fault: { code: passing ? 'rate.unavailable' : 'rate.refused', currency } };
  }
  if (rate.value === null) return { field: 'currency', fault: { code: 'rate.none', currency } };
  // To fifteen digits the product is exact again: half a cent stays half a cent.
  const cents = Math.round(Number((parsed.cents * rate.value).toPrecision(15)));
  if (cents === 0) return { field: 'dealSize', fault: { code: 'money.notPositive' } };
  if (cents > MOST_CENTS) return { field: 'dealSize', fault: { code: 'money.tooLarge' } };
  return { cents, typed: { cents: parsed.cents, currency, rate: rate.value, month } };
};
