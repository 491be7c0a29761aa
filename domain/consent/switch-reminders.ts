import { audit, byPerson, chainOf } from '../audit/chain.ts';
import type { Step } from '../claims/advance-claim.ts';
import type { ClaimOutcome } from '../claims/cancel-claim.ts';
import type { Claim } from '../claims/claim-store.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports, Sha256, Tx } from '../ports.ts';
import { awaitsAnswer, remindersAhead } from './reminder-plan.ts';

/**
 * Keeps whether the customer of a claim that awaits consent is reminded, and plans the next one after `after`. What was
 * sent before counts, wherever the clock stands now. The caller holds the claim. False: it awaits no consent.
 */
export const keepReminders = async (
  tx: Pick<Tx, 'audit' | 'customerReminders'>,
  sha256: Sha256,
  claim: Pick<Claim, 'number' | 'dueAt' | 'remindsCustomer' | 'customerReminders'>,
  on: boolean,
  { actor, at }: Pick<Step, 'actor' | 'at'>,
  after: Date,
): Promise<boolean> => {
  const chain = chainOf(claim.number);
  const told = (await tx.audit.list(chain)).filter(({ facts }) => facts.reminder !== undefined);
  const since = new Date(Math.max(after.getTime(), ...told.map((line) => line.at.getTime())));
  const next = on ? (remindersAhead(claim, since)[0] ?? null) : null;
  if (!(await tx.customerReminders.switchTo(claim.number, on, next))) return false;
  if (on === claim.remindsCustomer) return true;
  await audit(tx, sha256, { chain, at, actor, what: on ? 'remindersOn' : 'remindersOff', facts: {} });
  return true;
};

/** Switches the reminders of a claim's customer on or off, as long as the customer is to answer. */
export const switchReminders = (
  ports: Ports,
  actor: Actor,
  command: Command,
  number: number,
  on: boolean,
): Promise<ClaimOutcome> =>
  carryOut<ClaimOutcome>(ports, actor, command, async (tx, now) => {
    const claim = await holdClaim(tx, actor, number);
    if (claim === null) return { kind: 'noSuchClaim', claim: number };
    const possible = awaitsAnswer(claim, now) && (!on || remindersAhead(claim, now).length > 0);
    if (!possible) return { kind: 'tooLate', claim: number };
    // Pressed on an old card: what is so already stays as it was planned.
    if (on === claim.remindsCustomer) return { kind: 'done', claim: number };
    const by = { actor: byPerson(actor), at: now };
    const kept = await keepReminders(tx, ports.sha256, claim, on, by, now);
    return { kind: kept ? 'done' : 'tooLate', claim: number };
  });
