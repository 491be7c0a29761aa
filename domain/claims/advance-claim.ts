import { type AuditFacts, audit, chainOf } from '../audit/chain.ts';
import type { Sha256, Tx } from '../ports.ts';
import type { Claim, ClaimChange } from './claim-store.ts';
import { TRANSITIONS, type TransitionName } from './transitions.ts';

/**
 * One step along the transition table (R16), with its line in the history (R33). False when somebody was first: the
 * claim no longer stands where this transition begins, and nothing was written.
 */
export const advanceClaim = async (
  tx: Pick<Tx, 'audit' | 'claims'>,
  sha256: Sha256,
  claim: Pick<Claim, 'number' | 'dueAt' | 'status'>,
  transition: TransitionName,
  by: { readonly actor: string; readonly at: Date; readonly facts?: AuditFacts },
  change: Partial<Pick<ClaimChange, 'dueAt' | 'consentedAt' | 'rateVersionId' | 'dealSizeCents'>> = {},
): Promise<boolean> => {
  const { from, to } = TRANSITIONS[transition];
  const advanced = await tx.claims.advance(claim.number, from, {
    status: to,
    statusAt: by.at,
    dueAt: claim.dueAt,
    ...change,
  });
  if (!advanced) return false;
  const facts = { ...by.facts, before: claim.status, after: to };
  await audit(tx, sha256, { chain: chainOf(claim.number), at: by.at, actor: by.actor, what: transition, facts });
  return true;
};
