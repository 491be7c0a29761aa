import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'restify';
import { exportPage, PAGE_STYLE } from '../../cards/exports/page.ts';
import { type FoundExport, fetchExport, findExport } from '../../domain/exports/fetch-export.ts';
import { SHEETS } from '../../domain/exports/rows.ts';
import type { Ports } from '../../domain/ports.ts';
import { csvFile } from '../export-csv.ts';
import { type Route, sendText } from './server.ts';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`;

/** Not a parameter of the path: the router gives those a length, and a link that is too long is a dead one like all. */
const PATH = '/export/*';

/** The file is one person's, and so is its link: no cache on the way and no search engine may keep either. */
const unkept = (response: Response): void => {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
};

const page = (response: Response, status: number, why: 'dead' | 'failed'): void => {
  unkept(response);
  response.setHeader('Content-Security-Policy', POLICY);
  sendText(response, status, 'text/html', exportPage(why));
};

/** Somebody who closes the window has had enough; that is nobody's failure. */
const leftEarly = (error: unknown): boolean =>
  (error as { readonly code?: unknown }).code === 'ERR_STREAM_PREMATURE_CLOSE';

/**
 * The files that were offered in chat. Looking ahead changes nothing: a link works until its time is over, whoever
 * looked at it before, and HEAD reads no row. Every dead link gets one and the same page.
 */
export const exportRoutes = (ports: Ports, served: (tenantId: string) => boolean): readonly Route[] => {
  const begin = (response: Response, { what }: FoundExport): void => {
    unkept(response);
    const day = ports.clock.now().toISOString().slice(0, 10);
    response.writeHead(200, {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="claimdesk-${what}-${day}.csv"`,
    });
  };

  const find = (request: Request) => findExport(ports, String(request.params['*'] ?? ''), served);

  const look = async (request: Request, response: Response) => {
    const found = await find(request);
    if (found === null) return page(response, 404, 'dead');
    begin(response, found);
    response.end();
  };

  const give = async (request: Request, response: Response) => {
    const found = await find(request);
    if (found === null) return page(response, 404, 'dead');
    const rows = await fetchExport(ports, found);
    begin(response, found);
    try {
      // Whoever reads slowly is waited for. What breaks off ends the connection too, so half a file is never taken for one.
      await pipeline(Readable.from(rows), csvFile(SHEETS[found.what].columns), response);
    } catch (error) {
      if (!leftEarly(error)) throw error;
    }
  };

  const failed = (_request: Request, response: Response) => page(response, 500, 'failed');
  return [
    { method: 'get', path: PATH, answer: give, failed },
    { method: 'head', path: PATH, answer: look, failed },
  ];
};
