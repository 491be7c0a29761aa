import type { Request, Response } from 'restify';
import type { z } from 'zod';
import { textFor } from '../../cards/format.ts';
import type { Links } from '../../cards/links.ts';
import type { Said } from '../../cards/people/said.ts';
import {
  actionAnswerSchema,
  actionSchema,
  type Question,
  questionSchemas,
  type Refusal,
  toChatSchema,
} from '../../cards/tab/contract.ts';
import { isVerb, READING } from '../../cards/verbs.ts';
import { isZone } from '../../domain/notices/slots.ts';
import type { Actor, Language } from '../../domain/people/actor.ts';
import { recognise, spokenTo } from '../../domain/people/recognise.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Afterwards } from '../afterwards.ts';
import type { SignIn } from '../entra/sign-in.ts';
import type { Failure } from '../failure.ts';
import { openClaim } from '../handlers/claims.ts';
import { answerTab } from '../handlers/tab.ts';
import { ownTurn, type Turn } from '../handlers/turn.ts';
import { onAction } from '../handlers/verbs.ts';
import type { Log } from '../log.ts';
import type { OwnChat } from '../teams/own-chat.ts';
import { createReaderNow } from '../teams/reader.ts';
import { preferredLanguage } from './language.ts';
import { addressOf, type RateLimit } from './rate-limit.ts';
import { type Route, sendJson } from './server.ts';

export type ApiParts = {
  readonly ports: Ports;
  readonly signIn: SignIn;
  readonly links: () => Links;
  readonly publicUrl: () => string;
  /** How often one person may ask; and one address, of which nobody knows who asks from it. */
  readonly limits: { readonly people: RateLimit; readonly strangers: RateLimit };
  readonly proxyHops: number;
  readonly ownChat: OwnChat;
  readonly failure: Failure;
  readonly afterwards: Afterwards['run'];
  readonly log: Log;
};

const PATHS: Record<Question, string> = {
  me: '/api/me',
  'customers/counts': '/api/customers/counts',
  customers: '/api/customers',
  'claims/counts': '/api/claims/counts',
  claims: '/api/claims',
  claim: '/api/claims/:number',
  overview: '/api/overview',
};

const ACTIONS = '/api/actions';
const CHAT = '/api/chat';

/** Every address of the API, as it stands in the server's table: what a test of who may ask what goes through. */
export const API_ROUTES: readonly { readonly method: 'get' | 'post'; readonly path: string }[] = [
  ...Object.values(PATHS).map((path) => ({ method: 'get' as const, path })),
  { method: 'post', path: ACTIONS },
  { method: 'post', path: CHAT },
];

const STATUS: Record<Refusal['code'], number> = {
  signIn: 401,
  tenant: 403,
  noChat: 409,
  noRole: 403,
  notFound: 404,
  badRequest: 400,
  tooMany: 429,
  failed: 500,
};

/** What stands in the address. What is given twice is no text, and so fits nothing that is asked. */
const queryOf = (request: Request): Record<string, unknown> => {
  const given = Map.groupBy(new URLSearchParams(request.getQuery()), ([name]) => name);
  return Object.fromEntries(
    [...given].map(([name, fields]) => [name, fields.length === 1 ? fields[0]?.[1] : fields.map(([, value]) => value)]),
  );
};

/** As the browser says it. What is no zone is not kept: elsewhere days are counted in what is. */
const zoneOf = ({ headers }: Request): string | null => {
  const zone = headers['time-zone'];
  return typeof zone === 'string' && zone.length <= 64 && isZone(zone) ? zone : null;
};

type Asking = { readonly actor: Actor; readonly language: Language };

/**
 * The tab's API. Who asks is known by the token alone; what they may see is decided by the same rules as in the chat, and
 * what they do goes the same way as a pressed button. Nothing is cached on the way.
 */
