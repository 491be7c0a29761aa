import type { Card, Reader } from '../../cards/card.ts';
import { channelClosedCard } from '../../cards/channels/closed.ts';
import { dealCard } from '../../cards/co-sell/deal.ts';
import { textFor, usd } from '../../cards/format.ts';
import { coSellNoticeCard } from '../../cards/notices/co-sell.ts';
import { digestCard, digestSummary } from '../../cards/notices/digest.ts';
import { noticeCard, noticeSummary } from '../../cards/notices/notice.ts';
import { reviewNoticeCard } from '../../cards/notices/review.ts';
import { type RoleNoticeView, roleNoticeCard } from '../../cards/notices/role.ts';
import { testCard } from '../../cards/notices/test.ts';
import { accessCard } from '../../cards/people/access.ts';
import { reviewCard } from '../../cards/review/review.ts';
import type { Claim } from '../../domain/claims/claim-store.ts';
import { mayManage, viewClaim } from '../../domain/claims/show-claim.ts';
import { canBeAnswered } from '../../domain/co-sell/answer-co-sell.ts';
import { mayOpenReferral } from '../../domain/co-sell/referral.ts';
import { dealOf, sharedDeal } from '../../domain/co-sell/show-referral.ts';
import {
  type ClaimFact,
  isClaimFact,
  isDealFact,
  isReminder,
  type KeptNotice,
  REVIEW_REPLIES,
  REVIEWER_NOTICES,
  ROLE_NOTICES,
  type RoleNotice,
  SELLER_REPLIES,
} from '../../domain/notices/notice.ts';
import { showDigest } from '../../domain/notices/show-digest.ts';
import { LEFT_AT } from '../../domain/notices/standing.ts';
import { hears, type Subscription, subscriptionOf } from '../../domain/notices/subscription.ts';
import { hopsOf } from '../../domain/notices/test-notice.ts';
import { accessDeciders, accessView, mayDecide } from '../../domain/people/access.ts';
import { type Actor, EVERYWHERE, isProgramAdmin, LANGUAGES, ROLES } from '../../domain/people/actor.ts';
import type { Ports } from '../../domain/ports.ts';
import { sharedReview, showReview } from '../../domain/review/show-review.ts';
import { readerOf } from '../teams/reader.ts';

export type Said = { readonly card: Card; readonly summary: string };

const among = <K extends string>(kinds: readonly K[], kind: string): K | null =>
  kinds.find((one) => one === kind) ?? null;

/** Who hears of claims, and how they have it now; `person`: whoever hears it alone, null: a channel. */
type Audience = { readonly reader: Reader; readonly person: Actor | null; readonly subscription: Subscription };

/** A fact about a claim. */
const claimNotice = async (
  ports: Ports,
  { reader, person, subscription }: Audience,
  kind: ClaimFact,
  number: number | null,
  repeats = 0,
): Promise<Said | null> => {
  const claim = number === null ? null : await ports.reads.claims.find(number);
  // Who lost the role since, or chose otherwise, is not told of customers any more.
  const may = (hearer: Actor, of: Claim) => mayManage(hearer, of) || (isDealFact(kind) && mayOpenReferral(hearer, of));
  if (!claim || !hears(subscription, claim, kind) || (person !== null && !may(person, claim))) return null;
  // What may have been said before is not said again once it is past; what is about the deal is not past with the status.
  const leftAt = isReminder(kind) ? null : LEFT_AT[kind];
  if (repeats > 0 && leftAt !== null && claim.status !== leftAt) return null;
  const deal = isDealFact(kind) ? await dealOf(ports, claim.number) : null;
  const view = { kind, deal, ...(await viewClaim(ports, claim)) };
  return { card: noticeCard(reader, view, person === null), summary: noticeSummary(reader, view) };
};

