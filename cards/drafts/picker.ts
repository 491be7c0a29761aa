import { type Found, MOST_CHOICES } from '../../domain/pickers.ts';
import { type Action, buttons, choiceInput, type Element, para, type Reader, textInput } from '../card.ts';
import { textFor } from '../format.ts';
import type { Fields } from './step.ts';

export type Choice = { readonly title: readonly string[]; readonly value: string };

export type Picker = {
  readonly field: string;
  readonly label: string;
  readonly placeholder: string;
  readonly error: string;
  /** What suggestions are asked for by: a Dataset, and after a slash what narrows it. */
  readonly dataset: string;
  readonly found: Found<Choice>;
  /** What is chosen. */
  readonly kept: Choice | undefined;
  /** What somebody looked for with the button; undefined: nobody did. */
  readonly find: string | undefined;
  /** A button that brings what is looked for. */
  readonly search: (title: string) => Action;
};

/** A drop-down list that holds no such choice would show none and send it all the same. */
const chosenAmong = (choices: readonly Choice[], chosen: { readonly value?: string }) =>
  choices.some(({ value }) => value === chosen.value) ? chosen : {};

/**
 * A choice that scales: a plain list as long as it is short; suggestions while one types where the client has them; and
 * where it has not, or they do not come, a field to search by and a button.
 */
export const pickerElements = (reader: Reader, fields: Fields, picker: Picker): Element[] => {
  const words = textFor(reader.language).picker;
  const { field, found, kept, find } = picker;
  const input = { id: fields.id(field), label: picker.label, placeholder: picker.placeholder };
  const required = { isRequired: true, errorMessage: picker.error };
  if (!found.searched && find === undefined) {
    const only = found.options.length === 1 ? found.options[0]?.value : undefined;
    const value = chosenAmong(found.options, fields.value(field, kept?.value ?? only));
    return [
      choiceInput({ ...input, ...required, style: 'compact', choices: found.options, ...value }),
      ...fields.faults(field),
    ];
  }
  if (reader.typeahead && find === undefined) {
    return [
      choiceInput({
        ...input,
        ...required,
        style: 'filtered',
        // Only what is chosen already, so that it is shown by its name.
        choices: kept === undefined ? [] : [kept],
        'choices.data': { type: 'Data.Query', dataset: picker.dataset },
        ...(kept === undefined ? {} : { value: kept.value }),
      }),
      ...fields.faults(field),
      buttons([picker.search(words.instead)], { spacing: 'Small' }),
    ];
  }
  const choices = [...found.options, ...(kept === undefined ? [] : [kept])].filter(
    ({ value }, at, all) => all.findIndex((other) => other.value === value) === at,
  );
  // The only one that was found is what was looked for.
  const one = (find ?? '') !== '' && found.options.length === 1 ? found.options[0]?.value : undefined;
  return [
    textInput({ id: fields.id('find'), label: words.find, maxLength: 100, ...(find ? { value: find } : {}) }),
    buttons([picker.search(words.search)], { spacing: 'Small' }),
    ...(choices.length === 0
      ? [para(words.nothing)]
      : [
          // Not required: a client would not let the search through before something is chosen.
          choiceInput({
            ...input,
            style: 'compact',
            choices,
            ...chosenAmong(choices, one === undefined ? fields.value(field, kept?.value) : { value: one }),
          }),
        ]),
    ...fields.faults(field),
    ...(found.options.length < MOST_CHOICES ? [] : [para(words.some, { subtle: true, spacing: 'Small' })]),
  ];
};
