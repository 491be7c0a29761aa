import { takesMsxAlone } from '../engagements/eligibility.ts';
import type { Engagement } from '../engagements/engagement.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { ClaimPlace, CustomerList, CustomerOnPage, CustomerPlace } from './customers-page.ts';
import { countPage, judged, type PageCounted, type PageRow, pageOf, sourcesOf } from './show-customers.ts';

type Sought = { readonly engagement: string; readonly find: string };

/** What is to be known of an engagement's Customers page before its rows. Null: there is no such engagement. */
export const countCustomers = async (ports: Ports, actor: Actor, sought: Sought): Promise<PageCounted | null> => {
  const page = await pageOf(ports, actor, sought);
  return page === null ? null : countPage(ports, actor, page);
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
