import type { Ports, Tx } from '../ports.ts';
import { type DueNotice, isListener, type Listener, listenerId } from './notice.ts';
import { endOfQuiet } from './slots.ts';
import type { Hearing } from './subscription.ts';

const BATCH = 1_000;

/** When the quiet hours end that somebody has now; null: they have none, or none now. */
const quietUntil = async (tx: Tx, listeners: readonly Listener[], now: Date): Promise<ReadonlyMap<string, Date>> => {
  const people = listeners.flatMap((one) => ('personId' in one ? [one.personId] : []));
  const [listening, channels] = await Promise.all([
    tx.subscriptions.listPeople(people),
    tx.subscriptions.listOf(listeners.flatMap((one) => ('channelId' in one ? [one.channelId] : []))),
  ]);
  return new Map(
    [...listening, ...channels].flatMap(({ subscription, timeZone }: Hearing) => {
      const end = endOfQuiet(subscription, timeZone, now);
      return end === null ? [] : [[listenerId(subscription.listener), end] as const];
    }),
  );
};

/** How long a list waits for processes that are still finding out what belongs on it. */
const PATIENCE_MS = 2 * 60_000;

type Sorted = {
  readonly kept: readonly DueNotice[];
  /** Lists that another takes along. */
  readonly merged: readonly DueNotice[];
  readonly held: readonly DueNotice[];
};

/**
 * Of several slots of a listener that were missed, one list tells; what may have been said already goes along. While
 * others are still gathering for the newest of them, none leaves.
 */
const sort = (due: readonly DueNotice[], gathering: (digest: DueNotice) => boolean): Sorted => {
  const single = due.filter(({ kind, audience }) => kind !== 'digest' || !isListener(audience));
  const lists = Map.groupBy(
    due.filter((notice) => !single.includes(notice)),
    ({ audience }) => (isListener(audience) ? listenerId(audience) : ''),
  );
  const kept = [...single];
  const merged: DueNotice[] = [];
  const held: DueNotice[] = [];
  for (const digests of lists.values()) {
    if (digests.some(gathering)) {
      held.push(...digests);
      continue;
    }
    const last = digests.findLast(({ state }) => state === 'planned') ?? digests.at(-1);
    for (const digest of digests) (digest === last ? kept : merged).push(digest);
  }
  return { kept, merged, held };
};

/** How many left; whether that was all there is to deal with now. */
const sendBatch = (ports: Ports): Promise<{ readonly sent: number; readonly all: boolean }> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const due = await tx.notices.takeDue(now, BATCH);
    if (due.length === 0) return { sent: 0, all: true };
    const quiet = await quietUntil(
      tx,
      due.flatMap(({ audience }) => (isListener(audience) ? [audience] : [])),
      now,
    );
    const endOf = ({ audience }: DueNotice) =>
      isListener(audience) ? (quiet.get(listenerId(audience)) ?? null) : null;
    for (const [end, notices] of Map.groupBy(due, (notice) => endOf(notice)?.getTime() ?? null)) {
      const ids = notices.map(({ id }) => id);
      if (end !== null) await tx.notices.postpone(ids, new Date(end));
    }
    const busy = await tx.claims.findAnyDue(now);
    const { kept, merged, held } = sort(
      due.filter((notice) => endOf(notice) === null),
      ({ sayAt }) => busy && now.getTime() - sayAt.getTime() < PATIENCE_MS,
    );
    const ids = (notices: readonly DueNotice[]) => notices.map(({ id }) => id);
    await tx.notices.sendDue(ids(kept), ids(merged), now);
    return { sent: kept.length, all: due.length < BATCH || held.length > 0 };
  });

/** Puts on its way what was to be said by now (R31), outside of quiet hours. Returns how many there were. */
export const sendDue = async (ports: Ports): Promise<number> => {
  let sent = 0;
  for (;;) {
    const batch = await sendBatch(ports);
    sent += batch.sent;
    if (batch.all) return sent;
  }
};
