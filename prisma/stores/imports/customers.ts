import { Prisma } from '../../generated/client.ts';
import type { KindRows } from '../imports.ts';
import {
  countNamesakes,
  factsAfter,
  refuseTwoOwners,
  sourceAfter,
  tally,
  verifiedAfter,
  withOwners,
  writeNewCustomers,
} from './owners.ts';

const ownersOf = (id: string) =>
  withOwners(
    id,
    Prisma.sql`
    SELECT r."line" AS line, r."data" ->> 'group' AS grp, i."customerId" AS owned
      FROM "ImportRow" r
      LEFT JOIN "Identifier" i ON i."type" = r."data" ->> 'type' AND i."value" = r."data" ->> 'value'
     WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL`,
  );

const facts = factsAfter(Prisma.sql`r."data" -> 'facts'`, Prisma.sql`i."facts"`);

/** Every row with what is kept of it, and of its customer. */
const compared = (id: string) => Prisma.sql`
  WITH ${ownersOf(id)},
  compared AS (
    SELECT i."id" IS NULL AS fresh,
           (i."facts" IS DISTINCT FROM ${facts} OR i."source" IS DISTINCT FROM ${sourceAfter}
            OR i."verifiedOn" IS DISTINCT FROM ${verifiedAfter} OR c."name" IS DISTINCT FROM r."data" ->> 'name') AS differs
      FROM owners o
      JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
      LEFT JOIN "Identifier" i ON i."type" = r."data" ->> 'type' AND i."value" = r."data" ->> 'value'
      LEFT JOIN "Customer" c ON c."id" = i."customerId")`;

export const customerRows: KindRows = {
  keyField: 'identifierValue',
  judge: async (db, id) => {
    await refuseTwoOwners(db, id, ownersOf(id), 'identifierValue');
    // One customer has one name: otherwise the last row would win, and applying the file again would change it again.
    await db.$executeRaw`
      WITH ${ownersOf(id)},
      spelled AS (
        SELECT o.line, r."data" ->> 'name' AS name,
               first_value(r."data" ->> 'name') OVER w AS other, first_value(o.line) OVER w AS other_line
          FROM owners o JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
        WINDOW w AS (PARTITION BY o.customer ORDER BY o.line))
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'name', 'given', left(s.name, 60), 'code', 'name.differs', 'line', s.other_line, 'other', s.other))
        FROM spelled s
       WHERE r."importId" = ${id}::uuid AND r."line" = s.line AND s.name <> s.other`;
  },
  count: (db, id) => tally(db, compared(id)),
  countNamesakes: (db, id) => countNamesakes(db, id, ownersOf(id), 'name'),
  keepBefore: (db, id) => db.$executeRaw`
    UPDATE "ImportRow" r
       SET "before" = jsonb_build_object('name', c."name", 'facts', i."facts", 'source', i."source", 'verifiedOn', i."verifiedOn")
      FROM "Identifier" i JOIN "Customer" c ON c."id" = i."customerId"
     WHERE r."importId" = ${id}::uuid AND i."type" = r."data" ->> 'type' AND i."value" = r."data" ->> 'value'`,
  write: async (db, id, at) => {
    await writeNewCustomers(db, id, ownersOf(id), 'name', at);
    await db.$executeRaw`
      WITH ${ownersOf(id)}
      INSERT INTO "Identifier" AS kept ("id", "customerId", "type", "value", "facts", "source", "verifiedOn")
      SELECT gen_random_uuid(), o.customer, r."data" ->> 'type', r."data" ->> 'value', ${facts},
             ${sourceAfter}, ${verifiedAfter}
        FROM owners o
        JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
        LEFT JOIN "Identifier" i ON i."type" = r."data" ->> 'type' AND i."value" = r."data" ->> 'value'
          ON CONFLICT ("type", "value") DO UPDATE
         SET "facts" = EXCLUDED."facts", "source" = EXCLUDED."source", "verifiedOn" = EXCLUDED."verifiedOn"
       WHERE (kept."facts", kept."source", kept."verifiedOn")
             IS DISTINCT FROM (EXCLUDED."facts", EXCLUDED."source", EXCLUDED."verifiedOn")`;
    await db.$executeRaw`
      UPDATE "Customer" c SET "name" = n.name
        FROM (SELECT DISTINCT i."customerId" AS id, r."data" ->> 'name' AS name
                FROM "ImportRow" r
                JOIN "Identifier" i ON i."type" = r."data" ->> 'type' AND i."value" = r."data" ->> 'value'
               WHERE r."importId" = ${id}::uuid) n
       WHERE c."id" = n.id AND c."name" <> n.name`;
  },
};
