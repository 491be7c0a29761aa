import {
  EXPORTS,
  type ExportedClaim,
  type ExportedCustomer,
  type ExportStore,
} from '../../domain/exports/export-store.ts';
import type { Db } from './db.ts';
import { withinSql } from './scope.ts';

/** No customer's id is this one, and all are behind it. */
const FIRST = '00000000-0000-0000-0000-000000000000';

export const exportStore = (db: Db): ExportStore => ({
  // One statement, so that a claim and its contacts are told as they stand together. The batch is cut off before its
  // contacts are looked up: joined first, they would be read from the oldest on for every batch.
  listClaims: (scope, after, take) =>
    db.$queryRaw<ExportedClaim[]>`
      SELECT c."number", c."name", c."status", c."statusAt", c."engagementSlug", v."version" AS "engagementVersion",
             o."name" AS organisation, l."name" AS location, l."partnerId",
             c."identifierType", c."identifierValue", c."tenantId",
             k."company", k."country", k."name" AS "customerContact", k."email" AS "customerEmail",
             k."language" AS "customerLanguage", p."name" AS "ownContact", p."email" AS "ownEmail", p."phone" AS "ownPhone",
             c."market", c."dealSizeCents"::float8, c."hours", c."opportunityValueCents"::float8, c."mismatchReason",
             c."createdAt", c."consentedAt", c."dueAt", c."submittedAt", c."amountCents"::float8, w."name" AS owner
        FROM (
          SELECT * FROM "Claim" c WHERE ${withinSql(scope)} AND c."number" > ${after ?? 0}
           ORDER BY c."number" LIMIT ${take}::int
        ) c
        JOIN "Organisation" o ON o."id" = c."organisationId"
        JOIN "Location" l ON l."id" = c."locationId"
        JOIN "Person" w ON w."id" = c."ownerId"
        JOIN "EngagementVersion" v ON v."id" = c."engagementVersionId"
        LEFT JOIN "Contact" k ON k."claimNumber" = c."number" AND k."side" = 'customer'
        LEFT JOIN "Contact" p ON p."claimNumber" = c."number" AND p."side" = 'partner'
       ORDER BY c."number"`,
  // What several claims say of one identifier, the newest of them says it.
  listCustomers: (scope, after, take) =>
    db.$queryRaw<ExportedCustomer[]>`
      SELECT c."customerId", (array_agg(p."company" ORDER BY c."number" DESC))[1] AS name, o."name" AS organisation, c."identifierType", c."identifierValue",
             (array_agg(c."tenantId" ORDER BY c."number" DESC) FILTER (WHERE c."tenantId" IS NOT NULL))[1] AS "tenantId",
             (array_agg(p."country" ORDER BY c."number" DESC) FILTER (WHERE p."country" IS NOT NULL))[1] AS country,
             min(c."createdAt") AS "firstClaimAt", min(c."consentedAt") AS "consentedAt",
             count(c."openKey")::int AS "openClaims", count(*) FILTER (WHERE c."openKey" IS NULL)::int AS "endedClaims"
        FROM "Claim" c
        JOIN (
          SELECT DISTINCT c."customerId" FROM "Claim" c
           WHERE ${withinSql(scope)} AND c."customerId" > ${after ?? FIRST}::uuid
           ORDER BY 1 LIMIT ${take}::int
        ) page USING ("customerId")
        JOIN "Organisation" o ON o."id" = c."organisationId"
        LEFT JOIN "Contact" p ON p."claimNumber" = c."number" AND p."side" = 'customer'
       WHERE ${withinSql(scope)}
       GROUP BY c."customerId", o."name", c."identifierType", c."identifierValue"
       ORDER BY c."customerId", c."identifierType", c."identifierValue"`,
  countCustomers: async (scope) => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (
        SELECT DISTINCT c."customerId", c."identifierType", c."identifierValue" FROM "Claim" c WHERE ${withinSql(scope)}
      ) AS named`;
    return row?.count ?? 0;
  },
  keepLink: async (tokenHash, link) => {
    await db.exportLink.create({ data: { tokenHash, ...link } });
  },
  findLink: async (tokenHash) => {
    const row = await db.exportLink.findUnique({ where: { tokenHash } });
    const what = EXPORTS.find((known) => known === row?.what);
    return row === null || what === undefined ? null : { personId: row.personId, what, expiresAt: row.expiresAt };
  },
});
