import type { CustomerStore, KnownCustomer } from '../../domain/customers/customer-store.ts';
import { IDENTIFIER_TYPES, type Identifier, type IdentifierType } from '../../domain/customers/identifier.ts';
import { OPPORTUNITY_STATES } from '../../domain/customers/opportunity.ts';
import { factsSchema } from '../../domain/engagements/engagement.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';
import { isFoundCustomer, searchCustomers } from './find.ts';
import { IMPORT_LOCK } from './imports/lock.ts';
import { withinSql } from './scope.ts';

type Counted = { slug: string; active: number; total: number; others: number; own: number | null };

const find = (db: Db, { type, value }: Identifier) =>
  db.identifier.findUnique({ where: { type_value: { type, value } }, include: { customer: true } });

/** What is kept as a type of identifier is one. */
export const identifierTypeOf = (kept: string): IdentifierType => {
  const type = IDENTIFIER_TYPES.find((known) => known === kept);
  if (type === undefined) throw new Error(`${kept} is no type of identifier`);
  return type;
};

type Met = KnownCustomer & { readonly type: string; readonly value: string };

/** Known customers `k` among what was looked for; nothing was: all. */
const narrowedTo = async (db: Db, organisationId: string, find: string): Promise<Prisma.Sql> =>
  find === '' ? Prisma.empty : Prisma.sql`AND ${isFoundCustomer(await searchCustomers(db, organisationId, find))}`;

