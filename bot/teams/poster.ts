import { CardFactory, type CloudAdapter, type ConversationReference, type TurnContext } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';
import { freshToken, ownToken, sendingOnce } from './adapter.ts';
import type { Conversation } from './conversations.ts';
import { type Objection, objectionIn } from './objection.ts';
import type { Turn, Turns } from './turns.ts';

/** What became of a post (R32). */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly activityId: string | null }
  | (Pick<Objection, 'kind' | 'trouble'> & {
      /** Teams did not answer in time; what it says in the end, should it say anything. Never rejects. */
      readonly late?: Promise<PostOutcome>;
    });

/** Without a turn of its own a message is never held back; it counts all the same. */
export type Poster = {
  post(chat: Conversation, card: Card, summary: string, turn?: Turn): Promise<PostOutcome>;
  /** Puts another card into a message that stands already; saying it again changes nothing. */
  edit(chat: Conversation, messageId: string, card: Card, summary: string, turn?: Turn): Promise<PostOutcome>;
  /** Answers what somebody said, in its own turn. Never throws. */
  reply(context: TurnContext, chat: Pick<Conversation, 'id' | 'tenantId'>, card: Card, summary: string): Promise<void>;
};

const TOKEN_WITHIN_MS = 10_000;
const POST_WITHIN_MS = 10_000;
const LATE = Symbol('late');

/** Teams throttles and does not say for how long: this, doubled with each time in a row. */
const PAUSE_MS = { first: 2_000, longest: 5 * 60_000 } as const;

/** The id of the message that was posted, where Teams named it. */
const idOf = (sent: unknown): string | null => {
  const { id } = (sent ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : null;
};

const cardActivity = (card: Card, summary: string) => ({
  type: 'message',
  summary,
  attachments: [CardFactory.adaptiveCard(card)],
});

type Say = (context: TurnContext) => Promise<unknown>;

/** Posts into a known conversation, within a turn and outside any. */
export const createPoster = (adapter: CloudAdapter, appId: string, turns: Turns, log: Log): Poster => {
  const throttledInARow = new Map<string, number>();
  let busyAnswers = 0;

  /** Logs what Teams said against it, and keeps the pause it asked for. */
  const object = async (chat: Pick<Conversation, 'id'> & { tenantId: string }, error: unknown): Promise<Objection> => {
    const objection = objectionIn(error);
    const { kind, status, trouble } = objection;
    const said = { conversation: chat.id, kind, trouble, error: loggable(error) };
    if (status === 412) {
      busyAnswers += 1;
      log.warn({ ...said, busyAnswers }, 'Teams was busy with the conversation');
    } else if (kind === 'refused') log.error(said, 'Teams refused a post for good');
    else log.warn(said, 'a post did not go through');
    let { pauseMs } = objection;
    if (status === 429 && pauseMs === null) {
      const before = throttledInARow.get(chat.id) ?? 0;
      throttledInARow.set(chat.id, before + 1);
      pauseMs = Math.min(PAUSE_MS.first * 2 ** before, PAUSE_MS.longest);
    }
    if (pauseMs !== null) await turns.pause(chat, pauseMs);
    return objection;
  };

  /** Says it; with another token of our own, once, when Teams does not take the one that was kept. Never throws. */
  const sayIn = async (context: TurnContext, chat: Conversation, say: Say): Promise<PostOutcome> => {
    for (let tries = 1; ; tries += 1) {
      try {
        const sent = await say(context);
        throttledInARow.delete(chat.id);
        return { kind: 'posted', activityId: idOf(sent) };
      } catch (error) {
        const { kind, trouble, status } = await object(chat, error);
        const renewed = status === 401 && tries === 1 && (await freshToken(adapter, context).catch(() => false));
        if (!renewed) return { kind, trouble };
      }
    }
  };

  const speak = (chat: Conversation, say: Say): Promise<PostOutcome> => {
    const reference: Partial<ConversationReference> = {
      channelId: 'msteams',
      serviceUrl: chat.serviceUrl,
      bot: { id: chat.botId, name: 'Claimdesk' },
      conversation: {
        id: chat.id,
        isGroup: chat.type !== 'personal',
        conversationType: chat.type,
        tenantId: chat.tenantId,
        name: '',
      },
    };
    const { promise, resolve } = Promise.withResolvers<PostOutcome>();
    // Nothing leaves before it is said, so what fails until then has certainly not been said.
    let begun = false;
    const nothingLeft = async (error: unknown, trouble = 'not sent') => {
      if (begun) return;
      begun = true;
      log.warn({ conversation: chat.id, trouble, error: loggable(error) }, 'a post did not leave');
      resolve({ kind: 'notSent', trouble });
    };
    const task = adapter.continueConversationAsync(appId, reference, async (context) => {
      sendingOnce(adapter, context);
      // Our own token first (kept by the SDK): without one nothing leaves, and that is known for certain.
      const token = ownToken(adapter, context).then(
        () => null,
        (error: unknown) => ({ error }),
      );
      const missing = await within(token, TOKEN_WITHIN_MS, { error: new Error('no token in time') });
      if (missing !== null) return nothingLeft(missing.error, 'no token of our own');
      begun = true;
      const saying = sayIn(context, chat, say);
      const outcome = await within(saying, POST_WITHIN_MS, LATE);
      if (outcome === LATE) {
        log.warn({ conversation: chat.id }, 'Teams did not answer a post in time');
        resolve({ kind: 'ambiguous', trouble: 'no answer in time', late: saying });
      }
      // The context ends with this function: whoever leaves earlier never hears the answer.
      resolve(await saying);
    });
    // The SDK may keep what failed in its turn to itself.
    task.then(() => nothingLeft(new Error('the turn ended before anything was said')), nothingLeft);
    return promise;
  };

  /** Whoever brought a turn ends it. */
  const counted = async (chat: Conversation, edit: boolean, turn: Turn | undefined, say: Say): Promise<PostOutcome> => {
    if (turn !== undefined) return speak(chat, say);
    const noted = await turns.note(chat, edit);
    const outcome = await speak(chat, say);
    await ('late' in outcome && outcome.late ? void outcome.late.then(noted.answered) : noted.answered());
    return outcome;
  };

  return {
    post: (chat, card, summary, turn) =>
      counted(chat, false, turn, (context) => context.sendActivity(cardActivity(card, summary))),
    edit: (chat, messageId, card, summary, turn) =>
      counted(chat, true, turn, (context) => context.updateActivity({ ...cardActivity(card, summary), id: messageId })),
    reply: async (context, chat, card, summary) => {
      sendingOnce(adapter, context);
      const turn = await turns.note(chat, false);
      try {
        await context.sendActivity(cardActivity(card, summary));
      } catch (error) {
        await object(chat, error);
      }
      await turn.answered();
    },
  };
};
