import type { ClaimStatus } from '../../domain/claims/status.ts';
import type { PageCounts } from '../../domain/customers/customers-page.ts';
import type { CustomersPage, JudgedCustomer, PageRow } from '../../domain/customers/show-customers.ts';
import type { Verdict } from '../../domain/engagements/eligibility.ts';
import type { Language } from '../../domain/people/actor.ts';
import { chooseEngagementCard } from '../customers/choose.ts';
import { customersCard } from '../customers/page.ts';
import { NO_NOTES } from '../drafts/step.ts';
import {
  claimOf,
  daysAgo,
  engagementOf,
  HOSTILE,
  HOSTILES,
  id,
  type Pose,
  readerIn,
  TYPED,
  UNTRUSTED,
  variableOf,
} from './sample.ts';

const claimRow = (number: number, status: ClaimStatus, name: string = TYPED.claim): PageRow => {
  const { statusAt, dueAt, pausedDueAt, disputedAt } = claimOf(status);
  const place = { at: (dueAt ?? statusAt).getTime(), number };
  return {
    kind: 'claim',
    claim: { number, name, status, statusAt, dueAt, pausedDueAt, disputedAt, company: name, place },
  };
};

const customerRow = (number: number, verdict: Verdict, name: string = TYPED.company): PageRow => {
  const customer: JudgedCustomer = {
    id: id(400 + number),
    name,
    names: [
      { type: 'domain', value: TYPED.domain, tenantId: TYPED.tenantId, facts: null, since: daysAgo(90) },
      ...(number % 2 === 0
        ? [{ type: 'tpid' as const, value: '900101', tenantId: null, facts: null, since: daysAgo(200) }]
        : []),
    ],
    counts: undefined,
    place: { key: 'cHJvc2V3YXJl', id: id(400 + number) },
    verdict,
  };
  return { kind: 'customer', customer };
};

const YES: Verdict = { verdict: 'eligible' };
const NO: Verdict = {
  verdict: 'ineligible',
  reasons: [
    { code: 'criterion', criterion: { fact: 'seats', atLeast: 250 }, seen: 140 },
    { code: 'activeLimit', allowed: 1, active: 1 },
  ],
};
const UNKNOWN: Verdict = { verdict: 'unknown', missing: [{ of: 'customer', fact: 'servers' }] };
const NOT_HERE: Verdict = { verdict: 'ineligible', reasons: [{ code: 'nominationClosed', lastDay: '2026-09-30' }] };

const COUNTS: PageCounts = { openClaims: 2, endedClaims: 41, eligible: 1_204, ineligible: 96, unknown: 3 };
const NO_COUNTS: PageCounts = { openClaims: 0, endedClaims: 0, eligible: 0, ineligible: 0, unknown: 0 };

const page = (over: Partial<CustomersPage>): CustomersPage => ({
  engagement: engagementOf(1),
  list: 'eligible',
  find: '',
  counts: COUNTS,
  rows: [],
  next: null,
  previous: null,
  noLocation: null,
  msxAlone: false,
  ...over,
});

const MIXED = [
  claimRow(1_000_027, 'CUSTOMER_CLAIMED'),
  claimRow(1_000_028, 'AWAITING_CONSENT'),
  claimRow(1_000_029, 'CONSENT_RECEIVED'),
  customerRow(1, YES),
  customerRow(2, YES),
];
const PLACE = { of: 'customers', key: 'cHJvc2V3YXJl', id: id(402) } as const;

/** Every list of the Customers page, full and empty. */
const PAGES: Readonly<Record<string, CustomersPage>> = {
  eligible: page({ rows: MIXED, next: PLACE }),
  'middle page': page({
    rows: [3, 4, 5, 6, 7].map((number) => customerRow(number, YES)),
    next: PLACE,
    previous: PLACE,
  }),
  'no location': page({ rows: MIXED.slice(3), noLocation: [NOT_HERE, NOT_HERE] }),
  'nobody known': page({ counts: NO_COUNTS }),
  'none eligible': page({ counts: { ...NO_COUNTS, ineligible: 7 } }),
  found: page({ find: TYPED.company, counts: { ...NO_COUNTS, eligible: 1 }, rows: [customerRow(1, YES)] }),
  'nothing found': page({ find: TYPED.company, counts: NO_COUNTS }),
  ineligible: page({ list: 'ineligible', rows: [customerRow(1, NO), customerRow(2, UNKNOWN)] }),
  'all eligible': page({ list: 'ineligible', counts: { ...COUNTS, ineligible: 0, unknown: 0 } }),
  'by opportunity': page({ engagement: variableOf(4), msxAlone: true, counts: NO_COUNTS }),
  'by opportunity, ineligible': page({
    engagement: variableOf(4),
    msxAlone: true,
    list: 'ineligible',
    counts: NO_COUNTS,
  }),
  completed: page({
    list: 'completed',
    rows: (['APPROVED', 'CONSENT_DECLINED', 'CONSENT_EXPIRED', 'CANCELED', 'REJECTED_FINAL'] as const).map(
      (status, index) => claimRow(1_000_030 + index, status),
    ),
    next: { of: 'claims', at: daysAgo(2).getTime(), number: 1_000_034 },
  }),
  'none completed': page({ list: 'completed', counts: NO_COUNTS }),
};

/** The Customers page and the way to it. */
export const customersPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const engagements = (count: number) => Array.from({ length: count }, (_, index) => engagementOf(index + 1));
  return [
    pose('customers choose', chooseEngagementCard(reader, { options: engagements(4), searched: false }, NO_NOTES)),
    pose('customers choose none', chooseEngagementCard(reader, { options: [], searched: false }, NO_NOTES)),
    pose('customers choose many', chooseEngagementCard(reader, { options: engagements(15), searched: true }, NO_NOTES)),
    pose(
      'customers choose by search',
      chooseEngagementCard(
        { ...reader, typeahead: false },
        { options: engagements(15), searched: true },
        { ...NO_NOTES, faults: [{ field: 'engagement', fault: { code: 'choice.missing' } }] },
      ),
    ),
    ...Object.entries(PAGES).map(([name, shown]) => pose(`customers ${name}`, customersCard(reader, shown))),
    ...HOSTILES.map((hostile) =>
      pose(
        `customers hostile ${hostile}`,
        customersCard(
          reader,
          page({
            engagement: engagementOf(1, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
            find: HOSTILE[hostile],
            rows: [claimRow(1_000_027, 'AWAITING_CONSENT', HOSTILE[hostile]), customerRow(1, YES, HOSTILE[hostile])],
          }),
        ),
      ),
    ),
  ];
};
