import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ImportKind } from '../../../domain/imports/import.ts';
import { parseElement, parseRecord, readHeader } from '../../../domain/imports/kinds.ts';
import { ROOT } from '../../structure/tree.ts';

const TENANT = '0a1b2c3d-0000-4000-8000-5e6f70819203';

/** A row of a CSV file with these columns. */
const row = (kind: ImportKind, cells: Readonly<Record<string, string>>) =>
  parseRecord(kind, Object.keys(cells), Object.values(cells));

const wrong = (kind: ImportKind, cells: Readonly<Record<string, string>>) =>
  row(kind, cells).faults.map(({ field, code }) => `${field} ${code}`);

const CUSTOMER = { name: 'Fabrikam', identifierType: 'tenantId', identifierValue: TENANT };
const OPPORTUNITY = { msxOpportunityId: '7-1A2B3C4D5E', name: 'Rollout', state: 'open', customer: 'Fabrikam' };
const LOCATION = {
  partnerId: '90000101',
  name: 'Amsterdam',
  country: 'NL',
  enrolment: 'enrolled',
  organisation: TENANT,
};

const catalogue = JSON.parse(readFileSync(join(ROOT, 'prisma/demo/catalogue.json'), 'utf8')) as Record<
  string,
  unknown
>[];
const fixed = catalogue.find(({ payment }) => payment === 'fixed') ?? {};
const variable = catalogue.find((one) => one.payment === 'variable' && one.variable !== undefined) ?? {};

/** An object of the catalogue as the cells of a row, as the documentation says. */
const asCells = (value: unknown, path = ''): Record<string, string> => {
  if (path === 'customerCriteria' || path === 'evidence') return { [path]: JSON.stringify(value) };
  if (Array.isArray(value)) return { [path]: value.join('|') };
  if (typeof value !== 'object' || value === null) return { [path]: value === null ? '' : String(value) };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, inner]) => asCells(inner, path === '' ? key : `${path}.${key}`)),
  );
};

describe('the kind of a file', () => {
  test.each([
    ['customers', Object.keys(CUSTOMER)],
    ['opportunities', Object.keys(OPPORTUNITY)],
    ['locations', Object.keys(LOCATION)],
    ['engagements', Object.keys(asCells(fixed))],
  ] as const)('is %s by the column that no other kind has', (kind, columns) => {
    expect(readHeader(columns)).toMatchObject({ kind });
  });

  test('does not depend on how columns are cased or spaced', () => {
    expect(readHeader(['NAME', 'Identifier type', 'identifier_value'])).toEqual({
      kind: 'customers',
      columns: ['name', 'identifierType', 'identifierValue'],
    });
  });

  test('is none without such a column', () => {
    expect(readHeader(['name', 'country'])).toEqual({ fault: { code: 'kind.unknown' } });
  });

  test('a missing column is named', () => {
    expect(readHeader(['identifierValue', 'seats'])).toEqual({
      fault: { code: 'columns.missing', columns: ['name', 'identifierType'] },
    });
  });

  test('an unknown column is named: a slip of the pen would lose what it holds', () => {
    expect(readHeader([...Object.keys(CUSTOMER), 'seat'])).toEqual({
      fault: { code: 'columns.unknown', columns: ['seat'] },
    });
  });

  test('a column that stands there twice is named', () => {
    expect(readHeader([...Object.keys(CUSTOMER), 'Name'])).toEqual({
      fault: { code: 'columns.twice', columns: ['Name'] },
    });
  });

  test('a row with other cells than the header is named as that', () => {
    expect(parseRecord('customers', ['name', 'identifierType', 'identifierValue'], ['Fabrikam']).faults).toEqual([
      { field: null, given: null, code: 'row.cells', needed: 3, found: 1 },
    ]);
  });
});

