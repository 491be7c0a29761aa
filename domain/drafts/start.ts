import { mayManage } from '../claims/show-claim.ts';
import { TRANSITIONS } from '../claims/transitions.ts';
import { type Actor, mayClaim } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import type { Draft, DraftKind } from './draft.ts';
import { FORMS } from './walk.ts';

export type StartOutcome =
  | { readonly kind: 'at'; readonly draftId: string }
  /** There is one half-way: resume it, or start over. */
  | { readonly kind: 'resume'; readonly draftId: string }
  | { readonly kind: 'noRole' }
  | { readonly kind: 'noSuchClaim'; readonly claim: number }
  | { readonly kind: 'notNow'; readonly claim: number };

const open = async (
  ports: Ports,
  actor: Actor,
  kind: DraftKind,
  claim: number | null,
  answers: Draft['answers'],
): Promise<StartOutcome> => {
  const existing = await ports.reads.drafts.findOpen(actor.personId, kind, claim);
  if (existing !== null) return { kind: 'resume', draftId: existing.id };
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
  return { kind: 'resume', draftId: other?.id ?? draft.id };
};

/** `add customer`: a new form, or the offer to go on with the one that is open. */
export const startAddCustomer = async (ports: Ports, actor: Actor): Promise<StartOutcome> =>
  mayClaim(actor) ? open(ports, actor, 'addCustomer', null, {}) : { kind: 'noRole' };

/** *Send consent e-mail* and *Re-send* (R20): a form about one claim, its contacts filled in. */
export const startSendConsent = async (ports: Ports, actor: Actor, number: number): Promise<StartOutcome> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return { kind: 'noSuchClaim', claim: number };
  const statuses: readonly string[] = [...TRANSITIONS.sendConsent.from, ...TRANSITIONS.resendConsent.from];
  if (!statuses.includes(claim.status)) return { kind: 'notNow', claim: number };
  const outcome = await open(ports, actor, 'sendConsent', number, { ...claim.contacts });
  // A form about one claim holds little: going straight on with it is what people expect.
  return outcome.kind === 'resume' ? { kind: 'at', draftId: outcome.draftId } : outcome;
};
