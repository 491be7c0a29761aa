import { describe, expect, test } from '@jest/globals';
import { CLAIM_STATUSES, type ClaimStatus, isTerminal } from '../../../domain/claims/status.ts';
import {
  canFollow,
  possibleFor,
  type Standing,
  TRANSITIONS,
  type TransitionName,
} from '../../../domain/claims/transitions.ts';

type Row = { readonly from: readonly ClaimStatus[]; readonly to: ClaimStatus; readonly by: string };

/** What the programme allows (mci-domain 4.2), written down a second time and without a look at ours. */
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
  // A dispute is made, and then submitted.
  { from: ['REJECTED', 'DISPUTED'], to: 'DISPUTED', by: 'partner' },
  { from: ['REJECTED', 'DISPUTED'], to: 'DISPUTE_EXPIRED', by: 'clock' },
];

const names = Object.keys(TRANSITIONS) as TransitionName[];
const rowOf = (name: TransitionName): Row => TRANSITIONS[name];
const programme = ({ to, by }: Row) => PROGRAMME.find((row) => row.to === to && row.by === by);

/** A claim at a status, as it stands there: with the reviewers or not, disputed before or not. */
const standings = (status: ClaimStatus): readonly Standing[] =>
  [null, new Date()].flatMap((pausedDueAt) =>
    [null, new Date()].map((disputedAt) => ({ status, pausedDueAt, disputedAt })),
  );

describe.each(names)('R16: %s', (name) => {
  const row = rowOf(name);

  test.each(CLAIM_STATUSES)('from %s: only where the programme allows it', (status) => {
    const allowed = programme(row)?.from.includes(status) ?? false;
    const somewhere = standings(status).some((standing) => canFollow(name, standing));
    if (!allowed) expect(somewhere).toBe(false);
    expect(somewhere).toBe(row.from.includes(status));
    for (const by of ['partner', 'customer', 'reviewer', 'clock'] as const) {
      for (const standing of standings(status)) {
        expect(possibleFor(by, standing).includes(name)).toBe(by === row.by && canFollow(name, standing));
      }
    }
  });
});

test('R16: the programme and Claimdesk allow the same, to the same, from every status', () => {
  const spelled = (rows: readonly Row[]) =>
    [...new Set(rows.flatMap(({ from, to, by }) => from.map((status) => `${status} → ${to} by ${by}`)))].sort();
  expect(spelled(names.map(rowOf))).toEqual(spelled(PROGRAMME));
});

const at = (status: ClaimStatus, over: Partial<Standing> = {}): Standing => ({
  status,
  pausedDueAt: null,
  disputedAt: null,
  ...over,
});

describe('R16: what a partner can do', () => {
  test.each<[Standing, readonly string[]]>([
    [at('CUSTOMER_CLAIMED'), ['sendConsent', 'cancel']],
    [at('AWAITING_CONSENT'), ['resendConsent', 'cancel']],
    [at('CONSENT_RECEIVED'), ['submit', 'cancel']],
    [at('SUBMITTED', { pausedDueAt: new Date() }), []],
    [at('UNDER_REVIEW', { pausedDueAt: new Date() }), []],
    [at('ACTION_REQUIRED'), ['resubmit']],
    [at('REJECTED'), ['dispute']],
    [at('DISPUTED', { disputedAt: new Date() }), ['submitDispute']],
    [at('DISPUTED', { disputedAt: new Date(), pausedDueAt: new Date() }), []],
  ])('with %j: %j', (standing, possible) => {
    expect([...possibleFor('partner', standing)].sort()).toEqual([...possible].sort());
  });
});

describe('R16: what reviewers can do', () => {
  const waits = { pausedDueAt: new Date() };
  const again = { ...waits, disputedAt: new Date() };
  test.each<[Standing, readonly string[]]>([
    [at('SUBMITTED', waits), ['startReview']],
    [at('UNDER_REVIEW', waits), ['approve', 'askForMore', 'reject']],
    // R18: one dispute, so what is rejected after it is rejected for good.
    [at('UNDER_REVIEW', again), ['approve', 'askForMore', 'rejectFinally']],
    [at('DISPUTED', { disputedAt: new Date() }), []],
    [at('DISPUTED', again), ['startReview']],
    [at('ACTION_REQUIRED'), []],
    [at('REJECTED'), []],
  ])('with %j: %j', (standing, possible) => {
    expect([...possibleFor('reviewer', standing)].sort()).toEqual([...possible].sort());
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
  if (!isTerminal(status)) return;
  for (const standing of standings(status)) {
    expect(names.filter((name) => canFollow(name, standing))).toEqual([]);
  }
});

test('R16: there are 16 statuses', () => {
  expect(new Set(CLAIM_STATUSES).size).toBe(16);
});

test('R18: a claim is canceled only before it is first submitted', () => {
  expect(CLAIM_STATUSES.filter((status) => possibleFor('partner', at(status)).includes('cancel'))).toEqual([
    'CUSTOMER_CLAIMED',
    'AWAITING_CONSENT',
    'CONSENT_RECEIVED',
  ]);
});
