import type { Actor } from './people/actor.ts';
import type { Ports, Tx } from './ports.ts';

/** What a card's button brings: the id that was issued with the card. */
export type Command = { readonly id: string; readonly verb: string };

export type CommandStore = {
  /** What this command came to, when this person gave it; undefined when another button of the card was pressed. */
  findOutcome(command: Command, personId: string): Promise<unknown>;
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

/** The outcome of work that may end in a refusal; its transaction was undone then. */
export const orRefused = async <O>(work: Promise<O>): Promise<O> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Refused) return error.outcome as O;
    throw error;
  }
};

/**
 * Carries a command out once. A repeat (a double click, Teams' own retry under a new activity id) gets the outcome
 * that the first one reached and changes nothing. Outcomes are small JSON values: ids and numbers, no dates.
 */
export const carryOut = async <O extends { readonly kind: string }>(
  ports: Ports,
  actor: Actor,
  command: Command,
  work: (tx: Tx, now: Date) => Promise<O>,
): Promise<O> =>
  orRefused(
    ports.inTx(async (tx) => {
      const now = ports.clock.now();
      const first = await tx.commands.begin(command.id, actor.personId, command.verb, now);
      const before = first ? undefined : await tx.commands.findOutcome(command, actor.personId);
      if (before !== undefined) return before as O;
      // Another button of the same card may have won meanwhile: the guarded updates of the work find that out.
      const outcome = await work(tx, now);
      if (first) await tx.commands.finish(command.id, outcome);
      return outcome;
    }),
  );
