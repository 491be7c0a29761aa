import { proposePayout } from '../../domain/claims/payout.ts';
import type { AddCustomerStep } from '../../domain/drafts/add-customer.ts';
import type { ClaimCustomerStep } from '../../domain/drafts/claim-customer.ts';
import type { Draft, DraftKind, Fault, FieldFault, Inputs } from '../../domain/drafts/draft.ts';
import type { NominationAnswers, NominationKind } from '../../domain/drafts/nomination.ts';
import type { SendConsentAnswers, SendConsentStep } from '../../domain/drafts/send-consent.ts';
import type { NominationView, SendConsentView } from '../../domain/drafts/show-draft.ts';
import type { Language } from '../../domain/people/actor.ts';
import type { Location } from '../../domain/people/people-store.ts';
import { nominationCard } from '../drafts/nominate.ts';
import { resumeCard } from '../drafts/resume.ts';
import { sendConsentCard } from '../drafts/send-consent.ts';
import { NO_NOTES, type Notes } from '../drafts/step.ts';
import { CHOICES } from './choices.ts';
import { FAULTS, type Faulty } from './faults.ts';
import {
  CONTACTS,
  claimOf,
  contactsNamed,
  daysAgo,
  dueIn,
  engagementOf,
  HOSTILE,
  HOSTILES,
  id,
  LONG_LOCATION,
  LONG_LOCATION_TOO,
  locationOf,
  type Pose,
  readerIn,
  TYPED,
  UNTRUSTED,
  variableOf,
} from './sample.ts';

const draftOf = (kind: DraftKind, step: string): Draft => ({
  id: id(71),
  personId: id(11),
  kind,
  claim: kind === 'sendConsent' ? 1_000_027 : null,
  step,
  answers: {},
  commandId: id(72),
  status: 'open',
  updatedAt: daysAgo(1),
});

const NAMED = { type: 'domain', value: TYPED.domain, tenantId: TYPED.tenantId, tenantName: TYPED.tenantName } as const;

const ANSWERS: NominationAnswers = {
  name: TYPED.claim,
  locationId: id(301),
  identifier: NAMED,
  engagements: [id(901), id(902)],
  ...CONTACTS,
  mismatchReason: null,
};

const LOCATIONS = [
  locationOf(1),
  locationOf(2, { name: TYPED.elsewhere, country: 'BE' }),
  locationOf(3, { name: LONG_LOCATION_TOO, country: 'BE', enrolment: 'validating' }),
];

type AnyStep = AddCustomerStep | ClaimCustomerStep;

/** Locations as the step shows them: those to choose from, and the others. */
const places = (all: readonly Location[]) => ({
  locations: {
    options: all.filter(({ enrolment }) => enrolment === 'enrolled').slice(0, 15),
    searched: all.length > 15,
  },
  notForChoice: all.filter(({ enrolment }) => enrolment !== 'enrolled').map((place) => ({ place, verdict: null })),
});

const many = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const KNOWN = many(15).map((number) => ({ id: id(400 + number), name: `${TYPED.company} ${number}` }));

const view = (
  step: AnyStep,
  over: Partial<NominationView> = {},
  kind: NominationKind = 'addCustomer',
): NominationView => ({
  kind,
  draft: draftOf(kind, step),
  answers: ANSWERS,
  names: (over.answers ?? ANSWERS).identifier === undefined ? [] : [(over.answers ?? ANSWERS).identifier ?? NAMED],
  customers: { options: KNOWN.slice(0, 4), searched: false },
  keptCustomer: (over.answers ?? ANSWERS).customerId === undefined ? null : (KNOWN[1] ?? null),
  ...places(LOCATIONS),
  keptLocation: (over.answers ?? ANSWERS).locationId === undefined ? null : locationOf(1),
  payout: null,
  customer: { company: TYPED.company, country: 'NL' },
  location: locationOf(1),
  choice: CHOICES.mixed,
  chosen: [engagementOf(1), engagementOf(2)],
  customerName: TYPED.company,
  partner: { name: TYPED.partner },
  ...over,
});

const NOTHING_KNOWN = { answers: {}, customerName: null, customer: {}, partner: {} } as const;

const notes = (faults: readonly FieldFault[], typed: Inputs = {}): Notes => ({ faults, typed, stale: false });

