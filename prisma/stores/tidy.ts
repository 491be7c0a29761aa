import type { Db } from './db.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Teams repeats a delivery for seconds, not minutes. */
const ACTIVITY_KEPT_MS = 10 * MINUTE_MS;
/** Nobody clicks twice a month apart. */
const COMMAND_KEPT_MS = 30 * DAY_MS;
/** A form that nobody touched for this long holds a customer's details for nothing (R34). */
const DRAFT_KEPT_MS = 30 * DAY_MS;
/** What a file would change is worth nothing a day later. */
const IMPORT_KEPT_MS = DAY_MS;
/** What one changed is its history, and evidence as long as the papers of a claim are kept (R33). */
const IMPORTED_KEPT_MS = 2 * 366 * DAY_MS;

/** Ends and forgets what nobody comes back for. */
export const tidy = async (db: Db, now: Date): Promise<void> => {
  const before = (kept: number) => ({ lt: new Date(now.getTime() - kept) });
  await db.handledActivity.deleteMany({ where: { at: before(ACTIVITY_KEPT_MS) } });
  await db.handledCommand.deleteMany({ where: { at: before(COMMAND_KEPT_MS) } });
  await db.exportLink.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.draft.updateMany({
    where: { status: 'open', updatedAt: before(DRAFT_KEPT_MS) },
    data: { status: 'canceled', answers: {}, openKey: null },
  });
  // By the database's clock, as they were written: the longest window they are kept for is an hour.
  await db.$executeRaw`
    DELETE FROM "Sending" WHERE coalesce("answeredAt", "sentAt") < clock_timestamp() - interval '61 minutes'`;
  await db.import.deleteMany({ where: { state: { not: 'applied' }, createdAt: before(IMPORT_KEPT_MS) } });
  await db.importRow.deleteMany({ where: { import: { state: 'applied', appliedAt: before(IMPORTED_KEPT_MS) } } });
};
