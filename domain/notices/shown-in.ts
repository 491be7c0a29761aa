import type { ChannelDuty } from '../channels/channel.ts';
import { EVERYWHERE } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { isListener, type Notice } from './notice.ts';

/** The duty by which a channel has what a notice tells, as long as it is set up for that; null: it is not, any more. */
export const holderAt = async (
  ports: Ports,
  { audience }: Pick<Notice, 'audience'>,
  conversationId: string,
): Promise<ChannelDuty | null> => {
  if (isListener(audience)) return null;
  const there = await ports.reads.channels.listAt(conversationId);
  const scopes = [audience.organisationId, EVERYWHERE];
  return there.find(({ duty, scope }) => duty === audience.duty && scopes.includes(scope)) ?? null;
};

/** Whether the card of this key stands in the channel, for everybody there to see. */
export const isShownIn = async (ports: Ports, key: string, conversationId: string): Promise<boolean> => {
  const notice = await ports.reads.notices.findByKey(key);
  if (notice?.place?.conversationId !== conversationId) return false;
  return (await holderAt(ports, notice, conversationId)) !== null;
};
