import { CardFactory, type CloudAdapter, type ConversationReference, type TurnContext } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';
import { ownToken, withoutSilentRetry } from './adapter.ts';
import type { Conversation } from './conversations.ts';

/**
 * What became of a post (R32; Teams' own table of status codes).
 * `gone`: the chat takes nothing from us any more. `refused`: this post, for good. `notSent`: certainly not there, and
 * worth another try. `ambiguous`: it may stand there.
 */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly activityId: string | null }
  | { readonly kind: 'gone' | 'refused' | 'notSent' | 'ambiguous' };

export type Poster = {
  post(chat: Conversation, card: Card, summary: string): Promise<PostOutcome>;
  /** Puts another card into a message that stands already; saying it again changes nothing. */
  edit(chat: Conversation, messageId: string, card: Card, summary: string): Promise<PostOutcome>;
};

const TOKEN_WITHIN_MS = 10_000;
const POST_WITHIN_MS = 10_000;
const LATE = Symbol('late');

/** What never reached Teams: there was no connection. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const kindOf = (error: unknown): Exclude<PostOutcome['kind'], 'posted'> => {
  const { statusCode: status, code } = error as { statusCode?: unknown; code?: unknown };
  if (typeof code === 'string' && NEVER_LEFT.has(code)) return 'notSent';
  switch (status) {
    case 401:
    case 412:
    case 429:
      return 'notSent';
    case 403:
    case 404:
    case 410:
      return 'gone';
    case 400:
    case 413:
      return 'refused';
    default:
      return 'ambiguous';
  }
};

/** The id of the message that was posted, where Teams named it. */
const idOf = (sent: unknown): string | null => {
  const { id } = (sent ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : null;
};

export const cardActivity = (card: Card, summary: string) => ({
  type: 'message',
  summary,
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Posts into a known conversation, outside any turn. */
export const createPoster = (adapter: CloudAdapter, appId: string, log: Log): Poster => {
  const speak = async (chat: Conversation, say: (context: TurnContext) => Promise<unknown>): Promise<PostOutcome> => {
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
    // Nothing leaves before the turn begins, so what fails until then has certainly not been said.
    let outcome: PostOutcome = { kind: 'notSent' };
    const failed = (error: unknown, kind: Exclude<PostOutcome['kind'], 'posted'>) => {
      log.warn({ conversation: chat.id, kind, error: loggable(error) }, 'a post did not go through');
      outcome = { kind };
    };
    try {
      await adapter.continueConversationAsync(appId, reference, async (context) => {
        withoutSilentRetry(adapter, context);
        // Our own token first (kept by the SDK): without one nothing leaves, and that is known for certain.
        const ready = await within(ownToken(adapter, context), TOKEN_WITHIN_MS, LATE);
        if (ready === LATE) return failed(new Error('no token in time'), 'notSent');
        try {
          const sent = await within(say(context), POST_WITHIN_MS, LATE);
          if (sent === LATE) return failed(new Error('no answer in time'), 'ambiguous');
          outcome = { kind: 'posted', activityId: idOf(sent) };
        } catch (error) {
          failed(error, kindOf(error));
        }
      });
    } catch (error) {
      failed(error, 'notSent');
    }
    return outcome;
  };
  return {
    post: (chat, card, summary) => speak(chat, (context) => context.sendActivity(cardActivity(card, summary))),
    edit: (chat, messageId, card, summary) =>
      speak(chat, (context) => context.updateActivity({ ...cardActivity(card, summary), id: messageId })),
  };
};
