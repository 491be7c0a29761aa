import { type Listener, listenerId } from '../../domain/notices/notice.ts';
import {
  defaultsFor,
  type Hearing,
  type Subscription,
  type SubscriptionStore,
  TOPICS,
} from '../../domain/notices/subscription.ts';
import { EVERYWHERE, LANGUAGES } from '../../domain/people/actor.ts';
import type { SubscriptionModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const asSubscription = (row: SubscriptionModel): Subscription => ({
  listener: row.personId === null ? { channelId: row.channelId ?? '' } : { personId: row.personId },
  scope: row.scope,
  name: row.name,
  topics: TOPICS.filter((topic) => row.topics.includes(topic)),
  locationIds: row.locationIds,
  engagements: row.engagements,
  language: LANGUAGES.find((language) => language === row.language) ?? null,
  timeZone: row.timeZone,
  digestAt: row.digestAt,
  quiet: row.quietFrom === null || row.quietUntil === null ? null : { from: row.quietFrom, until: row.quietUntil },
  expiredLater: row.expiredLater,
  ownActions: row.ownActions,
  changedById: row.changedById,
});

/** `own`: the zone of whoever chose none. */
const hearingOf = (subscription: Subscription, own: string | null): Hearing => ({
  subscription,
  timeZone: subscription.timeZone ?? own,
});
const ofChannel = (row: SubscriptionModel): Hearing => hearingOf(asSubscription(row), null);

export const subscriptionStore = (db: Db): SubscriptionStore => ({
  find: async (listener) => {
    const row = await db.subscription.findUnique({ where: { id: listenerId(listener) } });
    return row === null ? null : asSubscription(row);
  },
  listPeople: async (personIds) => {
    if (personIds.length === 0) return [];
    const [people, rows] = await Promise.all([
      db.person.findMany({
        where: { id: { in: [...personIds] } },
        select: { id: true, organisationId: true, timeZone: true },
      }),
      db.subscription.findMany({ where: { id: { in: personIds.map((personId) => listenerId({ personId })) } } }),
    ]);
    const chosen = new Map(rows.map((row) => [row.personId, asSubscription(row)]));
    return people.map(({ id: personId, organisationId, timeZone }) =>
      hearingOf(chosen.get(personId) ?? defaultsFor({ personId, organisationId }), timeZone),
    );
  },
  listOf: async (channelIds) => {
    if (channelIds.length === 0) return [];
    return (await db.subscription.findMany({ where: { channelId: { in: [...channelIds] } } })).map(ofChannel);
  },
  listChannels: async (organisationIds) => {
    const where = { channelId: { not: null }, scope: { in: [EVERYWHERE, ...organisationIds] } };
    return (await db.subscription.findMany({ where, orderBy: { id: 'asc' } })).map(ofChannel);
  },
  save: async ({ listener, quiet, topics, locationIds, engagements, ...rest }, at) => {
    const data = {
      ...rest,
      topics: [...topics],
      locationIds: [...locationIds],
      engagements: [...engagements],
      quietFrom: quiet?.from ?? null,
      quietUntil: quiet?.until ?? null,
      changedAt: at,
    };
    const id = listenerId(listener);
    await db.subscription.upsert({ where: { id }, create: { id, ...listener, ...data }, update: data });
  },
  remove: async (listener) => {
    await db.subscription.deleteMany({ where: { id: listenerId(listener) } });
  },
  rename: async (channelId, name) => {
    await db.subscription.updateMany({ where: { channelId }, data: { name } });
    await db.channelDuty.updateMany({ where: { conversationId: channelId }, data: { name } });
  },
  listSnoozes: async (listener, claimNumbers) => {
    const where = { audience: listenerId(listener), claimNumber: { in: [...claimNumbers] } };
    const rows = await db.snooze.findMany({ where });
    return new Map(rows.map(({ claimNumber, until, statusAt }) => [claimNumber, { until, statusAt }]));
  },
  snooze: async (listener: Listener, claimNumber, snooze, byId) => {
    const audience = listenerId(listener);
    const data = { ...snooze, byId };
    const where = { claimNumber_audience: { claimNumber, audience } };
    await db.snooze.upsert({ where, create: { claimNumber, audience, ...data }, update: data });
  },
});
