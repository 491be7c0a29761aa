import type { ClaimScope } from '../../domain/claims/claim-store.ts';
import { EXPORTS, type ExportedCustomer, type ExportStore } from '../../domain/exports/export-store.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';

/** The same as the claims store's, in SQL. */
const withinSql = ({ organisationId, locationIds }: ClaimScope): Prisma.Sql =>
  locationIds === 'all'
    ? Prisma.sql`c."organisationId" = ${organisationId}::uuid`
    : Prisma.sql`c."organisationId" = ${organisationId}::uuid AND c."locationId" = ANY(${[...locationIds]}::uuid[])`;

const include = {
  contacts: true,
  location: { select: { name: true, partnerId: true } },
  organisation: { select: { name: true } },
  owner: { select: { name: true } },
  engagementVersion: { select: { version: true } },
} as const;

const number = (cents: bigint | null): number | null => (cents === null ? null : Number(cents));

export const exportStore = (db: Db): ExportStore => ({
  listClaims: async ({ organisationId, locationIds }, after, take) => {
    const rows = await db.claim.findMany({
      where: {
        organisationId,
        ...(locationIds === 'all' ? {} : { locationId: { in: [...locationIds] } }),
        ...(after === null ? {} : { number: { gt: after } }),
      },
      orderBy: { number: 'asc' },
      include,
      take,
    });
    return rows.map(({ contacts, organisation, owner, engagementVersion, ...claim }) => ({
      ...claim,
      organisation: organisation.name,
      owner: owner.name,
      engagementVersion: engagementVersion.version,
      customer: contacts.find(({ side }) => side === 'customer') ?? null,
      partner: contacts.find(({ side }) => side === 'partner') ?? null,
      dealSizeCents: number(claim.dealSizeCents),
      opportunityValueCents: number(claim.opportunityValueCents),
    }));
  },
  // What several claims say of one identifier, the newest of them says it.
  listCustomers: (scope, after, take) =>
    db.$queryRaw<ExportedCustomer[]>`
      WITH page AS (
        SELECT DISTINCT c."customerId" FROM "Claim" c
         WHERE ${withinSql(scope)} AND (${after}::uuid IS NULL OR c."customerId" > ${after}::uuid)
         ORDER BY 1 LIMIT ${take}::int
      )
      SELECT c."customerId", k."name", o."name" AS organisation, c."identifierType", c."identifierValue",
             (array_agg(c."tenantId" ORDER BY c."number" DESC) FILTER (WHERE c."tenantId" IS NOT NULL))[1] AS "tenantId",
             (array_agg(p."country" ORDER BY c."number" DESC) FILTER (WHERE p."country" IS NOT NULL))[1] AS country,
             min(c."createdAt") AS "firstClaimAt", min(c."consentedAt") AS "consentedAt",
             count(c."openKey")::int AS "openClaims", count(*) FILTER (WHERE c."openKey" IS NULL)::int AS "endedClaims"
        FROM "Claim" c
        JOIN page USING ("customerId")
        JOIN "Customer" k ON k."id" = c."customerId"
        JOIN "Organisation" o ON o."id" = c."organisationId"
        LEFT JOIN "Contact" p ON p."claimNumber" = c."number" AND p."side" = 'customer'
       WHERE ${withinSql(scope)}
       GROUP BY c."customerId", k."name", o."name", c."identifierType", c."identifierValue"
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
  hold: async (personId) => {
    await db.$queryRaw`SELECT "id" FROM "Person" WHERE "id" = ${personId}::uuid FOR NO KEY UPDATE`;
  },
});
