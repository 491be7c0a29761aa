import rawBody from 'raw-body';
import type { ReceiveEvent } from '../partner-center/webhook.ts';
import { type Route, sendJson } from './server.ts';

/** An event has a few hundred bytes. */
const BODY_BYTES = 64 * 1024;

/** Where Partner Center posts its events, below the public address. */
export const EVENTS_PATH = '/api/partner-center/events';

/** Takes those events. What it signed are the bytes, so they are taken as they come. */
export const partnerCenterRoutes = (receive: ReceiveEvent): readonly Route[] => [
  {
    method: 'post',
    path: EVENTS_PATH,
    answer: async (request, response) => {
      const refuse = (status: number) => {
        // What is still on its way is not read.
        response.setHeader('Connection', 'close');
        sendJson(response, status, {});
      };
      if (request.headers['content-encoding'] !== undefined) return refuse(415);
      let body: Buffer;
      try {
        body = await rawBody(request, { limit: BODY_BYTES });
      } catch (error) {
        return refuse((error as { statusCode?: number }).statusCode ?? 400);
      }
      sendJson(response, await receive(request.headers, body), {});
    },
    failed: (_request, response) => sendJson(response, 500, {}),
  },
];
