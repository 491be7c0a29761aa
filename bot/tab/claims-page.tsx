import { Button, Dropdown, Option, Switch, Tab, TabList } from '@fluentui/react-components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Asks } from '../../cards/tab/contract.ts';
import { CLAIM_ORDERS, type ClaimOrder } from '../../domain/claims/claims-page.ts';
import { CLAIM_GROUPS } from '../../domain/claims/status.ts';
import { Head } from './cells.tsx';
import { LongList } from './long-list.tsx';
import { ClaimInList } from './rows.tsx';
import { Failed } from './said.tsx';
import { Search } from './search.tsx';
import { useSession } from './session.tsx';
import { useSought } from './sought.ts';

const NAMES = ['group', 'engagement', 'location', 'mine', 'find', 'by', 'down'] as const;

/** The claims of every engagement: how far they are, until when, and what is next. */
export const ClaimsPage = () => {
  const { api, me, words, begin } = useSession();
  const [sought, seek] = useSought(NAMES);
  const group = CLAIM_GROUPS.find((one) => one === sought.group);
  const by: ClaimOrder = CLAIM_ORDERS.find((one) => one === sought.by) ?? (group === 'ended' ? 'changed' : 'due');
  const down = sought.down === '' ? by === 'changed' : sought.down === 'true';
  const filters: Asks<'claims/counts'> = useMemo(
    () => ({
      find: sought.find,
      mine: sought.mine === 'true' ? 'true' : 'false',
      ...(sought.engagement === '' ? {} : { engagement: sought.engagement }),
      ...(sought.location === '' ? {} : { location: sought.location }),
    }),
    [sought.find, sought.mine, sought.engagement, sought.location],
  );
  const counts = useQuery({
    queryKey: ['claims/counts', filters],
    queryFn: ({ signal }) => api.ask('claims/counts', filters, signal),
    placeholderData: keepPreviousData,
  });
  const total = counts.data?.[group ?? 'all'] ?? 0;
  const load = useCallback(
    async ({ skip, take }: { readonly skip: number; readonly take: number }, signal: AbortSignal) => {
      const order = { by, descending: down ? 'true' : 'false' } as const;
      const asks = { ...filters, ...order, ...(group === undefined ? {} : { group }) };
      return (await api.ask('claims', { ...asks, skip: String(skip), take: String(take) }, signal)).rows;
    },
    [api, filters, group, by, down],
  );
  const find = useCallback((text: string) => seek({ find: text }), [seek]);
  const sort = (order: ClaimOrder) => () =>
    seek({ by: order, down: by === order ? String(!down) : String(order === 'changed') });
  const sorted = (order: ClaimOrder) => (by === order ? (down ? 'descending' : 'ascending') : null);
  const { columns } = words;
  const narrowed = sought.find !== '' || sought.engagement !== '' || sought.location !== '' || sought.mine !== '';
  return (
    <div className="page">
      <h1 className="title">{words.pages.claims}</h1>
      <div className="tools">
        <Search value={sought.find} label={words.find} clear={words.clear} find={find} />
        <Dropdown
          aria-label={words.engagement}
          className="pick"
          value={me.engagements.find(({ slug }) => slug === sought.engagement)?.name ?? words.anyEngagement}
          selectedOptions={[sought.engagement]}
          onOptionSelect={(_, { optionValue }) => seek({ engagement: optionValue ?? '' })}
        >
          <Option value="">{words.anyEngagement}</Option>
          {me.engagements.map(({ slug, name }) => (
            <Option key={slug} value={slug}>
              {name}
            </Option>
          ))}
        </Dropdown>
        <Dropdown
          aria-label={words.location}
          className="pick"
          value={me.locations.find(({ id }) => id === sought.location)?.name ?? words.anyLocation}
          selectedOptions={[sought.location]}
          onOptionSelect={(_, { optionValue }) => seek({ location: optionValue ?? '' })}
        >
          <Option value="">{words.anyLocation}</Option>
          {me.locations.map(({ id, name, partnerId }) => (
            <Option key={id} value={id} text={name}>
              {`${name} · ${partnerId}`}
            </Option>
          ))}
        </Dropdown>
        <Switch
          label={words.mine}
          checked={sought.mine === 'true'}
          onChange={(_, { checked }) => seek({ mine: checked ? 'true' : '' })}
        />
      </div>
      <TabList
        aria-label={words.groupsLabel}
        size="small"
        className="groups"
        selectedValue={group ?? 'all'}
        onTabSelect={(_, { value }) => seek({ group: value === 'all' ? '' : String(value), by: '', down: '' })}
      >
        {(['all', ...CLAIM_GROUPS] as const).map((one) => (
          <Tab key={one} value={one}>
            {one === 'all' ? words.all : words.groups[one]}{' '}
            <span className="count">{counts.data === undefined ? '' : words.number(counts.data[one])}</span>
          </Tab>
        ))}
      </TabList>
      {counts.isError && <Failed error={counts.error} words={words} again={() => counts.refetch()} />}
      {counts.data !== undefined && total === 0 && (
        <div className="gap" role="status">
          <p>{narrowed || group !== undefined ? words.nothing : words.noClaims}</p>
          {!narrowed && group === undefined && (
            <Button appearance="primary" onClick={() => begin({ verb: 'add.start', data: {} })}>
              {words.addCustomer}
            </Button>
          )}
        </div>
      )}
      {total > 0 && (
        <LongList
          label={words.pages.claims}
          parts={[{ key: ['claims', filters, group, by, down], total, heading: null, load }]}
          columns={
            <>
              <Head of="claim" sorted={sorted('number')} sort={sort('number')}>
                {columns.claim}
              </Head>
              <Head of="customer" sorted={sorted('company')} sort={sort('company')}>
                {columns.customer}
              </Head>
              <Head of="engagement">{columns.engagement}</Head>
              <Head of="status" sorted={sorted('changed')} sort={sort('changed')}>
                {columns.status}
              </Head>
              <Head of="deadline" sorted={sorted('due')} sort={sort('due')}>
                {columns.deadline}
              </Head>
              <Head of="step">{columns.step}</Head>
            </>
          }
          renderRow={(claim) => <ClaimInList claim={claim} />}
        />
      )}
    </div>
  );
};
