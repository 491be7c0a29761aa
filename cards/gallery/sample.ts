import type { Claim } from '../../domain/claims/claim-store.ts';
import type { Contacts } from '../../domain/claims/contacts.ts';
import { endOfWindow } from '../../domain/claims/deadlines.ts';
import type { ClaimView, HistoryLine } from '../../domain/claims/show-claim.ts';
import { CLAIM_STATUSES, type ClaimStatus, isTerminal } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import type { Language } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import { checklist } from '../../domain/review/checklist.ts';
import type { Card, Reader } from '../card.ts';
import { linksFrom } from '../links.ts';

/** A card in one state, under a name that fits a file; `untrusted` are the texts that people typed. */
export type Pose = { readonly name: string; readonly card: Card; readonly untrusted: readonly string[] };

/** Everybody and everything here is made up. The texts are found in no sentence of cards/text. */
export const TYPED = {
  claim: 'Proseware device workshop, winter',
  company: 'Proseware Retail Group',
  customer: 'Maud Sample',
  customerEmail: 'maud.sample@proseware.example',
  partner: 'Ravi Sample',
  partnerEmail: 'ravi.sample@tailwind.example',
  partnerPhone: '+31 20 555 0142',
  organisation: 'Tailwind Partners',
  location: 'Tailwind Rotterdam',
  elsewhere: 'Tailwind Antwerp',
  colleague: 'Noor Sample',
  domain: 'proseware.example',
  tenantName: 'Proseware Retail (tenant)',
  mismatch: 'Their mail still runs on the domain of the company they split off from last spring.',
  declined: 'We have just begun something like it with our own team.',
  source: 'Made-up rate card',
  opportunity: 'Proseware sales desk renewal',
  opportunityId: '7-SAMPLE0001',
  command: 'ad custmer',
  document: 'INV-2026-0117 Proseware',
  report: 'Proseware device findings, v3',
  note: 'Two pages; the second one has the signature.',
  remark: 'The sessions were in the last week of October.',
  remarkToo: 'Their IT lead has confirmed the dates.',
  host: 'tailwind.example',
  maskedEmail: 'm…@proseware.example',
  comment: 'Page four of the report is missing, and the invoice has no date.',
  why: 'I deliver the workshops in Rotterdam.',
  reviewer: 'Pim Sample',
  admin: 'Ada Sample',
  email: 'noor.sample@tailwind.example',
  tenantId: '0a1b2c3d-0000-4000-8000-5e6f70819203',
} as const;

/** What a name must never do to a card: be read as markdown, mention, date or template, or break the layout. */
export const HOSTILE = {
  markdown: '_Proseware_ **[x](https://evil.example)** `#1`',
  mention: '<at>x</at> & <b>Proseware</b>',
  date: '{{DATE(2026-01-01,SHORT)}}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what somebody may type.
  template: '${x} {{x}}',
  list: '1. Proseware',
  emoji: '🏭👩🏽‍🔧🇳🇱 Proseware 🎉',
  unbroken: 'Prosewareretailgroup'.repeat(5),
  rightToLeft: 'فروشگاه نمونه بروسور',
} as const;
export type Hostile = keyof typeof HOSTILE;
export const HOSTILES = Object.keys(HOSTILE) as Hostile[];

/** Names of sixty characters: as long as real ones get. */
export const LONG_LOCATION = 'Tailwind Delivery Centre for Public Sector and Care in Assen';
export const LONG_LOCATION_TOO = 'Tailwind Delivery Centre for Manufacturing and Trade in Gent';

export const UNTRUSTED: readonly string[] = [
  ...Object.values(TYPED),
  ...Object.values(HOSTILE),
  LONG_LOCATION,
  LONG_LOCATION_TOO,
];

export const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

const NOW = new Date('2026-12-01T09:30:00Z');

export const readerIn = (language: Language): Reader => ({
  language,
  timeZone: 'Europe/Amsterdam',
  now: NOW,
  chatId: '29:sample',
  mark: '1',
  typeahead: true,
  links: linksFrom('https://claimdesk.example', '00000000-0000-4000-8000-000000000010'),
});

export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
export const dueIn = (days: number): Date => endOfWindow(NOW, days);

const NAMES: readonly Engagement['name'][] = [
  { en: 'Device Care Workshop', nl: 'Workshop Apparaatzorg' },
  { en: 'Mailbox Safety Assessment', nl: 'Onderzoek Veilige Mailbox' },
  { en: 'Server Move, Small Project', nl: 'Serververhuizing, klein project' },
  { en: 'Sales Desk Discovery', nl: 'Verkenning Verkoopbalie' },
];
const AREAS = ['modernWork', 'security', 'azure', 'businessApplications'] as const;

