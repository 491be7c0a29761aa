import { CardFactory, type CloudAdapter, type ConversationReference } from 'botbuilder';
import type { Card } from '../../cards/card.ts';
import { type Log, loggable } from '../log.ts';
import { withoutSilentRetry } from './adapter.ts';
import type { Conversation } from './conversations.ts';

/** What the connector's answer means (R32; Teams' own table of status codes). */
export type PostOutcome =
  | { readonly kind: 'posted'; readonly activityId: string | null }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'ambiguous' };

export type Poster = { post(chat: Conversation, card: Card, summary: string): Promise<PostOutcome> };

const outcomeOf = (status: unknown): Exclude<PostOutcome['kind'], 'posted'> => {
  if (status === 429 || status === 412) return 'throttled';
  if (typeof status === 'number' && status >= 400 && status < 500 && status !== 408) return 'refused';
  return 'ambiguous';
};

export const cardActivity = (card: Card, summary: string) => ({
  type: 'message',
  summary,
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Posts into a known conversation, outside any turn. */
export const createPoster = (adapter: CloudAdapter, appId: string, log: Log): Poster => ({
  post: async (chat, card, summary) => {
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
    let outcome: PostOutcome = { kind: 'ambiguous' };
    await adapter.continueConversationAsync(appId, reference, async (context) => {
      withoutSilentRetry(adapter, context);
      try {
        const sent = await context.sendActivity(cardActivity(card, summary));
        outcome = { kind: 'posted', activityId: sent?.id ?? null };
      } catch (error) {
        const kind = outcomeOf((error as { statusCode?: unknown }).statusCode);
        log.warn({ conversation: chat.id, kind, error: loggable(error) }, 'a post did not go through');
        outcome = { kind };
      }
    });
    return outcome;
  },
});
