import { TurnContext } from 'botbuilder';
import { z } from 'zod';
import { textFor } from '../../cards/format.ts';
import type { Links } from '../../cards/links.ts';
import { tellWaiting, tellWaitingIn } from '../../domain/notices/tell-waiting.ts';
import type { Actor, Language } from '../../domain/people/actor.ts';
import type { Sender } from '../../domain/people/people-store.ts';
import { recognise, spokenTo } from '../../domain/people/recognise.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Afterwards } from '../afterwards.ts';
import type { Failure } from '../failure.ts';
import { onFiles } from '../handlers/imports.ts';
import { helpReply } from '../handlers/people.ts';
import { type Suggestion, suggestionsFor } from '../handlers/suggestions.ts';
import { type Reply, said, type Turn } from '../handlers/turn.ts';
import { onAction } from '../handlers/verbs.ts';
import { onWords } from '../handlers/words.ts';
import type { FetchFile } from '../imports/download.ts';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';
import {
  type Activity,
  channelNameOf,
  conversationOf,
  deliveryKey,
  filesIn,
  isAutomatic,
  languageOf,
  PATIENCE_MS,
  pressedIn,
  searchIn,
  senderOf,
} from './activity.ts';
import type { BotAdapter } from './adapter.ts';
import { type AllowList, admit, admitTenant } from './allow.ts';
import { createChanges } from './changes.ts';
import { type ComposeBody, isCompose } from './compose-bodies.ts';
import type { ActivityBook, ChatDirectory, Conversation } from './conversations.ts';
import { createMessageExtension } from './message-extension.ts';
import type { OwnChat } from './own-chat.ts';
import type { Poster } from './poster.ts';
import { createReaderNow } from './reader.ts';

/** How long a repeated delivery waits for the first one's answer, looking this often. */
const REPEAT_TRIES = 20;
const REPEAT_EVERY_MS = 100;

export type GatewayParts = {
  readonly adapter: BotAdapter;
  readonly poster: Poster;
  readonly ownChat: OwnChat;
  readonly ports: Ports;
  readonly book: ActivityBook;
  readonly chats: ChatDirectory;
  readonly allow: AllowList;
  /** Known once the server listens. */
  readonly publicUrl: () => string;
  readonly links: () => Links;
  /** Whether the client is Teams. The Playground knows neither user-specific views nor suggestions while one types. */
  readonly teams: boolean;
  readonly fetchFile: FetchFile;
  readonly failure: Failure;
  readonly afterwards: Afterwards['run'];
  readonly log: Log;
};

/** A POST to the bot's endpoint, its body parsed from JSON. */
export type Delivery = { readonly body: unknown; readonly authorization: string | undefined };

export type Gateway = {
  readonly receive: (delivery: Delivery) => Promise<{ readonly status: number; readonly body?: unknown }>;
};

/** The body of an invoke's answer; the HTTP status is 200 whenever our code ran. */
type InvokeBody = { readonly statusCode: number; readonly type: string; readonly value: unknown };

/** What one activity comes to: the body for an invoke, the reply for words; null: nothing is said. */
type Outcome = {
  readonly body: InvokeBody;
  readonly reply: Reply | null;
  /** The message that the button stood on is to show the reply for good. */
  readonly replaces?: { readonly chat: Conversation; readonly messageId: string };
  /** Ends in a post of what the reply announced. */
  readonly follow?: () => Promise<unknown>;
};

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const ERROR = 'application/vnd.microsoft.error';
const SEARCH_RESPONSE = 'application/vnd.microsoft.search.searchResponse';

const asCard = ({ card }: Reply): InvokeBody => ({ statusCode: 200, type: CARD, value: card });
/** Words under the card; the card itself, and what was typed into it, stay. */
const asMessage = (text: string): InvokeBody => ({ statusCode: 200, type: MESSAGE, value: text });
const asError = (statusCode: number, code: string, message: string): InvokeBody => ({
  statusCode,
  type: ERROR,
  value: { code, message },
});
const silent = (body: InvokeBody): Outcome => ({ body, reply: null });