describe('a row of customers', () => {
  test('is kept in the spelling that is compared', () => {
    const { key, data, faults } = row('customers', {
      ...CUSTOMER,
      identifierValue: ` {${TENANT.toUpperCase()}} `,
      country: 'nl',
      seats: '0300',
      microsoftManaged: 'JA',
      segment: 'SMB',
      verifiedOn: '2026-11-01',
    });
    expect(faults).toEqual([]);
    expect(key).toBe(`tenantId:${TENANT}`);
    expect(data).toMatchObject({
      value: TENANT,
      facts: { country: 'NL', seats: 300, microsoftManaged: true, segment: 'smb' },
      verifiedOn: '2026-11-01',
    });
    // A column that is not there leaves what is known.
    expect(data).not.toHaveProperty('source');
  });

  test('an empty cell says “not known”, a column that is not there says nothing', () => {
    expect(row('customers', { ...CUSTOMER, seats: '' }).data).toMatchObject({ facts: { seats: null } });
    expect((row('customers', CUSTOMER).data as { facts: object }).facts).toEqual({});
  });

  test.each([
    ['yes', true],
    ['ja', true],
    ['TRUE', true],
    ['1', true],
    ['no', false],
    ['nee', false],
    ['false', false],
    ['0', false],
  ])('reads “%s” as %s', (typed, value) => {
    expect(row('customers', { ...CUSTOMER, microsoftManaged: typed }).data).toMatchObject({
      facts: { microsoftManaged: value },
    });
  });

  test.each([
    [{ name: ' ' }, 'name text.missing'],
    [{ name: 'x'.repeat(201) }, 'name text.tooLong'],
    [{ identifierType: 'email' }, 'identifierType choice.invalid'],
    [{ identifierType: 'msxOpportunityId' }, 'identifierType msx.elsewhere'],
    [{ identifierValue: 'not an id' }, 'identifierValue guid.invalid'],
    [{ identifierValue: '' }, 'identifierValue text.missing'],
    [{ country: 'Netherlands' }, 'country country.invalid'],
    [{ seats: '1.500' }, 'seats number.invalid'],
    [{ seats: '-1' }, 'seats number.invalid'],
    [{ seats: '99999999999' }, 'seats number.invalid'],
    [{ microsoftManaged: 'perhaps' }, 'microsoftManaged flag.invalid'],
    [{ segment: 'large' }, 'segment choice.invalid'],
    [{ verifiedOn: '2026-02-30' }, 'verifiedOn date.invalid'],
    [{ verifiedOn: '1-11-2026' }, 'verifiedOn date.invalid'],
  ])('with %j is refused by its field', (cells, fault) => {
    expect(wrong('customers', { ...CUSTOMER, ...cells })).toEqual([fault]);
  });

  test('R6: a domain has no facts of its own: its tenant’s speak for it', () => {
    const domain = { name: 'Fabrikam', identifierType: 'domain', identifierValue: 'fabrikam.example' };
    expect(wrong('customers', { ...domain, seats: '', country: '' })).toEqual([]);
    expect(wrong('customers', { ...domain, seats: '10', country: 'NL' })).toEqual([
      'country domain.facts',
      'seats domain.facts',
    ]);
  });

  test('every fault of a row is named at once', () => {
    expect(wrong('customers', { ...CUSTOMER, name: '', seats: 'x', country: 'x' })).toHaveLength(3);
  });

  test('what stood there is shown again, cut short', () => {
    const [fault] = row('customers', { ...CUSTOMER, seats: 'x'.repeat(500) }).faults;
    expect(fault?.given).toHaveLength(60);
  });
});

describe('a row of opportunities', () => {
  test.each([
    ['25,000.00', 2_500_000],
    ['25.000,50', 2_500_050],
    ['$ 25000', 2_500_000],
    ['0', 0],
    ['0.00', 0],
    ['', null],
  ])('reads “%s” as %s cents', (valueUsd, valueCents) => {
    expect(row('opportunities', { ...OPPORTUNITY, valueUsd }).data).toMatchObject({ valueCents });
  });

  test('names its customer by an identifier, or by name', () => {
    const by = { ...OPPORTUNITY, customer: '', customerIdentifier: `TenantId:${TENANT}` };
    expect(row('opportunities', by)).toMatchObject({ faults: [], data: { byType: 'tenantId', byValue: TENANT } });
    expect(wrong('opportunities', { ...OPPORTUNITY, customer: '' })).toEqual(['customer text.missing']);
  });

  test.each([
    [{ msxOpportunityId: '12345' }, 'msxOpportunityId msx.invalid'],
    [{ state: 'closed' }, 'state choice.invalid'],
    [{ valueUsd: '-5' }, 'valueUsd money.notPositive'],
    [{ valueUsd: 'about 5k' }, 'valueUsd money.invalid'],
    [{ customerIdentifier: 'fabrikam.example' }, 'customerIdentifier choice.invalid'],
    [{ customerIdentifier: 'tpid:007' }, 'customerIdentifier tpid.invalid'],
    [{ customerIdentifier: 'msxOpportunityId:7-1A2B3C4D5E' }, 'customerIdentifier choice.invalid'],
  ])('with %j is refused by its field', (cells, fault) => {
    expect(wrong('opportunities', { ...OPPORTUNITY, ...cells })).toEqual([fault]);
  });
});

