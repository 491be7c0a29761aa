import { inBatches } from '../batches.ts';
import { versionsOf } from '../engagements/engagement.ts';
import type { Ports } from '../ports.ts';
import { completeAmong } from '../review/checklist.ts';
import { warn } from './reminders.ts';
import { type Fact, tellOfClaims } from './tell.ts';

/**
 * R30: finds the claims of whose clock the partner is to be warned now, and keeps what is to be said of each for the next
 * digest of everybody who hears of it. However long nobody looked, each is spoken of once. Returns how many there were.
 */
export const planReminders = (ports: Ports): Promise<number> =>
  inBatches(
    ports,
    (tx, look) => tx.claims.takeToWarn(look),
    async (tx, claims, now) => {
      const complete = await completeAmong(tx.claims, claims, await versionsOf(tx.engagements, claims));
      const found = claims.map((claim) => ({ claim, ...warn(claim, complete.has(claim.number), now) }));
      await tx.claims.warnNext(found.map(({ claim, warnAt }) => ({ number: claim.number, warnAt })));
      const facts = found.flatMap(({ claim, warned }): Fact[] => (warned === null ? [] : [{ claim, ...warned }]));
      await tellOfClaims(ports, tx, facts, { at: now, together: true });
      return facts.length;
    },
  );
