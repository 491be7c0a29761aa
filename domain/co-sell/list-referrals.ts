import { type Engagement, versionsOf } from '../engagements/engagement.ts';
import { pageAt } from '../paging.ts';
import { type Actor, isReferralsAdmin, referralScope } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { ReferralRow } from './referral.ts';

export const REFERRALS_ON_PAGE = 5;

export type ReferralList = {
  readonly rows: readonly (ReferralRow & { readonly engagement: Engagement })[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
};

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
  const versions = await versionsOf(reads.engagements, found);
  const rows = found.map((row) => {
    const engagement = versions.get(row.engagementVersionId);
    if (engagement === undefined) throw new Error(`claim ${row.referral.claimNumber} has no engagement version`);
    return { ...row, engagement };
  });
  return { rows, total, page, pages };
};
