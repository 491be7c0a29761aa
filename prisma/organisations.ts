import type { Database } from './database.ts';

/** Every allowed tenant is an organisation from the start (R1); one that is kept already stays as it is, unless it operates. */
export const welcomeTenants = async (
  { prisma }: Pick<Database, 'prisma'>,
  tenantIds: readonly string[],
  operatorIds: readonly string[] = [],
): Promise<void> => {
  await prisma.organisation.createMany({
    data: tenantIds.map((tenantId) => ({ id: tenantId, tenantId, name: tenantId, kind: 'partner' })),
    skipDuplicates: true,
  });
  if (operatorIds.length === 0) return;
  await prisma.organisation.updateMany({ where: { tenantId: { in: [...operatorIds] } }, data: { kind: 'operator' } });
};

/** Every organisation that is kept, by name. */
export const listOrganisations = ({
  prisma,
}: Pick<Database, 'prisma'>): Promise<
  readonly { readonly id: string; readonly tenantId: string; readonly name: string }[]
> =>
  prisma.organisation.findMany({
    select: { id: true, tenantId: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
