import { type Action, button, buttons, type Card, card, heading, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';

/** What to offer beside help, where the words call for it. */
type Offer = 'access.start' | 'add.start' | 'claims.list' | 'customers.choose';

const offered = (reader: Pick<Reader, 'language'>): Record<Offer, Action> => {
  const { help } = textFor(reader.language);
  return {
    'access.start': button('access.start', {}, help.accessButton),
    'add.start': button('add.start', {}, help.addButton),
    'customers.choose': button('customers.choose', {}, help.customersButton),
    'claims.list': button('claims.list', { page: 1 }, help.claimsButton),
  };
};

/** What is said, in the reader's words. */
export type Said = { readonly title: string; readonly body: string; readonly offer?: Offer };

/** A short answer with the way on: what happened, in the reader's words, and help. */
export const saidCard = (reader: Pick<Reader, 'language' | 'chatId'>, words: Said): Card =>
  card(reader, words.title, [
    heading(words.title),
    para(words.body),
    buttons([
      ...(words.offer === undefined ? [] : [offered(reader)[words.offer]]),
      button('help.show', {}, textFor(reader.language).help.button),
    ]),
  ]);
