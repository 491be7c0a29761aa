import { type Engagement, withVersions } from '../engagements/engagement.ts';
import { type Paged, pageAt } from '../paging.ts';
import { type Actor, isSeller } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { DealRow } from './referral.ts';

export const DEALS_ON_PAGE = 5;

export type DealList = Paged<DealRow & { readonly engagement: Engagement; readonly takenBy: string | null }>;

/**
 * What a seller has to answer, soonest end first, and the open deals that were taken; null: they are no seller. A page
 * beyond the last is the last.
 */
export const listDeals = async ({ reads }: Ports, actor: Actor, wanted: number): Promise<DealList | null> => {
  if (!isSeller(actor)) return null;
  // As `maySell` says of each.
  const reach = actor.organisationKind === 'operator' ? null : actor.organisationId;
  const total = await reads.referrals.countDeals(reach);
  const { page, pages, skip } = pageAt(total, DEALS_ON_PAGE, wanted);
  const found = await reads.referrals.listDeals(reach, { skip, take: DEALS_ON_PAGE });
  const [deals, names] = await Promise.all([
    withVersions(reads.engagements, found),
    reads.people.findNames(found.flatMap(({ answeredById }) => answeredById ?? [])),
  ]);
  const rows = deals.map((deal) => ({ ...deal, takenBy: names.get(deal.answeredById ?? '') ?? null }));
  return { rows, total, page, pages };
};
