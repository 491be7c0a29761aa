import type { Ports } from '../ports.ts';
import type { AwaitedBy } from './notice.ts';

/** Somebody who could not be told speaks again: what waited for them is said now (R32: nothing is lost). */
export const tellWaiting = async ({ reads, inTx }: Ports, whom: AwaitedBy): Promise<void> => {
  if ((await reads.notices.countWaiting(whom)) > 0) await inTx((tx) => tx.notices.sendWaiting(whom));
};

/** The same for a channel: what waits for it or its duties is posted there, and what stands there is brought up to date. */
export const tellWaitingIn = async (ports: Ports, conversationId: string): Promise<void> => {
  const { reads, inTx } = ports;
  for (const duty of await reads.channels.listAt(conversationId)) await tellWaiting(ports, duty);
  await tellWaiting(ports, { channelId: conversationId });
  if ((await reads.notices.countStaleIn(conversationId)) > 0) {
    await inTx((tx) => tx.notices.editStaleIn(conversationId));
  }
};
