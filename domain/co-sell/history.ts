import { type AuditEvent, type AuditFacts, audit, chainOfReferral } from '../audit/chain.ts';
import type { Ports, Tx } from '../ports.ts';

/** What the history of a referral can hold. Each has its words in every language. */
export const REFERRAL_EVENTS = [
  'made',
  'notMade',
  'upgraded',
  'notUpgraded',
  'reminded',
  'taken',
  'declined',
  'expired',
  'withdrawn',
  'changed',
  'won',
  'lost',
  'closed',
] as const;
export type ReferralEvent = (typeof REFERRAL_EVENTS)[number];

/** Who brought a step about: as in a claim's history, or Partner Center, where it was made there (R29). */
export const ELSEWHERE = 'partnerCenter';

/** Keeps one step of a referral (R33). The caller holds the claim. */
export const noteReferral = (
  ports: Pick<Ports, 'sha256'>,
  tx: Pick<Tx, 'audit'>,
  claimNumber: number,
  what: ReferralEvent,
  { actor, at, facts = {} }: { readonly actor: string; readonly at: Date; readonly facts?: AuditFacts },
): Promise<number> => audit(tx, ports.sha256, { chain: chainOfReferral(claimNumber), at, actor, what, facts });

export type ReferralLine = Pick<AuditEvent, 'at' | 'facts'> & {
  readonly what: ReferralEvent;
  /** Null: not a person of ours. */
  readonly person: string | null;
  readonly by: 'person' | 'customer' | 'clock' | 'partnerCenter';
};

/** A referral's history, oldest first, its people by name. */
export const referralHistory = async (
  { reads }: Pick<Ports, 'reads'>,
  claimNumber: number,
): Promise<readonly ReferralLine[]> => {
  const events = await reads.audit.list(chainOfReferral(claimNumber));
  const idOf = (actor: string) => (actor.startsWith('person:') ? actor.slice(7) : null);
  const names = await reads.people.findNames([...new Set(events.flatMap(({ actor }) => idOf(actor) ?? []))]);
  return events.flatMap(({ at, what: named, facts, actor }) => {
    const what = REFERRAL_EVENTS.find((event) => event === named);
    if (what === undefined) return [];
    const by = actor === 'customer' || actor === 'clock' || actor === ELSEWHERE ? actor : 'person';
    return [{ at, what, facts, by, person: names.get(idOf(actor) ?? '') ?? null }];
  });
};
