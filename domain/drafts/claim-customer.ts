import { z } from 'zod';
import { locationVerdict, type Verdict } from '../engagements/eligibility.ts';
import type { Actor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports } from '../ports.ts';
import type { Draft, Inputs, StepResult } from './draft.ts';
import { type NominationAnswers, nominationAnswers } from './nomination.ts';
import { location as anyLocation, contacts, engagements, faulty, name, type Step } from './nomination-steps.ts';

/** R13. Begun from a row of the Customers page, the customer is answered already. */
const CLAIM_CUSTOMER_STEPS = ['customer', 'name', 'location', 'engagements', 'contacts', 'review'] as const;
export type ClaimCustomerStep = (typeof CLAIM_CUSTOMER_STEPS)[number];

/** R19: only who consented to an earlier claim of the organisation can be claimed. */
const customer: Step = async (ports, actor, answers, inputs) => {
  const id = inputs.customer ?? '';
  if (id === '') return faulty('customer', { code: 'choice.missing' });
  const names = z.uuid().safeParse(id).success ? await ports.reads.customers.listNames(actor.organisationId, id) : [];
  if (names.length === 0) return faulty('customer', { code: 'customer.notKnown' });
  const anew = { customer: undefined, mismatchReason: undefined, engagements: undefined };
  return { answers: { customerId: id, ...(id === answers.customerId ? {} : anew) } };
};

/** R13: what each location's verdict is for the engagement the form was begun at; null where it was begun at none. */
export const verdictsFrom = async (
  ports: Ports,
  organisationId: string,
  { from }: NominationAnswers,
): Promise<((place: Location) => Verdict) | null> => {
  if (from === undefined) return null;
  const now = ports.clock.now();
  const [current, open] = await Promise.all([
    ports.reads.engagements.listCurrent(now),
    ports.reads.customers.countOpenClaims(organisationId),
  ]);
  const engagement = current.find(({ slug }) => slug === from);
  return engagement === undefined
    ? null
    : (place) => locationVerdict(engagement, place, open.get(engagement.slug) ?? 0, now);
};

/** R13: enrolled, and eligible for the engagement the form was begun at. */
const location: Step = async (ports, actor, answers, inputs) => {
  const result = await anyLocation(ports, actor, answers, inputs);
  if ('faults' in result) return result;
  const [verdictOn, place] = await Promise.all([
    verdictsFrom(ports, actor.organisationId, answers),
    ports.reads.people.findLocation(String(result.answers.locationId)),
  ]);
  const verdict = place === null || verdictOn === null ? null : verdictOn(place);
  if (verdict === null || verdict.verdict === 'eligible') return result;
  const reasons = verdict.verdict === 'ineligible' ? verdict.reasons : [];
  return faulty('location', { code: 'location.notEligible', reasons });
};

const answering: Record<Exclude<ClaimCustomerStep, 'review'>, Step> = {
  customer,
  name,
  location,
  engagements,
  contacts,
};

export const claimCustomer = {
  steps: CLAIM_CUSTOMER_STEPS,
  // Another engagement may be claimed under another name, and a tenant id is compared with the contact's address (R11).
  independent: new Set(['name', 'contacts']),
  answer: (ports: Ports, actor: Actor, draft: Draft, inputs: Inputs): Promise<StepResult> =>
    answering[draft.step as keyof typeof answering](ports, actor, nominationAnswers(draft), inputs),
};
