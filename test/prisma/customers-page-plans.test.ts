import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ClaimPlace, CustomerPlace, PageOf } from '../../domain/customers/customers-page.ts';
import { claimScope } from '../../domain/people/actor.ts';
import { claimsPageStore } from '../../prisma/stores/claims-page.ts';
import { customerStore } from '../../prisma/stores/customers.ts';
import { customersPageStore } from '../../prisma/stores/customers-page.ts';
import type { Db } from '../../prisma/stores/db.ts';
import { DAY, LEE, ROBIN, START, TAILSPIN } from '../support/world.ts';
import { fillingClaims, nodesOf, type Plan, type Plans, plansOn, told } from './plan.ts';
import { claimOf, made, openRecord, type Record } from './record.ts';

const CUSTOMERS = 100_000;
const CLAIMS = 1_000_000;

/** Rows that a plan looked at, wherever it found them. */
const touched = (plans: readonly Plan[]): number =>
  plans
    .flatMap(nodesOf)
    .filter((node) => node['Relation Name'] !== undefined)
    .reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );

describe(`the Customers page at ${CUSTOMERS.toLocaleString('en')} customers and ${CLAIMS.toLocaleString('en')} claims`, () => {
  let record: Record;
  let plans: Plans;
  let page: PageOf;
  beforeAll(async () => {
    record = await openRecord('postgresql');
    const robin = await record.actor(ROBIN);
    const lee = await record.actor(LEE, TAILSPIN);
    const first = await made(record, await claimOf(record, await record.customer('Many')));
    const { prisma } = record.database;
    // Every customer consented to Robin's organisation once. Ten engagements; half of all claims are Robin's, one in
    // fifty open. A quarter of the customers is too small for the engagement.
    await prisma.$executeRaw`
      INSERT INTO "Customer" ("id", "name", "createdAt")
      SELECT md5('customer ' || n)::uuid, 'Customer ' || lpad(n::text, 6, '0'), ${START}::timestamptz
        FROM generate_series(1, ${CUSTOMERS}::int) n`;
    await prisma.$executeRaw`
      INSERT INTO "Identifier" ("id", "customerId", "type", "value", "facts", "source")
      SELECT md5('identifier ' || n)::uuid, md5('customer ' || n)::uuid, 'tenantId', md5('tenant ' || n)::uuid::text,
             jsonb_build_object('country', 'NL', 'segment', 'smb', 'seats', CASE WHEN n % 4 = 0 THEN 10 ELSE 900 END), 'Test'
        FROM generate_series(1, ${CUSTOMERS}::int) n`;
    await prisma.$executeRaw`
      INSERT INTO "KnownCustomer" ("organisationId", "customerId", "identifierType", "identifierValue", "judgedId", "name", "since")
      SELECT ${robin.organisationId}::uuid, i."customerId", i."type", i."value", i."id", c."name", ${START}::timestamptz
        FROM "Identifier" i JOIN "Customer" c ON c."id" = i."customerId" WHERE i."source" = 'Test'`;
    const claims = () => prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
        "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt")
      SELECT CASE WHEN n % 2 = 0 THEN "organisationId" ELSE ${lee.organisationId}::uuid END,
             "ownerId", "locationId", md5('customer ' || n % ${CUSTOMERS}::int + 1)::uuid, "engagementVersionId",
             CASE WHEN n % 10 = 2 THEN 'mw-endpoint-management' ELSE 'other-' || n % 10 END,
             'added', 'Claim', CASE WHEN n % 50 = 2 THEN 'CUSTOMER_CLAIMED' ELSE 'CANCELED' END,
             "statusAt" - n * interval '1 second', CASE WHEN n % 50 = 2 THEN 'open ' || n END,
             "identifierType", "identifierValue", "market", "createdAt",
             CASE WHEN n % 50 = 2 THEN ${START}::timestamptz + n % 730 * interval '1 day' END
        FROM "Claim", generate_series(1, ${CLAIMS}::int) n WHERE "number" = ${first}`;
    await fillingClaims(record.database, claims);
    await prisma.$executeRaw`
      INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email")
      SELECT "number", 'customer', 'Company', 'Anna', 'anna@company.example' FROM "Claim" WHERE "number" % 25 = 0
      ON CONFLICT DO NOTHING`;
    await prisma.$executeRaw`ANALYZE`;
    plans = await plansOn(record);
    const engagements = await record.ports.reads.engagements.listCurrent(START);
    const engagement = engagements.find(({ slug }) => slug === 'mw-endpoint-management');
    if (engagement === undefined) throw new Error('the demo has no such engagement');
    page = { scope: claimScope(robin), engagement, find: '' };
  }, 300_000);
  afterAll(async () => {
    await plans?.close();
    await record?.close();
  });

  /** No table that grows is read from end to end, and not many more rows are looked at than are shown. */
  const expectIndexed = (read: readonly Plan[], mostRows: number) => {
    const growing = /^(Claim|Contact|Customer|Identifier|KnownCustomer)$/;
    const whole = read
      .flatMap(nodesOf)
      .filter((node) => node['Node Type'] === 'Seq Scan' && growing.test(node['Relation Name'] ?? ''));
    const plan = read.map(told).join('\n--\n');
    expect({ plan, whole: whole.map((node) => node['Relation Name']) }).toEqual({ plan, whole: [] });
    expect({ plan, few: touched(read) <= mostRows }).toEqual({ plan, few: true });
  };

  const customersAfter = (from: CustomerPlace | null, eligible = true, way: 'after' | 'before' = 'after') =>
    plans.of((db: Db) => customersPageStore(db).listCustomers(page, eligible, { from, way, take: 6 }));

  const at = async (place: number): Promise<CustomerPlace> => {
    const [row] = await record.database.prisma.knownCustomer.findMany({
      orderBy: [{ sortName: 'asc' }, { customerId: 'asc' }],
      skip: place,
      take: 1,
    });
    if (row === undefined) throw new Error('there are fewer customers');
    return { key: Buffer.from(row.sortName).toString('base64url'), id: row.customerId };
  };

  test('a page of eligible customers reads the index in its order and stops', async () => {
    expectIndexed(await customersAfter(null), 200);
  });

  test('page 500 costs what page 1 does, forwards and backwards', async () => {
    const first = touched(await customersAfter(null));
    const deep = await at(2_500 * 2);
    expect(touched(await customersAfter(deep))).toBeLessThan(first * 2);
    expect(touched(await customersAfter(deep, true, 'before'))).toBeLessThan(first * 2);
    expect(touched(await customersAfter(await at(99_000)))).toBeLessThan(first * 2);
  });

  test('a page of those who are not eligible skips the others without reading all', async () => {
    expectIndexed(await customersAfter(null, false), 400);
  });

  test.each([
    ['open', true],
    ['ended', false],
  ])('a page of %s claims is read from its index, wherever it begins', async (_what, open) => {
    const list = (from: ClaimPlace | null) =>
      plans.of((db) => customersPageStore(db).listClaims(page, open, { from, way: 'after', take: 6 }));
    const first = await list(null);
    expectIndexed(first, 30);
    const [row] = await record.database.prisma.$queryRaw<{ when: Date; number: number }[]>`
      SELECT coalesce("dueAt", "statusAt") AS when, "number" FROM "Claim"
       WHERE "engagementSlug" = 'mw-endpoint-management' AND "organisationId" = ${page.scope.organisationId}::uuid
         AND ("openKey" IS NOT NULL) = ${open} ORDER BY 1 OFFSET 2500 LIMIT 1`;
    const deep = await list(row === undefined ? null : { at: row.when.getTime(), number: row.number });
    expectIndexed(deep, 30);
    expect(touched(deep)).toBeLessThan(touched(first) * 2);
  });

  test('a search by a word of the name, or by an identifier, looks up what it found and no more', async () => {
    const found = async (find: string) =>
      plans.of((db) =>
        customersPageStore(db).listCustomers({ ...page, find }, true, { from: null, way: 'after', take: 6 }),
      );
    expectIndexed(await found('073121'), 60);
    expectIndexed(await found('Customer 07312'), 400);
  });

  /** Pages of memory that were looked at. */
  const read = (found: readonly Plan[]): number =>
    found.reduce((sum, plan) => sum + plan['Shared Hit Blocks'] + plan['Shared Read Blocks'], 0);

  test('the tab: row 90,000 of the eligible customers costs what row 1 does, from a row that was seen', async () => {
    const fifty = (from: CustomerPlace | null, way: 'after' | 'before' = 'after') =>
      plans.of((db) => customersPageStore(db).listCustomers(page, true, { from, way, take: 50 }));
    const first = await fifty(null);
    expectIndexed(first, 1_500);
    for (const way of ['after', 'before'] as const) {
      const deep = await fifty(await at(90_000), way);
      expect(touched(deep)).toBeLessThan(touched(first) * 2);
      expect(read(deep)).toBeLessThan(read(first) * 2);
    }
  });

  test('the tab: the first claims by deadline, of all or of a group, are read from an index, and no others', async () => {
    const filter = { scope: page.scope, engagement: null, locationId: null, ownerId: null, find: '' };
    const list = (group: 'consent' | null) =>
      plans.of((db) =>
        claimsPageStore(db).listClaims(filter, group, { by: 'due', descending: false }, { skip: 0, take: 50 }),
      );
    expectIndexed(await list(null), 400);
    expectIndexed(await list('consent'), 400);
  });

  test('the tab: deadlines of the weeks ahead are counted from an index, without the claims that have ended', async () => {
    const until = new Date(START.getTime() + 84 * DAY);
    const [plan] = await plans.of((db) => claimsPageStore(db).countDueByWeek(page.scope, START, until));
    if (plan === undefined) throw new Error('nothing was asked');
    // One in fifty claims is open, and of these one in nine ends in time.
    expectIndexed([plan], 5_000);
  });

  test('the tab: a word that tens of thousands of claims bear finds them all, each once', async () => {
    const { prisma } = record.database;
    const [there] = await prisma.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "Claim" c JOIN "Contact" p ON p."claimNumber" = c."number"
       WHERE c."organisationId" = ${page.scope.organisationId}::uuid AND p."side" = 'customer' AND p."company" = 'Company'`;
    const filter = { scope: page.scope, engagement: null, locationId: null, ownerId: null, find: 'comp' };
    const counted = [...(await claimsPageStore(prisma).countByStatus(filter)).values()];
    expect(there?.count).toBeGreaterThan(10_000);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(there?.count);
  });

  test('suggestions while one types are read from an index', async () => {
    const suggestions = (find: string) =>
      plans.of((db) => customerStore(db).listKnown(page.scope.organisationId, find, 16));
    expectIndexed(await suggestions(''), 60);
    expectIndexed(await suggestions('073121'), 60);
  });

  test('so are the customers and claims that one can share, as far as somebody scrolls', async () => {
    const customers = (find: string, skip = 0) =>
      plans.of((db) => customerStore(db).listMet(page.scope, find, { skip, take: 25 }));
    expectIndexed(await customers(''), 1_000);
    expectIndexed(await customers('', 100), 5_000);
    expectIndexed(await customers('073121'), 100);
    const filter = { scope: page.scope, engagement: null, locationId: null, ownerId: null };
    const claims = (find: string) =>
      plans.of((db) =>
        claimsPageStore(db).listClaims(
          { ...filter, find },
          null,
          { by: 'due', descending: false },
          { skip: 0, take: 25 },
        ),
      );
    expectIndexed(await claims(''), 1_000);
    expectIndexed(await claims('1000027'), 100);
  });
});
