import type { AuditEvent } from '../audit/chain.ts';
import { byPerson } from '../audit/chain.ts';
import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { TRANSITIONS, type TransitionName } from '../claims/transitions.ts';
import { type Actor, isProgramAdmin } from '../people/actor.ts';
import { type StandIn, standsInNow } from '../people/stand-in.ts';
import type { Reads, Settings } from '../ports.ts';

/** By what right somebody reviews: their own role, or in a program admin's place (R25). */
export type Right = { readonly of: 'programAdmin' } | { readonly of: 'standIn'; readonly standIn: StandIn };

/** Null: the person is no reviewer at `now`. */
export const rightToReview = async (
  people: Pick<Reads['people'], 'listStandIns'>,
  actor: Actor,
  now: Date,
): Promise<Right | null> => {
  if (isProgramAdmin(actor)) return { of: 'programAdmin' };
  const standIn = await standsInNow(people, actor.personId, now);
  return standIn === null ? null : { of: 'standIn', standIn };
};

const REVIEWERS_STEPS: readonly string[] = (Object.keys(TRANSITIONS) as TransitionName[]).filter(
  (name) => TRANSITIONS[name].by === 'reviewer',
);

/**
 * R18: whether a claim is the person's own. It is when they may work on it, or ever did: its owner, and whoever took a
 * step of the partner's. A role that was given up does not make a judge of somebody.
 */
export const isOwnClaim = (
  actor: Actor,
  claim: Pick<Claim, 'organisationId' | 'location' | 'ownerId'>,
  history: readonly Pick<AuditEvent, 'actor' | 'what'>[],
): boolean =>
  mayManage(actor, claim) ||
  claim.ownerId === actor.personId ||
  history.some(({ actor: who, what }) => who === byPerson(actor) && !REVIEWERS_STEPS.includes(what));

/** Whether a reviewer may decide on this claim: on any but their own (R18). */
export const mayReview = (settings: Settings, ...of: Parameters<typeof isOwnClaim>): boolean =>
  settings.selfReview || !isOwnClaim(...of);
