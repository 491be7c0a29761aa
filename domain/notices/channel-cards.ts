import type { Routed } from '../channels/channel.ts';
import { coSellKey } from '../co-sell/referral.ts';
import { reviewKey } from '../review/submit-claim.ts';
import { type Notice, REVIEW_REPLIES, SELLER_REPLIES } from './notice.ts';

/** The key of the card in a channel below which a notice stands; null: it stands for itself. */
export const keyAbove = ({ kind, claimNumber }: Pick<Notice, 'kind' | 'claimNumber'>): string | null => {
  if (claimNumber === null) return null;
  if (REVIEW_REPLIES.some((one) => one === kind)) return reviewKey(claimNumber);
  return SELLER_REPLIES.some((one) => one === kind) ? coSellKey(claimNumber) : null;
};

/** What a notice for sellers is routed by (R28); empty facts: it is for whoever hears of everything. */
export const routeOf = ({ facts, audience }: Pick<Notice, 'facts' | 'audience'>): Routed | undefined => {
  const { country, solutionArea } = facts;
  if (!('duty' in audience) || country === undefined || solutionArea === undefined) return undefined;
  return { country, solutionArea };
};
