import { type AuditFacts, audit, chainOf } from '../audit/chain.ts';
import { nextWarning } from '../notices/reminders.ts';
import type { Sha256, Tx } from '../ports.ts';
import type { Claim, ClaimChange } from './claim-store.ts';
import { canFollow, type Standing, TRANSITIONS, type TransitionName } from './transitions.ts';

/** Who makes a step, when, and what its line in the history holds. */
export type Step = {
  readonly actor: string;
  readonly at: Date;
  readonly facts?: AuditFacts;
  /** What they wrote with it. Kept apart, because words may name people; the history holds its hash (R34). */
  readonly remark?: string | null;
};

/**
 * One step along the transition table (R16), with its line in the history (R33): the line's sequence number. Null when
 * somebody was first: the claim no longer stands where this transition begins, and nothing was written.
 */
export const advanceClaim = async (
  tx: Pick<Tx, 'audit' | 'claims'> & { readonly notices: Pick<Tx['notices'], 'moved'> },
  sha256: Sha256,
  claim: Standing & Pick<Claim, 'number' | 'dueAt'>,
  transition: TransitionName,
  { actor, at, facts, remark = null }: Step,
  change: Partial<Omit<ClaimChange, 'status' | 'statusAt' | 'warnAt'>> = {},
): Promise<number | null> => {
  if (!canFollow(transition, claim)) return null;
  const { from, to } = TRANSITIONS[transition];
  const standing = { status: to, statusAt: at, dueAt: claim.dueAt, ...change };
  // R30: every clock that begins, stops or goes on is warned of from here on.
  const warnAt = nextWarning(standing, at);
  const advanced = await tx.claims.advance(claim.number, from, { ...standing, warnAt });
  if (!advanced) return null;
  const sequence = await audit(tx, sha256, {
    chain: chainOf(claim.number),
    at,
    actor,
    what: transition,
    facts: {
      ...facts,
      ...(remark === null ? {} : { remarkHash: sha256(remark) }),
      before: claim.status,
      after: to,
    },
  });
  if (remark !== null) await tx.claims.keepRemark(claim.number, sequence, remark);
  await tx.notices.moved([claim.number]);
  return sequence;
};
