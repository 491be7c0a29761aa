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
      const end = endOfQuiet(subscription, subscription.timeZone ?? timeZone, now);
      return end === null ? [] : [[listenerId(subscription.listener), end] as const];
    }),
  );
};

/** Of several slots of a listener that were missed, one digest tells; what may have been said already goes along. */
const mergeDigests = (due: readonly DueNotice[]): { readonly kept: DueNotice[]; readonly merged: DueNotice[] } => {
  const kept: DueNotice[] = [];
  const merged: DueNotice[] = [];
  const byListener = Map.groupBy(due, ({ kind, audience }) =>
    kind === 'digest' && isListener(audience) ? listenerId(audience) : null,
  );
  for (const [listener, notices] of byListener) {
    if (listener === null) {
      kept.push(...notices);
      continue;
    }
    const last = notices.findLast(({ state }) => state === 'planned') ?? notices.at(-1);
    for (const notice of notices) (notice === last ? kept : merged).push(notice);
  }
  return { kept, merged };
};

/** How long a list waits for processes that are still finding out what belongs on it. */
const PATIENCE_MS = 2 * 60_000;

/** How many were dealt with; whether that was all there is to deal with now. */
const sendBatch = (ports: Ports): Promise<{ readonly sent: number; readonly all: boolean }> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const due = await tx.notices.takeDue(now, BATCH);
    if (due.length === 0) return { sent: 0, all: true };
    const listeners = due.flatMap(({ audience }) => (isListener(audience) ? [audience] : []));
    const quiet = await quietUntil(tx, listeners, now);
    const endOf = ({ audience }: DueNotice) => (isListener(audience) ? quiet.get(listenerId(audience)) : undefined);
    for (const notice of due) {
      const end = endOf(notice);
      if (end !== undefined) await tx.notices.postpone([notice.id], end);
    }
    const busy = await tx.claims.findAnyDue(now);
    const isGathering = ({ kind, sayAt }: DueNotice) =>
      busy && kind === 'digest' && now.getTime() - sayAt.getTime() < PATIENCE_MS;
    const ready = due.filter((notice) => endOf(notice) === undefined && !isGathering(notice));
    const { kept, merged } = mergeDigests(ready);
    await tx.notices.sendDue(
      kept.map(({ id }) => id),
      merged.map(({ id }) => id),
      now,
    );
    return { sent: ready.length, all: due.length < BATCH || due.some(isGathering) };
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