describe('a row of locations', () => {
  test.each([
    ['security|modernWork', ['security', 'modernWork']],
    ['security; modernWork', ['security', 'modernWork']],
    ['none', []],
    ['', null],
  ])('designations “%s” are %j', (designations, value) => {
    expect(row('locations', { ...LOCATION, designations }).data).toMatchObject({ designations: value });
  });

  test('in JSON an empty list says that there are none, null that nobody knows', () => {
    const of = (designations: unknown) => parseElement('locations', { ...LOCATION, designations }).data;
    expect(of([])).toMatchObject({ designations: [] });
    expect(of(null)).toMatchObject({ designations: null });
    expect(of(['security'])).toMatchObject({ designations: ['security'] });
  });

  test.each([
    [{ partnerId: 'ABC' }, 'partnerId partnerId.invalid'],
    [{ enrolment: 'yes' }, 'enrolment choice.invalid'],
    [{ organisation: 'Northbridge' }, 'organisation guid.invalid'],
    [{ designations: '<at>x</at>' }, 'designations value.invalid'],
  ])('with %j is refused by its field', (cells, fault) => {
    expect(wrong('locations', { ...LOCATION, ...cells })).toEqual([fault]);
  });
});

describe('an engagement', () => {
  test.each(catalogue.map((one) => [`${one.slug} v${one.version}`, one]))(
    '%s is the same from JSON and from a row of cells',
    (_, definition) => {
      const json = parseElement('engagements', definition);
      expect(json.faults).toEqual([]);
      const cells = parseRecord('engagements', Object.keys(asCells(definition)), Object.values(asCells(definition)));
      expect(cells).toEqual(json);
    },
  );

  test.each([
    [{ version: 0 }, 'version value.invalid'],
    [{ slug: 'Not A Slug' }, 'slug value.invalid'],
    [{ solutionArea: 'cloud' }, 'solutionArea choice.invalid'],
    [{ effectiveFrom: 'soon' }, 'effectiveFrom date.invalid'],
    [{ source: undefined }, 'source text.missing'],
    [{ name: { en: 'x'.repeat(81), nl: 'x' } }, 'name.en text.tooLong'],
    [{ identifierTypes: ['msxOpportunityId'] }, 'identifierTypes engagement.identifierTypes'],
    [{ exclusive: 'maybe' }, 'exclusive value.invalid'],
    [{ maxActivePerCustmer: 3 }, 'maxActivePerCustmer key.unknown'],
    [{ windows: { ...(fixed.windows as object), appeal: 3 } }, 'windows.appeal key.unknown'],
  ])('with %j is refused by its field', (over, fault) => {
    const { faults } = parseElement('engagements', { ...fixed, ...over });
    expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual([fault]);
  });

  test('R14: with variable payment has variable terms, and no rates', () => {
    const both = { ...variable, rates: { A: 1, B: 1, C: null } };
    expect(parseElement('engagements', both).faults).toMatchObject([{ field: 'payment', code: 'engagement.payment' }]);
  });

  test('as a row names a cell that is no number', () => {
    expect(wrong('engagements', { ...asCells(fixed), 'windows.consent': 'a month' })).toEqual([
      'windows.consent number.invalid',
    ]);
  });
});

describe('an element of a JSON file', () => {
  test.each([[null], [3], ['text'], [[]]])('that is %j is refused as a row', (element) => {
    expect(parseElement('customers', element).faults).toMatchObject([{ field: null, code: 'row.notObject' }]);
  });

  test('is read like a row, numbers and flags as they are', () => {
    const { faults, data } = parseElement('customers', {
      ...CUSTOMER,
      seats: 12,
      microsoftManaged: false,
      country: null,
    });
    expect(faults).toEqual([]);
    expect(data).toMatchObject({ facts: { seats: 12, microsoftManaged: false, country: null } });
  });

  test('names unknown keys and structures where a value belongs', () => {
    const { faults } = parseElement('customers', { ...CUSTOMER, seat: 1, country: { code: 'NL' } });
    expect(faults.map(({ field, code }) => `${field} ${code}`)).toEqual(['seat key.unknown', 'country cell.nested']);
  });
});
