import type { Language } from '../../domain/people/actor.ts';
import { type Card, para } from '../card.ts';
import { textFor } from '../format.ts';

/** The same card, which says that it may have been there before (R32). */
export const asRepeat = (card: Card, language: Language): Card => ({
  ...card,
  body: [para(textFor(language).common.repeat, { subtle: true }), ...card.body],
});
