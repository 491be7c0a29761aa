import type { Ports } from '../ports.ts';

const BATCH = 200;

/** Puts on its way what is to be said by now: what nobody knows to have arrived, once more (R32). Returns how many. */
export const sendDue = async ({ inTx, clock }: Pick<Ports, 'inTx' | 'clock'>): Promise<number> => {
  let sent = 0;
  for (;;) {
    const batch = await inTx((tx) => tx.notices.sendDue(clock.now(), BATCH));
    sent += batch;
    if (batch < BATCH) return sent;
  }
};
