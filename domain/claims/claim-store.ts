import type { Identifier } from '../customers/identifier.ts';
import type { Market } from '../engagements/markets.ts';
import type { Contacts } from './contacts.ts';
import type { Cents } from './money.ts';
import type { ClaimStatus } from './status.ts';

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
  /** Variable payment alone; frozen at confirm (R15). */
  readonly hours: number | null;
  readonly opportunityValueCents: Cents | null;
  readonly createdAt: Date;
  readonly consentedAt: Date | null;
  /** End of the clock that runs now (R17); null when none does. */
  readonly dueAt: Date | null;
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
  readonly contacts: Contacts;
};

/** A line of the list of claims. */
export type ClaimRow = Pick<Claim, 'number' | 'name' | 'status' | 'dueAt' | 'engagementVersionId'> & {
  readonly company: string;
};

export type ClaimScope = { readonly organisationId: string; readonly locationIds: readonly string[] | 'all' };

export type ClaimChange = {
  readonly status: ClaimStatus;
  readonly statusAt: Date;
  readonly dueAt: Date | null;
  readonly consentedAt?: Date;
  readonly rateVersionId?: string;
  readonly dealSizeCents?: Cents;
};

export type OverClaim = { readonly number: number; readonly dueAt: Date };

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
  /** Claims whose clock had run out at `now`, soonest first; those behind `after` where it is given. */
  listOver(now: Date, take: number, after: OverClaim | null): Promise<readonly OverClaim[]>;
  /** Holds the claim until the transaction ends: its history is written by one at a time. */
  hold(number: number): Promise<void>;
  /** The guarded update (R16): true when the claim still stood in one of `from`. Closing it frees its place (R8). */
  advance(number: number, from: readonly ClaimStatus[], change: ClaimChange): Promise<boolean>;
  updateContacts(number: number, contacts: Contacts, mismatchReason: string | null): Promise<void>;
};
