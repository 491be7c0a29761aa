/** US dollars are kept as whole cents. */
export type Cents = number;

/** 99,999,999,999.99 dollars: above any deal, and far inside what a number holds exactly. */
export const MOST_CENTS: Cents = 9_999_999_999_999;

export type MoneyFault = { readonly code: 'money.invalid' | 'money.notPositive' | 'money.tooLarge' };

// `0,500` is half a dollar misspelled, not five hundred.
const GROUPED = /^[1-9]\d{0,2}(?:([.,'’ \u00a0\u202f])\d{3})(?:\1\d{3})*$/;

/** Digits with well-formed groups, or without any → plain digits; null for anything else. */
const ungroup = (text: string): string | null => {
  if (/^\d+$/.test(text)) return text;
  return GROUPED.test(text) ? text.replace(/\D/g, '') : null;
};

const SIGNS: Readonly<Record<string, string>> = { EUR: '€', GBP: '£', INR: '₹', TRY: '₺' };

/** The code of a currency other than US dollars, or its own sign, before or behind an amount. A dollar sign is not one. */
const otherMarks = (currency: string): RegExp => {
  const marks = [currency, ...(SIGNS[currency] ?? [])].join('|');
  return new RegExp(`^(${marks})\\s*|\\s*(${marks})$`, 'gi');
};

/**
 * An amount as people write it, in English or Dutch: `1,000.50`, `1.000,50`, `1000.5`, `$ 25 000`. No guess is needed:
 * a separator followed by three digits groups, one followed by one or two digits begins the cents. `currency`: whose code
 * or sign may stand with it; the answer is in its hundredths.
 */
export const parseUsd = (raw: string, currency = 'USD'): { readonly cents: Cents } | { readonly fault: MoneyFault } => {
  const text = raw
    .trim()
    .replace(currency === 'USD' ? /^(usd|us\$|\$)\s*|\s*(usd|\$)$/gi : otherMarks(currency), '')
    .replace(/,-$/, '')
    .trim();
  if (/^[-−]/.test(text)) return { fault: { code: 'money.notPositive' } };
  const [, whole = '', point, fraction = ''] = /^(.*?)(?:([.,])(\d{1,2}))?$/.exec(text) ?? [];
  const digits = ungroup(whole);
  // What separates groups cannot begin the cents as well.
  if (digits === null || (point !== undefined && whole.includes(point))) return { fault: { code: 'money.invalid' } };
  if (digits.length > 13) return { fault: { code: 'money.tooLarge' } };
  const cents = Number(digits) * 100 + Number(fraction.padEnd(2, '0'));
  if (cents === 0) return { fault: { code: 'money.notPositive' } };
  return cents > MOST_CENTS ? { fault: { code: 'money.tooLarge' } } : { cents };
};
