import { button, buttons, type Card, card, facts, heading, line, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';

export type HelpReason =
  | { readonly kind: 'asked' }
  | { readonly kind: 'hello'; readonly name: string }
  /** Words nobody knows: the nearest command is named, never silence. */
  | { readonly kind: 'unknown'; readonly typed: string; readonly nearest: string | null }
  | { readonly kind: 'language' };

/** What can be said here. Somebody without a role is told so, and what to do. */
export const helpCard = (reader: Reader, why: HelpReason, hasRole: boolean): Card => {
  const { help: words } = textFor(reader.language);
  const other = reader.language === 'en' ? 'nl' : 'en';
  return card(reader, words.title, [
    heading(words.title),
    ...(why.kind === 'hello' ? [line({ text: words.hello(why.name), bold: true }), para(words.intro)] : []),
    ...(why.kind === 'language' ? [para(words.languageChosen)] : []),
    ...(why.kind === 'unknown'
      ? [line([words.unknown(why.typed), ...(why.nearest === null ? [] : [` ${words.nearest(why.nearest)}`])])]
      : []),
    ...(hasRole ? [] : [para(words.noRole)]),
    ...facts(Object.values(words.commands).map(({ command, what }) => [command, what] as const)),
    buttons([
      ...(hasRole
        ? [
            button('add.start', {}, words.addButton, { style: 'positive' as const }),
            button('claims.list', { page: 1 }, words.claimsButton),
          ]
        : []),
      button('language.choose', { language: other }, words.languageButton),
    ]),
  ]);
};
