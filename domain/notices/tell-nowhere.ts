import { canBeAnswered } from '../co-sell/answer-co-sell.ts';
import { tellNoSellers } from '../co-sell/tell-no-sellers.ts';
import { tellDecidersInPerson } from '../people/access.ts';
import type { Ports } from '../ports.ts';
import { tellAdminsInPerson } from '../review/submit-claim.ts';
import type { KeptNotice } from './notice.ts';

/** Whether what a card asks for is still to be decided. */
export const isToBeDecided = async (
  ports: Ports,
  { kind, claimNumber, accessRequestId }: KeptNotice,
): Promise<boolean> => {
  if (kind === 'review' && claimNumber !== null) {
    return ((await ports.reads.claims.find(claimNumber))?.remindAt ?? null) !== null;
  }
  if (kind === 'coSell' && claimNumber !== null) {
    const referral = await ports.reads.referrals.find(claimNumber);
    return referral !== null && canBeAnswered(referral, ports.clock.now());
  }
  if (kind !== 'accessRequest' || accessRequestId === null) return false;
  return (await ports.reads.access.findRequest(accessRequestId))?.state === 'open';
};

/** R32: no channel takes a card that is to be decided on. Whoever may do something about it hears in their own chat. */
export const tellNowhere = async (ports: Ports, notice: KeptNotice): Promise<void> => {
  if (!(await isToBeDecided(ports, notice))) return;
  const { claimNumber, accessRequestId, revision, kind } = notice;
  await ports.inTx(async (tx) => {
    const at = ports.clock.now();
    if (claimNumber !== null) {
      const inPerson = kind === 'coSell' ? tellNoSellers : tellAdminsInPerson;
      await inPerson(ports, tx, claimNumber, `nowhere:${revision}`, at);
      return;
    }
    const request = accessRequestId === null ? null : await tx.access.findRequest(accessRequestId);
    const person = request && (await tx.people.findActorById(request.personId));
    if (request && person) await tellDecidersInPerson(ports, tx, { request, person }, at);
  });
};
