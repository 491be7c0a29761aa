import type { Claim } from '../claims/claim-store.ts';
import { type Actor, adminScopes, EVERYWHERE, isProgramAdmin, type Language } from '../people/actor.ts';
import type { ClaimFact, Listener } from './notice.ts';

/** What one can hear of (R31), each a group of kinds of R30. */
export const TOPICS = ['consent', 'answers', 'submission', 'decisions', 'review', 'coSell', 'expired'] as const;
export type Topic = (typeof TOPICS)[number];

const TOPIC_OF: Record<ClaimFact, Topic> = {
  consentNotSent: 'consent',
  consentDue: 'consent',
  consentMailRefused: 'consent',
  consentMailStuck: 'consent',
  consentAccepted: 'answers',
  consentDeclined: 'answers',
  submissionDue: 'submission',
  submissionComplete: 'submission',
  reviewApproved: 'decisions',
  reviewActionRequired: 'decisions',
  reviewRejected: 'decisions',
  reviewRejectedFinally: 'decisions',
  actionDue: 'review',
  disputeDue: 'review',
  coSellUpgraded: 'coSell',
  coSellTaken: 'coSell',
  coSellDeclined: 'coSell',
  coSellExpired: 'coSell',
  consentExpired: 'expired',
  submissionExpired: 'expired',
  reviewExpired: 'expired',
  disputeExpired: 'expired',
};

export const isExpiry = (kind: ClaimFact): boolean => TOPIC_OF[kind] === 'expired';

/** A time of day in somebody's zone, `HH:MM`. */
export type TimeOfDay = string;

/** What a channel, or a person in their own chat, hears of claims, and when (R31). */
export type Subscription = {
  readonly listener: Listener;
  /** Every organisation ('*'), or one. */
  readonly scope: string;
  /** What Teams calls a channel; null for a person, and where it did not say. */
  readonly name: string | null;
  readonly topics: readonly Topic[];
  /** Empty: every location, or engagement. */
  readonly locationIds: readonly string[];
  readonly engagements: readonly string[];
  /** Null: the person's own. */
  readonly language: Language | null;
  readonly timeZone: string | null;
  readonly digestAt: TimeOfDay;
  /** May span midnight. */
  readonly quiet: { readonly from: TimeOfDay; readonly until: TimeOfDay } | null;
  /** Whether what has expired waits for the digest. */
  readonly expiredLater: boolean;
  /** Whether a person hears of what they did themselves. */
  readonly ownActions: boolean;
  readonly changedById: string;
};

const DEFAULTS = {
  topics: TOPICS,
  locationIds: [],
  engagements: [],
  language: null,
  timeZone: null,
  digestAt: '09:00',
  quiet: null,
  expiredLater: false,
  ownActions: true,
} as const;

/** What a person hears who never said otherwise: everything about the claims they work on. */
export const defaultsFor = ({
  personId,
  organisationId,
}: Pick<Actor, 'personId' | 'organisationId'>): Subscription => ({
  ...DEFAULTS,
  listener: { personId },
  scope: organisationId,
  name: null,
  changedById: personId,
});

/** Somebody who may hear: their subscription, and in which zone their days are (null: UTC), chosen there or their own. */
export type Hearing = { readonly subscription: Subscription; readonly timeZone: string | null };

/** `statusAt`: of the claim as it stood then. Once it moves on, nobody is kept from hearing of it. */
export type Snooze = { readonly until: Date; readonly statusAt: Date };

export type SubscriptionStore = {
  find(listener: Listener): Promise<Subscription | null>;
  /** Of people who never said otherwise, the defaults; in the order of nothing. */
  listPeople(personIds: readonly string[]): Promise<readonly Hearing[]>;
  /** Those of these channels that have subscribed. */
  listOf(channelIds: readonly string[]): Promise<readonly Hearing[]>;
  /** Channels that hear of an organisation's claims, or of every organisation's. */
  listChannels(organisationIds: readonly string[]): Promise<readonly Hearing[]>;
  save(subscription: Subscription, at: Date): Promise<void>;
  remove(listener: Listener): Promise<void>;
  rename(channelId: string, name: string): Promise<void>;
  /** Until when the listener hears nothing of each claim (R31); claims that are not snoozed are not in it. */
  listSnoozes(listener: Listener, claimNumbers: readonly number[]): Promise<ReadonlyMap<number, Snooze>>;
  snooze(listener: Listener, claimNumber: number, snooze: Snooze, byId: string): Promise<void>;
};

/** What somebody hears; null: a channel that has not subscribed, or nobody we know. */
export const findHearing = async (
  { subscriptions }: { readonly subscriptions: Pick<SubscriptionStore, 'listPeople' | 'listOf'> },
  listener: Listener,
): Promise<Hearing | null> => {
  const found =
    'personId' in listener
      ? await subscriptions.listPeople([listener.personId])
      : await subscriptions.listOf([listener.channelId]);
  return found[0] ?? null;
};

/** What a person hears in their own chat, chosen or not. */
export const subscriptionOf = async (
  { subscriptions }: { readonly subscriptions: Pick<SubscriptionStore, 'find'> },
  person: Pick<Actor, 'personId' | 'organisationId'>,
): Promise<Subscription> => (await subscriptions.find({ personId: person.personId })) ?? defaultsFor(person);

type Subject = Pick<Claim, 'organisationId' | 'engagementSlug'> & { readonly location: { readonly id: string } };

/** Whether somebody wants to hear this of the claim. Whether they may is asked apart, when it is said. */
export const hears = (subscription: Subscription, claim: Subject, kind: ClaimFact): boolean => {
  const { scope, topics, locationIds, engagements } = subscription;
  return (
    (scope === EVERYWHERE || scope === claim.organisationId) &&
    topics.includes(TOPIC_OF[kind]) &&
    (locationIds.length === 0 || locationIds.includes(claim.location.id)) &&
    (engagements.length === 0 || engagements.includes(claim.engagementSlug))
  );
};

/**
 * Whether a person may have a channel hear of claims: a program admin of any organisation's, an incentives admin of their
 * own, at the locations their role reaches (R31).
 */
export const maySubscribe = (actor: Actor, scope: string, locationIds: readonly string[]): boolean => {
  if (scope !== EVERYWHERE && scope !== actor.organisationId) return false;
  if (isProgramAdmin(actor)) return true;
  if (scope === EVERYWHERE) return false;
  const reach = adminScopes(actor);
  return reach === 'all' || (locationIds.length > 0 && locationIds.every((id) => reach.includes(id)));
};

/** For whom a person may have a channel hear; empty: for nobody. */
export const subscribableScopes = (actor: Actor): readonly string[] => {
  if (isProgramAdmin(actor)) return [EVERYWHERE, actor.organisationId];
  return adminScopes(actor).length > 0 ? [actor.organisationId] : [];
};
