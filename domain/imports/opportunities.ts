import { IDENTIFIER_TYPES, type Identifier, parseIdentifier } from '../customers/identifier.ts';
import { OPPORTUNITY_STATES } from '../customers/opportunity.ts';
import { type CellReader, type Cells, oneOf, rowReader, text, usd } from './cell.ts';
import { FACT_COLUMNS, factsIn, groupOfName, ORIGIN_COLUMNS, originIn } from './customers.ts';
import type { StagedRow } from './import.ts';

export const OPPORTUNITY_COLUMNS = {
  required: ['msxOpportunityId', 'name', 'state', 'customer'],
  optional: ['valueUsd', 'customerIdentifier', ...FACT_COLUMNS, ...ORIGIN_COLUMNS],
} as const;

const types = oneOf(IDENTIFIER_TYPES.filter((type) => type !== 'msxOpportunityId'));

/** `tenantId:01234567-…` */
const identifier: CellReader<Identifier> = (raw) => {
  const colon = raw.indexOf(':');
  const type = types(colon < 0 ? raw : raw.slice(0, colon));
  if ('fault' in type) return type;
  const parsed = parseIdentifier(type.value, raw.slice(colon + 1));
  return 'fault' in parsed ? parsed : { value: { type: type.value, value: parsed.value } };
};

/** A deal in MSX, and the identifier of its customer that it is, with its own facts (R6). */
export const parseOpportunity = (cells: Cells): Omit<StagedRow, 'line'> => {
  const row = rowReader(cells);
  const key = row.required('msxOpportunityId', (raw) => parseIdentifier('msxOpportunityId', raw));
  const name = row.required('name', text(200));
  const state = row.required('state', oneOf(OPPORTUNITY_STATES));
  const by = row.optional('customerIdentifier', identifier);
  // A customer that is known by an identifier has its name already.
  const customer = row.blank('customerIdentifier')
    ? row.required('customer', text(200))
    : row.optional('customer', text(200));
  const data = {
    name,
    state,
    ...(row.has('valueUsd') ? { valueCents: row.optional('valueUsd', usd) } : {}),
    customer,
    byType: by?.type ?? null,
    byValue: by?.value ?? null,
    group: by === null ? groupOfName(customer ?? '') : `${by.type}:${by.value}`,
    facts: factsIn(row),
    ...originIn(row),
  };
  return { key, data, faults: row.faults };
};
