import type { ChannelDuty, ChannelStore, Duty } from '../../domain/channels/channel.ts';
import { EVERYWHERE, type Language } from '../../domain/people/actor.ts';
import type { ChannelDutyModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asDuty = ({ duty, scope, conversationId, name, language, timeZone }: ChannelDutyModel): ChannelDuty => ({
  duty: duty as Duty,
  scope,
  conversationId,
  name,
  language: language as Language,
  timeZone,
});

export const channelStore = (db: Db): ChannelStore => ({
  findFor: async (duty, organisationId) => {
    const rows = await db.channelDuty.findMany({
      where: { duty, scope: { in: [organisationId ?? EVERYWHERE, EVERYWHERE] } },
    });
    const open = await db.conversation.findMany({
      where: { id: { in: rows.map(({ conversationId }) => conversationId) }, active: true },
      select: { id: true },
    });
    const usable = rows.filter(({ conversationId }) => open.some(({ id }) => id === conversationId));
    const row = usable.find(({ scope }) => scope !== EVERYWHERE) ?? usable[0];
    return row === undefined ? null : asDuty(row);
  },
  findDuty: async (duty, scope) => {
    const row = await db.channelDuty.findUnique({ where: { duty_scope: { duty, scope } } });
    return row === null ? null : asDuty(row);
  },
  hold: async (conversationId) => {
    // Nothing stands for a channel before it has a duty, so its name is what is held.
    await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`channel:${conversationId}`}, 0))::text`;
  },
  listAt: async (conversationId) =>
    (await db.channelDuty.findMany({ where: { conversationId }, orderBy: [{ duty: 'asc' }, { scope: 'asc' }] })).map(
      asDuty,
    ),
  setUp: async ({ duty, scope, ...channel }, { personId, at }) => {
    const data = { ...channel, setUpById: personId, setUpAt: at };
    await db.channelDuty.upsert({
      where: { duty_scope: { duty, scope } },
      create: { duty, scope, ...data },
      update: data,
    });
  },
  clear: async (conversationId, kept) => {
    const NOT = kept.map(({ duty, scope }) => ({ duty, scope }));
    await db.channelDuty.deleteMany({ where: { conversationId, NOT } });
  },
});
