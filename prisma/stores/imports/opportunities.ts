import { Prisma } from '../../generated/client.ts';
import type { KindRows } from '../imports.ts';
import {
  factsAfter,
  refuseTwoOwners,
  sourceAfter,
  tally,
  verifiedAfter,
  withOwners,
  writeNewCustomers,
} from './owners.ts';

const MSX = Prisma.sql`i."type" = 'msxOpportunityId' AND i."value" = r."key"`;
const NAMED = Prisma.sql`n."type" = r."data" ->> 'byType' AND n."value" = r."data" ->> 'byValue'`;

/** A row belongs to the customer it names; where it names none that is known, to the one its own id belongs to. */
const ownersOf = (id: string) =>
  withOwners(
    id,
    Prisma.sql`
    SELECT r."line" AS line, r."data" ->> 'group' AS grp, coalesce(n."customerId", i."customerId") AS owned
      FROM "ImportRow" r
      LEFT JOIN "Identifier" i ON ${MSX}
      LEFT JOIN "Identifier" n ON ${NAMED}
     WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL`,
  );

const facts = factsAfter(Prisma.sql`r."data" -> 'facts'`, Prisma.sql`i."facts"`);
/** A file without the column says nothing of the value. */
const valueCents = Prisma.sql`
  CASE WHEN jsonb_exists(r."data", 'valueCents') THEN (r."data" ->> 'valueCents')::bigint ELSE p."valueCents" END`;

const compared = (id: string) => Prisma.sql`
  WITH compared AS (
    SELECT p."id" IS NULL AS fresh,
           (i."id" IS NULL OR p."name" IS DISTINCT FROM r."data" ->> 'name'
            OR p."state" IS DISTINCT FROM r."data" ->> 'state' OR p."valueCents" IS DISTINCT FROM ${valueCents}
            OR i."facts" IS DISTINCT FROM ${facts} OR i."source" IS DISTINCT FROM ${sourceAfter}
            OR i."verifiedOn" IS DISTINCT FROM ${verifiedAfter}) AS differs
      FROM "ImportRow" r
      LEFT JOIN "Opportunity" p ON p."id" = r."key"
      LEFT JOIN "Identifier" i ON ${MSX}
     WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL)`;

export const opportunityRows: KindRows = {
  keyField: 'msxOpportunityId',
  judge: async (db, id) => {
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'customerIdentifier', 'given', left((r."data" ->> 'byType') || ':' || (r."data" ->> 'byValue'), 60),
               'code', 'identifier.unknown'))
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND r."data" ->> 'byType' IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM "Identifier" n WHERE ${NAMED})`;
    // An opportunity that is kept already stays with its customer, whatever the row names.
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'customerIdentifier', 'given', left((r."data" ->> 'byType') || ':' || (r."data" ->> 'byValue'), 60),
               'code', 'customer.two', 'line', r."line", 'customer', mine."name", 'other', named."name"))
        FROM "Identifier" i, "Identifier" n, "Customer" mine, "Customer" named
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND ${MSX} AND ${NAMED}
         AND i."customerId" <> n."customerId" AND mine."id" = i."customerId" AND named."id" = n."customerId"`;
    await refuseTwoOwners(db, id, ownersOf(id), 'msxOpportunityId');
    // Which of the customers that have the name is meant, only the file can say; a second one of it would count apart (R7).
    await db.$executeRaw`
      WITH ${ownersOf(id)}
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'customer', 'given', left(r."data" ->> 'customer', 60), 'code', 'customer.known'))
        FROM owners o
       WHERE r."importId" = ${id}::uuid AND r."line" = o.line AND o.owner IS NULL AND r."faults" IS NULL
         AND EXISTS (SELECT 1 FROM "Customer" c WHERE lower(c."name") = lower(r."data" ->> 'customer'))`;
  },
  count: (db, id) => tally(db, compared(id)),
  keepBefore: (db, id) => db.$executeRaw`
    UPDATE "ImportRow" r
       SET "before" = jsonb_build_object('name', p."name", 'state', p."state", 'valueCents', p."valueCents", 'facts', i."facts")
      FROM "Opportunity" p LEFT JOIN "Identifier" i ON i."type" = 'msxOpportunityId' AND i."value" = p."id"
     WHERE r."importId" = ${id}::uuid AND p."id" = r."key"`,
  write: async (db, id, at) => {
    await writeNewCustomers(db, id, ownersOf(id), 'customer', at);
    await db.$executeRaw`
      INSERT INTO "Opportunity" AS kept ("id", "name", "state", "valueCents", "updatedAt")
      SELECT r."key", r."data" ->> 'name', r."data" ->> 'state', ${valueCents}, ${at}
        FROM "ImportRow" r LEFT JOIN "Opportunity" p ON p."id" = r."key"
       WHERE r."importId" = ${id}::uuid
          ON CONFLICT ("id") DO UPDATE
         SET "name" = EXCLUDED."name", "state" = EXCLUDED."state", "valueCents" = EXCLUDED."valueCents",
             "updatedAt" = EXCLUDED."updatedAt"
       WHERE (kept."name", kept."state", kept."valueCents")
             IS DISTINCT FROM (EXCLUDED."name", EXCLUDED."state", EXCLUDED."valueCents")`;
    await db.$executeRaw`
      WITH ${ownersOf(id)}
      INSERT INTO "Identifier" AS kept ("id", "customerId", "type", "value", "facts", "source", "verifiedOn")
      SELECT gen_random_uuid(), o.customer, 'msxOpportunityId', r."key", ${facts}, ${sourceAfter}, ${verifiedAfter}
        FROM owners o
        JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
        LEFT JOIN "Identifier" i ON ${MSX}
          ON CONFLICT ("type", "value") DO UPDATE
         SET "facts" = EXCLUDED."facts", "source" = EXCLUDED."source", "verifiedOn" = EXCLUDED."verifiedOn"
       WHERE (kept."facts", kept."source", kept."verifiedOn")
             IS DISTINCT FROM (EXCLUDED."facts", EXCLUDED."source", EXCLUDED."verifiedOn")`;
  },
};
