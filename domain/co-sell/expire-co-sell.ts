import { inBatches } from '../batches.ts';
import { tellPartner } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';
import { settleCoSell } from './answer-co-sell.ts';

/** Ends every deal that no seller answered in time (R28). The referral stays with the partner. Returns how many there were. */
export const expireCoSell = (ports: Ports): Promise<number> =>
  inBatches(
    ports,
    (tx, look) => tx.referrals.takeUnanswered(look),
    async (tx, deals, at) => {
      for (const { number } of deals) {
        const claim = await tx.claims.find(number);
        if (claim === null) throw new Error(`there is no claim ${number}`);
        await settleCoSell(ports, tx, number, { coSell: 'expired' }, { actor: 'clock', at });
        await tellPartner(ports, tx, claim, 'coSellExpired', 'co-sell-expired', at);
      }
      return deals.length;
    },
  );
