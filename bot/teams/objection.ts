/**
 * What Teams said against a post (R32; Teams' own table of status codes).
 * `gone`: the chat takes nothing from us any more. `refused`: this post, for good. `notSent`: certainly not there, and
 * worth another try. `ambiguous`: it may stand there.
 */
export type Objection = {
  readonly kind: 'gone' | 'refused' | 'notSent' | 'ambiguous';
  readonly status: number | null;
  /** Status and code alone: the message and the request carry what was to be said. */
  readonly trouble: string;
  /** How long Teams asks to be left alone there, in milliseconds; null: it does not say. */
  readonly pauseMs: number | null;
};

/** What never reached Teams: there was no connection, or nobody to be trusted at its other end. */
const NEVER_LEFT = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

const kindOf = (status: number | null, code: string | null): Objection['kind'] => {
  if (code !== null && NEVER_LEFT.has(code)) return 'notSent';
  switch (status) {
    case 401:
    case 412:
    case 429:
      return 'notSent';
    case 403:
    case 404:
    case 410:
      return 'gone';
    case 400:
    case 413:
      return 'refused';
    default:
      // Whatever else Teams says is wrong with the post will be wrong with the next one; only a time-out tells nothing.
      return status !== null && status >= 400 && status < 500 && status !== 408 ? 'refused' : 'ambiguous';
  }
};

/** What the SDK throws, as far as we read it. */
type Thrown = {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly details?: { readonly error?: { readonly code?: unknown } };
  readonly response?: { readonly headers?: { get?(name: string): string | null | undefined } };
};

const LONGEST_PAUSE_MS = 60 * 60_000;
const CODE = /^[\w .-]{1,60}$/;
const codeIn = (value: unknown): string | null => (typeof value === 'string' && CODE.test(value) ? value : null);

/** Retry-After is a number of seconds, or a date, which counts from the answer's own. */
const pauseIn = ({ response }: Thrown): number | null => {
  const header = (name: string) => response?.headers?.get?.(name) ?? null;
  const asked = header('retry-after');
  if (asked === null) return null;
  const date = header('date');
  const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(asked)
    ? Number(asked) * 1_000
    : date === null
      ? Number.NaN
      : Date.parse(asked) - Date.parse(date);
  return Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), LONGEST_PAUSE_MS) : null;
};

export const objectionIn = (error: unknown): Objection => {
  const thrown = (error ?? {}) as Thrown;
  const status = typeof thrown.statusCode === 'number' ? thrown.statusCode : null;
  const code = codeIn(thrown.details?.error?.code) ?? codeIn(thrown.code);
  const trouble = [status, code].filter((part) => part !== null).join(' ');
  const pauseMs = [412, 429, 503].includes(status ?? 0) ? pauseIn(thrown) : null;
  return { kind: kindOf(status, code), status, trouble: trouble === '' ? 'no answer' : trouble, pauseMs };
};
