import { Prisma } from '../../generated/client.ts';
import type { Db } from '../db.ts';

/**
 * Whose the rows are. Rows of one group are one customer: the one that any of their identifiers is known to belong to,
 * the first in the file, or else a new one, whose id follows from the import and the group. `named`: a query that gives
 * line, grp, owned (the customer that the row's identifier belongs to; null: to none) of every row without a fault.
 */
export const withOwners = (id: string, named: Prisma.Sql): Prisma.Sql => Prisma.sql`
  named AS (${named}),
  groups AS (
    SELECT grp,
           (array_agg(owned ORDER BY line) FILTER (WHERE owned IS NOT NULL))[1] AS owner,
           min(line) FILTER (WHERE owned IS NOT NULL) AS owner_line,
           min(line) AS first_line,
           overlay(overlay(md5(${id}::text || grp) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid AS made
      FROM named GROUP BY grp),
  owners AS (
    SELECT n.line, n.owned, g.grp, g.owner, g.owner_line, g.first_line, coalesce(g.owner, g.made) AS customer
      FROM named n JOIN groups g ON g.grp = n.grp)`;

/** Refuses rows of a group whose identifier belongs to another customer than the first one's does. */
export const refuseTwoOwners = (db: Db, id: string, owners: Prisma.Sql, field: string) => db.$executeRaw`
  WITH ${owners}
  UPDATE "ImportRow" r
     SET "faults" = jsonb_build_array(jsonb_build_object(
           'field', ${field}::text, 'given', left(r."key", 60), 'code', 'customer.two',
           'line', o.owner_line, 'customer', mine.name, 'other', first.name))
    FROM owners o
    JOIN "Customer" mine ON mine."id" = o.owned
    JOIN "Customer" first ON first."id" = o.owner
   WHERE r."importId" = ${id}::uuid AND r."line" = o.line AND o.owned <> o.owner`;

/** Keeps the customers that are new, each under the name its first row gives (`nameOf` reads it out of r."data"). */
export const writeNewCustomers = (
  db: Db,
  id: string,
  owners: Prisma.Sql,
  nameField: string,
  at: Date,
) => db.$executeRaw`
  WITH ${owners}
  INSERT INTO "Customer" ("id", "name", "createdAt")
  SELECT o.customer, r."data" ->> ${nameField}::text, ${at}
    FROM owners o
    JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
   WHERE o.owner IS NULL AND o.line = o.first_line`;

/**
 * What will be known under an identifier: what the row says, over what was known where the row says nothing. `told` and
 * `known` are jsonb.
 */
export const factsAfter = (told: Prisma.Sql, known: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`nullif(jsonb_strip_nulls(coalesce(${known}, '{}') || (${told})), '{}')`;

/** Where facts come from and who looked at them when: what the row `r` says, or what is known of the identifier `i`. */
export const sourceAfter = Prisma.sql`
  CASE WHEN jsonb_exists(r."data", 'source') THEN r."data" ->> 'source' ELSE coalesce(i."source", 'imported') END`;
export const verifiedAfter = Prisma.sql`
  CASE WHEN jsonb_exists(r."data", 'verifiedOn') THEN (r."data" ->> 'verifiedOn')::date ELSE i."verifiedOn" END`;

/** How many groups would make a customer although there is one of that name (`nameField` of r."data"). */
export const countNamesakes = async (db: Db, id: string, owners: Prisma.Sql, nameField: string): Promise<number> => {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    WITH ${owners}
    SELECT count(*)::int AS count
      FROM owners o JOIN "ImportRow" r ON r."importId" = ${id}::uuid AND r."line" = o.line
     WHERE o.owner IS NULL AND o.line = o.first_line
       AND EXISTS (SELECT 1 FROM "Customer" c WHERE lower(c."name") = lower(r."data" ->> ${nameField}::text))`;
  return row?.count ?? 0;
};

/** How many rows would add, change or leave as it is; `fresh` and `differs` are columns of `compared`. */
export const tally = async (db: Db, compared: Prisma.Sql) => {
  const [row] = await db.$queryRaw<{ added: number; changed: number; same: number }[]>`
    ${compared}
    SELECT count(*) FILTER (WHERE fresh)::int AS added,
           count(*) FILTER (WHERE NOT fresh AND differs)::int AS changed,
           count(*) FILTER (WHERE NOT fresh AND NOT differs)::int AS same
      FROM compared`;
  return row ?? { added: 0, changed: 0, same: 0 };
};
