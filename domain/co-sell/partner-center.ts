import type { Contacts } from '../claims/contacts.ts';
import type { Cents } from '../claims/money.ts';
import type { Engagement } from '../engagements/engagement.ts';

/**
 * What Partner Center answered. `stale`: the referral changed since its eTag (412). `conflict`: it is there already (409).
 * `signIn`: nobody is signed in any more, and a person has to do something. `refused`: it will not do this, however often
 * it is asked. `unsure`: nobody knows whether it was done (no answer, 5xx). `trouble`: status and code, no secrets.
 */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'conflict'; readonly trouble: string }
  | { readonly kind: 'throttled'; readonly waitMs: number; readonly trouble: string }
  | { readonly kind: 'signIn'; readonly trouble: string }
  | { readonly kind: 'refused'; readonly trouble: string }
  | { readonly kind: 'unsure'; readonly trouble: string };

export const REMOTE_STATUSES = ['None', 'New', 'Active', 'Closed'] as const;
export type RemoteStatus = (typeof REMOTE_STATUSES)[number];

/** Whose half of a co-sell deal it is (mci-domain 9.4): one is made for each side, in one group. */
export type Side = 'partner' | 'microsoft';

/** A referral as it stands in Partner Center, as far as Claimdesk reads it. */
export type RemoteReferral = {
  readonly id: string;
  /** The API's `engagementId`: both halves of a deal have the same. */
  readonly groupId: string;
  readonly side: Side;
  /** The claim's number, for those that Claimdesk made. */
  readonly externalReferenceId: string | null;
  readonly eTag: string;
  readonly status: RemoteStatus;
  /** Such as Accepted, Won, Declined; what is not known today is kept as it is said. */
  readonly substatus: string;
  /** Null: not told, or in another currency than US dollars. */
  readonly valueCents: Cents | null;
  /** YYYY-MM-DD; null: not told. */
  readonly closeOn: string | null;
  readonly updatedAt: Date;
};

/** What one half of a deal is made with. */
export type NewRemoteReferral = {
  readonly side: Side;
  /** Null for the first half: Partner Center gives it. */
  readonly groupId: string | null;
  readonly externalReferenceId: string;
  readonly name: string;
  /** `contact` null: the customer has not agreed that it is shared. */
  readonly customer: {
    readonly company: string;
    readonly country: string;
    readonly contact: Pick<Contacts['customer'], 'name' | 'email'> | null;
  };
  /** What the customer agreed to: to be contacted, and that their details are shared. */
  readonly consent: { readonly contact: boolean; readonly share: boolean };
  readonly partnerContact: Contacts['partner'];
  readonly solutionArea: Engagement['solutionArea'];
  readonly valueCents: Cents;
  /** YYYY-MM-DD. */
  readonly closeOn: string;
  readonly notes: string;
};

/** What changes on a half that stands. What is left out stays as it is. */
export type RemoteChange = {
  readonly valueCents?: Cents;
  /** What is there is in another currency: that of the value changes with it. */
  readonly intoDollars?: true;
  /** YYYY-MM-DD. */
  readonly closeOn?: string;
  readonly closed?: { readonly as: 'Won' | 'Lost'; readonly reason: string };
  readonly consent?: NewRemoteReferral['consent'];
  readonly customerContact?: Pick<Contacts['customer'], 'name' | 'email'>;
};

/**
 * R29: the referrals API of Partner Center (mci-domain 9.4). Every call is one question with one answer; nothing is thrown
 * for what the other side does, and nothing is tried again in here but a call whose token had run out.
 */
export type PartnerCenter = {
  readonly find: (id: string) => Promise<Answer<RemoteReferral>>;
  /** Those that carry the reference, both halves, of those made at `since` or later; empty: there is none. */
  readonly listByReference: (externalReferenceId: string, since: Date) => Promise<Answer<readonly RemoteReferral[]>>;
  /** Those that changed at `since` or later, every page of them. */
  readonly listUpdated: (since: Date) => Promise<Answer<readonly RemoteReferral[]>>;
  readonly create: (referral: NewRemoteReferral) => Promise<Answer<RemoteReferral>>;
  /** Only where it still stands as `eTag` says. */
  readonly change: (id: string, eTag: string, change: RemoteChange) => Promise<Answer<RemoteReferral>>;
};

/**
 * US dollars for one unit of a currency (ISO 4217) in a month (YYYY-MM), as Partner Center gives them; null: it gives none
 * for that currency. Answers for a month that has begun only.
 */
export type ExchangeRates = (currency: string, month: string) => Promise<Answer<number | null>>;
