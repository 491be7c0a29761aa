import type { ClaimStatus } from '../../domain/claims/status.ts';
import type {
  ClaimOnPage,
  CustomerOnPage,
  CustomersPageStore,
  PageCounts,
  PageOf,
} from '../../domain/customers/customers-page.ts';
import { factsSchema } from '../../domain/engagements/engagement.ts';
import { Prisma } from '../generated/client.ts';
import { identifierTypeOf } from './customers.ts';
import type { Db } from './db.ts';
import {
  type ClaimSearch,
  type CustomerSearch,
  isFoundClaim,
  isFoundCustomer,
  searchClaims,
  searchCustomers,
} from './find.ts';
import { withinSql } from './scope.ts';
import { isFull, standingOfName } from './verdict.ts';

/** Claims `c` of the page's engagement in scope, open or ended, narrowed to what was found. */
const claimsOf = ({ scope, engagement }: PageOf, open: boolean, search: ClaimSearch | null): Prisma.Sql =>
  Prisma.sql`${withinSql(scope)} AND c."engagementSlug" = ${engagement.slug}
    AND c."openKey" IS ${open ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`}
    ${search === null ? Prisma.empty : Prisma.sql`AND ${isFoundClaim(search)}`}`;

/** What there is of claims of one engagement for a customer, for R7 and R8; `seen`: an own open one that is in scope. */
const claimCounts = ({ scope }: PageOf): Prisma.Sql => Prisma.sql`
  count(c."openKey")::int AS active,
  count(*) FILTER (WHERE c."status" <> 'CANCELED')::int AS total,
  count(c."openKey") FILTER (WHERE c."organisationId" <> ${scope.organisationId}::uuid)::int AS others,
  max(c."number") FILTER (WHERE c."openKey" IS NOT NULL AND c."organisationId" = ${scope.organisationId}::uuid) AS own,
  bool_or(c."openKey" IS NOT NULL AND ${withinSql(scope)}) AS seen`;

const known = ({ scope }: PageOf, search: CustomerSearch | null): Prisma.Sql =>
  Prisma.sql`k."organisationId" = ${scope.organisationId}::uuid
    ${search === null ? Prisma.empty : Prisma.sql`AND ${isFoundCustomer(search)}`}`;

type Pooled = {
  id: string;
  key: string;
  active: number | null;
  total: number | null;
  others: number | null;
  own: number | null;
};

type Named = {
  customerId: string;
  name: string;
  identifierType: string;
  identifierValue: string;
  tenantId: string | null;
  facts: unknown;
  since: Date;
};

/** The names of some customers, with the facts that speak for each. */
const namesOf = (db: Db, organisationId: string, ids: readonly string[]) => db.$queryRaw<Named[]>`
  SELECT k."customerId", k."name", k."identifierType", k."identifierValue", k."tenantId", i."facts", k."since"
    FROM "KnownCustomer" k JOIN "Identifier" i ON i."id" = k."judgedId"
   WHERE k."organisationId" = ${organisationId}::uuid AND k."customerId" = ANY(${[...ids]}::uuid[])
   ORDER BY k."since" DESC, k."identifierType", k."identifierValue"`;

type Claimed = {
  number: number;
  name: string;
  status: string;
  statusAt: Date;
  dueAt: Date | null;
  pausedDueAt: Date | null;
  disputedAt: Date | null;
  company: string | null;
};

/** Claims by when something must be done; ended ones by when they ended. Both have an index of their own. */
const DUE = Prisma.sql`coalesce(c."dueAt", 'infinity'::timestamptz)`;
const ENDED = Prisma.sql`coalesce(c."statusAt", 'infinity'::timestamptz)`;

/** The moment a claim is sorted by, from milliseconds; null: it has no deadline, and comes after those that have. */
const moment = (at: number | null): Prisma.Sql =>
  at === null ? Prisma.sql`'infinity'::timestamptz` : Prisma.sql`${new Date(at)}::timestamptz`;

/** A name in a button's data is spelled so that no client reads anything into it. */
const opaque = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');
const plain = (key: string): string => Buffer.from(key, 'base64url').toString('utf8').replaceAll('\u0000', '');

const ordered = (open: boolean, backwards: boolean): { order: Prisma.Sql; beyond: Prisma.Sql } => {
  const up = open !== backwards;
  const by = open ? DUE : ENDED;
  return {
    order: up ? Prisma.sql`${by}, c."number"` : Prisma.sql`${by} DESC, c."number" DESC`,
    beyond: up ? Prisma.sql`>` : Prisma.sql`<`,
  };
};

export const customersPageStore = (db: Db): CustomersPageStore => ({
  countLists: async (page) => {
    const [search, among] =
      page.find === ''
        ? [null, null]
        : await Promise.all([
            searchClaims(db, page.scope, page.find),
            searchCustomers(db, page.scope.organisationId, page.find),
          ]);
    const claims = (open: boolean) => db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "Claim" c WHERE ${claimsOf(page, open, search)}`;
    const customers = db.$queryRaw<{ standing: number; count: number }[]>`
      SELECT "standing", count(*)::int AS count FROM (
        SELECT CASE WHEN bool_or(${isFull(page.engagement)}) THEN 2
                    ELSE min(${standingOfName(page.engagement)}) END AS "standing"
          FROM "KnownCustomer" k
          JOIN "Identifier" i ON i."id" = k."judgedId"
          LEFT JOIN (SELECT c."customerId", ${claimCounts(page)} FROM "Claim" c
                      WHERE c."engagementSlug" = ${page.engagement.slug} GROUP BY c."customerId") c
            ON c."customerId" = k."customerId"
         WHERE ${known(page, among)} AND c."seen" IS NOT TRUE
         GROUP BY k."customerId") AS judged
       GROUP BY "standing"`;
    const [[openClaims], [endedClaims], rows] = await Promise.all([claims(true), claims(false), customers]);
    const at = (standing: number) => rows.find((row) => row.standing === standing)?.count ?? 0;
    return {
      openClaims: openClaims?.count ?? 0,
      endedClaims: endedClaims?.count ?? 0,
      eligible: at(0),
      unknown: at(1),
      ineligible: at(2),
    } satisfies PageCounts;
  },
  listClaims: async (page, open, { from, way, skip = 0, take }) => {
    const { order, beyond } = ordered(open, way === 'before');
    const search = page.find === '' ? null : await searchClaims(db, page.scope, page.find);
    const by = open ? DUE : ENDED;
    const behind =
      from === null
        ? Prisma.empty
        : Prisma.sql`AND (${by}, c."number") ${beyond} (${moment(from.at)}, ${from.number}::int)`;
    const rows = await db.$queryRaw<Claimed[]>`
      SELECT c."number", c."name", c."status", c."statusAt", c."dueAt", c."pausedDueAt", c."disputedAt", p."company"
        FROM "Claim" c LEFT JOIN "Contact" p ON p."claimNumber" = c."number" AND p."side" = 'customer'
       WHERE ${claimsOf(page, open, search)} ${behind}
       ORDER BY ${order} OFFSET ${skip}::int LIMIT ${take}::int`;
    const claims = rows.map(
      ({ company, status, ...claim }): ClaimOnPage => ({
        ...claim,
        status: status as ClaimStatus,
        company: company ?? '',
        place: { at: (open ? claim.dueAt : claim.statusAt)?.getTime() ?? null, number: claim.number },
      }),
    );
    return way === 'before' ? claims.reverse() : claims;
  },
  listCustomers: async (page, eligible, { from, way, skip = 0, take }) => {
    const backwards = way === 'before';
    const search = page.find === '' ? null : await searchCustomers(db, page.scope.organisationId, page.find);
    const beyond = backwards ? Prisma.sql`<` : Prisma.sql`>`;
    const order = backwards
      ? Prisma.sql`k."sortName" DESC, k."customerId" DESC`
      : Prisma.sql`k."sortName", k."customerId"`;
    const behind =
      from === null
        ? Prisma.empty
        : Prisma.sql`AND (k."sortName", k."customerId") ${beyond} (${plain(from.key)}, ${from.id}::uuid)`;
    const stands = Prisma.sql`CASE WHEN bool_or(${isFull(page.engagement)}) THEN 2
                                   ELSE min(${standingOfName(page.engagement)}) END`;
    // Read in the order of the index and stopped at the last row that is wanted: page 500 costs what page 1 does. Asked
    // for by a range, because of an equality the planner expects so few that it would sooner read everything.
    const rows = await db.$queryRaw<Pooled[]>`
      SELECT k."customerId" AS id, k."sortName" AS key, max(c."active") AS active, max(c."total") AS total,
             max(c."others") AS others, max(c."own") AS own
        FROM "KnownCustomer" k
        JOIN "Identifier" i ON i."id" = k."judgedId"
        LEFT JOIN LATERAL (SELECT ${claimCounts(page)} FROM "Claim" c
                            WHERE c."engagementSlug" = ${page.engagement.slug} AND c."customerId" = k."customerId") c
          ON true
       WHERE ${known(page, search)} AND c."seen" IS NOT TRUE ${behind}
       GROUP BY k."sortName", k."customerId"
      HAVING ${stands} ${eligible ? Prisma.sql`< 1` : Prisma.sql`> 0`}
       ORDER BY ${order} OFFSET ${skip}::int LIMIT ${take}::int`;
    const ids = rows.map(({ id }) => id);
    const names = ids.length === 0 ? [] : await namesOf(db, page.scope.organisationId, ids);
    const customers = rows.map(({ id, key, active, total, others, own }): CustomerOnPage => {
      const mine = names.filter(({ customerId }) => customerId === id);
      return {
        id,
        name: mine[0]?.name ?? '',
        names: mine.map(({ identifierType, identifierValue: value, tenantId, facts, since }) => ({
          type: identifierTypeOf(identifierType),
          value,
          tenantId,
          facts: facts === null ? null : factsSchema.parse(facts),
          since,
        })),
        counts: {
          engagementSlug: page.engagement.slug,
          active: active ?? 0,
          total: total ?? 0,
          byOtherPartners: others ?? 0,
          ownOpenClaim: own,
        },
        place: { key: opaque(key), id },
      };
    });
    return backwards ? customers.reverse() : customers;
  },
});
