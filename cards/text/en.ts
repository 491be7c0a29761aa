import type { RouteFault } from '../../domain/channels/set-up-channel.ts';
import type { HistoryEvent, HistoryLine } from '../../domain/claims/show-claim.ts';
import type { ClaimStatus } from '../../domain/claims/status.ts';
import type { DealFault } from '../../domain/co-sell/keep-deal.ts';
import type { IdentifierType } from '../../domain/customers/identifier.ts';
import type { Fault } from '../../domain/drafts/draft.ts';
import type { Missing, Reason, SeenFact } from '../../domain/engagements/eligibility.ts';
import type { Criterion, Engagement, FactName, Segment } from '../../domain/engagements/engagement.ts';
import type { SubscriptionFault } from '../../domain/notices/change-subscription.ts';
import type { ClaimNotice } from '../../domain/notices/notice.ts';
import type { AccessFault } from '../../domain/people/access.ts';
import type { Enrolment } from '../../domain/people/people-store.ts';
import type { StandInFault } from '../../domain/people/stand-in.ts';
import type { EvidenceFault } from '../../domain/review/evidence.ts';
import { accessEn } from './access-en.ts';
import { coSellEn } from './co-sell-en.ts';
import { composeEn } from './compose-en.ts';
import { customerRemindersEn } from './customer-reminders-en.ts';
import { customersEn } from './customers-en.ts';
import { exportsEn } from './exports-en.ts';
import { importEn } from './import-en.ts';
import { remindersEn } from './reminders-en.ts';
import { reviewEn } from './review-en.ts';
import { designation, spelling } from './spelling.ts';
import { tabEn } from './tab-en.ts';

const { number, day, country, anyOf, allOf, capital } = spelling('en-GB');

type Coded<U, C> = U extends { readonly code: infer D } ? (C extends D ? U : never) : never;
/** One sentence for each code, from the fact that carries it. */
export type By<U extends { readonly code: string }> = { readonly [C in U['code']]: (what: Coded<U, C>) => string };

const identifierTypes: Record<IdentifierType, string> = {
  domain: 'Domain name',
  tenantId: 'Tenant ID',
  tpid: 'TPID',
  azureSubscriptionId: 'Azure subscription ID',
  msxOpportunityId: 'MSX opportunity ID',
};

const facts: Record<FactName, string> = {
  country: 'country',
  seats: 'paid seats',
  monthlyActiveUsers: 'monthly active users',
  azureMonthlySpendUsd: 'Azure spend per month (USD)',
  servers: 'servers',
  segment: 'segment',
  microsoftManaged: 'managed by a Microsoft account team',
};

const segments: Record<Segment, string> = {
  enterprise: 'enterprise',
  smb: 'small and medium business',
  government: 'government',
  education: 'education',
};

const claims = (count: number) => (count === 1 ? '1 claim' : `${number(count)} claims`);

const needed = (criterion: Criterion): string => {
  if ('oneOf' in criterion) return anyOf(criterion.oneOf.map((segment) => segments[segment]));
  if ('is' in criterion) return criterion.is ? 'yes' : 'no';
  const { atLeast, atMost } = criterion;
  if (atLeast !== undefined && atMost !== undefined) return `${number(atLeast)} to ${number(atMost)}`;
  return atLeast !== undefined ? `at least ${number(atLeast)}` : `at most ${number(atMost ?? 0)}`;
};

const seen = (value: SeenFact): string => {
  if (typeof value === 'number') return number(value);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : segments[value];
};

const statuses: Record<ClaimStatus, string> = {
  CUSTOMER_CLAIMED: 'Consent not asked yet',
  AWAITING_CONSENT: 'Awaiting consent',
  CONSENT_RECEIVED: 'Consent received',
  SUBMITTED: 'Submitted',
  UNDER_REVIEW: 'Under review',
  ACTION_REQUIRED: 'Action required',
  REJECTED: 'Rejected',
  DISPUTED: 'Disputed',
  APPROVED: 'Approved',
  CONSENT_DECLINED: 'Consent declined',
  CONSENT_EXPIRED: 'Consent expired',
  NOT_SUBMITTED_EXPIRED: 'Expired before submission',
  POST_SUBMISSION_EXPIRED: 'Expired after submission',
  DISPUTE_EXPIRED: 'Dispute expired',
  CANCELED: 'Canceled',
  REJECTED_FINAL: 'Rejected, final',
};

