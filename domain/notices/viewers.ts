import type { Actor } from '../people/actor.ts';

/** Chats that a shared card is made anew for (Teams takes no more). */
const MOST_VIEWERS = 60;

/** Who they are in the chats for which a card that many see is made anew. */
export const shownChats = (people: readonly Pick<Actor, 'chatId'>[]): readonly string[] =>
  people.flatMap(({ chatId }) => chatId ?? []).slice(0, MOST_VIEWERS);
