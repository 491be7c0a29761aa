import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OverClaim } from '../../domain/claims/claim-store.ts';
import type { DueReminder } from '../../domain/consent/customer-reminder-store.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { claimScope } from '../../domain/people/actor.ts';
import { claimStore } from '../../prisma/stores/claims.ts';
import { customerReminderStore } from '../../prisma/stores/customer-reminders.ts';
import { customerStore } from '../../prisma/stores/customers.ts';
import type { Db } from '../../prisma/stores/db.ts';
import { exportStore } from '../../prisma/stores/exports.ts';
import { LEE, ROBIN, START, TAILSPIN } from '../support/world.ts';
import { nodesOf, type Plan, type Plans, plansOn, told } from './plan.ts';
import { claimOf, made, openRecord, type Record } from './record.ts';

const CLAIMS = 20_000;

describe(`at ${CLAIMS.toLocaleString('en')} claims`, () => {
  let record: Record;
  let robin: Actor;
  let plans: Plans;

  beforeAll(async () => {
    record = await openRecord('postgresql');
    robin = await record.actor(ROBIN);
    const lee = await record.actor(LEE, TAILSPIN);
    const first = await made(record, await claimOf(record, await record.customer('Many')));
    const { prisma } = record.database;
    // Copies of one claim: every fortieth Robin's, of 2000 customers, a third ended, deadlines over two years, 20 over.
    await prisma.$executeRaw`
      INSERT INTO "Customer" ("id", "name", "createdAt")
      SELECT md5('customer ' || n)::uuid, 'Customer ' || n, ${START}::timestamptz FROM generate_series(1, 2000) n`;
    await prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
        "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt")
      SELECT CASE WHEN n % 40 = 7 THEN "organisationId" ELSE ${lee.organisationId}::uuid END,
             "ownerId", "locationId", md5('customer ' || n % 2000 + 1)::uuid, "engagementVersionId", "engagementSlug" || n % 9,
             "kind", 'Claim ' || n, CASE WHEN n % 3 = 0 THEN 'APPROVED' ELSE 'CUSTOMER_CLAIMED' END, "statusAt",
             CASE WHEN n % 3 = 0 THEN NULL ELSE 'open ' || n END, "identifierType", "identifierValue", "market", "createdAt",
             CASE WHEN n % 3 = 0 THEN NULL
                  WHEN n <= 30 THEN ${START}::timestamptz - interval '1 day'
                  ELSE ${START}::timestamptz + n % 730 * interval '1 day' + interval '1 hour' END
        FROM "Claim", generate_series(1, ${CLAIMS}::int) n WHERE "number" = ${first}`;
    await prisma.$executeRaw`
      INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email")
      SELECT c."number", side, 'Company', 'Anna', 'anna@company.example'
        FROM "Claim" c, unnest(ARRAY['customer', 'partner']) side ON CONFLICT DO NOTHING`;
    await prisma.$executeRaw`ANALYZE`;

    plans = await plansOn(record);
  });
  afterAll(async () => {
    await plans?.close();
    await record?.close();
  });

  const plansOf = (work: (db: Db) => Promise<unknown>): Promise<readonly Plan[]> => plans.of(work);

  /** Fails with the plan when claims are read from end to end, or many more rows are looked at than are wanted. */
  const expectIndexed = (plans: readonly Plan[], mostRows: number) => {
    const growing = plans.flatMap(nodesOf).filter((node) => /^(Claim|Contact|)$/.test(node['Relation Name'] ?? ''));
    const touched = (node: Plan) =>
      (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    const wasteful = growing.filter((node) => node['Node Type'] === 'Seq Scan' || touched(node) > mostRows);
    const plan = plans.map(told).join('\n--\n');
    expect({ plan, wasteful: wasteful.map((node) => node['Node Type']) }).toEqual({ plan, wasteful: [] });
  };

  test('R17: the sweep looks at what is due and at nothing else', async () => {
    let over: readonly OverClaim[] = [];
    const plans = await plansOf(async (db) => {
      over = await claimStore(db).takeOver({ now: START, take: 200, after: null });
    });
    expect(over).toHaveLength(20);
    expectIndexed(plans, 20);
  });

  test('a sweep of more than one batch takes a batch at a time', async () => {
    const end = new Date('2030-01-01');
    let batch: readonly OverClaim[] = [];
    const first = await plansOf(async (db) => {
      batch = await claimStore(db).takeOver({ now: end, take: 200, after: null });
    });
    // Claims that end at the same moment are put in order among themselves.
    expectIndexed(first, 260);
    const last = batch.at(-1) ?? null;
    expectIndexed(await plansOf((db) => claimStore(db).takeOver({ now: end, take: 200, after: last })), 260);
  });

  test('the first page of the list is read from an index, not sorted out of all claims', async () => {
    const plans = await plansOf((db) => claimStore(db).list(claimScope(robin), { skip: 0, take: 5 }));
    // Claims of one organisation that end on the same day are put in order among themselves.
    expectIndexed(plans, 60);
  });

  test('so is the page of somebody who sees one location', async () => {
    const scope = { ...claimScope(robin), locationIds: ['00000000-0000-4000-8000-000000000301'] };
    const plans = await plansOf((db) => claimStore(db).list(scope, { skip: 0, take: 5 }));
    expectIndexed(plans, 60);
  });

  test('one claim is found without looking at others', async () => {
    const number = (await record.database.prisma.claim.findFirstOrThrow()).number;
    expectIndexed(await plansOf((db) => claimStore(db).find(number)), 2);
  });

  test("R7: a customer's claims are counted without looking at those of others", async () => {
    const { customerId } = await record.database.prisma.claim.findFirstOrThrow({ where: { name: 'Claim 7' } });
    const plans = await plansOf((db) => customerStore(db).listClaimCounts(customerId, robin.organisationId));
    expectIndexed(plans, 15);
  });

  test('a batch of an export is read from indexes, and looks at no claims or contacts before it', async () => {
    const scope = claimScope(await record.actor(LEE, TAILSPIN));
    const { number } = await record.database.prisma.claim.findFirstOrThrow({ where: { name: 'Claim 15000' } });
    const claims = await plansOf((db) => exportStore(db).listClaims(scope, number, 100));
    // The handful of locations and people may be gone through for each claim; 5000 claims in front are not.
    expectIndexed(claims, 1_000);
    const middle = '80000000-0000-0000-0000-000000000000';
    const customers = await plansOf((db) => exportStore(db).listCustomers(scope, middle, 10));
    // Ten claims each.
    expectIndexed(customers, 130);
  });

  test('the reminders to customers look at what is due and at nothing else, a batch at a time', async () => {
    const { prisma } = record.database;
    await prisma.$executeRaw`
      UPDATE "Claim" SET "customerRemindAt" = ${START}::timestamptz + ("number" % 3 - 1) * interval '1 hour'
       WHERE "number" % 200 = 0`;
    await prisma.$executeRaw`ANALYZE "Claim"`;
    let due: readonly DueReminder[] = [];
    const take = async (most: number) =>
      plansOf(async (db) => {
        due = await customerReminderStore(db).takeDue(START, most);
      });
    const all = await take(200);
    expect(due.length).toBeGreaterThan(50);
    expectIndexed(all, due.length);
    await take(10);
    expect(due).toHaveLength(10);
  });
});
