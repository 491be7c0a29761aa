import type { Draft, Inputs } from '../../domain/drafts/draft.ts';
import { FORMS, isFromReview } from '../../domain/drafts/walk.ts';
import {
  type Action,
  box,
  button,
  buttons,
  type Card,
  card,
  type Element,
  heading,
  line,
  para,
  type Reader,
} from '../card.ts';
import { textFor } from '../format.ts';
import { type FormFault, say } from '../text/en.ts';
import { inputId } from '../verbs.ts';

/** What went wrong with the last try of a step, or that an old card was pressed. */
export type Notes = {
  readonly faults: readonly { readonly field: string; readonly fault: FormFault }[];
  readonly typed: Inputs;
  readonly stale: boolean;
  /** What somebody looked for, to choose from what is found; left out: nobody did. */
  readonly find?: string;
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

/** A button that looks for what was typed into a step's search field, and leaves the form where it stands. */
export const searchIn =
  (draft: Draft) =>
  (title: string): Action =>
    button('draft.find', { draft: draft.id, step: draft.step }, title);

/** What a step shows between its title and its buttons. */
export type Shown = {
  readonly asks: readonly Element[];
  /** To be read by who wants to know more: it stands below the buttons, which are found at once that way. */
  readonly below?: readonly Element[];
  /** What is chosen here is kept on the way back, too: nothing of it is required. */
  readonly kept?: boolean;
  /** Nothing can be answered here: only the way back is open. */
  readonly stuck?: boolean;
  /** Said before what is wrong with no field in particular. */
  readonly refused?: string;
};

/** What is wrong stands under its field; only what belongs to no field of the card is said above all. */
export const faultBox = (
  reader: Reader,
  notes: Notes,
  { asks, refused }: Pick<Shown, 'asks' | 'refused'>,
): Element[] => {
  const { common, faults } = textFor(reader.language);
  const asked = new Set(asks.map(({ id }) => id));
  const elsewhere = notes.faults.filter(({ field }) => !asked.has(inputId(field, reader.mark)));
  const inFields = notes.faults.length - elsewhere.length;
  if (notes.faults.length === 0) return [];
  const said = elsewhere.map(({ fault }) => line(say(faults, fault)));
  return [
    box(
      [
        ...(inFields === 0 ? [] : [para(common.checkFields(inFields))]),
        ...(refused === undefined || said.length === 0 ? [] : [para(refused)]),
        ...said,
      ],
      'attention',
    ),
  ];
};

/**
 * The frame of every step: which form, which step, notes, what the step asks, then Next (or what ends the form), Back
 * and Cancel. Back and Cancel never wait for required fields.
 */
export const stepCard = (
  reader: Reader,
  draft: Draft,
  notes: Notes,
  title: string,
  question: string,
  shown: Shown,
  finish?: string,
): Card => {
  const { common, refused } = textFor(reader.language);
  const { steps } = FORMS[draft.kind];
  const typed = Object.keys(notes.typed).length > 0;
  const at = steps.indexOf(draft.step);
  const where = { draft: draft.id, command: draft.commandId };
  const next =
    finish === undefined
      ? button('draft.next', { ...where, step: draft.step }, common.next, { style: 'positive' })
      : button('draft.confirm', where, finish, { style: 'positive' });
  const back =
    at === 0 && !isFromReview(draft)
      ? []
      : [button('draft.back', where, common.back, shown.kept ? {} : { skipInputs: true })];
  // No refresh: a client that redraws a form while somebody is away from it throws away what was typed.
  return card(reader, `${title}: ${question}`, [
    heading(question),
    para(`${title} · ${common.step(at + 1, steps.length)}`, { subtle: true, spacing: 'None' }),
    ...(notes.stale ? [box([para(typed ? refused.staleTyped : refused.stale)], 'warning')] : []),
    ...faultBox(reader, notes, shown),
    ...shown.asks,
    buttons([
      ...(shown.stuck ? [] : [next]),
      ...back,
      button('draft.cancel', where, common.cancel, { skipInputs: true }),
    ]),
    ...(shown.below ?? []),
  ]);
};
