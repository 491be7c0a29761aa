import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { canStartAgain } from '../claims/status.ts';
import { standing } from '../engagements/eligibility.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { usableOpportunity } from './add-customer.ts';
import { engagementOptions, type NominationAnswers, type NominationKind, namesOf, paymentOf } from './nomination.ts';
import { type Beginning, open, type StartOutcome } from './start.ts';

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

/** The review, or the first step that does not hold any more: what was right then is judged anew (R5). */
const beginningOf = async (ports: Ports, actor: Actor, claim: Claim): Promise<Beginning> => {
  const { reads } = ports;
  const answers = answersFrom(claim);
  const place = await reads.people.findLocation(claim.location.id);
  if (place === null || place.enrolment !== 'enrolled' || !mayClaimFor(actor, place)) {
    return { step: 'location', answers };
  }
  const names = await namesOf(reads, actor.organisationId, answers);
  if (names.length === 0) return { step: 'customer', answers: { ...answers, customerId: undefined } };
  let { opportunity } = answers;
  if (claim.identifier.type === 'msxOpportunityId') {
    const usable = await usableOpportunity(reads, actor, claim.identifier.value);
    if ('fault' in usable) return { step: 'identifier', answers };
    opportunity = usable.opportunity;
  }
  const nominee = { names, payment: paymentOf(answers) };
  const options = await engagementOptions(reads, place, nominee, ports.clock.now());
  const option = options.find(({ engagement }) => engagement.slug === claim.engagementSlug);
  const known = { ...answers, ...(opportunity === undefined ? {} : { opportunity }) };
  return option === undefined || standing(option) > 0
    ? { step: 'engagements', answers: known }
    : { step: 'review', answers: { ...known, engagements: [option.engagement.id] } };
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
  const outcome = await open(ports, actor, kind, number, await beginningOf(ports, actor, claim));
  return outcome.kind === 'resume' ? { ...outcome, kind: 'at' } : outcome;
};
