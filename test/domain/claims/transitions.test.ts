import { describe, expect, test } from '@jest/globals';
import { CLAIM_STATUSES, type ClaimStatus, isTerminal } from '../../../domain/claims/status.ts';
import { possibleFrom, TRANSITIONS, type TransitionName } from '../../../domain/claims/transitions.ts';

type Row = { readonly from: readonly ClaimStatus[]; readonly to: ClaimStatus; readonly by: string };

/** What the programme allows, with or without a transition of ours for it yet. */
const PROGRAMME: readonly Row[] = [
  { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT'], to: 'AWAITING_CONSENT', by: 'partner' },
  { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT'], to: 'CONSENT_EXPIRED', by: 'clock' },
  { from: ['AWAITING_CONSENT'], to: 'CONSENT_RECEIVED', by: 'customer' },
  { from: ['AWAITING_CONSENT'], to: 'CONSENT_DECLINED', by: 'customer' },
  { from: ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_RECEIVED'], to: 'CANCELED', by: 'partner' },
  { from: ['CONSENT_RECEIVED', 'ACTION_REQUIRED'], to: 'SUBMITTED', by: 'partner' },
  { from: ['CONSENT_RECEIVED'], to: 'NOT_SUBMITTED_EXPIRED', by: 'clock' },
  { from: ['SUBMITTED', 'DISPUTED'], to: 'UNDER_REVIEW', by: 'reviewer' },
  { from: ['UNDER_REVIEW'], to: 'APPROVED', by: 'reviewer' },
  { from: ['UNDER_REVIEW'], to: 'REJECTED', by: 'reviewer' },
  { from: ['UNDER_REVIEW'], to: 'ACTION_REQUIRED', by: 'reviewer' },
  { from: ['UNDER_REVIEW'], to: 'REJECTED_FINAL', by: 'reviewer' },
  { from: ['ACTION_REQUIRED'], to: 'POST_SUBMISSION_EXPIRED', by: 'clock' },
  { from: ['REJECTED'], to: 'DISPUTED', by: 'partner' },
  { from: ['REJECTED', 'DISPUTED'], to: 'DISPUTE_EXPIRED', by: 'clock' },
];

const names = Object.keys(TRANSITIONS) as TransitionName[];
const rowOf = (name: TransitionName): Row => TRANSITIONS[name];
const programme = ({ to, by }: Row) => PROGRAMME.find((row) => row.to === to && row.by === by);

describe.each(names)('R16: %s', (name) => {
  const row = rowOf(name);

  test.each(CLAIM_STATUSES)('from %s: only where the programme allows it', (status) => {
    const allowed = programme(row)?.from.includes(status) ?? false;
    if (!allowed) expect(possibleFrom(status)).not.toContain(name);
    const partners = row.by === 'partner' && row.from.includes(status);
    expect(possibleFrom(status).includes(name)).toBe(partners);
  });
});

test('R16: what the programme allows and Claimdesk can do, it can do from every status the programme names', () => {
  for (const name of names) {
    const row = rowOf(name);
    const alike = names.map(rowOf).filter(({ to, by }) => to === row.to && by === row.by);
    const from = new Set(alike.flatMap((one) => one.from));
    expect({ to: row.to, by: row.by, from: [...from].sort() }).toEqual({
      to: row.to,
      by: row.by,
      from: [...(programme(row)?.from ?? [])].sort(),
    });
  }
});

describe('R16: what a partner can do', () => {
  test.each<[ClaimStatus, readonly string[]]>([
    ['CUSTOMER_CLAIMED', ['sendConsent', 'cancel']],
    ['AWAITING_CONSENT', ['resendConsent', 'cancel']],
  ])('with %s: %j', (status, possible) => {
    expect([...possibleFrom(status)].sort()).toEqual([...possible].sort());
  });
});

const TERMINAL: readonly ClaimStatus[] = [
  'APPROVED',
  'CONSENT_DECLINED',
  'CONSENT_EXPIRED',
  'NOT_SUBMITTED_EXPIRED',
  'POST_SUBMISSION_EXPIRED',
  'DISPUTE_EXPIRED',
  'CANCELED',
  'REJECTED_FINAL',
];

test.each(CLAIM_STATUSES)('R15: %s is terminal only if the programme says so, and then leads nowhere', (status) => {
  expect(isTerminal(status)).toBe(TERMINAL.includes(status));
  if (isTerminal(status)) expect(possibleFrom(status)).toEqual([]);
});

test('R16: there are 16 statuses', () => {
  expect(new Set(CLAIM_STATUSES).size).toBe(16);
});

test('R18: a claim is canceled only before it is first submitted', () => {
  expect(CLAIM_STATUSES.filter((status) => possibleFrom(status).includes('cancel'))).toEqual([
    'CUSTOMER_CLAIMED',
    'AWAITING_CONSENT',
    'CONSENT_RECEIVED',
  ]);
});
