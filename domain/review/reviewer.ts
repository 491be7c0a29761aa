import { type AuditEvent, byPerson, chainOfPerson } from '../audit/chain.ts';
import type { Claim } from '../claims/claim-store.ts';
import { mayManage } from '../claims/show-claim.ts';
import { TRANSITIONS, type TransitionName } from '../claims/transitions.ts';
import { type Actor, isProgramAdmin, ROLES, type RoleGrant } from '../people/actor.ts';
import { type StandIn, standInsNow } from '../people/stand-in.ts';
import type { Reads, Settings } from '../ports.ts';

/** By what right somebody reviews: their own role, or in a program admin's place (R25). */
export type Right = { readonly of: 'programAdmin' } | { readonly of: 'standIn'; readonly standIn: StandIn };

type Reading = {
  readonly people: Pick<Reads['people'], 'listStandIns' | 'findActorById'>;
  readonly audit: Pick<Reads['audit'], 'list'>;
};

/** Whether the person reviews at all at `now`. Which claims, is asked of each. */
export const isReviewer = async ({ people }: Pick<Reading, 'people'>, actor: Actor, now: Date): Promise<boolean> =>
  isProgramAdmin(actor) || (await standInsNow(people, actor.personId, now)).length > 0;

const REVIEWERS_STEPS: readonly string[] = (Object.keys(TRANSITIONS) as TransitionName[]).filter(
  (name) => TRANSITIONS[name].by === 'reviewer',
);

type Own = Pick<Claim, 'organisationId' | 'location' | 'ownerId' | 'createdAt'>;
type Told = Pick<AuditEvent, 'actor' | 'what'>;

/** Roles that were taken from the person since a moment. */
const lostSince = async ({ audit }: Reading, personId: string, since: Date): Promise<readonly RoleGrant[]> =>
  (await audit.list(chainOfPerson(personId))).flatMap(({ what, at, facts }) => {
    const role = ROLES.find((one) => one === facts.role);
    return what === 'roleRemoved' && at >= since && role !== undefined ? [{ role, scope: String(facts.scope) }] : [];
  });

/**
 * R18: whether a claim is the person's own. It is when they may work on it, or could at any time since it was made, or
 * ever did: a role that was given up does not make a judge of somebody.
 */
const isOwnClaim = async (reading: Reading, actor: Actor, claim: Own, history: readonly Told[]): Promise<boolean> => {
  const took = ({ actor: who, what }: Told) => who === byPerson(actor) && !REVIEWERS_STEPS.includes(what);
  if (mayManage(actor, claim) || claim.ownerId === actor.personId || history.some(took)) return true;
  const roles = await lostSince(reading, actor.personId, claim.createdAt);
  return mayManage({ ...actor, roles }, claim);
};

/**
 * By what right the person may decide on this claim now: their own, or that of an admin they stand in for. `own`: they
 * are a reviewer, and it is their own claim, or that of everybody they stand in for; null: they are no reviewer.
 */
export const rightToReview = async (
  reading: Reading,
  { selfReview }: Settings,
  actor: Actor,
  claim: Own,
  history: readonly Told[],
  now: Date,
): Promise<Right | 'own' | null> => {
  const standIns = isProgramAdmin(actor) ? [] : await standInsNow(reading.people, actor.personId, now);
  if (!isProgramAdmin(actor) && standIns.length === 0) return null;
  if (!selfReview && (await isOwnClaim(reading, actor, claim, history))) return 'own';
  if (isProgramAdmin(actor)) return { of: 'programAdmin' };
  for (const standIn of standIns) {
    const admin = await reading.people.findActorById(standIn.adminId);
    // Nobody has another decide in their place on what they may not decide themselves.
    if (admin !== null && (selfReview || !(await isOwnClaim(reading, admin, claim, history)))) {
      return { of: 'standIn', standIn };
    }
  }
  return 'own';
};
