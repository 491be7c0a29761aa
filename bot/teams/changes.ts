import { type Closing, tellClosed } from '../../domain/channels/close-channel.ts';
import { tellWaitingIn } from '../../domain/notices/tell-waiting.ts';
import type { Ports } from '../../domain/ports.ts';
import { type Activity, changeIn } from './activity.ts';
import type { ChatDirectory, Conversation } from './conversations.ts';

/** What Teams tells of the places that the bot speaks in (R32): they are closed, opened or renamed with it. */
export type Changes = {
  /** A channel or a team changed, of this tenant. */
  readonly changed: (activity: Activity, tenantId: string) => Promise<void>;
  /** The bot was added to a chat or a team, or removed: a team's channels are all open, or parked, from then on. */
  readonly installed: (activity: Activity, conversation: Conversation) => Promise<void>;
};

/** `afterwards`: what nobody waits for. */
export const createChanges = (
  ports: Ports,
  chats: ChatDirectory,
  afterwards: (work: () => Promise<unknown>) => void,
): Changes => {
  const closeTeam = async (teamId: string, why: Closing) => {
    await chats.parkTeam(teamId, ports.clock.now(), why);
    afterwards(async () => {
      for (const channel of await chats.channelsOf(teamId)) await tellClosed(ports, channel, why);
    });
  };

  const reopenTeam = async (teamId: string) => {
    await chats.openTeam(teamId, ports.clock.now());
    afterwards(async () => {
      for (const channel of await chats.channelsOf(teamId)) await tellWaitingIn(ports, channel);
    });
  };

  return {
    changed: async (activity, tenantId) => {
      const change = changeIn(activity);
      // What is another tenant's is not this one's to close or to name.
      if (change === null || !(await chats.isKnown(tenantId, change))) return;
      const now = ports.clock.now();
      switch (change.what) {
        case 'channelDeleted':
          await chats.park(change.channelId, now, 'channelDeleted');
          return afterwards(() => tellClosed(ports, change.channelId, 'channelDeleted'));
        case 'channelRestored':
          await chats.open(change.channelId, now);
          return afterwards(() => tellWaitingIn(ports, change.channelId));
        case 'channelRenamed':
          return ports.inTx((tx) => tx.subscriptions.rename(change.channelId, change.name));
        case 'teamDeleted':
        case 'teamArchived':
          return closeTeam(change.teamId, change.what);
        case 'teamRestored':
          return reopenTeam(change.teamId);
      }
    },
    installed: async ({ action }, { id, teamId }) => {
      if (action === 'remove' && teamId === null) await chats.park(id, ports.clock.now(), 'botRemoved');
      if (action === 'remove' && teamId !== null) await closeTeam(teamId, 'botRemoved');
      if (action === 'add' && teamId !== null) await reopenTeam(teamId);
    },
  };
};
