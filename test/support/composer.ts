import { lintCard } from './card-linter.ts';
import { dataFor, type Person, type SeenCard, textOf } from './person.ts';
import type { World } from './world.ts';

export type SeenResult = {
  readonly contentType: string;
  readonly content: SeenCard;
  readonly preview: {
    readonly contentType: string;
    readonly content: { readonly title: string; readonly text: string };
  };
};

type Body = {
  readonly composeExtension?: {
    readonly type: string;
    readonly attachmentLayout?: string;
    readonly attachments?: readonly SeenResult[];
    readonly text?: string;
  };
  readonly task?: { readonly type: string; readonly value: unknown };
  readonly [key: string]: unknown;
};

/** The buttons of a card in a dialog, as if it stood in a chat: so every story can be told in either. */
const asInChat = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(asInChat);
  if (typeof node !== 'object' || node === null) return node;
  const part = node as { readonly type?: string; readonly data?: { readonly verb?: string } };
  if (part.type === 'Action.Submit') return { ...part, type: 'Action.Execute', verb: part.data?.verb };
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'data' ? value : asInChat(value)]),
  );
};

/** A message in Teams that a message extension is opened at. */
export const messageOf = (content: unknown, sender: string | null = null, contentType = 'html') => ({
  id: '1',
  body: { contentType, content },
  from: { user: sender === null ? null : { id: 'x', displayName: sender, userIdentityType: 'aadUser' } },
});

/** Somebody who writes a message, in a chat of their own with somebody else, and uses the message extension there. */
export const composing = (person: Person) => {
  const elsewhere = { id: '19:of-two-people@unq.gbl.spaces', conversationType: 'personal', tenantId: person.tenantId };

  const send = async (name: string, value: unknown, extra: Record<string, unknown> = {}) => {
    const response = await person.post(
      person.activity({ type: 'invoke', name: `composeExtension/${name}`, value, conversation: elsewhere, ...extra }),
    );
    return { http: response.status, text: await response.text() };
  };

  const ask = async (name: string, value: unknown, extra: Record<string, unknown> = {}): Promise<Body> => {
    const { http, text } = await send(name, value, extra);
    if (http !== 200) throw new Error(`${name} was answered with status ${http}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as Body;
  };

  const query = (commandId: string, find: string | null, page?: { readonly skip?: number; readonly count?: number }) =>
    ask('query', {
      commandId,
      parameters: [find === null ? { name: 'initialRun', value: 'true' } : { name: 'find', value: find }],
      ...(page === undefined ? {} : { queryOptions: page }),
    });

  /** What a search finds; fails when it finds nothing. */
  const found = async (...asked: Parameters<typeof query>): Promise<readonly SeenResult[]> => {
    const { composeExtension } = await query(...asked);
    if (composeExtension?.attachments === undefined) throw new Error(`nothing found: ${composeExtension?.text}`);
    return composeExtension.attachments;
  };

  /** The words that stand in place of results. */
  const told = async (...asked: Parameters<typeof query>): Promise<string> => {
    const { composeExtension } = await query(...asked);
    if (composeExtension?.type !== 'message') throw new Error(`no words, but ${JSON.stringify(composeExtension)}`);
    return composeExtension.text ?? '';
  };

  /** The card in a dialog, which must be one that works there. */
  const shown = ({ task }: Body): SeenCard => {
    const { card } = (task?.value ?? {}) as { readonly card?: { readonly content: SeenCard } };
    if (task?.type !== 'continue' || card === undefined) throw new Error(`no dialog, but ${JSON.stringify(task)}`);
    const faults = lintCard(card.content);
    if (faults.length > 0) throw new Error(JSON.stringify(faults));
    if (/Action\.Execute|"refresh"/.test(JSON.stringify(card.content)))
      throw new Error('the card does not work in a dialog');
    return asInChat(card.content) as SeenCard;
  };

  /** *Add customer*, in a dialog of its own; `message`: the one it is chosen at. */
  const open = async (message?: unknown): Promise<SeenCard> =>
    shown(
      await ask('fetchTask', {
        commandId: 'addCustomer',
        commandContext: message === undefined ? 'compose' : 'message',
        ...(message === undefined ? {} : { messagePayload: message }),
      }),
    );

  const submit = (data: unknown) => ask('submitAction', { commandId: 'addCustomer', commandContext: 'compose', data });

  /** Presses a button in the dialog, and returns the card that it shows then. */
  const press = async (
    card: SeenCard,
    title: string,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<SeenCard> => shown(await submit(dataFor(card, title, typed)));

  return { ...person, press, send, ask, query, found, told, open, submit, shown };
};
export type Composer = ReturnType<typeof composing>;

/** All that can be read on the cards of some results, as one text. */
export const sharedText = (results: readonly SeenResult[]): string =>
  results.map(({ content }) => textOf(content)).join('\n--\n');

/** The contacts' names and addresses, amounts and reasons: everything about a claim that a channel may not hear. */
export const secretsOf = async (world: World, claim: number): Promise<readonly string[]> => {
  const row = await world.database.prisma.claim.findUniqueOrThrow({
    where: { number: claim },
    include: { contacts: true },
  });
  return [
    ...row.contacts.flatMap(({ name, email, phone }) => [name, email, phone]),
    row.mismatchReason,
    row.identifierValue,
    row.tenantId,
    row.dealSizeCents === null ? null : String(row.dealSizeCents / 100n),
  ].flatMap((secret) => (secret === null || secret === '' ? [] : [secret]));
};
