import type { Gateway } from '../teams/gateway.ts';
import { type Route, sendEmpty, sendJson } from './server.ts';

/** The bot's endpoint, and whether the process is well. `ready` throws when the database does not answer. */
export const messageRoutes = (gateway: Gateway, ready: () => Promise<void>): readonly Route[] => [
  {
    method: 'post',
    path: '/api/messages',
    body: 'json',
    answer: async (request, response) => {
      const { status, body } = await gateway.receive({
        body: request.body,
        authorization: request.headers.authorization,
      });
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
