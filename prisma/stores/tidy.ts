import type { Db } from './db.ts';
import { EVENT_PREFIX } from './teams.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Teams repeats a delivery for seconds, not minutes. */
const ACTIVITY_KEPT_MS = 10 * MINUTE_MS;
/** An event that is older is not believed to be new. */
const EVENT_KEPT_MS = 8 * DAY_MS;
/** Nobody clicks twice a month apart. */
const COMMAND_KEPT_MS = 30 * DAY_MS;
/** A form that nobody touched for this long holds a customer's details for nothing (R34). */
const DRAFT_KEPT_MS = 30 * DAY_MS;
/** Over is over; a little later nobody looks at what was put off. */
const SNOOZE_KEPT_MS = 30 * DAY_MS;
/** What a file would change is worth nothing a day later. */
const IMPORT_KEPT_MS = DAY_MS;
/** What one changed is its history, and evidence as long as the papers of a claim are kept (R33). */
const IMPORTED_KEPT_MS = 2 * 366 * DAY_MS;

/** A claim has ended long before; what was told of it is in its history. */
const NOTICE_KEPT_MS = 400 * DAY_MS;
/** So many at a time: the rest follows with the next look. */
const MOST_NOTICES = 5_000;

/** Forgets notices that nothing comes of any more, the facts on a list before the list. */
const forgetNotices = async (db: Db, before: Date): Promise<void> => {
  const old = {
    createdAt: { lt: before },
    state: { in: ['gathered', 'dropped', 'delivered', 'undeliverable', 'ambiguous'] },
  };
  const rows = await db.notice.findMany({
    where: old,
    orderBy: { createdAt: 'asc' },
    take: MOST_NOTICES,
    select: { id: true },
  });
  if (rows.length === 0) return;
  const id = { in: rows.map((row) => row.id) };
  await db.notice.deleteMany({ where: { id, kind: { not: 'digest' } } });
  await db.notice.deleteMany({ where: { id, kind: 'digest', items: { none: {} } } });
};

/** Ends and forgets what nobody comes back for. */
export const tidy = async (db: Db, now: Date): Promise<void> => {
  const before = (kept: number) => ({ lt: new Date(now.getTime() - kept) });
  const event = { key: { startsWith: EVENT_PREFIX } };
  await db.handledActivity.deleteMany({ where: { at: before(ACTIVITY_KEPT_MS), NOT: event } });
  await db.handledActivity.deleteMany({ where: { at: before(EVENT_KEPT_MS), ...event } });
  await db.handledCommand.deleteMany({ where: { at: before(COMMAND_KEPT_MS) } });
  await db.exportLink.deleteMany({ where: { expiresAt: { lte: now } } });
  await db.draft.updateMany({
    where: { status: 'open', updatedAt: before(DRAFT_KEPT_MS) },
    data: { status: 'canceled', answers: {}, openKey: null },
  });
  // By the database's clock, as they were written: the longest window they are kept for is an hour.
  await db.$executeRaw`
    DELETE FROM "Sending" WHERE coalesce("answeredAt", "sentAt") < clock_timestamp() - interval '61 minutes'`;
  await db.snooze.deleteMany({ where: { until: before(SNOOZE_KEPT_MS) } });
  await forgetNotices(db, before(NOTICE_KEPT_MS).lt);
  await db.import.deleteMany({ where: { state: { not: 'applied' }, createdAt: before(IMPORT_KEPT_MS) } });
  await db.importRow.deleteMany({ where: { import: { state: 'applied', appliedAt: before(IMPORTED_KEPT_MS) } } });
};
