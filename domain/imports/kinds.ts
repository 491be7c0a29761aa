import { oneLine } from '../typed.ts';
import type { Cells } from './cell.ts';
import { CUSTOMER_COLUMNS, parseCustomer } from './customers.ts';
import { ENGAGEMENT_COLUMNS, parseDefinition, parseEngagement } from './engagements.ts';
import { type Fault, type FileFault, shortened } from './faults.ts';
import { IMPORT_KINDS, type ImportKind, type StagedRow } from './import.ts';
import { LOCATION_COLUMNS, parseLocation } from './locations.ts';
import { OPPORTUNITY_COLUMNS, parseOpportunity } from './opportunities.ts';

type Parsed = Omit<StagedRow, 'line'>;

type Kind = {
  /** The column that no other kind has: by it a file is known. */
  readonly signature: string;
  readonly columns: { readonly required: readonly string[]; readonly optional: readonly string[] };
  readonly parse: (cells: Cells) => Parsed;
  /** Elements of a JSON file that are more than cells. */
  readonly parseElement?: (element: unknown) => Parsed;
};

/** What can be imported, in the order in which files build on each other. */
export const KINDS: { readonly [K in ImportKind]: Kind } = {
  customers: { signature: 'identifierValue', columns: CUSTOMER_COLUMNS, parse: parseCustomer },
  opportunities: { signature: 'msxOpportunityId', columns: OPPORTUNITY_COLUMNS, parse: parseOpportunity },
  locations: { signature: 'partnerId', columns: LOCATION_COLUMNS, parse: parseLocation },
  engagements: {
    signature: 'slug',
    columns: ENGAGEMENT_COLUMNS,
    parse: parseEngagement,
    parseElement: parseDefinition,
  },
};

/** `Identifier type`, `identifier_type` and `identifierType` are one column. */
const folded = (name: string): string => name.toLowerCase().replace(/[^a-z0-9.]/g, '');

/** The kind of a file with these columns or keys; null when it is none. */
export const kindOf = (names: readonly string[]): ImportKind | null => {
  const given = new Set(names.map(folded));
  const kinds = Object.entries(KINDS) as [ImportKind, Kind][];
  return kinds.find(([, { signature }]) => given.has(folded(signature)))?.[0] ?? null;
};

/** Any spelling of a column → its own name; undefined for a stranger. */
type Names = (given: string) => string | undefined;

const namesOf = (kind: Kind): Names => {
  const byFold = new Map([...kind.columns.required, ...kind.columns.optional].map((name) => [folded(name), name]));
  return (given) => byFold.get(folded(given));
};

const NAMES = Object.fromEntries(IMPORT_KINDS.map((kind) => [kind, namesOf(KINDS[kind])])) as Readonly<
  Record<ImportKind, Names>
>;

/** How many columns are named when something is wrong with them. */
const MOST_NAMED = 20;

/** Columns as they are shown again: cut short, and those without a name by their place. */
const named = (header: readonly string[]): readonly string[] =>
  header.map((name, index) => shortened(oneLine(name)) ?? `#${index + 1}`);

/** A header → the columns' own names, in its order; or what is wrong with the whole file. */
export const readHeader = (
  header: readonly string[],
): { readonly kind: ImportKind; readonly columns: readonly string[] } | { readonly fault: FileFault } => {
  const kind = kindOf(header);
  if (kind === null) return { fault: { code: 'kind.unknown' } };
  const columns = header.map((name) => NAMES[kind](name));
  const strangers = named(header).filter((_, index) => columns[index] === undefined);
  if (strangers.length > 0) return { fault: { code: 'columns.unknown', columns: strangers.slice(0, MOST_NAMED) } };
  const twice = named(header).filter((_, index) => columns.indexOf(columns[index]) !== index);
  if (twice.length > 0) return { fault: { code: 'columns.twice', columns: twice.slice(0, MOST_NAMED) } };
  const missing = KINDS[kind].columns.required.filter((name) => !columns.includes(name));
  if (missing.length > 0) return { fault: { code: 'columns.missing', columns: missing } };
  return { kind, columns: columns as readonly string[] };
};

const refused = (fault: Fault): Parsed => ({ key: null, data: null, faults: [fault] });

/** A record of a CSV file whose header was read. */
export const parseRecord = (kind: ImportKind, columns: readonly string[], values: readonly string[]): Parsed =>
  values.length === columns.length
    ? KINDS[kind].parse(Object.fromEntries(columns.map((name, index) => [name, values[index] ?? ''])))
    : refused({ field: null, given: null, code: 'row.cells', needed: columns.length, found: values.length });

/** A value of a JSON element as a cell would say it; undefined where none can. */
const cellOf = (value: unknown): string | undefined => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) {
    const simple = value.every((item) => typeof item === 'string' || typeof item === 'number');
    // An empty list says that there are none, which an empty cell does not.
    return simple ? value.join('|') || 'none' : undefined;
  }
  return typeof value === 'object' ? undefined : String(value);
};

/** An element of a JSON file's list. */
export const parseElement = (kind: ImportKind, element: unknown): Parsed => {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    return refused({ field: null, given: shortened(JSON.stringify(element) ?? ''), code: 'row.notObject' });
  }
  const own = KINDS[kind].parseElement;
  if (own !== undefined) return own(element);
  const faults: Fault[] = [];
  const cells = new Map<string, string>();
  for (const [given, value] of Object.entries(element)) {
    const name = NAMES[kind](given);
    const cell = cellOf(value);
    if (name === undefined) faults.push({ field: oneLine(given).slice(0, 60), given: null, code: 'key.unknown' });
    else if (cells.has(name)) faults.push({ field: name, given: shortened(oneLine(cell ?? '')), code: 'key.twice' });
    else if (cell === undefined) faults.push({ field: name, given: null, code: 'cell.nested' });
    else cells.set(name, cell);
  }
  const parsed = KINDS[kind].parse(Object.fromEntries(cells));
  // What stands where it cannot be read is named as that, not as missing too.
  const named = new Set(faults.map(({ field }) => field));
  return { ...parsed, faults: [...faults, ...parsed.faults.filter(({ field }) => !named.has(field))] };
};
