import type { Clock } from '../../domain/ports.ts';
import { Prisma } from '../generated/client.ts';
import type { ConversationModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const OPEN = { active: true, closedWhy: null } as const;

const asConversation = ({
  updatedAt: _updatedAt,
  active: _active,
  closedWhy: _closedWhy,
  notBefore: _notBefore,
  type,
  ...row
}: ConversationModel) => ({
  ...row,
  type: type as 'personal' | 'channel' | 'groupChat',
});

/** Where Teams lets us speak. */
export const conversationStore = (db: Db) => ({
  personalChat: async (personId: string) => {
    const row = await db.conversation.findFirst({
      where: { personId, type: 'personal', active: true },
      orderBy: { updatedAt: 'desc' },
    });
    return row === null ? null : asConversation(row);
  },
  channel: async (id: string) => {
    const row = await db.conversation.findUnique({ where: { id, active: true } });
    return row === null ? null : asConversation(row);
  },
  parkTeam: async (teamId: string, at: Date, closedWhy: string) => {
    await db.conversation.updateMany({ where: { teamId, updatedAt: { lte: at } }, data: { active: false, closedWhy } });
  },
  open: async (id: string, at: Date) => {
    await db.conversation.updateMany({ where: { id }, data: { ...OPEN, updatedAt: at } });
  },
  channelsOf: async (teamId: string) => {
    const rows = await db.conversation.findMany({ where: { teamId, type: 'channel' }, select: { id: true } });
    return rows.map(({ id }) => id);
  },
  openTeam: async (teamId: string, at: Date) => {
    // A channel that was deleted does not come back with its team.
    const there = { OR: [{ closedWhy: null }, { closedWhy: { not: 'channelDeleted' } }] };
    await db.conversation.updateMany({ where: { teamId, ...there }, data: { ...OPEN, updatedAt: at } });
  },
  isKnown: async (tenantId: string, where: { readonly channelId: string } | { readonly teamId: string }) => {
    const place = 'channelId' in where ? { id: where.channelId } : { teamId: where.teamId };
    return (await db.conversation.findFirst({ where: { ...place, tenantId }, select: { id: true } })) !== null;
  },
  remember: async ({ id, ...conversation }: ReturnType<typeof asConversation>, at: Date, speaks: boolean) => {
    const data = { ...conversation, updatedAt: at };
    const update = speaks ? { ...data, ...OPEN } : data;
    await db.conversation.upsert({ where: { id }, create: { id, ...data, ...OPEN }, update });
  },
  park: async (id: string, at: Date, closedWhy: string) => {
    await db.conversation.updateMany({ where: { id, updatedAt: { lte: at } }, data: { active: false, closedWhy } });
  },
});

/** A delivery without an answer for this long was begun by a process that died. */
const DEAD_AFTER_MS = 30_000;

/** Which deliveries of activities were seen, and what they were answered. */
export const activityBook = (db: Db) => {
  const answerTo = async (key: string): Promise<unknown> =>
    (await db.handledActivity.findUnique({ where: { key } }))?.answer ?? undefined;
  return {
    begin: async (key: string, at: Date): Promise<'first' | { answer: unknown }> => {
      const { count } = await db.handledActivity.createMany({ data: { key, at }, skipDuplicates: true });
      if (count === 1) return 'first';
      const answer = await answerTo(key);
      if (answer !== undefined) return { answer };
      const dead = { key, at: { lt: new Date(at.getTime() - DEAD_AFTER_MS) }, answer: { equals: Prisma.DbNull } };
      const taken = await db.handledActivity.updateMany({ where: dead, data: { at } });
      return taken.count === 1 ? 'first' : { answer };
    },
    answerTo,
    forget: async (key: string) => {
      await db.handledActivity.deleteMany({ where: { key } });
    },
    finish: async (key: string, answer: object) => {
      await db.handledActivity.update({ where: { key }, data: { answer: answer as Prisma.InputJsonObject } });
    },
  };
};

/** Events of Partner Center are told apart from deliveries of Teams, and remembered for as long as one may come again. */
export const EVENT_PREFIX = 'partner-center:';

/** Which events of Partner Center were dealt with. */
export const eventBook = (db: Db, clock: Clock) => {
  const book = activityBook(db);
  return {
    once: async (event: string, work: () => Promise<void>): Promise<void> => {
      const key = `${EVENT_PREFIX}${event}`;
      if ((await book.begin(key, clock.now())) !== 'first') return;
      try {
        await work();
        await book.finish(key, {});
      } catch (error) {
        await book.forget(key);
        throw error;
      }
    },
  };
};

/** Keeps one credential by its name, as it was sealed. */
export const credentialStore = (db: Db, name: string, clock: Clock) => ({
  load: async (): Promise<string | null> => (await db.sealedCredential.findUnique({ where: { name } }))?.sealed ?? null,
  keep: async (sealed: string): Promise<void> => {
    const data = { sealed, updatedAt: clock.now() };
    await db.sealedCredential.upsert({ where: { name }, create: { name, ...data }, update: data });
  },
});

/** What domains resolved to. */
export const tenantCache = (db: Db) => ({
  find: (domain: string) =>
    db.tenantDomain.findUnique({ where: { domain }, select: { tenantId: true, name: true, checkedAt: true } }),
  keep: async (domain: string, tenantId: string, name: string | null, source: string, checkedAt: Date) => {
    const data = { tenantId, name, source, checkedAt };
    await db.tenantDomain.upsert({ where: { domain }, create: { domain, ...data }, update: data });
  },
});
