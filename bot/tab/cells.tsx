// biome-ignore-all lint/a11y/useSemanticElements: only the rows in sight are in the page, so it is no table to the browser.
// biome-ignore-all lint/a11y/useFocusableInteractive: cells are only read; what is pressed in them is a button.
import { Badge, Button, Link } from '@fluentui/react-components';
import { ArrowDownRegular, ArrowUpRegular, ErrorCircleRegular } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { Link as Route } from 'wouter';
import type { ClaimLine, Step } from '../../cards/tab/contract.ts';
import { useSession } from './session.tsx';

/** On a narrow screen the name of the column stands beside what is in it. */
export const Cell = ({
  of,
  label,
  children,
}: {
  readonly of: string;
  readonly label?: string;
  readonly children: ReactNode;
}) => (
  <div role="cell" className={`cell ${of}`}>
    {label !== undefined && (
      <span className="cell-label" aria-hidden="true">
        {label}
      </span>
    )}
    <div className="cell-body">{children}</div>
  </div>
);

/** A column heading; where the list can be sorted by it, a button. */
export const Head = ({
  of,
  children,
  sorted,
  sort,
}: {
  readonly of: string;
  readonly children: ReactNode;
  /** Null: not by this column. */
  readonly sorted?: 'ascending' | 'descending' | null;
  readonly sort?: () => void;
}) => (
  <div role="columnheader" className={`cell ${of}`} {...(sort ? { 'aria-sort': sorted ?? 'none' } : {})}>
    {sort === undefined ? (
      children
    ) : (
      <Button
        size="small"
        appearance="transparent"
        className="sort"
        iconPosition="after"
        {...(sorted ? { icon: sorted === 'ascending' ? <ArrowUpRegular /> : <ArrowDownRegular /> } : {})}
        onClick={sort}
      >
        {children}
      </Button>
    )}
  </div>
);

const COLOURS = { going: 'informative', good: 'success', bad: 'danger' } as const;

/** Colour, and the word that says the same. */
export const StatusBadge = ({ status }: { readonly status: ClaimLine['status'] }) => (
  <Badge appearance="tint" color={COLOURS[status.tone]} className="badge">
    {status.word}
  </Badge>
);

/** How long is left, and until which day; what is pressing is marked as well as coloured. */
export const Deadline = ({ due }: { readonly due: ClaimLine['due'] }) => {
  if (due === null) return <span className="subtle">–</span>;
  return (
    <span className={due.urgent ? 'due urgent' : 'due'}>
      {due.urgent && <ErrorCircleRegular aria-hidden="true" />}
      <span>
        <strong>{due.words}</strong> <span className="subtle">{due.date}</span>
      </span>
    </span>
  );
};

/** Leads to a claim's page. */
export const ClaimLink = ({ number, children }: { readonly number: number; readonly children: ReactNode }) => (
  <Route href={`/claims/${number}`} asChild>
    <Link className="claim-link">{children}</Link>
  </Route>
);

/** What can be done, as buttons that say of whom when they are read alone. */
export const Steps = ({ steps, of }: { readonly steps: readonly Step[]; readonly of: string }) => {
  const { begin } = useSession();
  return (
    <>
      {steps.map(({ title, verb, data, primary }) => (
        <Button
          key={`${verb} ${title}`}
          size="small"
          appearance={primary ? 'primary' : 'secondary'}
          aria-label={of === '' ? title : `${title}: ${of}`}
          onClick={() => begin({ verb, data })}
        >
          {title}
        </Button>
      ))}
    </>
  );
};
