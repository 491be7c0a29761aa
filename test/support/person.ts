import { randomUUID } from 'node:crypto';
import { APP_ID, NORTHBRIDGE, type World } from './world.ts';

/** A card as a client sees it: plain JSON. */
export type SeenCard = {
  readonly type: string;
  readonly body: readonly SeenElement[];
  readonly [key: string]: unknown;
};
type SeenElement = { readonly type: string; readonly [key: string]: unknown };
type SeenAction = {
  readonly type: string;
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly associatedInputs?: string;
};

export type InvokeAnswer = {
  readonly http: number;
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
};

/** Every object in a card, outermost first; fallbacks and refresh are left out, as a current client does not show them. */
const parts = function* (node: unknown): Generator<SeenElement> {
  if (Array.isArray(node)) for (const item of node) yield* parts(item);
  else if (typeof node === 'object' && node !== null) {
    if ('type' in node) yield node as SeenElement;
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'fallback' && key !== 'refresh' && key !== 'data') yield* parts(value);
    }
  }
};

/** All text a person can read on a card, a line each; marks that hold a line together or apart are left out. */
export const textOf = (card: SeenCard): string =>
  [...parts(card.body)]
    .flatMap((part) => {
      if (part.type === 'RichTextBlock') return [(part.inlines as { text: string }[]).map(({ text }) => text).join('')];
      if (part.type === 'TextBlock') return [part.text as string];
      if (part.type === 'Action.Execute' || part.type === 'Action.OpenUrl') return [`[${part.title}]`];
      if (part.type === 'Input.ChoiceSet') {
        return [part.label as string, ...(part.choices as { title: string }[]).map(({ title }) => `( ) ${title}`)];
      }
      return part.type.startsWith('Input.') ? [part.label as string] : [];
    })
    .join('\n')
    .replaceAll('\u2060', '')
    .replaceAll('\u00a0', ' ');

const actionsOf = (card: SeenCard): readonly SeenAction[] =>
  [...parts(card.body)].filter((part) => part.type === 'Action.Execute') as unknown as SeenAction[];

export const buttonsOf = (card: SeenCard): readonly string[] => actionsOf(card).map(({ title }) => title);

export const actionOf = (card: SeenCard, title: string): SeenAction => {
  const action = actionsOf(card).find((candidate) => candidate.title === title);
  if (action === undefined) throw new Error(`no button "${title}" on:\n${textOf(card)}`);
  return action;
};

type SeenInput = {
  readonly id: string;
  readonly value?: string;
  readonly choices?: readonly { title: string; value: string }[];
};

/** The inputs of a card by field, with what stands in them. */
export const inputsOf = (card: SeenCard): ReadonlyMap<string, SeenInput> =>
  new Map(
    [...parts(card.body)]
      .filter((part) => part.type.startsWith('Input.'))
      .map((part) => [String(part.id).replace(/~\d+$/, ''), part as unknown as SeenInput]),
  );

/** What a client sends for a button: the button's data, what stands in the inputs, and what was typed over it. */
export const dataFor = (
  card: SeenCard,
  title: string,
  typed: Readonly<Record<string, string>> = {},
): Record<string, unknown> => {
  const action = actionOf(card, title);
  if (action.associatedInputs === 'none') return { ...action.data };
  const sent = [...inputsOf(card)].flatMap(([field, { id, value }]) => {
    const text = typed[field] ?? value;
    return text === undefined || text === '' ? [] : [[id, text]];
  });
  const unknown = Object.keys(typed).filter((field) => !inputsOf(card).has(field));
  if (unknown.length > 0) throw new Error(`no field ${unknown.join()} on:\n${textOf(card)}`);
  return { ...action.data, ...Object.fromEntries(sent) };
};

export type Person = ReturnType<typeof personIn>;

/** A channel of a team, as Teams names it. */
export type Channel = { readonly id: string; readonly teamId: string; readonly name?: string };

