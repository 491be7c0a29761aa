import { z } from 'zod';
import type { EngagementOption } from '../engagements/eligibility.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { requiredLine } from '../typed.ts';
import { contactsStep } from './contacts-step.ts';
import type { Fault, FieldFault, Inputs, StepResult } from './draft.ts';
import { parseHours } from './hours.ts';
import { chosenFrom, engagementChoice, type NominationAnswers, notEligible } from './nomination.ts';

/** The steps that *Add customer* and *Claim customer* share (R9, R13). */
export type Step = (ports: Ports, actor: Actor, answers: NominationAnswers, inputs: Inputs) => Promise<StepResult>;

export const MOST_NAME = 100;

export const faulty = (field: string, fault: Fault): { readonly faults: readonly FieldFault[] } => ({
  faults: [{ field, fault }],
});

export const name: Step = async (_ports, _actor, _answers, inputs) => {
  const line = requiredLine(inputs.name ?? '', MOST_NAME);
  return 'fault' in line ? faulty('name', line.fault) : { answers: { name: line.value } };
};

/** The card's choice is only a wish: the role and the enrolment are looked up again (R2, R9). */
export const location: Step = async (ports, actor, _answers, inputs) => {
  const id = inputs.location ?? '';
  if (id === '') return faulty('location', { code: 'choice.missing' });
  const chosen = z.uuid().safeParse(id).success ? await ports.reads.people.findLocation(id) : null;
  if (chosen === null || !mayClaimFor(actor, chosen)) return faulty('location', { code: 'location.notAllowed' });
  if (chosen.enrolment !== 'enrolled') return faulty('location', { code: 'location.notEnrolled' });
  return { answers: { locationId: chosen.id } };
};

/** What follows from engagements that were picked: for variable payment exactly one, with its hours (R9). */
const answered = (chosen: readonly EngagementOption[], inputs: Inputs): StepResult => {
  const kept = chosenFrom(chosen);
  const variable = chosen.find(({ engagement }) => engagement.payment === 'variable');
  if (variable === undefined) return { answers: kept };
  if (chosen.length > 1) return faulty('engagements', { code: 'engagement.onlyOne' });
  const hours = parseHours(inputs.hours ?? '', variable.engagement);
  return 'fault' in hours ? faulty('hours', hours.fault) : { answers: { ...kept, hours: hours.value } };
};

export const engagements: Step = async (ports, actor, answers, inputs) => {
  // Clients send a multiple choice as one comma-separated string.
  const wanted = [...new Set((inputs.engagements ?? '').split(','))].filter((id) => id !== '');
  if (wanted.length === 0) return faulty('engagements', { code: 'engagement.none' });
  const choice = await engagementChoice(ports, actor.organisationId, answers);
  const { eligible = [], ineligible = [], unknown = [], unlisted = [] } = choice ?? {};
  const chosen = eligible.filter(({ engagement }) => wanted.includes(engagement.id));
  const refused = wanted.find((id) => !chosen.some(({ engagement }) => engagement.id === id));
  if (refused === undefined) return answered(chosen, inputs);
  const option = [...ineligible, ...unknown, ...unlisted].find(({ engagement }) => engagement.id === refused);
  return faulty('engagements', option === undefined ? { code: 'engagement.none' } : notEligible(option));
};

/** A tenant id that a claim will be made under is compared with the domain of the e-mail address (R11). */
export const contacts: Step = async (ports, _actor, answers, inputs) => {
  const names = answers.chosen ?? (answers.identifier === undefined ? [] : [answers.identifier]);
  return contactsStep(ports, names.find(({ type }) => type === 'tenantId') ?? names[0], inputs);
};