export const customerStore = (db: Db): CustomerStore => ({
  findIdentifier: async (identifier) => {
    const row = await find(db, identifier);
    if (row === null) return null;
    return {
      type: identifierTypeOf(row.type),
      value: row.value,
      customerId: row.customerId,
      customerName: row.customer.name,
      facts: row.facts === null ? null : factsSchema.parse(row.facts),
    };
  },
  listNames: async (organisationId, customerId) => {
    const rows = await db.knownCustomer.findMany({
      where: { organisationId, customerId },
      orderBy: [{ since: 'desc' }, { identifierType: 'asc' }, { identifierValue: 'asc' }],
    });
    return rows.map(({ identifierType, identifierValue: value, tenantId }) => ({
      type: identifierTypeOf(identifierType),
      value,
      tenantId,
    }));
  },
  findKnown: async (organisationId, customerId) => {
    const row = await db.knownCustomer.findFirst({ where: { organisationId, customerId } });
    return row === null ? null : { id: row.customerId, name: row.name };
  },
  listKnown: async (organisationId, find, take) => {
    const narrowed = await narrowedTo(db, organisationId, find);
    return db.$queryRaw<KnownCustomer[]>`
      SELECT k."customerId" AS id, min(k."name") AS name
        FROM "KnownCustomer" k
       WHERE k."organisationId" = ${organisationId}::uuid ${narrowed}
       GROUP BY k."sortName", k."customerId" ORDER BY k."sortName", k."customerId" LIMIT ${take}::int`;
  },
  listMet: async (scope, find, { skip, take }) => {
    const narrowed = await narrowedTo(db, scope.organisationId, find);
    const newest = Prisma.sql`ORDER BY k."since" DESC, k."identifierType", k."identifierValue"`;
    const rows = await db.$queryRaw<Met[]>`
      SELECT k."customerId" AS id, min(k."name") AS name,
             (array_agg(k."identifierType" ${newest}))[1] AS type, (array_agg(k."identifierValue" ${newest}))[1] AS value
        FROM "KnownCustomer" k
       WHERE k."organisationId" = ${scope.organisationId}::uuid ${narrowed}
         AND EXISTS (SELECT 1 FROM "Claim" c WHERE c."customerId" = k."customerId" AND ${withinSql(scope)})
       GROUP BY k."sortName", k."customerId" ORDER BY k."sortName", k."customerId"
      OFFSET ${skip}::int LIMIT ${take}::int`;
    return rows.map(({ id, name, type, value }) => ({ id, name, identifier: { type: identifierTypeOf(type), value } }));
  },
  listClaimCounts: async (customerId, organisationId) => {
    // openKey is set while a claim is open, so it counts the active ones.
    const rows = await db.$queryRaw<Counted[]>`
      SELECT "engagementSlug" AS slug,
             count("openKey")::int AS active,
             count(*) FILTER (WHERE "status" <> 'CANCELED')::int AS total,
             count("openKey") FILTER (WHERE "organisationId" <> ${organisationId}::uuid)::int AS others,
             max("number") FILTER (WHERE "openKey" IS NOT NULL AND "organisationId" = ${organisationId}::uuid) AS own
        FROM "Claim" WHERE "customerId" = ${customerId}::uuid
       GROUP BY "engagementSlug"`;
    return rows.map(({ slug, active, total, others, own }) => ({
      engagementSlug: slug,
      active,
      total,
      byOtherPartners: others,
      ownOpenClaim: own,
    }));
  },
  countOpenClaims: async (organisationId) => {
    const rows = await db.claim.groupBy({
      by: ['engagementSlug'],
      where: { organisationId, openKey: { not: null } },
      _count: true,
    });
    return new Map(rows.map((row) => [row.engagementSlug, row._count]));
  },
  lock: async (customerId, organisationId) => {
    await db.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${organisationId}::uuid FOR NO KEY UPDATE`;
    await db.$queryRaw`SELECT "id" FROM "Customer" WHERE "id" = ${customerId}::uuid FOR NO KEY UPDATE`;
  },
  keep: async (customerId, companyName, identifiers, at) => {
    // An import that is being applied may name the same newcomer.
    await db.$queryRaw`SELECT pg_advisory_xact_lock_shared(${IMPORT_LOCK}::bigint)::text`;
    // In one order for everybody, so that two who name the same newcomer wait for each other instead of deadlocking.
    for (const name of identifiers.map(({ type, value }) => `${type}:${value}`).sort()) {
      await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))::text`;
    }
    const known: Awaited<ReturnType<typeof find>>[] = [];
    for (const identifier of identifiers) known.push(await find(db, identifier));
    const owner =
      customerId ??
      known.find((row) => row !== null)?.customerId ??
      (await db.customer.create({ data: { name: companyName, createdAt: at } })).id;
    const missing = identifiers.filter((_, index) => known[index] === null);
    await db.identifier.createMany({
      data: missing.map(({ type, value }) => ({ type, value, customerId: owner, source: 'typed by a partner' })),
      skipDuplicates: true,
    });
    return owner;
  },
  know: async ({ organisationId, customerId, identifier: { type, value }, tenantId, contacts }, since) => {
    // Nobody renames it meanwhile, and no other consent: all its rows have one name.
    await db.$queryRaw`SELECT "id" FROM "Customer" WHERE "id" = ${customerId}::uuid FOR NO KEY UPDATE`;
    // A domain is only a way to say its tenant, so the tenant's facts speak for it (R6).
    const tenant =
      type === 'domain' && tenantId !== null ? await find(db, { type: 'tenantId', value: tenantId }) : null;
    const judged = tenant ?? (await find(db, { type, value }));
    if (judged === null) throw new Error('a claim names its customer by an identifier that is not kept');
    // A name that came with imported facts is the programme's. One that another partner typed is theirs alone.
    const name = judged.facts === null ? contacts.customer.company : judged.customer.name;
    const named = { organisationId, customerId, identifierType: type, identifierValue: value, tenantId };
    await db.knownCustomer.createMany({ data: { ...named, judgedId: judged.id, name, since }, skipDuplicates: true });
    // One customer, one name: the last that was given.
    await db.knownCustomer.updateMany({ where: { organisationId, customerId, name: { not: name } }, data: { name } });
  },
  findOpportunity: async (id) => {
    const row = await db.opportunity.findUnique({ where: { id } });
    if (row === null) return null;
    const usedBy = await db.claim.findUnique({
      where: { opportunityKey: id },
      select: { number: true, organisationId: true },
    });
    const { name, valueCents } = row;
    const state = OPPORTUNITY_STATES.find((known) => known === row.state);
    if (state === undefined) throw new Error(`opportunity ${id} is in no known state`);
    return { id, name, state, valueCents: valueCents === null ? null : Number(valueCents), usedBy };
  },
});
