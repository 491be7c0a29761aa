import type { Paged } from '../domain/paging.ts';
import { type Action, buttons, type Card, card, type Element, heading, para, type Reader } from './card.ts';
import { textFor } from './format.ts';
import { pageButtons } from './page-buttons.ts';

type Words = { readonly title: string; readonly none: string; readonly count: (total: number) => string };

/** `first` for an empty list, `to` another page, `beyond` what leads out of the list. */
type Buttons = {
  readonly first: Action;
  readonly to: (page: number, title: string) => Action;
  readonly beyond?: readonly Action[];
};

/**
 * One page of a list: how many rows there are, those of the page, and buttons to the pages beside it. Of an empty list it
 * says that there is nothing, with the button `first`.
 */
export const listCard = <R>(
  reader: Reader,
  words: Words,
  { rows, total, page, pages }: Paged<R>,
  { first, to, beyond = [] }: Buttons,
  rowOf: (row: R) => readonly Element[],
): Card => {
  if (total === 0) return card(reader, words.none, [heading(words.title), para(words.none), buttons([first])]);
  const { common } = textFor(reader.language);
  const last = [...pageButtons(reader, { page, pages }, to), ...beyond];
  return card(reader, words.title, [
    heading(words.title),
    para(`${words.count(total)}${pages > 1 ? ` · ${common.page(page, pages)}` : ''}`, {
      subtle: true,
      spacing: 'None',
    }),
    ...rows.flatMap(rowOf),
    ...(last.length === 0 ? [] : [buttons(last)]),
  ]);
};
