import type { Closing } from '../../domain/channels/close-channel.ts';

/** Where Teams lets us speak. */
export type Conversation = {
  readonly id: string;
  readonly tenantId: string;
  readonly type: 'personal' | 'channel' | 'groupChat';
  readonly serviceUrl: string;
  readonly botId: string;
  readonly personId: string | null;
  readonly teamId: string | null;
  readonly channelId: string | null;
};

export type ChatDirectory = {
  /** The newest active personal chat with a person; null when there is none. */
  personalChat(personId: string): Promise<Conversation | null>;
  /** A channel, or whatever else we were spoken to in; null when nothing may be posted there. */
  channel(conversationId: string): Promise<Conversation | null>;
  /** Kept from every incoming activity, because the service URL may change. `speaks`: somebody is
   * there, which brings a parked one back. */
  remember(conversation: Conversation, at: Date, speaks: boolean): Promise<void>;
  /**
   * Teams refused us there at `at` (or the bot was removed): nothing is posted until somebody speaks again. Who has
   * spoken there since is not parked.
   */
  park(conversationId: string, at: Date, why: Closing): Promise<void>;
  /** What was parked may be posted in again. */
  open(conversationId: string, at: Date): Promise<void>;
  /** The bot was removed from a team, or added again: all its channels are parked, or open again. */
  parkTeam(teamId: string, at: Date, why: Closing): Promise<void>;
  channelsOf(teamId: string): Promise<readonly string[]>;
  /** Whether we were spoken to there by people of the tenant. */
  isKnown(tenantId: string, where: { readonly channelId: string } | { readonly teamId: string }): Promise<boolean>;
  openTeam(teamId: string, at: Date): Promise<void>;
};

/** Transport dedupe: deliveries of the same activity get the answer the first one got. */
export type ActivityBook = {
  /**
   * `first`, or what was answered: undefined while the first delivery is still at work. One that has been at work for
   * half a minute has died, and this is the first then.
   */
  begin(key: string, at: Date): Promise<'first' | { readonly answer: unknown }>;
  /** undefined: not answered yet. */
  answerTo(key: string): Promise<unknown>;
  /** As if it had never come. */
  forget(key: string): Promise<void>;
  finish(key: string, answer: object): Promise<void>;
};
