import type { AddCustomerStep } from '../../domain/drafts/add-customer.ts';
import type { ClaimCustomerStep } from '../../domain/drafts/claim-customer.ts';
import type { Fault } from '../../domain/drafts/draft.ts';
import type { SendConsentStep } from '../../domain/drafts/send-consent.ts';
import { engagementOf, HOSTILE, id, TYPED } from './sample.ts';

/** A fault with the step and field where it can happen, and what was typed there. */
export type Faulty<C> = {
  readonly step: AddCustomerStep | ClaimCustomerStep | SendConsentStep;
  readonly field: string;
  readonly typed?: string;
  readonly fault: Fault & { readonly code: C };
};

/** What is wrong with the opportunity a customer is named by. */
const msx = <F extends Fault>(fault: F): Faulty<F['code']> => ({
  step: 'identifier',
  field: 'identifierValue',
  typed: TYPED.opportunityId,
  fault,
});

/** Every fault, once. A new one asks for its own here. */
export const FAULTS: { readonly [C in Fault['code']]: Faulty<C> } = {
  'text.missing': { step: 'name', field: 'name', typed: '', fault: { code: 'text.missing' } },
  'text.tooLong': {
    step: 'name',
    field: 'name',
    typed: HOSTILE.unbroken.repeat(2),
    fault: { code: 'text.tooLong', most: 100, typed: 200 },
  },
  'choice.missing': { step: 'location', field: 'location', fault: { code: 'choice.missing' } },
  'location.notAllowed': {
    step: 'location',
    field: 'location',
    typed: id(302),
    fault: { code: 'location.notAllowed' },
  },
  'location.notEnrolled': {
    step: 'location',
    field: 'location',
    typed: id(303),
    fault: { code: 'location.notEnrolled' },
  },
  'domain.url': {
    step: 'identifier',
    field: 'identifierValue',
    typed: `https://www.${TYPED.domain}/about`,
    fault: { code: 'domain.url', suggestion: TYPED.domain },
  },
  'domain.email': {
    step: 'identifier',
    field: 'identifierValue',
    typed: TYPED.customerEmail,
    fault: { code: 'domain.email', suggestion: TYPED.domain },
  },
  'domain.invalid': {
    step: 'identifier',
    field: 'identifierValue',
    typed: HOSTILE.markdown,
    fault: { code: 'domain.invalid' },
  },
  'domain.isGuid': {
    step: 'identifier',
    field: 'identifierValue',
    typed: HOSTILE.markdown,
    fault: { code: 'domain.isGuid' },
  },
  'domain.isNumber': {
    step: 'identifier',
    field: 'identifierValue',
    typed: HOSTILE.markdown,
    fault: { code: 'domain.isNumber' },
  },
  'domain.publicMail': {
    step: 'identifier',
    field: 'identifierValue',
    typed: TYPED.domain,
    fault: { code: 'domain.publicMail' },
  },
  'domain.sharedParent': {
    step: 'identifier',
    field: 'identifierValue',
    typed: TYPED.domain,
    fault: { code: 'domain.sharedParent' },
  },
  'domain.notFound': {
    step: 'identifier',
    field: 'identifierValue',
    typed: TYPED.domain,
    fault: { code: 'domain.notFound' },
  },
  'domain.lookUpFailed': {
    step: 'identifier',
    field: 'identifierValue',
    typed: TYPED.domain,
    fault: { code: 'domain.lookUpFailed' },
  },
  'guid.invalid': { step: 'identifier', field: 'identifierValue', typed: '0a1b', fault: { code: 'guid.invalid' } },
  'tenantId.consumer': {
    step: 'identifier',
    field: 'identifierValue',
    typed: '9188040d-6c67-4c5b-b112-36a304b66dad',
    fault: { code: 'tenantId.consumer' },
  },
  'tpid.invalid': { step: 'identifier', field: 'identifierValue', typed: '007', fault: { code: 'tpid.invalid' } },
  'tpid.negative': { step: 'identifier', field: 'identifierValue', typed: '-12345', fault: { code: 'tpid.negative' } },
  'msx.invalid': { step: 'identifier', field: 'identifierValue', typed: '7-123', fault: { code: 'msx.invalid' } },
  'hours.notWhole': { step: 'engagements', field: 'hours', typed: '1.5', fault: { code: 'hours.notWhole' } },
  'hours.outside': {
    step: 'engagements',
    field: 'hours',
    typed: '10000',
    fault: { code: 'hours.outside', least: 4, most: 400 },
  },
  'location.notEligible': {
    step: 'location',
    field: 'location',
    fault: { code: 'location.notEligible', reasons: [{ code: 'partnerLimit', allowed: 3, open: 3 }] },
  },
  'customer.notKnown': { step: 'customer', field: 'customer', fault: { code: 'customer.notKnown' } },
  'customer.changed': { step: 'review', field: 'review', fault: { code: 'customer.changed' } },
  'engagement.newVersion': {
    step: 'review',
    field: 'review',
    fault: { code: 'engagement.newVersion', engagement: engagementOf(1).name },
  },
  'opportunity.unknown': msx({ code: 'opportunity.unknown' }),
  'opportunity.closed': msx({ code: 'opportunity.closed', state: 'won' }),
  'opportunity.used': msx({ code: 'opportunity.used', number: 1_000_031 }),
  'opportunity.noValue': msx({ code: 'opportunity.noValue' }),
  'opportunity.zero': msx({ code: 'opportunity.zero' }),
  'opportunity.changed': { step: 'review', field: 'review', fault: { code: 'opportunity.changed' } },
  'payout.missing': {
    step: 'review',
    field: 'review',
    fault: { code: 'payout.missing', missing: ['opportunityValue', 'hours', 'terms'] },
  },
  'engagement.onlyOne': { step: 'engagements', field: 'engagements', fault: { code: 'engagement.onlyOne' } },
  'engagement.none': { step: 'engagements', field: 'engagements', fault: { code: 'engagement.none' } },
  'engagement.notEligible': {
    step: 'engagements',
    field: 'engagements',
    fault: {
      code: 'engagement.notEligible',
      engagement: engagementOf(1).name,
      reasons: [{ code: 'ownOpenClaim', number: 1_000_031 }],
    },
  },
  'mismatch.reasonMissing': {
    step: 'contacts',
    field: 'mismatchReason',
    fault: { code: 'mismatch.reasonMissing', emailDomain: TYPED.domain },
  },
  'mismatch.notKnown': {
    step: 'contacts',
    field: 'mismatchReason',
    fault: { code: 'mismatch.notKnown', emailDomain: TYPED.domain },
  },
  'email.invalid': {
    step: 'contacts',
    field: 'customerEmail',
    typed: HOSTILE.mention,
    fault: { code: 'email.invalid' },
  },
  'phone.invalid': {
    step: 'contacts',
    field: 'partnerPhone',
    typed: HOSTILE.template,
    fault: { code: 'phone.invalid' },
  },
  'money.invalid': { step: 'dealSize', field: 'dealSize', typed: 'about 25k', fault: { code: 'money.invalid' } },
  'money.notPositive': { step: 'dealSize', field: 'dealSize', typed: '0', fault: { code: 'money.notPositive' } },
  'rate.none': { step: 'dealSize', field: 'currency', typed: 'TRY', fault: { code: 'rate.none', currency: 'TRY' } },
  'rate.refused': {
    step: 'dealSize',
    field: 'currency',
    typed: 'EUR',
    fault: { code: 'rate.refused', currency: 'EUR' },
  },
  'rate.unavailable': {
    step: 'dealSize',
    field: 'currency',
    typed: 'EUR',
    fault: { code: 'rate.unavailable', currency: 'EUR' },
  },
  'money.tooLarge': {
    step: 'dealSize',
    field: 'dealSize',
    typed: '99999999999999999',
    fault: { code: 'money.tooLarge' },
  },
};
