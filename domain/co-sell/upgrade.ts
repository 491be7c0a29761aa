import { byPerson } from '../audit/chain.ts';
import type { Claim } from '../claims/claim-store.ts';
import { endOfWindow } from '../claims/deadlines.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { tell, tellPartner } from '../notices/tell.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { type ConsentFlags, coSellConditions, verdictOf } from './conditions.ts';
import { noteReferral } from './history.ts';
import { coSellKey, mayOpenReferral, type Referral } from './referral.ts';
import { nextSellerReminder } from './remind-sellers.ts';
import { tellNoSellers } from './tell-no-sellers.ts';

/** So many days the sellers have to answer (R28), counted like every window (R17). */
export const ANSWER_DAYS = 14;

type Step = { readonly actor: string; readonly at: Date };

/** What picks the channel of the sellers (R28). */
const routeFacts = (
  { contacts }: Pick<Claim, 'contacts'>,
  { solutionArea }: Pick<Engagement, 'solutionArea'>,
): { readonly country: string; readonly solutionArea: string } => ({
  country: contacts.customer.country,
  solutionArea,
});

/** Whether co-sell was not asked for yet and still can be. */
export const canBeUpgraded = ({ status, coSell }: Pick<Referral, 'status' | 'coSell'>): boolean =>
  coSell === null && status === 'Active';

/**
 * R27: judges whether a claim's referral can be upgraded to co-sell, keeps the verdict, and where it is a yes asks the
 * sellers (R28). Upgraded is upgraded: a second time changes nothing. The caller holds the claim; whether it was done.
 */
export const judgeCoSell = async (
  ports: Pick<Ports, 'random' | 'sha256'>,
  tx: Tx,
  claim: Claim,
  engagement: Engagement,
  flags: ConsentFlags,
  { actor, at, by }: Step & { readonly by?: string },
): Promise<boolean> => {
  const referral = await tx.referrals.find(claim.number);
  if (referral === null || referral.coSell !== null || referral.status === 'Closed') return false;
  const conditions = await coSellConditions(tx, claim, engagement, flags, referral.status === 'Active');
  const verdict = verdictOf(conditions);
  if (verdict !== 'eligible') {
    await tx.referrals.change(claim.number, { coSellConditions: conditions }, at);
    const lacking = conditions.filter(({ holds }) => holds !== 'yes').map(({ name }) => name);
    await noteReferral(ports, tx, claim.number, 'notUpgraded', { actor, at, facts: { verdict, lacking } });
    return false;
  }
  const answerDueAt = endOfWindow(at, ANSWER_DAYS);
  const warnAt = nextSellerReminder(answerDueAt, at);
  const upgraded = { coSellConditions: conditions, coSell: 'asked', upgradedAt: at, answerDueAt, warnAt } as const;
  await tx.referrals.change(claim.number, upgraded, at);
  await noteReferral(ports, tx, claim.number, 'upgraded', { actor, at });
  await tellSellers(ports, tx, claim, engagement, at);
  await tellPartner(ports, tx, claim, 'coSellUpgraded', 'co-sell-upgraded', at, by);
  return true;
};

/** R28: one card in the sellers' channel. Where none takes it, the admins who can set one up hear that. */
const tellSellers = async (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  claim: Claim,
  engagement: Engagement,
  at: Date,
): Promise<void> => {
  const { number: claimNumber, organisationId } = claim;
  const facts = routeFacts(claim, engagement);
  await tell(
    ports,
    tx,
    'coSell',
    { duty: 'sellers', organisationId },
    coSellKey(claimNumber),
    { claimNumber, facts },
    at,
  );
  if ((await tx.channels.findFor('sellers', organisationId, facts)) !== null) return;
  await tellNoSellers(ports, tx, claimNumber, 'no-channel', at);
};

export type UpgradeOutcome =
  | { readonly kind: 'upgraded'; readonly claim: number }
  /** The verdict is still no; the card says condition by condition why. */
  | { readonly kind: 'notUpgraded'; readonly claim: number }
  /** It was upgraded already, or is closed. */
  | { readonly kind: 'tooLate'; readonly claim: number }
  | { readonly kind: 'noSuchReferral'; readonly claim: number };

/** A Referrals admin has the conditions looked at again: what was not known may be known by now. */
export const askForCoSell = (ports: Ports, actor: Actor, command: Command, number: number): Promise<UpgradeOutcome> =>
  carryOut<UpgradeOutcome>(ports, actor, command, async (tx, at) => {
    await tx.claims.hold(number);
    const [person, claim, referral] = [
      await tx.people.findActorById(actor.personId),
      await tx.claims.find(number),
      await tx.referrals.find(number),
    ];
    if (person === null || claim === null || referral === null || !mayOpenReferral(person, claim)) {
      return { kind: 'noSuchReferral', claim: number };
    }
    if (!canBeUpgraded(referral) || claim.consentedAt === null) return { kind: 'tooLate', claim: number };
    const engagement = await tx.engagements.findVersion(claim.engagementVersionId);
    const request = await tx.consent.findNewest(number);
    if (engagement === null || request === null) return { kind: 'tooLate', claim: number };
    const step = { actor: byPerson(actor), at, by: actor.personId };
    const done = await judgeCoSell(ports, tx, claim, engagement, request, step);
    return { kind: done ? 'upgraded' : 'notUpgraded', claim: number };
  });
