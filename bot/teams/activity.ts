import type { TurnContext } from 'botbuilder';
import type { Language } from '../../domain/people/actor.ts';
import type { Sender } from '../../domain/people/people-store.ts';
import { oneLine } from '../../domain/typed.ts';
import type { Conversation } from './conversations.ts';

/** What is read out of an activity, and nothing else of it goes any further in. */
export type Activity = TurnContext['activity'];

/** Teams gives an invoke five seconds; an answer that is still on its way then is worth nothing. */
export const PATIENCE_MS = 3_000;

type ClientInfo = { readonly type?: string; readonly locale?: string; readonly timezone?: string };

const clientOf = (activity: Activity): ClientInfo | undefined =>
  (Array.isArray(activity.entities) ? (activity.entities as ClientInfo[]) : []).find(
    (entity) => entity?.type === 'clientInfo',
  );

/** What the client speaks. */
export const languageOf = (activity: Activity): Language =>
  String(clientOf(activity)?.locale ?? activity.locale ?? '')
    .toLowerCase()
    .startsWith('nl')
    ? 'nl'
    : 'en';

export const senderOf = (activity: Activity, who: { tenantId: string; objectId: string }): Sender => {
  const timeZone = clientOf(activity)?.timezone;
  return {
    ...who,
    name: oneLine(String(activity.from.name ?? '')),
    language: languageOf(activity),
    timeZone: typeof timeZone === 'string' ? timeZone : null,
    chatId: String(activity.from.id ?? ''),
  };
};

export const conversationOf = (activity: Activity, tenantId: string, personId: string): Conversation => {
  const data = activity.channelData as { team?: { id?: string }; channel?: { id?: string } } | undefined;
  const { conversationType: kind, isGroup } = activity.conversation;
  // Customers' data is shown in personal chats, so what may be a group is one.
  const alone = (kind === 'personal' || kind === undefined) && isGroup !== true && data?.team === undefined;
  const type = kind === 'channel' ? kind : alone ? 'personal' : 'groupChat';
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

/** What Teams calls a channel; it often does not say. */
export const channelNameOf = (activity: Activity): string | null => {
  const { channel, team } = (activity.channelData ?? {}) as Partial<Record<'channel' | 'team', { name?: unknown }>>;
  const names = [team?.name, channel?.name].flatMap((name) => (typeof name === 'string' ? [oneLine(name)] : []));
  return names.length === 0 ? null : names.join(' · ').slice(0, 200);
};

/** One delivery of one activity. Ids repeat within one layer of Teams' retries, so this is only the first of two nets. */
export const deliveryKey = (activity: Activity, { tenantId, objectId }: Sender): string | null =>
  activity.id
    ? [tenantId, objectId, activity.conversation.id, activity.type, activity.name ?? '', activity.id].join('|')
    : null;

const FILE = 'application/vnd.microsoft.teams.file.download.info';

/** The files that came with a message; other attachments (the message as HTML, for one) are none. */
export const filesIn = (activity: Activity): readonly { readonly name: string; readonly url: string }[] =>
  (Array.isArray(activity.attachments) ? activity.attachments : []).flatMap((attachment) => {
    if (attachment?.contentType !== FILE) return [];
    const { downloadUrl } = (attachment.content ?? {}) as { readonly downloadUrl?: unknown };
    return [{ name: String(attachment.name ?? ''), url: String(downloadUrl ?? '') }];
  });

export type Pressed = { readonly verb: unknown; readonly data: unknown; readonly automatic: boolean };

/** A pressed button; null for anything else. */
export const pressedIn = (activity: Activity): Pressed | null => {
  const value = activity.value as {
    action?: { verb?: unknown; data?: unknown };
    verb?: unknown;
    trigger?: unknown;
  } | null;
  if (activity.type === 'invoke') {
    return { verb: value?.action?.verb, data: value?.action?.data, automatic: value?.trigger === 'automatic' };
  }
  // A client without Action.Execute sends its fallback: a message whose value is the data, verb and all.
  const fallback = activity.type === 'message' && typeof value === 'object' && value !== null;
  return fallback ? { verb: value.verb, data: value, automatic: false } : null;
};

/** What a client asks suggestions for: which kind of thing, and what was typed so far, maybe nothing. */
export const searchIn = (activity: Activity): { readonly dataset: string; readonly find: string } => {
  const value = (activity.value ?? {}) as { dataset?: unknown; queryText?: unknown };
  const text = (what: unknown) => (typeof what === 'string' ? what.slice(0, 100) : '');
  return { dataset: text(value.dataset), find: text(value.queryText) };
};

/** Whether the client asked by itself, and nobody pressed anything. */
export const isAutomatic = (activity: Activity): boolean => pressedIn(activity)?.automatic ?? false;

type Changed =
  | { readonly what: 'channelDeleted' | 'channelRestored'; readonly channelId: string }
  | { readonly what: 'channelRenamed'; readonly channelId: string; readonly name: string }
  | { readonly what: 'teamDeleted' | 'teamArchived' | 'teamRestored'; readonly teamId: string };

/** What Teams tells of a channel or its team, as far as it matters to what is posted there; null: nothing of that. */
export const changeIn = (activity: Activity): Changed | null => {
  const { eventType, channel, team } = (activity.channelData ?? {}) as {
    readonly eventType?: unknown;
    readonly channel?: { readonly id?: unknown };
    readonly team?: { readonly id?: unknown };
  };
  const text = (id: unknown): string | null => (typeof id === 'string' && id !== '' ? id : null);
  const [channelId, teamId] = [text(channel?.id), text(team?.id)];
  switch (eventType) {
    case 'channelDeleted':
    case 'channelRestored':
      return channelId === null ? null : { what: eventType, channelId };
    case 'channelRenamed': {
      const name = channelNameOf(activity);
      return channelId === null || name === null ? null : { what: eventType, channelId, name };
    }
    case 'teamDeleted':
    case 'teamHardDeleted':
      return teamId === null ? null : { what: 'teamDeleted', teamId };
    case 'teamArchived':
      return teamId === null ? null : { what: 'teamArchived', teamId };
    case 'teamUnarchived':
    case 'teamRestored':
      return teamId === null ? null : { what: 'teamRestored', teamId };
    default:
      return null;
  }
};
