import { type Command, carryOut, Refused } from '../commands.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { addCustomer } from './add-customer.ts';
import { claimCustomer } from './claim-customer.ts';
import type { Draft, DraftKind, FieldFault, Inputs, StepResult } from './draft.ts';
import { isNomination } from './nomination.ts';
import { sendConsent } from './send-consent.ts';

/** A form: its steps in order, and what each makes of its inputs. The last step is the review; confirming ends it. */
export type Form = {
  readonly steps: readonly string[];
  /** Steps that no later step depends on: changed from the review, they lead straight back to it. */
  readonly independent: ReadonlySet<string>;
  /** Reads and looks things up; writes nothing. */
  answer(ports: Ports, actor: Actor, draft: Draft, inputs: Inputs): Promise<StepResult>;
  /** What is kept of a step's inputs when one goes back from it; left out: nothing. */
  keep?(draft: Draft, inputs: Inputs): Draft['answers'];
};

export const FORMS: Record<DraftKind, Form> = { addCustomer, claimCustomer, sendConsent };

export type WalkOutcome =
  | { readonly kind: 'at'; readonly draftId: string }
  | { readonly kind: 'canceled'; readonly draftKind: DraftKind; readonly claim: number | null };

export type WalkAnswer =
  | WalkOutcome
  /** Nothing was kept: the step stays, with what was typed and what is wrong. */
  | {
      readonly kind: 'faults';
      readonly draftId: string;
      readonly faults: readonly FieldFault[];
      readonly typed: Inputs;
    }
  /** The card is from before: nothing changed. */
  | NotThere;

type NotThere =
  /** `typed` is what the old card brought, where its step is the one the form stands at. */
  { readonly kind: 'stale'; readonly draftId: string; readonly typed?: Inputs } | { readonly kind: 'notYours' };

/**
 * The person's own draft, when the command is the one its newest card carries. Otherwise what to answer: the outcome O
 * that this very command reached before, or that the card is out of date.
 */
export const draftFor = async <O extends { readonly kind: string }>(
  ports: Ports,
  actor: Actor,
  draftId: string,
  command: Command,
): Promise<{ readonly draft: Draft } | { readonly answer: O | NotThere; readonly open?: Draft }> => {
  const draft = await ports.reads.drafts.find(draftId);
  if (draft === null || draft.personId !== actor.personId) return { answer: { kind: 'notYours' } };
  if (draft.status === 'open' && draft.commandId === command.id) return { draft };
  // An outcome is found under its own verb alone, so what is read is what this use case wrote.
  const before = (await ports.reads.commands.findOutcome(command, actor.personId)) as O | undefined;
  return { answer: before ?? { kind: 'stale', draftId }, ...(draft.status === 'open' ? { open: draft } : {}) };
};

/** Whether the review sent the person to this step, to change something. */
export const isFromReview = ({ answers }: Draft): boolean => answers.fromReview === true;

/** The step to go to once this one is answered; the mark that the review sent us here is used up. */
const following = ({ steps, independent }: Form, draft: Draft): string | undefined =>
  isFromReview(draft) && independent.has(draft.step) ? steps.at(-1) : steps[steps.indexOf(draft.step) + 1];

type Move = { step: string; answers: Draft['answers']; status?: 'canceled' };

const move = (ports: Ports, actor: Actor, command: Command, draft: Draft, { step, answers, status }: Move) =>
  carryOut<WalkAnswer>(ports, actor, command, async (tx, now) => {
    const change = { step, answers, commandId: ports.random.id(), status: status ?? 'open', updatedAt: now } as const;
    if (!(await tx.drafts.move(draft.id, command.id, change))) throw new Refused({ kind: 'stale', draftId: draft.id });
    return status === 'canceled'
      ? { kind: 'canceled', draftKind: draft.kind, claim: draft.claim }
      : { kind: 'at', draftId: draft.id };
  });

/** Next: the inputs of the step the draft stands at. */
export const answerStep = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  input: { readonly draftId: string; readonly step: string; readonly inputs: Inputs },
): Promise<WalkAnswer> => {
  const found = await draftFor<WalkOutcome>(ports, actor, input.draftId, command);
  if ('answer' in found) {
    const { open, answer } = found;
    // A repeated click finds the form a step further. One that finds it at this step again is an old card.
    if (open?.step !== input.step) return answer;
    // In a form about a claim a colleague may have changed what stands there: old values are not put over theirs.
    return { kind: 'stale', draftId: open.id, ...(isNomination(open.kind) ? { typed: input.inputs } : {}) };
  }
  const { draft } = found;
  const form = FORMS[draft.kind];
  const next = following(form, draft);
  if (draft.step !== input.step || next === undefined) return { kind: 'stale', draftId: draft.id };
  const result = await form.answer(ports, actor, draft, input.inputs);
  if ('faults' in result) return { kind: 'faults', draftId: draft.id, faults: result.faults, typed: input.inputs };
  return move(ports, actor, command, draft, {
    step: next,
    answers: { ...draft.answers, ...result.answers, fromReview: false },
  });
};

/** Back, or to a named earlier step (the review's "change" buttons): answers are kept. */
export const goBack = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  input: { readonly draftId: string; readonly to?: string | undefined; readonly inputs: Inputs },
): Promise<WalkAnswer> => {
  const found = await draftFor<WalkOutcome>(ports, actor, input.draftId, command);
  if ('answer' in found) return found.answer;
  const { draft } = found;
  const { steps, keep } = FORMS[draft.kind];
  const here = steps.indexOf(draft.step);
  const last = steps.length - 1;
  if (input.to === undefined && isFromReview(draft)) {
    // Nothing was answered since the review, so it still stands.
    return move(ports, actor, command, draft, {
      step: steps[last] ?? draft.step,
      answers: { ...draft.answers, fromReview: false },
    });
  }
  const step = steps[input.to === undefined ? here - 1 : steps.indexOf(input.to)];
  // A named step is the review's to name: from elsewhere it would pass by what depends on a changed answer.
  const named = input.to === undefined || here === last;
  if (!named || step === undefined || steps.indexOf(step) >= here) return { kind: 'stale', draftId: draft.id };
  const kept = keep?.(draft, input.inputs);
  const answers = { ...draft.answers, ...kept, fromReview: input.to !== undefined };
  return move(ports, actor, command, draft, { step, answers });
};

export const cancelDraft = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  draftId: string,
): Promise<WalkAnswer> => {
  const found = await draftFor<WalkOutcome>(ports, actor, draftId, command);
  if ('answer' in found) return found.answer;
  const { draft } = found;
  // What was typed is personal data of others; a form that ended has no use for it.
  return move(ports, actor, command, draft, { step: draft.step, answers: {}, status: 'canceled' });
};
