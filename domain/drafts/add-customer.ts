import { IDENTIFIER_TYPES, parseIdentifier } from '../customers/identifier.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { Draft, Fault, Inputs, StepResult } from './draft.ts';
import { type ChosenIdentifier, type NominationAnswers, nominationAnswers } from './nomination.ts';
import { contacts, engagements, faulty, location, name, type Step } from './nomination-steps.ts';

/** R9. */
const ADD_CUSTOMER_STEPS = ['name', 'location', 'identifier', 'engagements', 'contacts', 'review'] as const;
export type AddCustomerStep = (typeof ADD_CUSTOMER_STEPS)[number];

/** Another customer: whom to ask there is asked anew. Another name of the same tenant keeps the contact. */
const named = (
  answers: NominationAnswers,
  identifier: ChosenIdentifier,
  opportunity?: NominationAnswers['opportunity'],
): StepResult => {
  const { identifier: before } = answers;
  const same =
    before !== undefined &&
    (before.tenantId === null
      ? before.type === identifier.type && before.value === identifier.value
      : before.tenantId === identifier.tenantId);
  const anew = { customer: undefined, mismatchReason: undefined };
  return { answers: { identifier, opportunity, ...(same ? {} : anew) } };
};

type FoundOpportunity = { readonly opportunity: NonNullable<NominationAnswers['opportunity']> };

/** An opportunity that a claim can be made for now (R9), or what is wrong with it. Read anew at confirm. */
export const usableOpportunity = async (
  reads: { readonly customers: Pick<Ports['reads']['customers'], 'findOpportunity'> },
  actor: Actor,
  id: string,
): Promise<FoundOpportunity | { readonly fault: Fault }> => {
  const found = await reads.customers.findOpportunity(id);
  if (found === null) return { fault: { code: 'opportunity.unknown' } };
  if (found.state !== 'open') return { fault: { code: 'opportunity.closed', state: found.state } };
  if (found.usedBy !== null) {
    const { number, organisationId } = found.usedBy;
    // Whose claim it is, is told to colleagues alone.
    const own = organisationId === actor.organisationId;
    return { fault: { code: 'opportunity.used', number: own ? number : null } };
  }
  const { name, valueCents } = found;
  if (valueCents === null) return { fault: { code: 'opportunity.noValue' } };
  return valueCents === 0 ? { fault: { code: 'opportunity.zero' } } : { opportunity: { name, valueCents } };
};

const identifier: Step = async (ports, actor, answers, inputs) => {
  const type = IDENTIFIER_TYPES.find((known) => known === inputs.identifierType);
  if (type === undefined) return faulty('identifierType', { code: 'choice.missing' });
  const raw = inputs.identifierValue ?? '';
  if (raw.trim() === '') return faulty('identifierValue', { code: 'text.missing' });
  const parsed = parseIdentifier(type, raw);
  if ('fault' in parsed) return faulty('identifierValue', parsed.fault);
  const chosen = { type, value: parsed.value, tenantId: null, tenantName: null };
  if (type === 'tenantId') return named(answers, { ...chosen, tenantId: parsed.value });
  if (type === 'msxOpportunityId') {
    const usable = await usableOpportunity(ports.reads, actor, parsed.value);
    return 'fault' in usable ? faulty('identifierValue', usable.fault) : named(answers, chosen, usable.opportunity);
  }
  if (type !== 'domain') return named(answers, chosen);

  const tenant = await ports.resolveTenant(parsed.value);
  if (tenant.kind === 'found') {
    const { domain, tenantId, name: tenantName } = tenant;
    return named(answers, { type, value: domain, tenantId, tenantName });
  }
  // R10: the last resort is to ask. The card shows one more field, and what it holds names the customer then.
  const instead = inputs.tenantInstead ?? '';
  if (instead.trim() === '') {
    return faulty('identifierValue', { code: tenant.kind === 'notFound' ? 'domain.notFound' : 'domain.lookUpFailed' });
  }
  const given = parseIdentifier('tenantId', instead);
  if ('fault' in given) return faulty('tenantInstead', given.fault);
  return named(answers, { type: 'tenantId', value: given.value, tenantId: given.value, tenantName: null });
};

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
    answering[draft.step as keyof typeof answering](ports, actor, nominationAnswers(draft), inputs),
};
