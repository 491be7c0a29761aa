import { MessageBar, MessageBarBody, Select, Tab, TabList } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useLocation } from 'wouter';
import type { Answer, ClaimLine, CustomerLine } from '../../cards/tab/contract.ts';
import { CUSTOMER_LISTS, type CustomerList, LIST_PARTS, type ListPart } from '../../domain/customers/customers-page.ts';
import { Head } from './cells.tsx';
import { EngagementPicker, rememberedEngagement } from './engagement-picker.tsx';
import { LongList, type Part } from './long-list.tsx';
import { ClaimOnPage, KnownCustomer } from './rows.tsx';
import { Failed } from './said.tsx';
import { Search } from './search.tsx';
import { useSession } from './session.tsx';
import { useSought } from './sought.ts';

type Counts = Answer<'customers/counts'>['counts'];
type Line = ClaimLine | CustomerLine;

const NAMES = ['list', 'find', 'show', 'names', 'times'] as const;

/** How long each part of a list is. */
const sizesOf = (counts: Counts, list: CustomerList): Record<ListPart, number> =>
  ({
    eligible: { claims: counts.openClaims, customers: counts.eligible },
    ineligible: { claims: 0, customers: counts.ineligible + counts.unknown },
    completed: { claims: counts.endedClaims, customers: 0 },
  })[list];

const ONE_OF_EACH: Record<CustomerList, Record<ListPart, number>> = {
  eligible: { claims: 1, customers: 1 },
  ineligible: { claims: 0, customers: 1 },
  completed: { claims: 1, customers: 0 },
};

const Lists = ({ slug }: { readonly slug: string }) => {
  const { api, words } = useSession();
  const [sought, seek] = useSought(NAMES);
  const list = CUSTOMER_LISTS.find((one) => one === sought.list) ?? 'eligible';
  /** Each part has an order of its own, and is turned around by itself. */
  const down = { claims: sought.times === 'down', customers: sought.names === 'down' };
  const where = { engagement: slug, find: sought.find };
  // Counting a hundred thousand takes the database a while; what is in sight comes first.
  const [begun, setBegun] = useState(false);
  /** How many came with the first stretch of each part: all that is known of its length until it is counted. */
  const [came, setCame] = useState<Partial<Record<ListPart, number>>>({});
  const counts = useQuery({
    enabled: begun,
    queryKey: ['customers/counts', where],
    queryFn: ({ signal }) => api.ask('customers/counts', where, signal),
    placeholderData: keepPreviousData,
  });
  const find = useCallback((text: string) => seek({ find: text }), [seek]);
  const sizes = counts.data && sizesOf(counts.data.counts, list);
  const headings: Record<ListPart, (count: number) => string> = {
    claims: list === 'completed' ? words.parts.ended : words.parts.claims,
    customers: list === 'eligible' ? words.parts.customers : words.parts.others,
  };
  const parts: readonly Part<Line>[] = LIST_PARTS.filter((part) => sought.show === '' || sought.show === part).map(
    (part) => ({
      key: ['customers', where, list, part, down[part]],
      // Before they are counted the first rows are asked for all the same.
      total: sizes?.[part] ?? came[part] ?? ONE_OF_EACH[list][part],
      heading: sizes === undefined ? null : headings[part](sizes[part]),
      load: async ({ after, skip, take }, signal) => {
        const from = after?.cursor ?? undefined;
        const stretch = { skip: String(skip), take: String(take), ...(from === undefined ? {} : { after: from }) };
        const order = { part, descending: down[part] ? 'true' : 'false' } as const;
        const answer = api.ask('customers', { ...where, list, ...order, ...stretch }, signal);
        const { rows } = await answer.finally(() => setBegun(true));
        if (sizes === undefined) setCame((before) => ({ ...before, [part]: rows.length }));
        return rows;
      },
    }),
  );
  const countOf = (one: CustomerList) => {
    if (counts.data === undefined) return '';
    const { claims, customers } = sizesOf(counts.data.counts, one);
    return words.number(claims + customers);
  };
  const empty = sizes !== undefined && parts.every(({ total }) => total === 0);
  const names = { sorted: down.customers, sort: () => seek({ names: down.customers ? '' : 'down' }) };
  const times = { sorted: down.claims, sort: () => seek({ times: down.claims ? '' : 'down' }) };
  const way = ({ sorted, sort }: typeof names) => ({ sorted: sorted ? 'descending' : 'ascending', sort }) as const;
  const last = { eligible: words.columns.deadline, ineligible: words.columns.why, completed: words.columns.since };
  return (
    <>
      <TabList
        aria-label={words.listsLabel}
        size="small"
        className="groups"
        selectedValue={list}
        onTabSelect={(_, { value }) =>
          seek({ list: value === 'eligible' ? '' : String(value), show: '', names: '', times: '' })
        }
      >
        {CUSTOMER_LISTS.map((one) => (
          <Tab key={one} value={one}>
            {words.lists[one]} <span className="count">{countOf(one)}</span>
          </Tab>
        ))}
      </TabList>
      <div className="tools">
        <Search value={sought.find} label={words.findCustomers} clear={words.clear} find={find} />
        {list === 'eligible' && (
          <Select aria-label={words.show.label} value={sought.show} onChange={(_, { value }) => seek({ show: value })}>
            <option value="">{words.show.both}</option>
            <option value="claims">{words.show.claims}</option>
            <option value="customers">{words.show.customers}</option>
          </Select>
        )}
      </div>
      {counts.data !== undefined && counts.data.warnings.length > 0 && list !== 'completed' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {counts.data.warnings.map((warning) => (
              <div key={warning}>{warning}</div>
            ))}
          </MessageBarBody>
        </MessageBar>
      )}
      {counts.isError && <Failed error={counts.error} words={words} again={() => counts.refetch()} />}
      {empty && (
        <p className="gap" role="status">
          {counts.data?.empty[list]}
        </p>
      )}
      {!empty && !counts.isError && (
        <LongList<Line>
          label={words.lists[list]}
          parts={parts}
          columns={
            <>
              <Head of="customer" {...(sizes?.customers ? way(names) : {})}>
                {words.columns.customer}
              </Head>
              <Head of="known">{list === 'completed' ? words.columns.claim : words.columns.known}</Head>
              <Head of="status">{words.columns.status}</Head>
              <Head of="deadline" {...(sizes?.claims ? way(times) : {})}>
                {last[list]}
              </Head>
              <Head of="step">{words.columns.step}</Head>
            </>
          }
          renderRow={(line) =>
            line.kind === 'claim' ? <ClaimOnPage claim={line} /> : <KnownCustomer customer={line} />
          }
        />
      )}
    </>
  );
};

/** The Customers page as Partner Center users know it: an engagement, and its three lists (R19). */
export const CustomersPage = ({ slug }: { readonly slug: string | null }) => {
  const { me, words } = useSession();
  const [, go] = useLocation();
  const chosen = slug ?? rememberedEngagement(me.engagements) ?? me.engagements[0]?.slug;
  return (
    <div className="page">
      <div className="heading">
        <h1 className="title">{words.pages.customers}</h1>
        {chosen !== undefined && <EngagementPicker slug={chosen} choose={(next) => go(`/customers/${next}`)} />}
      </div>
      {chosen === undefined ? (
        <p>{words.noEngagements}</p>
      ) : me.engagements.some((one) => one.slug === chosen) ? (
        <Lists key={chosen} slug={chosen} />
      ) : (
        <p className="gap" role="status">
          {words.noSuchEngagement}
        </p>
      )}
    </div>
  );
};
