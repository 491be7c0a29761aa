import { audit, chainOf } from '../audit/chain.ts';
import { type Command, carryOut, Refused } from '../commands.ts';
import type { Identifier } from '../customers/identifier.ts';
import {
  type AddCustomerAnswers,
  addCustomerAnswers,
  engagementOptions,
  factsOf,
  notEligible,
} from '../drafts/add-customer.ts';
import type { Draft, Fault } from '../drafts/draft.ts';
import { draftFor } from '../drafts/walk.ts';
import type { EngagementOption } from '../engagements/eligibility.ts';
import { marketOf } from '../engagements/markets.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports, Tx } from '../ports.ts';
import { endOfWindow } from './deadlines.ts';

export type ConfirmOutcome =
  | { readonly kind: 'confirmed'; readonly draftId: string; readonly claims: readonly number[] }
  /** Something changed since it was chosen: nothing was made, and this is why. */
  | { readonly kind: 'refused'; readonly draftId: string; readonly fault: Fault }
  | { readonly kind: 'stale'; readonly draftId: string }
  | { readonly kind: 'notYours' };

type Answered<K extends keyof AddCustomerAnswers> = { [F in K]-?: NonNullable<AddCustomerAnswers[F]> };
type Complete = Answered<'name' | 'locationId' | 'identifier' | 'engagements' | 'customer' | 'partner'> & {
  mismatchReason: string | null;
};

const complete = (answers: AddCustomerAnswers): Complete | null => {
  const { name, locationId, identifier, engagements, customer, partner } = answers;
  if (!name || !locationId || !identifier || !engagements?.length || !customer || !partner) return null;
  return {
    name,
    locationId,
    identifier,
    engagements,
    customer,
    partner,
    mismatchReason: answers.mismatchReason ?? null,
  };
};

/** Everything that was true when it was chosen must be true now. */
const recheck = async (
  tx: Tx,
  actor: Actor,
  answers: Complete,
  now: Date,
): Promise<{ location: Location; chosen: readonly EngagementOption[] } | { fault: Fault }> => {
  const location = await tx.people.findLocation(answers.locationId);
  if (location === null || !mayClaimFor(actor, location)) return { fault: { code: 'location.notAllowed' } };
  if (location.enrolment !== 'enrolled') return { fault: { code: 'location.notEnrolled' } };
  const options = await engagementOptions(tx, location, answers.identifier, now);
  const chosen = options.filter(({ engagement }) => answers.engagements.includes(engagement.id));
  const refused = chosen.find((option) => [option.location, option.customer].some((v) => v.verdict !== 'eligible'));
  if (refused !== undefined) return { fault: notEligible(refused) };
  // A version that was replaced or withdrawn meanwhile is not among the options any more.
  const gone = answers.engagements.find((id) => !chosen.some(({ engagement }) => engagement.id === id));
  if (gone !== undefined) {
    const slug = (await tx.engagements.findVersion(gone))?.slug;
    const newer = options.find(({ engagement }) => engagement.slug === slug);
    return { fault: newer === undefined ? { code: 'engagement.none' } : notEligible(newer) };
  }
  return { location, chosen };
};

/**
 * Confirm (R9): one claim per chosen engagement, all or none. The limits are counted again under the lock of the
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
  const answers = complete(addCustomerAnswers(draft));
  if (draft.step !== 'review' || answers === null) return { kind: 'stale', draftId };
  return carryOut<ConfirmOutcome>(ports, actor, command, (tx, now) =>
    makeClaims(ports, tx, actor, command, draft, answers, now),
  );
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
  const { type, value, tenantId } = answers.identifier;
  const known = await factsOf(tx, answers.identifier);
  const named: readonly Identifier[] = [
    { type, value },
    ...(tenantId === null ? [] : [{ type: 'tenantId', value: tenantId } as const]),
  ];
  const customerId = await tx.customers.keep(known.customerId, answers.customer.company, named, now);
  await tx.customers.lock(customerId, actor.organisationId);

  const checked = await recheck(tx, actor, answers, now);
  if ('fault' in checked) throw new Refused({ kind: 'refused', draftId: draft.id, fault: checked.fault });

  const claims: number[] = [];
  for (const { engagement } of checked.chosen) {
    const number = await tx.claims.add({
      organisationId: actor.organisationId,
      ownerId: actor.personId,
      locationId: checked.location.id,
      customerId,
      engagementVersionId: engagement.id,
      engagementSlug: engagement.slug,
      name: answers.name,
      identifier: { type, value },
      tenantId,
      mismatchReason: answers.mismatchReason,
      market: marketOf(known.judged?.facts?.country ?? answers.customer.country),
      createdAt: now,
      dueAt: endOfWindow(now, engagement.windows.consent),
      contacts: { customer: answers.customer, partner: answers.partner },
    });
    if (number === null) {
      const fault: Fault = { code: 'engagement.notEligible', engagement: engagement.name, reasons: [] };
      throw new Refused({ kind: 'refused', draftId: draft.id, fault });
    }
    await audit(tx, ports.sha256, {
      chain: chainOf(number),
      at: now,
      actor: `person:${actor.personId}`,
      what: 'added',
      facts: {
        engagement: `${engagement.slug} v${engagement.version}`,
        location: checked.location.partnerId,
        identifier: `${type}:${value}`,
        mismatch: answers.mismatchReason !== null,
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
