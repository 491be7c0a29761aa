import type { Temporal } from 'temporal-polyfill';
import { type Engagement, withVersions } from '../engagements/engagement.ts';
import { type Actor, claimScope } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { isAllGiven } from '../review/checklist.ts';
import { oneLine } from '../typed.ts';
import type { ClaimFilter, ClaimInList, ClaimOrder, MonthSum, WeekCount } from './claims-page.ts';
import { startOf, utcDay } from './deadlines.ts';
import type { ClaimGroup, ClaimStatus } from './status.ts';

/** What somebody looks for among their claims. */
export type ClaimsSought = {
  readonly engagement: string | null;
  readonly location: string | null;
  /** Only those the person made. */
  readonly mine: boolean;
  readonly find: string;
};

/** All of them. */
export const EVERY_CLAIM: ClaimsSought = { engagement: null, location: null, mine: false, find: '' };

export type BrowsedClaim = ClaimInList & { readonly engagement: Engagement; readonly complete: boolean };

const filterOf = (actor: Actor, { engagement, location, mine, find }: ClaimsSought): ClaimFilter => ({
  scope: claimScope(actor),
  engagement,
  locationId: location,
  ownerId: mine ? actor.personId : null,
  find: oneLine(find),
});

/** How many of the claims that are sought stand in which status. */
export const countClaims = (
  ports: Ports,
  actor: Actor,
  sought: ClaimsSought,
): Promise<ReadonlyMap<ClaimStatus, number>> => ports.reads.claimsPage.countByStatus(filterOf(actor, sought));

/** Some of the claims that are sought, in order: what the person may see (R2), and nothing else. */
export const browseClaims = async (
  ports: Ports,
  actor: Actor,
  {
    group,
    by,
    descending,
    skip,
    take,
    ...sought
  }: ClaimsSought & {
    readonly group: ClaimGroup | null;
    readonly by: ClaimOrder;
    readonly descending: boolean;
    readonly skip: number;
    readonly take: number;
  },
): Promise<readonly BrowsedClaim[]> => {
  const filter = filterOf(actor, sought);
  const rows = await ports.reads.claimsPage.listClaims(filter, group, { by, descending }, { skip, take });
  const claims = await withVersions(ports.reads.engagements, rows);
  return claims.map((claim) => ({ ...claim, complete: isAllGiven(claim.engagement, claim.evidence) }));
};

export type Overview = {
  readonly pipeline: ReadonlyMap<ClaimStatus, number>;
  readonly weeks: readonly WeekCount[];
  readonly months: readonly MonthSum[];
  /** How many clocks run out within seven days. */
  readonly soon: number;
};

export const WEEKS_AHEAD = 12;
export const MONTHS_BACK = 12;

/** The Monday (UTC) of the week that a moment lies in. */
export const weekOf = (at: Date): Temporal.PlainDate => {
  const day = utcDay(at);
  return day.subtract({ days: day.dayOfWeek - 1 });
};

/** The first days (UTC) of the last months, up to the one that a moment lies in. */
export const monthsUpTo = (at: Date): readonly Temporal.PlainDate[] => {
  const last = utcDay(at).with({ day: 1 });
  return Array.from({ length: MONTHS_BACK }, (_, index) => last.subtract({ months: MONTHS_BACK - 1 - index }));
};

/** What one wants to see of all of one's claims at a glance: where they stand, what ends when, what came of them. */
export const showOverview = async (ports: Ports, actor: Actor): Promise<Overview> => {
  const now = ports.clock.now();
  const scope = claimScope(actor);
  const [first = utcDay(now)] = monthsUpTo(now);
  const until = startOf(weekOf(now).add({ weeks: WEEKS_AHEAD }));
  const [pipeline, weeks, months, soon] = await Promise.all([
    countClaims(ports, actor, EVERY_CLAIM),
    ports.reads.claimsPage.countDueByWeek(scope, now, until),
    ports.reads.claimsPage.listPaidByMonth(scope, startOf(first)),
    ports.reads.claimsPage.countDue(scope, now, startOf(utcDay(now).add({ days: 8 }))),
  ]);
  return { pipeline, weeks, months, soon };
};
