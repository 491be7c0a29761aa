import type { Engagement } from '../engagements/engagement.ts';

export type HoursFault =
  | { readonly code: 'text.missing' | 'hours.notWhole' }
  | { readonly code: 'hours.outside'; readonly least: number; readonly most: number };

/** Whole hours of an engagement of variable payment, within what it pays for; frozen at confirm (R9, R15). */
export const parseHours = (
  raw: string,
  { variable }: Pick<Engagement, 'variable'>,
): { readonly value: number } | { readonly fault: HoursFault } => {
  const text = raw.trim();
  if (text === '') return { fault: { code: 'text.missing' } };
  if (!/^[-−+]?\d+$/.test(text)) return { fault: { code: 'hours.notWhole' } };
  const value = Number(text.replace('−', '-'));
  const { least, most } = variable?.hours ?? { least: 1, most: Number.MAX_SAFE_INTEGER };
  return value < least || value > most ? { fault: { code: 'hours.outside', least, most } } : { value };
};
