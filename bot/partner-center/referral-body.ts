import { z } from 'zod';
import type { NewRemoteReferral, RemoteChange } from '../../domain/co-sell/partner-center.ts';
import { dollars, dollarText } from './usd.ts';

const flag = z.boolean();
const text = z.string().min(1);

const consentSchema = z.strictObject({
  // Microsoft's own spelling.
  consentToToShareInfoWithOthers: flag,
  consentToContact: flag,
  consentToShareReferralWithMicrosoftSellers: flag,
});

const memberSchema = z.strictObject({
  firstName: text,
  lastName: text,
  phoneNumber: text.optional(),
  email: z.string().includes('@'),
});

/** A referral as it may leave. What is left out the service decides: an own one begins Active, Accepted. */
const newReferralSchema = z.strictObject({
  engagementId: text.optional(),
  externalReferenceId: text,
  name: text,
  type: z.literal('Shared'),
  qualification: z.literal('SalesQualified'),
  customerProfile: z.strictObject({
    name: text,
    address: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/) }),
    team: z.array(memberSchema),
  }),
  consent: consentSchema,
  details: z.strictObject({
    notes: z.string(),
    dealValue: z.number().positive(),
    currency: z.literal('USD'),
    closingDateTime: z.iso.datetime(),
    requirements: z.strictObject({
      products: z.array(z.strictObject({ id: text })),
      solutions: z.array(z.strictObject({ type: z.literal('Name'), id: text })),
      additionalRequirements: z.strictObject({ attributes: z.array(z.strictObject({ type: text, id: text })) }),
    }),
  }),
  team: z.array(memberSchema.required()).min(1),
  inviteContext: z.strictObject({ notes: z.string() }).optional(),
  target: z.array(z.strictObject({ type: z.enum(['SolutionProfile', 'BusinessProfileLocation']), id: text })),
});

const patchSchema = z
  .array(z.strictObject({ op: z.enum(['replace', 'add']), path: z.string().startsWith('/'), value: z.unknown() }))
  .min(1);
type Patch = z.infer<typeof patchSchema>;

type Area = NewRemoteReferral['solutionArea'];

/** Products by the names that the API lists (referral-resources, Products). */
const PRODUCTS: Readonly<Record<Area, string>> = {
  modernWork: 'Microsoft365',
  security: 'EnterpriseMobilityAndSecurity',
  azure: 'Azure',
  businessApplications: 'Dynamics365Enterprise',
};

/** Since the programme year 2026 there are three areas: Modern Work and Business Applications are one. */
const SOLUTION_AREAS: Readonly<Record<Area, string>> = {
  modernWork: 'AIBusinessSolutions',
  security: 'Security',
  azure: 'CloudAndAIPlatforms',
  businessApplications: 'AIBusinessSolutions',
};

export type BodyOptions = {
  /** The partner's solution in Microsoft's catalogue that deals are about, such as SOL-34104-EBB. */
  readonly solutionProfileId?: string | undefined;
  /** The API's names for the solution areas, should they change again. */
  readonly solutionAreas?: Readonly<Record<Area, string>> | undefined;
};

/** The API has two fields for a name and wants both; a name of one word is all there is. */
const named = (name: string) => {
  const [firstName = '', ...rest] = name.trim().split(/\s+/);
  return { firstName, lastName: rest.join(' ') || '-' };
};

const member = ({ name, email }: { readonly name: string; readonly email: string }) => ({ ...named(name), email });

// Until the customer has agreed the deal is the partner's own affair. Microsoft sees it once that is said, then or later,
// and it cannot be unsaid.
const consentOf = ({ contact, share }: NewRemoteReferral['consent']) => ({
  consentToToShareInfoWithOthers: share,
  consentToContact: contact,
  consentToShareReferralWithMicrosoftSellers: share,
});

const midnight = (day: string): string => `${day}T00:00:00Z`;

/** The body for one half. Throws ZodError for what the API would not take in any case. */
export const bodyOf = (referral: NewRemoteReferral, options: BodyOptions) => {
  const { side, groupId, externalReferenceId, name, customer, consent, partnerContact, notes } = referral;
  const { solutionProfileId: solution, solutionAreas = SOLUTION_AREAS } = options;
  const own = solution === undefined ? [] : [{ type: 'SolutionProfile' as const, id: solution }];
  return newReferralSchema.parse({
    ...(groupId !== null && { engagementId: groupId }),
    externalReferenceId,
    name,
    type: 'Shared',
    qualification: 'SalesQualified',
    customerProfile: {
      name: customer.company,
      address: { country: customer.country },
      team: customer.contact === null ? [] : [member(customer.contact)],
    },
    consent: consentOf(consent),
    details: {
      notes,
      dealValue: dollars(referral.valueCents),
      currency: 'USD',
      closingDateTime: midnight(referral.closeOn),
      requirements: {
        products: [{ id: PRODUCTS[referral.solutionArea] }],
        solutions: solution === undefined ? [] : [{ type: 'Name', id: solution }],
        additionalRequirements: {
          attributes: [{ type: 'SolutionArea', id: solutionAreas[referral.solutionArea] }],
        },
      },
    },
    team: [{ ...member(partnerContact), phoneNumber: partnerContact.phone }],
    ...(side === 'microsoft' && { inviteContext: { notes } }),
    target: side === 'microsoft' ? [{ type: 'BusinessProfileLocation', id: 'msft' }] : own,
  });
};

const replace = (path: string, value: unknown): Patch[number] => ({ op: 'replace', path, value });

/** The change as JSON Patch, of which the API knows `replace` and `add`. Empty: there is none. Throws as bodyOf does. */
export const patchOf = (remote: RemoteChange): Patch => {
  const { valueCents, intoDollars, closeOn, closed, consent, customerContact } = remote;
  const steps: Patch = [
    ...(valueCents === undefined ? [] : [replace('/details/dealValue', dollarText(valueCents))]),
    ...(intoDollars === undefined ? [] : [replace('/details/currency', 'USD')]),
    ...(closeOn === undefined ? [] : [replace('/details/closingDateTime', midnight(z.iso.date().parse(closeOn)))]),
    ...(consent === undefined
      ? []
      : Object.entries(consentSchema.parse(consentOf(consent))).map(([key, on]) => replace(`/consent/${key}`, on))),
    // Added as a whole, not to what is there: said twice, it still stands there once.
    ...(customerContact === undefined
      ? []
      : [{ op: 'add' as const, path: '/customerProfile/team', value: [memberSchema.parse(member(customerContact))] }]),
    ...(closed === undefined
      ? []
      : [
          replace('/status', 'Closed'),
          replace('/substatus', closed.as),
          // It may not be there yet, and only what is there can be replaced.
          { op: 'add' as const, path: '/statusReason', value: closed.reason },
        ]),
  ];
  return steps.length === 0 ? [] : patchSchema.parse(steps);
};
