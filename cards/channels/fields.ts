import { type Actor, EVERYWHERE, LANGUAGES, type Language } from '../../domain/people/actor.ts';
import { choiceInput, type Element, type Reader } from '../card.ts';
import type { Fields } from '../drafts/step.ts';
import { textFor } from '../format.ts';

/** For whose claims or requests a channel is set up. */
export const scopeField = (
  reader: Reader,
  fields: Fields,
  scopes: readonly string[],
  kept: string | undefined,
  { organisationName }: Pick<Actor, 'organisationName'>,
): Element[] => {
  const { channel: words } = textFor(reader.language);
  return [
    choiceInput({
      id: fields.id('scope'),
      label: words.scope,
      isRequired: true,
      errorMessage: words.scopeError,
      style: 'expanded',
      choices: scopes.map((scope) => ({
        title: [scope === EVERYWHERE ? words.everyone : words.onlyFor(organisationName)],
        value: scope,
      })),
      ...fields.value('scope', kept),
    }),
    ...fields.faults('scope'),
  ];
};

/** In which language it is said. */
export const languageField = (reader: Reader, fields: Fields, kept: Language): Element[] => {
  const { channel: words } = textFor(reader.language);
  return [
    choiceInput({
      id: fields.id('language'),
      label: words.language,
      isRequired: true,
      errorMessage: words.languageError,
      style: 'expanded',
      choices: LANGUAGES.map((language) => ({ title: [words.languages[language]], value: language })),
      ...fields.value('language', kept),
    }),
    ...fields.faults('language'),
  ];
};