/** Somebody in Teams, in their own chat with the bot or (`channel`) in a channel of a team: speaks to the bot over real HTTP with a signed token, and reads what comes back. */
export const personIn = (
  world: World,
  objectId: string,
  options: {
    readonly tenantId?: string;
    readonly locale?: string;
    readonly name?: string;
    readonly channel?: Channel;
  } = {},
) => {
  const { tenantId = NORTHBRIDGE, locale = 'en-GB', name = 'Robin Demo', channel } = options;
  const conversationId = channel?.id ?? `a:chat-of-${objectId}`;
  const place =
    channel === undefined
      ? {
          conversation: { id: conversationId, conversationType: 'personal', tenantId },
          channelData: { tenant: { id: tenantId } },
        }
      : {
          // Whatever is said in a channel stands in a thread.
          conversation: { id: `${channel.id};messageid=1`, conversationType: 'channel', isGroup: true, tenantId },
          channelData: {
            tenant: { id: tenantId },
            team: { id: channel.teamId },
            channel: { id: channel.id, ...(channel.name === undefined ? {} : { name: channel.name }) },
          },
        };

  const activity = (fields: Record<string, unknown>) => ({
    id: randomUUID(),
    timestamp: world.clock.now().toISOString(),
    channelId: 'msteams',
    serviceUrl: world.connector.serviceUrl,
    from: { id: `29:${objectId}`, name, aadObjectId: objectId },
    recipient: { id: `28:${APP_ID}`, name: 'Claimdesk' },
    ...place,
    locale,
    entities: [{ type: 'clientInfo', locale, timezone: 'Europe/Amsterdam' }],
    ...fields,
  });

  const post = async (body: Record<string, unknown>) => {
    const token = await world.authority.tokenFor({ serviceUrl: String(body.serviceUrl) });
    return fetch(`${world.url}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  };

  /** Every card this person was shown, oldest first. */
  const seen: SeenCard[] = [];

  const cardIn = (posted: unknown): SeenCard => {
    const { attachments } = posted as { attachments?: { content: SeenCard }[] };
    const content = attachments?.[0]?.content;
    if (content === undefined) throw new Error(`no card in ${JSON.stringify(posted).slice(0, 300)}`);
    seen.push(content);
    return content;
  };

  /** The newest card that stands unread in the chat. */
  const newest = (): SeenCard => {
    const last = world.connector.takePosts(conversationId).at(-1);
    if (last === undefined) throw new Error('nothing was posted in the chat');
    return cardIn(last.activity);
  };

  const say = async (text: string): Promise<SeenCard> => {
    const response = await post(activity({ type: 'message', text, textFormat: 'plain' }));
    if (response.status !== 200) throw new Error(`the bot answered ${response.status}`);
    return newest();
  };

  const invoke = async (verb: unknown, data: unknown, extra: Record<string, unknown> = {}): Promise<InvokeAnswer> => {
    const action = { type: 'Action.Execute', id: '', verb, data };
    const { trigger = 'manual', ...fields } = extra;
    const response = await post(
      activity({ type: 'invoke', name: 'adaptiveCard/action', value: { action, trigger }, ...fields }),
    );
    const text = await response.text();
    const body = (text === '' ? {} : JSON.parse(text)) as Omit<InvokeAnswer, 'http'>;
    return { http: response.status, ...body };
  };

  /** Sends what a button brings, and returns the card that is the answer. */
  const tap = async (verb: string, data: unknown = {}, extra: Record<string, unknown> = {}): Promise<SeenCard> => {
    const answer = await invoke(verb, data, extra);
    if (answer.http !== 200 || answer.type !== 'application/vnd.microsoft.card.adaptive') {
      throw new Error(`"${verb}" was answered with ${JSON.stringify(answer).slice(0, 400)}`);
    }
    seen.push(answer.value as SeenCard);
    return answer.value as SeenCard;
  };

  /** Presses a button as a client would, and returns the card that replaces this one. */
  const press = (card: SeenCard, title: string, typed: Readonly<Record<string, string>> = {}): Promise<SeenCard> =>
    tap(actionOf(card, title).verb, dataFor(card, title, typed));

  /** What arrives in the chat without having been asked for. */
  const hear = async (): Promise<SeenCard> => {
    await world.app.drain();
    return newest();
  };

  return { objectId, tenantId, conversationId, seen, activity, post, say, invoke, tap, press, hear };
};