export const engagementOf = (number: number, over: Partial<Engagement> = {}): Engagement => {
  const name = NAMES[(number - 1) % NAMES.length] as Engagement['name'];
  const round = Math.ceil(number / NAMES.length);
  const suffix = round === 1 ? '' : ` ${round}`;
  return {
    id: id(900 + number),
    slug: `sample-${number}`,
    version: 1,
    name: { en: `${name.en}${suffix}`, nl: `${name.nl}${suffix}` },
    purpose: { en: 'Made up for the gallery.', nl: 'Verzonnen voor de galerij.' },
    solutionArea: AREAS[(number - 1) % AREAS.length] ?? 'azure',
    kind: 'workshop',
    payment: 'fixed',
    identifierTypes: ['domain', 'tenantId'],
    windows: { consent: 30, submit: 90, review: 120, dispute: 30 },
    rates: { A: 500_000, B: 300_000, C: null },
    effectiveFrom: '2026-01-01',
    customerCriteria: [],
    designations: [],
    maxActivePerCustomer: 1,
    exclusive: false,
    evidence: [
      { key: 'invoice', name: { en: 'Invoice', nl: 'Factuur' }, required: true },
      { key: 'findings', name: { en: 'Findings report', nl: 'Bevindingenrapport' }, required: true },
      { key: 'survey', name: { en: 'Survey of the customer', nl: 'Enquête onder de klant' }, required: false },
    ],
    coSell: false,
    source: TYPED.source,
    verifiedOn: '2026-09-14',
    ...over,
  };
};

export const variableOf = (number: number, over: Partial<Engagement> = {}): Engagement => {
  const { rates: _rates, ...engagement } = engagementOf(number, {
    payment: 'variable',
    identifierTypes: ['msxOpportunityId'],
    verifiedOn: null,
  });
  const terms = { basisPoints: 750, hourlyCents: 16_300 };
  const variable = {
    markets: { A: terms, B: terms, C: null },
    capCents: 600_000,
    hours: { least: 4, most: 400 },
  };
  return { ...engagement, variable, ...over };
};

export const locationOf = (number: number, over: Partial<Location> = {}): Location => ({
  id: id(300 + number),
  organisationId: id(1),
  partnerId: String(91_000_000 + number),
  name: TYPED.location,
  country: 'NL',
  enrolment: 'enrolled',
  designations: null,
  ...over,
});

export const CONTACTS: Contacts = {
  customer: {
    company: TYPED.company,
    name: TYPED.customer,
    email: TYPED.customerEmail,
    country: 'NL',
    language: 'nl',
  },
  partner: { name: TYPED.partner, email: TYPED.partnerEmail, phone: TYPED.partnerPhone },
};

/** Contacts, every name of which is one and the same hostile text. */
export const contactsNamed = (name: string): Contacts => ({
  customer: { ...CONTACTS.customer, company: name, name },
  partner: { ...CONTACTS.partner, name },
});

/** Days until the clock of a status ends, as a claim in the middle of its life has them. */
const CLOCKS: Partial<Record<ClaimStatus, number>> = {
  CUSTOMER_CLAIMED: 30,
  AWAITING_CONSENT: 14,
  CONSENT_RECEIVED: 76,
  ACTION_REQUIRED: 3,
  REJECTED: 30,
};
const ASKED: ReadonlySet<ClaimStatus> = new Set(CLAIM_STATUSES.filter((status) => status !== 'CUSTOMER_CLAIMED'));
const NEVER_CONSENTED = ['CUSTOMER_CLAIMED', 'AWAITING_CONSENT', 'CONSENT_DECLINED', 'CONSENT_EXPIRED'];
const CONSENTED: ReadonlySet<ClaimStatus> = new Set(
  CLAIM_STATUSES.filter((status) => !NEVER_CONSENTED.includes(status)),
);

const SUBMITTED: ReadonlySet<ClaimStatus> = new Set([
  'SUBMITTED',
  'UNDER_REVIEW',
  'ACTION_REQUIRED',
  'REJECTED',
  'DISPUTED',
  'APPROVED',
  'POST_SUBMISSION_EXPIRED',
  'DISPUTE_EXPIRED',
  'REJECTED_FINAL',
]);
const WITH_REVIEWERS: ReadonlySet<ClaimStatus> = new Set(['SUBMITTED', 'UNDER_REVIEW', 'DISPUTED']);
const DISPUTED: ReadonlySet<ClaimStatus> = new Set(['DISPUTED', 'REJECTED_FINAL']);

