import helmet from 'helmet';
import restify, { type Next, type Request, type Response, type Server } from 'restify';
import { type Log, loggable } from '../log.ts';

export type Route = {
  readonly method: 'get' | 'head' | 'post';
  readonly path: string;
  readonly answer: (request: Request, response: Response) => Promise<void>;
};

const BODY_BYTES = 512 * 1024;

/** Names nothing of what runs here, and turns whatever escapes a handler into a bare 500. */
const guarded =
  (answer: Route['answer'], log: Log) =>
  (request: Request, response: Response, next: Next): void => {
    answer(request, response)
      .catch((error: unknown) => {
        log.error({ route: request.getRoute()?.path, error: loggable(error) }, 'a request failed');
        if (!response.headersSent) sendText(response, 500, 'text/plain', 'Something went wrong. Please try again.');
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

/** The server with its routes, not listening yet. */
export const createServer = (routes: readonly Route[], log: Log): Server => {
  const server = restify.createServer({ name: '', handleUncaughtExceptions: false });
  server.pre((_request: Request, response: Response, next: Next) => {
    response.removeHeader('Server');
    return next();
  });
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
  server.use(restify.plugins.bodyParser({ mapParams: false, maxBodySize: BODY_BYTES }));
  for (const { method, path, answer } of routes) server[method](path, guarded(answer, log));
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

/** Starts listening; the answer is the port, also when it was asked for as 0. */
export const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

export const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.server.closeIdleConnections();
    server.server.closeAllConnections();
  });
