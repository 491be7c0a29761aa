import { audit, byPerson, chainOf } from '../audit/chain.ts';
import { DAY_MS } from '../claims/deadlines.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { SNOOZED } from '../review/silence.ts';
import type { Listener } from './notice.ts';
import { isLastCall, reminderOf } from './reminders.ts';
import { nextSlot } from './slots.ts';
import { findHearing } from './subscription.ts';
import { tellAgain } from './tell.ts';

/** For how long one can put the reminders of a claim off (R31), in days. */
export const SNOOZES = { day: 1, threeDays: 3, week: 7 } as const;
export type SnoozeFor = keyof typeof SNOOZES;

export type SnoozeOutcome =
  /** `until`: as an ISO time. */
  | { readonly kind: 'snoozed'; readonly claim: number; readonly until: string }
  /** There is nothing to be reminded of, or no day left on which to be. */
  | { readonly kind: 'noClock' | 'lastCall' | 'noSuchClaim'; readonly claim: number };

/**
 * R31: nobody in the chat (or in the channel, where many read it) is reminded of the claim for a while, unless it moves on
 * before; then they are reminded again. The last day is never put off.
 */
export const snoozeClaim = (
  ports: Ports,
  actor: Actor,
  command: Command,
  listener: Listener,
  number: number,
  choice: SnoozeFor,
): Promise<SnoozeOutcome> =>
  carryOut<SnoozeOutcome>(ports, actor, command, async (tx, at) => {
    const claim = await holdClaim(tx, actor, number);
    if (claim === null) return { kind: 'noSuchClaim', claim: number };
    const kind = claim.dueAt === null ? null : reminderOf(claim.status, false);
    if (kind === null) return { kind: 'noClock', claim: number };
    if (isLastCall(claim.dueAt, at)) return { kind: 'lastCall', claim: number };
    const until = new Date(at.getTime() + SNOOZES[choice] * DAY_MS);
    await tx.subscriptions.snooze(listener, number, { until, statusAt: claim.statusAt }, actor.personId);
    const hearing = await findHearing(tx, listener);
    if (hearing !== null) {
      const { subscription, timeZone } = hearing;
      // A moment before, so that a digest at that very time of day brings it back.
      const sayAt = nextSlot(subscription, timeZone, new Date(until.getTime() - 1));
      const occasion = `${kind}:snoozed:${until.toISOString()}`;
      await tellAgain(ports, tx, { claim, kind, occasion }, listener, sayAt, at);
    }
    if ('channelId' in listener) {
      // What one does for everybody there is on the record.
      const facts = { days: SNOOZES[choice] };
      await audit(tx, ports.sha256, { chain: chainOf(number), at, actor: byPerson(actor), what: SNOOZED, facts });
    }
    await tx.notices.moved([number]);
    return { kind: 'snoozed', claim: number, until: until.toISOString() };
  });
