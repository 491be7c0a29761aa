import { EVERYWHERE } from '../people/actor.ts';
import type { Ports } from '../ports.ts';

/** Somebody who could not be told speaks again: what waited for them is said now (R32: nothing is lost). */
export const tellWaiting = async (ports: Ports, personId: string): Promise<void> => {
  if ((await ports.reads.notices.countWaiting(personId)) === 0) return;
  await ports.inTx((tx) => tx.notices.sendWaiting(personId));
};

/** The same for a channel: what its duties have waiting is posted there, and what stands there is brought up to date. */
export const tellWaitingIn = async (ports: Ports, conversationId: string): Promise<void> => {
  for (const { duty, scope } of await ports.reads.channels.listAt(conversationId)) {
    const organisationId = scope === EVERYWHERE ? null : scope;
    if ((await ports.reads.notices.countWaitingFor(duty, organisationId)) === 0) continue;
    await ports.inTx((tx) => tx.notices.sendWaitingFor(duty, organisationId));
  }
  if ((await ports.reads.notices.countWaitingIn(conversationId)) > 0) {
    await ports.inTx((tx) => tx.notices.sendWaitingIn(conversationId));
  }
  if ((await ports.reads.notices.countStaleIn(conversationId)) === 0) return;
  await ports.inTx((tx) => tx.notices.editStaleIn(conversationId));
};
