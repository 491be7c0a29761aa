import type { Database } from '../../prisma/database.ts';

/** Customers who consented to an organisation before, named `Customer 000001` and so on, all of one kind; in one go. */
export const manyCustomers = async (
  { prisma }: Database,
  { organisationId, count, since }: { readonly organisationId: string; readonly count: number; readonly since: Date },
): Promise<void> => {
  await prisma.$executeRaw`
    INSERT INTO "Customer" ("id", "name", "createdAt")
    SELECT ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Customer ' || lpad(n::text, 6, '0'), ${since}::timestamptz
      FROM generate_series(1, ${count}::int) n`;
  await prisma.$executeRaw`
    INSERT INTO "Identifier" ("id", "customerId", "type", "value", "facts", "source")
    SELECT ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'tenantId', '30000000-0000-4000-8000-' || lpad(n::text, 12, '0'),
           jsonb_build_object('country', 'NL', 'segment', 'smb', 'seats', 900, 'monthlyActiveUsers', 900), 'Many'
      FROM generate_series(1, ${count}::int) n`;
  await prisma.$executeRaw`
    INSERT INTO "KnownCustomer" ("organisationId", "customerId", "identifierType", "identifierValue", "judgedId", "name", "since")
    SELECT ${organisationId}::uuid, i."customerId", i."type", i."value", i."id", c."name", ${since}::timestamptz
      FROM "Identifier" i JOIN "Customer" c ON c."id" = i."customerId" WHERE i."source" = 'Many'`;
};
