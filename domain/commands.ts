import type { Actor } from './people/actor.ts';
import type { Ports, Tx } from './ports.ts';

/** What a card's button brings: the id that was issued with the card. */
export type Command = { readonly id: string; readonly verb: string };

export type CommandStore = {
  /** The outcome of a command that was carried out, by the person who gave it. */
  findOutcome(id: string, personId: string): Promise<unknown>;
  /** True when this call is the first with this id; waits for a running transaction with the same id to end. */
  begin(id: string, personId: string, verb: string, at: Date): Promise<boolean>;
  finish(id: string, outcome: unknown): Promise<void>;
};

/** Thrown inside a command's transaction to undo it whole and answer with an expected outcome. */
export class Refused<O> extends Error {
  readonly outcome: O;
  constructor(outcome: O) {
    super('refused');
    this.outcome = outcome;
  }
}

/**
 * Carries a command out once. A repeat (a double click, Teams' own retry under a new activity id) gets the outcome
 * that the first one reached and changes nothing. Outcomes are small JSON values: ids and numbers, no dates.
 */
export const carryOut = async <O extends { readonly kind: string }>(
  ports: Ports,
  actor: Actor,
  command: Command,
  work: (tx: Tx, now: Date) => Promise<O>,
): Promise<O> => {
  try {
    return await ports.inTx(async (tx) => {
      const now = ports.clock.now();
      if (!(await tx.commands.begin(command.id, actor.personId, command.verb, now))) {
        const before = await tx.commands.findOutcome(command.id, actor.personId);
        if (before === undefined) throw new Error('a command id is used by somebody else');
        return before as O;
      }
      const outcome = await work(tx, now);
      await tx.commands.finish(command.id, outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof Refused) return error.outcome as O;
    throw error;
  }
};
