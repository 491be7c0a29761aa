import type { Claim } from '../claims/claim-store.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { shownChats } from '../notices/viewers.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { canBeAnswered } from './answer-co-sell.ts';
import { type ReferralLine, referralHistory } from './history.ts';
import { mayOpenReferral, maySell, type Referral } from './referral.ts';

/** Who took or declined a deal; null in its place: nobody of ours. */
export type Answerer = Pick<Actor, 'name' | 'email'>;

/** What a claim's card says of its referral (R26): its id and status, and what came of asking the sellers. */
export type ReferralSummary = {
  readonly referral: Referral;
  readonly answeredBy: Answerer | null;
  /** Whether the reader opens it in full (R2). */
  readonly mayOpen: boolean;
};

const answererOf = ({ reads }: Pick<Ports, 'reads'>, { answeredById }: Referral): Promise<Answerer | null> =>
  answeredById === null ? Promise.resolve(null) : reads.people.findActorById(answeredById);

/** What a notice about a deal tells; null: there is none. */
export const dealOf = async (
  ports: Pick<Ports, 'reads'>,
  claimNumber: number,
): Promise<Omit<ReferralSummary, 'mayOpen'> | null> => {
  const referral = await ports.reads.referrals.find(claimNumber);
  return referral && { referral, answeredBy: await answererOf(ports, referral) };
};

/** Null: the claim has none, because its engagement has no co-sell, or consent was not asked yet. */
export const referralSummary = async (
  ports: Pick<Ports, 'reads'>,
  actor: Actor,
  claim: Claim,
): Promise<ReferralSummary | null> => {
  const deal = await dealOf(ports, claim.number);
  return deal && { ...deal, mayOpen: mayOpenReferral(actor, claim) };
};

export type ReferralView = {
  readonly claim: Claim;
  readonly engagement: Engagement;
  readonly referral: Referral;
  readonly answeredBy: Answerer | null;
  readonly history: readonly ReferralLine[];
  /** Whether the reader works on the claim as well. */
  readonly mayManage: boolean;
  /** Whether Partner Center holds the referrals of this organisation (R29). */
  readonly inPartnerCenter: boolean;
  /** Where the deal is found there; null: it is not there (yet). */
  readonly link: string | null;
};

/** Placeholder of the configured address for the id in Partner Center. */
const LINK_ID = '{id}';

const viewOf = async (ports: Ports, claim: Claim, referral: Referral, actor: Actor | null): Promise<ReferralView> => {
  const { reads, settings } = ports;
  const [engagement, answeredBy, history, tenantId] = await Promise.all([
    reads.engagements.findVersion(claim.engagementVersionId),
    answererOf(ports, referral),
    referralHistory(ports, claim.number),
    settings.partnerCenter === null ? null : reads.people.findTenant(claim.organisationId),
  ]);
  if (engagement === null) throw new Error(`claim ${claim.number} has no engagement version`);
  const { partnerCenter } = settings;
  const id = referral.mirror.partner?.id;
  return {
    ...{ claim, engagement, referral, answeredBy, history },
    mayManage: actor !== null && mayClaimFor(actor, { ...claim.location, organisationId: claim.organisationId }),
    inPartnerCenter: partnerCenter !== null && tenantId === partnerCenter.tenantId,
    link:
      partnerCenter === null || id === undefined ? null : partnerCenter.link.replace(LINK_ID, encodeURIComponent(id)),
  };
};

const found = async ({ reads }: Ports, number: number): Promise<readonly [Claim, Referral] | null> => {
  const [claim, referral] = await Promise.all([reads.claims.find(number), reads.referrals.find(number)]);
  return claim === null || referral === null ? null : [claim, referral];
};

/** R2: a referral in full, for its Referrals admins; null: there is none for them. */
export const showReferral = async (ports: Ports, actor: Actor, number: number): Promise<ReferralView | null> => {
  const known = await found(ports, number);
  return known === null || !mayOpenReferral(actor, known[0]) ? null : viewOf(ports, ...known, actor);
};

/** Who looks at a deal that the sellers were asked about. */
export type DealLooker =
  | { readonly kind: 'seller'; readonly canAnswer: boolean; readonly took: boolean }
  /** Everybody who reads along in the channel. */
  | { readonly kind: 'reader' };

export type DealView = ReferralView & {
  readonly looker: DealLooker;
  /** By whom in Teams the shared card is looked at with buttons of their own. */
  readonly viewers: readonly string[];
};

/** A deal that the sellers were asked about, as everybody in their channel sees it; null: they were not. */
export const sharedDeal = async (ports: Ports, number: number): Promise<DealView | null> => {
  const known = await found(ports, number);
  if (known === null || known[1].coSell === null) return null;
  const [claim, referral] = known;
  const [view, sellers] = await Promise.all([viewOf(ports, claim, referral, null), ports.reads.people.listSellers()]);
  const viewers = shownChats(sellers.filter((seller) => maySell(seller, claim)));
  return { ...view, looker: { kind: 'reader' }, viewers };
};

/** The same as a seller sees it, with what they may do; null: they do not sell for this organisation. */
export const showDeal = async (ports: Ports, actor: Actor, number: number): Promise<DealView | null> => {
  const known = await found(ports, number);
  if (known === null || known[1].coSell === null || !maySell(actor, known[0])) return null;
  const [claim, referral] = known;
  const looker = {
    kind: 'seller',
    canAnswer: canBeAnswered(referral, ports.clock.now()),
    took: referral.answeredById === actor.personId && referral.coSell === 'taken',
  } as const;
  return { ...(await viewOf(ports, claim, referral, actor)), looker, viewers: [] };
};
