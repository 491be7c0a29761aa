import { takesMsxAlone, type Verdict } from '../engagements/eligibility.ts';
import { type Engagement, everyEngagement } from '../engagements/engagement.ts';
import { type Actor, claimScope } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { oneLine } from '../typed.ts';
import type { ClaimPlace, CustomerList, CustomerOnPage, CustomerPlace, PageCounts, PageOf } from './customers-page.ts';
import { judged, locationsOn, type PageRow, sourcesOf } from './show-customers.ts';

type Sought = { readonly engagement: string; readonly find: string };

const pageOf = async (ports: Ports, actor: Actor, { engagement: slug, find }: Sought): Promise<PageOf | null> => {
  const every = await everyEngagement(ports.reads.engagements, ports.clock.now());
  const engagement = every.find((one) => one.slug === slug);
  return engagement === undefined ? null : { scope: claimScope(actor), engagement, find: oneLine(find) };
};

export type CustomersCounted = {
  readonly engagement: Engagement;
  readonly counts: PageCounts;
  /** R5: why no location of the person can claim for this engagement now; null: one can. */
  readonly noLocation: readonly Verdict[] | null;
  /** Nobody can be judged before an MSX id is given. */
  readonly msxAlone: boolean;
};

/** How long each list of an engagement's Customers page is. Null: there is no such engagement. */
export const countCustomers = async (ports: Ports, actor: Actor, sought: Sought): Promise<CustomersCounted | null> => {
  const page = await pageOf(ports, actor, sought);
  if (page === null) return null;
  const { engagement } = page;
  const [counts, noLocation] = await Promise.all([
    ports.reads.customersPage.countLists(page),
    locationsOn(ports, actor, engagement, ports.clock.now()),
  ]);
  const msxAlone = takesMsxAlone(engagement);
  return {
    engagement,
    counts: msxAlone ? { ...counts, eligible: 0, ineligible: 0, unknown: 0 } : counts,
    noLocation,
    msxAlone,
  };
};

/** A place in a part of a list: a row, and how many rows behind it. No row: from the beginning. */
export type Stretched<P> = { readonly after: P | null; readonly skip: number; readonly take: number };

/**
 * Some rows of one part of a list, the other way around when `descending`. Reading on from the last row costs the same
 * everywhere; leaving out many costs what reading them would. Null: there is no such engagement.
 */
export const browseCustomers = async (
  ports: Ports,
  actor: Actor,
  {
    list,
    descending,
    ...asked
  }: Sought & { readonly list: CustomerList; readonly descending: boolean } & (
      | ({ readonly part: 'claims' } & Stretched<ClaimPlace>)
      | ({ readonly part: 'customers' } & Stretched<CustomerPlace>)
    ),
): Promise<{ readonly engagement: Engagement; readonly rows: readonly PageRow[] } | null> => {
  const page = await pageOf(ports, actor, asked);
  if (page === null) return null;
  const { customersPage } = ports.reads;
  const { engagement } = page;
  const sources = sourcesOf(list, takesMsxAlone(engagement));
  const { skip, take } = asked;
  const way = descending ? ('before' as const) : ('after' as const);
  const inOrder = <R>(rows: readonly R[]): readonly R[] => (descending ? rows.toReversed() : rows);
  if (asked.part === 'claims') {
    if (!sources.claims) return { engagement, rows: [] };
    const found = await customersPage.listClaims(page, list === 'eligible', { from: asked.after, way, skip, take });
    return { engagement, rows: inOrder(found).map((claim) => ({ kind: 'claim', claim })) };
  }
  if (sources.customers === null) return { engagement, rows: [] };
  const eligible = sources.customers === 'eligible';
  const found = await customersPage.listCustomers(page, eligible, { from: asked.after, way, skip, take });
  const judge = (customer: CustomerOnPage): PageRow => ({ kind: 'customer', customer: judged(engagement, customer) });
  return { engagement, rows: inOrder(found).map(judge) };
};
