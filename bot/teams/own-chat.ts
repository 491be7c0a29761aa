import { setTimeout as pause } from 'node:timers/promises';
import type { Card } from '../../cards/card.ts';
import type { Clock } from '../../domain/ports.ts';
import type { ChatDirectory } from './conversations.ts';
import type { Poster } from './poster.ts';
import type { Turns } from './turns.ts';

/** How often something that was asked for elsewhere is tried to be posted in the own chat. */
const TRIES = 10;

/** Posts something, when Teams takes it: nobody waits for the answer. */
export type Post = (said: { readonly card: Card; readonly summary: string }) => Promise<void>;

/** The way into somebody's own chat with the bot; null: they have none that is open. */
export type OwnChat = (personId: string) => Promise<Post | null>;

export const createOwnChat =
  (parts: {
    readonly chats: ChatDirectory;
    readonly turns: Turns;
    readonly poster: Poster;
    readonly clock: Clock;
  }): OwnChat =>
  async (personId) => {
    const { chats, turns, poster, clock } = parts;
    const chat = await chats.personalChat(personId);
    if (chat === null) return null;
    return async ({ card, summary }) => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        const turn = await turns.take(chat, false);
        if ('waitMs' in turn) {
          await pause(turn.waitMs);
          continue;
        }
        const { kind } = await poster.post(chat, card, summary, turn);
        await turn.answered();
        // A chat that takes nothing is not promised again.
        if (kind === 'gone') await chats.park(chat.id, clock.now(), 'refused');
        if (kind !== 'notSent') return;
      }
    };
  };
