import { z } from 'zod';
import { customerContactSchema, partnerContactSchema } from '../../domain/claims/contacts.ts';
import { IDENTIFIER_TYPES, parseIdentifier } from '../../domain/customers/identifier.ts';
import { OPPORTUNITY_STATES } from '../../domain/customers/opportunity.ts';
import { factsSchema } from '../../domain/engagements/engagement.ts';
import { COUNTRIES } from '../../domain/engagements/markets.ts';
import { EVERYWHERE, ORGANISATION_KINDS, ROLES } from '../../domain/people/actor.ts';
import { ENROLMENTS } from '../../domain/people/people-store.ts';

const days = z.int().nonnegative();
const partnerId = z.string().regex(/^\d{5,8}$/);
const country = z.enum(COUNTRIES as [string, ...string[]]);

/** Spelled as it is kept and compared. */
const identifierShape = z
  .strictObject({ type: z.enum(IDENTIFIER_TYPES), value: z.string() })
  .refine(({ type, value }) => {
    const parsed = parseIdentifier(type, value);
    return 'value' in parsed && parsed.value === value;
  }, 'not the spelling that is kept');

const organisationSchema = z.strictObject({
  tenantId: z.uuid(),
  kind: z.enum(ORGANISATION_KINDS),
  name: z.string().min(1),
});

const locationSchema = z.strictObject({
  id: z.uuid(),
  /** Tenant id of the organisation. */
  organisation: z.uuid(),
  partnerId,
  name: z.string().min(1),
  country,
  enrolment: z.enum(ENROLMENTS),
  /** Null: never told. */
  designations: z.array(z.string()).nullable(),
});

const personSchema = z.strictObject({
  tenantId: z.uuid(),
  objectId: z.uuid(),
  name: z.string().min(1),
  email: z.email().nullable(),
  phone: z.string().nullable(),
  /** scope: every location, or one location's id. */
  roles: z.array(z.strictObject({ role: z.enum(ROLES), scope: z.union([z.literal(EVERYWHERE), z.uuid()]) })),
});

const customerSchema = z.strictObject({
  name: z.string().min(1).max(200),
  /** What the customer is there to demonstrate. */
  shows: z.string().min(1),
  identifiers: z
    .array(
      identifierShape.safeExtend({
        /** Null: nothing was ever imported. Always so for a domain, which is judged by its tenant's facts. */
        facts: z.strictObject(factsSchema.shape).nullable(),
        source: z.string().min(1),
        verifiedOn: z.iso.date().nullable(),
      }),
    )
    .min(1),
});

const opportunitySchema = z.strictObject({
  id: z.string(),
  name: z.string().min(1).max(200),
  state: z.enum(OPPORTUNITY_STATES),
  /** Whole US dollars; null: never told. */
  valueUsd: z.int().nonnegative().nullable(),
});

const ENDED: readonly string[] = ['CONSENT_DECLINED', 'CONSENT_EXPIRED', 'CANCELED'];
/** The deal size is asked when consent is, and stands from then on (R15). */
const ASKED: readonly string[] = ['AWAITING_CONSENT', 'CONSENT_RECEIVED', 'CONSENT_DECLINED'];

/** A claim that was made before the demo began. Its number is given out when it is loaded. Days count back from then. */
const pastClaimSchema = z
  .strictObject({
    /** Tenant id of the organisation. */
    organisation: z.uuid(),
    /** Object id of the person. */
    owner: z.uuid(),
    /** PartnerID of the location. */
    location: partnerId,
    name: z.string().min(1).max(100),
    /** Name of the customer. */
    customer: z.string(),
    /** One of the customer's. */
    identifier: identifierShape,
    /** Slug. */
    engagement: z.string(),
    status: z.enum([
      'CUSTOMER_CLAIMED',
      'AWAITING_CONSENT',
      'CONSENT_RECEIVED',
      'CONSENT_DECLINED',
      'CONSENT_EXPIRED',
      'CANCELED',
    ]),
    createdDaysAgo: days,
    /** With CONSENT_RECEIVED alone. */
    consentedDaysAgo: days.optional(),
    /** With every ended status, and no other. */
    endedDaysAgo: days.optional(),
    /** Whole US dollars; absent when consent was never asked. */
    dealSizeUsd: z.int().positive().optional(),
    contacts: z.strictObject({
      customer: z.strictObject(customerContactSchema.shape),
      partner: z.strictObject(partnerContactSchema.shape),
    }),
  })
  .refine((claim) => (claim.consentedDaysAgo !== undefined) === (claim.status === 'CONSENT_RECEIVED'), {
    path: ['consentedDaysAgo'],
    error: 'belongs to CONSENT_RECEIVED',
  })
  .refine((claim) => (claim.endedDaysAgo !== undefined) === ENDED.includes(claim.status), {
    path: ['endedDaysAgo'],
    error: 'belongs to a claim that ended',
  })
  .refine((claim) => claim.dealSizeUsd !== undefined || !ASKED.includes(claim.status), {
    path: ['dealSizeUsd'],
    error: 'consent was asked, so there is a deal size',
  })
  .refine((claim) => claim.dealSizeUsd === undefined || claim.status !== 'CUSTOMER_CLAIMED', {
    path: ['dealSizeUsd'],
    error: 'consent was not asked yet',
  })
  .refine((claim) => (claim.consentedDaysAgo ?? claim.endedDaysAgo ?? 0) <= claim.createdDaysAgo, {
    path: ['createdDaysAgo'],
    error: 'came after what followed it',
  });

/** What local mode starts with: organisations, people, customers and claims that show every rule at work. */
export const worldSchema = z.strictObject({
  organisations: z.array(organisationSchema),
  locations: z.array(locationSchema),
  people: z.array(personSchema),
  /** Each one's id is an identifier of a customer. */
  opportunities: z.array(opportunitySchema),
  /** Domain → what the look-up of a tenant answers. A domain that is not here is not found. */
  directory: z.record(z.string(), z.strictObject({ tenantId: z.uuid(), name: z.string().nullable() })),
  customers: z.array(customerSchema),
  history: z.array(pastClaimSchema),
});
export type World = z.infer<typeof worldSchema>;
