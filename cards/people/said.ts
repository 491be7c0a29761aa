import { button, buttons, type Card, card, heading, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';

/** A short answer with the way on: what happened, in the reader's words, and help. */
export const saidCard = (
  reader: Pick<Reader, 'language' | 'chatId'>,
  words: { readonly title: string; readonly body: string },
): Card =>
  card(reader, words.title, [
    heading(words.title),
    para(words.body),
    buttons([button('help.show', {}, textFor(reader.language).help.title)]),
  ]);