/** A form that was begun at a message, and at one whose sender is not whom it is about. */
const AT_MESSAGE: Partial<NominationView> = {
  ...NOTHING_KNOWN,
  answers: { fromMessage: { email: TYPED.customerEmail, name: TYPED.customer } },
  customer: { email: TYPED.customerEmail, name: TYPED.customer },
};
const AT_OTHERS_MESSAGE: Partial<NominationView> = {
  ...NOTHING_KNOWN,
  answers: { fromMessage: { email: TYPED.customerEmail, name: null } },
};

type State = { readonly view?: Partial<NominationView>; readonly notes?: Notes };

const TENANT_GIVEN: NominationAnswers = {
  ...ANSWERS,
  identifier: { type: 'tenantId', value: TYPED.tenantId, tenantId: TYPED.tenantId, tenantName: null },
  mismatchReason: TYPED.mismatch,
};

const PAYS = { opportunityValueCents: 5_000_000, hours: 40 };
const VARIABLE: Partial<NominationView> = {
  answers: {
    ...ANSWERS,
    identifier: { type: 'msxOpportunityId', value: TYPED.opportunityId, tenantId: null, tenantName: null },
    opportunity: { name: TYPED.opportunity, valueCents: PAYS.opportunityValueCents },
    hours: PAYS.hours,
  },
  chosen: [variableOf(1)],
};

/** Every step, in every state that looks different. A new step asks for its own here. */
const STATES: Record<AnyStep, Readonly<Record<string, State>>> = {
  customer: {
    empty: { view: NOTHING_KNOWN },
    filled: { view: { answers: { customerId: id(402) } } },
    'nobody known': { view: { ...NOTHING_KNOWN, customers: { options: [], searched: false } } },
    'too many to list': { view: { ...NOTHING_KNOWN, customers: { options: KNOWN, searched: true } } },
    'searched for': {
      view: { ...NOTHING_KNOWN, customers: { options: KNOWN, searched: true } },
      notes: { ...NO_NOTES, find: TYPED.company },
    },
    'hostile names': {
      view: {
        ...NOTHING_KNOWN,
        customers: {
          options: HOSTILES.map((hostile, index) => ({ id: id(500 + index), name: HOSTILE[hostile] })),
          searched: false,
        },
      },
    },
  },
  name: {
    empty: { view: NOTHING_KNOWN },
    filled: {},
    'at a message': { view: AT_MESSAGE },
    'at a message of others': { view: AT_OTHERS_MESSAGE },
  },
  location: {
    empty: { view: NOTHING_KNOWN },
    filled: {},
    'one enrolled': { view: { ...NOTHING_KNOWN, ...places(LOCATIONS.slice(0, 1)) } },
    'none enrolled': {
      view: {
        ...NOTHING_KNOWN,
        ...places(
          (['invited', 'enrolling', 'actionRequired', 'validating', 'inactive'] as const).map((enrolment, index) =>
            locationOf(index + 1, { enrolment, name: `${TYPED.elsewhere} ${index + 1}` }),
          ),
        ),
      },
    },
    'long names': {
      view: {
        ...places([
          locationOf(1, { name: LONG_LOCATION }),
          locationOf(2, { name: LONG_LOCATION_TOO, country: 'BE' }),
          locationOf(3, { name: LONG_LOCATION_TOO, enrolment: 'actionRequired' }),
        ]),
      },
    },
    'too many to list': { view: places(many(40).map((number) => locationOf(number))) },
    'searched for': {
      view: { locations: { options: [locationOf(1)], searched: true } },
      notes: { ...NO_NOTES, find: 'utrecht' },
    },
    'nothing found': {
      view: { answers: {}, locations: { options: [], searched: true } },
      notes: { ...NO_NOTES, find: 'atlantis' },
    },
    'not eligible for the engagement': {
      view: {
        locations: { options: [], searched: false },
        notForChoice: LOCATIONS.map((place) => ({
          place,
          verdict: {
            verdict: 'ineligible',
            reasons: [{ code: 'designationMissing', needed: ['security'], held: ['modernWork'] }],
          },
        })),
      },
    },
    'hostile names': {
      view: {
        ...places(
          HOSTILES.flatMap((hostile, index) =>
            (['enrolled', 'invited'] as const).map((enrolment) =>
              locationOf(index + 1, { name: HOSTILE[hostile], enrolment }),
            ),
          ),
        ),
      },
    },
  },
  identifier: {
    empty: { view: NOTHING_KNOWN },
    filled: {},
    'at a message': { view: AT_MESSAGE },
    'tenant id typed': {
      notes: notes([{ field: 'tenantInstead', fault: { code: 'guid.invalid' } }], {
        identifierType: 'domain',
        identifierValue: TYPED.domain,
        tenantInstead: '0a1b',
      }),
    },
  },
  engagements: {
    empty: { view: { answers: { ...ANSWERS, engagements: [] } } },
    filled: {},
    'every reason': { view: { choice: CHOICES.everyReason } },
    'none eligible': { view: { choice: CHOICES.noneEligible } },
    'none of many eligible': { view: { choice: CHOICES.noneOfMany } },
    'twenty eligible': { view: { choice: CHOICES.twenty } },
    'hostile names': { view: { choice: CHOICES.hostile } },
    'variable payment': { view: { ...VARIABLE, choice: CHOICES.variable } },
    'two of variable payment': { view: { ...VARIABLE, choice: CHOICES.variableTwo } },
    'none of variable payment': { view: { ...VARIABLE, choice: CHOICES.variableNone } },
    'location gone': { view: { choice: null } },
    'tenant id': { view: { answers: TENANT_GIVEN } },
  },
  contacts: {
    empty: { view: { ...NOTHING_KNOWN, answers: { identifier: TENANT_GIVEN.identifier } } },
    known: { view: { answers: { identifier: TENANT_GIVEN.identifier } } },
    filled: {},
    'at a message': { view: AT_MESSAGE },
    'mismatch explained': { view: { answers: TENANT_GIVEN } },
    'every fault': {
      notes: notes(
        [
          { field: 'customerCompany', fault: { code: 'text.tooLong', most: 200, typed: 214 } },
          { field: 'customerName', fault: { code: 'text.missing' } },
          { field: 'customerEmail', fault: { code: 'email.invalid' } },
          { field: 'customerCountry', fault: { code: 'choice.missing' } },
          { field: 'customerLanguage', fault: { code: 'choice.missing' } },
          { field: 'mismatchReason', fault: { code: 'text.tooLong', most: 500, typed: 512 } },
          { field: 'partnerName', fault: { code: 'text.missing' } },
          { field: 'partnerEmail', fault: { code: 'email.invalid' } },
          { field: 'partnerPhone', fault: { code: 'phone.invalid' } },
        ],
        { customerName: '', customerEmail: TYPED.customer, partnerName: '', partnerPhone: 'x' },
      ),
    },
  },
  review: {
    filled: {},
    mismatch: { view: { answers: TENANT_GIVEN } },
    'variable payment': { view: { ...VARIABLE, payout: proposePayout(variableOf(1), 'A', PAYS) } },
    'limited by hours': {
      view: { ...VARIABLE, payout: proposePayout(variableOf(1), 'A', { ...PAYS, hours: 10 }) },
    },
    'no payout': { view: { ...VARIABLE, payout: { missing: ['terms'] } } },
    'five engagements': { view: { chosen: [1, 2, 3, 4, 5].map((number) => engagementOf(number)) } },
    refused: { notes: notes([{ field: 'review', fault: { code: 'location.notEnrolled' } }]) },
  },
};

