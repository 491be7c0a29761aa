import { z } from 'zod';
import type { Answer } from '../../domain/co-sell/partner-center.ts';
import type { Clock } from '../../domain/ports.ts';
import { failureIn, hear, jsonIn, type TokenSource } from './http.ts';
import { sealToken, unsealToken } from './sealed-token.ts';

/** Keeps the newest refresh token over restarts. What it is given to keep is sealed already. */
export type TokenKeeper = {
  readonly load: () => Promise<string | null>;
  readonly keep: (sealed: string) => Promise<void>;
};

/** Partner Center has two APIs, and Entra gives a token for one at a time. */
const RESOURCES = {
  /** Referrals and exchange rates. */
  partner: 'https://api.partner.microsoft.com',
  /** Webhook registrations. */
  partnerCenter: 'https://api.partnercenter.microsoft.com',
} as const;
export type Resource = keyof typeof RESOURCES;

export type SignIn = {
  /** Microsoft's login host. */
  readonly login?: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What somebody got by signing in with a second factor; the newest of its line is kept until another is configured. */
  readonly refreshToken: string;
  readonly keeper: TokenKeeper;
  readonly clock: Clock;
  readonly timeoutMs?: number;
};

const granted = z.object({
  access_token: z.string().regex(/^[\w.~+/=-]+$/),
  expires_in: z.coerce.number().positive(),
  refresh_token: z.string().min(1).optional(),
});
const denied = z.object({ error: z.string().regex(/^[a-z_]{1,40}$/) });

const MOST_BYTES = 64 * 1024;
/** So long before its end a token is not used any more: clocks differ, and requests take their time. */
const MARGIN_MS = 5 * 60_000;

type Held = { readonly value: string; readonly until: number };
type Granted = { readonly held: Held; readonly refreshToken: string | null };

/**
 * Signs in as the app and the person whose refresh token it has (App+User: referrals know no other way). One access token
 * for each API is kept in memory; whoever asks while one is fetched gets that one.
 */
export const signIn = ({
  login = 'https://login.microsoftonline.com',
  tenantId,
  clientId,
  clientSecret,
  refreshToken: configured,
  keeper,
  clock,
  timeoutMs = 10_000,
}: SignIn): ((resource: Resource) => TokenSource) => {
  const url = new URL(`/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`, login).href;
  const sealedFor = { clientSecret, configured };
  /** The newest of this process: used where nothing that is kept can be opened, and only there. */
  let newest: string | null = null;

  const keep = async (token: string): Promise<void> => {
    newest = token;
    // It is good without being kept: the next one is kept, or somebody signs in again after a restart.
    await sealToken(token, sealedFor)
      .then(keeper.keep)
      .catch(() => {});
  };

  /** Of the configured token's own line: whoever configured another one, having signed in anew, wants that to be used. */
  const kept = async (): Promise<string | null> => {
    const sealed = await keeper.load().catch(() => null);
    return (sealed === null ? null : await unsealToken(sealed, sealedFor)) ?? newest;
  };

  const redeem = async (resource: Resource, token: string): Promise<Answer<Granted> & { readonly error?: string }> => {
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: token,
      scope: `${RESOURCES[resource]}/.default offline_access`,
    });
    const heard = await hear(url, { method: 'POST', body }, { timeoutMs, mostBytes: MOST_BYTES });
    if (heard.kind === 'lost') return { kind: 'unsure', trouble: `sign-in: ${heard.trouble}` };
    const { status } = heard;
    const failure = failureIn(heard, clock.now());
    if (failure?.kind === 'throttled') return failure;
    if (failure !== null && status >= 500) return { kind: 'unsure', trouble: `sign-in: ${status}` };
    // Whatever else Entra says against it, nobody is signed in until a person has mended it.
    const error = denied.safeParse(jsonIn(heard.body)).data?.error;
    if (failure !== null) return { kind: 'signIn', trouble: error ?? `sign-in: ${status}`, ...(error && { error }) };
    const { data } = granted.safeParse(jsonIn(heard.body));
    if (data === undefined) return { kind: 'unsure', trouble: 'sign-in: unreadable' };
    const lifeMs = data.expires_in * 1_000;
    const until = clock.now().getTime() + lifeMs - Math.min(MARGIN_MS, lifeMs / 2);
    return {
      kind: 'ok',
      value: { held: { value: data.access_token, until }, refreshToken: data.refresh_token ?? null },
    };
  };

  const refresh = async (resource: Resource): Promise<Answer<Held>> => {
    const own = await kept();
    let answer = await redeem(resource, own ?? configured);
    // The kept one came to its end; the one that it descends from need not have.
    const worn = answer.kind === 'signIn' && answer.error === 'invalid_grant';
    if (worn && own !== null && own !== configured) answer = await redeem(resource, configured);
    if (answer.kind !== 'ok') return answer;
    const { held, refreshToken } = answer.value;
    if (refreshToken !== null) await keep(refreshToken);
    return { kind: 'ok', value: held };
  };

  const held = new Map<Resource, Held>();
  const underWay = new Map<Resource, Promise<Answer<Held>>>();
  /** Both APIs' tokens come from one line of refresh tokens: one after the other. */
  let last: Promise<unknown> = Promise.resolve();

  const fetchOne = (resource: Resource): Promise<Answer<Held>> => {
    const running = underWay.get(resource);
    if (running !== undefined) return running;
    const fetching = last
      .then(() => refresh(resource))
      .then((answer) => {
        if (answer.kind === 'ok') held.set(resource, answer.value);
        return answer;
      })
      .finally(() => underWay.delete(resource));
    last = fetching.catch(() => {});
    underWay.set(resource, fetching);
    return fetching;
  };

  return (resource) => async (refused) => {
    const current = held.get(resource);
    const good = current !== undefined && current.until > clock.now().getTime() && current.value !== refused;
    if (good) return { kind: 'ok', value: current.value };
    const answer = await fetchOne(resource);
    return answer.kind === 'ok' ? { kind: 'ok', value: answer.value.value } : answer;
  };
};
