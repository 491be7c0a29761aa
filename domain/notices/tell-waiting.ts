import type { Ports } from '../ports.ts';

/** Somebody who could not be told speaks again: what waited for them is said now (R32: nothing is lost). */
export const tellWaiting = async (ports: Ports, personId: string): Promise<void> => {
  if ((await ports.reads.notices.countWaiting(personId)) === 0) return;
  await ports.inTx((tx) => tx.notices.sendWaiting(personId));
};
