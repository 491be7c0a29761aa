import type { AuditStore } from '../../domain/audit/chain.ts';
import type { CommandStore } from '../../domain/commands.ts';
import type { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';

export const auditStore = (db: Db): AuditStore => ({
  findLast: (chain) =>
    db.auditEvent.findFirst({
      where: { chain },
      orderBy: { sequence: 'desc' },
      select: { sequence: true, hash: true },
    }),
  list: async (chain) => {
    const rows = await db.auditEvent.findMany({ where: { chain }, orderBy: { sequence: 'asc' } });
    return rows.map(({ facts, ...row }) => ({
      ...row,
      facts: facts as Awaited<ReturnType<AuditStore['list']>>[number]['facts'],
    }));
  },
  listLast: async (chains) => {
    const rows = await db.auditEvent.findMany({
      where: { chain: { in: [...chains] } },
      distinct: ['chain'],
      orderBy: [{ chain: 'asc' }, { sequence: 'desc' }],
      select: { chain: true, sequence: true, hash: true },
    });
    return new Map(rows.map(({ chain, ...last }) => [chain, last]));
  },
  append: async (events) => {
    const data = events.map(({ facts, ...event }) => ({ ...event, facts: facts as Prisma.InputJsonObject }));
    await db.auditEvent.createMany({ data });
  },
});

export const commandStore = (db: Db): CommandStore => ({
  findOutcome: async ({ id, verb }, personId) => {
    const row = await db.handledCommand.findFirst({ where: { id, verb, personId } });
    return row?.outcome ?? undefined;
  },
  begin: async (id, personId, verb, at) => {
    const { count } = await db.handledCommand.createMany({ data: { id, personId, verb, at }, skipDuplicates: true });
    return count === 1;
  },
  finish: async (id, outcome) => {
    await db.handledCommand.update({ where: { id }, data: { outcome: outcome as Prisma.InputJsonObject } });
  },
});

/** Every subject that has a history, or should: a claim whose history is gone is among them. */
export const listChains = async (db: Db): Promise<readonly string[]> => {
  const rows = await db.$queryRaw<{ chain: string }[]>`
    SELECT 'claim:' || "number" AS chain FROM "Claim" UNION SELECT "chain" FROM "AuditEvent" ORDER BY 1`;
  return rows.map(({ chain }) => chain);
};
