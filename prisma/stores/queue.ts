import { fromPrisma, type PgBoss } from 'pg-boss';
import type { Db } from './db.ts';

/** What waits to be done after a transaction, each in a queue of its own. */
export const QUEUES = { mail: 'consent-mail', notice: 'notice', referral: 'referral' } as const;

/** Keeps jobs by what they are about. */
export type Queue = (name: (typeof QUEUES)[keyof typeof QUEUES], ids: readonly string[]) => Promise<void>;

/** Jobs are written by the transaction that wants them: both are there, or neither. `queued` is called for each that is. */
export const queueOn =
  (db: Db, boss: PgBoss, queued: () => void): Queue =>
  async (name, ids) => {
    if (ids.length === 0) return;
    await boss.insert(
      name,
      ids.map((id) => ({ data: { id } })),
      { db: fromPrisma(db) },
    );
    queued();
  };
