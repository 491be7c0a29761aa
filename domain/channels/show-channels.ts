import { nextSlot } from '../notices/slots.ts';
import type { Subscription } from '../notices/subscription.ts';
import { pageAt } from '../paging.ts';
import { type Actor, adminScopes, isProgramAdmin } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports } from '../ports.ts';
import type { ChannelDuty, ChannelHealth } from './channel.ts';

const CHANNELS_ON_PAGE = 4;

/** What a channel is set up for, and how it fares (R31). */
export type ChannelStatus = {
  readonly conversationId: string;
  readonly name: string | null;
  readonly duties: readonly ChannelDuty[];
  readonly subscription: Subscription | null;
  /** Those that its claims are narrowed to. */
  readonly locations: readonly Location[];
  readonly health: ChannelHealth;
  /** When the next digest would be said; null: it hears of no claims. */
  readonly nextDigestAt: Date | null;
};

const statusOf = async (ports: Ports, conversationId: string): Promise<ChannelStatus> => {
  const [duties, subscription, health] = await Promise.all([
    ports.reads.channels.listAt(conversationId),
    ports.reads.subscriptions.find({ channelId: conversationId }),
    ports.reads.channels.findHealth(conversationId, ports.clock.now()),
  ]);
  return {
    conversationId,
    name: subscription?.name ?? duties[0]?.name ?? null,
    duties,
    subscription,
    locations: await ports.reads.people.findLocations(subscription?.locationIds ?? []),
    health,
    nextDigestAt: subscription && nextSlot(subscription, subscription.timeZone, ports.clock.now()),
  };
};

/** `status` in a channel: what is on there, the last posts, and whether they arrive. */
export const showChannel = (ports: Ports, conversationId: string): Promise<ChannelStatus> =>
  statusOf(ports, conversationId);

export type ChannelsPage = {
  readonly channels: readonly ChannelStatus[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
};

/** `status` in the own chat: every channel for program admins; for incentives admins those of their organisation. */
export const listChannels = async (ports: Ports, actor: Actor, wanted: number): Promise<ChannelsPage | null> => {
  const scopes = isProgramAdmin(actor) ? null : adminScopes(actor).length > 0 ? [actor.organisationId] : [];
  if (scopes?.length === 0) return null;
  const known = await ports.reads.channels.listIds(scopes);
  const { page, pages, skip } = pageAt(known.length, CHANNELS_ON_PAGE, wanted);
  const channels = await Promise.all(known.slice(skip, skip + CHANNELS_ON_PAGE).map((id) => statusOf(ports, id)));
  return { channels, total: known.length, page, pages };
};
