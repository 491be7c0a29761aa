import type { ClaimRow, ClaimScope } from './claim-store.ts';
import type { Cents } from './money.ts';
import type { ClaimGroup, ClaimStatus } from './status.ts';

/** By what many claims are sorted: next deadline, number, company, or when the status last changed. */
export const CLAIM_ORDERS = ['due', 'number', 'company', 'changed'] as const;
export type ClaimOrder = (typeof CLAIM_ORDERS)[number];

/** Which of the claims in scope are looked at. Null and empty: it does not matter. */
export type ClaimFilter = {
  readonly scope: ClaimScope;
  readonly engagement: string | null;
  readonly locationId: string | null;
  readonly ownerId: string | null;
  readonly find: string;
};

/** A claim as a list of many shows it. */
export type ClaimInList = ClaimRow & { readonly statusAt: Date; readonly location: string };

/** How many claims' clocks run out in the week that begins on `week` (YYYY-MM-DD, a Monday, UTC). */
export type WeekCount = { readonly week: string; readonly status: ClaimStatus; readonly count: number };

/** What was approved in a month (YYYY-MM, UTC), and how many claims that were. */
export type MonthSum = { readonly month: string; readonly cents: Cents; readonly count: number };

export type ClaimsPageStore = {
  countByStatus(filter: ClaimFilter): Promise<ReadonlyMap<ClaimStatus, number>>;
  /** A stretch of the claims of one group, or of all. Claims without a deadline come after those that have one. */
  listClaims(
    filter: ClaimFilter,
    group: ClaimGroup | null,
    order: { readonly by: ClaimOrder; readonly descending: boolean },
    stretch: { readonly skip: number; readonly take: number },
  ): Promise<readonly ClaimInList[]>;
  /** Open claims whose clock runs out from `from` until before `until`. */
  countDue(scope: ClaimScope, from: Date, until: Date): Promise<number>;
  /** The same, by week. */
  countDueByWeek(scope: ClaimScope, from: Date, until: Date): Promise<readonly WeekCount[]>;
  /** Claims approved since `from`. */
  listPaidByMonth(scope: ClaimScope, from: Date): Promise<readonly MonthSum[]>;
};