const ended = 'Nothing more to do: this claim has ended.';
const endedAgain =
  'This claim has ended, for good. Start again with a new one if the customer still wants to take part.';

const enrolments: Record<Enrolment, string> = {
  invited: 'invited, not enrolled yet',
  enrolling: 'enrolling',
  actionRequired: 'enrolment needs action',
  validating: 'enrolment is being validated',
  enrolled: 'enrolled',
  inactive: 'inactive',
};

const solutionAreas: Record<Engagement['solutionArea'], string> = {
  modernWork: 'Modern Work',
  security: 'Security',
  azure: 'Azure',
  businessApplications: 'Business Applications',
};

const reasons: By<Reason> = {
  locationNotEnrolled: () => 'The location is not enrolled in MCI.',
  designationMissing: (r) =>
    `The location needs one of these designations: ${anyOf(r.needed.map(designation))}. It holds: ${allOf(r.held.map(designation)) || 'none'}.`,
  partnerLimit: (r) =>
    `Open claims of your organisation for this engagement: ${number(r.open)}; allowed: ${number(r.allowed)}.`,
  nominationClosed: (r) => `New claims were possible until ${day(r.lastDay)}.`,
  identifierNotAccepted: (r) =>
    `Not accepted here: ${identifierTypes[r.given]}. Use: ${anyOf(r.accepted.map((type) => identifierTypes[type]))}.`,
  countryNotCovered: (r) =>
    `It is not offered in the customer's country (${country(r.country)}). Offered in: ${allOf(r.covered.map(country))}.`,
  noRateInMarket: (r) =>
    `There is no rate for market ${r.market}, which holds the customer's country (${country(r.country)}).`,
  criterion: (r) => `${capital(facts[r.criterion.fact])}: ${seen(r.seen)}; needed: ${needed(r.criterion)}.`,
  ownOpenClaim: (r) => `Your organisation already has claim ${r.number} open for this engagement.`,
  activeLimit: (r) =>
    `The customer has ${number(r.active)} active ${r.active === 1 ? 'claim' : 'claims'} for this engagement; ${number(r.allowed)} allowed.`,
  totalLimit: (r) =>
    `The customer has had ${claims(r.total)} for this engagement; ${number(r.allowed)} allowed in all.`,
  heldByAnotherPartner: () => 'Another partner holds this customer for this engagement.',
};

/** Whatever may be wrong with a field of any form. */
export type FormFault = Fault | AccessFault | DealFault | EvidenceFault | RouteFault | StandInFault | SubscriptionFault;

