import { createHash } from 'node:crypto';
import type { Request, Response } from 'restify';
import { consentPage, deadPage, failedPage, PAGE_STYLE, thanksPage } from '../../cards/consent/page.ts';
import { shownText } from '../../cards/consent/terms.ts';
import { answerConsent, type ConsentView, showConsent } from '../../domain/consent/answer-consent.ts';
import { LANGUAGES, type Language } from '../../domain/people/actor.ts';
import type { Ports } from '../../domain/ports.ts';
import { preferredLanguage } from './language.ts';
import { type Route, sendText } from './server.ts';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

const page = (response: Response, status: number, html: string): void => {
  response.setHeader('Content-Security-Policy', POLICY);
  // A consent page is one person's; no cache on the way may keep it.
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  sendText(response, status, 'text/html', html);
};

/** Not a parameter of the path: the router gives those a length, and a link that is too long is a dead one like all. */
const PATH = '/consent/*';
const tokenIn = (request: Request): string => String(request.params['*'] ?? '');

const knownLanguage = (value: unknown): Language | undefined => LANGUAGES.find((language) => language === value);

const queryOf = (request: Request): URLSearchParams => new URLSearchParams(request.getQuery());

/** Answers only come from the page itself: a form on another site is turned away. */
const foreign = (request: Request): boolean => {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};

const fieldsOf = (request: Request): Readonly<Record<string, string>> => {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value.slice(0, 4_000)]] : [])),
  );
};

/**
 * R22: looking (GET, HEAD, scanners, whatever scripts they run) changes nothing; answering is a POST with a choice and
 * the contact's name. Every dead link gets one and the same page.
 */
export const consentRoutes = (ports: Ports): readonly Route[] => {
  const languageOf = (request: Request) => knownLanguage(queryOf(request).get('lang')) ?? preferredLanguage(request);
  const dead = (request: Request, response: Response) => page(response, 404, deadPage(languageOf(request)));
  const otherwise = {
    failed: (request: Request, response: Response) => page(response, 500, failedPage(languageOf(request))),
  };

  const hashOf = (view: ConsentView, language: Language) => ports.sha256(shownText(view, language));

  const show = async (request: Request, response: Response) => {
    const token = tokenIn(request);
    const view = await showConsent(ports, token);
    if (view === null) return dead(request, response);
    const language = knownLanguage(queryOf(request).get('lang')) ?? view.request.language;
    const typed = { decision: '', name: '', reason: '', mayContact: false, mayShare: false };
    page(response, 200, consentPage(view, { language, token, shownHash: hashOf(view, language), faults: [], typed }));
  };

  const answer = async (request: Request, response: Response) => {
    const token = tokenIn(request);
    if (foreign(request)) return dead(request, response);
    const fields = fieldsOf(request);
    const given = knownLanguage(fields.lang);
    const typed = {
      ...{ decision: fields.decision ?? '', name: fields.name ?? '', reason: fields.reason ?? '' },
      ...{ mayContact: fields.mayContact === 'yes', mayShare: fields.mayShare === 'yes' },
    };
    const input = { ...typed, shownHash: fields.shown ?? '' };
    const outcome = await answerConsent(ports, token, input, (view) => shownText(view, given ?? view.request.language));
    if (outcome.kind === 'dead') return dead(request, response);
    const language = given ?? outcome.view.request.language;
    if (outcome.kind === 'faults') {
      return page(
        response,
        422,
        consentPage(outcome.view, {
          language,
          token,
          shownHash: hashOf(outcome.view, language),
          faults: outcome.faults,
          typed,
        }),
      );
    }
    page(response, 200, thanksPage(outcome.kind, outcome.view, language, outcome.besides));
  };

  return [
    { method: 'get', path: PATH, answer: show, ...otherwise },
    { method: 'head', path: PATH, answer: show, ...otherwise },
    { method: 'post', path: PATH, body: 'form', answer, ...otherwise },
  ];
};
