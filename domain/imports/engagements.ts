import type { z } from 'zod';
import { engagementSchema } from '../engagements/engagement.ts';
import { MARKETS } from '../engagements/markets.ts';
import { lengthOf, oneLine } from '../typed.ts';
import { type CellReader, type Cells, flag, list, type RowReader, rowReader, whole } from './cell.ts';
import { type CellFault, type Fault, shortened } from './faults.ts';
import type { Json, StagedRow } from './import.ts';

const line: CellReader<Json> = (raw) => ({ value: oneLine(raw) });
const words: CellReader<Json> = (raw) => ({ value: list(raw) });
/** Longer than any list of criteria, and no depth to walk through. */
const LONGEST_JSON = 4_000;

const json: CellReader<Json> = (raw) => {
  if (raw.length > LONGEST_JSON) return { fault: { code: 'json.invalid' } };
  try {
    return { value: JSON.parse(raw) as Json };
  } catch {
    return { fault: { code: 'json.invalid' } };
  }
};

type Column = { readonly read: CellReader<Json>; readonly required?: true };
const needed = (read: CellReader<Json>): Column => ({ read, required: true });
const maybe = (read: CellReader<Json>): Column => ({ read });

const perMarket = (columns: (market: string) => Readonly<Record<string, Column>>) =>
  Object.assign({}, ...MARKETS.map(columns)) as Readonly<Record<string, Column>>;

/** The catalogue's fields as columns: a dot leads into an object, and money is in cents as there. */
const COLUMNS: Readonly<Record<string, Column>> = {
  slug: needed(line),
  version: needed(whole),
  'name.en': needed(line),
  'name.nl': needed(line),
  'purpose.en': needed(line),
  'purpose.nl': needed(line),
  solutionArea: needed(line),
  kind: needed(line),
  payment: needed(line),
  identifierTypes: needed(words),
  'windows.consent': needed(whole),
  'windows.submit': needed(whole),
  'windows.review': needed(whole),
  'windows.dispute': needed(whole),
  ...perMarket((market) => ({ [`rates.${market}`]: maybe(whole) })),
  ...perMarket((market) => ({
    [`variable.markets.${market}.basisPoints`]: maybe(whole),
    [`variable.markets.${market}.hourlyCents`]: maybe(whole),
  })),
  'variable.capCents': maybe(whole),
  'variable.hours.least': maybe(whole),
  'variable.hours.most': maybe(whole),
  effectiveFrom: needed(line),
  effectiveTo: maybe(line),
  lastNomination: maybe(line),
  countries: maybe(words),
  customerCriteria: maybe(json),
  designations: maybe(words),
  maxActivePerCustomer: needed(whole),
  maxTotalPerCustomer: maybe(whole),
  maxOpenPerPartner: maybe(whole),
  exclusive: needed(flag),
  evidence: maybe(json),
  coSell: needed(flag),
  coSellMinimumCents: maybe(whole),
  source: needed(line),
  verifiedOn: maybe(line),
};

export const ENGAGEMENT_COLUMNS = {
  required: Object.keys(COLUMNS).filter((name) => COLUMNS[name]?.required),
  optional: Object.keys(COLUMNS).filter((name) => !COLUMNS[name]?.required),
} as const;

type Tree = { [key: string]: Json | Tree };

const put = (tree: Tree, path: readonly string[], value: Json): void => {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  tree[first] ??= {};
  put(tree[first] as Tree, rest, value);
};

/** What an empty cell means where it means something: a market without a rate, nothing asked, nobody has checked. */
const whenEmpty = (row: RowReader): Readonly<Record<string, Json>> => {
  const spoken = (prefix: string) => Object.keys(COLUMNS).some((name) => name.startsWith(prefix) && !row.blank(name));
  const none = (prefix: string): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      MARKETS.filter((market) => !spoken(`${prefix}${market}`)).map((market) => [`${prefix}${market}`, null]),
    );
  return {
    customerCriteria: [],
    designations: [],
    verifiedOn: null,
    ...(spoken('rates.') ? none('rates.') : {}),
    ...(spoken('variable.') ? none('variable.markets.') : {}),
  };
};

