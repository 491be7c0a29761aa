import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate, migrationsIn } from '../../prisma/migrate.ts';
import { ENGINES, type Engine, serverDatabase } from '../support/world.ts';
import { embeddedSession, type Opened, sessionOn } from './session.ts';

const PAGE = '20261125000000_customers_page_and_imports';
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const open = async (engine: Engine): Promise<Opened> =>
  engine === 'postgresql' ? sessionOn(await serverDatabase()) : embeddedSession();

/** A claim by an identifier, consented to on a day unless that is null, with what its form called the customer. */
const claimSql = (
  number: number,
  organisation: number,
  type: string,
  value: string,
  tenant: string | null,
  day: string | null,
  company: string,
) => `
  INSERT INTO "Claim" ("number", "organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
    "kind", "name", "status", "statusAt", "identifierType", "identifierValue", "tenantId", "market", "createdAt", "consentedAt")
  VALUES (${number}, '${id(organisation)}', '${id(11)}', '${id(31)}', '${id(21)}', '${id(41)}', 'slug', 'added', 'A claim', 'CANCELED',
    '2026-01-01', '${type}', '${value}', ${tenant === null ? 'NULL' : `'${tenant}'`}, 'A', '2026-01-01', ${day === null ? 'NULL' : `'${day}'`});
  INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email") VALUES (${number}, 'customer', '${company}', 'Anna', 'a@x.example');`;

const BEFORE = `
  INSERT INTO "Organisation" ("id", "tenantId", "name", "kind") VALUES
    ('${id(1)}', '${id(1)}', 'One', 'partner'), ('${id(2)}', '${id(2)}', 'Two', 'partner');
  INSERT INTO "Person" ("id", "tenantId", "objectId", "organisationId", "name", "createdAt")
    VALUES ('${id(11)}', '${id(1)}', '${id(11)}', '${id(1)}', 'Robin', '2026-01-01');
  INSERT INTO "Location" ("id", "organisationId", "partnerId", "name", "country", "enrolment", "facts")
    VALUES ('${id(31)}', '${id(1)}', '90000001', 'Here', 'NL', 'enrolled', '{}');
  INSERT INTO "EngagementVersion" ("id", "slug", "version", "definition", "effectiveFrom") VALUES ('${id(41)}', 'slug', 1, '{}', '2026-01-01');
  INSERT INTO "Customer" ("id", "name", "createdAt") VALUES ('${id(21)}', 'What one of them typed first', '2026-01-01');
  INSERT INTO "Identifier" ("id", "customerId", "type", "value", "facts", "source") VALUES
    ('${id(51)}', '${id(21)}', 'domain', 'x.example', NULL, 'typed'),
    ('${id(52)}', '${id(21)}', 'tenantId', '${id(99)}', NULL, 'typed'),
    ('${id(53)}', '${id(21)}', 'tpid', '1234567', NULL, 'typed');
  ${claimSql(1, 1, 'domain', 'x.example', id(99), '2026-02-01', 'First word')}
  ${claimSql(2, 1, 'tpid', '1234567', null, '2026-03-01', 'Last Word')}
  ${claimSql(3, 1, 'domain', 'x.example', id(99), null, 'Never consented')}
  ${claimSql(4, 2, 'tpid', '1234567', null, '2026-02-01', `Ανοδος ${'가'.repeat(190)}`)}`;

describe.each(ENGINES)('a record from before the Customers page, on %s', (engine) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(engine);
    const all = migrationsIn();
    await migrate(
      opened.session,
      all.slice(
        0,
        all.findIndex(({ name }) => name === PAGE),
      ),
    );
    await opened.session.exec(BEFORE);
    await migrate(opened.session, all);
  });
  afterAll(() => opened?.close());

  test('R19: knows from then on whoever consented, under every identifier, and by one name for each organisation: its own', async () => {
    const { rows } = await opened.session.query(
      `SELECT "organisationId", "identifierType", "judgedId", "name" FROM "KnownCustomer" ORDER BY 1, 2`,
    );
    const one = { organisationId: id(1), name: 'Last Word' };
    expect(rows).toEqual([
      { ...one, identifierType: 'domain', judgedId: id(52) },
      { ...one, identifierType: 'tpid', judgedId: id(53) },
      { organisationId: id(2), identifierType: 'tpid', judgedId: id(53), name: expect.stringContaining('Ανοδος') },
    ]);
  });

  test('a name is sorted by no more than an index holds, however its letters unfold', async () => {
    const { rows } = await opened.session.query(`SELECT max(length("sortName")) AS most FROM "KnownCustomer"`);
    expect(rows).toEqual([{ most: 200 }]);
  });
});
