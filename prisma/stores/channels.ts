import {
  bestOf,
  type ChannelDuty,
  type ChannelStore,
  type Duty,
  type Route,
  routeKey,
} from '../../domain/channels/channel.ts';
import type { NoticeKind } from '../../domain/notices/notice.ts';
import { EVERYWHERE, type Language } from '../../domain/people/actor.ts';
import type { ChannelDutyModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asDuty = (row: ChannelDutyModel): ChannelDuty => {
  const { duty, scope, countries, solutionAreas, conversationId, name, language, timeZone } = row;
  return {
    duty: duty as Duty,
    scope,
    route: { countries, solutionAreas },
    conversationId,
    name,
    language: language as Language,
    timeZone,
  };
};

const at = ({ duty, scope, route }: { duty: Duty; scope: string; route: Route }) => ({
  duty_scope_route: { duty, scope, route: routeKey(route) },
});

/** What is told to a channel by its duty. */
const told = ({ duty, scope, countries, solutionAreas }: ChannelDutyModel) => {
  const facts = (name: string, values: readonly string[]) => ({
    OR: values.map((value) => ({ facts: { path: [name], equals: value } })),
  });
  return {
    duty,
    ...(scope === EVERYWHERE ? {} : { organisationId: scope }),
    AND: [
      ...(countries.length === 0 ? [] : [facts('country', countries)]),
      ...(solutionAreas.length === 0 ? [] : [facts('solutionArea', solutionAreas)]),
    ],
  };
};

const DAY_MS = 24 * 60 * 60 * 1000;
const LAST_POSTS = 5;

export const channelStore = (db: Db): ChannelStore => ({
  findFor: async (duty, organisationId, routed) => {
    const rows = await db.channelDuty.findMany({
      where: { duty, scope: { in: [organisationId ?? EVERYWHERE, EVERYWHERE] } },
    });
    const open = await db.conversation.findMany({
      where: { id: { in: rows.map(({ conversationId }) => conversationId) }, active: true },
      select: { id: true },
    });
    const usable = rows.filter(({ conversationId }) => open.some(({ id }) => id === conversationId));
    return bestOf(usable.map(asDuty), routed ?? null);
  },
  findDuty: async (duty, scope, route) => {
    const row = await db.channelDuty.findUnique({ where: at({ duty, scope, route }) });
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
  setUp: async ({ duty, scope, route, ...channel }, { personId, at: setUpAt }) => {
    const data = { ...channel, setUpById: personId, setUpAt };
    const { countries, solutionAreas } = route;
    await db.channelDuty.upsert({
      where: at({ duty, scope, route }),
      create: {
        ...{ duty, scope, route: routeKey(route), ...data },
        ...{ countries: [...countries], solutionAreas: [...solutionAreas] },
      },
      update: data,
    });
  },
  findKnown: async (conversationId) => {
    const [duties, subscriptions] = await Promise.all([
      db.channelDuty.findMany({ where: { conversationId } }),
      db.subscription.findMany({ where: { channelId: conversationId } }),
    ]);
    const set = [
      ...subscriptions.map(({ name, changedById }) => ({ name, by: changedById })),
      ...duties.map(({ name, setUpById }) => ({ name, by: setUpById })),
    ];
    if (set.length === 0) return null;
    const name = set.find((one) => one.name !== null)?.name ?? null;
    return { name, setUpByIds: [...new Set(set.map(({ by }) => by))] };
  },
  listIds: async (organisationIds) => {
    const scope = organisationIds === null ? {} : { scope: { in: [...organisationIds] } };
    const [duties, subscriptions] = await Promise.all([
      db.channelDuty.findMany({ where: scope, select: { conversationId: true, name: true } }),
      db.subscription.findMany({
        where: { ...scope, channelId: { not: null } },
        select: { channelId: true, name: true },
      }),
    ]);
    const names = new Map<string, string>();
    for (const { conversationId, name } of duties) names.set(conversationId, name ?? '');
    for (const { channelId, name } of subscriptions) if (channelId !== null) names.set(channelId, name ?? '');
    return [...names.keys()].sort((a, b) => (names.get(a) ?? '').localeCompare(names.get(b) ?? '') || (a < b ? -1 : 1));
  },
  findHealth: async (conversationId, now) => {
    const since = new Date(now.getTime() - DAY_MS);
    const duties = await db.channelDuty.findMany({ where: { conversationId } });
    const forIt = [{ channelId: conversationId }, ...duties.map(told)];
    const [row, last, posted, states] = await Promise.all([
      db.conversation.findUnique({ where: { id: conversationId }, select: { active: true, closedWhy: true } }),
      db.notice.findMany({
        where: { conversationId, postedAt: { not: null } },
        orderBy: { postedAt: 'desc' },
        take: LAST_POSTS,
        select: { kind: true, postedAt: true },
      }),
      db.notice.count({ where: { conversationId, postedAt: { gte: since } } }),
      db.notice.groupBy({
        by: ['state'],
        where: {
          OR: forIt,
          AND: {
            OR: [{ state: 'waiting' }, { state: { in: ['ambiguous', 'undeliverable'] }, settledAt: { gte: since } }],
          },
        },
        _count: true,
      }),
    ]);
    const count = (state: string) => states.find((one) => one.state === state)?._count ?? 0;
    return {
      open: row?.active ?? false,
      closedWhy: row?.closedWhy ?? null,
      last: last.flatMap(({ kind, postedAt }) =>
        postedAt === null ? [] : [{ kind: kind as NoticeKind, at: postedAt }],
      ),
      posted,
      waiting: count('waiting'),
      unsure: count('ambiguous'),
      refused: count('undeliverable'),
    };
  },
  clear: async (conversationId, kept) => {
    const NOT = kept.map(({ duty, scope, route }) => ({ duty, scope, route: routeKey(route) }));
    await db.channelDuty.deleteMany({ where: { conversationId, NOT } });
  },
});