const delivery = z.looseObject({ type: z.string().min(1) });

export const createGateway = (parts: GatewayParts): Gateway => {
  const {
    adapter,
    poster,
    ownChat,
    ports,
    book,
    chats,
    allow,
    publicUrl,
    links,
    teams,
    fetchFile,
    failure,
    afterwards,
    log,
  } = parts;
  const readerNow = createReaderNow(ports, links, teams);
  /** Keeps what Teams told us along the way, after the answer has gone. A parked chat is open again. */
  const remember = async (known: Actor, sender: Sender, conversation: Conversation, automatic: boolean) => {
    await chats.remember(conversation, ports.clock.now(), !automatic);
    const name = sender.name === '' ? known.name : sender.name;
    const same =
      name === known.name &&
      sender.chatId === known.chatId &&
      (sender.timeZone ?? known.timeZone) === known.timeZone &&
      (known.languageChosen || sender.language === known.language);
    if (!same) await ports.inTx((tx) => tx.people.refresh(known.personId, { ...sender, name }));
    // A client that asks by itself is no sign that somebody is there.
    if (automatic) return;
    if (conversation.type === 'personal') await tellWaiting(ports, { personId: known.personId });
    if (conversation.type === 'channel') await tellWaitingIn(ports, conversation.id);
  };

  const answer = async (activity: Activity, turn: Omit<Turn, 'inputs'>): Promise<Reply | null> => {
    const pressed = pressedIn(activity);
    if (pressed !== null) return onAction(turn, pressed.verb, pressed.data);
    const spoken = { ...turn, inputs: {} };
    if (activity.type === 'message') {
      const files = filesIn(activity);
      if (files.length > 0) return onFiles(spoken, files, fetchFile);
      return onWords(spoken, TurnContext.removeRecipientMention(activity) ?? activity.text ?? '');
    }
    const added = activity.type === 'installationUpdate' && activity.action === 'add';
    // Teams (and the Playground, at every opening of its page) repeats this one; nobody wants to be greeted twice.
    if (!added || !turn.personal || (await chats.personalChat(turn.actor.personId)) !== null) return null;
    return helpReply(spoken, { kind: 'hello', name: turn.actor.name });
  };

  const respond = async (context: TurnContext, body: InvokeBody | ComposeBody) => {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  };

  /** A repeat of a delivery: gets what the first one was answered, or waits for it a little. */
  const repeated = async (key: string, known: unknown, language: Language): Promise<Outcome> => {
    let recorded = known;
    for (let tries = 0; recorded === undefined && tries < REPEAT_TRIES; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, REPEAT_EVERY_MS));
      recorded = await book.answerTo(key);
    }
    return silent((recorded as InvokeBody | undefined) ?? asMessage(textFor(language).common.working));
  };

  /** Posts what an answer announced, or that it came to nothing. */
  const postLater = async (
    chat: Conversation,
    later: () => Promise<Reply>,
    failed: (error: unknown) => { readonly reply: Reply },
  ) => {
    const { card, summary } = await later().catch((error: unknown) => failed(error).reply);
    await poster.post(chat, card, summary);
  };

  const extension = createMessageExtension({ ports, publicUrl, readerNow, failure, afterwards });
  const changes = createChanges(ports, chats, afterwards);

  /** What Teams tells of a channel or a team comes from nobody in particular. */
  const changedIn = async (activity: Activity): Promise<void> => {
    const who = admitTenant(activity, allow);
    if ('refused' in who) log.warn({ refused: who.refused, type: activity.type }, 'an activity was refused');
    else await changes.changed(activity, who.tenantId);
  };

  /** What is not for others' eyes is posted in the own chat of who asked; there the words under the card say so. */
  const asideOf = async (reply: Reply, { personId, language }: Actor): Promise<Outcome> => {
    const { aside } = textFor(language);
    const post = await ownChat(personId);
    if (post === null) return silent(asMessage(aside.noChat));
    return { ...silent(asMessage(aside.opened)), follow: () => post(reply) };
  };

  /** What an activity that is handled for the first time comes to. */
  const firstOutcome = async (
    activity: Activity,
    known: Actor,
    sender: Sender,
    conversation: Conversation,
  ): Promise<Outcome> => {
    const actor = spokenTo(known, sender);
    const turn = {
      ports,
      publicUrl: publicUrl(),
      actor,
      reader: readerNow(actor, teams ? activity.from.id : null),
      personal: conversation.type === 'personal',
      shared: conversation.type !== 'personal' && activity.type !== 'invoke',
      channel:
        conversation.type === 'channel' ? { conversationId: conversation.id, name: channelNameOf(activity) } : null,
      automatic: isAutomatic(activity),
    };
    const failed = (error: unknown) => {
      const words = failure(error, actor.language);
      return { words, reply: said(turn.reader, words) };
    };
    try {
      const reply = await answer(activity, turn);
      if (reply === null) return silent(asMessage(''));
      const { replyToId: messageId } = activity;
      // What an invoke is answered with is seen by this client, until it looks again. An end belongs into the message
      // itself; a form half-way does not, because somebody is typing into it by the time the edit arrives.
      const lasting = reply.lasting && !turn.automatic && messageId !== undefined;
      // In a channel the message stands in a thread, which its conversation's id names.
      const chat = { ...conversation, id: activity.conversation.id };
      const replaces = lasting ? { replaces: { chat, messageId } } : {};
      if (reply.aside) return await asideOf(reply, actor);
      const { later } = reply;
      const follow = later === undefined ? {} : { follow: () => postLater(conversation, later, failed) };
      return { body: asCard(reply), reply, ...replaces, ...follow };
    } catch (error) {
      const { words, reply } = failed(error);
      return { body: asMessage(`${words.title}. ${words.body}`), reply };
    }
  };

  const outcomeOf = async (activity: Activity, sender: Sender): Promise<Outcome> => {
    const key = deliveryKey(activity, sender);
    try {
      const person = recognise(ports, sender);
      // Its failure is heard below, once the delivery is in the book: what failed is taken out of there again.
      person.catch(() => {});
      const begun = key === null ? ('first' as const) : await book.begin(key, ports.clock.now());
      const known = await person;
      if (begun !== 'first') {
        return activity.type === 'invoke' && key !== null
          ? await repeated(key, begun.answer, sender.language)
          : silent(asMessage(''));
      }
      if (known === null) {
        log.warn({ tenant: sender.tenantId }, 'no organisation is kept for an allowed tenant');
        return silent(asError(403, 'Forbidden', textFor(sender.language).refused.notServed));
      }
      const conversation = conversationOf(activity, sender.tenantId, known.personId);
      if (activity.type === 'installationUpdate') await changes.installed(activity, conversation);
      if (activity.type === 'installationUpdate' && activity.action === 'remove') return silent(asMessage(''));
      const outcome = await firstOutcome(activity, known, sender, conversation);
      afterwards(() => remember(known, sender, conversation, isAutomatic(activity)));
      // Words are answered by a post, which is not repeated: only that they were handled is kept.
      const kept = activity.type === 'invoke' ? outcome.body : {};
      if (key !== null) afterwards(() => book.finish(key, kept));
      return outcome;
    } catch (error) {
      // Most likely the database is away. The delivery was not handled, so a repeat of it must not count as one.
      const words = failure(error, sender.language);
      if (key !== null) afterwards(() => book.forget(key));
      const reader = { language: sender.language, chatId: null };
      const reply = activity.type === 'message' ? said(reader, words) : null;
      return { body: asMessage(`${words.title}. ${words.body}`), reply };
    }
  };

  /** Answers an invoke in time. What takes longer goes on; what ends a form or changes a claim is put into the message. */
  const answerInvoke = async (context: TurnContext, sender: Sender) => {
    const { activity } = context;
    const work = outcomeOf(activity, sender);
    const outcome = await within(work, PATIENCE_MS, null);
    await respond(context, outcome?.body ?? asMessage(textFor(sender.language).common.working));
    afterwards(async () => {
      const { reply, replaces, follow } = await work;
      await follow?.();
      if (reply === null || replaces === undefined) return;
      await poster.edit(replaces.chat, replaces.messageId, reply.card, reply.summary);
    });
  };

  /** Suggestions while somebody types (Data.Query): only read, so a repeat is simply answered again. */
  const answerSearch = async (context: TurnContext, sender: Sender) => {
    const search = async (): Promise<readonly Suggestion[]> => {
      const known = await ports.reads.people.findActor(sender.tenantId, sender.objectId);
      const { dataset, find } = searchIn(context.activity);
      if (known === null) return [];
      return suggestionsFor(ports, spokenTo(known, sender), dataset, find);
    };
    try {
      const results = await within(search(), PATIENCE_MS, []);
      await respond(context, { statusCode: 200, type: SEARCH_RESPONSE, value: { results } });
    } catch (error) {
      const words = failure(error, sender.language);
      await respond(context, asError(500, 'ServiceError', `${words.title}. ${words.body}`));
    }
  };

  /** Nothing is thrown outward: the SDK would answer with a bare status or, worse, with the error's own words. */
  const turn = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    const invoke = activity.type === 'invoke';
    if (activity.type === 'conversationUpdate') return changedIn(activity);
    const who = admit(activity, allow);
    const { refused } = textFor(languageOf(activity));
    if ('refused' in who) {
      log.warn({ refused: who.refused, type: activity.type }, 'an activity was refused');
      const why = who.refused === 'tenant' ? refused.notServed : refused.notKnown;
      if (invoke) await respond(context, extension.saying(activity.name, why) ?? asError(403, 'Forbidden', why));
      return;
    }
    if (invoke && isCompose(activity.name)) {
      return respond(context, await extension.answer(activity.name, activity.value, senderOf(activity, who)));
    }
    if (invoke && activity.name === 'application/search') return answerSearch(context, senderOf(activity, who));
    if (invoke && activity.name !== 'adaptiveCard/action') {
      return respond(context, asError(400, 'NotSupported', refused.notSupported));
    }
    // Edits, deletions and membership changes are not said to us. Whether the bot may speak in a chat is told by
    // installationUpdate, which Teams sends beside conversationUpdate.
    if (!['message', 'invoke', 'installationUpdate'].includes(activity.type)) return;
    const sender = senderOf(activity, who);
    if (invoke) return answerInvoke(context, sender);
    const { reply, follow } = await outcomeOf(activity, sender);
    if (reply !== null) {
      const chat = { id: activity.conversation.id, tenantId: sender.tenantId };
      await poster.reply(context, chat, reply.card, reply.summary);
    }
    if (follow !== undefined) afterwards(follow);
  };

  const receive: Gateway['receive'] = async ({ body, authorization }) => {
    const parsed = delivery.safeParse(body);
    if (!parsed.success) return { status: 400 };
    const activity = parsed.data as unknown as Activity;
    let caller: Awaited<ReturnType<BotAdapter['authenticate']>>;
    try {
      caller = await adapter.authenticate(activity, authorization ?? '');
    } catch (error) {
      // In whose words, and why, is not theirs to know.
      log.warn({ error: loggable(error) }, 'a caller was turned away');
      return { status: 401 };
    }
    try {
      const running = adapter.run(caller, activity, turn);
      // A turn that is still at work when the server closes is waited for, like what follows from it.
      afterwards(() => running.catch(() => {}));
      const answered = await running;
      return { status: answered?.status ?? 200, body: answered?.body };
    } catch (error) {
      const words = failure(error, languageOf(activity));
      return activity.type === 'invoke'
        ? { status: 200, body: asMessage(`${words.title}. ${words.body}`) }
        : { status: 500 };
    }
  };

  return { receive };
};
