import type { ClaimScope } from '../claims/claim-store.ts';
import type { Facts } from '../engagements/engagement.ts';
import type { Slice } from '../paging.ts';
import type { Identifier } from './identifier.ts';
import type { Opportunity } from './opportunity.ts';

/** One identifier of a known customer, with what is known under it. facts null: nothing was ever imported for it. */
export type KnownIdentifier = Identifier & {
  readonly customerId: string;
  readonly customerName: string;
  readonly facts: Facts | null;
};

/** What other claims say about a customer and one engagement, for R7 and R8. */
export type ClaimCounts = {
  readonly engagementSlug: string;
  readonly active: number;
  /** Every claim but canceled ones: those cost the programme nothing. */
  readonly total: number;
  readonly byOtherPartners: number;
  /** The asking organisation's own open claim, if there is one. */
  readonly ownOpenClaim: number | null;
};

/** A customer as one claim of an organisation names it. */
export type NamedCustomer = {
  readonly organisationId: string;
  readonly customerId: string;
  readonly identifier: Identifier;
  readonly tenantId: string | null;
  /** What the organisation calls it. */
  readonly contacts: { readonly customer: { readonly company: string } };
};

/** A customer that an organisation knows. */
export type KnownCustomer = { readonly id: string; readonly name: string };

export type MetCustomer = KnownCustomer & { readonly identifier: Identifier };

export type CustomerName = Identifier & { readonly tenantId: string | null };

export type KnownOpportunity = Opportunity & {
  /** The claim that it pays, or paid. */
  readonly usedBy: { readonly number: number; readonly organisationId: string } | null;
};

export type CustomerStore = {
  findIdentifier(identifier: Identifier): Promise<KnownIdentifier | null>;
  /** The names under which the organisation knows the customer (R19), the one it learned last first; empty: it does not. */
  listNames(organisationId: string, customerId: string): Promise<readonly CustomerName[]>;
  /**
   * Customers the organisation knows, by name. `find`: the beginnings of words of the name, or a whole identifier; empty:
   * everybody.
   */
  listKnown(organisationId: string, find: string, take: number): Promise<readonly KnownCustomer[]>;
  /**
   * Of these, by name, those that a claim in scope names: whom somebody met at their own locations. `identifier`: the
   * name it goes by since last.
   */
  listMet(scope: ClaimScope, find: string, page: Slice): Promise<readonly MetCustomer[]>;
  /** A customer as the organisation calls it; null: it does not know it. */
  findKnown(organisationId: string, customerId: string): Promise<KnownCustomer | null>;
  listClaimCounts(customerId: string, organisationId: string): Promise<readonly ClaimCounts[]>;
  /** How many open claims the organisation has, by engagement. */
  countOpenClaims(organisationId: string): Promise<ReadonlyMap<string, number>>;
  /**
   * Serialises everybody who is about to make a claim for this customer or for this organisation: limits are counted
   * and claims written by one at a time.
   */
  lock(customerId: string, organisationId: string): Promise<void>;
  /**
   * Keeps the identifiers that name one customer, and the customer when `customerId` is null and none of them was known.
   * Returns the customer they belong to. Two people who name the same newcomer at once end up with one customer.
   */
  keep(customerId: string | null, companyName: string, identifiers: readonly Identifier[], at: Date): Promise<string>;
  /** R19: from now on the organisation knows the customer under this identifier, and calls it as the claim does. */
  know(claim: NamedCustomer, since: Date): Promise<void>;
  /** The opportunity of an MSX id, and the claim that it pays already, whoever's that is. */
  findOpportunity(id: string): Promise<KnownOpportunity | null>;
};