export const apiRoutes = (parts: ApiParts): readonly Route[] => {
  const { ports, signIn, links, publicUrl, limits, proxyHops, ownChat, failure, afterwards, log } = parts;

  const refuse = (response: Response, language: Language, code: Refusal['code'], said?: Said): void => {
    const { refused, tab } = textFor(language);
    const words: Record<Refusal['code'], Said> = {
      signIn: tab.signIn,
      tenant: { title: tab.notServed, body: refused.notServed },
      noRole: tab.noRole,
      noChat: tab.noChat,
      notFound: tab.notFound,
      badRequest: tab.badRequest,
      tooMany: tab.tooMany,
      failed: tab.failed,
    };
    const { title, body } = said ?? words[code];
    sendJson(response, STATUS[code], { error: { code, title, body } });
  };

  /** Lets somebody in, or says why not: null. */
  const whoAsks = async (request: Request, response: Response): Promise<Asking | null> => {
    const language = preferredLanguage(request);
    const who = await signIn(request.headers.authorization);
    const limited =
      'refused' in who
        ? await limits.strangers.take(addressOf(request, proxyHops))
        : await limits.people.take(`${who.tenantId}/${who.objectId}`);
    if (limited !== null) {
      response.setHeader('Retry-After', String(limited.waitSeconds));
      refuse(response, language, 'tooMany');
      return null;
    }
    if ('refused' in who) {
      log.warn({ refused: who.refused }, 'somebody was not let into the tab');
      refuse(response, language, who.refused);
      return null;
    }
    const sender = { ...who, language, timeZone: zoneOf(request), chatId: null };
    const known = await recognise(ports, sender);
    if (known === null) {
      log.warn({ tenant: who.tenantId }, 'no organisation is kept for an allowed tenant');
      refuse(response, language, 'tenant');
      return null;
    }
    const actor = spokenTo(known, sender);
    return { actor, language: actor.language };
  };

  const readerNow = createReaderNow(ports, links, false);
  /** Somebody at the tab, as they would be in their own chat. */
  const turnOf = (actor: Actor): Turn =>
    ownTurn({ ports, publicUrl: publicUrl(), actor, reader: readerNow(actor, null) });

  /** Runs one request with everything that can go wrong around it. */
  const guarded =
    (answer: (request: Request, response: Response, asking: Asking) => Promise<void>) =>
    async (request: Request, response: Response): Promise<void> => {
      response.setHeader('Cache-Control', 'no-store');
      let language = preferredLanguage(request);
      try {
        const asking = await whoAsks(request, response);
        if (asking === null) return;
        ({ language } = asking);
        await answer(request, response, asking);
      } catch (error) {
        refuse(response, language, 'failed', failure(error, language, { route: request.getRoute()?.path }));
      }
    };

  const question = <Q extends Question>(name: Q): Route => ({
    method: 'get',
    path: PATHS[name],
    answer: guarded(async (request, response, { actor, language }) => {
      const { asked, answer } = questionSchemas(name);
      const parsed = asked.safeParse({ ...queryOf(request), ...request.params });
      if (!parsed.success) return refuse(response, language, 'badRequest');
      const found = await answerTab(name, turnOf(actor), parsed.data);
      if (typeof found === 'string') return refuse(response, language, found);
      // What the contract does not name never leaves.
      sendJson(response, 200, answer.parse(found));
    }),
  });

  const posted = <B>(
    path: string,
    schema: z.ZodType<B>,
    answer: (response: Response, body: B, asking: Asking) => Promise<void>,
  ): Route => ({
    method: 'post',
    path,
    body: 'json',
    answer: guarded(async (request, response, asking) => {
      const parsed = schema.safeParse(request.body);
      return parsed.success ? answer(response, parsed.data, asking) : refuse(response, asking.language, 'badRequest');
    }),
  });

  const action = posted(ACTIONS, actionSchema, async (response, { verb, data }, { actor }) => {
    const { card, summary } = await onAction(turnOf(actor), verb, data);
    const changes = !isVerb(verb) || !READING.has(verb);
    sendJson(response, 200, actionAnswerSchema.parse({ card, summary, changes }));
  });

  const toChat = posted(CHAT, toChatSchema, async (response, body, { actor, language }) => {
    const [said, post] = await Promise.all([openClaim(turnOf(actor), body), ownChat(actor.personId)]);
    if (post === null) return refuse(response, language, 'noChat');
    sendJson(response, 202, {});
    // Whoever asked goes there now, and finds it when Teams has taken it.
    afterwards(() => post(said));
  });

  return [...(Object.keys(PATHS) as Question[]).map((name) => question(name)), action, toChat];
};
