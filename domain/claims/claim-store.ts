import type { Due, Look } from '../batches.ts';
import type { Identifier } from '../customers/identifier.ts';
import type { Market } from '../engagements/markets.ts';
import type { Told } from '../notices/tell.ts';
import type { Contacts } from './contacts.ts';
import type { TypedDealSize } from './deal-size.ts';
import type { Cents } from './money.ts';
import type { ClaimStatus } from './status.ts';
import type { Standing } from './transitions.ts';

/** How the customer was nominated: by an identifier, or known from an earlier consent (R8). */
export const CLAIM_KINDS = ['added', 'claimed'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

/** One attempt by one location to run one engagement with one customer. */
export type Claim = {
  readonly number: number;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly ownerId: string;
  readonly location: { readonly id: string; readonly name: string; readonly partnerId: string };
  readonly customerId: string;
  readonly engagementVersionId: string;
  readonly engagementSlug: string;
  readonly kind: ClaimKind;
  readonly name: string;
  readonly status: ClaimStatus;
  readonly statusAt: Date;
  readonly identifier: Identifier;
  readonly tenantId: string | null;
  readonly mismatchReason: string | null;
  readonly market: Market;
  /** The version that the date of consent picked for the rate (R4); null before. */
  readonly rateVersionId: string | null;
  readonly dealSizeCents: Cents | null;
  /** Null: it was typed in US dollars. */
  readonly dealSizeTyped: TypedDealSize | null;
  /** Variable payment alone; frozen at confirm (R15). */
  readonly hours: number | null;
  readonly opportunityValueCents: Cents | null;
  readonly createdAt: Date;
  readonly consentedAt: Date | null;
  /** End of the clock that runs now (R17); null when none does. */
  readonly dueAt: Date | null;
  /** The newest submission, and who made it. */
  readonly submittedAt: Date | null;
  readonly submittedById: string | null;
  /** While the reviewers are to act: the end of the partner's clock, which stands still meanwhile (R17). */
  readonly pausedDueAt: Date | null;
  readonly disputedAt: Date | null;
  /** What it is paid, fixed by the approval; null before, and where nobody had set a rate. */
  readonly amountCents: Cents | null;
  /** When the reviewers' silence is next to be spoken of (R25); null while nothing waits for them. */
  readonly remindAt: Date | null;
  /** Whether the customer is reminded while they have not answered; how many mails went; when the next is due, null: none. */
  readonly remindsCustomer: boolean;
  readonly customerReminders: number;
  readonly customerRemindAt: Date | null;
  readonly contacts: Contacts;
};

export type NewClaim = {
  readonly organisationId: string;
  readonly ownerId: string;
  readonly locationId: string;
  readonly customerId: string;
  readonly engagementVersionId: string;
  readonly engagementSlug: string;
  readonly kind: ClaimKind;
  readonly name: string;
  readonly identifier: Identifier;
  readonly tenantId: string | null;
  readonly mismatchReason: string | null;
  readonly market: Market;
  readonly hours: number | null;
  readonly opportunityValueCents: Cents | null;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly warnAt: Date | null;
  readonly contacts: Contacts;
};

/** A line of the list of claims. */
export type ClaimRow = Pick<
  Claim,
  'number' | 'name' | 'status' | 'dueAt' | 'engagementVersionId' | 'pausedDueAt' | 'disputedAt'
> & {
  readonly company: string;
  /** Items of evidence that have their link. */
  readonly evidence: readonly string[];
};

/** A line of the list of what waits for reviewers: nothing of the customer but the company's name. */
export type ReviewRow = Pick<
  Claim,
  'number' | 'name' | 'status' | 'statusAt' | 'engagementVersionId' | 'organisationId' | 'organisationName'
> & { readonly company: string; readonly submittedAt: Date };

export type ClaimScope = { readonly organisationId: string; readonly locationIds: readonly string[] | 'all' };

export type ClaimChange = {
  readonly status: ClaimStatus;
  readonly statusAt: Date;
  readonly dueAt: Date | null;
  /** When the partner is next to be warned of that clock. */
  readonly warnAt: Date | null;
  readonly consentedAt?: Date;
  readonly rateVersionId?: string;
  readonly dealSizeCents?: Cents;
  readonly dealSizeTyped?: TypedDealSize;
  readonly submittedAt?: Date;
  readonly submittedById?: string;
  readonly pausedDueAt?: Date | null;
  readonly disputedAt?: Date;
  readonly amountCents?: Cents | null;
  readonly remindAt?: Date | null;
};

/** A link that shows one item of evidence (R24). The url is https, and never fetched. */
export type Evidence = {
  readonly item: string;
  readonly title: string;
  readonly url: string;
  readonly note: string | null;
};

export type SilentClaim = { readonly number: number; readonly remindAt: Date };

type Held = Due & Standing & Told & Pick<Claim, 'statusAt'>;

/** A claim whose clock ran out. */
export type OverClaim = Held;
/** A claim of whose clock the partner is to be warned. */
export type ClaimToWarn = Held & Pick<Claim, 'engagementVersionId'> & { readonly warnAt: Date };

/** A claim on a digest, as it stands now. */
export type DigestClaim = Standing &
  Pick<
    Claim,
    'number' | 'name' | 'statusAt' | 'dueAt' | 'engagementVersionId' | 'engagementSlug' | 'organisationId'
  > & {
    readonly location: { readonly id: string };
  };

export type ClaimStore = {
  /**
   * Null: the organisation has an open claim for this engagement and customer already (R8), or the opportunity pays
   * another open claim.
   */
  add(claim: NewClaim): Promise<number | null>;
  find(number: number): Promise<Claim | null>;
  /** The contacts of the newest claim in scope that names this customer; null: there is none. */
  findContacts(scope: ClaimScope, customerId: string): Promise<Contacts | null>;
  /** Next deadline first, claims without one last; newest first among equals. */
  list(scope: ClaimScope, page: { readonly skip: number; readonly take: number }): Promise<readonly ClaimRow[]>;
  count(scope: ClaimScope): Promise<number>;
  /** Claims whose clock had run out, soonest first, held until the transaction ends; those that others hold are left out. */
  takeOver(look: Look): Promise<readonly OverClaim[]>;
  /** The same of those whose warning has come. */
  takeToWarn(look: Look): Promise<readonly ClaimToWarn[]>;
  /** Whether there is any claim whose clock ran out, or whose warning has come, that nobody has dealt with yet. */
  findAnyDue(now: Date): Promise<boolean>;
  warnNext(next: readonly { readonly number: number; readonly warnAt: Date | null }[]): Promise<void>;
  /** Brings the next warning of a claim forward to `at`, where it would come later. */
  warnBy(number: number, at: Date): Promise<void>;
  /** The guarded update for many: the numbers of those that still stood in one of `from`. Their places are free (R8). */
  endAll(
    numbers: readonly number[],
    from: readonly ClaimStatus[],
    to: ClaimStatus,
    at: Date,
  ): Promise<readonly number[]>;
  /** The items of evidence that have their link, by the claim's number. */
  listGiven(numbers: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  /** By number; in the order of nothing. */
  listForDigest(numbers: readonly number[]): Promise<readonly DigestClaim[]>;
  /** The customers' companies, by the claim's number. */
  listCompanies(numbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Holds the claim until the transaction ends: its history is written by one at a time. */
  hold(number: number): Promise<void>;
  /** The guarded update (R16): true when the claim still stood in one of `from`. Closing it frees its place (R8). */
  advance(number: number, from: readonly ClaimStatus[], change: ClaimChange): Promise<boolean>;
  updateContacts(number: number, contacts: Contacts, mismatchReason: string | null): Promise<void>;
  listEvidence(number: number): Promise<readonly Evidence[]>;
  /** False, and nothing is kept, when the claim stands in none of `from` (R15). */
  putEvidence(
    number: number,
    from: readonly ClaimStatus[],
    evidence: Evidence & { readonly addedById: string; readonly addedAt: Date },
  ): Promise<boolean>;
  /** False when there was none, or the claim stands in none of `from`. */
  removeEvidence(number: number, from: readonly ClaimStatus[], item: string): Promise<boolean>;
  keepRemark(number: number, sequence: number, text: string): Promise<void>;
  /** What was written with the steps of a claim, by their sequence number. */
  listRemarks(number: number): Promise<ReadonlyMap<number, string>>;
  /** Claims that wait for reviewers, longest first; all organisations'. */
  listForReview(page: { readonly skip: number; readonly take: number }): Promise<readonly ReviewRow[]>;
  countForReview(): Promise<number>;
  /** Claims whose reviewers' silence is to be spoken of at `now`, soonest first; those behind `after` where it is given. */
  listSilent(now: Date, take: number, after: SilentClaim | null): Promise<readonly SilentClaim[]>;
  /** The guarded update: true when the silence was to be spoken of at `from`, and is next at `to`. */
  remindAgain(number: number, from: Date, to: Date): Promise<boolean>;
};