/** What is left to be said of a digest: one fact alone is a plain card (R31). */
const digest = async (ports: Ports, audience: Audience, { id, place }: KeptNotice): Promise<Said | null> => {
  const { reader, person, subscription } = audience;
  const view = await showDigest(ports, id, subscription, person, 1);
  const [only] = view.rows;
  // One that stands says that it is done; where none stands there is nothing to say.
  if (only === undefined && place === null) return null;
  const alone = only !== undefined && view.total === 1 && only.deal.length === 0;
  if (alone) return claimNotice(ports, audience, only.kind, only.number);
  return { card: digestCard(reader, view, person === null), summary: digestSummary(reader, view) };
};

/** A test notice, with the stations it has behind it. That it was taken up is noted when it is first made. */
const test = async (ports: Ports, reader: Reader, notice: KeptNotice): Promise<Said> => {
  const taken = notice.facts.taken ?? ports.clock.now().toISOString();
  if (notice.facts.taken === undefined) await ports.inTx((tx) => tx.notices.note(notice.id, { taken }));
  const hops = hopsOf({ ...notice, facts: { ...notice.facts, taken } });
  return { card: testCard(reader, notice.id, hops), summary: textFor(reader.language).test.title };
};

/** What the channels hear that have subscribed; null: it has not, any more, or there is nothing left to say. */
export const saidToChannel = async (
  ports: Ports,
  moment: Parameters<typeof readerOf>[1],
  listener: { readonly channelId: string },
  notice: KeptNotice,
): Promise<Said | null> => {
  const { kind, facts, claimNumber } = notice;
  if (kind === 'test') {
    const language = LANGUAGES.find((one) => one === facts.language) ?? 'en';
    return test(ports, readerOf({ language, timeZone: facts.timeZone ?? null }, moment), notice);
  }
  const subscription = await ports.reads.subscriptions.find(listener);
  if (subscription === null) return null;
  const { language, timeZone } = subscription;
  const reader = readerOf({ language: language ?? 'en', timeZone }, moment);
  const audience = { reader, person: null, subscription };
  if (kind === 'digest') return digest(ports, audience, notice);
  return isClaimFact(kind) ? claimNotice(ports, audience, kind, claimNumber, notice.repeats) : null;
};

const roleNoticeView = async (ports: Ports, kind: RoleNotice, notice: KeptNotice): Promise<RoleNoticeView | null> => {
  const { facts, accessRequestId } = notice;
  switch (kind) {
    case 'accessGranted':
    case 'accessRefused': {
      const view = accessRequestId === null ? null : await accessView(ports, accessRequestId);
      return view && { kind, view };
    }
    case 'roleRemoved': {
      const role = among(ROLES, facts.role ?? '');
      const scope = facts.scope ?? EVERYWHERE;
      const location = scope === EVERYWHERE ? null : await ports.reads.people.findLocation(scope);
      return role && { kind, grant: { role, scope }, location };
    }
    case 'standInNamed': {
      const { admin = '', from = '', until = '' } = facts;
      return { kind, admin, from: new Date(from), until: new Date(until) };
    }
  }
};

