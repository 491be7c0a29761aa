import type { Answer } from '../../domain/co-sell/partner-center.ts';

/** What came back; `lost`: nobody knows whether the question arrived. The trouble names no content. */
export type Heard =
  | { readonly kind: 'heard'; readonly status: number; readonly headers: Headers; readonly body: Buffer }
  | { readonly kind: 'lost'; readonly trouble: string };

export type Failure = Exclude<Answer<never>, { readonly kind: 'ok' }>;

type Bounds = { readonly timeoutMs: number; readonly mostBytes: number };

/** What a library throws repeats addresses and headers, the token among them: only its code is passed on. */
const troubleIn = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: unknown } };
  if (name === 'TimeoutError') return 'no answer in time';
  const code = cause?.code;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : 'the connection failed';
};

/** One question over HTTP, bounded in time and size, following nobody elsewhere. Never throws. */
export const hear = async (url: string, init: RequestInit, { timeoutMs, mostBytes }: Bounds): Promise<Heard> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) return { kind: 'lost', trouble: `more than ${mostBytes} bytes` };
      chunks.push(chunk);
    }
    return { kind: 'heard', status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
  } catch (error) {
    return { kind: 'lost', trouble: troubleIn(error) };
  }
};

/** JSON, or undefined for anything else. */
export const jsonIn = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

const WAIT_MS = { unsaid: 60_000, shortest: 1_000, longest: 60 * 60_000 } as const;

/** Retry-After in milliseconds: it comes in seconds or as a date. */
const waitIn = (headers: Headers, now: Date): number => {
  const said = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d+$/.test(said) ? Number(said) * 1_000 : Date.parse(said) - now.getTime();
  if (Number.isNaN(ms)) return WAIT_MS.unsaid;
  return Math.min(Math.max(ms, WAIT_MS.shortest), WAIT_MS.longest);
};

/**
 * The error's code, where it is one: Partner Center says {code, description}, its OData half {error: {code, message}}.
 * Descriptions repeat what was sent, people's addresses among it, and stay out.
 */
const codeIn = (body: Buffer): string => {
  const said = (jsonIn(body) ?? {}) as { readonly code?: unknown; readonly error?: { readonly code?: unknown } };
  const code = said.error?.code ?? said.code;
  return (typeof code === 'string' || typeof code === 'number') && /^[A-Za-z0-9_.-]{1,40}$/.test(`${code}`)
    ? ` ${code}`
    : '';
};

/** What an answer that is no success means. Null: it is one. */
export const failureIn = (heard: Heard, now: Date): Failure | null => {
  if (heard.kind === 'lost') return { kind: 'unsure', trouble: heard.trouble };
  const { status, headers, body } = heard;
  if (status >= 200 && status < 300) return null;
  const trouble = `${status}${codeIn(body)}`;
  if (status === 401) return { kind: 'signIn', trouble };
  if (status === 404) return { kind: 'notFound' };
  if (status === 409) return { kind: 'conflict', trouble };
  if (status === 412) return { kind: 'stale' };
  if (status === 429) return { kind: 'throttled', waitMs: waitIn(headers, now), trouble };
  // Whoever gave up waiting for us may have begun all the same.
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', trouble };
  return { kind: 'unsure', trouble };
};

/** An access token; `refused`: the one that was just not taken, so that another is fetched. */
export type TokenSource = (refused?: string) => Promise<Answer<string>>;

type Ask = (path: string, init?: RequestInit) => Promise<Heard | Failure>;

/** Asks one origin in somebody's name, and sends the name nowhere else, whatever the path. A token that is not taken is replaced once, and the question put once more. */
export const asker =
  (origin: string, token: TokenSource, bounds: Bounds): Ask =>
  async (path, init = {}) => {
    const url = URL.parse(path, origin);
    if (url === null || url.origin !== new URL(origin).origin) {
      return { kind: 'refused', trouble: 'not sent: the path leads elsewhere' };
    }
    const say = (bearer: string) =>
      hear(
        url.href,
        {
          ...init,
          headers: { accept: 'application/json', ...init.headers, authorization: `Bearer ${bearer}` },
        },
        bounds,
      );
    const first = await token();
    if (first.kind !== 'ok') return first;
    const heard = await say(first.value);
    if (heard.kind !== 'heard' || heard.status !== 401) return heard;
    const fresh = await token(first.value);
    return fresh.kind === 'ok' ? say(fresh.value) : fresh;
  };