export const claimOf = (status: ClaimStatus, over: Partial<Claim> = {}): Claim => {
  const days = isTerminal(status) ? undefined : CLOCKS[status];
  return {
    number: 1_000_027,
    organisationId: id(1),
    organisationName: TYPED.organisation,
    ownerId: id(11),
    location: { id: id(301), name: TYPED.location, partnerId: '91000001' },
    customerId: id(21),
    engagementVersionId: id(901),
    engagementSlug: 'sample-1',
    kind: 'added',
    name: TYPED.claim,
    status,
    statusAt: daysAgo(2),
    identifier: { type: 'domain', value: TYPED.domain },
    tenantId: TYPED.tenantId,
    mismatchReason: null,
    market: 'A',
    rateVersionId: CONSENTED.has(status) ? id(901) : null,
    dealSizeTyped: null,
    dealSizeCents: ASKED.has(status) ? 2_500_000 : null,
    hours: null,
    opportunityValueCents: null,
    createdAt: daysAgo(16),
    consentedAt: CONSENTED.has(status) ? daysAgo(4) : null,
    dueAt: days === undefined ? null : dueIn(days),
    submittedAt: SUBMITTED.has(status) ? daysAgo(6) : null,
    submittedById: SUBMITTED.has(status) ? id(11) : null,
    pausedDueAt: WITH_REVIEWERS.has(status) ? dueIn(60) : null,
    disputedAt: DISPUTED.has(status) ? daysAgo(7) : null,
    amountCents: status === 'APPROVED' ? 500_000 : null,
    remindAt: WITH_REVIEWERS.has(status) ? dueIn(2) : null,
    remindsCustomer: false,
    customerReminders: 0,
    customerRemindAt: null,
    contacts: CONTACTS,
    ...over,
  };
};

export const requestOf = (mailState: ConsentRequest['mailState']): ConsentRequest => ({
  id: id(51),
  claimNumber: 1_000_027,
  sentById: id(11),
  toName: TYPED.customer,
  toEmail: TYPED.customerEmail,
  language: 'nl',
  state: 'open',
  mailState,
  mailVersion: '2026-11',
  createdAt: daysAgo(3),
  mailedAt: mailState === 'mailed' ? daysAgo(3) : null,
  typedName: null,
  reason: null,
  mayContact: false,
  mayShare: false,
});

/** What a claim of the first engagement was given: everything that is required once it was submitted. */
export const checklistOf = (status: ClaimStatus): ClaimView['checklist'] =>
  checklist(engagementOf(1), [
    { item: 'invoice', title: TYPED.document, url: `https://${TYPED.host}/files/17`, note: TYPED.note },
    ...(SUBMITTED.has(status)
      ? [{ item: 'findings', title: TYPED.report, url: `https://${TYPED.host}/files/18`, note: null }]
      : []),
  ]);

export const lineOf = (
  what: HistoryLine['what'],
  at: Date,
  by: HistoryLine['by'] = 'person',
  person?: string,
): HistoryLine => ({
  at,
  what,
  facts: {},
  sequence: 1,
  by,
  person: by === 'person' ? (person ?? TYPED.partner) : null,
  standsInFor: null,
  remark: null,
});

export const viewOf = (status: ClaimStatus, over: Partial<ClaimView> = {}): ClaimView => ({
  deal: null,
  claim: claimOf(status),
  engagement: engagementOf(1),
  rated: engagementOf(1),
  owner: TYPED.partner,
  request: ASKED.has(status)
    ? {
        ...requestOf('mailed'),
        ...(CONSENTED.has(status) || status === 'CONSENT_DECLINED' ? { typedName: TYPED.customer } : {}),
        ...(status === 'CONSENT_DECLINED' ? { reason: TYPED.declined } : {}),
      }
    : null,
  history: [
    lineOf('added', daysAgo(16)),
    ...(ASKED.has(status) ? [lineOf('sendConsent', daysAgo(3), 'person', TYPED.colleague)] : []),
    ...(CONSENTED.has(status) ? [lineOf('acceptConsent', daysAgo(2), 'customer')] : []),
    ...(status === 'CONSENT_DECLINED' ? [lineOf('declineConsent', daysAgo(2), 'customer')] : []),
    ...(status === 'CONSENT_EXPIRED' ? [lineOf('expireConsent', daysAgo(2), 'clock')] : []),
    ...(SUBMITTED.has(status)
      ? [{ ...lineOf('submit', daysAgo(6)), remark: `${TYPED.remark}\n${TYPED.remarkToo}` }]
      : []),
  ],
  possible: possibleFor('partner', over.claim ?? claimOf(status)),
  seen: 7,
  checklist: checklistOf(status),
  ...over,
});
