import type { Claim, ClaimScope } from '../claims/claim-store.ts';
import type { Engagement, Facts } from '../engagements/engagement.ts';
import type { ClaimCounts, CustomerName } from './customer-store.ts';

/** The lists of an engagement's Customers page (R19). */
export const CUSTOMER_LISTS = ['eligible', 'ineligible', 'completed'] as const;
export type CustomerList = (typeof CUSTOMER_LISTS)[number];

/** A list has up to two parts, each in an order of its own. */
export const LIST_PARTS = ['claims', 'customers'] as const;
export type ListPart = (typeof LIST_PARTS)[number];

/** Whose page it is, of which engagement, narrowed to what is looked for (empty: to nothing). */
export type PageOf = {
  readonly scope: ClaimScope;
  readonly engagement: Engagement;
  readonly find: string;
};

/**
 * A place between two rows, behind or before this one, named by what it was sorted by then: the row itself may move.
 * `at`: milliseconds; null: no deadline. `key`: the name, spelled as the record chooses.
 */
export type ClaimPlace = { readonly at: number | null; readonly number: number };
export type CustomerPlace = { readonly key: string; readonly id: string };

/**
 * From where, in which direction, leaving out how many, and how many. No place: from the beginning, or, backwards, from
 * the end.
 */
export type Stretch<P> = {
  readonly from: P | null;
  readonly way: 'after' | 'before';
  readonly skip?: number;
  readonly take: number;
};

/** A claim as the page shows it. */
export type ClaimOnPage = Pick<
  Claim,
  'number' | 'name' | 'status' | 'statusAt' | 'dueAt' | 'pausedDueAt' | 'disputedAt'
> & {
  readonly company: string;
  readonly place: ClaimPlace;
};

/** A known customer that no open claim in scope is for, with all that its verdict follows from. */
export type CustomerOnPage = {
  readonly id: string;
  readonly name: string;
  readonly names: readonly (CustomerName & { readonly facts: Facts | null; readonly since: Date })[];
  readonly counts: ClaimCounts | undefined;
  readonly place: CustomerPlace;
};

export type PageCounts = {
  readonly openClaims: number;
  readonly endedClaims: number;
  /** Known customers without an open claim in scope, by verdict. */
  readonly eligible: number;
  readonly ineligible: number;
  readonly unknown: number;
};

export type CustomersPageStore = {
  countLists(page: PageOf): Promise<PageCounts>;
  /** Open claims by next deadline, or ended ones, the last to end first. Always in the order of the page. */
  listClaims(page: PageOf, open: boolean, stretch: Stretch<ClaimPlace>): Promise<readonly ClaimOnPage[]>;
  /** Known customers by name: those whose verdict is eligible, or all others. Always in the order of the page. */
  listCustomers(page: PageOf, eligible: boolean, stretch: Stretch<CustomerPlace>): Promise<readonly CustomerOnPage[]>;
};
