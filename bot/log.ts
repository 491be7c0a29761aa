import { pino } from 'pino';
import { ConfigError } from './config.ts';

export type Log = ReturnType<typeof createLog>;

export const createLog = (level: string) => pino({ level });

// Further lines repeat the values of a query, people's data among them; Prisma's first line is empty.
const firstLine = (text: string): string => (text.split('\n').find((line) => line.trim() !== '') ?? '').slice(0, 200);

/** Why a program could not start, for who started it: one sentence, and its cause in another. */
export const whyNot = (error: unknown): string => {
  if (!(error instanceof Error)) return firstLine(String(error));
  // Settings are listed line by line.
  if (error instanceof ConfigError) return error.message;
  const { message, cause } = error;
  return `${firstLine(message)}${cause instanceof Error ? ` (${firstLine(cause.message)})` : ''}`;
};

type Loggable = { readonly name?: string; readonly message: string; readonly [key: string]: unknown };

/**
 * An error as it may be logged: its kind, the first line of its words, and where. Never the object itself: what libraries
 * throw carries requests, with tokens and people's data in them.
 */
export const loggable = (error: unknown): Loggable => {
  if (!(error instanceof Error)) return { message: firstLine(String(error)) };
  const { name, message, stack = '', cause } = error;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    message: firstLine(message),
    code: (error as { code?: unknown }).code,
    at: frames.slice(0, 12).map((line) => line.trim()),
    ...(cause instanceof Error ? { cause: `${cause.name}: ${firstLine(cause.message)}` } : {}),
    ...(error instanceof AggregateError ? { errors: error.errors.slice(0, 3).map(loggable) } : {}),
  };
};
