import type { Draft, FieldFault, Inputs } from '../../domain/drafts/draft.ts';
import { FORMS } from '../../domain/drafts/walk.ts';
import { box, button, buttons, type Card, card, type Element, heading, line, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';
import { say } from '../text/en.ts';
import { inputId } from '../verbs.ts';

/** What went wrong with the last try of a step, or that an old card was pressed. */
export type Notes = {
  readonly faults: readonly FieldFault[];
  readonly typed: Inputs;
  readonly stale: boolean;
};

export const NO_NOTES: Notes = { faults: [], typed: {}, stale: false };

/** A field of a step: its input id, what stands in it, and what is wrong with it, as elements to put below it. */
export type Fields = {
  id(field: string): string;
  value(field: string, kept?: string): { value: string } | Record<never, never>;
  faults(field: string): Element[];
};

export const fieldsOf = (notes: Notes, reader: Reader): Fields => ({
  id: (field) => inputId(field, reader.mark),
  value: (field, kept) => {
    // A field that was emptied and may not be stays empty: what was known before would contradict the fault below it.
    const faulty = notes.faults.some((fault) => fault.field === field);
    const value = notes.typed[field] ?? (faulty ? undefined : kept);
    return value === undefined || value === '' ? {} : { value };
  },
  faults: (field) =>
    notes.faults
      .filter((fault) => fault.field === field)
      .map(({ fault }) =>
        line({ text: say(textFor(reader.language).faults, fault), color: 'Attention' }, { spacing: 'None' }),
      ),
});

/**
 * The frame of every step: which form, which step, notes, the step's own elements, then Next (or what ends the form),
 * Back and Cancel. Back and Cancel never wait for required fields.
 */
export const stepCard = (
  reader: Reader,
  draft: Draft,
  notes: Notes,
  title: string,
  question: string,
  elements: readonly Element[],
  finish?: string,
): Card => {
  const { common, refused } = textFor(reader.language);
  const { steps } = FORMS[draft.kind];
  const at = steps.indexOf(draft.step);
  const where = { draft: draft.id, command: draft.commandId };
  const next =
    finish === undefined
      ? button('draft.next', { ...where, step: draft.step }, common.next, { style: 'positive' })
      : button('draft.confirm', where, finish, { style: 'positive' });
  const back = at === 0 ? [] : [button('draft.back', where, common.back, { skipInputs: true })];
  // No refresh: a client that redraws a form while somebody is away from it throws away what was typed.
  return card(reader, `${title}: ${question}`, [
    heading(question),
    para(`${title} · ${common.step(at + 1, steps.length)}`, { subtle: true, spacing: 'None' }),
    ...(notes.stale ? [box([para(refused.stale)], 'warning')] : []),
    ...(notes.faults.length > 0 && finish === undefined
      ? [box([para(common.checkFields(notes.faults.length))], 'attention')]
      : []),
    ...elements,
    buttons([next, ...back, button('draft.cancel', where, common.cancel, { skipInputs: true })]),
  ]);
};