const BEGUN = { ...CONTACTS, seen: claimOf('CUSTOMER_CLAIMED').statusAt.toISOString() };
const CONSENT: SendConsentAnswers = { ...BEGUN, dealSizeCents: 2_500_050 };

const consentView = (step: SendConsentStep, over: Partial<SendConsentView> = {}): SendConsentView => ({
  kind: 'sendConsent',
  draft: draftOf('sendConsent', step),
  answers: CONSENT,
  claim: claimOf('CUSTOMER_CLAIMED'),
  engagement: engagementOf(1),
  converts: false,
  ...over,
});

const EUROS = { cents: 4_000_000, currency: 'EUR', rate: 1.1628, month: '2026-12' };

const CONSENT_STATES: Record<SendConsentStep, Readonly<Record<string, Partial<SendConsentView>>>> = {
  contacts: {
    filled: {},
    again: { claim: claimOf('AWAITING_CONSENT') },
    'mismatch explained': { claim: claimOf('CUSTOMER_CLAIMED', { mismatchReason: TYPED.mismatch }) },
  },
  dealSize: {
    empty: { answers: BEGUN },
    filled: {},
    converts: { answers: BEGUN, converts: true },
    'in euros': { answers: { ...CONSENT, dealSizeTyped: EUROS }, converts: true },
    frozen: { claim: claimOf('AWAITING_CONSENT') },
  },
  review: {
    filled: {},
    'last day': { claim: claimOf('CUSTOMER_CLAIMED', { dueAt: new Date('2026-12-01T23:59:59.999Z') }) },
    again: { claim: claimOf('AWAITING_CONSENT', { dueAt: dueIn(12) }) },
    'again with reminders': {
      claim: claimOf('AWAITING_CONSENT', { dueAt: dueIn(12), remindsCustomer: true, customerReminders: 1 }),
    },
    'reminders chosen': { answers: { ...CONSENT, remind: true } },
    mismatch: { answers: { ...CONSENT, mismatchReason: TYPED.mismatch } },
  },
};