type Issue = z.core.$ZodIssue;

const REFINED: Readonly<Record<string, CellFault>> = {
  identifierTypes: { code: 'engagement.identifierTypes' },
  payment: { code: 'engagement.payment' },
  evidence: { code: 'engagement.evidence' },
  'variable.hours': { code: 'engagement.hours' },
  effectiveFrom: { code: 'date.invalid' },
  effectiveTo: { code: 'engagement.dates' },
  lastNomination: { code: 'engagement.dates' },
  verifiedOn: { code: 'date.invalid' },
};

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], value);

const asFault = (issue: Issue, definition: unknown): Fault => {
  const field = issue.path.join('.');
  const seen = valueAt(definition, issue.path);
  const at = { field, given: typeof seen === 'object' || seen === undefined ? null : shortened(String(seen)) };
  if (issue.code === 'custom') return { ...at, ...(REFINED[field] ?? { code: 'value.invalid' }) };
  // Every country there is would be a wall of letters.
  if (issue.path[0] === 'countries' && typeof seen === 'string') return { ...at, code: 'country.invalid' };
  if (issue.path[0] === 'windows') return { ...at, code: 'engagement.window' };
  if (seen === undefined || seen === '') return { ...at, code: 'text.missing' };
  if (issue.code === 'invalid_value') return { ...at, code: 'choice.invalid', allowed: issue.values.map(String) };
  if (issue.code === 'too_big' && typeof seen === 'string') {
    return { ...at, code: 'text.tooLong', most: Number(issue.maximum), typed: lengthOf(seen) };
  }
  if (issue.code === 'invalid_format' && issue.format === 'date') return { ...at, code: 'date.invalid' };
  return { ...at, code: 'value.invalid' };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where something was said that the catalogue has no place for: a slip of the pen would be lost in silence. */
const leftOver = (given: unknown, kept: unknown, path: string): readonly string[] => {
  if (Array.isArray(given) && Array.isArray(kept)) {
    return given.flatMap((item, index) => leftOver(item, kept[index], `${path}.${index}`));
  }
  if (!isObject(given) || !isObject(kept)) return [];
  return Object.keys(given).flatMap((key) => {
    const at = path === '' ? key : `${path}.${key}`;
    return key in kept ? leftOver(given[key], kept[key], at) : given[key] === undefined ? [] : [at];
  });
};

/** Every text of the definition, made fit to keep. */
const tidied = (value: unknown): unknown => {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map(tidied);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [oneLine(key), tidied(inner)]))
    : value;
};

/** One version of an engagement, as an object of the catalogue (R4). */
export const parseDefinition = (given: unknown): Omit<StagedRow, 'line'> => {
  const definition = tidied(given);
  const parsed = engagementSchema.safeParse(definition);
  if (!parsed.success) {
    return { key: null, data: null, faults: parsed.error.issues.map((issue) => asFault(issue, definition)) };
  }
  const faults = leftOver(definition, parsed.data, '').map(
    (field): Fault => ({ field, given: null, code: 'key.unknown' }),
  );
  const { slug, version } = parsed.data;
  return { key: `${slug}/${version}`, data: parsed.data as unknown as Json, faults };
};

/** The same, out of the cells of a row. */
export const parseEngagement = (cells: Cells): Omit<StagedRow, 'line'> => {
  const row = rowReader(cells);
  const empty = whenEmpty(row);
  const definition: Tree = {};
  for (const [path, value] of Object.entries(empty)) if (row.blank(path)) put(definition, path.split('.'), value);
  for (const [name, { read, required }] of Object.entries(COLUMNS)) {
    const value = required ? row.required(name, read) : row.optional(name, read);
    if (value !== null) put(definition, name.split('.'), value);
  }
  if (row.faults.length > 0) return { key: null, data: null, faults: row.faults };
  return parseDefinition(definition);
};
