/**
 * What the domain needs from outside, and nothing more. Adapters live with their technology: prisma/stores, bot/*.
 * Stores only keep and find; whether something may happen is decided in the use cases and guarded again by the stores.
 */
import type { AuditStore } from './audit/chain.ts';
import type { ChannelStore } from './channels/channel.ts';
import type { ClaimStore } from './claims/claim-store.ts';
import type { ClaimsPageStore } from './claims/claims-page.ts';
import type { ExchangeRates } from './co-sell/partner-center.ts';
import type { ReferralStore } from './co-sell/referral.ts';
import type { CommandStore } from './commands.ts';
import type { ConsentStore } from './consent/consent-store.ts';
import type { CustomerReminderStore } from './consent/customer-reminder-store.ts';
import type { CustomerStore } from './customers/customer-store.ts';
import type { CustomersPageStore } from './customers/customers-page.ts';
import type { TenantAnswer } from './customers/tenant.ts';
import type { DraftStore } from './drafts/draft.ts';
import type { EngagementStore } from './engagements/engagement.ts';
import type { ExportStore } from './exports/export-store.ts';
import type { ImportStore } from './imports/import.ts';
import type { NoticeStore } from './notices/notice.ts';
import type { SubscriptionStore } from './notices/subscription.ts';
import type { AccessStore } from './people/access.ts';
import type { PeopleStore } from './people/people-store.ts';

/** Everything one transaction may touch. */
export type Tx = {
  readonly access: AccessStore;
  readonly audit: AuditStore;
  readonly channels: ChannelStore;
  readonly claims: ClaimStore;
  readonly claimsPage: ClaimsPageStore;
  readonly commands: CommandStore;
  readonly consent: ConsentStore;
  readonly customers: CustomerStore;
  readonly customersPage: CustomersPageStore;
  readonly drafts: DraftStore;
  readonly engagements: EngagementStore;
  readonly exports: ExportStore;
  readonly imports: ImportStore;
  readonly notices: NoticeStore;
  readonly people: PeopleStore;
  readonly referrals: ReferralStore;
  readonly customerReminders: CustomerReminderStore;
  readonly subscriptions: SubscriptionStore;
};

/**
 * Runs the work in one transaction; what it throws rolls everything back and is thrown on. Only what touches a whole
 * file's rows may take `long`.
 */
export type InTx = <T>(work: (tx: Tx) => Promise<T>, takes?: 'long') => Promise<T>;

type ReadNames<S> = { [K in keyof S]: K extends `${'find' | 'list' | 'count'}${string}` ? K : never }[keyof S];

/** The reading half of every store (find…, list…, count…), outside any transaction. */
export type Reads = { readonly [S in keyof Tx]: Pick<Tx[S], ReadNames<Tx[S]>> };

export type Clock = { readonly now: () => Date };

export type Randomness = {
  /** A new UUID. */
  readonly id: () => string;
  /** 256 random bits, base64url. */
  readonly token: () => string;
};

/** SHA-256 of the text's UTF-8, lower-case hex. */
export type Sha256 = (text: string) => string;

/** Domain name → Entra tenant (R10). Never throws: what it could not find out is an answer too. */
export type TenantResolver = (domain: string) => Promise<TenantAnswer>;

/** What the configuration decides for the rules. */
export type Settings = {
  /** Entra object ids that are program admins whatever else is decided (R3). */
  readonly admins: ReadonlySet<string>;
  /** Whether somebody may review a claim of their own: in local mode, where one person plays every part (R18). */
  readonly selfReview: boolean;
  /**
   * Whose referrals Partner Center holds as well (R29), by the organisation's tenant, and where a deal is found there
   * (`{id}` stands for its id); null: nobody's, the record here is all there is.
   */
  readonly partnerCenter: { readonly tenantId: string; readonly link: string } | null;
};

export type Ports = {
  readonly inTx: InTx;
  readonly reads: Reads;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly sha256: Sha256;
  readonly resolveTenant: TenantResolver;
  readonly settings: Settings;
  /** Null: none are configured, and amounts are in US dollars alone. */
  readonly rates: ExchangeRates | null;
};
