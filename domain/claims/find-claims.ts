import { type Engagement, withVersions } from '../engagements/engagement.ts';
import type { Slice } from '../paging.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { oneLine } from '../typed.ts';
import { browseClaims, EVERY_CLAIM } from './browse-claims.ts';
import type { Claim, ClaimRow } from './claim-store.ts';
import { mayManage } from './show-claim.ts';

/** What can be said of a claim where others read along. */
export type FoundClaim = Pick<ClaimRow, 'number' | 'name' | 'status' | 'dueAt' | 'company'> & {
  readonly engagement: Engagement;
};

/** The heading of a claim's card, as it is copied from there. */
const HEADED = /^(?:claim\s+)?#?(?=\d{7,9}$)/i;

/**
 * Claims that the person may see (R2), next deadline first: those that `find` names by number, identifier, friendly name
 * or customer; empty: all.
 */
export const findClaims = async (
  ports: Ports,
  actor: Actor,
  find: string,
  page: Slice,
): Promise<readonly FoundClaim[]> => {
  // What is next comes first, and what has ended last.
  const order = { group: null, by: 'due', descending: false } as const;
  const wanted = oneLine(find).replace(HEADED, '');
  return browseClaims(ports, actor, { ...EVERY_CLAIM, find: wanted, ...order, ...page });
};

/** One claim, as short; null: there is none, or the person may not know of it; the two look the same. */
export const findClaim = async (
  ports: Ports,
  actor: Actor,
  number: number,
): Promise<(Pick<Claim, 'number' | 'status' | 'dueAt'> & Pick<FoundClaim, 'engagement'>) | null> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return null;
  const [row = null] = await withVersions(ports.reads.engagements, [claim]);
  return row;
};
