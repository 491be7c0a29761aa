import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'restify';
import { escapeHtml } from '../../cards/html.ts';
import { type Links, placeAt } from '../../cards/links.ts';
import type { Page } from '../../cards/tab/page.ts';
import { type Route, sendText } from './server.ts';

/** Where set-up puts what Vite made of bot/tab. */
const BUILT = join(import.meta.dirname, '..', 'tab', 'dist');

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/** The hosts that show tabs of Teams in a frame. */
const TEAMS = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://teams.cloud.microsoft',
  'https://*.cloud.microsoft',
  'https://teams.microsoft.us',
  'https://*.teams.microsoft.us',
];

/** Fluent writes its styles as the page runs; only what bears this answer's number is let through. */
const policy = (nonce: string, local: boolean): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    // teams-js asks there which hosts may embed a tab.
    `connect-src 'self' https://res.cdn.office.net`,
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...(local ? [] : TEAMS)].join(' ')}`,
  ].join('; ');

const compress = promisify(gzip);

/** Named, and not with a weight of nothing: that refuses it. */
const TAKES_GZIP = /(^|,)\s*gzip\s*(;(?!\s*q=0(\.0*)?\s*(,|$))|,|$)/i;

type Asset = { readonly type: string; readonly plain: Buffer; readonly packed: Promise<Buffer> };

const assetsIn = (folder: string): ReadonlyMap<string, Asset> =>
  new Map(
    readdirSync(folder).map((name) => {
      const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const plain = readFileSync(join(folder, name));
      // Begun at the start, so that the first visitor does not wait for it.
      return [name, { type, plain, packed: compress(plain, { level: 9 }) }];
    }),
  );

export type TabParts = {
  readonly local: boolean;
  readonly links: () => Links;
  readonly publicUrl: () => string;
  /** Null: there is no app in Teams. */
  readonly teamsAppId: string | null;
  readonly botId: string | null;
  readonly nonce: () => string;
};

/**
 * The tab's page and its files, and where a claim's address leads. The page holds no data: what is shown is asked of the
 * API by who was signed in. Only this page may be framed, and by Teams alone.
 */
export const tabRoutes = ({ local, links, publicUrl, teamsAppId, botId, nonce }: TabParts): readonly Route[] => {
  if (!existsSync(BUILT)) throw new Error('the tab is not built: npm run set-up does that');
  const html = readFileSync(join(BUILT, 'index.html'), 'utf8');
  const assets = assetsIn(join(BUILT, 'assets'));

  const page = (response: Response, status: number): void => {
    const number = nonce();
    const facts: Page = { local, teamsAppId, botId, open: links().tab({ page: 'overview' }) };
    response.removeHeader('X-Frame-Options');
    response.setHeader('Content-Security-Policy', policy(number, local));
    response.setHeader('Cache-Control', 'no-store');
    const base = new URL(publicUrl()).pathname.replace(/\/$/, '');
    const text = html
      .replace('<base href="/tab/" />', `<base href="${escapeHtml(base)}/tab/" />`)
      .replaceAll('__NONCE__', number)
      .replace('__PAGE__', escapeHtml(JSON.stringify(facts)));
    sendText(response, status, 'text/html', text);
  };

  const asset = async (request: Request, response: Response, found: Asset): Promise<void> => {
    const packs = TAKES_GZIP.test(String(request.headers['accept-encoding'] ?? ''));
    const body = packs ? await found.packed : found.plain;
    response.writeHead(200, {
      'Content-Type': found.type,
      'Content-Length': body.length,
      // Its name changes with its content.
      'Cache-Control': 'public, max-age=31536000, immutable',
      Vary: 'Accept-Encoding',
      ...(packs ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(body);
  };

  const show = async (request: Request, response: Response): Promise<void> => {
    const path = String(request.params['*'] ?? '');
    if (path.startsWith('assets/')) {
      const found = assets.get(path.slice('assets/'.length));
      return found === undefined ? sendText(response, 404, 'text/plain', 'Not found') : asset(request, response, found);
    }
    page(response, path === '' || path === 'config' || placeAt(path) !== null ? 200 : 404);
  };

  return [
    { method: 'get', path: '/tab', answer: show },
    { method: 'get', path: '/tab/*', answer: show },
    {
      method: 'get',
      path: '/claims/:number',
      // Says nothing of whether there is such a claim: who may see it is asked where it leads.
      answer: async (request, response) => {
        const place = placeAt(`claims/${request.params.number}`);
        if (place === null) return sendText(response, 404, 'text/plain', 'Not found');
        response.setHeader('Cache-Control', 'no-store');
        response.setHeader('Location', links().tab(place));
        sendText(response, 302, 'text/plain', 'Claimdesk');
      },
    },
  ];
};
