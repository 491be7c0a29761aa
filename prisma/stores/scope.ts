import type { ClaimScope } from '../../domain/claims/claim-store.ts';
import { Prisma } from '../generated/client.ts';

/** Claims `c` that a person may see (R2). */
export const withinSql = ({ organisationId, locationIds }: ClaimScope): Prisma.Sql =>
  locationIds === 'all'
    ? Prisma.sql`c."organisationId" = ${organisationId}::uuid`
    : Prisma.sql`c."organisationId" = ${organisationId}::uuid AND c."locationId" = ANY(${[...locationIds]}::uuid[])`;
