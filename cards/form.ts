import { type Action, box, buttons, type Card, card, type Element, heading, line, para, type Reader } from './card.ts';
import { faultBox, type Notes } from './drafts/step.ts';
import { textFor } from './format.ts';

/** A form of one card: its title, what was wrong with the last try, what it asks, and its buttons. */
export const formCard = (
  reader: Reader,
  title: string,
  notes: Notes,
  shown: {
    readonly before?: readonly Element[];
    readonly asks: readonly Element[];
    readonly after?: readonly Element[];
  },
  actions: readonly Action[],
): Card =>
  // No refresh: a client that redraws a form while somebody is away from it throws away what was typed.
  card(reader, title, [
    heading(title),
    ...(shown.before ?? []),
    ...(notes.stale ? [box([para(textFor(reader.language).evidence.changed)], 'warning')] : []),
    ...faultBox(reader, notes, shown),
    ...shown.asks,
    buttons(actions),
    ...(shown.after ?? []),
  ]);

/** Something that was just done, or was not, above what stands there now. */
export type Banner = { readonly text: string; readonly style: 'good' | 'warning' | 'attention' };

export const bannerBox = (banner: Banner | undefined): Element[] =>
  banner === undefined ? [] : [box([line(banner.text)], banner.style)];
