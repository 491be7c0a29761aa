import { customerVerdict, locationVerdict, standing, takesMsxAlone, type Verdict } from '../engagements/eligibility.ts';
import { type Engagement, everyEngagement } from '../engagements/engagement.ts';
import { type Actor, claimScope, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { oneLine } from '../typed.ts';
import type {
  ClaimOnPage,
  ClaimPlace,
  CustomerList,
  CustomerOnPage,
  CustomerPlace,
  PageCounts,
  PageOf,
  Stretch,
} from './customers-page.ts';

/** Rows of a page: what fits a card and is still looked over at a glance. */
export const ROWS = 5;

export type JudgedCustomer = CustomerOnPage & { readonly verdict: Verdict };

export type PageRow =
  | { readonly kind: 'claim'; readonly claim: ClaimOnPage }
  | { readonly kind: 'customer'; readonly customer: JudgedCustomer };

/** Where a page begins or ends. Lists that hold claims and customers have the claims first. */
export type PagePlace = ({ readonly of: 'claims' } & ClaimPlace) | ({ readonly of: 'customers' } & CustomerPlace);

export type Turned = { readonly way: 'after' | 'before'; readonly from: PagePlace };

export type CustomersPage = {
  readonly engagement: Engagement;
  readonly list: CustomerList;
  readonly find: string;
  readonly counts: PageCounts;
  readonly rows: readonly PageRow[];
  readonly next: PagePlace | null;
  readonly previous: PagePlace | null;
  /** R5: why no location of the person can claim for this engagement now; null: one can. */
  readonly noLocation: readonly Verdict[] | null;
  /** Nobody can be judged before an MSX id is given. */
  readonly msxAlone: boolean;
};

/** R6: under which of its names a customer stands best; a verdict never carries over from one to another. */
export const judged = (engagement: Engagement, customer: CustomerOnPage): JudgedCustomer => {
  const yes = { verdict: 'eligible' } as const;
  const verdicts = customer.names.map((name) => customerVerdict(engagement, name.type, name.facts, customer.counts));
  const [best] = verdicts.toSorted(
    (a, b) => standing({ location: yes, customer: a }) - standing({ location: yes, customer: b }),
  );
  return { ...customer, verdict: best ?? { verdict: 'unknown', missing: [] } };
};

type Sources = {
  readonly claims: boolean;
  /** Which known customers; null: none. */
  readonly customers: 'eligible' | 'others' | null;
};

export const sourcesOf = (list: CustomerList, msxAlone: boolean): Sources => ({
  claims: list !== 'ineligible',
  customers: msxAlone || list === 'completed' ? null : list === 'eligible' ? 'eligible' : 'others',
});

const placeOf = (row: PageRow): PagePlace =>
  row.kind === 'claim' ? { of: 'claims', ...row.claim.place } : { of: 'customers', ...row.customer.place };

/** Rows of the list on one side of a place, one more than a page holds where there are as many. */
const rowsFrom = async (ports: Ports, page: PageOf, list: CustomerList, sources: Sources, turned: Turned | null) => {
  const { customersPage } = ports.reads;
  const way = turned?.way ?? 'after';
  const wanted = ROWS + 1;
  const claims = async (take: number, from: ClaimPlace | null): Promise<readonly PageRow[]> => {
    if (!sources.claims || take <= 0) return [];
    const stretch: Stretch<ClaimPlace> = { from, way, take };
    const found = await customersPage.listClaims(page, list === 'eligible', stretch);
    return found.map((claim) => ({ kind: 'claim', claim }));
  };
  const customers = async (take: number, from: CustomerPlace | null): Promise<readonly PageRow[]> => {
    if (sources.customers === null || take <= 0) return [];
    const stretch: Stretch<CustomerPlace> = { from, way, take };
    const found = await customersPage.listCustomers(page, sources.customers === 'eligible', stretch);
    return found.map((customer) => ({ kind: 'customer', customer: judged(page.engagement, customer) }));
  };
  const from = turned?.from ?? null;
  if (way === 'after') {
    const first = from?.of === 'customers' ? [] : await claims(wanted, from);
    const rest = await customers(wanted - first.length, from?.of === 'customers' ? from : null);
    return [...first, ...rest];
  }
  const last = from?.of === 'customers' ? await customers(wanted, from) : [];
  const before = await claims(wanted - last.length, from?.of === 'claims' ? from : null);
  return [...before, ...last];
};

/** R5: whether any location of the person can claim for the engagement now, and if none, why each cannot. */
export const locationsOn = async (ports: Ports, actor: Actor, engagement: Engagement, now: Date) => {
  const [places, open] = await Promise.all([
    ports.reads.people.listLocations(actor.organisationId),
    ports.reads.customers.countOpenClaims(actor.organisationId),
  ]);
  const verdicts = places
    .filter((place) => mayClaimFor(actor, place))
    .map((place) => locationVerdict(engagement, place, open.get(engagement.slug) ?? 0, now));
  return verdicts.some(({ verdict }) => verdict === 'eligible') ? null : verdicts;
};

/** Whose Customers page is looked at, and what for. Null: there is no such engagement. */
export const pageOf = async (
  ports: Ports,
  actor: Actor,
  asked: { readonly engagement: string; readonly find: string },
): Promise<PageOf | null> => {
  const every = await everyEngagement(ports.reads.engagements, ports.clock.now());
  const engagement = every.find(({ slug }) => slug === asked.engagement);
  return engagement === undefined ? null : { scope: claimScope(actor), engagement, find: oneLine(asked.find) };
};

export type PageCounted = Pick<CustomersPage, 'counts' | 'noLocation' | 'msxAlone'>;

/** How long each list of the page is, and what is to be known of all of them. */
export const countPage = async (ports: Ports, actor: Actor, page: PageOf): Promise<PageCounted> => {
  const [counts, noLocation] = await Promise.all([
    ports.reads.customersPage.countLists(page),
    locationsOn(ports, actor, page.engagement, ports.clock.now()),
  ]);
  const msxAlone = takesMsxAlone(page.engagement);
  return { counts: msxAlone ? { ...counts, eligible: 0, ineligible: 0, unknown: 0 } : counts, noLocation, msxAlone };
};

/**
 * R19: one page of one list of an engagement's Customers page. Open claims stand on Eligible, ended ones on Completed;
 * every customer the organisation knows and has no open claim for stands on Eligible or on Ineligible, by its verdict.
 * Null: there is no such engagement.
 */
export const showCustomers = async (
  ports: Ports,
  actor: Actor,
  asked: {
    readonly engagement: string;
    readonly list: CustomerList;
    readonly find: string;
    readonly turned: Turned | null;
  },
): Promise<CustomersPage | null> => {
  const page = await pageOf(ports, actor, asked);
  if (page === null) return null;
  const sources = sourcesOf(asked.list, takesMsxAlone(page.engagement));
  const [counted, found] = await Promise.all([
    countPage(ports, actor, page),
    rowsFrom(ports, page, asked.list, sources, asked.turned),
  ]);
  // The rows that stood there have gone meanwhile: from the beginning, instead of a page with no way on.
  if (found.length === 0 && asked.turned !== null) return showCustomers(ports, actor, { ...asked, turned: null });
  const backwards = asked.turned?.way === 'before';
  const more = found.length > ROWS;
  const rows = backwards ? found.slice(-ROWS) : found.slice(0, ROWS);
  const [first] = rows;
  const last = rows.at(-1);
  return {
    ...counted,
    engagement: page.engagement,
    list: asked.list,
    find: page.find,
    rows,
    next: last !== undefined && (backwards || more) ? placeOf(last) : null,
    previous: first !== undefined && (backwards ? more : asked.turned !== null) ? placeOf(first) : null,
  };
};
