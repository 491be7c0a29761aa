import { choiceInput, type Element } from '../card.ts';
import type { Fields } from '../drafts/step.ts';

type Words<R extends string> = {
  readonly reason: string;
  readonly reasonPlaceholder: string;
  readonly reasonError: string;
  readonly reasons: Readonly<Record<R, string>>;
};

/** Why somebody decides against something: one of a list, and required. */
export const reasonInput = <R extends string>(fields: Fields, words: Words<R>, reasons: readonly R[]): Element[] => [
  choiceInput({
    id: fields.id('reason'),
    label: words.reason,
    placeholder: words.reasonPlaceholder,
    isRequired: true,
    errorMessage: words.reasonError,
    style: 'compact',
    choices: reasons.map((code) => ({ title: [words.reasons[code]], value: code })),
    ...fields.value('reason'),
  }),
  ...fields.faults('reason'),
];
