import { z } from 'zod';
import { customerContactSchema, partnerContactSchema } from '../claims/contacts.ts';
import type { KnownIdentifier } from '../customers/customer-store.ts';
import { IDENTIFIER_TYPES, type Identifier, parseIdentifier } from '../customers/identifier.ts';
import {
  customerVerdict,
  type EngagementChoice,
  type EngagementOption,
  locationVerdict,
  sortOptions,
} from '../engagements/eligibility.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports, Reads } from '../ports.ts';
import { requiredLine } from '../typed.ts';
import { contactsStep } from './contacts-step.ts';
import type { Draft, Fault, FieldFault, Inputs, StepResult } from './draft.ts';

/** R9, fixed payment. */
const ADD_CUSTOMER_STEPS = ['name', 'location', 'identifier', 'engagements', 'contacts', 'review'] as const;
export type AddCustomerStep = (typeof ADD_CUSTOMER_STEPS)[number];

const identifierSchema = z.object({
  type: z.enum(IDENTIFIER_TYPES),
  value: z.string(),
  /** The tenant it names, or was found to name; null when only another kind of id was given. */
  tenantId: z.string().nullable(),
  tenantName: z.string().nullable(),
});
export type ChosenIdentifier = z.infer<typeof identifierSchema>;

const answersSchema = z.object({
  name: z.string().optional(),
  locationId: z.string().optional(),
  identifier: identifierSchema.optional(),
  engagements: z.array(z.string()).optional(),
  customer: customerContactSchema.optional(),
  partner: partnerContactSchema.optional(),
  mismatchReason: z.string().nullable().optional(),
  /** The claims it became, once confirmed. */
  claims: z.array(z.number()).optional(),
});
export type AddCustomerAnswers = z.infer<typeof answersSchema>;

/** A draft's answers as this version of the program knows them. */
export const addCustomerAnswers = (draft: Draft): AddCustomerAnswers => answersSchema.parse(draft.answers);

export const MOST_NAME = 100;

const fault = (field: string, what: Fault): { readonly faults: readonly FieldFault[] } => ({
  faults: [{ field, fault: what }],
});

type Step = (ports: Ports, actor: Actor, answers: AddCustomerAnswers, inputs: Inputs) => Promise<StepResult>;

const name: Step = async (_ports, _actor, _answers, inputs) => {
  const line = requiredLine(inputs.name ?? '', MOST_NAME);
  return 'fault' in line ? fault('name', line.fault) : { answers: { name: line.value } };
};

/** The card's choice is only a wish: the role and the enrolment are looked up again (R2, R9). */
const location: Step = async (ports, actor, _answers, inputs) => {
  const id = inputs.location ?? '';
  if (id === '') return fault('location', { code: 'choice.missing' });
  const chosen = z.uuid().safeParse(id).success ? await ports.reads.people.findLocation(id) : null;
  if (chosen === null || !mayClaimFor(actor, chosen)) return fault('location', { code: 'location.notAllowed' });
  if (chosen.enrolment !== 'enrolled') return fault('location', { code: 'location.notEnrolled' });
  return { answers: { locationId: chosen.id } };
};

/** Another customer: whom to ask there is asked anew. Another name of the same tenant keeps the contact. */
const named = (answers: AddCustomerAnswers, identifier: ChosenIdentifier): StepResult => {
  const { identifier: before } = answers;
  const same =
    before !== undefined &&
    (before.tenantId === null
      ? before.type === identifier.type && before.value === identifier.value
      : before.tenantId === identifier.tenantId);
  const anew = { customer: undefined, mismatchReason: undefined };
  return { answers: { identifier, ...(same ? {} : anew) } };
};

const identifier: Step = async (ports, _actor, answers, inputs) => {
  const type = IDENTIFIER_TYPES.find((known) => known === inputs.identifierType);
  if (type === undefined) return fault('identifierType', { code: 'choice.missing' });
  const raw = inputs.identifierValue ?? '';
  if (raw.trim() === '') return fault('identifierValue', { code: 'text.missing' });
  const parsed = parseIdentifier(type, raw);
  if ('fault' in parsed) return fault('identifierValue', parsed.fault);
  const chosen = { type, value: parsed.value, tenantId: null, tenantName: null };
  if (type === 'tenantId') return named(answers, { ...chosen, tenantId: parsed.value });
  if (type !== 'domain') return named(answers, chosen);

  const tenant = await ports.resolveTenant(parsed.value);
  if (tenant.kind === 'found') {
    const { domain, tenantId, name: tenantName } = tenant;
    return named(answers, { type, value: domain, tenantId, tenantName });
  }
  // R10: the last resort is to ask. The card shows one more field, and what it holds names the customer then.
  const instead = inputs.tenantInstead ?? '';
  if (instead.trim() === '') {
    return fault('identifierValue', { code: tenant.kind === 'notFound' ? 'domain.notFound' : 'domain.lookUpFailed' });
  }
  const given = parseIdentifier('tenantId', instead);
  if ('fault' in given) return fault('tenantInstead', given.fault);
  return named(answers, { type: 'tenantId', value: given.value, tenantId: given.value, tenantName: null });
};

