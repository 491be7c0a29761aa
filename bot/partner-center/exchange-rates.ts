import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { Answer, ExchangeRates } from '../../domain/co-sell/partner-center.ts';
import type { Clock } from '../../domain/ports.ts';
import { asker, failureIn, type TokenSource } from './http.ts';

type FxApi = {
  readonly apiUrl?: string;
  readonly token: TokenSource;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

type Rates = ReadonlyMap<string, number>;

const MOST_BYTES = 1024 * 1024;
const KEPT_FOR_MS = 6 * 60 * 60_000;
/** More months at a time than anybody looks at. */
const MOST_MONTHS = 36;

const rowSchema = z.object({
  currencycode: z.string().regex(/^[A-Z]{3}$/),
  usdperunit: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .pipe(z.number().positive()),
});

/** CurrencyCode, USDPerUnit, Month: by the names of the columns, whatever their order. Null: this is not that file. */
export const ratesIn = (csv: Buffer): Rates | null => {
  try {
    const rows: unknown[] = parse(csv, {
      bom: true,
      columns: (names: readonly string[]) => names.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    });
    const read = rows.flatMap((row) => rowSchema.safeParse(row).data ?? []);
    return read.length === 0 ? null : new Map(read.map((row) => [row.currencycode, row.usdperunit]));
  } catch {
    return null;
  }
};

/** A month's rates stand for that whole month; they are asked for once and kept for some hours. */
export const exchangeRatesApi = ({
  apiUrl = 'https://api.partner.microsoft.com',
  token,
  clock,
  timeoutMs = 20_000,
}: FxApi): ExchangeRates => {
  const ask = asker(apiUrl, token, { timeoutMs, mostBytes: MOST_BYTES });

  const load = async (month: string): Promise<Answer<Rates>> => {
    const path = `/v1.0/sales/fxrates(Month='${month.replace('-', '')}')/$value`;
    // Compressed, the service sends another kind of file.
    const heard = await ask(path, { headers: { accept: '*/*', 'accept-encoding': 'identity' } });
    if (heard.kind !== 'heard' && heard.kind !== 'lost') return heard;
    const failure = failureIn(heard, clock.now());
    if (failure !== null || heard.kind !== 'heard') return failure ?? { kind: 'unsure', trouble: 'no answer' };
    const rates = ratesIn(heard.body);
    return rates === null ? { kind: 'unsure', trouble: `${heard.status}, unreadable` } : { kind: 'ok', value: rates };
  };

  const months = new Map<string, { readonly until: number; readonly rates: Promise<Answer<Rates>> }>();
  const ratesOf = (month: string): Promise<Answer<Rates>> => {
    const now = clock.now().getTime();
    const kept = months.get(month);
    if (kept !== undefined && kept.until > now) return kept.rates;
    months.delete(month);
    const [oldest] = months.keys();
    if (months.size >= MOST_MONTHS && oldest !== undefined) months.delete(oldest);
    const entry = { until: now + KEPT_FOR_MS, rates: load(month) };
    months.set(month, entry);
    // Only what was answered is kept: whoever asks after a failure asks anew.
    entry.rates.then(({ kind }) => {
      if (kind !== 'ok' && months.get(month) === entry) months.delete(month);
    });
    return entry.rates;
  };

  return async (currency, month) => {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return { kind: 'refused', trouble: 'not sent: month' };
    if (currency === 'USD') return { kind: 'ok', value: 1 };
    const answer = await ratesOf(month);
    return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.get(currency) ?? null } : answer;
  };
};
