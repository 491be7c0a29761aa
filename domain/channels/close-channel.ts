import { tell } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';

/** Why nothing can be posted in a channel any more: what Teams said of it, or that it refused a post. */
export const CLOSINGS = ['channelDeleted', 'teamDeleted', 'teamArchived', 'botRemoved', 'refused'] as const;
export type Closing = (typeof CLOSINGS)[number];

/**
 * R32: a channel takes nothing any more. What is for it waits; whoever set it up, and the program admins, hear that in
 * their own chats, once a day at most. A channel that was set up for nothing is nobody's loss.
 */
export const tellClosed = (ports: Ports, channelId: string, why: Closing): Promise<void> =>
  ports.inTx(async (tx) => {
    const at = ports.clock.now();
    const known = await tx.channels.findKnown(channelId);
    if (known === null) return;
    const admins = (await tx.people.listProgramAdmins()).map(({ personId }) => personId);
    const occasion = `channel:${channelId}:closed:${at.toISOString().slice(0, 10)}`;
    const facts = { why, name: known.name ?? '' };
    for (const personId of new Set([...known.setUpByIds, ...admins])) {
      await tell(ports, tx, 'channelClosed', { personId }, occasion, { facts }, at);
    }
  });
