import { pino } from 'pino';

/** Where request bodies, tokens and addresses might hide in what libraries throw. */
const SECRETS = [
  'authorization',
  '*.authorization',
  '*.headers.authorization',
  'password',
  '*.password',
  'token',
  '*.token',
  'error.request',
  'error.response',
  'err.request',
  'err.response',
];

export type Log = ReturnType<typeof createLog>;

export const createLog = (level: string) => pino({ level, redact: { paths: SECRETS, censor: '[kept out]' } });

/** An error as it may be logged: its words and where, never the message it carried. */
export const loggable = (error: unknown) =>
  error instanceof Error
    ? { name: error.name, message: error.message.slice(0, 500), stack: error.stack, cause: String(error.cause ?? '') }
    : { message: String(error).slice(0, 500) };
