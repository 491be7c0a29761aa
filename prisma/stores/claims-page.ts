import type { ClaimFilter, ClaimOrder, ClaimsPageStore, MonthSum, WeekCount } from '../../domain/claims/claims-page.ts';
import { type ClaimStatus, statusesOf } from '../../domain/claims/status.ts';
import { Prisma } from '../generated/client.ts';
import { asLine, LINE } from './claims.ts';
import type { Db } from './db.ts';
import { type ClaimSearch, isFoundClaim, searchClaims } from './find.ts';
import { withinSql } from './scope.ts';

const searched = (db: Db, { scope, find }: ClaimFilter): Promise<ClaimSearch | null> =>
  find === '' ? Promise.resolve(null) : searchClaims(db, scope, find);

const narrowed = ({ scope, engagement, locationId, ownerId }: ClaimFilter, search: ClaimSearch | null): Prisma.Sql =>
  Prisma.sql`${withinSql(scope)}
    ${engagement === null ? Prisma.empty : Prisma.sql`AND c."engagementSlug" = ${engagement}`}
    ${locationId === null ? Prisma.empty : Prisma.sql`AND c."locationId" = ${locationId}::uuid`}
    ${ownerId === null ? Prisma.empty : Prisma.sql`AND c."ownerId" = ${ownerId}::uuid`}
    ${search === null ? Prisma.empty : Prisma.sql`AND ${isFoundClaim(search)}`}`;

/** Each ends in the number, so that no two claims ever change places. */
const ORDERS: Record<ClaimOrder, (way: Prisma.Sql) => Prisma.Sql> = {
  due: (way) => Prisma.sql`c."dueAt" ${way} NULLS LAST, c."number" ${way}`,
  number: (way) => Prisma.sql`c."number" ${way}`,
  changed: (way) => Prisma.sql`c."statusAt" ${way}, c."number" ${way}`,
  company: (way) => Prisma.sql`fold_name(coalesce(p."company", '')) ${way}, c."number" ${way}`,
};

/** Lists of claims of every engagement, as the tab looks them over; and what its charts count. */
export const claimsPageStore = (db: Db): ClaimsPageStore => ({
  countByStatus: async (filter) => {
    const search = await searched(db, filter);
    const rows = await db.$queryRaw<{ status: ClaimStatus; count: number }[]>`
      SELECT c."status", count(*)::int AS count FROM "Claim" c WHERE ${narrowed(filter, search)} GROUP BY c."status"`;
    return new Map(rows.map(({ status, count }) => [status, count]));
  },
  listClaims: async (filter, group, { by, descending }, { skip, take }) => {
    const search = await searched(db, filter);
    const company =
      by === 'company'
        ? Prisma.sql`LEFT JOIN "Contact" p ON p."claimNumber" = c."number" AND p."side" = 'customer'`
        : Prisma.empty;
    const among = group === null ? Prisma.empty : Prisma.sql`AND c."status" = ANY(${[...statusesOf(group)]}::text[])`;
    const order = ORDERS[by](descending ? Prisma.sql`DESC` : Prisma.sql`ASC`);
    const numbers = await db.$queryRaw<{ number: number }[]>`
      SELECT c."number" FROM "Claim" c ${company} WHERE ${narrowed(filter, search)} ${among}
       ORDER BY ${order} OFFSET ${skip}::int LIMIT ${take}::int`;
    const found = await db.claim.findMany({
      where: { number: { in: numbers.map(({ number }) => number) } },
      include: { ...LINE, location: true },
    });
    const rows = new Map(found.map((row) => [row.number, row]));
    return numbers.flatMap(({ number }) => {
      const row = rows.get(number);
      return row === undefined ? [] : [{ ...asLine(row), statusAt: row.statusAt, location: row.location.name }];
    });
  },
  countDue: async (scope, from, until) => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM "Claim" c WHERE ${withinSql(scope)} AND c."dueAt" >= ${from} AND c."dueAt" < ${until}`;
    return row?.count ?? 0;
  },
  countDueByWeek: (scope, from, until) => db.$queryRaw<WeekCount[]>`
    SELECT to_char(date_trunc('week', c."dueAt" AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week, c."status",
           count(*)::int AS count
      FROM "Claim" c WHERE ${withinSql(scope)} AND c."dueAt" >= ${from} AND c."dueAt" < ${until}
     GROUP BY week, c."status" ORDER BY week`,
  listPaidByMonth: async (scope, from) => {
    const rows = await db.$queryRaw<(Omit<MonthSum, 'cents'> & { cents: bigint })[]>`
      SELECT to_char(c."statusAt" AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*)::int AS count,
             coalesce(sum(c."amountCents"), 0)::bigint AS cents
        FROM "Claim" c WHERE ${withinSql(scope)} AND c."status" = 'APPROVED' AND c."statusAt" >= ${from}
       GROUP BY month ORDER BY month`;
    return rows.map((row) => ({ ...row, cents: Number(row.cents) }));
  },
});
