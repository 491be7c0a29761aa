import type { World } from './world.ts';

/** How many deliveries wait for a later try. */
export const waitingRetries = async ({ database }: World): Promise<number> => {
  const [row] = await database.prisma.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pgboss.job WHERE state = 'retry'`;
  return row?.count ?? 0;
};

/** Lets every pause before the next try be over, Teams' own too, and tries. */
export const retryNow = async (world: World): Promise<void> => {
  const { prisma } = world.database;
  await prisma.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE state IN ('retry', 'created')`;
  await prisma.conversation.updateMany({ data: { notBefore: null } });
  await world.app.drain();
};
