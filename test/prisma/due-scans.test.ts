import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { claimStore } from '../../prisma/stores/claims.ts';
import { customerReminderStore } from '../../prisma/stores/customer-reminders.ts';
import type { Db } from '../../prisma/stores/db.ts';
import { DAY, START } from '../support/world.ts';
import { fillingClaims, nodesOf, type Plan, type Plans, plansOn, told } from './plan.ts';
import { claimOf, made, openRecord, type Record } from './record.ts';

const FEW = 10_000;
const MANY = 1_000_000;
/** The same number at either size, all over the older claims. */
const EVERY = 66;
const DUE = Math.floor(FEW / EVERY);
const ORGANISATIONS = 50;

/** What each sweep asks first, by the column that says what is due. */
const LOOKS: Readonly<{ [column: string]: (db: Db) => Promise<readonly unknown[]> }> = {
  dueAt: (db) => claimStore(db).takeOver({ now: START, take: 200, after: null }),
  warnAt: (db) => claimStore(db).takeToWarn({ now: START, take: 200, after: null }),
  customerRemindAt: (db) => customerReminderStore(db).takeDue(START, 200),
};

/** Pages of the database that a statement touched, itself and whatever it was made from. */
const pagesOf = (plan: Plan): number => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];

describe('R17, R30: what a look at what is due costs', () => {
  let record: Record;
  let plans: Plans;
  const costs = new Map<string, number>();

  /** Copies of a claim up to so many, of which some of the first are due; the rest are open, later, or ended. */
  const grow = async (from: number, to: number) => {
    const { prisma } = record.database;
    const first = await prisma.claim.findFirstOrThrow({ where: { name: 'Many' } });
    const at = (days: number) => new Date(START.getTime() + days * DAY);
    const fill = () => prisma.$executeRaw`
      INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
        "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt",
        "dueAt", "warnAt", "customerRemindAt")
      SELECT md5('partner ' || n % ${ORGANISATIONS}::int)::uuid, "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug", "kind",
             'Claim ' || n, CASE WHEN n % 3 = 1 THEN 'APPROVED' ELSE 'AWAITING_CONSENT' END, "statusAt",
             CASE WHEN n % 3 = 1 THEN NULL ELSE 'open ' || n END, "identifierType", "identifierValue", "market", "createdAt",
             CASE WHEN n <= ${FEW}::int AND n % ${EVERY}::int = 0 THEN ${at(-1)}::timestamptz WHEN n % 3 = 1 THEN NULL ELSE ${at(30)}::timestamptz + n % 700 * interval '1 hour' END,
             CASE WHEN n <= ${FEW}::int AND n % ${EVERY}::int = 0 THEN ${at(-1)}::timestamptz WHEN n % 3 = 1 THEN NULL ELSE ${at(20)}::timestamptz + n % 700 * interval '1 hour' END,
             CASE WHEN n <= ${FEW}::int AND n % ${EVERY}::int = 0 THEN ${at(-1)}::timestamptz WHEN n % 3 = 1 THEN NULL ELSE ${at(10)}::timestamptz + n % 700 * interval '1 hour' END
        FROM "Claim", generate_series(${from}::int, ${to}::int) n WHERE "number" = ${first.number}`;
    await fillingClaims(record.database, fill);
    await prisma.$executeRaw`VACUUM (ANALYZE) "Claim"`;
  };

  const look = async (column: string): Promise<{ readonly pages: number; readonly plan: Plan }> => {
    let found = 0;
    const [plan, ...more] = await plans.of(async (db) => {
      found = (await LOOKS[column]?.(db))?.length ?? 0;
    });
    if (plan === undefined) throw new Error('nothing was asked');
    expect(found).toBe(DUE);
    expect(more.length).toBeLessThanOrEqual(1);
    return { plan, pages: pagesOf(plan) };
  };

  beforeAll(async () => {
    record = await openRecord('postgresql');
    await record.database.prisma.claim.updateMany({ data: { dueAt: null, warnAt: null } });
    await made(record, await claimOf(record, await record.customer('Many'), { name: 'Many' }));
    await record.database.prisma.$executeRaw`
      INSERT INTO "Organisation" ("id", "tenantId", "name", "kind")
      SELECT md5('partner ' || n)::uuid, md5('tenant ' || n)::uuid, 'Partner ' || n, 'partner'
        FROM generate_series(0, ${ORGANISATIONS - 1}::int) n`;
    await grow(1, FEW);
    plans = await plansOn(record);
    for (const column of Object.keys(LOOKS)) costs.set(column, (await look(column)).pages);
    await grow(FEW + 1, MANY);
  }, 240_000);
  afterAll(async () => {
    await plans?.close();
    await record?.close();
  });

  test.each(Object.keys(LOOKS))(
    `by %s is read from its index at ${MANY} claims, and costs at most half as much again as at ${FEW}`,
    async (column) => {
      const { plan, pages } = await look(column);
      const few = costs.get(column) ?? 0;
      const scans = nodesOf(plan).filter((node) => node['Relation Name'] === 'Claim');
      expect(told(plan)).toContain(`Claim_${column}_number_idx`);
      expect(scans.map((node) => node['Node Type'])).not.toContain('Seq Scan');
      // One level more of the index at most, whatever lies behind it.
      expect({ pages, ratio: pages / few <= 1.5 }).toEqual({ pages, ratio: true });
    },
  );
});
