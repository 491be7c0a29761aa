import { LANGUAGES } from '../../domain/people/actor.ts';
import { type Card, para } from '../card.ts';
import { textFor } from '../format.ts';

/** The same card, which says in its own language that it may have been there before (R32). */
export const asRepeat = (card: Card): Card => {
  const language = LANGUAGES.find((one) => one === card.lang) ?? 'en';
  return { ...card, body: [para(textFor(language).common.repeat, { subtle: true }), ...card.body] };
};
