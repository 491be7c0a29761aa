import type { ClaimLine, CustomerLine } from '../../cards/tab/contract.ts';
import { Cell, ClaimLink, Deadline, StatusBadge, Steps } from './cells.tsx';
import { useSession } from './session.tsx';

type OfClaim = { readonly claim: ClaimLine };

const Named = ({ claim }: OfClaim) => (
  <>
    <ClaimLink number={claim.number}>{claim.name}</ClaimLink>
    <div className="subtle">{claim.number}</div>
  </>
);

/** Where a claim stands, until when, and what can be done: alike on every list. */
const Standing = ({ claim }: OfClaim) => {
  const { words } = useSession();
  return (
    <>
      <Cell of="status" label={words.columns.status}>
        <StatusBadge status={claim.status} />
        {claim.next !== null && <div className="subtle next">{claim.next}</div>}
      </Cell>
      <Cell of="deadline" label={words.columns.deadline}>
        {claim.due === null ? <span className="subtle">{claim.since}</span> : <Deadline due={claim.due} />}
      </Cell>
      <Cell of="step">
        <Steps steps={claim.steps} of={String(claim.number)} />
      </Cell>
    </>
  );
};

/** A claim among those of every engagement. */
export const ClaimInList = ({ claim }: OfClaim) => {
  const { words } = useSession();
  return (
    <>
      <Cell of="claim">
        <Named claim={claim} />
      </Cell>
      <Cell of="customer" label={words.columns.customer}>
        {claim.company}
      </Cell>
      <Cell of="engagement" label={words.columns.engagement}>
        {claim.engagement}
        <div className="subtle">{claim.location}</div>
      </Cell>
      <Standing claim={claim} />
    </>
  );
};

/** A claim on the Customers page of its engagement. */
export const ClaimOnPage = ({ claim }: OfClaim) => {
  const { words } = useSession();
  return (
    <>
      <Cell of="customer">
        <strong>{claim.company}</strong>
      </Cell>
      <Cell of="known" label={words.columns.claim}>
        <Named claim={claim} />
      </Cell>
      <Standing claim={claim} />
    </>
  );
};

const STANDING = { eligible: 'good', unknown: 'going', ineligible: 'bad' } as const;

/** A customer that can be claimed, or cannot, and why. */
export const KnownCustomer = ({ customer }: { readonly customer: CustomerLine }) => {
  const { words } = useSession();
  const { standing, standingWord, reasons } = customer;
  return (
    <>
      <Cell of="customer">
        <strong>{customer.name}</strong>
      </Cell>
      <Cell of="known" label={words.columns.known}>
        {customer.known.map((name) => (
          <div key={name} className="subtle">
            {name}
          </div>
        ))}
      </Cell>
      <Cell of="status" label={words.columns.status}>
        <StatusBadge status={{ code: 'CUSTOMER_CLAIMED', word: standingWord, tone: STANDING[standing] }} />
      </Cell>
      <Cell of="deadline why" {...(reasons.length === 0 ? {} : { label: words.columns.why })}>
        {reasons.map((reason) => (
          <div key={reason}>{reason}</div>
        ))}
      </Cell>
      <Cell of="step">
        <Steps steps={customer.steps} of={customer.name} />
      </Cell>
    </>
  );
};
