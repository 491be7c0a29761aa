import { pino } from 'pino';

export type Log = ReturnType<typeof createLog>;

export const createLog = (level: string) => pino({ level });

/**
 * An error as it may be logged: its kind, the first line of its words, and where. Never the object itself: what libraries
 * throw carries requests, with tokens and people's data in them.
 */
export const loggable = (error: unknown) => {
  if (!(error instanceof Error)) return { message: String(error).slice(0, 200) };
  const { name, message, stack = '', cause } = error;
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    code: (error as { code?: unknown }).code,
    message: message.split('\n', 1)[0]?.slice(0, 200),
    at: frames.slice(0, 12).map((line) => line.trim()),
    cause: cause instanceof Error ? `${cause.name}: ${cause.message.slice(0, 200)}` : undefined,
  };
};
