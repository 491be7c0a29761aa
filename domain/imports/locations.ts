import { parseIdentifier } from '../customers/identifier.ts';
import { ENROLMENTS } from '../people/people-store.ts';
import { oneLine } from '../typed.ts';
import { type CellReader, type Cells, country, list, oneOf, rowReader, text } from './cell.ts';
import type { StagedRow } from './import.ts';

export const LOCATION_COLUMNS = {
  required: ['partnerId', 'name', 'country', 'enrolment', 'organisation'],
  optional: ['designations', 'organisationName'],
} as const;

const partnerId: CellReader<string> = (raw) => {
  const value = oneLine(raw);
  return /^\d{5,8}$/.test(value) ? { value } : { fault: { code: 'partnerId.invalid' } };
};

/** Empty says "never told"; that a location holds none is said by the word. */
const designations: CellReader<readonly string[]> = (raw) => {
  if (oneLine(raw).toLowerCase() === 'none') return { value: [] };
  const value = list(raw);
  return value.every((one) => /^[A-Za-z][A-Za-z0-9-]{1,59}$/.test(one))
    ? { value }
    : { fault: { code: 'value.invalid' } };
};

/** A partner location of an organisation that is kept already. */
export const parseLocation = (cells: Cells): Omit<StagedRow, 'line'> => {
  const row = rowReader(cells);
  const key = row.required('partnerId', partnerId);
  const data = {
    name: row.required('name', text(100)),
    country: row.required('country', country),
    enrolment: row.required('enrolment', oneOf(ENROLMENTS)),
    organisation: row.required('organisation', (raw) => parseIdentifier('tenantId', raw)),
    organisationName: row.optional('organisationName', text(100)),
    ...(row.has('designations') ? { designations: row.optional('designations', designations) } : {}),
  };
  return { key, data, faults: row.faults };
};
