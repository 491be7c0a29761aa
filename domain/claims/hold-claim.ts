import type { Actor } from '../people/actor.ts';
import type { Tx } from '../ports.ts';
import type { Claim } from './claim-store.ts';
import { mayManage } from './show-claim.ts';

/**
 * The claim, held until the transaction ends, for somebody who may work on it; null: there is none for them. The person is
 * read again inside: a role that was taken away a moment ago does nothing more.
 */
export const holdClaim = async (
  tx: Pick<Tx, 'claims' | 'people'>,
  { personId }: Pick<Actor, 'personId'>,
  number: number,
): Promise<Claim | null> => {
  await tx.claims.hold(number);
  const person = await tx.people.findActorById(personId);
  const claim = await tx.claims.find(number);
  return claim !== null && person !== null && mayManage(person, claim) ? claim : null;
};
