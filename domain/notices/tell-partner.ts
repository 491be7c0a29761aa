import type { Claim } from '../claims/claim-store.ts';
import type { Ports, Tx } from '../ports.ts';
import type { NoticeKind } from './notice.ts';

/**
 * Tells the people of the partner who work on a claim: its owner, and whoever asked for consent last. `occasion` makes
 * the key unique per fact, so no sweep, replica or retry says it twice (R30).
 */
export const tellPartner = async (
  ports: Ports,
  tx: Tx,
  claim: Pick<Claim, 'number' | 'ownerId'>,
  kind: NoticeKind,
  occasion: string,
  at: Date,
): Promise<void> => {
  const request = await tx.consent.findNewest(claim.number);
  const audience = new Set([claim.ownerId, ...(request === null ? [] : [request.sentById])]);
  for (const personId of audience) {
    const key = `claim:${claim.number}:${occasion}:person:${personId}`;
    await tx.notices.tell({ id: ports.random.id(), key, kind, personId, claimNumber: claim.number, createdAt: at });
  }
};
