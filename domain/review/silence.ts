import type { AuditEvent } from '../audit/chain.ts';
import { DAY_MS } from '../claims/deadlines.ts';

/** R25: after how many days of silence the channel is reminded; after twice as many, whoever may decide, in person. */
export const SILENT_DAYS = 5;

/** When silence that begins at `since`, or was spoken of then, is next to be spoken of. */
export const nextReminder = (since: Date): Date => new Date(since.getTime() + SILENT_DAYS * DAY_MS);

/** Whole days of silence. */
export const silentDays = (since: Date, now: Date): number => Math.floor((now.getTime() - since.getTime()) / DAY_MS);

/** How a history says that the reviewers were reminded (R33). */
export const REMINDED = 'reviewReminded';

/** How a history says that the reminders in a channel were put off (R31). */
export const SNOOZED = 'snoozed';
const CHANGES_NOTHING: readonly string[] = [REMINDED, SNOOZED];

/**
 * The number of the newest line of a history that changed anything: what a button brings, so that whatever comes since
 * is noticed. A reminder, or one put off, changes nothing and holds nobody's decision up.
 */
export const lastChange = (history: readonly Pick<AuditEvent, 'what' | 'sequence'>[]): number =>
  history.findLast(({ what }) => !CHANGES_NOTHING.includes(what))?.sequence ?? 0;
