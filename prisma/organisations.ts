import type { Database } from './database.ts';

/** Every allowed tenant is an organisation from the start (R1); one that is kept already stays as it is, but for whether it operates. */
export const welcomeTenants = async (
  { prisma }: Pick<Database, 'prisma'>,
  tenantIds: readonly string[],
  operatorIds: readonly string[] = [],
): Promise<void> => {
  await prisma.organisation.createMany({
    data: tenantIds.map((tenantId) => ({ id: tenantId, tenantId, name: tenantId, kind: 'partner' })),
    skipDuplicates: true,
  });
  // The configuration is what says who operates; one that is not named any more does not.
  for (const kind of ['operator', 'partner'] as const) {
    const named = tenantIds.filter((id) => operatorIds.includes(id) === (kind === 'operator'));
    await prisma.organisation.updateMany({ where: { tenantId: { in: named }, kind: { not: kind } }, data: { kind } });
  }
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
