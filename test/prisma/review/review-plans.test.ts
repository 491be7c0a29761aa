import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claimStore } from '../../../prisma/stores/claims.ts';
import type { Db } from '../../../prisma/stores/db.ts';
import { LEE, START, TAILSPIN } from '../../support/world.ts';
import { nodesOf, type Plan, type Plans, plansOn, told } from '../plan.ts';
import { claimOf, made, openRecord, type Record } from '../record.ts';

const CLAIMS = 20_000;
/** Claims that wait for reviewers, and those of them that are silent too long. */
const WAITING = 40;
const SILENT = 12;

describe(`R25: at ${CLAIMS.toLocaleString('en')} claims, of which ${WAITING} wait for reviewers`, () => {
  let record: Record;
  let plans: Plans;
  beforeAll(async () => {
    record = await openRecord('postgresql');
    const first = await made(record, await claimOf(record, await record.customer('Many')));
    const { organisationId } = await record.actor(LEE, TAILSPIN);
    const { prisma } = record.database;
    // Copies of one claim, of two organisations: most never submitted, some decided, a few with the reviewers.
    await prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
        "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt",
        "submittedAt", "remindAt")
      SELECT CASE WHEN n % 2 = 0 THEN "organisationId" ELSE ${organisationId}::uuid END, "ownerId", "locationId",
             "customerId", "engagementVersionId", "engagementSlug", "kind", 'Claim ' || n,
             CASE WHEN n <= ${WAITING}::int THEN 'SUBMITTED' WHEN n % 3 = 0 THEN 'APPROVED' ELSE 'CUSTOMER_CLAIMED' END,
             "statusAt", CASE WHEN n > ${WAITING}::int AND n % 3 = 0 THEN NULL ELSE 'open ' || n END,
             "identifierType", "identifierValue", "market", "createdAt",
             CASE WHEN n <= ${WAITING}::int OR n % 3 = 0 THEN NULL ELSE ${START}::timestamptz + interval '30 days' END,
             CASE WHEN n <= ${WAITING}::int OR n % 3 = 0 THEN ${START}::timestamptz - n * interval '1 hour' END,
             CASE WHEN n <= ${SILENT}::int THEN ${START}::timestamptz - n * interval '1 hour'
                  WHEN n <= ${WAITING}::int THEN ${START}::timestamptz + n * interval '1 hour' END
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

  /** Fails with the plan unless claims are found by the index of what waits, and not many more than that are read. */
  const expectOfWaiting = async (most: number, work: (db: Db) => Promise<unknown>) => {
    const found: readonly Plan[] = await plans.of(work);
    const nodes = found.flatMap(nodesOf);
    const read = (node: Plan) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    const growing = nodes.filter((node) => ['Claim', 'Contact'].includes(node['Relation Name'] ?? ''));
    const wasteful = growing.filter((node) => node['Node Type'] === 'Seq Scan' || read(node) > most);
    const plan = found.map(told).join('\n--\n');
    const byIndex = nodes.some((node) => node['Index Name'] === 'Claim_remindAt_idx');
    expect({ plan, byIndex, wasteful: wasteful.map(told) }).toEqual({ plan, byIndex: true, wasteful: [] });
  };

  test('the sweep looks at the reviews that are silent too long, and at nothing else', async () => {
    let silent: readonly number[] = [];
    await expectOfWaiting(SILENT, async (db) => {
      silent = (await claimStore(db).listSilent(START, 200, null)).map(({ number }) => number);
    });
    expect(silent).toHaveLength(SILENT);
  });

  test('a sweep of more than a batch takes a batch at a time', async () => {
    // One row more shows where those that fell due at once end.
    await expectOfWaiting(6, (db) => claimStore(db).listSilent(new Date('2030-01-01'), 5, null));
  });

  test('the list of reviews looks at what waits, and at nothing that does not', async () => {
    let names: readonly string[] = [];
    await expectOfWaiting(WAITING, async (db) => {
      names = (await claimStore(db).listForReview({ skip: 5, take: 5 })).map(({ name }) => name);
    });
    // Longest first: the sixth of them and on.
    expect(names).toEqual([35, 34, 33, 32, 31].map((n) => `Claim ${n}`));
  });

  test('so does their number', async () => {
    await expectOfWaiting(WAITING, (db) => claimStore(db).countForReview());
  });
});
