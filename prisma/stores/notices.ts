import {
  type AwaitedBy,
  type KeptNotice,
  movedJob,
  type Notice,
  type NoticeKind,
  type NoticeState,
  type NoticeStore,
} from '../../domain/notices/notice.ts';
import { EVERYWHERE } from '../../domain/people/actor.ts';
import type { NoticeModel } from '../generated/models.ts';
import { audienceOf } from './audience.ts';
import type { Db } from './db.ts';
import { digestStore } from './digests.ts';
import { QUEUES, type Queue } from './queue.ts';

/** An edit takes seconds: who has had one for this long has died. */
const EDIT_LOST_AFTER_MS = 60_000;

const asNotice = (row: NoticeModel): KeptNotice => {
  const { conversationId, activityId } = row;
  return {
    id: row.id,
    key: row.key,
    kind: row.kind as NoticeKind,
    audience: audienceOf(row),
    claimNumber: row.claimNumber,
    accessRequestId: row.accessRequestId,
    facts: (row.facts ?? {}) as KeptNotice['facts'],
    createdAt: row.createdAt,
    state: row.state as NoticeState,
    place: conversationId === null || activityId === null ? null : { conversationId, activityId },
    revision: row.revision,
    shown: row.shown,
    repeats: row.repeats,
    trouble: row.trouble,
    settledAt: row.settledAt,
  };
};

const waitingFor = (whom: AwaitedBy) => {
  const state = 'waiting';
  if ('personId' in whom) return { personId: whom.personId, state };
  if ('channelId' in whom) return { channelId: whom.channelId, state };
  return { duty: whom.duty, ...(whom.scope === EVERYWHERE ? {} : { organisationId: whom.scope }), state };
};

const staleIn = (db: Db, conversationId: string) => ({
  // One that is being edited by a process that died, too.
  state: { in: ['delivered', 'editing'] },
  conversationId,
  shown: { lt: db.notice.fields.revision },
});

const NOWHERE = { conversationId: null, activityId: null } as const;
const ANEW = { ...NOWHERE, state: 'pending', settledAt: null, sayAt: null } as const;

const select = { id: true, createdAt: true } as const;

const asRow = ({ audience, facts, ...notice }: Notice) => ({ ...notice, ...audience, facts: { ...facts } });

