import type { Gateway } from '../teams/gateway.ts';
import { addressOf, type RateLimit } from './rate-limit.ts';
import { type Route, sayWait, sendEmpty, sendJson } from './server.ts';

/**
 * The bot's endpoint, and whether the process is well. `ready` throws when the database does not answer; `strangers`: how
 * often somebody without a valid token may try.
 */
export const messageRoutes = (
  gateway: Gateway,
  strangers: RateLimit,
  proxyHops: number,
  ready: () => Promise<void>,
): readonly Route[] => [
  {
    method: 'post',
    path: '/api/messages',
    body: 'json',
    answer: async (request, response) => {
      const { status, body } = await gateway.receive({
        body: request.body,
        authorization: request.headers.authorization,
      });
      // Teams is not held up, however much it brings, nor by whoever is turned away from the same address.
      const wait = status === 401 ? await strangers.take(addressOf(request, proxyHops)) : null;
      if (wait !== null) return sayWait(response, wait);
      if (body === undefined) return sendEmpty(response, status);
      sendJson(response, status, body);
    },
  },
  {
    method: 'get',
    path: '/healthz',
    answer: async (_request, response) => {
      await ready();
      sendJson(response, 200, { status: 'ok' });
    },
  },
];