/** The only step of the other form that has faults of its own. */
const isConsentStep = (step: string): step is SendConsentStep => step === 'dealSize';

/** Both forms, step by step, and the offer to go on with one that is half-way. */
export const draftPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const adding = (name: string, step: AnyStep, state: State = {}) => {
    const kind = step === 'customer' ? 'claimCustomer' : 'addCustomer';
    return pose(`add ${step} ${name}`, nominationCard(reader, view(step, state.view, kind), state.notes ?? NO_NOTES));
  };
  /** The steps that look different in the form for a customer one knows. */
  const claiming = (step: ClaimCustomerStep) =>
    pose(`claim ${step} filled`, nominationCard(reader, view(step, { names: [NAMED] }, 'claimCustomer'), NO_NOTES));
  /** A customer who reads what the partner reads: what is said to the customer is shown in their language. */
  const asking = (name: string, step: SendConsentStep, over: Partial<SendConsentView> = {}, said: Notes = NO_NOTES) => {
    const shown = consentView(step, over);
    const answers = { ...shown.answers, customer: { ...shown.answers.customer, language } };
    return pose(`consent ${step} ${name}`, sendConsentCard(reader, { ...shown, answers }, said));
  };
  const stale: Notes = { ...NO_NOTES, stale: true };
  const steps = Object.keys(STATES) as AnyStep[];
  const consentSteps = Object.keys(CONSENT_STATES) as SendConsentStep[];
  return [
    ...steps.flatMap((step) => [
      ...Object.entries(STATES[step]).map(([name, state]) => adding(name, step, state)),
      adding('stale', step, { notes: stale }),
    ]),
    ...Object.values<Faulty<Fault['code']>>(FAULTS).map(({ step, field, typed, fault }) => {
      const said = notes([{ field, fault }], typed === undefined ? {} : { [field]: typed });
      return isConsentStep(step)
        ? asking(fault.code, step, {}, said)
        : adding(fault.code, step as AnyStep, {
            ...(fault.code.startsWith('hours') ? { view: { ...VARIABLE, choice: CHOICES.variable } } : {}),
            notes: said,
          });
    }),
    ...HOSTILES.map((hostile) =>
      adding(`hostile ${hostile}`, 'review', {
        view: {
          answers: {
            ...TENANT_GIVEN,
            name: HOSTILE[hostile],
            ...contactsNamed(HOSTILE[hostile]),
            mismatchReason: HOSTILE[hostile],
          },
          location: locationOf(1, { name: HOSTILE[hostile] }),
        },
      }),
    ),
    ...HOSTILES.map((hostile) =>
      adding(`hostile ${hostile}`, 'contacts', { view: { answers: contactsNamed(HOSTILE[hostile]) } }),
    ),
    ...consentSteps.flatMap((step) => [
      ...Object.entries(CONSENT_STATES[step]).map(([name, over]) => asking(name, step, over)),
      asking('stale', step, {}, stale),
    ]),
    ...HOSTILES.map((hostile) =>
      asking(`hostile ${hostile}`, 'review', {
        answers: { ...CONSENT, ...contactsNamed(HOSTILE[hostile]), mismatchReason: HOSTILE[hostile] },
        claim: claimOf('AWAITING_CONSENT', { name: HOSTILE[hostile] }),
      }),
    ),
    ...(['name', 'engagements', 'review'] as const).map(claiming),
    pose('resume claiming', resumeCard(reader, view('contacts', {}, 'claimCustomer'))),
    pose('resume begun', resumeCard(reader, view('name', NOTHING_KNOWN))),
    pose('resume at a message', resumeCard(reader, view('contacts'), AT_MESSAGE.answers)),
    pose('resume half-way', resumeCard(reader, view('contacts'))),
    pose('resume hostile', resumeCard(reader, view('contacts', { answers: { ...ANSWERS, name: HOSTILE.markdown } }))),
  ];
};
