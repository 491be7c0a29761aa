import { audit, byPerson, chainOf } from '../audit/chain.ts';
import { type Command, carryOut, Refused } from '../commands.ts';
import type { Identifier } from '../customers/identifier.ts';
import { usableOpportunity } from '../drafts/add-customer.ts';
import type { Draft, Fault } from '../drafts/draft.ts';
import { parseHours } from '../drafts/hours.ts';
import {
  type ChosenIdentifier,
  engagementOptions,
  factsOf,
  isAsChosen,
  isNomination,
  type NominationAnswers,
  type NominationKind,
  namesOf,
  nominationAnswers,
  notEligible,
  paymentOf,
} from '../drafts/nomination.ts';
import { draftFor } from '../drafts/walk.ts';
import { type EngagementOption, standing } from '../engagements/eligibility.ts';
import { type Market, marketOf } from '../engagements/markets.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports, Tx } from '../ports.ts';
import type { ClaimKind } from './claim-store.ts';
import { consentClock } from './consent-clock.ts';
import { type PayoutInputs, proposePayout } from './payout.ts';

export type ConfirmOutcome =
  | { readonly kind: 'confirmed'; readonly draftId: string; readonly claims: readonly number[] }
  /** Something changed since it was chosen: nothing was made, and this is why. */
  | { readonly kind: 'refused'; readonly draftId: string; readonly fault: Fault }
  | { readonly kind: 'stale'; readonly draftId: string }
  | { readonly kind: 'notYours' };

type Answered<K extends keyof NominationAnswers> = { [F in K]-?: NonNullable<NominationAnswers[F]> };
type Complete = NominationAnswers & Answered<'name' | 'locationId' | 'engagements' | 'customer' | 'partner'>;

const isComplete = (answers: NominationAnswers): answers is Complete => {
  const { name, locationId, identifier, customerId, engagements, customer, partner } = answers;
  return Boolean(name && locationId && (identifier ?? customerId) && engagements?.length && customer && partner);
};

/** Which of the two ways to nominate a form is (R8). */
const WAYS: Record<NominationKind, ClaimKind> = { addCustomer: 'added', claimCustomer: 'claimed' };

const refused = (draft: Draft, fault: Fault) =>
  new Refused<ConfirmOutcome>({ kind: 'refused', draftId: draft.id, fault });

/** Everything that was true when it was chosen must be true now. */
const recheck = async (
  tx: Tx,
  actor: Actor,
  names: readonly ChosenIdentifier[],
  answers: Complete,
  now: Date,
): Promise<{ location: Location; chosen: readonly EngagementOption[] } | { fault: Fault }> => {
  const location = await tx.people.findLocation(answers.locationId);
  if (location === null || !mayClaimFor(actor, location)) return { fault: { code: 'location.notAllowed' } };
  if (location.enrolment !== 'enrolled') return { fault: { code: 'location.notEnrolled' } };
  const options = await engagementOptions(tx, location, { names, payment: paymentOf(answers) }, now);
  const chosen = options.filter(({ engagement }) => answers.engagements.includes(engagement.id));
  const out = chosen.find((option) => standing(option) > 0);
  if (out !== undefined) return { fault: notEligible(out) };
  // A version that was replaced or withdrawn meanwhile is not among the options any more.
  const gone = answers.engagements.find((id) => !chosen.some(({ engagement }) => engagement.id === id));
  if (gone !== undefined) {
    const slug = (await tx.engagements.findVersion(gone))?.slug;
    const newer = options.find(({ engagement }) => engagement.slug === slug);
    if (newer === undefined) return { fault: { code: 'engagement.none' } };
    const { name } = newer.engagement;
    return { fault: standing(newer) > 0 ? notEligible(newer) : { code: 'engagement.newVersion', engagement: name } };
  }
  // R14: nothing is confirmed but what the review showed.
  if (!chosen.every((option) => isAsChosen(option, answers))) return { fault: { code: 'customer.changed' } };
  return { location, chosen };
};

const NOT_VARIABLE: PayoutInputs = { opportunityValueCents: null, hours: null };

/** R14, R15: what a payout is computed from, as it was reviewed; refused where it changed, or anything is missing. */
const payoutInputs = async (
  tx: Tx,
  actor: Actor,
  { engagement, named }: EngagementOption,
  { hours, opportunity: reviewed }: Complete,
  market: Market,
): Promise<PayoutInputs | { fault: Fault }> => {
  if (engagement.payment === 'fixed') return NOT_VARIABLE;
  const usable = await usableOpportunity(tx, actor, named.value);
  if ('fault' in usable) return usable;
  const { valueCents } = usable.opportunity;
  if (valueCents !== reviewed?.valueCents) return { fault: { code: 'opportunity.changed' } };
  const within = parseHours(String(hours ?? ''), engagement);
  if ('fault' in within) return within;
  const inputs = { opportunityValueCents: valueCents, hours: within.value };
  const proposed = proposePayout(engagement, market, inputs);
  return 'missing' in proposed ? { fault: { code: 'payout.missing', missing: proposed.missing } } : inputs;
};

