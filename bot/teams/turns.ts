import { setTimeout as pause } from 'node:timers/promises';
import { uptime } from '../clock.ts';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';
import type { Conversation } from './conversations.ts';

/** What all processes sent, and whether another message may leave now (R32). Times are the record's own. */
export type SendingBook = {
  begin(
    conversationId: string,
    tenantId: string,
    edit: boolean,
  ): Promise<{ readonly id: string } | { readonly waitMs: number }>;
  note(conversationId: string, tenantId: string, edit: boolean): Promise<string>;
  answered(id: string): Promise<void>;
  giveBack(id: string): Promise<void>;
  pause(conversationId: string, milliseconds: number): Promise<void>;
};

/** The right to send one message into a conversation, and that nothing else is sent there meanwhile. */
export type Turn = {
  /** Teams has answered, whatever it said. Never throws; called again, it is the same. */
  readonly answered: () => Promise<void>;
  /** Nothing was sent. */
  readonly giveBack: () => Promise<void>;
};

/** When to come back, in milliseconds. */
export type Later = { readonly waitMs: number };

type Where = Pick<Conversation, 'id' | 'tenantId'>;

export type Turns = {
  /** Waits for the turn a little while; says when to come back when it takes longer. */
  take(chat: Where, edit: boolean): Promise<Turn | Later>;
  /** For an answer to a person, which is never held back, but counts. Never throws. */
  note(chat: Where, edit: boolean): Promise<Turn>;
  /** Teams asked for a pause in the conversation. Never throws. */
  pause(chat: Where, milliseconds: number): Promise<void>;
};

/** Longer than this nobody's place is held. */
const PATIENCE_MS = 2_000;
/** Who is sent away comes back in this order, no faster than a conversation takes messages (8 in 2 s, 60 in 30 s). */
const SPACING_MS = 250;
const SPAN = { count: 60, ms: 30_000 } as const;
/** A message that Teams does not answer holds its conversation; whether it still does is asked this often. */
const LOOK_AGAIN_MS = 6_000;
/** The record counts a message as lost by then. */
const LOST_AFTER_MS = 30_000;
/** An answer to a person is worth more than the exact count. */
const NOTE_WITHIN_MS = 500;

/** A channel's threads share what Teams takes there. */
export const channelOf = (conversationId: string): string => conversationId.replace(/;messageid=.*$/, '');

type Line = { readonly since: number; readonly over: Promise<void>; waiting: boolean };

export const createTurns = (book: SendingBook, log: Log): Turns => {
  /** Who sends in this process, by conversation; at most one more waits behind. */
  const lines = new Map<string, Line>();
  /** When those who were sent away come back, by conversation. */
  const comingBack = new Map<string, readonly number[]>();
  let last: Promise<unknown> = Promise.resolve();

  /** One question at a time: more would only hold connections while they wait for the same lock. */
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };

  const sendAway = (key: string, waitMs: number): Later => {
    const now = uptime();
    const times = (comingBack.get(key) ?? []).filter((time) => time > now - SPAN.ms);
    const after = (count: number, ms: number) => (times.at(-count) ?? Number.NEGATIVE_INFINITY) + ms;
    const at = Math.max(now + waitMs, after(1, SPACING_MS), after(SPAN.count, SPAN.ms));
    comingBack.set(key, [...times, at]);
    return { waitMs: Math.ceil(at - now) };
  };

  const quietly = (work: Promise<unknown>): Promise<void> =>
    work.then(
      () => {},
      (error: unknown) => log.error({ error: loggable(error) }, 'the book of messages could not be kept'),
    );

  const turnOf = (id: Promise<string | null>, leave: () => void): Turn => {
    let over: Promise<void> | null = null;
    const end = (write: (id: string) => Promise<void>): Promise<void> => {
      over ??= quietly(id.then((known) => (known === null ? undefined : write(known)))).finally(leave);
      return over;
    };
    return { answered: () => end(book.answered), giveBack: () => end(book.giveBack) };
  };

  /** Waits until nobody of this process sends there, or until it is clear that it takes too long. */
  const standInLine = async (key: string, until: number): Promise<Later | null> => {
    for (;;) {
      const line = lines.get(key);
      const heldMs = line === undefined ? Number.POSITIVE_INFINITY : uptime() - line.since;
      if (line === undefined || heldMs > LOST_AFTER_MS) return null;
      if (heldMs > PATIENCE_MS) return sendAway(key, LOOK_AGAIN_MS);
      if (line.waiting) return sendAway(key, SPACING_MS);
      line.waiting = true;
      const free = await within(
        line.over.then(() => true),
        until - uptime(),
        false,
      );
      line.waiting = false;
      if (!free) return sendAway(key, SPACING_MS);
    }
  };

  return {
    take: async ({ id, tenantId }, edit) => {
      const key = channelOf(id);
      const until = uptime() + PATIENCE_MS;
      const tooLong = await standInLine(key, until);
      if (tooLong !== null) return tooLong;
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const line: Line = { since: uptime(), over, waiting: false };
      lines.set(key, line);
      const leave = () => {
        if (lines.get(key) === line) lines.delete(key);
        resolve();
      };
      try {
        for (;;) {
          const begun = await inOrder(() => book.begin(key, tenantId, edit));
          if ('id' in begun) {
            if ((comingBack.get(key)?.at(-1) ?? 0) < uptime()) comingBack.delete(key);
            return turnOf(Promise.resolve(begun.id), leave);
          }
          if (uptime() + begun.waitMs > until) {
            leave();
            return sendAway(key, begun.waitMs);
          }
          await pause(begun.waitMs);
        }
      } catch (error) {
        leave();
        throw error;
      }
    },
    note: async ({ id, tenantId }, edit) => {
      const noted = book.note(channelOf(id), tenantId, edit).catch((error: unknown) => {
        log.error({ error: loggable(error) }, 'the book of messages could not be kept');
        return null;
      });
      await within(noted, NOTE_WITHIN_MS, null);
      return turnOf(noted, () => {});
    },
    pause: ({ id }, milliseconds) => quietly(book.pause(channelOf(id), milliseconds)),
  };
};
