import type { Reader } from '../../cards/card.ts';
import type { Actor } from '../../domain/people/actor.ts';

const usable = (timeZone: string | null): string => {
  try {
    return timeZone === null ? 'UTC' : new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

/** The person a card is made for. `chatId` is their id in the chat, which only an incoming activity tells. */
export const readerOf = (actor: Pick<Actor, 'language' | 'timeZone'>, now: Date, chatId: string | null): Reader => ({
  language: actor.language,
  timeZone: usable(actor.timeZone),
  now,
  chatId,
});
