import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { showClaim } from '../../../domain/claims/show-claim.ts';
import { ROOT } from '../../structure/tree.ts';
import { applied, csv, dryRun, refusals } from '../../support/import-text.ts';
import { ENGINES, NORTHBRIDGE, ROBIN, TAILSPIN } from '../../support/world.ts';
import { claimOf, made, openRecord, type Record } from '../record.ts';

const catalogue = JSON.parse(readFileSync(join(ROOT, 'prisma/demo/catalogue.json'), 'utf8')) as {
  readonly slug: string;
  readonly version: number;
  readonly rates?: object;
}[];

describe.each(ENGINES)('what a file changes on %s', (engine) => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord(engine);
  });
  afterAll(() => record?.close());

  const known = (value: string, type: 'tpid' | 'tenantId' | 'domain' | 'msxOpportunityId' = 'tpid') =>
    record.ports.reads.customers.findIdentifier({ type, value });
  const tenant = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

  describe('customers', () => {
    test('rows with one reference are one customer, and so are rows with one name', async () => {
      await applied(
        record.ports,
        csv(
          'name,identifierType,identifierValue,reference',
          `Refer,tpid,600000001,R1`,
          `Refer,tenantId,${tenant(1)},R1`,
          `Named,tpid,600000002,`,
          `Named,tenantId,${tenant(2)},`,
          `Refer,tpid,600000003,R2`,
        ),
      );
      const [one, same, two, three, other] = await Promise.all([
        known('600000001'),
        known(tenant(1), 'tenantId'),
        known('600000002'),
        known(tenant(2), 'tenantId'),
        known('600000003'),
      ]);
      expect(same?.customerId).toBe(one?.customerId);
      expect(three?.customerId).toBe(two?.customerId);
      expect(new Set([one, two, other].map((each) => each?.customerId)).size).toBe(3);
    });

    test('an identifier that is known makes the whole group that customer, and its name the file’s', async () => {
      const customerId = await record.ports.inTx((tx) =>
        tx.customers.keep(null, 'As typed', [{ type: 'tpid', value: '600000010' }], record.clock.now()),
      );
      const content = csv('name,identifierType,identifierValue', 'Imported,tpid,600000010', 'Imported,tpid,600000011');
      expect(await applied(record.ports, content)).toEqual({ added: 1, changed: 1, same: 0, refused: 0 });
      for (const value of ['600000010', '600000011']) {
        expect(await known(value)).toMatchObject({ customerId, customerName: 'Imported' });
      }
    });

    test('identifiers of two customers cannot be one: the row says whose', async () => {
      await applied(
        record.ports,
        csv('name,identifierType,identifierValue', 'Left,tpid,600000020', 'Right,tpid,600000021'),
      );
      const read = await dryRun(
        record.ports,
        csv('name,identifierType,identifierValue,reference', 'Left,tpid,600000020,X', 'Left,tpid,600000021,X'),
      );
      expect(read.firstFaults).toMatchObject([
        {
          line: 3,
          faults: [{ field: 'identifierValue', code: 'customer.two', line: 2, customer: 'Right', other: 'Left' }],
        },
      ]);
    });

    test('one customer under two names is refused by the second', async () => {
      const head = 'name,identifierType,identifierValue,reference';
      const read = await dryRun(record.ports, csv(head, 'Acme,tpid,600000030,A', 'ACME,tpid,600000031,A'));
      expect(refusals(read)).toEqual(['3 name name.differs']);
      const spelled = await dryRun(record.ports, csv(head, 'Acme,tpid,600000030,', 'ACME,tpid,600000031,'));
      expect(refusals(spelled)).toEqual(['3 name name.differs']);
    });

    test('where they come from and who looked when are kept by a file that does not speak of it', async () => {
      const { prisma } = record.database;
      const head = 'name,identifierType,identifierValue,source,verifiedOn';
      await applied(record.ports, csv(head, 'Origin,tpid,600000050,Partner Center,2026-11-01'));
      const plain = csv('name,identifierType,identifierValue', 'Origin,tpid,600000050');
      expect(await applied(record.ports, plain)).toMatchObject({ same: 1, changed: 0 });
      const where = { type_value: { type: 'tpid', value: '600000050' } };
      expect(await prisma.identifier.findUnique({ where })).toMatchObject({
        source: 'Partner Center',
        verifiedOn: new Date('2026-11-01'),
      });
      // An empty cell is said: nobody told, nobody looked.
      expect(await applied(record.ports, csv(head, 'Origin,tpid,600000050,,'))).toMatchObject({ changed: 1 });
      expect(await prisma.identifier.findUnique({ where })).toMatchObject({ source: 'imported', verifiedOn: null });
    });

    test('a new one with the name of one that is kept is counted, so that nobody splits a customer unseen', async () => {
      const head = 'name,identifierType,identifierValue';
      await applied(record.ports, csv(head, 'Namesake BV,tpid,600000060'));
      const apart = await dryRun(record.ports, csv(head, 'namesake bv,tpid,600000061', 'Other,tpid,600000062'));
      expect(apart.namesakes).toBe(1);
      const together = csv(head, 'Namesake BV,tpid,600000060', 'Namesake BV,tpid,600000061');
      expect((await dryRun(record.ports, together)).namesakes).toBe(0);
      await applied(record.ports, together);
      expect((await known('600000061'))?.customerId).toBe((await known('600000060'))?.customerId);
    });

    test('rows of nothing behind the last one are passed over, and a nameless column is named by its place', async () => {
      const { counts } = await dryRun(
        record.ports,
        'name;identifierType;identifierValue\nBlank;tpid;600000070\n;;\n ; ;\n',
      );
      expect(counts).toMatchObject({ added: 1, refused: 0 });
      await expect(dryRun(record.ports, 'name,identifierType,identifierValue,\nx,tpid,600000071,\n')).rejects.toThrow(
        '#4',
      );
    });

    test('R6: facts hang on the identifier; an empty cell forgets one, a column that is not there keeps it', async () => {
      const file = (columns: string, ...rows: readonly string[]) =>
        csv(`name,identifierType,identifierValue,${columns}`, ...rows);
      await applied(record.ports, file('seats,country', 'Facts,tpid,600000040,300,NL', 'Facts,tpid,600000041,,'));
      expect((await known('600000040'))?.facts).toEqual({ seats: 300, country: 'NL' });
      expect((await known('600000041'))?.facts).toBeNull();
      expect(await applied(record.ports, file('seats', 'Facts,tpid,600000040,'))).toMatchObject({ changed: 1 });
      expect((await known('600000040'))?.facts).toEqual({ country: 'NL' });
    });
  });

  describe('opportunities', () => {
    const HEAD = 'msxOpportunityId,name,state,valueUsd,customer,customerIdentifier,country';
    const opportunity = (id: string) => record.ports.reads.customers.findOpportunity(id);

    test('are kept with their customer, known by an identifier or new by name', async () => {
      await applied(record.ports, csv('name,identifierType,identifierValue', 'Deals,tpid,610000001'));
      const content = csv(
        HEAD,
        '7-0000000001,First,open,"25,000.00",,tpid:610000001,NL',
        '7-0000000002,Second,won,,New Deals,,BE',
        '7-0000000003,Third,lost,0,new deals,,',
      );
      expect(await applied(record.ports, content)).toMatchObject({ added: 3 });
      expect(await opportunity('7-0000000001')).toMatchObject({ name: 'First', state: 'open', valueCents: 2_500_000 });
      expect(await opportunity('7-0000000002')).toMatchObject({ state: 'won', valueCents: null });
      expect(await opportunity('7-0000000003')).toMatchObject({ state: 'lost', valueCents: 0 });
      const of = (id: string) => known(id, 'msxOpportunityId');
      expect((await of('7-0000000001'))?.customerId).toBe((await known('610000001'))?.customerId);
      expect((await of('7-0000000001'))?.facts).toEqual({ country: 'NL' });
      expect(await of('7-0000000003')).toMatchObject({ customerName: 'New Deals' });
      expect((await of('7-0000000003'))?.customerId).toBe((await of('7-0000000002'))?.customerId);
      expect(await applied(record.ports, content)).toEqual({ added: 0, changed: 0, same: 3, refused: 0 });
    });

    test('one that names a customer of whom there is one already has to say which it means', async () => {
      const head = 'msxOpportunityId,name,state,customer,customerIdentifier';
      await applied(record.ports, csv('name,identifierType,identifierValue', 'Which NV,tpid,600000080'));
      const vague = await dryRun(record.ports, csv(head, '7-WHICH00001,Deal,open,Which NV,'));
      expect(refusals(vague)).toEqual(['2 customer customer.known']);
      await applied(record.ports, csv(head, '7-WHICH00001,Deal,open,Which NV,tpid:600000080'));
      const found = await known('7-WHICH00001', 'msxOpportunityId');
      expect(found?.customerId).toBe((await known('600000080'))?.customerId);
      // Known by its own id from now on, it needs no other.
      expect((await dryRun(record.ports, csv(head, '7-WHICH00001,Deal,won,Which NV,'))).counts).toMatchObject({
        changed: 1,
      });
    });

    test('a value that changes is a change; a file without values keeps them', async () => {
      await applied(record.ports, csv(HEAD, '7-0000000010,Deal,open,100,Values,,'));
      const without = csv('msxOpportunityId,name,state,customer', '7-0000000010,Deal,open,Values');
      expect(await applied(record.ports, without)).toMatchObject({ same: 1 });
      expect(await applied(record.ports, csv(HEAD, '7-0000000010,Deal,open,200,Values,,'))).toMatchObject({
        changed: 1,
      });
      expect(await opportunity('7-0000000010')).toMatchObject({ valueCents: 20_000 });
      expect(await applied(record.ports, csv(HEAD, '7-0000000010,Deal,open,,Values,,'))).toMatchObject({ changed: 1 });
      expect(await opportunity('7-0000000010')).toMatchObject({ valueCents: null });
    });

    test('a customer that nobody knows is refused, and so is another one than before', async () => {
      expect(refusals(await dryRun(record.ports, csv(HEAD, '7-0000000020,Deal,open,,,tpid:619999999,')))).toEqual([
        '2 customerIdentifier identifier.unknown',
      ]);
      await applied(
        record.ports,
        csv('name,identifierType,identifierValue', 'Mine,tpid,610000020', 'Yours,tpid,610000021'),
      );
      await applied(record.ports, csv(HEAD, '7-0000000021,Deal,open,,,tpid:610000020,'));
      const moved = await dryRun(record.ports, csv(HEAD, '7-0000000021,Deal,open,,,tpid:610000021,'));
      expect(moved.firstFaults[0]?.faults).toMatchObject([{ code: 'customer.two', customer: 'Mine', other: 'Yours' }]);
    });
  });

  describe('locations', () => {
    const HEAD = 'partnerId,name,country,enrolment,designations,organisation,organisationName';
    const location = (partnerId: string) => record.database.prisma.location.findUnique({ where: { partnerId } });

    test('are added and changed, and name their organisation', async () => {
      const content = csv(HEAD, `80000001,Utrecht,NL,enrolled,security|azure,${TAILSPIN},Tailspin Renamed`);
      expect(await applied(record.ports, content)).toMatchObject({ added: 1 });
      expect(await location('80000001')).toMatchObject({
        name: 'Utrecht',
        facts: { designations: ['security', 'azure'] },
      });
      const organisation = await record.database.prisma.organisation.findUnique({ where: { tenantId: TAILSPIN } });
      expect(organisation?.name).toBe('Tailspin Renamed');
      expect(await applied(record.ports, content)).toEqual({ added: 0, changed: 0, same: 1, refused: 0 });
      expect(await applied(record.ports, csv(HEAD, `80000001,Utrecht,NL,inactive,,${TAILSPIN},`))).toMatchObject({
        changed: 1,
      });
      expect(await location('80000001')).toMatchObject({ enrolment: 'inactive', facts: {} });
    });

    test('never move, and belong to nobody who is not kept', async () => {
      await applied(record.ports, csv(HEAD, `80000002,Breda,NL,enrolled,,${TAILSPIN},`));
      const read = await dryRun(
        record.ports,
        csv(HEAD, `80000002,Breda,NL,enrolled,,${NORTHBRIDGE},`, `80000003,Oss,NL,enrolled,,${tenant(9)},`),
      );
      expect(refusals(read)).toEqual(['2 organisation location.moved', '3 organisation organisation.unknown']);
    });
  });

  describe('engagements', () => {
    test('the catalogue as it is kept is the same', async () => {
      const { counts } = await dryRun(record.ports, JSON.stringify(catalogue));
      expect(counts).toEqual({ added: 0, changed: 0, same: catalogue.length, refused: 0 });
    });

    test('R4: a version never changes: another content under its number is refused', async () => {
      const [first] = catalogue;
      const read = await dryRun(record.ports, JSON.stringify([{ ...first, maxActivePerCustomer: 7 }]));
      expect(refusals(read)).toEqual(['1 version version.differs']);
    });

    test.each([
      ['a number below the newest', { version: 1 }, { version: 3 }, '1 version version.old'],
      [
        'an end before its beginning',
        { version: 4, effectiveFrom: '2026-01-01', effectiveTo: '2025-12-31' },
        {},
        '1 effectiveTo engagement.dates',
      ],
      [
        'a last nomination before its beginning',
        { version: 4, effectiveFrom: '2026-01-01', lastNomination: '2025-12-31' },
        {},
        '1 lastNomination engagement.dates',
      ],
      [
        'a window longer than any programme',
        { version: 4, windows: { consent: 99_999_999, submit: 1, review: 1, dispute: 1 } },
        {},
        '1 windows.consent engagement.window',
      ],
      [
        'a year that the calendar does not have',
        { version: 4, effectiveFrom: '0000-01-01' },
        {},
        '1 effectiveFrom date.invalid',
      ],
      ['a country that is none', { version: 4, countries: ['UK'] }, {}, '1 countries.0 country.invalid'],
    ])('R4: a version with %s is refused', async (what, change, kept, refusal) => {
      const base = { ...catalogue[0], slug: `versions-${what.replace(/[^a-z]/g, '').slice(0, 20)}` };
      if (Object.keys(kept).length > 0) await applied(record.ports, JSON.stringify([{ ...base, ...kept }]));
      const read = await dryRun(record.ports, JSON.stringify([{ ...base, ...change }]));
      expect(refusals(read)).toEqual([refusal]);
    });

    test('R4: what was paid one way is not paid another by its next version', async () => {
      const variable = catalogue.find(({ slug }) => slug === 'biz-presales-workshop');
      const fixed = { ...catalogue[0], slug: 'biz-presales-workshop', version: 5 };
      expect(variable).toBeDefined();
      expect(refusals(await dryRun(record.ports, JSON.stringify([fixed])))).toEqual(['1 payment payment.changed']);
    });

    test('a key that stands twice is refused, however it is spelled', async () => {
      const row = '{"name":"A","Name":"B","identifierType":"tpid","identifierValue":600000090}';
      expect(refusals(await dryRun(record.ports, `[${row}]`))).toEqual(['1 name key.twice']);
    });

    test('R4: a new version leaves claims that were made under an older one as they are', async () => {
      const robin = await record.actor(ROBIN);
      const claim = await claimOf(record, await record.customer('Pinned'), {
        identifier: { type: 'tpid', value: '620000001' },
      });
      await record.ports.inTx((tx) =>
        tx.customers.keep(claim.customerId, 'Pinned', [claim.identifier], record.clock.now()),
      );
      const number = await made(record, claim);
      const before = await showClaim(record.ports, robin, number);
      const row = await record.database.prisma.claim.findUniqueOrThrow({ where: { number } });
      const old = catalogue
        .filter(({ slug }) => slug === claim.engagementSlug)
        .reduce((newest, one) => (one.version > newest.version ? one : newest));
      const next = {
        ...old,
        version: old.version + 1,
        effectiveFrom: '2026-11-01',
        rates: { A: 1, B: 1, C: 1 },
        customerCriteria: [],
      };

      expect(await applied(record.ports, JSON.stringify([next]))).toMatchObject({ added: 1 });

      const current = await record.ports.reads.engagements.listCurrent(record.clock.now());
      expect(current.find(({ slug }) => slug === next.slug)).toMatchObject({
        version: next.version,
        rates: next.rates,
      });
      expect(await record.database.prisma.claim.findUniqueOrThrow({ where: { number } })).toEqual(row);
      const after = await showClaim(record.ports, robin, number);
      expect(after?.engagement).toEqual(before?.engagement);
      expect(after?.claim).toEqual(before?.claim);
      expect(after?.engagement.version).toBe(old.version);
    });

    test('a version ends with its last day, and a later one that has not begun is not in force', async () => {
      const [first] = catalogue;
      const content = [
        { ...first, slug: 'imported-days', version: 1, effectiveFrom: '2026-11-01', effectiveTo: '2026-11-23' },
        { ...first, slug: 'imported-days', version: 2, effectiveFrom: '2026-11-24' },
      ];
      await applied(record.ports, JSON.stringify(content));
      const at = async (moment: string) =>
        (await record.ports.reads.engagements.listCurrent(new Date(moment))).find(
          ({ slug }) => slug === 'imported-days',
        )?.version;
      expect(await at('2026-10-31T23:59:59Z')).toBeUndefined();
      expect(await at('2026-11-23T23:59:59Z')).toBe(1);
      expect(await at('2026-11-24T00:00:00Z')).toBe(2);
    });
  });
});
