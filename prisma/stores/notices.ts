import { fromPrisma, type PgBoss } from 'pg-boss';
import type { NoticeKind, NoticeStore } from '../../domain/notices/notice.ts';
import type { Db } from './db.ts';

export const QUEUES = { mail: 'consent-mail', notice: 'notice' } as const;

/** Notices and their delivery jobs are written by the same transaction: both are there, or neither (R30, R32). */
export const noticeStore = (db: Db, boss: PgBoss, queued: () => void): NoticeStore => {
  const send = async (queue: string, id: string) => {
    await boss.send(queue, { id }, { db: fromPrisma(db) });
    queued();
  };
  return {
    tell: async (notice) => {
      const { count } = await db.notice.createMany({ data: { ...notice, state: 'pending' }, skipDuplicates: true });
      if (count === 1) await send(QUEUES.notice, notice.id);
    },
    mail: (requestId) => send(QUEUES.mail, requestId),
    findNotice: async (id) => {
      const row = await db.notice.findUnique({ where: { id } });
      if (row === null || row.claimNumber === null) return null;
      const { key, kind, personId, claimNumber, createdAt } = row;
      return { id, key, kind: kind as NoticeKind, personId, claimNumber, createdAt };
    },
    countWaiting: (personId) => db.notice.count({ where: { personId, state: 'waiting' } }),
    sendWaiting: async (personId) => {
      const rows = await db.notice.updateManyAndReturn({
        where: { personId, state: 'waiting' },
        data: { state: 'pending', settledAt: null },
        select: { id: true, createdAt: true },
      });
      for (const { id } of rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
        await send(QUEUES.notice, id);
      }
    },
    move: async (id, from, to, at) => {
      const { count } = await db.notice.updateMany({
        where: { id, state: { in: [...from] } },
        data: { ...to, settledAt: to.state === 'pending' || to.state === 'sending' ? null : at },
      });
      return count === 1;
    },
  };
};