/** Notices and their delivery jobs are written by the same transaction: both are there, or neither (R30, R32). */
export const noticeStore = (db: Db, queue: Queue): NoticeStore => {
  const sendAll = (rows: readonly { readonly id: string; readonly createdAt: Date }[]) => {
    const sorted = rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    return queue(
      QUEUES.notice,
      sorted.map(({ id }) => id),
    );
  };
  const tellAll: NoticeStore['tellAll'] = async (notices) => {
    const data = notices.map((notice) => ({ ...asRow(notice), state: 'pending' }));
    await sendAll(await db.notice.createManyAndReturn({ data, skipDuplicates: true, select }));
  };
  return {
    tell: (notice) => tellAll([notice]),
    tellAll,
    mail: (jobs) => queue(QUEUES.mail, jobs),
    findNotice: async (id) => {
      const row = await db.notice.findUnique({ where: { id } });
      return row === null ? null : asNotice(row);
    },
    findByKey: async (key) => {
      const row = await db.notice.findUnique({ where: { key } });
      return row === null ? null : asNotice(row);
    },
    ...digestStore(db, sendAll),
    moved: async (claimNumbers) => {
      // Most claims stand on no list, and then there is nothing to do.
      const listed = { claimNumber: { in: [...claimNumbers] }, digestId: { not: null } };
      if ((await db.notice.findFirst({ where: listed, select: { id: true } })) === null) return;
      await queue(QUEUES.notice, [movedJob(claimNumbers)]);
    },
    amend: async (keys) => {
      const data = { revision: { increment: 1 } };
      await sendAll(await db.notice.updateManyAndReturn({ where: { key: { in: [...keys] } }, data, select }));
    },
    sayAgain: async (key) => {
      await sendAll(await db.notice.updateManyAndReturn({ where: { key }, data: ANEW, select }));
    },
    countWaiting: (whom) => db.notice.count({ where: waitingFor(whom) }),
    sendWaiting: async (whom) => {
      await sendAll(await db.notice.updateManyAndReturn({ where: waitingFor(whom), data: ANEW, select }));
    },
    countStaleIn: (conversationId) => db.notice.count({ where: staleIn(db, conversationId) }),
    editStaleIn: async (conversationId) => {
      await sendAll(await db.notice.findMany({ where: staleIn(db, conversationId), select }));
    },
    note: async (id, facts) => {
      await db.$executeRaw`
        UPDATE "Notice" SET "facts" = coalesce("facts", '{}') || ${JSON.stringify(facts)}::jsonb WHERE "id" = ${id}::uuid`;
    },
    moveTo: async (duty, scope, conversationId) => {
      await sendAll(
        await db.$queryRaw<{ id: string; createdAt: Date }[]>`
          UPDATE "Notice" n
             SET "state" = 'pending', "conversationId" = NULL, "activityId" = NULL, "settledAt" = NULL, "sayAt" = NULL
           WHERE n."duty" = ${duty}
             AND CASE ${scope} WHEN ${EVERYWHERE} THEN NOT EXISTS (
                   SELECT 1 FROM "ChannelDuty" d WHERE d."duty" = n."duty" AND d."scope" = n."organisationId"::text)
                 ELSE n."organisationId"::text = ${scope} END
             AND (n."state" = 'waiting' OR (
                   n."state" IN ('delivered', 'editing', 'sending', 'ambiguous', 'undeliverable')
                   AND n."conversationId" IS DISTINCT FROM ${conversationId}
                   AND n."kind" IN ('review', 'accessRequest')
                   AND (EXISTS (SELECT 1 FROM "Claim" c WHERE c."number" = n."claimNumber" AND c."remindAt" IS NOT NULL)
                        OR EXISTS (
                          SELECT 1 FROM "AccessRequest" r WHERE r."id" = n."accessRequestId" AND r."state" = 'open'))))
          RETURNING n."id", n."createdAt"`,
      );
    },
    reroute: async (duty) => {
      await sendAll(
        await db.$queryRaw<{ id: string; createdAt: Date }[]>`
          UPDATE "Notice" n
             SET "state" = 'pending', "conversationId" = NULL, "activityId" = NULL, "settledAt" = NULL, "sayAt" = NULL
           WHERE n."duty" = ${duty}
             AND (n."state" = 'waiting' OR (
                   n."kind" = 'coSell'
                   AND (n."state" = 'undeliverable' OR (
                         n."state" IN ('delivered', 'editing')
                         AND NOT EXISTS (
                           SELECT 1 FROM "ChannelDuty" d
                            WHERE d."duty" = n."duty" AND d."conversationId" = n."conversationId")))
                   AND EXISTS (
                     SELECT 1 FROM "ChannelDuty" d JOIN "Conversation" v ON v."id" = d."conversationId" AND v."active"
                      WHERE d."duty" = n."duty" AND d."scope" IN (${EVERYWHERE}, n."organisationId"::text)
                        AND (cardinality(d."countries") = 0 OR n."facts"->>'country' = ANY (d."countries"))
                        AND (cardinality(d."solutionAreas") = 0 OR n."facts"->>'solutionArea' = ANY (d."solutionAreas")))
                   AND EXISTS (SELECT 1 FROM "Referral" r WHERE r."claimNumber" = n."claimNumber" AND r."coSell" = 'asked')))
          RETURNING n."id", n."createdAt"`,
      );
    },
    move: async (id, from, { place, ...to }, at) => {
      const settled = to.state !== 'pending' && to.state !== 'sending';
      const { count } = await db.notice.updateMany({
        where: { id, state: { in: [...from] } },
        data: {
          sayAt: null,
          ...to,
          ...(place === null ? NOWHERE : place),
          ...(place == null ? {} : { postedAt: at }),
          settledAt: settled ? at : null,
        },
      });
      return count === 1;
    },
    beginEdit: async (id, at) => {
      const lost = { state: 'editing', settledAt: { lt: new Date(at.getTime() - EDIT_LOST_AFTER_MS) } };
      const { count } = await db.notice.updateMany({
        where: { id, OR: [{ state: 'delivered' }, lost] },
        data: { state: 'editing', settledAt: at },
      });
      return count === 1;
    },
  };
};