/** What a notice says to a person, now; null: there is nothing (any more) that they may be told. */
export const saidToPerson = async (
  ports: Ports,
  reader: Reader,
  person: Actor,
  notice: KeptNotice,
): Promise<Said | null> => {
  const { kind, claimNumber, accessRequestId } = notice;
  const { claim: claimText, review, access } = textFor(reader.language);
  if (kind === 'digest' || isClaimFact(kind)) {
    const audience = { reader, person, subscription: await subscriptionOf(ports.reads, person) };
    if (kind === 'digest') return digest(ports, audience, notice);
    return claimNotice(ports, audience, kind, claimNumber, notice.repeats);
  }
  if (kind === 'test') return test(ports, reader, notice);
  if (kind === 'channelClosed') {
    return { card: channelClosedCard(reader, notice.facts), summary: textFor(reader.language).channelClosed.title };
  }
  const ofReviewer = among(REVIEWER_NOTICES, kind);
  if (ofReviewer !== null) {
    const view = claimNumber === null ? null : await showReview(ports, person, claimNumber);
    // Decided meanwhile: nothing waits for them.
    if (view === null || view.claim.remindAt === null) return null;
    const summary = `${review.notices[ofReviewer].title}: ${claimText.heading(view.claim.number)}`;
    return { card: reviewNoticeCard(reader, ofReviewer, view), summary };
  }
  if (kind === 'coSellNoChannel') {
    const view = claimNumber === null || !isProgramAdmin(person) ? null : await sharedDeal(ports, claimNumber);
    // Answered, or over: nothing waits for a channel.
    if (view === null || !canBeAnswered(view.referral, reader.now)) return null;
    const { title } = textFor(reader.language).deal.noChannel;
    return { card: coSellNoticeCard(reader, 'noChannel', view), summary: title };
  }
  const ofRole = among(ROLE_NOTICES, kind);
  if (ofRole !== null) {
    const view = await roleNoticeView(ports, ofRole, notice);
    return view && { card: roleNoticeCard(reader, view), summary: textFor(reader.language).roleNotices[ofRole].title };
  }
  const view = accessRequestId === null ? null : await accessView(ports, accessRequestId);
  if (kind !== 'accessNoChannel' || view === null || view.request.state !== 'open' || !mayDecide(person, view)) {
    return null;
  }
  const banner = { text: access.noChannel, style: 'warning' } as const;
  return { card: accessCard(reader, view, 'decider', [], banner), summary: access.ask(view.person.name) };
};

/** What a notice says in the channel that has its duty; `teams`: whether the client makes a card anew for a person. */
export const saidInChannel = async (
  ports: Ports,
  reader: Reader,
  notice: KeptNotice,
  teams: boolean,
): Promise<Said | null> => {
  const { kind, claimNumber, accessRequestId } = notice;
  const { access } = textFor(reader.language);
  if (kind === 'accessRequest') {
    const view = accessRequestId === null ? null : await accessView(ports, accessRequestId);
    if (view === null) return null;
    const viewers = teams ? await accessDeciders(ports, view) : [];
    return { card: accessCard(reader, view, 'reader', viewers), summary: access.ask(view.person.name) };
  }
  const reply = among(SELLER_REPLIES, kind);
  if (kind === 'coSell' || reply !== null) {
    return claimNumber === null ? null : saidToSellers(ports, reader, claimNumber, reply !== null, teams);
  }
  return claimNumber === null ? null : saidToReviewers(ports, reader, notice, claimNumber, teams);
};

/** A deal's card, or that it still waits. */
const saidToSellers = async (
  ports: Ports,
  reader: Reader,
  claimNumber: number,
  due: boolean,
  teams: boolean,
): Promise<Said | null> => {
  const { deal: words } = textFor(reader.language);
  const view = await sharedDeal(ports, claimNumber);
  if (view === null) return null;
  if (due) {
    // Answered meanwhile: the card above says so.
    if (!canBeAnswered(view.referral, reader.now)) return null;
    return { card: coSellNoticeCard(reader, 'due', view), summary: words.due.title };
  }
  const shown = teams ? view : { ...view, viewers: [] };
  return {
    card: dealCard(reader, shown, ''),
    summary: words.summary(claimNumber, usd(view.referral.valueCents, reader.language)),
  };
};

/** A review's card, or what is said below it. */
const saidToReviewers = async (
  ports: Ports,
  reader: Reader,
  { kind }: KeptNotice,
  claimNumber: number,
  teams: boolean,
): Promise<Said | null> => {
  const { claim: claimText, review } = textFor(reader.language);
  const view = await sharedReview(ports, claimNumber);
  if (view === null) return null;
  const reply = among(REVIEW_REPLIES, kind);
  if (reply !== null) {
    // Decided meanwhile: the card above says so, and nobody is to be hurried.
    if (view.claim.remindAt === null) return null;
    const summary = `${review.notices[reply].title}: ${claimText.heading(view.claim.number)}`;
    return { card: reviewNoticeCard(reader, reply, view), summary };
  }
  const shown = teams ? view : { ...view, viewers: [] };
  return { card: reviewCard(reader, shown, ''), summary: review.summary(view.claim.number) };
};
