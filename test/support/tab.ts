import type { z } from 'zod';
import {
  type ActionAnswer,
  type Answer,
  type Asks,
  actionAnswerSchema,
  QUESTIONS,
  type Question,
  type Refusal,
  refusalSchema,
} from '../../cards/tab/contract.ts';
import { NORTHBRIDGE, type World } from './world.ts';

/** An answer of the server as it came: status, headers, and the body as text. */
export type Came = { readonly status: number; readonly headers: Headers; readonly text: string };

type Headed = Readonly<Record<string, string>>;

export type Tab = ReturnType<typeof tabOf>;

export const addressOf = (question: Question, asks: Readonly<Record<string, unknown>> = {}): string => {
  const { number, ...rest } = asks;
  const query = new URLSearchParams(
    Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
  );
  return `/api/${question === 'claim' ? `claims/${number}` : question}${query.size === 0 ? '' : `?${query}`}`;
};

/** Every key that the schema of an answer does not name leaves a mark: the answer as the schema sees it is another. */
const read = <T>({ status, text }: Came, schema: z.ZodType<T>): T => {
  if (status !== 200) throw new Error(`the tab was answered ${status}: ${text.slice(0, 300)}`);
  const body: unknown = JSON.parse(text);
  const parsed = schema.parse(body);
  if (JSON.stringify(parsed) !== text)
    throw new Error(`the answer holds more than the contract: ${text.slice(0, 300)}`);
  return parsed;
};

/** The words somebody who was not answered gets. Throws where there are none. */
export const refusalIn = ({ text }: Came): Refusal => refusalSchema.strict().parse(JSON.parse(text)).error;

/** Somebody who has the tab open in Teams: asks over real HTTP with a signed token of their own. */
export const tabOf = (
  world: Pick<World, 'url' | 'signIn' | 'clock'>,
  person: {
    readonly objectId: string;
    readonly tenantId?: string;
    readonly name?: string;
    readonly locale?: string;
    readonly timeZone?: string;
  },
) => {
  const {
    objectId,
    tenantId = NORTHBRIDGE,
    name = 'Robin Demo',
    locale = 'en-GB',
    timeZone = 'Europe/Amsterdam',
  } = person;
  let kept: { readonly at: number; readonly token: string } | null = null;
  /** As in Teams, one is used until time has gone by. */
  const token = async (): Promise<string> => {
    const at = world.clock.now().getTime();
    if (kept?.at !== at)
      kept = { at, token: await world.signIn.sign(world.signIn.claimsFor({ tenantId, objectId, name })) };
    return kept.token;
  };
  const headers = async (): Promise<Headed> => ({
    Authorization: `Bearer ${await token()}`,
    'Accept-Language': locale,
    'Time-Zone': timeZone,
  });
  const send = async (path: string, init: { method?: string; body?: string; headers?: Headed } = {}): Promise<Came> => {
    const answer = await fetch(`${world.url}${path}`, {
      ...init,
      headers: { ...(await headers()), ...init.headers },
      redirect: 'manual',
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const post = (body: string, type = 'application/json'): Promise<Came> =>
    send('/api/actions', { method: 'POST', body, headers: { 'Content-Type': type } });
  return {
    objectId,
    tenantId,
    send,
    post,
    /** The answer to a question, which must be one, and hold what the contract names alone. */
    ask: async <Q extends Question>(question: Q, asks: Asks<Q>): Promise<Answer<Q>> =>
      read(await send(addressOf(question, asks)), QUESTIONS[question].answer as unknown as z.ZodType<Answer<Q>>),
    /** The card that a button is answered with. */
    act: async (verb: string, data: Readonly<Record<string, unknown>> = {}): Promise<ActionAnswer> => {
      const came = await post(JSON.stringify({ verb, data }));
      if (came.status !== 200) throw new Error(`"${verb}" was answered ${came.status}: ${came.text.slice(0, 300)}`);
      return actionAnswerSchema.strict().parse(JSON.parse(came.text));
    },
  };
};