/**
 * Confirm (R9, R13): one claim per chosen engagement, all or none. The limits are counted again under the lock of the
 * customer and of the organisation, so that nobody slips in between the count and the claim (R7, R8).
 */
export const confirmClaims = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  draftId: string,
): Promise<ConfirmOutcome> => {
  const found = await draftFor<ConfirmOutcome>(ports, actor, draftId, command);
  if ('answer' in found) return found.answer;
  const { draft } = found;
  const answers = nominationAnswers(draft);
  if (draft.step !== 'review' || !isComplete(answers)) return { kind: 'stale', draftId };
  return carryOut<ConfirmOutcome>(ports, actor, command, (tx, now) =>
    makeClaims(ports, tx, actor, command, draft, answers, now),
  );
};

/** Who it is: a newcomer is kept with every name it was given; a known customer must still be known. */
const customerOf = async (tx: Tx, answers: Complete, now: Date): Promise<string | null> => {
  const { identifier, customerId } = answers;
  if (identifier === undefined) return customerId ?? null;
  const { type, value, tenantId } = identifier;
  const named: readonly Identifier[] = [
    { type, value },
    ...(tenantId === null ? [] : [{ type: 'tenantId', value: tenantId } as const]),
  ];
  const known = await factsOf(tx, identifier);
  return tx.customers.keep(known.customerId, answers.customer.company, named, now);
};

const makeClaims = async (
  ports: Ports,
  tx: Tx,
  actor: Actor,
  command: Command,
  draft: Draft,
  answers: Complete,
  now: Date,
): Promise<ConfirmOutcome> => {
  const customerId = await customerOf(tx, answers, now);
  const names = await namesOf(tx, actor.organisationId, answers);
  if (customerId === null || names.length === 0) throw refused(draft, { code: 'customer.notKnown' });
  await tx.customers.lock(customerId, actor.organisationId);

  const checked = await recheck(tx, actor, names, answers, now);
  if ('fault' in checked) throw refused(draft, checked.fault);

  const kind = isNomination(draft.kind) ? WAYS[draft.kind] : 'added';
  const claims: number[] = [];
  for (const option of checked.chosen) {
    const { engagement, named, country } = option;
    const { type, value, tenantId } = named;
    const market = marketOf(country ?? answers.customer.country);
    const pay = await payoutInputs(tx, actor, option, answers, market);
    if ('fault' in pay) throw refused(draft, pay.fault);
    const number = await tx.claims.add({
      organisationId: actor.organisationId,
      ownerId: actor.personId,
      locationId: checked.location.id,
      customerId,
      engagementVersionId: engagement.id,
      engagementSlug: engagement.slug,
      kind,
      name: answers.name,
      identifier: { type, value },
      tenantId,
      mismatchReason: answers.mismatchReason ?? null,
      market,
      ...pay,
      createdAt: now,
      ...consentClock(now, engagement),
      contacts: { customer: answers.customer, partner: answers.partner },
    });
    if (number === null) {
      // Another customer's claim took the opportunity in this very moment.
      const fault: Fault =
        engagement.payment === 'variable' ? { code: 'opportunity.used', number: null } : notEligible(option);
      throw refused(draft, fault);
    }
    await audit(tx, ports.sha256, {
      chain: chainOf(number),
      at: now,
      actor: byPerson(actor),
      what: kind,
      facts: {
        engagement: `${engagement.slug} v${engagement.version}`,
        location: checked.location.partnerId,
        identifier: `${type}:${value}`,
        mismatch: (answers.mismatchReason ?? null) !== null,
        ...(pay.hours === null ? {} : { hours: pay.hours }),
        ...(draft.claim === null ? {} : { again: draft.claim }),
      },
    });
    claims.push(number);
  }
  const moved = await tx.drafts.move(draft.id, command.id, {
    step: 'review',
    answers: { claims },
    commandId: ports.random.id(),
    status: 'confirmed',
    updatedAt: now,
  });
  if (!moved) throw new Refused({ kind: 'stale', draftId: draft.id });
  return { kind: 'confirmed', draftId: draft.id, claims };
};
