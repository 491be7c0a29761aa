import { byPerson } from '../audit/chain.ts';
import { closeReferrals } from '../co-sell/close-referrals.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { advanceClaim } from './advance-claim.ts';
import { isOver } from './deadlines.ts';
import { holdClaim } from './hold-claim.ts';
import type { ClaimStatus } from './status.ts';

export type ClaimOutcome =
  | { readonly kind: 'done'; readonly claim: number }
  /** Somebody or some clock was first; the claim card says who and when. */
  | { readonly kind: 'tooLate'; readonly claim: number }
  | { readonly kind: 'noSuchClaim'; readonly claim: number };

/**
 * R18: a claim can be canceled until it is submitted for the first time. Its consent links die with it (R22). `seen` is
 * the status at which the person decided: a customer who consented since is not canceled unseen.
 */
export const cancelClaim = (
  ports: Ports,
  actor: Actor,
  command: Command,
  number: number,
  seen: ClaimStatus,
): Promise<ClaimOutcome> =>
  carryOut<ClaimOutcome>(ports, actor, command, async (tx, now) => {
    const claim = await holdClaim(tx, actor, number);
    if (claim === null) return { kind: 'noSuchClaim', claim: number };
    // The deadline decides, not the sweep that writes it down a little later.
    if (isOver(claim.dueAt, now) || claim.status !== seen) return { kind: 'tooLate', claim: number };
    const by = { actor: byPerson(actor), at: now };
    if (!(await advanceClaim(tx, ports.sha256, claim, 'cancel', by, { dueAt: null }))) {
      return { kind: 'tooLate', claim: number };
    }
    await tx.consent.voidOpen([number]);
    await closeReferrals(ports, tx, [number], 'claimCanceled', by);
    return { kind: 'done', claim: number };
  });
