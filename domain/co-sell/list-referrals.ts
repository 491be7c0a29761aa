import { type Engagement, withVersions } from '../engagements/engagement.ts';
import { type Paged, pageAt } from '../paging.ts';
import { type Actor, isReferralsAdmin, referralScope } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { ReferralRow } from './referral.ts';

export const REFERRALS_ON_PAGE = 5;

export type ReferralList = Paged<ReferralRow & { readonly engagement: Engagement }>;

/**
 * The referrals that somebody keeps (R2), open ones first, the next to close before the others; null: the person keeps
 * none. A page beyond the last is the last.
 */
export const listReferrals = async ({ reads }: Ports, actor: Actor, wanted: number): Promise<ReferralList | null> => {
  if (!isReferralsAdmin(actor)) return null;
  const scope = referralScope(actor);
  const total = await reads.referrals.countAll(scope);
  const { page, pages, skip } = pageAt(total, REFERRALS_ON_PAGE, wanted);
  const found = await reads.referrals.listAll(scope, { skip, take: REFERRALS_ON_PAGE });
  return { rows: await withVersions(reads.engagements, found), total, page, pages };
};
