import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { type Actor, mayClaim } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { Draft, DraftKind } from './draft.ts';
import { canBeAsked, isOutdated, SEND_CONSENT_STEPS, sendConsentAnswers, sendConsentStart } from './send-consent.ts';
import { FORMS } from './walk.ts';

export type StartOutcome =
  | { readonly kind: 'at'; readonly draftId: string }
  /** There is one half-way: resume it, or start over. */
  | { readonly kind: 'resume'; readonly draftId: string }
  | { readonly kind: 'noRole' }
  | { readonly kind: 'noSuchClaim'; readonly claim: number }
  | { readonly kind: 'notNow'; readonly claim: number };

const isUntouched = ({ kind, step, answers }: Draft): boolean =>
  step === FORMS[kind].steps[0] && Object.keys(answers).length === 0;

const open = async (
  ports: Ports,
  actor: Actor,
  kind: DraftKind,
  claim: number | null,
  answers: Draft['answers'],
): Promise<StartOutcome> => {
  const existing = await ports.reads.drafts.findOpen(actor.personId, kind, claim);
  // Nothing is lost in a form that nothing was typed into: a second click just shows it.
  if (existing !== null) return { kind: isUntouched(existing) ? 'at' : 'resume', draftId: existing.id };
  const draft: Draft = {
    id: ports.random.id(),
    personId: actor.personId,
    kind,
    claim,
    step: FORMS[kind].steps[0] ?? '',
    answers,
    commandId: ports.random.id(),
    status: 'open',
    updatedAt: ports.clock.now(),
  };
  if (await ports.inTx((tx) => tx.drafts.open(draft))) return { kind: 'at', draftId: draft.id };
  const other = await ports.reads.drafts.findOpen(actor.personId, kind, claim);
  return { kind: 'at', draftId: other?.id ?? draft.id };
};

/** `add customer`: a new form, or the offer to go on with the one that is open. */
export const startAddCustomer = async (ports: Ports, actor: Actor): Promise<StartOutcome> =>
  mayClaim(actor) ? open(ports, actor, 'addCustomer', null, {}) : { kind: 'noRole' };

/** *Send consent e-mail* and *Re-send* (R20): a form about one claim, its contacts filled in. */
export const startSendConsent = async (ports: Ports, actor: Actor, number: number): Promise<StartOutcome> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return { kind: 'noSuchClaim', claim: number };
  if (!canBeAsked(claim, ports.clock.now())) return { kind: 'notNow', claim: number };
  const outcome = await open(ports, actor, 'sendConsent', number, sendConsentStart(claim));
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
  await ports.inTx((tx) =>
    tx.drafts.move(draft.id, draft.commandId, {
      step: first,
      answers: outdated ? sendConsentStart(claim) : draft.answers,
      commandId: ports.random.id(),
      status: 'open',
      updatedAt: ports.clock.now(),
    }),
  );
};
