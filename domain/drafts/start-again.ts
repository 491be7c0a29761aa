import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { canStartAgain } from '../claims/status.ts';
import { standing } from '../engagements/eligibility.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { usableOpportunity } from './add-customer.ts';
import type { FieldFault, Inputs } from './draft.ts';
import { parseHours } from './hours.ts';
import {
  chosenFrom,
  engagementOptions,
  type NominationAnswers,
  type NominationKind,
  namesOf,
  paymentOf,
} from './nomination.ts';
import { type Beginning, open, type StartOutcome, type Wrong } from './start.ts';

/** What the new form knows from the claim that ended. */
const answersFrom = (claim: Claim): NominationAnswers => ({
  name: claim.name,
  locationId: claim.location.id,
  ...(claim.kind === 'claimed'
    ? { customerId: claim.customerId }
    : { identifier: { ...claim.identifier, tenantId: claim.tenantId, tenantName: null } }),
  ...(claim.hours === null ? {} : { hours: claim.hours }),
  ...claim.contacts,
  mismatchReason: claim.mismatchReason,
});

/** Where the new form begins, and what is wrong there. */
type Again = Beginning & { readonly wrong?: Wrong };

/** The review, or the first step that does not hold any more and why: what was right then is judged anew (R5). */
const beginningOf = async (ports: Ports, actor: Actor, claim: Claim): Promise<Again> => {
  const { reads } = ports;
  const answers = answersFrom(claim);
  const at = (step: string, kept: NominationAnswers, fault?: FieldFault, typed: Inputs = {}): Again => ({
    step,
    answers: kept,
    ...(fault === undefined ? {} : { wrong: { faults: [fault], typed } }),
  });
  const place = await reads.people.findLocation(claim.location.id);
  if (place === null || !mayClaimFor(actor, place)) {
    return at('location', answers, { field: 'location', fault: { code: 'location.notAllowed' } });
  }
  if (place.enrolment !== 'enrolled') {
    return at('location', answers, { field: 'location', fault: { code: 'location.notEnrolled' } });
  }
  const names = await namesOf(reads, actor.organisationId, answers);
  if (names.length === 0) {
    return at(
      'customer',
      { ...answers, customerId: undefined },
      { field: 'customer', fault: { code: 'customer.notKnown' } },
    );
  }
  let { opportunity } = answers;
  if (claim.identifier.type === 'msxOpportunityId') {
    const usable = await usableOpportunity(reads, actor, claim.identifier.value);
    if ('fault' in usable) {
      const { type, value } = claim.identifier;
      const fault = { field: 'identifierValue', fault: usable.fault };
      return at('identifier', answers, fault, { identifierType: type, identifierValue: value });
    }
    opportunity = usable.opportunity;
  }
  const known = { ...answers, ...(opportunity === undefined ? {} : { opportunity }) };
  const nominee = { names, payment: paymentOf(answers) };
  const options = await engagementOptions(reads, place, nominee, ports.clock.now());
  const option = options.find(({ engagement }) => engagement.slug === claim.engagementSlug);
  // Why it cannot be chosen stands on the step itself.
  if (option === undefined || standing(option) > 0) return at('engagements', known);
  const hours = option.engagement.payment === 'fixed' ? null : parseHours(String(claim.hours ?? ''), option.engagement);
  const chosen = { ...known, ...chosenFrom([option]) };
  if (hours !== null && 'fault' in hours) {
    return at('engagements', chosen, { field: 'hours', fault: hours.fault }, { hours: String(claim.hours ?? '') });
  }
  // R11: a tenant id that the old claim was not made under was never compared with the contact's address.
  const { type, value } = option.named;
  const compared = type !== 'tenantId' || (claim.identifier.type === type && claim.identifier.value === value);
  return at(compared ? 'review' : 'contacts', chosen);
};

/**
 * *Start again* (R17): expired or declined is final, so a new claim is begun in the form that made the old one, filled
 * in from it. A form that was begun so before is gone on with.
 */
export const startAgain = async (ports: Ports, actor: Actor, number: number): Promise<StartOutcome> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return { kind: 'noSuchClaim', claim: number };
  if (!canStartAgain(claim.status)) return { kind: 'notNow', claim: number };
  const kind: NominationKind = claim.kind === 'claimed' ? 'claimCustomer' : 'addCustomer';
  const { wrong, ...beginning } = await beginningOf(ports, actor, claim);
  const outcome = await open(ports, actor, kind, number, beginning);
  if (outcome.kind === 'at') return wrong === undefined ? outcome : { ...outcome, wrong };
  return outcome.kind === 'resume' ? { kind: 'at', draftId: outcome.draftId } : outcome;
};
