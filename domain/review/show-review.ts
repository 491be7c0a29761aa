import type { Claim, ReviewRow } from '../claims/claim-store.ts';
import { type ClaimView, viewClaim } from '../claims/show-claim.ts';
import { possibleFor, type TransitionName } from '../claims/transitions.ts';
import { type Engagement, withVersions } from '../engagements/engagement.ts';
import { shownChats } from '../notices/viewers.ts';
import { type Paged, pageAt } from '../paging.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { isReviewer, type Right, rightToReview } from './reviewer.ts';

/** Who looks at a review: with which buttons, if any, and if none, why. */
export type Looker =
  | { readonly kind: 'reviewer'; readonly possible: readonly TransitionName[]; readonly standsInFor: string | null }
  /** R18: their own claim, or a colleague's whom they could act for. */
  | { readonly kind: 'own' }
  /** Everybody who reads along in the channel. */
  | { readonly kind: 'reader' };

export type ReviewView = Omit<ClaimView, 'possible' | 'request' | 'owner' | 'deal'> & {
  readonly looker: Looker;
  /** By whom in Teams the shared card is looked at with buttons of their own. */
  readonly viewers: readonly string[];
};

/** A claim that was submitted, as everybody in the channel sees it; null: there is none, or it never was. */
export const sharedReview = async (ports: Ports, number: number): Promise<ReviewView | null> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || claim.submittedAt === null) return null;
  const [{ events, request: _request, owner: _owner, ...view }, reviewers] = await Promise.all([
    viewClaim(ports, claim),
    ports.reads.people.listReviewers(ports.clock.now()),
  ]);
  return { ...view, looker: { kind: 'reader' }, viewers: shownChats(reviewers) };
};

/**
 * The same as a person sees it, with what they may do. Null: they are no reviewer; what others may see of it is decided
 * by where they look.
 */
export const showReview = async (ports: Ports, actor: Actor, number: number): Promise<ReviewView | null> => {
  const now = ports.clock.now();
  if (!(await isReviewer(ports.reads, actor, now))) return null;
  const claim = await ports.reads.claims.find(number);
  if (claim === null || claim.submittedAt === null) return null;
  const { events, request: _request, owner: _owner, ...view } = await viewClaim(ports, claim);
  const right = await rightToReview(ports.reads, ports.settings, actor, claim, events, now);
  if (right === null) return null;
  return { ...view, looker: lookerWith(right, claim), viewers: [] };
};

const lookerWith = (right: Right | 'own', claim: Claim): Looker => {
  if (right === 'own') return { kind: 'own' };
  const standsInFor = right.of === 'standIn' ? right.standIn.adminName : null;
  return { kind: 'reviewer', possible: possibleFor('reviewer', claim), standsInFor };
};

export const REVIEWS_ON_PAGE = 5;

export type ReviewList = Paged<ReviewRow & { readonly engagement: Engagement }>;

/** What waits for reviewers, longest first; null: the person is none. A page beyond the last is the last. */
export const listReviews = async (ports: Ports, actor: Actor, wanted: number): Promise<ReviewList | null> => {
  if (!(await isReviewer(ports.reads, actor, ports.clock.now()))) return null;
  const total = await ports.reads.claims.countForReview();
  const { page, pages, skip } = pageAt(total, REVIEWS_ON_PAGE, wanted);
  const found = await ports.reads.claims.listForReview({ skip, take: REVIEWS_ON_PAGE });
  return { rows: await withVersions(ports.reads.engagements, found), total, page, pages };
};
