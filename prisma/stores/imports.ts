import type { Fault } from '../../domain/imports/faults.ts';
import type { Counts, Import, ImportKind, ImportState, ImportStore } from '../../domain/imports/import.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';
import { customerRows } from './imports/customers.ts';
import { engagementRows } from './imports/engagements.ts';
import { locationRows } from './imports/locations.ts';
import { IMPORT_LOCK } from './imports/lock.ts';
import { opportunityRows } from './imports/opportunities.ts';

/** What a kind of row means to the record, as statements over all of them at once. */
export type KindRows = {
  /** The column that names what a row is about. */
  readonly keyField: string;
  /** Refuses rows that fit neither each other nor the record. */
  readonly judge: (db: Db, id: string) => Promise<void>;
  readonly count: (db: Db, id: string) => Promise<Omit<Counts, 'refused'>>;
  readonly write: (db: Db, id: string, at: Date) => Promise<void>;
  /** Keeps beside each row what it is about to change; null: it changes nothing that is there. */
  readonly keepBefore: ((db: Db, id: string) => Promise<unknown>) | null;
  readonly countNamesakes?: (db: Db, id: string) => Promise<number>;
};

const KINDS: { readonly [K in ImportKind]: KindRows } = {
  customers: customerRows,
  opportunities: opportunityRows,
  locations: locationRows,
  engagements: engagementRows,
};

const refuseRepeats = (db: Db, id: string, field: string) => db.$executeRaw`
  UPDATE "ImportRow" r
     SET "faults" = coalesce(r."faults", '[]') || jsonb_build_array(jsonb_build_object(
           'field', ${field}::text, 'given', left(r."key", 60), 'code', 'duplicate', 'line', d.first))
    FROM (SELECT "key", min("line") AS first FROM "ImportRow"
           WHERE "importId" = ${id}::uuid AND "key" IS NOT NULL GROUP BY "key" HAVING count(*) > 1) d
   WHERE r."importId" = ${id}::uuid AND r."key" = d."key" AND r."line" > d.first`;

export const importStore = (db: Db): ImportStore => ({
  find: async (id) => {
    const row = await db.import.findUnique({ where: { id } });
    if (row === null) return null;
    const { kind, fileName, personId, state } = row;
    return { id, kind: kind as ImportKind, fileName, personId, state: state as ImportState };
  },
  count: async ({ id, kind }) => {
    const refused = await db.importRow.count({ where: { importId: id, faults: { not: Prisma.DbNull } } });
    return { ...(await KINDS[kind].count(db, id)), refused };
  },
  listFaults: async (id, afterLine, most) => {
    const rows = await db.$queryRaw<{ line: number; faults: readonly Fault[] }[]>`
      SELECT "line", "faults" FROM "ImportRow"
       WHERE "importId" = ${id}::uuid AND "faults" IS NOT NULL AND "line" > ${afterLine}
       ORDER BY "line" LIMIT ${most}`;
    return rows.map(({ line, faults }) => ({ line, faults }));
  },
  begin: async ({ id, kind, fileName, personId, state }: Import, at) => {
    await db.import.create({ data: { id, kind, fileName, personId, state, createdAt: at } });
  },
  addRows: async (id, rows) => {
    const wire = JSON.stringify(
      rows.map(({ line, key, data, faults }) => ({ line, key, data, faults: faults.length === 0 ? null : faults })),
    );
    await db.$executeRaw`
      INSERT INTO "ImportRow" ("importId", "line", "key", "data", "faults")
      SELECT ${id}::uuid, r."line", r."key", r."data", r."faults"
        FROM jsonb_to_recordset(${wire}::jsonb) AS r("line" int, "key" text, "data" jsonb, "faults" jsonb)`;
  },
  judge: async ({ id, kind, state }) => {
    const { keyField, judge } = KINDS[kind];
    // The planner has never heard of rows that have just come in, and would join them one by one.
    if (state === 'reading') await db.$executeRaw`ANALYZE "ImportRow"`;
    await refuseRepeats(db, id, keyField);
    await judge(db, id);
  },
  lock: async () => {
    await db.$queryRaw`SELECT pg_advisory_xact_lock(${IMPORT_LOCK}::bigint)::text`;
  },
  hold: async (id) => {
    await db.$queryRaw`SELECT "id" FROM "Import" WHERE "id" = ${id}::uuid FOR UPDATE`;
  },
  countNamesakes: async ({ id, kind }) => (await KINDS[kind].countNamesakes?.(db, id)) ?? 0,
  write: async ({ id, kind }, at) => {
    await KINDS[kind].keepBefore?.(db, id);
    await KINDS[kind].write(db, id, at);
  },
  advance: async (id, to, at) => {
    const from = to === 'staged' ? 'reading' : 'staged';
    const { count } = await db.import.updateMany({
      where: { id, state: from },
      data: { state: to, ...(to === 'applied' ? { appliedAt: at } : {}) },
    });
    return count === 1;
  },
  discard: async (id) => {
    const { count } = await db.import.deleteMany({ where: { id, state: { not: 'applied' } } });
    return count === 1;
  },
});
