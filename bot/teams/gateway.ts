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
import { within } from '../within.ts';
import { type Activity, conversationOf, deliveryKey, pressedIn, senderOf } from './activity.ts';
import { withoutSilentRetry } from './adapter.ts';
import { type AllowList, admit } from './allow.ts';
import type { ActivityBook, ChatDirectory, Conversation } from './conversations.ts';
import { cardActivity } from './poster.ts';
import { readerOf } from './reader.ts';

/** Teams gives an invoke five seconds; an answer that is still on its way then is worth nothing. */
const PATIENCE_MS = 3_000;
/** How long a repeated delivery waits for the first one's answer, looking this often. */
const REPEAT_TRIES = 20;
const REPEAT_EVERY_MS = 100;

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
/** Words under the card; the card itself, and what was typed into it, stay. */
const asMessage = (text: string): InvokeBody => ({ statusCode: 200, type: MESSAGE, value: text });
const asError = (statusCode: number, code: string, message: string): InvokeBody => ({
  statusCode,
  type: ERROR,
  value: { code, message },
});
const NOT_SERVED = asError(403, 'Forbidden', 'This organisation is not served by this Claimdesk.');

export const createGateway = (parts: GatewayParts): Gateway => {
  const { adapter, ports, book, chats, allow, admins, refreshes, log } = parts;
  const later = new Set<Promise<void>>();

  const afterwards = (work: () => Promise<unknown>) => {
    const task: Promise<void> = work()
      .catch((error: unknown) => log.error({ error: loggable(error) }, 'follow-up work failed'))
      .then(() => {
        later.delete(task);
      });
    later.add(task);
  };

  const whoIs = async (sender: Sender): Promise<Actor | null> => {
    const known = await ports.reads.people.findActor(sender.tenantId, sender.objectId);
    const admin = admins.has(sender.objectId);
    if (known !== null && (!admin || known.roles.some(({ role }) => role === 'programAdmin'))) return known;
    const id = ports.random.id();
    return ports.inTx((tx) => tx.people.welcome(sender, id, admin, ports.clock.now()));
  };

  /** Keeps what Teams told us along the way, after the answer has gone. A parked chat is open again. */
  const remember = async (known: Actor, sender: Sender, conversation: Conversation) => {
    await chats.remember(conversation, ports.clock.now());
    const name = sender.name === '' ? known.name : sender.name;
    const same =
      name === known.name &&
      (sender.timeZone ?? known.timeZone) === known.timeZone &&
      (known.languageChosen || sender.language === known.language);
    if (!same) await ports.inTx((tx) => tx.people.refresh(known.personId, { ...sender, name }));
  };

  /** Logs what went wrong and finds words for it; the reference joins the two. */
  const failure = (error: unknown, language: Language) => {
    const reference = ports.random.id().slice(0, 8).toUpperCase();
    log.error({ reference, error: loggable(error) }, 'a turn failed');
    return textFor(language).refused.failed(reference);
  };

  const answer = async (activity: Activity, turn: Omit<Turn, 'inputs'>): Promise<Reply | null> => {
    const pressed = pressedIn(activity);
    if (pressed !== null) return onAction(turn, pressed.verb, pressed.data);
    const spoken = { ...turn, inputs: {} };
    if (activity.type === 'message') {
      return onWords(spoken, TurnContext.removeRecipientMention(activity) ?? activity.text ?? '');
    }
    const added = activity.type === 'installationUpdate' && activity.action === 'add';
    // Teams (and the Playground, at every opening of its page) repeats this one; nobody wants to be greeted twice.
    if (!added || !turn.personal || (await chats.personalChat(turn.actor.personId)) !== null) return null;
    return helpReply(spoken, { kind: 'hello', name: turn.actor.name });
  };

  const send = async (context: TurnContext, { card, summary }: Reply) => {
    withoutSilentRetry(adapter, context);
    try {
      await context.sendActivity(cardActivity(card, summary));
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
    for (let tries = 0; recorded === undefined && tries < REPEAT_TRIES; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, REPEAT_EVERY_MS));
      recorded = await book.answerTo(key);
    }
    await respond(context, (recorded as InvokeBody | undefined) ?? asMessage(textFor('en').common.working));
  };

  /** Answers an invoke in time; what takes longer goes on, and its end is shown by the next look. */
  const answerInvoke = async (
    context: TurnContext,
    turn: Omit<Turn, 'inputs'>,
  ): Promise<{ readonly work: Promise<InvokeBody> }> => {
    const { language } = turn.reader;
    const work = answer(context.activity, turn).then(
      (reply) => (reply === null ? asMessage('') : asCard(reply)),
      (error: unknown) => {
        const { title, body } = failure(error, language);
        return asMessage(`${title}. ${body}`);
      },
    );
    const body = await within(work, PATIENCE_MS, null);
    await respond(context, body ?? asMessage(textFor(language).common.working));
    return { work };
  };

  const answerMessage = async (context: TurnContext, turn: Omit<Turn, 'inputs'>) => {
    const reply = await answer(context.activity, turn).catch((error: unknown): Reply => {
      const words = failure(error, turn.reader.language);
      return { card: saidCard(turn.reader, words), summary: words.title };
    });
    if (reply !== null) await send(context, reply);
    return {};
  };

  const onTurn = async (context: TurnContext, key: string | null, who: { tenantId: string; objectId: string }) => {
    const { activity } = context;
    const invoke = activity.type === 'invoke';
    const sender = senderOf(activity, who);
    const person = whoIs(sender);
    // Its failure is heard below, once the delivery is in the book: what failed is taken out of there again.
    person.catch(() => {});
    const begun = key === null ? ('first' as const) : await book.begin(key, ports.clock.now());
    const known = await person;
    if (begun !== 'first') {
      if (invoke && key !== null) await repeat(context, key, begun.answer);
      return;
    }
    if (known === null) {
      log.warn({ tenant: who.tenantId }, 'no organisation is kept for an allowed tenant');
      if (invoke) await respond(context, NOT_SERVED);
      return;
    }
    const conversation = conversationOf(activity, who.tenantId, known.personId);
    if (activity.type === 'installationUpdate' && activity.action?.startsWith('remove')) {
      return chats.park(conversation.id);
    }
    const actor = {
      ...known,
      language: known.languageChosen ? known.language : sender.language,
      timeZone: sender.timeZone ?? known.timeZone,
    };
    const turn = {
      ports,
      actor,
      reader: readerOf(actor, {
        now: ports.clock.now(),
        chatId: refreshes ? activity.from.id : null,
        mark: String(Number.parseInt(ports.random.id().slice(0, 8), 16)),
      }),
      personal: conversation.type === 'personal',
      automatic: pressedIn(activity)?.automatic ?? false,
    };
    const { work } = invoke ? await answerInvoke(context, turn) : { work: await answerMessage(context, turn) };
    afterwards(() => remember(known, sender, conversation));
    if (key !== null) afterwards(async () => book.finish(key, await work));
  };

  /** Nothing is thrown outward: the SDK would answer with a bare status or, worse, with the error's own words. */
  const turn = async (context: TurnContext): Promise<void> => {
    const { activity } = context;
    const invoke = activity.type === 'invoke';
    const who = admit(activity, allow);
    if ('refused' in who) {
      log.warn({ refused: who.refused, type: activity.type }, 'an activity was refused');
      if (invoke) await respond(context, NOT_SERVED);
      return;
    }
    if (invoke && activity.name !== 'adaptiveCard/action') {
      return respond(context, asError(400, 'NotSupported', 'Claimdesk does not know this request.'));
    }
    // Edits, deletions and membership changes are not said to us. Whether the bot may speak somewhere is told by
    // installationUpdate, which Teams sends beside conversationUpdate.
    if (!['message', 'invoke', 'installationUpdate'].includes(activity.type)) return;
    const key = deliveryKey(activity, who.tenantId);
    try {
      await onTurn(context, key, who);
    } catch (error) {
      // Most likely the database is away. The delivery was not handled, so a repeat of it must not count as one.
      const words = failure(error, 'en');
      if (key !== null) afterwards(() => book.forget(key));
      if (invoke) await respond(context, asMessage(`${words.title}. ${words.body}`));
      else if (activity.type === 'message') {
        await send(context, { card: saidCard({ language: 'en', chatId: null }, words), summary: words.title });
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
      const processed = adapter.process(request, response, (context) => {
        entered = true;
        return turn(context);
      });
      // A turn that is still at work when the server closes is waited for, like what follows from it.
      afterwards(() => processed.catch(() => {}));
      await processed;
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
      while (later.size > 0) await Promise.all(later);
    },
  };
};
