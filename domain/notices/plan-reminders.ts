import { inBatches } from '../batches.ts';
import type { ClaimToWarn } from '../claims/claim-store.ts';
import type { Ports, Tx } from '../ports.ts';
import { isAllGiven } from '../review/checklist.ts';
import { warn } from './reminders.ts';
import { type Fact, tellOfClaims } from './tell.ts';

/** Of those whose evidence is gathered: whether all that is required is there (R24), by the claim's number. */
const completeAmong = async (tx: Tx, claims: readonly ClaimToWarn[]): Promise<ReadonlySet<number>> => {
  const gathering = claims.filter(({ status }) => status === 'CONSENT_RECEIVED');
  if (gathering.length === 0) return new Set();
  const given = await tx.claims.listGiven(gathering.map(({ number }) => number));
  const ids = [...new Set(gathering.map(({ engagementVersionId }) => engagementVersionId))];
  const versions = new Map(
    await Promise.all(ids.map(async (id) => [id, await tx.engagements.findVersion(id)] as const)),
  );
  const complete = gathering.filter(({ number, engagementVersionId }) => {
    const version = versions.get(engagementVersionId);
    return version != null && isAllGiven(version, given.get(number) ?? []);
  });
  return new Set(complete.map(({ number }) => number));
};

/**
 * R30: finds the claims of whose clock the partner is to be warned now, and keeps what is to be said of each for the next
 * digest of everybody who hears of it. However long nobody looked, each is spoken of once. Returns how many there were.
 */
export const planReminders = (ports: Ports): Promise<number> =>
  inBatches(
    ports,
    (tx, look) => tx.claims.takeToWarn(look),
    async (tx, claims, now) => {
      const complete = await completeAmong(tx, claims);
      const found = claims.map((claim) => ({ claim, ...warn(claim, complete.has(claim.number), now) }));
      await tx.claims.warnNext(found.map(({ claim, warnAt }) => ({ number: claim.number, warnAt })));
      const facts = found.flatMap(({ claim, warned }): Fact[] => (warned === null ? [] : [{ claim, ...warned }]));
      await tellOfClaims(ports, tx, facts, { at: now, together: true });
      return facts.length;
    },
  );
