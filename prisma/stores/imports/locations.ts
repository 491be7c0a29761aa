import { Prisma } from '../../generated/client.ts';
import type { KindRows } from '../imports.ts';
import { tally } from './owners.ts';

const ORGANISATION = Prisma.sql`o."tenantId" = (r."data" ->> 'organisation')::uuid`;

/** A file without the column says nothing of the designations; an empty cell says that nobody knows them. */
const facts = Prisma.sql`
  jsonb_strip_nulls(coalesce(l."facts", '{}') || CASE WHEN jsonb_exists(r."data", 'designations')
    THEN jsonb_build_object('designations', r."data" -> 'designations') ELSE '{}'::jsonb END)`;

export const locationRows: KindRows = {
  keyField: 'partnerId',
  judge: async (db, id) => {
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'organisation', 'given', r."data" ->> 'organisation', 'code', 'organisation.unknown'))
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL
         AND NOT EXISTS (SELECT 1 FROM "Organisation" o WHERE ${ORGANISATION})`;
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'organisation', 'given', r."data" ->> 'organisation', 'code', 'location.moved'))
        FROM "Location" l, "Organisation" o
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND l."partnerId" = r."key" AND ${ORGANISATION}
         AND l."organisationId" <> o."id"`;
    await db.$executeRaw`
      WITH spelled AS (
        SELECT r."line" AS line, r."data" ->> 'organisationName' AS name,
               first_value(r."data" ->> 'organisationName') OVER w AS other, first_value(r."line") OVER w AS other_line
          FROM "ImportRow" r
         WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND r."data" ->> 'organisationName' IS NOT NULL
        WINDOW w AS (PARTITION BY r."data" ->> 'organisation' ORDER BY r."line"))
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'organisationName', 'given', left(s.name, 60), 'code', 'name.differs',
               'line', s.other_line, 'other', s.other))
        FROM spelled s
       WHERE r."importId" = ${id}::uuid AND r."line" = s.line AND s.name <> s.other`;
  },
  count: (db, id) =>
    tally(
      db,
      Prisma.sql`
      WITH compared AS (
        SELECT l."id" IS NULL AS fresh,
               ((l."name", l."country", l."enrolment") IS DISTINCT FROM
                  (r."data" ->> 'name', r."data" ->> 'country', r."data" ->> 'enrolment')
                OR l."facts" IS DISTINCT FROM ${facts}
                OR o."name" <> coalesce(r."data" ->> 'organisationName', o."name")) AS differs
          FROM "ImportRow" r
          JOIN "Organisation" o ON ${ORGANISATION}
          LEFT JOIN "Location" l ON l."partnerId" = r."key"
         WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL)`,
    ),
  keepBefore: (db, id) => db.$executeRaw`
    UPDATE "ImportRow" r
       SET "before" = jsonb_build_object('name', l."name", 'country', l."country", 'enrolment', l."enrolment",
                                         'facts', l."facts", 'organisationName', o."name")
      FROM "Location" l JOIN "Organisation" o ON o."id" = l."organisationId"
     WHERE r."importId" = ${id}::uuid AND l."partnerId" = r."key"`,
  write: async (db, id) => {
    await db.$executeRaw`
      UPDATE "Organisation" o SET "name" = r."data" ->> 'organisationName'
        FROM "ImportRow" r
       WHERE r."importId" = ${id}::uuid AND ${ORGANISATION} AND o."name" <> r."data" ->> 'organisationName'`;
    await db.$executeRaw`
      INSERT INTO "Location" AS kept ("id", "organisationId", "partnerId", "name", "country", "enrolment", "facts")
      SELECT gen_random_uuid(), o."id", r."key", r."data" ->> 'name', r."data" ->> 'country', r."data" ->> 'enrolment',
             ${facts}
        FROM "ImportRow" r
        JOIN "Organisation" o ON ${ORGANISATION}
        LEFT JOIN "Location" l ON l."partnerId" = r."key"
       WHERE r."importId" = ${id}::uuid
          ON CONFLICT ("partnerId") DO UPDATE
         SET "name" = EXCLUDED."name", "country" = EXCLUDED."country", "enrolment" = EXCLUDED."enrolment",
             "facts" = EXCLUDED."facts"
       WHERE (kept."name", kept."country", kept."enrolment", kept."facts")
             IS DISTINCT FROM (EXCLUDED."name", EXCLUDED."country", EXCLUDED."enrolment", EXCLUDED."facts")`;
  },
};
