import { type CloudAdapter, type Response, TurnContext } from 'botbuilder';
import { textFor } from '../../cards/format.ts';
import { saidCard } from '../../cards/people/said.ts';
import type { Actor, Language } from '../../domain/people/actor.ts';
import type { Sender } from '../../domain/people/people-store.ts';
import type { Ports } from '../../domain/ports.ts';
import { helpReply } from '../handlers/people.ts';
import type { Reply, Turn } from '../handlers/turn.ts';
import { onAction } from '../handlers/verbs.ts';
import { onWords } from '../handlers/words.ts';
import { type Log, loggable } from '../log.ts';
import { withoutSilentRetry } from './adapter.ts';
import { type AllowList, admit } from './allow.ts';
import type { ActivityBook, ChatDirectory, Conversation } from './conversations.ts';
import { cardActivity } from './poster.ts';
import { readerOf } from './reader.ts';

/** Teams gives an invoke five seconds; an answer that is still on its way then is worth nothing. */
const PATIENCE_MS = 3_000;

export type GatewayParts = {
  readonly adapter: CloudAdapter;
  readonly ports: Ports;
  readonly book: ActivityBook;
  readonly chats: ChatDirectory;
  readonly allow: AllowList;
  readonly admins: ReadonlySet<string>;
  /** Whether the client knows user-specific views; the Playground does not, and says so under every such card. */
  readonly refreshes: boolean;
  readonly log: Log;
};

/** A POST to the bot's endpoint, its body parsed from JSON. */
export type Delivery = { readonly body: unknown; readonly authorization: string | undefined };

export type Gateway = {
  readonly receive: (delivery: Delivery) => Promise<{ readonly status: number; readonly body?: unknown }>;
  /** Resolves when what was put off until after the answers is done. */
  readonly settled: () => Promise<void>;
};

/** The body of an invoke's answer; the HTTP status is 200 whenever our code ran. */
type InvokeBody = { readonly statusCode: number; readonly type: string; readonly value: unknown };

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const ERROR = 'application/vnd.microsoft.error';

const asCard = ({ card }: Reply): InvokeBody => ({ statusCode: 200, type: CARD, value: card });
const asError = (statusCode: number, code: string, message: string): InvokeBody => ({
  statusCode,
  type: ERROR,
  value: { code, message },
});

type Activity = TurnContext['activity'];
type ClientInfo = { readonly type?: string; readonly locale?: string; readonly timezone?: string };

const senderOf = (activity: Activity, who: { tenantId: string; objectId: string }): Sender => {
  const client = (activity.entities as ClientInfo[] | undefined)?.find((entity) => entity.type === 'clientInfo');
  const locale = client?.locale ?? activity.locale ?? '';
  const language: Language = locale.toLowerCase().startsWith('nl') ? 'nl' : 'en';
  return { ...who, name: activity.from.name ?? '', language, timeZone: client?.timezone ?? null };
};

const conversationOf = (activity: Activity, tenantId: string, personId: string): Conversation => {
  const data = activity.channelData as { team?: { id?: string }; channel?: { id?: string } } | undefined;
  const kind = activity.conversation.conversationType;
  const type = kind === 'channel' || kind === 'groupChat' ? kind : 'personal';
  return {
    // Replies in a channel carry the thread in the id; the channel itself is what is kept.
    id: type === 'channel' ? (activity.conversation.id.split(';')[0] ?? '') : activity.conversation.id,
    tenantId,
    type,
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient?.id ?? '',
    personId: type === 'personal' ? personId : null,
    teamId: data?.team?.id ?? null,
    channelId: data?.channel?.id ?? null,
  };
};

/** One delivery of one activity. Ids repeat within one layer of Teams' retries, so this is only the first of two nets. */
const deliveryKey = (activity: Activity, tenantId: string): string | null =>
  activity.id ? [tenantId, activity.conversation.id, activity.type, activity.name ?? '', activity.id].join('|') : null;

const isAction = (activity: Activity): boolean =>
  (activity.type === 'invoke' && activity.name === 'adaptiveCard/action') ||
  (activity.type === 'message' && typeof activity.value === 'object' && activity.value !== null);

