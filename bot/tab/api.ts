import type { z } from 'zod';
import {
  type ActionAnswer,
  type Answer,
  type Asks,
  actionAnswerSchema,
  type Question,
  questionSchemas,
  type Refusal,
  refusalSchema,
  toChatAnswerSchema,
} from '../../cards/tab/contract.ts';
import type { Host } from './host.ts';

/** The server's own words for why it did not answer; null: it was not reached, or said nothing that is understood. */
export class NotAnswered extends Error {
  readonly why: Refusal | null;
  constructor(why: Refusal | null) {
    super(why?.title ?? 'not answered');
    this.why = why;
  }
}

export type Api = {
  readonly ask: <Q extends Question>(question: Q, asks: Asks<Q>, signal?: AbortSignal) => Promise<Answer<Q>>;
  /** Puts a claim's card into the own chat. */
  readonly toChat: (claim: number) => Promise<void>;
  /** Presses a button, with what stands in the inputs beside it. */
  readonly act: (verb: string, data: Readonly<Record<string, unknown>>) => Promise<ActionAnswer>;
};

const checked = async <T>(response: Response, schema: z.ZodType<T>): Promise<T> => {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new NotAnswered(refusalSchema.safeParse(body).data?.error ?? null);
  const parsed = schema.safeParse(body);
  // The server is of another day than this page.
  if (!parsed.success) throw new NotAnswered(null);
  return parsed.data;
};

/** The address of a question; what is left out or empty is not written. */
const addressOf = (question: Question, asks: Readonly<Record<string, unknown>>): string => {
  const { number, ...rest } = asks;
  const path = question === 'claim' ? `claims/${number}` : question;
  const query = new URLSearchParams(
    Object.entries(rest).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)] satisfies [string, string]],
    ),
  );
  return `../api/${path}${query.size === 0 ? '' : `?${query}`}`;
};

export const createApi = (host: Host): Api => {
  const send = async (address: string, init: RequestInit): Promise<Response> => {
    const token = await host.token().catch(() => {
      throw new NotAnswered({ code: 'signIn', title: '', body: '' });
    });
    const headers = {
      ...init.headers,
      'Accept-Language': host.locale,
      'Time-Zone': Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    };
    try {
      return await fetch(new URL(address, document.baseURI), { ...init, headers });
    } catch (error) {
      // Given up by the page itself is no failure.
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new NotAnswered(null);
    }
  };
  const post = (path: string, body: unknown) =>
    send(`../api/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    ask: async (question, asks, signal) => {
      const response = await send(addressOf(question, asks), signal === undefined ? {} : { signal });
      return checked(response, questionSchemas(question).answer);
    },
    act: async (verb, data) => checked(await post('actions', { verb, data }), actionAnswerSchema),
    toChat: async (claim) => {
      await checked(await post('chat', { claim }), toChatAnswerSchema);
    },
  };
};
