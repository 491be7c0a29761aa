import { randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { issue, type Made, type Wish } from './partner-center-certificates.ts';
import { type Kept, objection, referralsService, type Said } from './partner-center-referrals.ts';

/**
 * How a call fails. A number: with that status, nothing done. `resetBefore`: the connection breaks, nothing done.
 * `resetAfter`, `statusAfter`, `garbledAfter`, `silentAfter`: it was done, and then the connection breaks, 503 is said,
 * half of the answer is, or 204 without any. `timeout`: never an answer, nothing done. `slow`: late, but well.
 */
export type How =
  | number
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly code?: string }
  | 'timeout'
  | 'resetBefore'
  | 'resetAfter'
  | 'statusAfter'
  | 'garbledAfter'
  | 'silentAfter'
  | 'slow';

export type Call = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As text; empty for none. */
  readonly body: string;
};

/** `good` unless told otherwise. */
export type Forgery =
  | 'good'
  | 'other body'
  | 'wrong organisation'
  | 'expired'
  | 'unknown issuer'
  | 'impostor'
  | 'signs code'
  | 'sha1 certificate';

type Options = {
  readonly now?: () => Date;
  readonly tenantId?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly refreshToken?: string;
  readonly pageSize?: number;
  /** Currency to dollars for one unit, by month (YYYYMM). */
  readonly rates?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

const TOKEN_LASTS_MS = 60 * 60_000;
const SCOPES: Readonly<Record<string, string>> = {
  'https://api.partner.microsoft.com/.default offline_access': '/v1.0/',
  'https://api.partnercenter.microsoft.com/.default offline_access': '/webhooks/',
};

const FORGED: Readonly<Record<Forgery, Wish>> = {
  good: {},
  'other body': {},
  'wrong organisation': { organisation: 'Fabrikam, Inc.' },
  expired: { until: new Date('2020-01-01T00:00:00Z'), from: new Date('2019-01-01T00:00:00Z') },
  'unknown issuer': {},
  impostor: {},
  'signs code': { purposes: ['1.3.6.1.5.5.7.3.3'] },
  'sha1 certificate': { hash: 'sha1' },
};

export type FakePartnerCenter = Awaited<ReturnType<typeof startPartnerCenter>>;

/** A stand-in for Partner Center and for Entra's token endpoint, on 127.0.0.1. */
export const startPartnerCenter = async ({
  now = () => new Date(),
  tenantId = 'b3d2c1a0-0000-4000-8000-0000000000c5',
  clientId = 'c1d2e3f4-0000-4000-8000-00000000c11e',
  clientSecret = 'the-client-secret~Q',
  refreshToken = '0.first-refresh-token',
  pageSize = 100,
  rates = {},
}: Options = {}) => {
  const service = referralsService(now, '7d23e5ca-19dc-4eaa-aac8-5e6b559f0d1d');
  const calls: Call[] = [];
  const failures: { left: number; readonly how: How; readonly of: (call: Call) => boolean }[] = [];
  const stopping = new AbortController();
  const refreshTokens = new Set([refreshToken]);
  const accessTokens = new Map<string, { readonly until: number; readonly path: string }>();
  const files = new Map<string, string | Buffer>();
  let registration: { readonly WebhookUrl: string; readonly WebhookEvents: readonly string[] } | null = null;
  let signInError: string | null = null;
  let isDown = false;
  let issued = 0;

  const grant = (form: URLSearchParams, tenant: string): Said => {
    const deny = (error: string): Said => ({
      status: error === 'invalid_client' ? 401 : 400,
      body: { error, error_description: `AADSTS: refused for ${form.get('refresh_token')}`, error_codes: [70000] },
    });
    if (signInError !== null) return deny(signInError);
    if (tenant !== tenantId || form.get('grant_type') !== 'refresh_token') return deny('invalid_request');
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) return deny('invalid_client');
    if (!refreshTokens.has(form.get('refresh_token') ?? '')) return deny('invalid_grant');
    const path = SCOPES[form.get('scope') ?? ''];
    if (path === undefined) return deny('invalid_scope');
    issued += 1;
    const token = `access-token-${issued}-${randomUUID()}`;
    const next = `0.refresh-token-${issued}-${randomUUID()}`;
    accessTokens.set(token, { until: now().getTime() + TOKEN_LASTS_MS, path });
    refreshTokens.add(next);
    const body = { token_type: 'Bearer', expires_in: TOKEN_LASTS_MS / 1_000, access_token: token, refresh_token: next };
    return { status: 200, body };
  };

  const page = ({ pathname, search, searchParams }: URL): Said => {
    const found = service.list(searchParams);
    if (!Array.isArray(found)) return found as Said;
    const from = Number(searchParams.get('$skiptoken') ?? 0);
    const next = new URLSearchParams(search);
    next.set('$skiptoken', `${from + pageSize}`);
    return {
      status: 200,
      body: {
        '@odata.context': `${origin}/v1.0/$metadata#Referrals`,
        value: found.slice(from, from + pageSize),
        ...(found.length > from + pageSize && { '@odata.nextLink': `${origin}${pathname}?${next}` }),
      },
    };
  };

  const csv = (month: string): Said => {
    const lines = Object.entries(rates[month] ?? {}).map(([currency, rate]) => `"${currency}","${rate}","${month}"`);
    if (lines.length === 0) return objection(404, 'NotFound', 'No rates for that month.');
    return { status: 200, body: ['\uFEFF"CurrencyCode","USDPerUnit","Month"', ...lines].join('\r\n') };
  };

  const registered = (method: string, body: string): Said => {
    if (method === 'GET')
      return registration ? { status: 200, body: registration } : objection(404, 'NotFound', 'None.');
    const { WebhookUrl, WebhookEvents } = JSON.parse(body);
    if (method === 'POST' && registration) return objection(409, 'Conflict', 'There is a registration.');
    registration = { WebhookUrl, WebhookEvents };
    return { status: 200, body: { SubscriberId: tenantId, ...registration } };
  };

  const act = ({ method, path, headers, body }: Call): Said => {
    const url = new URL(path, origin);
    const { pathname } = url;
    const [, tenant] = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(pathname) ?? [];
    if (method === 'POST' && tenant !== undefined) return grant(new URLSearchParams(body), tenant);
    const file = files.get(pathname);
    if (file !== undefined) return { status: 200, body: file };
    const token = accessTokens.get(headers.authorization?.replace(/^Bearer /, '') ?? '');
    const good = token !== undefined && token.until > now().getTime() && pathname.startsWith(token.path);
    if (!good) return objection(401, 'Unauthorized', `Not ${headers.authorization}`);
    if (pathname === '/webhooks/v1/registration') return registered(method, body);
    const [, month] = /^\/v1\.0\/sales\/fxrates\(Month='(\d{6})'\)\/\$value$/.exec(decodeURIComponent(pathname)) ?? [];
    if (method === 'GET' && month !== undefined) return csv(month);
    const [, id] = /^\/v1\.0\/engagements\/referrals(?:\/([^/]+))?$/.exec(pathname) ?? [null, undefined];
    if (!pathname.startsWith('/v1.0/engagements/referrals')) return objection(404, 'NotFound', 'No such resource.');
    if (id === undefined && method === 'POST') return service.create(JSON.parse(body));
    if (id === undefined && method === 'GET') return page(url);
    if (id !== undefined && method === 'PATCH') {
      const said = service.change(decodeURIComponent(id), JSON.parse(body), headers['if-match']);
      return said.status === 200 && headers.prefer !== 'return=representation' ? { status: 204 } : said;
    }
    const found = id === undefined ? undefined : service.kept.get(decodeURIComponent(id));
    if (method !== 'GET') return objection(405, 'MethodNotAllowed', 'Not that.');
    return found ? { status: 200, body: found } : objection(404, 'NotFound', 'There is no such referral.');
  };

  const answer = (response: ServerResponse, { status, body }: Said, headers: Readonly<Record<string, string>> = {}) => {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    response.statusCode = status;
    response.setHeader('content-type', raw ? 'application/octet-stream' : 'application/json');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(body === undefined ? '' : raw ? body : JSON.stringify(body));
  };

  const scripted = (call: Call): How | undefined => {
    for (const failure of failures) if (failure.of(call)) failure.left -= 1;
    const due = failures.findIndex(({ left }) => left <= 0);
    return due < 0 ? undefined : failures.splice(due, 1)[0]?.how;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await request.toArray()).toString();
    const call: Call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    calls.push(call);
    const token = call.path.includes('/oauth2/');
    const cut = () => void request.socket.resetAndDestroy();
    if (isDown) return cut();
    // Failures are about what is asked of Partner Center: signing in has its own.
    const how = token || files.has(call.path) ? undefined : scripted(call);
    if (how === 'resetBefore') return cut();
    if (how === 'timeout') return void (await pause(60_000, undefined, { signal: stopping.signal }).catch(() => {}));
    const {
      status,
      headers,
      code = 'Scripted',
    } = typeof how === 'number' ? { status: how } : ((typeof how === 'object' ? how : {}) as Extract<How, object>);
    if (status !== undefined) return answer(response, objection(status, code, `of ${body}`), headers);
    const said = act(call);
    if (how === 'resetAfter') return cut();
    if (how === 'statusAfter') return answer(response, objection(503, 'Unavailable', 'Done, but not said.'));
    if (how === 'garbledAfter') return answer(response, { status: said.status, body: '{"id":"41' });
    if (how === 'silentAfter') return answer(response, { status: 204 });
    if (how === 'slow') await pause(150);
    answer(response, said);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown) => answer(response, objection(400, 'Malformed', `${thrown}`)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  const made = new Map<string, Made>();
  const kept = (key: string, make: () => Made): Made => {
    const known = made.get(key) ?? make();
    made.set(key, known);
    return known;
  };
  const root = () => kept('root', () => issue({ ca: true, common: 'Test Root' }, now()));
  const stranger = () => kept('stranger', () => issue({ ca: true, common: 'Another Root' }, now()));
  /** By the name of the one in between, with another key. */
  const impostor = () => kept('impostor', () => issue({ ca: true, common: 'Test Issuing CA 01' }, now()));
  const between = () => kept('between', () => issue({ ca: true, common: 'Test Issuing CA 01' }, now(), root()));

  const pem = ({ certificate }: Made) => certificate.toString();
  /** The signing certificate at an address of its own; the one in between comes with it. */
  const signer = (forgery: Forgery): { readonly made: Made; readonly url: string } => {
    const issuer = forgery === 'unknown issuer' ? stranger() : forgery === 'impostor' ? impostor() : between();
    const own = kept(`signer: ${forgery}`, () => issue(FORGED[forgery], now(), issuer));
    const path = `/cert/${encodeURIComponent(forgery)}.cer`;
    files.set(path, `${pem(own)}${forgery === 'unknown issuer' ? '' : pem(between())}`);
    return { made: own, url: `${origin}${path}` };
  };

  const eventFor = (referralId: string, name = 'referral-updated', at = now()) =>
    JSON.stringify({
      EventName: name,
      ResourceUri: `https://api.partnercenter.microsoft.com/engagements/v1/referrals/${referralId}`,
      ResourceName: 'referral',
      AuditUri: null,
      ResourceChangeUtcDate: at.toISOString().replace('Z', '0276+00:00'),
    });

  /** The headers that Partner Center would send with this text. */
  const signed = (text: string, forgery: Forgery = 'good', algorithm = 'rsa-sha256'): Record<string, string> => {
    const { made: own, url } = signer(forgery);
    const body = forgery === 'other body' ? `${text} ` : text;
    const signature = sign(algorithm.slice('rsa-'.length), Buffer.from(body), own.key).toString('base64');
    return {
      'content-type': 'application/json',
      authorization: `Signature ${signature}`,
      'x-ms-certificate-url': url,
      'x-ms-signature-algorithm': algorithm,
    };
  };

  const standing = (id: string): Kept => {
    const referral = service.kept.get(id);
    if (referral === undefined) throw new Error(`There is no referral ${id}.`);
    return referral;
  };

  return {
    /** The one address of the referrals API, the webhooks API and the login host. */
    origin,
    host: `127.0.0.1:${port}`,
    credentials: { tenantId, clientId, clientSecret, refreshToken },
    calls: calls as readonly Call[],
    count: (method: string, path: string): number =>
      calls.filter((call) => call.method === method && call.path.includes(path)).length,
    /** Every secret that was ever given out or is known here. */
    secrets: (): readonly string[] => [clientSecret, ...refreshTokens, ...accessTokens.keys()],
    referrals: (): readonly Kept[] => [...service.kept.values()],
    registration: () => registration,
    /** Somebody else registers for events. */
    register: (as: { readonly WebhookUrl: string; readonly WebhookEvents: readonly string[] }): void => {
      registration = as;
    },
    failNext: (how: How): void => void failures.push({ left: 1, how, of: () => true }),
    /** The n-th call from now on, or the n-th of those that are meant. */
    failCall: (n: number, how: How, of: (call: Call) => boolean = () => true): void =>
      void failures.push({ left: n, how, of }),
    /** Whether everything has failed that was to. */
    hasFailed: (): boolean => failures.length === 0,
    down: (): void => {
      isDown = true;
    },
    up: (): void => {
      isDown = false;
    },
    /** From now on nobody is signed in, with this error of Entra's, or, with null, everybody again. */
    refuseSignIn: (error: string | null): void => {
      signInError = error;
    },
    /** The refresh tokens that were given so far are worth nothing any more; those that come in are. */
    revokeRefreshTokens: (...but: readonly string[]): void => {
      refreshTokens.clear();
      for (const token of but) refreshTokens.add(token);
    },
    /** Somebody signs in anew and has this refresh token; those from before are good as well. */
    signInAnew: (token: string): string => {
      refreshTokens.add(token);
      return token;
    },
    /** The access tokens that were given so far are not taken any more. */
    revokeAccessTokens: (): void => accessTokens.clear(),
    /** Microsoft answers its half. */
    answer: (id: string, as: 'Accepted' | 'Declined' | 'Expired'): void => {
      const status = as === 'Accepted' ? 'Active' : 'Closed';
      service.write({ ...standing(id), status, substatus: as });
    },
    /** Somebody changes a referral in Partner Center's own pages. */
    edit: (id: string, change: Readonly<Record<string, unknown>>): void => {
      service.write({ ...standing(id), ...change });
    },
    /** Something that is at an address, without any signing in. */
    put: (path: string, file: string | Buffer): string => {
      files.set(path, file);
      return `${origin}${path}`;
    },
    ca: { root, between, stranger, signer, pem },
    eventFor,
    signed,
    /** Posts an event, signed, to an address; the answer's status. The same text twice is a replay. */
    sendEvent: async (to: string, text: string, forgery: Forgery = 'good'): Promise<number> =>
      (await fetch(to, { method: 'POST', body: text, headers: signed(text, forgery) })).status,
    stop: (): Promise<void> =>
      new Promise((resolve) => {
        stopping.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  } as const;
};
