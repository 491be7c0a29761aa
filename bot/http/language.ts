import type { Request } from 'restify';
import type { Language } from '../../domain/people/actor.ts';

/** What the browser prefers, for whoever has not chosen, or is not known. */
export const preferredLanguage = (request: Request): Language =>
  /^\s*nl\b/i.test(String(request.headers['accept-language'] ?? '')) ? 'nl' : 'en';
