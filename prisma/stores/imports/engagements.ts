import { Prisma } from '../../generated/client.ts';
import type { KindRows } from '../imports.ts';
import { tally } from './owners.ts';

const VERSION = Prisma.sql`
  e."slug" = r."data" ->> 'slug' AND e."version" = (r."data" ->> 'version')::int`;

/** Days of a definition as the moments between which it is in force (UTC, both days whole). */
const effectiveFrom = Prisma.sql`((r."data" ->> 'effectiveFrom') || 'T00:00:00Z')::timestamptz`;
const effectiveTo = Prisma.sql`((r."data" ->> 'effectiveTo') || 'T23:59:59Z')::timestamptz`;

export const engagementRows: KindRows = {
  keyField: 'version',
  judge: async (db, id) => {
    // R4: claims are pinned to versions, so a version never changes.
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'version', 'given', r."key", 'code', 'version.differs'))
        FROM "EngagementVersion" e
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND ${VERSION} AND e."definition" <> r."data"`;
    const newest = Prisma.sql`
      (SELECT DISTINCT ON (e."slug") e."slug", e."version", e."definition" FROM "EngagementVersion" e
        ORDER BY e."slug", e."version" DESC) n`;
    const isNew = Prisma.sql`NOT EXISTS (SELECT 1 FROM "EngagementVersion" e WHERE ${VERSION})`;
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'version', 'given', r."key", 'code', 'version.old', 'newest', n."version"))
        FROM ${newest}
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND n."slug" = r."data" ->> 'slug'
         AND (r."data" ->> 'version')::int < n."version" AND ${isNew}`;
    await db.$executeRaw`
      UPDATE "ImportRow" r
         SET "faults" = jsonb_build_array(jsonb_build_object(
               'field', 'payment', 'given', r."data" ->> 'payment', 'code', 'payment.changed'))
        FROM ${newest}
       WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL AND n."slug" = r."data" ->> 'slug'
         AND n."definition" ->> 'payment' <> r."data" ->> 'payment' AND ${isNew}`;
  },
  // Versions are only ever added.
  keepBefore: null,
  count: (db, id) =>
    tally(
      db,
      Prisma.sql`
      WITH compared AS (
        SELECT e."id" IS NULL AS fresh, false AS differs
          FROM "ImportRow" r LEFT JOIN "EngagementVersion" e ON ${VERSION}
         WHERE r."importId" = ${id}::uuid AND r."faults" IS NULL)`,
    ),
  write: async (db, id) => {
    await db.$executeRaw`
      INSERT INTO "EngagementVersion" ("id", "slug", "version", "definition", "effectiveFrom", "effectiveTo")
      SELECT gen_random_uuid(), r."data" ->> 'slug', (r."data" ->> 'version')::int, r."data",
             ${effectiveFrom}, ${effectiveTo}
        FROM "ImportRow" r
       WHERE r."importId" = ${id}::uuid
          ON CONFLICT ("slug", "version") DO NOTHING`;
  },
};
