import { IDENTIFIER_TYPES, parseIdentifier } from '../customers/identifier.ts';
import { type FactName, SEGMENTS } from '../engagements/engagement.ts';
import {
  type CellReader,
  type Cells,
  country,
  day,
  flag,
  oneOf,
  type RowReader,
  rowReader,
  text,
  whole,
} from './cell.ts';
import type { Json, StagedRow } from './import.ts';

const FACTS: { readonly [F in FactName]: CellReader<string | number | boolean> } = {
  country,
  seats: whole,
  monthlyActiveUsers: whole,
  azureMonthlySpendUsd: whole,
  servers: whole,
  segment: oneOf(SEGMENTS),
  microsoftManaged: flag,
};
export const FACT_COLUMNS = Object.keys(FACTS) as FactName[];

/** Where the facts come from and who looked at them when. */
export const ORIGIN_COLUMNS = ['source', 'verifiedOn'] as const;

/** The facts a row tells. A column that is not there says nothing; an empty cell says "not known" (null). */
export const factsIn = (row: RowReader): Readonly<Record<string, Json>> =>
  Object.fromEntries(
    FACT_COLUMNS.filter((fact) => row.has(fact)).map((fact) => [
      fact,
      row.optional<string | number | boolean>(fact, FACTS[fact]),
    ]),
  );

/** A column that is not there leaves what is known; an empty cell says that nobody told, and that nobody looked. */
export const originIn = (row: RowReader): Readonly<Record<string, Json>> => ({
  ...(row.has('source') ? { source: row.optional('source', text(200)) ?? 'imported' } : {}),
  ...(row.has('verifiedOn') ? { verifiedOn: row.optional('verifiedOn', day) } : {}),
});

/** How the same name, written in capitals, is still the same customer of a file. */
export const groupOfName = (name: string): string => `name:${name.toLowerCase()}`;

export const CUSTOMER_COLUMNS = {
  required: ['name', 'identifierType', 'identifierValue'],
  optional: [...FACT_COLUMNS, 'reference', ...ORIGIN_COLUMNS],
} as const;

/** One identifier of a customer. Facts hang on it and carry over to no other (R6). */
export const parseCustomer = (cells: Cells): Omit<StagedRow, 'line'> => {
  const row = rowReader(cells);
  const name = row.required('name', text(200));
  const type = row.required('identifierType', oneOf(IDENTIFIER_TYPES));
  if (type === 'msxOpportunityId') row.refuse('identifierType', { code: 'msx.elsewhere' });
  const value =
    type === null || type === 'msxOpportunityId'
      ? null
      : row.required('identifierValue', (raw) => parseIdentifier(type, raw));
  const facts = factsIn(row);
  if (type === 'domain') {
    // A domain is only a way to say its tenant, and the tenant's facts speak for it.
    for (const fact of FACT_COLUMNS) if (!row.blank(fact)) row.refuse(fact, { code: 'domain.facts' });
  }
  const reference = row.optional('reference', text(200));
  const data = {
    name,
    type,
    value,
    group: reference !== null ? `reference:${reference}` : groupOfName(name ?? ''),
    facts: type === 'domain' ? {} : facts,
    ...originIn(row),
  };
  return { key: value === null ? null : `${type}:${value}`, data, faults: row.faults };
};
