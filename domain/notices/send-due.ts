import type { Ports, Tx } from '../ports.ts';
import { type DueNotice, isListener, type Listener, listenerId } from './notice.ts';
import { endOfQuiet } from './slots.ts';
import type { Hearing } from './subscription.ts';

const BATCH = 200;

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

const sendBatch = (ports: Ports): Promise<number> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    const due = await tx.notices.takeDue(now, BATCH);
    if (due.length === 0) return 0;
    const digests = due.filter(({ kind }) => kind === 'digest');
    const listeners = digests.flatMap(({ audience }) => (isListener(audience) ? [audience] : []));
    const quiet = await quietUntil(tx, listeners, now);
    // Of several slots that were missed, one digest tells.
    const newest = new Map<string, DueNotice>();
    const merged: string[] = [];
    for (const digest of digests) {
      if (!isListener(digest.audience)) continue;
      const key = listenerId(digest.audience);
      const end = quiet.get(key);
      if (end !== undefined) {
        await tx.notices.postpone([digest.id], end);
        continue;
      }
      const other = newest.get(key);
      // What may have been said already goes along with what certainly was not.
      const last = other === undefined || digest.state === 'planned' || other.state === 'ambiguous' ? digest : other;
      if (other !== undefined) merged.push(last === digest ? other.id : digest.id);
      newest.set(key, last);
    }
    const single = due.filter(({ kind }) => kind !== 'digest').map(({ id }) => id);
    await tx.notices.sendDue([...single, ...[...newest.values()].map(({ id }) => id)], merged, now);
    return due.length;
  });

/** Puts on its way what was to be said by now (R31), outside of quiet hours. Returns how many there were. */
export const sendDue = async (ports: Ports): Promise<number> => {
  let sent = 0;
  for (;;) {
    const batch = await sendBatch(ports);
    sent += batch;
    if (batch < BATCH) return sent;
  }
};