const faults: By<FormFault> = {
  'text.missing': () => 'Fill this in.',
  'text.tooLong': (f) => `Use at most ${number(f.most)} characters; this has ${number(f.typed)}.`,
  'choice.missing': () => 'Choose one from the list.',
  'email.invalid': () => 'Write one e-mail address, such as anna@fabrikam.example.',
  'phone.invalid': () => 'Write a phone number with digits, spaces, + ( ) . and -, such as +31 20 555 0100.',
  'location.notAllowed': () => 'You hold no Incentives role for that location. Choose one from the list.',
  'location.notEnrolled': () => 'That location is not enrolled in MCI. Choose an enrolled one.',
  'domain.url': (f) =>
    f.suggestion === null
      ? 'That is a web address. Write the domain name only, such as fabrikam.example.'
      : `That is a web address. Write the domain name only: ${f.suggestion}`,
  'domain.email': (f) =>
    f.suggestion === null
      ? 'That is an e-mail address. Write the domain name only, such as fabrikam.example.'
      : `That is an e-mail address. Write the domain name only: ${f.suggestion}`,
  'domain.invalid': () => 'That is not a domain name. Write it like fabrikam.example.',
  'domain.isGuid': () => 'That is an ID, not a domain name. Choose “Tenant ID” or “Azure subscription ID” above.',
  'domain.isNumber': () => 'That is a number, not a domain name. If it is a TPID, choose “TPID” above.',
  'domain.publicMail': () => "Anyone can have an address at that mail provider. Write the customer's own domain.",
  'domain.sharedParent': () =>
    'Everyone shares onmicrosoft.com. Write the whole name, such as fabrikam.onmicrosoft.com.',
  'domain.notFound': () =>
    'No Microsoft tenant answers to this domain. Check the spelling, or fill in the tenant ID below: the customer may be in another Microsoft cloud.',
  'domain.lookUpFailed': () =>
    'The look-up of this domain did not answer. Try again in a moment, or fill in the tenant ID below.',
  'guid.invalid': () =>
    'That is not a valid ID. It has 32 hexadecimal digits, like 01234567-89ab-cdef-0123-456789abcdef.',
  'tenantId.consumer': () =>
    'That is the tenant of personal Microsoft accounts. Ask the customer for the tenant of their company.',
  'tpid.invalid': () => 'A TPID is a number of 3 to 12 digits that does not begin with 0.',
  'tpid.negative': () =>
    'Negative numbers stand for customers without a Microsoft account team. Use another kind of identifier.',
  'msx.invalid': () => 'An MSX opportunity ID is 7- and 8 to 12 letters and digits, such as 7-1A2B3C4D5E.',
  'hours.notWhole': () => 'Write a whole number of hours, such as 40.',
  'hours.outside': (f) => `This engagement pays for ${number(f.least)} to ${number(f.most)} hours.`,
  'location.notEligible': (f) =>
    ['That location cannot claim for this engagement.', ...f.reasons.map((reason) => say(reasons, reason))].join(' '),
  'customer.changed': () =>
    'What is known of the customer changed since you chose the engagements, and with it the name or the amount. Press “Change engagements” and look them over.',
  'engagement.newVersion': (f) =>
    `The terms of ${f.engagement.en} changed since you chose it. Press “Change engagements” and choose it again.`,
  'customer.notKnown': () =>
    'Your organisation does not know this customer from an earlier consent. Choose one from the list, or add the customer.',
  'opportunity.unknown': () =>
    'No opportunity with this ID was imported. Check the spelling, or ask a program admin to import it.',
  'opportunity.closed': (f) => `This opportunity is closed (${f.state}). Only an open one can be nominated.`,
  'opportunity.used': (f) =>
    f.number === null
      ? 'Another claim uses this opportunity already.'
      : `Your claim ${f.number} uses this opportunity already.`,
  'opportunity.noValue': () =>
    'The value of this opportunity is not known, so no payout can be computed. Ask a program admin to import it.',
  'opportunity.zero': () =>
    'This opportunity has a value of 0, so the payout would be 0. Ask its Microsoft seller to fill in the value first.',
  'opportunity.changed': () =>
    'The opportunity has another value now than when you chose it. Press “Change customer” and go on from there.',
  'payout.missing': (f) =>
    `No payout can be computed. Missing: ${allOf(f.missing.map((input) => customersEn.payout.inputs[input]))}.`,
  'engagement.onlyOne': () => 'Choose one engagement: variable payment is claimed one at a time.',
  'engagement.none': () => 'Choose at least one engagement from the eligible list.',
  'engagement.notEligible': (f) =>
    [`${f.engagement.en} cannot be chosen any more.`, ...f.reasons.map((reason) => say(reasons, reason))].join(' '),
  'mismatch.reasonMissing': (f) =>
    `${f.emailDomain} does not lead to the tenant you gave. Correct one of them, or say why they differ.`,
  'mismatch.notKnown': (f) =>
    `The look-up of ${f.emailDomain} did not answer, so nobody knows whether it belongs to the tenant you gave. Try again in a moment, or say how the two belong together.`,
  'link.invalid': () => 'That is no web address. Write it whole, such as https://fabrikam.example/report.',
  'link.notHttps': () =>
    'Only links that begin with https:// are kept. Copy the link from where the document is shared.',
  'link.password': () => 'The link holds a name or a password, which everybody would see. Share the document instead.',
  'access.held': () => 'You hold this role already.',
  'access.asked': () => 'You have asked for this role already; it is not decided yet.',
  'day.missing': () => 'Choose a day.',
  'day.over': () => 'That day is over.',
  'day.beforeFirst': () => 'The last day is before the first.',
  'day.ahead': () => 'That day is still to come.',
  'day.farAway': () => 'Choose a day within ten years.',
  'countries.unknown': (f) => `“${f.typed}” is no country code. Use two letters each, such as NL, BE.`,
  'day.tooFar': (f) => `A stand-in reviews for at most ${number(f.most)} days.`,
  'time.missing': () => 'Choose a time, such as 09:00.',
  'time.invalid': () => 'Write a time of day as 09:00.',
  'quiet.half': () => 'Fill in both times, or neither.',
  'quiet.allDay': () =>
    'That would be quiet all day, and nothing would ever be said. Leave both empty for no quiet hours.',
  'zone.unknown': (f) =>
    f.typed === ''
      ? 'Fill in a time zone, such as Europe/Amsterdam.'
      : 'There is no such time zone. Write one like Europe/Amsterdam.',
  'location.unknown': (f) => `There is no location with PartnerID ${f.typed} for whom you chose.`,
  'locations.notYours': () => 'Choose only locations for which you are Incentives admin.',
  'engagement.unknown': (f) => `There is no engagement ${f.typed}.`,
  'rate.none': (f) =>
    `Partner Center has no rate for ${f.currency} this month. Choose another currency, or type US dollars.`,
  'rate.refused': (f) => `Partner Center gives Claimdesk no rate for ${f.currency} here. Type US dollars.`,
  'rate.unavailable': (f) =>
    `The rate for ${f.currency} could not be asked for just now. Try again in a while, or type US dollars.`,
  'money.invalid': () => 'Write an amount in digits, such as 25000, 25,000.00 or 25.000,00.',
  'money.notPositive': () => 'The amount must be more than 0.',
  'money.tooLarge': () => 'That is more than any deal. Write whole US dollars in digits.',
};