export const createGateway = (parts: GatewayParts): Gateway => {
  const { adapter, ports, book, chats, allow, admins, refreshes, log } = parts;
  const later = new Set<Promise<void>>();
  const seen = new Map<string, string>();

  const afterwards = (work: () => Promise<void>) => {
    const task: Promise<void> = work()
      .catch((error: unknown) => log.error({ error: loggable(error) }, 'follow-up work failed'))
      .finally(() => later.delete(task));
    later.add(task);
  };

  const whoIs = async (sender: Sender): Promise<Actor | null> => {
    const known = await ports.reads.people.findActor(sender.tenantId, sender.objectId);
    if (known !== null) return known;
    const id = ports.random.id();
    return ports.inTx((tx) => tx.people.welcome(sender, id, admins.has(sender.objectId), ports.clock.now()));
  };

  /** Keeps what Teams told us along the way, once per change, after the answer has gone. */
  const remember = (actor: Actor, sender: Sender, conversation: Conversation) => {
    const told = JSON.stringify([sender, conversation]);
    if (seen.get(conversation.id) === told) return;
    if (seen.size > 10_000) seen.clear();
    seen.set(conversation.id, told);
    afterwards(async () => {
      await chats.remember(conversation, ports.clock.now());
      const named = sender.name === '' ? { ...sender, name: actor.name } : sender;
      await ports.inTx((tx) => tx.people.refresh(actor.personId, named));
    });
  };

  const failed = (turn: Pick<Turn, 'reader'>, error: unknown): Reply => {
    const reference = ports.random.id().slice(0, 8).toUpperCase();
    log.error({ reference, error: loggable(error) }, 'a turn failed');
    const words = textFor(turn.reader.language).refused.failed(reference);
    return { card: saidCard(turn.reader, words), summary: words.title };
  };

  const answer = async (context: TurnContext, turn: Omit<Turn, 'inputs'>): Promise<Reply | null> => {
    const { activity } = context;
    if (isAction(activity)) {
      const value = activity.value as { action?: { verb?: unknown; data?: unknown }; verb?: unknown };
      // A client without Action.Execute sends its fallback: a message whose value is the data, verb and all.
      return activity.type === 'invoke'
        ? onAction(turn, value.action?.verb, value.action?.data)
        : onAction(turn, value.verb, value);
    }
    const spoken = { ...turn, inputs: {} };
    if (activity.type === 'message')
      return onWords(spoken, TurnContext.removeRecipientMention(activity) ?? activity.text ?? '');
    const added = activity.type === 'installationUpdate' && activity.action === 'add';
    // Teams (and the Playground, at every opening of its page) repeats this one; nobody wants to be greeted twice.
    if (!added || !turn.personal || (await chats.personalChat(turn.actor.personId)) !== null) return null;
    return helpReply(spoken, { kind: 'hello', name: turn.actor.name });
  };

  const send = async (context: TurnContext, reply: Reply) => {
    withoutSilentRetry(adapter, context);
    try {
      await context.sendActivity(cardActivity(reply.card, reply.summary));
    } catch (error) {
      log.warn({ error: loggable(error) }, 'an answer did not go through');
    }
  };

  const respond = async (context: TurnContext, body: InvokeBody) => {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body } });
  };

  /** A repeat of a delivery: gets what the first one was answered, or waits for it a little. */
  const repeat = async (context: TurnContext, key: string, known: unknown) => {
    let recorded = known;
    for (let tries = 0; recorded === undefined && tries < 20; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      const again = await book.begin(key, ports.clock.now());
      recorded = again === 'first' ? undefined : again.answer;
    }
    const body = recorded as InvokeBody | undefined;
    await respond(context, body ?? { statusCode: 200, type: MESSAGE, value: textFor('en').common.working });
  };

  const onTurn = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    const invoke = activity.type === 'invoke';
    const who = admit(activity, allow);
    if ('refused' in who) {
      log.warn({ refused: who.refused, type: activity.type }, 'an activity was refused');
      if (invoke)
        await respond(context, asError(403, 'Forbidden', 'This organisation is not served by this Claimdesk.'));
      return;
    }
    if (invoke && activity.name !== 'adaptiveCard/action') {
      await respond(context, asError(400, 'NotSupported', 'Claimdesk does not know this request.'));
      return;
    }
    // Edits, deletions and membership changes are not said to us. Whether the bot may speak somewhere is told by
    // installationUpdate, which Teams sends beside conversationUpdate.
    if (!['message', 'invoke', 'installationUpdate'].includes(activity.type)) return;
    const key = deliveryKey(activity, who.tenantId);
    if (key !== null) {
      const begun = await book.begin(key, ports.clock.now());
      if (begun !== 'first') {
        if (invoke) await repeat(context, key, begun.answer);
        return;
      }
    }
    const sender = senderOf(activity, who);
    const actor = await whoIs(sender);
    if (actor === null) {
      log.warn({ tenant: who.tenantId }, 'no organisation is kept for an allowed tenant');
      if (invoke)
        await respond(context, asError(403, 'Forbidden', 'This organisation is not served by this Claimdesk.'));
      return;
    }
    const language = actor.language;
    const conversation = conversationOf(activity, who.tenantId, actor.personId);
    if (activity.type === 'installationUpdate' && activity.action?.startsWith('remove')) {
      await chats.park(conversation.id);
      seen.delete(conversation.id);
      return;
    }
    const { trigger } = (activity.value ?? {}) as { readonly trigger?: unknown };
    const turn = {
      ports,
      actor,
      reader: readerOf(
        { ...actor, timeZone: sender.timeZone ?? actor.timeZone },
        ports.clock.now(),
        refreshes ? activity.from.id : null,
      ),
      personal: conversation.type === 'personal',
      automatic: trigger === 'automatic',
    };
    const work = answer(context, turn).catch((error: unknown) => failed(turn, error));
    if (!invoke) {
      const reply = await work;
      if (reply !== null) await send(context, reply);
      if (key !== null) await book.finish(key, {});
    } else {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), PATIENCE_MS);
      });
      const reply = await Promise.race([work, late]);
      clearTimeout(timer);
      const body =
        reply === 'late' || reply === null
          ? { statusCode: 200, type: MESSAGE, value: textFor(language).common.working }
          : asCard(reply);
      if (key !== null && reply !== 'late') await book.finish(key, body);
      await respond(context, body);
    }
    remember(actor, sender, conversation);
  };

  /** Nothing is thrown outward: the SDK would answer with a bare status or, worse, with the error's own words. */
  const turn = async (context: TurnContext): Promise<void> => {
    try {
      await onTurn(context);
    } catch (error) {
      const reference = ports.random.id().slice(0, 8).toUpperCase();
      log.error({ reference, error: loggable(error) }, 'a turn failed early');
      const words = textFor('en').refused.failed(reference);
      if (context.activity.type === 'invoke') {
        await respond(context, asError(500, 'InternalError', `${words.title}. ${words.body}`));
      }
    }
  };

  const receive: Gateway['receive'] = async ({ body, authorization }) => {
    let entered = false;
    let status = 200;
    let answered: unknown;
    const response: Response = {
      socket: null,
      status: (code: number) => {
        status = code;
      },
      send: (sent: unknown) => {
        answered = sent;
      },
      end: () => {},
      header: () => {},
    };
    const request = {
      method: 'POST',
      body: body as Record<string, unknown>,
      headers: { authorization: authorization ?? '' },
    };
    try {
      await adapter.process(request, response, (context) => {
        entered = true;
        return turn(context);
      });
    } catch (error) {
      log.warn({ error: loggable(error) }, 'a delivery was no activity');
      return { status: 400 };
    }
    if (entered) return { status, body: answered };
    // The SDK says in words why it turned a caller away, and answers 500 to a forged signature. Neither is theirs to know.
    return { status: status === 400 ? 400 : 401 };
  };

  return {
    receive,
    settled: async () => {
      await Promise.all(later);
    },
  };
};