/**
 * Which facts speak for an identifier: its own (R6). A domain is only a way to say its tenant, so the tenant's are
 * looked at; nothing else carries over.
 */
export const factsOf = async (
  reads: { readonly customers: Pick<Reads['customers'], 'findIdentifier'> },
  chosen: ChosenIdentifier,
): Promise<{ readonly judged: KnownIdentifier | null; readonly customerId: string | null }> => {
  const own = await reads.customers.findIdentifier(chosen);
  if (chosen.type !== 'domain' || chosen.tenantId === null) return { judged: own, customerId: own?.customerId ?? null };
  const tenant: Identifier = { type: 'tenantId', value: chosen.tenantId };
  const judged = await reads.customers.findIdentifier(tenant);
  return { judged, customerId: judged?.customerId ?? own?.customerId ?? null };
};

/** Every engagement of fixed payment with its two verdicts, for a location and an identifier (R5, R7). */
export const engagementOptions = async (
  reads: {
    readonly engagements: Pick<Reads['engagements'], 'listCurrent'>;
    readonly customers: Pick<Reads['customers'], 'findIdentifier' | 'listClaimCounts' | 'countOpenClaims'>;
  },
  at: Location,
  chosen: ChosenIdentifier,
  now: Date,
): Promise<readonly EngagementOption[]> => {
  // One after another: a transaction has one connection.
  const engagements = (await reads.engagements.listCurrent(now)).filter(({ payment }) => payment === 'fixed');
  const { judged, customerId } = await factsOf(reads, chosen);
  const open = await reads.customers.countOpenClaims(at.organisationId);
  const counts = customerId === null ? [] : await reads.customers.listClaimCounts(customerId, at.organisationId);
  return engagements.map((engagement) => ({
    engagement,
    location: locationVerdict(engagement, at, open.get(engagement.slug) ?? 0, now),
    customer: customerVerdict(
      engagement,
      chosen.type,
      judged?.facts ?? null,
      counts.find((count) => count.engagementSlug === engagement.slug),
    ),
  }));
};

/** The lists of R12 for a draft whose location and identifier are answered; null when the location is gone. */
export const engagementChoice = async (ports: Ports, answers: AddCustomerAnswers): Promise<EngagementChoice | null> => {
  const at = await ports.reads.people.findLocation(answers.locationId ?? '');
  if (at === null || answers.identifier === undefined) return null;
  return sortOptions(await engagementOptions(ports.reads, at, answers.identifier, ports.clock.now()));
};

const engagements: Step = async (ports, _actor, answers, inputs) => {
  // Clients send a multiple choice as one comma-separated string.
  const wanted = [...new Set((inputs.engagements ?? '').split(','))].filter((id) => id !== '');
  if (wanted.length === 0) return fault('engagements', { code: 'engagement.none' });
  const choice = await engagementChoice(ports, answers);
  const allowed = new Set(choice?.eligible.map(({ engagement }) => engagement.id));
  const refused = wanted.find((id) => !allowed.has(id));
  if (choice === null || refused !== undefined) {
    const option = [...(choice?.ineligible ?? []), ...(choice?.unknown ?? [])].find((o) => o.engagement.id === refused);
    return fault('engagements', option === undefined ? { code: 'engagement.none' } : notEligible(option));
  }
  return { answers: { engagements: wanted } };
};

export const notEligible = (option: EngagementOption): Fault => ({
  code: 'engagement.notEligible',
  engagement: option.engagement.name,
  reasons: [option.location, option.customer].flatMap((verdict) =>
    verdict.verdict === 'ineligible' ? verdict.reasons : [],
  ),
});

const contacts: Step = (ports, _actor, answers, inputs) => contactsStep(ports, answers.identifier, inputs);

const answering: Record<Exclude<AddCustomerStep, 'review'>, Step> = {
  name,
  location,
  identifier,
  engagements,
  contacts,
};

export const addCustomer = {
  steps: ADD_CUSTOMER_STEPS,
  independent: new Set(['name', 'engagements', 'contacts']),
  answer: (ports: Ports, actor: Actor, draft: Draft, inputs: Inputs): Promise<StepResult> =>
    answering[draft.step as keyof typeof answering](ports, actor, addCustomerAnswers(draft), inputs),
};