/** Finds the words of a coded fact. */
export const say = <U extends { readonly code: string }>(words: By<U>, what: U): string =>
  (words[what.code as U['code']] as (what: U) => string)(what);

export const en = {
  language: 'English',
  identifierTypes,
  facts,
  statuses,
  enrolments,
  solutionAreas,
  reasons,
  faults,
  country,
  missing: (missing: Missing): string =>
    missing.of === 'location'
      ? "the location's designations"
      : missing.of === 'terms'
        ? 'what this engagement pays'
        : missing.fact === 'microsoftManaged'
          ? 'whether a Microsoft account team manages the customer'
          : `the customer's ${facts[missing.fact]}`,
  tab: tabEn,
  common: {
    next: 'Next',
    back: 'Back',
    cancel: 'Cancel',
    openInTab: 'Open in the tab',
    refresh: 'Refresh',
    more: (count: number) => `And ${number(count)} more.`,
    step: (at: number, of: number) => `Step ${at} of ${of}`,
    checkFields: (count: number) =>
      count === 1
        ? 'One field needs your attention. Nothing was lost.'
        : `${count} fields need your attention. Nothing was lost.`,
    openClaim: (claim: number) => `Open claim ${claim}`,
    days: (left: number) =>
      left < 0 ? 'over' : left === 0 ? 'last day today' : left === 1 ? '1 day left' : `${left} days left`,
    money: (usd: string) => `${usd}\u00a0USD`,
    working:
      'This takes longer than usual and is still going on. Look again in a moment: press the button once more, or type the command.',
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    repeat: 'This may be a repeat: Teams did not answer the first time.',
  },
  help: {
    title: 'What Claimdesk can do here',
    hello: (name: string) => `Hello ${name}`,
    intro: 'Claimdesk keeps your MCI claims, their deadlines and the consent of your customers in one place.',
    unknown: (typed: string): readonly string[] => ['I do not know “', typed, '”.'],
    nearest: (command: string) => `Did you mean “${command}”?`,
    commands: {
      add: { command: 'add customer', what: 'nominate a new customer for one or more engagements' },
      claimCustomer: { command: 'claim customer', what: 'nominate a customer you know from an earlier consent' },
      customers: {
        command: 'customers',
        what: 'who is eligible for an engagement, who is not and why, what has ended',
      },
      claims: { command: 'claims', what: 'the claims you can work on, next deadline first' },
      claim: { command: 'claim 1000027', what: 'one claim by its number: details, history, what can be done now' },
      exports: { command: 'export claims', what: 'your claims as a file for Excel; “export customers” likewise' },
      reviews: { command: 'reviews', what: 'submitted claims that wait for a review' },
      people: { command: 'people', what: 'who holds which role, requests for access, taking a role away' },
      standIn: { command: 'stand-in', what: 'somebody reviews in your place for a while' },
      access: { command: 'request access', what: 'ask for a role' },
      channel: {
        command: 'set up this channel',
        what: 'have reviews, access requests, co-sell deals, reminders and notices of claims posted here',
      },
      files: { command: 'import', what: 'customers, opportunities, locations or engagements from a file' },
      language: { command: 'nederlands', what: 'Claimdesk speaks Dutch to you' },
      help: { command: 'help', what: 'this overview' },
    },
    addButton: tabEn.addCustomer,
    claimsButton: 'List claims',
    customersButton: 'Customers',
    languageButton: 'Nederlands',
    languageChosen: 'From now on Claimdesk speaks English to you.',
    noRole:
      'You hold no Incentives role yet, so there is nothing to show. Request access: an admin decides, and you hear here.',
    accessButton: tabEn.noRole.request,
    reviewsButton: 'Reviews',
    button: 'Help',
  },
  refused: {
    notYours: {
      title: 'This form is not yours',
      body: 'Only the person who began it can go on with it.',
      offer: 'add.start' as const,
    },
    staleTyped:
      'That card was from an earlier moment. What you typed is below and not kept yet: look it over, then press Next.',
    stale: 'That card was from an earlier moment. Nothing was changed; this is how it stands now.',
    noSuchClaim: (claim: number) => ({
      title: 'No such claim',
      body: `There is no claim ${claim} that you may see.`,
      offer: 'claims.list' as const,
    }),
    noRole: { title: tabEn.noRole.title, body: tabEn.noRole.body, offer: 'access.start' as const },
    malformed: {
      title: 'That button did not work',
      body: 'It did not bring what Claimdesk had put in it, so nothing was changed. Type what you want to do instead.',
    },
    failed: (reference: string) => ({
      title: 'Something went wrong on our side',
      body: `Nothing was lost. Try again in a moment; if it happens again, give your Claimdesk contact reference ${reference}.`,
    }),
    notServed: 'This organisation is not served by this Claimdesk.',
    notKnown: 'Claimdesk could not tell who is asking, or from where. Open the app from Teams and try again.',
    notSupported: 'Claimdesk does not know this request.',
    personalOnly: {
      title: 'In your personal chat, please',
      body: 'Claims and forms hold details of customers, so Claimdesk shows them only in your personal chat with it.',
    },
  },
  add: {
    title: 'Add customer',
    resume: {
      title: 'You have a form half-way',
      body: 'You began to add a customer and have not finished.',
      changed: (date: string) => `Last changed ${date}`,
      go: 'Go on',
      over: 'Start over',
    },
    canceled: { title: 'Form canceled', body: 'Nothing was kept.', offer: 'add.start' as const },
    name: {
      title: 'What do you want to call it?',
      label: 'Friendly name',
      hint: 'You and your colleagues recognise the claim by it. The customer does not see it.',
      placeholder: 'Fabrikam endpoint workshop, autumn',
      error: 'Give it a name of 1 to 100 characters.',
    },
    location: {
      title: 'Which of your locations runs it?',
      label: 'Location',
      placeholder: 'Choose a location',
      hint: 'The location is paid for the engagement. Only enrolled locations can be chosen.',
      error: 'Choose a location.',
      notEnrolled: 'Not enrolled in MCI, so not in the list',
      notEligible: 'Not eligible for this engagement, so not in the list',
      noneEligible: 'None of your enrolled locations can claim for this engagement now. The reasons stand below.',
      none: 'None of the locations you hold a role for is enrolled in MCI. Ask an Incentives admin to complete the enrolment.',
    },
    identifier: {
      title: 'Who is the customer?',
      type: 'Kind of identifier',
      value: 'Identifier',
      hint: 'Eligibility is checked for exactly this identifier; another one of the same customer may give another answer. Once you confirm, it is frozen.',
      variable: 'variable payment',
      placeholder: 'fabrikam.example, or the ID itself',
      error: 'Fill in the identifier.',
      typeError: 'Choose a kind of identifier.',
      instead: 'Tenant ID (instead of the domain)',
    },
    engagements: {
      title: 'Which engagements?',
      label: 'Eligible: your location and this customer qualify',
      error: 'Choose at least one engagement.',
      none: 'This location and customer qualify for no engagement with this identifier. Another kind of identifier may give another answer.',
      noneKnown:
        'This location and customer qualify for no engagement. Under another identifier the answer may be another: add the customer by it.',
      noneMsx: 'This location and opportunity qualify for no engagement now. Why not is told below.',
      noneYet: 'No engagement can be chosen yet: what is missing to judge them stands below.',
      ineligible: 'Not eligible',
      unknown: 'Not known yet',
      unknownHint:
        'Something is missing, so there is no verdict. Ask your program admin to import it, or try another identifier or location.',
      missing: (what: string) => `Missing: ${what}.`,
      rate: (usd: string, verified: boolean) => (verified ? `${usd}\u00a0USD` : `${usd}\u00a0USD (demo amount)`),
      noRate: 'amount to be set',
      labelOne: 'Eligible: choose one',
      errorOne: 'Choose one engagement.',
      byHours: 'paid by opportunity and hours',
      hours: 'Hours you will work',
      hoursPlaceholder: '40',
      hoursError: 'Fill in a whole number of hours.',
      hoursHint: 'The payout follows from the hours and the opportunity. Once you confirm, the hours are frozen.',
      opportunity: 'Opportunity',
      whyNone: 'Why others cannot be chosen',
    },
    contacts: {
      title: 'Who are the contacts?',
      customer: 'At the customer',
      partner: 'At your organisation',
      company: 'Company',
      customerName: 'Name of the contact',
      customerEmail: 'E-mail of the contact',
      country: 'Country',
      countryPlaceholder: 'Type or choose a country',
      countryError: 'Choose a country from the list.',
      language: 'Language of the consent e-mail',
      name: 'Your contact’s name',
      email: 'Your contact’s e-mail',
      phone: 'Your contact’s phone',
      hint: 'The customer’s contact is asked for consent by e-mail. Your contact is named there, for questions.',
      mismatch: 'Why does the e-mail domain differ from the tenant?',
      mismatchHint: 'The reason stays on the claim and is shown to reviewers.',
      fillIn: (label: string) => `Fill in “${label}”.`,
      changed: 'Changing the address stops every earlier consent link from working.',
    },
    review: {
      title: 'Is everything right?',
      freezes:
        'Confirming freezes the identifier and starts the consent clock. It runs from then on, not from sending the e-mail.',
      freezesHours:
        'Confirming freezes the identifier and the hours, and starts the consent clock. It runs from then on, not from sending the e-mail.',
      confirm: 'Confirm',
      engagements: 'Engagements',
      change: {
        customer: 'Change customer',
        name: 'Change name',
        location: 'Change location',
        identifier: 'Change customer',
        engagements: 'Change engagements',
        contacts: 'Change contacts',
      },
      consentBy: (date: string) => `consent by ${date}`,
      mismatch: 'E-mail domain differs from the tenant',
      refused: 'Nothing was made, because something changed since you chose it.',
    },
    done: {
      title: (count: number) => (count === 1 ? 'One claim was made' : `${count} claims were made`),
      body: 'Now ask the customer for consent. Without it a claim expires at its deadline, for good.',
      consentBy: (date: string) => `Consent by ${date}`,
      send: (claim: number) => `Send consent e-mail (${claim})`,
    },
    labels: {
      name: 'Friendly name',
      location: 'Location',
      identifier: 'Identifier',
      tenant: 'Tenant',
      opportunity: 'Opportunity',
      hours: 'Hours',
      customer: 'Customer',
      customerContact: 'Customer contact',
      partnerContact: 'Your contact',
    },
  },
  ...customersEn,
  consent: {
    title: 'Send consent e-mail',
    again: 'Re-send consent e-mail',
    canceled: {
      title: 'Nothing was sent',
      body: 'The form was given up. As long as the claim is open, its consent clock keeps running.',
      offer: 'claims.list' as const,
    },
    dealSize: {
      title: 'How large is the deal?',
      label: 'Deal size in US dollars',
      hint: 'Your best estimate of revenue from licences, seats or consumption in the first 12 months, as Partner Center means it in referrals. It changes neither eligibility nor payout. Once you send, it is frozen.',
      onlyUsd: 'US dollars only: exchange rates are not configured here.',
      currency: 'Currency',
      currencyError: 'Choose a currency.',
      convertLabel: 'Deal size',
      converts: 'Another currency is converted to US dollars with this month’s rate of Partner Center.',
      converted: (amount: string, currency: string, rate: string, month: string) =>
        `${amount} ${currency}, at ${rate} (${month})`,
      placeholder: '25,000',
      error: 'Fill in the deal size.',
      frozenTitle: 'The deal size stays as it is',
      frozen: 'It was frozen when consent was first asked.',
    },
    review: {
      title: 'Send this?',
      tells:
        'The e-mail says who you are, which engagement it is, what is shared with whom and until when to answer; and that it comes from Claimdesk on your behalf, not from Microsoft.',
      read: 'What the customer reads',
      freezes: 'Sending freezes the deal size.',
      disclaimer: 'By sending you state that you may give this contact’s details to Claimdesk for this purpose.',
      send: 'Send consent e-mail',
      voids: 'Links in earlier e-mails stop working.',
      deadline: 'Answer by',
      to: 'To',
      inLanguage: 'Language',
    },
    sent: 'The e-mail is on its way. You hear at once when the customer answers.',
    tooLate: 'It was too late for that: the claim changed meanwhile. Nothing was sent.',
  },
  claim: {
    heading: (claim: number) => `Claim ${claim}`,
    labels: {
      deadline: 'Deadline',
      engagement: 'Engagement',
      location: 'Location',
      customer: 'Customer',
      identifier: 'Identifier',
      tenant: 'Tenant',
      customerContact: 'Customer contact',
      partnerContact: 'Your contact',
      dealSize: 'Deal size',
      rate: 'Amount',
      terms: 'How the amount comes about',
      mismatch: 'Why the domain differs',
      owner: 'Owner',
      rateSource: 'Source of the amount',
      mail: 'Consent e-mail',
      reason: 'Their reason',
      answeredBy: 'Answered by',
      now: 'Status now',
    },
    next: {
      CUSTOMER_CLAIMED: 'Ask the customer for consent.',
      AWAITING_CONSENT: 'Waiting for the customer. Re-send the e-mail if no answer comes.',
      CONSENT_RECEIVED: 'Deliver the engagement, gather the evidence and submit the claim.',
      SUBMITTED: 'The reviewers are to begin.',
      UNDER_REVIEW: 'The reviewers are to decide.',
      ACTION_REQUIRED: 'Add what the reviewers ask for and submit again.',
      REJECTED: 'Dispute the rejection, or leave it at that.',
      DISPUTED: 'The reviewers are to decide on the dispute. If they reject the claim again, that is final.',
      APPROVED: 'Nothing more to do: this claim is complete.',
      CONSENT_DECLINED: endedAgain,
      CONSENT_EXPIRED: endedAgain,
      NOT_SUBMITTED_EXPIRED: endedAgain,
      POST_SUBMISSION_EXPIRED: endedAgain,
      DISPUTE_EXPIRED: endedAgain,
      CANCELED: ended,
      REJECTED_FINAL: ended,
    } satisfies Record<ClaimStatus, string>,
    nextDispute: 'Amend the evidence where that helps, then submit the claim: nothing is reviewed before.',
    details: 'Details',
    earlier: (lines: number) => `Earlier history (${lines})`,
    mail: {
      waiting: (since: string) => `waiting to be sent since ${since}`,
      mailed: (date: string) => `sent ${date}`,
      failed: 'The consent e-mail could not be delivered: check the address and send it again.',
    },
    rate: (usd: string, market: string, verified: boolean) =>
      `${usd}\u00a0USD (${verified ? '' : 'demo amount; '}market ${market}; proposed until the customer consents)`,
    rateFixed: (usd: string, market: string, verified: boolean, date: string) =>
      `${usd}\u00a0USD (${verified ? '' : 'demo amount; '}market ${market}; rate of ${date})`,
    final: (usd: string, market: string, verified: boolean, date: string) =>
      `${usd}\u00a0USD (${verified ? '' : 'demo amount; '}final; market ${market}; rate of ${date})`,
    noRate: 'to be set by the programme',
    rateSource: (source: string, verifiedOn: string | null) =>
      `${source}, ${verifiedOn === null ? 'not checked' : `checked ${day(verifiedOn)}`}. Look in the signed-in programme guide before you count on it.`,
    send: 'Send consent e-mail',
    resend: 'Re-send consent e-mail',
    cancel: 'Cancel claim',
    history: 'History',
    historyOf: (claim: number) => `History of claim ${claim}`,
    wholeHistory: (lines: number) => `Whole history (${number(lines)})`,
    historyLine: {
      added: 'added the customer',
      claimed: 'claimed the customer',
      sendConsent: 'asked for consent',
      resendConsent: 'asked for consent again',
      acceptConsent: 'gave consent',
      declineConsent: 'declined',
      mailed: 'The consent e-mail was sent',
      mailFailed: 'The consent e-mail could not be sent',
      expireConsent: 'Consent was not given in time',
      expireSubmission: 'The claim was not submitted in time',
      cancel: 'canceled the claim',
      ...reviewEn.historyOfReview,
      snoozed: remindersEn.snooze.history,
      ...customerRemindersEn.history,
    } satisfies Record<HistoryEvent, string>,
    by: (line: Pick<HistoryLine, 'by' | 'person'>) =>
      line.by === 'customer' ? 'The customer' : line.by === 'clock' ? '' : (line.person ?? 'A colleague'),
    cancelAsk: {
      title: (claim: number) => `Cancel claim ${claim}?`,
      body: 'This is final: a canceled claim cannot be opened again, and consent links that were sent stop working.',
      yes: 'Cancel the claim',
      no: 'Keep the claim',
    },
    all: 'All claims',
    canceled: 'The claim was canceled.',
    tooLate: 'Somebody or a deadline was first; nothing was changed.',
  },
  claims: {
    title: 'Claims at your locations',
    none: 'There are no claims yet. Add a customer to make the first.',
    count: (count: number) =>
      count === 1 ? 'One claim, next deadline first' : `${number(count)} claims, next deadline first`,
    resend: (claim: number) => `Re-send (${claim})`,
    open: (claim: number) => `Open ${claim}`,
    previous: 'Previous',
    next: 'Next',
  },
  customerReminders: customerRemindersEn,
  ...reviewEn,
  ...coSellEn.cards,
  ...accessEn,
  ...remindersEn,
  exports: exportsEn,
  compose: composeEn,
  imports: importEn,
  notices: {
    consentAccepted: {
      title: 'Consent received',
      body: 'The customer agreed to take part. The clock for submission runs from now.',
    },
    consentDeclined: {
      title: 'Consent declined',
      body: 'The customer does not want to take part. The claim has ended.',
    },
    consentExpired: {
      title: 'Consent expired',
      body: 'The customer did not consent in time. The claim has ended; expired is final.',
      neverAsked: 'Consent was not asked for in time. The claim has ended; expired is final.',
    },
    consentMailRefused: {
      title: 'The consent e-mail was refused',
      body: 'The customer’s mail server does not take mail for this address. Correct the address and send it again. The consent clock keeps running.',
    },
    consentMailStuck: {
      title: 'The consent e-mail could not be sent',
      body: 'The mail server could not be reached for hours. Tell your administrator, then send it again. The consent clock keeps running.',
    },
    submissionExpired: {
      title: 'Claim expired',
      body: 'The claim was not submitted in time. It has ended; expired is final.',
    },
    reviewApproved: {
      title: 'Claim approved',
      body: 'The reviewers approved the claim. It is complete.',
    },
    reviewActionRequired: {
      title: 'Action required',
      body: 'The reviewers ask for more. Amend the evidence and submit the claim again; your clock runs again from now.',
    },
    reviewRejected: {
      title: 'Claim rejected',
      body: 'The reviewers rejected the claim. You can dispute that once, until the deadline.',
    },
    reviewRejectedFinally: {
      title: 'Claim rejected, final',
      body: 'The reviewers rejected the disputed claim. It has ended; that is final.',
    },
    reviewExpired: {
      title: 'Claim expired',
      body: 'What the reviewers asked for was not submitted in time. The claim has ended; expired is final.',
    },
    disputeExpired: {
      title: 'Time to dispute is over',
      body: 'The rejection was not disputed and submitted in time. The claim has ended; expired is final.',
    },
    ...coSellEn.notices,
  } satisfies Record<ClaimNotice, { title: string; body: string; neverAsked?: string }>,
};

export type Text = typeof en;
