import type { ConsentView } from '../../domain/consent/answer-consent.ts';

/** A live request for consent, of plainly fictitious people. */
export const consentView: ConsentView = {
  request: {
    ...{ id: 'r1', claimNumber: 1000027, sentById: 'p1', toName: 'Sanne de Vries', toEmail: 'sanne@noordzee.example' },
    ...{ language: 'nl', state: 'open', mailState: 'mailed', mailVersion: '2026-11', mailedAt: null },
    ...{
      createdAt: new Date('2026-11-24T09:00:00Z'),
      reason: null,
      typedName: null,
      mayContact: false,
      mayShare: false,
    },
  },
  claim: {
    ...{ number: 1000027, organisationId: 'o1', organisationName: 'Fabrikam', ownerId: 'p1', customerId: 'c1' },
    ...{ location: { id: 'l1', name: 'Fabrikam Amsterdam', partnerId: '1234567' }, engagementVersionId: 'e1' },
    ...{ engagementSlug: 'threat-protection', kind: 'added', hours: null, opportunityValueCents: null },
    ...{ name: 'Quick win Q4', status: 'AWAITING_CONSENT', statusAt: new Date(0), createdAt: new Date(0) },
    ...{ identifier: { type: 'domain', value: 'noordzee.example' }, tenantId: null, mismatchReason: null },
    ...{
      market: 'A',
      rateVersionId: null,
      dealSizeCents: 9_876_500,
      dealSizeTyped: null,
      consentedAt: null,
      dueAt: new Date('2026-12-24T23:59:59.999Z'),
    },
    ...{
      submittedAt: null,
      submittedById: null,
      pausedDueAt: null,
      disputedAt: null,
      amountCents: null,
      remindAt: null,
      remindsCustomer: false,
      customerReminders: 0,
      customerRemindAt: null,
    },
    contacts: {
      customer: {
        ...{ company: 'Noordzee B.V.', name: 'Sanne de Vries', email: 'sanne@noordzee.example' },
        ...{ country: 'NL', language: 'nl' },
      },
      partner: { name: 'Omar Haddad', email: 'omar@fabrikam.example', phone: '+31 20 555 01 23' },
    },
  },
  engagement: {
    ...{ id: 'e1', slug: 'threat-protection', version: 1, solutionArea: 'security', kind: 'workshop' },
    name: { en: 'Threat Protection Workshop', nl: 'Workshop Dreigingen' },
    purpose: { en: 'Your partner looks for threats.', nl: 'Uw partner zoekt naar dreigingen.' },
    ...{ payment: 'fixed', identifierTypes: ['domain'], customerCriteria: [], designations: [], exclusive: false },
    ...{ windows: { consent: 30, submit: 90, review: 120, dispute: 30 }, effectiveFrom: '2026-01-01' },
    ...{ maxActivePerCustomer: 1, coSell: true, source: 'test', verifiedOn: '2026-01-01' },
  },
};
