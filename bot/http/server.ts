import helmet from 'helmet';
import rawBody from 'raw-body';
import restify, { type Next, type Request, type Response, type Server } from 'restify';
import { type Log, loggable } from '../log.ts';
import { isLoopback } from '../loopback.ts';
import { addressOf, type RateLimit, type Wait } from './rate-limit.ts';

export type Route = {
  readonly method: 'get' | 'head' | 'post';
  readonly path: string;
  /** The one kind of body the route takes; left out for none. Parsed, it stands in request.body. */
  readonly body?: BodyKind;
  readonly answer: (request: Request, response: Response) => Promise<void>;
  /** How often one address may ask. */
  readonly limit?: RateLimit;
  /** Said instead of a bare sentence when the answer failed on our side. */
  readonly failed?: (request: Request, response: Response) => void;
};

const BODY_BYTES = 256 * 1024;

/** `typedByHand`: JSON under whatever type curl gives it. Elsewhere the type keeps other sites' forms out. */
const TYPES = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  typedByHand: null,
} as const;
type BodyKind = keyof typeof TYPES;

/** What a client may not send, answered with its status. */
class BadBody extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`a body was refused with ${status}`);
    this.status = status;
  }
}

/**
 * Reads a body of the one kind a route takes, with its size counted while it arrives. Compressed bodies and uploads are
 * not taken: nobody sends us any, and both can be made to fill memory or the disk.
 */
const readBody = async (request: Request, kind: BodyKind): Promise<unknown> => {
  const type = String(request.headers['content-type'] ?? '')
    .split(';')[0]
    ?.trim()
    .toLowerCase();
  const wanted = TYPES[kind];
  const fits = wanted === null || type === wanted;
  if (!fits || request.headers['content-encoding'] !== undefined) throw new BadBody(415);
  let text: string;
  try {
    text = await rawBody(request, { limit: BODY_BYTES, encoding: 'utf8' });
  } catch (error) {
    throw new BadBody((error as { statusCode?: number }).statusCode ?? 400);
  }
  if (kind === 'form') {
    // A field that comes twice says nothing: the last one is not taken for what was meant.
    const fields = [...new URLSearchParams(text)];
    const times = new Map<string, number>();
    for (const [name] of fields) times.set(name, (times.get(name) ?? 0) + 1);
    return Object.fromEntries(fields.filter(([name]) => times.get(name) === 1));
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new BadBody(400);
  }
};

/** Names nothing of what runs here, and turns whatever escapes a handler into a bare 500. */
const guarded =
  ({ answer, body, failed, limit }: Route, log: Log, proxyHops: number) =>
  (request: Request, response: Response, next: Next): void => {
    const run = async () => {
      const wait = (await limit?.take(addressOf(request, proxyHops))) ?? null;
      if (wait !== null) return sayWait(response, wait);
      if (body !== undefined) request.body = await readBody(request, body);
      await answer(request, response);
    };
    run()
      .catch((error: unknown) => {
        if (error instanceof BadBody && !response.headersSent) {
          // What is still on its way is not read: the connection ends with the answer.
          response.setHeader('Connection', 'close');
          return sendEmpty(response, error.status);
        }
        log.error({ route: request.getRoute()?.path, error: loggable(error) }, 'a request failed');
        // What was begun cannot be said anew; whoever streams ends the connection.
        if (response.headersSent) return;
        if (failed !== undefined) return failed(request, response);
        sendText(response, 500, 'text/plain', 'Something went wrong. Please try again.');
      })
      .finally(() => next(false));
  };

export const sendText = (response: Response, status: number, type: string, text: string): void => {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
};

export const sendJson = (response: Response, status: number, value: unknown): void =>
  sendText(response, status, 'application/json', JSON.stringify(value));

export const sendEmpty = (response: Response, status: number): void => {
  response.writeHead(status, { 'Content-Length': 0 });
  response.end();
};

/** Too many requests, and when to come again. */
export const sayWait = (response: Response, { waitSeconds }: Wait): void => {
  response.setHeader('Retry-After', String(waitSeconds));
  sendText(response, 429, 'text/plain', 'Too many requests. Please wait a moment.');
};

/** Whether a request was meant for this machine by name: a page elsewhere can point a name of its own at loopback. */
const namesLoopback = ({ headers: { host = '' } }: Request): boolean =>
  URL.canParse(`http://${host}`) && isLoopback(new URL(`http://${host}`).hostname);

/** A path as the router can read it: one whose escapes are broken names nothing, under whatever it stands. */
const readable = (url: string): string => {
  const [path = '', ...query] = url.split('?');
  try {
    decodeURI(path);
    return url;
  } catch {
    return [`${path.slice(0, path.lastIndexOf('/') + 1)}-`, ...query].join('?');
  }
};

/** `local`: it believes whoever calls, so only this machine may. `proxyHops`: how many proxies stand before it. */
type Situation = { readonly local: boolean; readonly proxyHops: number };

/** The server with its routes, not listening yet. */
export const createServer = (routes: readonly Route[], log: Log, { local, proxyHops }: Situation): Server => {
  const server = restify.createServer({ name: '', handleUncaughtExceptions: false });
  server.pre((request: Request, response: Response, next: Next) => {
    response.removeHeader('Server');
    request.url = readable(request.url ?? '');
    return next();
  });
  if (local) {
    server.pre((request: Request, response: Response, next: Next) => {
      if (namesLoopback(request)) return next();
      sendText(response, 421, 'text/plain', 'Local mode answers to localhost only.');
      return next(false);
    });
  }
  server.pre(
    helmet({
      // Nothing is allowed unless a page says so itself.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  );
  for (const route of routes) server[route.method](route.path, guarded(route, log, proxyHops));
  // restify's own answers (404, 405, 413, …) would spell out the error's name and message.
  server.on(
    'restifyError',
    (_request: Request, _response: Response, error: Error & { toJSON?: () => object }, done: () => void) => {
      error.toJSON = () => ({});
      error.toString = () => '';
      return done();
    },
  );
  return server;
};

/** Starts listening; the answer is the port, also when it was asked for as 0. Throws when the port is not to be had. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const failed = (error: Error & { code?: string }) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is in use; name another one in PORT`) : error);
    // restify says it once more itself, and an error that nobody listens for ends the process.
    server.once('error', failed);
    server.server.once('error', failed);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** How long requests that are being answered may still take when the server closes. */
const DRAIN_MS = 3_000;

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.server.closeIdleConnections();
  });
