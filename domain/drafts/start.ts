import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { type Actor, mayClaim } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { Draft, DraftKind, FieldFault, Inputs } from './draft.ts';
import { type NominationAnswers, nominationAnswers } from './nomination.ts';
import { canBeAsked, isOutdated, SEND_CONSENT_STEPS, sendConsentAnswers, sendConsentStart } from './send-consent.ts';
import { FORMS } from './walk.ts';

export type StartOutcome =
  /** `wrong`: what does not hold any more of what the form was filled in with. */
  | { readonly kind: 'at'; readonly draftId: string; readonly wrong?: Wrong }
  /** There is one half-way: resume it, or start over. */
  | { readonly kind: 'resume'; readonly draftId: string }
  | { readonly kind: 'noRole' }
  | { readonly kind: 'noSuchClaim'; readonly claim: number }
  | { readonly kind: 'notNow'; readonly claim: number };

/** What is wrong with fields that were filled in, and what stands in them. */
export type Wrong = { readonly faults: readonly FieldFault[]; readonly typed: Inputs };

/** Where a form begins, and with what. */
export type Beginning = { readonly step: string; readonly answers: Draft['answers'] };

export const open = async (
  ports: Ports,
  actor: Actor,
  kind: DraftKind,
  claim: number | null,
  beginning: Beginning,
): Promise<StartOutcome> => {
  const existing = await ports.reads.drafts.findOpen(actor.personId, kind, claim);
  if (existing !== null) return { kind: 'resume', draftId: existing.id };
  const draft: Draft = {
    id: ports.random.id(),
    personId: actor.personId,
    kind,
    claim,
    ...beginning,
    commandId: ports.random.id(),
    status: 'open',
    updatedAt: ports.clock.now(),
  };
  if (await ports.inTx((tx) => tx.drafts.open(draft))) return { kind: 'at', draftId: draft.id };
  const other = await ports.reads.drafts.findOpen(actor.personId, kind, claim);
  return { kind: 'at', draftId: other?.id ?? draft.id };
};

/** Begins a form anew; true when nobody moved it on meanwhile. */
const beginAgain = (ports: Ports, draft: Draft, beginning: Beginning): Promise<boolean> =>
  ports.inTx((tx) =>
    tx.drafts.move(draft.id, draft.commandId, {
      ...beginning,
      commandId: ports.random.id(),
      status: 'open',
      updatedAt: ports.clock.now(),
    }),
  );

/** What is worth an offer to go on: a name is the first thing that is typed into either form. */
const isUntouched = ({ answers }: Draft): boolean => answers.name === undefined;

/** What *Add customer* was begun at: a message, or nothing in particular. */
export type AddedFrom = Pick<NominationAnswers, 'fromMessage'>;

/** Whether a form was begun at what this one is begun at. */
const beganFrom = (draft: Draft, { fromMessage: now }: AddedFrom): boolean => {
  const { fromMessage: before } = nominationAnswers(draft);
  return before?.email === now?.email && before?.name === now?.name;
};

/** `add customer`: a new form, or the offer to go on with the one that is open. */
export const startAddCustomer = async (ports: Ports, actor: Actor, from: AddedFrom = {}): Promise<StartOutcome> => {
  if (!mayClaim(actor)) return { kind: 'noRole' };
  const [first] = FORMS.addCustomer.steps;
  const beginning: Beginning = { step: first ?? '', answers: from };
  const outcome = await open(ports, actor, 'addCustomer', null, beginning);
  if (outcome.kind !== 'resume') return outcome;
  const draft = await ports.reads.drafts.find(outcome.draftId);
  if (draft === null || !isUntouched(draft) || draft.step !== first) return outcome;
  // Nothing is lost in a form that nothing was typed into: a second click just shows it, and one at another message
  // begins with that.
  if (!beganFrom(draft, from)) await beginAgain(ports, draft, beginning);
  return { ...outcome, kind: 'at' };
};

/** Where *Claim customer* was pressed: at a customer's row of an engagement, or nowhere in particular. */
export type ClaimedFrom = Pick<NominationAnswers, 'customerId' | 'from'>;

/** `claim customer` (R13), by the word or from a row of the Customers page. */
export const startClaimCustomer = async (ports: Ports, actor: Actor, from: ClaimedFrom): Promise<StartOutcome> => {
  if (!mayClaim(actor)) return { kind: 'noRole' };
  const { customerId, from: slug } = from;
  const current = slug === undefined ? [] : await ports.reads.engagements.listCurrent(ports.clock.now());
  const engagement = current.find((version) => version.slug === slug);
  const beginning: Beginning = {
    step: customerId === undefined ? 'customer' : 'name',
    answers: {
      ...(customerId === undefined ? {} : { customerId }),
      ...(engagement === undefined ? {} : { from: engagement.slug, engagements: [engagement.id] }),
    },
  };
  const outcome = await open(ports, actor, 'claimCustomer', null, beginning);
  if (outcome.kind !== 'resume') return outcome;
  const draft = await ports.reads.drafts.find(outcome.draftId);
  if (draft === null || !isUntouched(draft)) return outcome;
  await beginAgain(ports, draft, beginning);
  return { ...outcome, kind: 'at' };
};

/** *Send consent e-mail* and *Re-send* (R20): a form about one claim, its contacts filled in. */
export const startSendConsent = async (ports: Ports, actor: Actor, number: number): Promise<StartOutcome> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return { kind: 'noSuchClaim', claim: number };
  if (!canBeAsked(claim, ports.clock.now())) return { kind: 'notNow', claim: number };
  const outcome = await open(ports, actor, 'sendConsent', number, {
    step: SEND_CONSENT_STEPS[0],
    answers: sendConsentStart(claim),
  });
  if (outcome.kind !== 'resume') return outcome;
  await reviewAgain(ports, outcome.draftId, claim);
  return { kind: 'at', draftId: outcome.draftId };
};

/**
 * A consent form that was left half-way begins with its contacts again, as R20 wants them reviewed before each mail;
 * and with the claim's own, when somebody has sent meanwhile. One that stands there already is left as it is: its card
 * may be filled in right now.
 */
const reviewAgain = async (ports: Ports, draftId: string, claim: Claim): Promise<void> => {
  const draft = await ports.reads.drafts.find(draftId);
  if (draft === null || draft.status !== 'open') return;
  const outdated = isOutdated(sendConsentAnswers(draft), claim);
  const [first] = SEND_CONSENT_STEPS;
  if (draft.step === first && !outdated) return;
  await beginAgain(ports, draft, { step: first, answers: outdated ? sendConsentStart(claim) : draft.answers });
};
