import type { Claim } from '../claims/claim-store.ts';
import { isOver, startOf, utcDay } from '../claims/deadlines.ts';
import type { ClaimStatus } from '../claims/status.ts';
import type { Reminder } from './notice.ts';

type Warnings = {
  readonly kind: Reminder;
  /** With how many days left it is said. */
  readonly daysLeft: readonly number[];
  /** And how many days after the clock began. */
  readonly daysAfter?: number;
};

/** Of which clock the partner is warned, and when (R30). A status that is not here has no clock of the partner's. */
const WARNINGS: Partial<Record<ClaimStatus, Warnings>> = {
  CUSTOMER_CLAIMED: { kind: 'consentNotSent', daysLeft: [14, 7, 3, 1], daysAfter: 3 },
  AWAITING_CONSENT: { kind: 'consentDue', daysLeft: [14, 7, 3, 1] },
  CONSENT_RECEIVED: { kind: 'submissionDue', daysLeft: [30, 14, 7, 3, 1] },
  ACTION_REQUIRED: { kind: 'actionDue', daysLeft: [14, 7, 3, 1] },
  REJECTED: { kind: 'disputeDue', daysLeft: [14, 7, 3, 1] },
  DISPUTED: { kind: 'disputeDue', daysLeft: [14, 7, 3, 1] },
};

/** A claim that could be submitted is spoken of after this many days, and then every so many. */
const COMPLETE_AFTER = 2;
const COMPLETE_EVERY = 7;

type Running = Pick<Claim, 'status' | 'statusAt' | 'dueAt'>;

/** The beginning, in UTC, of the day that lies `days` after the one of `instant`. */
const dayAfter = (instant: Date, days: number): Date => startOf(utcDay(instant).add({ days }));

type Warning = { readonly at: Date; readonly mark: string };

/** Every warning of the clock that runs, soonest first. They come at the beginning of a day in UTC, as deadlines end. */
const warningsOf = ({ status, statusAt, dueAt }: Running): readonly Warning[] => {
  const found = WARNINGS[status];
  if (found === undefined || dueAt === null) return [];
  const marked = found.daysLeft.map((days) => ({ at: dayAfter(dueAt, -days), mark: `${days}d` }));
  const after = found.daysAfter === undefined ? [] : [{ at: dayAfter(statusAt, found.daysAfter), mark: 'begun' }];
  return [...after, ...marked]
    .filter(({ at }) => at > statusAt && at <= dueAt)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
};

/** What the clock that runs is warned of as; null: the partner has none. `complete`: all evidence is there (R24). */
export const reminderOf = (status: ClaimStatus, complete: boolean): Reminder | null => {
  const kind = WARNINGS[status]?.kind ?? null;
  return kind === 'submissionDue' && complete ? 'submissionComplete' : kind;
};

/** When the next warning after `after` comes; null: none before the clock runs out. */
export const nextWarning = (claim: Running, after: Date): Date | null =>
  warningsOf(claim).find(({ at }) => at > after)?.at ?? null;

/** When a claim whose evidence is complete since `since` is first spoken of. */
export const firstNag = (since: Date): Date => dayAfter(since, COMPLETE_AFTER);

/** What is to be said of a claim now, as the occasion of its notice, and since when. */
type Warned = { readonly kind: Reminder; readonly occasion: string; readonly since: Date };

/**
 * R30: what is due to be said of a claim at `now`, and when to look at it again. However many warnings were missed, one is
 * said. `warnAt` is when it was to be looked at: with a clock that was set back nothing comes a second time.
 */
export const warn = (
  claim: Running & { readonly warnAt: Date },
  complete: boolean,
  now: Date,
): { readonly warned: Warned | null; readonly warnAt: Date | null } => {
  const { dueAt, status, warnAt } = claim;
  const kind = reminderOf(status, complete);
  if (kind === null || dueAt === null || isOver(dueAt, now)) return { warned: null, warnAt: null };
  const from = now > warnAt ? now : warnAt;
  const next = nextWarning(claim, from);
  const until = dueAt.toISOString().slice(0, 10);
  if (kind === 'submissionComplete') {
    const nag = dayAfter(from, COMPLETE_EVERY);
    const soonest = next === null || nag < next ? nag : next;
    const occasion = `${kind}:${until}:${from.toISOString().slice(0, 10)}`;
    return { warned: { kind, occasion, since: warnAt }, warnAt: soonest <= dueAt ? soonest : null };
  }
  const reached = warningsOf(claim).findLast(({ at }) => at <= from);
  const warned = reached && { kind, occasion: `${kind}:${until}:${reached.mark}`, since: reached.at };
  return { warned: warned ?? null, warnAt: next };
};

/** Whether nobody may put the reminder off any more: the clock's last days (R31). */
export const isLastCall = (dueAt: Date | null, now: Date): boolean => dueAt !== null && now >= dayAfter(dueAt, -1);
