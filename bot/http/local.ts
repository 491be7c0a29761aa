import type { Request, Response } from 'restify';
import { z } from 'zod';
import { dateTime } from '../../cards/format.ts';
import { escapeHtml } from '../../cards/html.ts';
import type { KeptMail } from '../mail/mailer.ts';
import { type Route, sendJson, sendText } from './server.ts';

export type LocalParts = {
  readonly mails: () => readonly KeptMail[];
  readonly advance: (milliseconds: number) => void;
  readonly now: () => Date;
  /** Runs the sweeps and everything they queued. */
  readonly sweep: () => Promise<void>;
  readonly state: () => Promise<object>;
};

const HOUR_MS = 60 * 60 * 1000;

const move = z.union([
  z.strictObject({ advanceDays: z.number().min(0).max(3_650) }),
  z.strictObject({ advanceHours: z.number().min(0).max(87_600) }),
]);

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f23}
h1{font-size:1.4rem}h2{font-size:1rem;margin:0;overflow-wrap:anywhere}article{border:1px solid #c9d1d5;border-radius:8px;margin:1rem 0;overflow:hidden}
header{padding:.75rem 1rem;background:#f3f5f6}header p{margin:0;color:#4a5459;overflow-wrap:anywhere}iframe{border:0;width:100%;height:46rem;display:block}`;

const sentAt = ({ sentAt }: KeptMail): string => dateTime(new Date(sentAt), { language: 'en', timeZone: 'UTC' });

/** Mails stand in sandboxed frames; their one link may open the consent page, nothing else runs. */
const mailboxPage = (mails: readonly KeptMail[]): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Local mailbox</title><style>${STYLE}</style></head><body>
<h1>Local mailbox</h1>
${mails.length === 0 ? '<p>No mail yet. Consent mails that Claimdesk would send appear here, newest first.</p>' : ''}
${mails
  .map(
    (
      mail,
    ) => `<article><header><h2>${escapeHtml(mail.subject)}</h2><p>To ${escapeHtml(mail.to)} · ${escapeHtml(sentAt(mail))}</p></header>
<iframe title="${escapeHtml(mail.subject)}" sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" srcdoc="${escapeHtml(mail.html)}"></iframe></article>`,
  )
  .join('\n')}
</body></html>`;

const wantsJson = (request: Request) => String(request.headers.accept ?? '').includes('application/json');

const onlyFromHere = (request: Request, response: Response): boolean => {
  // A page somewhere on the web must not be able to move this machine's clock through the visitor's browser.
  const site = request.headers['sec-fetch-site'];
  const allowed = site === undefined || site === 'same-origin' || site === 'none';
  if (!allowed) sendJson(response, 403, { error: 'only from this machine' });
  return allowed;
};

/** Routes of local mode, absent otherwise. */
export const localRoutes = (parts: LocalParts): readonly Route[] => [
  {
    method: 'get',
    path: '/',
    answer: async (_request, response) => {
      response.setHeader('Location', '/local/mail');
      sendText(response, 302, 'text/plain', '/local/mail');
    },
  },
  {
    method: 'get',
    path: '/local/mail',
    answer: async (request, response) => {
      if (wantsJson(request)) return sendJson(response, 200, parts.mails());
      response.setHeader(
        'Content-Security-Policy',
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      );
      sendText(response, 200, 'text/html', mailboxPage(parts.mails().toReversed()));
    },
  },
  {
    method: 'post',
    path: '/local/clock',
    body: 'typedByHand',
    answer: async (request, response) => {
      if (!onlyFromHere(request, response)) return;
      const parsed = move.safeParse(request.body);
      if (!parsed.success) {
        return sendJson(response, 400, { error: 'send {"advanceDays": n} or {"advanceHours": n}, n not negative' });
      }
      const hours = 'advanceDays' in parsed.data ? parsed.data.advanceDays * 24 : parsed.data.advanceHours;
      parts.advance(hours * HOUR_MS);
      await parts.sweep();
      sendJson(response, 200, { now: parts.now().toISOString() });
    },
  },
  {
    method: 'post',
    path: '/local/sweep',
    answer: async (request, response) => {
      if (!onlyFromHere(request, response)) return;
      await parts.sweep();
      sendJson(response, 200, { now: parts.now().toISOString() });
    },
  },
  {
    method: 'get',
    path: '/local/state',
    answer: async (_request, response) => sendJson(response, 200, await parts.state()),
  },
];
