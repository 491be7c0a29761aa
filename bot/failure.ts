import { textFor } from '../cards/format.ts';
import type { Said } from '../cards/people/said.ts';
import type { Language } from '../domain/people/actor.ts';
import type { Randomness } from '../domain/ports.ts';
import { type Log, loggable } from './log.ts';

/** Logs what went wrong on our side and finds words for it; the reference joins the two. */
export type Failure = (error: unknown, language: Language, what?: Readonly<Record<string, unknown>>) => Said;

export const createFailure =
  (random: Randomness, log: Log): Failure =>
  (error, language, what = {}) => {
    const reference = random.id().slice(0, 8).toUpperCase();
    log.error({ reference, ...what, error: loggable(error) }, 'a turn failed');
    return textFor(language).refused.failed(reference);
  };
