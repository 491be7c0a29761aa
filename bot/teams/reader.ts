import type { Reader } from '../../cards/card.ts';
import type { Links } from '../../cards/links.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { Ports } from '../../domain/ports.ts';

const usable = (timeZone: string | null): string => {
  try {
    return timeZone === null ? 'UTC' : new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
};

/** The same with the moment known. `chatId`: see Reader. */
export type ReaderNow = (actor: Pick<Actor, 'language' | 'timeZone'>, chatId: string | null) => Reader;

/** The person a card is made for, at this moment. */
export const readerOf = (
  actor: Pick<Actor, 'language' | 'timeZone'>,
  moment: Pick<Reader, 'now' | 'chatId' | 'mark' | 'typeahead' | 'links'>,
): Reader => ({ language: actor.language, timeZone: usable(actor.timeZone), ...moment });

/** Readers of now. `typeahead`: whether the client offers suggestions while one types. */
export const createReaderNow =
  ({ clock, random }: Pick<Ports, 'clock' | 'random'>, links: () => Links, typeahead: boolean): ReaderNow =>
  (actor, chatId) =>
    readerOf(actor, {
      now: clock.now(),
      chatId,
      typeahead,
      links: links(),
      mark: String(Number.parseInt(random.id().slice(0, 8), 16)),
    });
