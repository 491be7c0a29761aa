import { type Cents, parseUsd } from '../claims/money.ts';
import { COUNTRIES } from '../engagements/markets.ts';
import { oneLine, requiredLine } from '../typed.ts';
import { type CellFault, type Fault, shortened } from './faults.ts';

/** Text of a cell → what it means, or what is wrong with it. */
export type CellReader<T> = (raw: string) => { readonly value: T } | { readonly fault: CellFault };

/** A row by canonical column. A column that the file does not have is not there; an empty cell is ''. */
export type Cells = Readonly<Record<string, string>>;

export const text =
  (most: number): CellReader<string> =>
  (raw) =>
    requiredLine(raw, most);

// Far above any company's count, and an integer everywhere.
const MOST = 2_147_483_647;

/** A whole number that is not negative. Groups are not read: `1.500` is one and a half to some. */
export const whole: CellReader<number> = (raw) => {
  const digits = oneLine(raw);
  return /^\d{1,10}$/.test(digits) && Number(digits) <= MOST
    ? { value: Number(digits) }
    : { fault: { code: 'number.invalid' } };
};

const FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  ja: true,
  1: true,
  false: false,
  no: false,
  nee: false,
  0: false,
};

export const flag: CellReader<boolean> = (raw) => {
  const value = FLAGS[oneLine(raw).toLowerCase()];
  return value === undefined ? { fault: { code: 'flag.invalid' } } : { value };
};

const COUNTRY = new Set(COUNTRIES);

export const country: CellReader<string> = (raw) => {
  const code = oneLine(raw).toUpperCase();
  return COUNTRY.has(code) ? { value: code } : { fault: { code: 'country.invalid' } };
};

/** A calendar day, 2026-11-23. */
export const day: CellReader<string> = (raw) => {
  const value = oneLine(raw);
  const at = /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : null;
  // 30 February would roll over in silence.
  const [year] = value.split('-');
  return at !== null && Number(year) >= 1900 && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value)
    ? { value }
    : { fault: { code: 'date.invalid' } };
};

/** One of a few words, however its letters are cased. */
export const oneOf = <T extends string>(allowed: readonly T[]): CellReader<T> => {
  const byWord = new Map(allowed.map((word) => [word.toLowerCase(), word]));
  return (raw) => {
    const value = byWord.get(oneLine(raw).toLowerCase());
    return value === undefined ? { fault: { code: 'choice.invalid', allowed } } : { value };
  };
};

/** Values separated by | or ; each of which stands for itself. */
export const list = (raw: string): readonly string[] =>
  raw
    .split(/[|;]/)
    .map(oneLine)
    .filter((part) => part !== '');

/** US dollars, 0 among them: an opportunity may be worth nothing yet. */
export const usd: CellReader<Cents> = (raw) => {
  const parsed = parseUsd(raw);
  if ('cents' in parsed) return { value: parsed.cents };
  return /^(usd|us\$|\$)?\s*0+([.,]0{1,2})?$/i.test(raw.trim()) ? { value: 0 } : parsed;
};

/** Reads a row cell by cell and gathers what is wrong, so that all of it is named at once. */
export const rowReader = (cells: Cells) => {
  const faults: Fault[] = [];
  const refuse = (field: string | null, fault: CellFault) => {
    faults.push({ field, given: field === null ? null : shortened(oneLine(cells[field] ?? '')), ...fault });
  };
  const read = <T>(field: string, reader: CellReader<T>): T | null => {
    const parsed = reader(cells[field] ?? '');
    if ('value' in parsed) return parsed.value;
    refuse(field, parsed.fault);
    return null;
  };
  const blank = (field: string) => oneLine(cells[field] ?? '') === '';
  return {
    faults,
    refuse,
    blank,
    /** Whether the file speaks of it at all. */
    has: (field: string) => cells[field] !== undefined,
    raw: (field: string) => cells[field] ?? '',
    /** Null: wrong, and noted. */
    required: <T>(field: string, reader: CellReader<T>): T | null => {
      if (!blank(field)) return read(field, reader);
      refuse(field, { code: 'text.missing' });
      return null;
    },
    /** Null: empty, or wrong and noted. */
    optional: <T>(field: string, reader: CellReader<T>): T | null => (blank(field) ? null : read(field, reader)),
  };
};
export type RowReader = ReturnType<typeof rowReader>;
