import {
  type DueNotice,
  digestKey,
  type Listener,
  type NoticeKind,
  type NoticeStore,
} from '../../domain/notices/notice.ts';
import type { NoticeModel } from '../generated/models.ts';
import { audienceOf } from './audience.ts';
import type { Db } from './db.ts';

/** Nobody looks up older lists, and the next one tells everything that is left to do. */
const AMENDED_FOR_MS = 3 * 24 * 60 * 60 * 1000;

/** A claim is spoken of again before this is over, or has ended for good. */
const SAID_WITHIN_MS = 31 * 24 * 60 * 60 * 1000;
const SEND_DUE_LOCK = 5_731_006;

type Queued = { readonly id: string; readonly createdAt: Date };

const idsOf = (listener: Listener) => ({
  personId: 'personId' in listener ? listener.personId : null,
  channelId: 'channelId' in listener ? listener.channelId : null,
});

type Slot = Parameters<typeof digestKey>[0];

/** The half of the store of notices that plans: what is said later, and together (R31). */
export const digestStore = (db: Db, sendAll: (rows: readonly Queued[]) => Promise<void>) => {
  /** The digests that are still to come, held so that none leaves before this transaction ends; by slot. */
  const findPlanned = async (slots: readonly Slot[]): Promise<Map<string, string>> => {
    const rows = await db.$queryRaw<{ id: string; personId: string | null; channelId: string | null; sayAt: Date }[]>`
      SELECT n."id"::text, n."personId"::text, n."channelId", n."sayAt"
        FROM unnest(${slots.map(({ listener }) => idsOf(listener).personId)}::text[],
                    ${slots.map(({ listener }) => idsOf(listener).channelId)}::text[],
                    ${slots.map(({ sayAt }) => sayAt.toISOString())}::text[]) AS s("personId", "channelId", "sayAt")
        JOIN "Notice" n ON n."sayAt" = s."sayAt"::timestamptz AND n."kind" = 'digest' AND n."state" = 'planned'
         AND n."personId" IS NOT DISTINCT FROM s."personId"::uuid AND n."channelId" IS NOT DISTINCT FROM s."channelId"
       ORDER BY n."key" FOR SHARE OF n`;
    return new Map(
      rows.map(({ id, sayAt, ...audience }) => {
        const listener = audienceOf({ ...audience, duty: null, organisationId: null }) as Listener;
        return [digestKey({ listener, sayAt }), id];
      }),
    );
  };

  /** The digest of each slot, made where there is none, or where the one there was has left already. */
  const digestsOf = async (
    slots: readonly Slot[],
    ids: readonly string[],
    at: Date,
  ): Promise<ReadonlyMap<string, string>> => {
    const rowFor = (slot: Slot, key: string, id: string | undefined) => ({
      id: id ?? '',
      key,
      kind: 'digest',
      ...idsOf(slot.listener),
      state: 'planned',
      sayAt: slot.sayAt,
      createdAt: at,
    });
    const rows = slots.map((slot, index) => rowFor(slot, digestKey(slot), ids[index]));
    const made = await db.notice.createManyAndReturn({ data: rows, skipDuplicates: true, select: { id: true } });
    if (made.length === rows.length) return new Map(rows.map(({ key, id }) => [key, id]));
    const planned = await findPlanned(slots);
    const left = rows.filter(({ key }) => !planned.has(key));
    if (left.length > 0)
      await db.notice.createMany({ data: left.map((row) => ({ ...row, key: `${row.key}:${row.id}` })) });
    for (const { key, id } of left) planned.set(key, id);
    return planned;
  };

  return {
    gather: async (bundles, digestIds, at) => {
      const rows = bundles.flatMap(({ listener, items }) =>
        items.map(({ id, key, kind, claimNumber, facts }) => ({
          id,
          key,
          kind,
          claimNumber,
          facts,
          ...idsOf(listener),
        })),
      );
      // Thousands at a time, so as one value.
      const kept = await db.$queryRaw<{ id: string }[]>`
        INSERT INTO "Notice" ("id", "key", "kind", "claimNumber", "facts", "personId", "channelId", "state", "createdAt")
        SELECT r."id", r."key", r."kind", r."claimNumber", r."facts", r."personId", r."channelId", 'gathered', ${at}
          FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            AS r("id" uuid, "key" text, "kind" text, "claimNumber" int, "facts" jsonb, "personId" uuid, "channelId" text)
        ON CONFLICT ("key") DO NOTHING
        RETURNING "id"::text`;
      if (kept.length === 0) return;
      const ids = new Set(kept.map(({ id }) => id));
      const fresh = bundles
        .map((bundle, index) => ({ ...bundle, digestId: digestIds[index] ?? '' }))
        .filter(({ items }) => items.some(({ id }) => ids.has(id)));
      const digests = await digestsOf(
        fresh,
        fresh.map(({ digestId }) => digestId),
        at,
      );
      const pairs = fresh.flatMap((bundle) =>
        bundle.items
          .filter(({ id }) => ids.has(id))
          .map(({ id }) => [id, digests.get(digestKey(bundle)) ?? ''] as const),
      );
      await db.$executeRaw`
        UPDATE "Notice" n SET "digestId" = p."digestId"::uuid
          FROM unnest(${pairs.map(([id]) => id)}::text[], ${pairs.map(([, digest]) => digest)}::text[]) AS p("id", "digestId")
         WHERE n."id" = p."id"::uuid`;
    },
    listItems: async (digestId) => {
      const rows = await db.notice.findMany({
        where: { digestId },
        select: { kind: true, facts: true, createdAt: true, claimNumber: true },
        // What came to be at one moment is kept in one order, whoever looks.
        orderBy: [{ createdAt: 'asc' }, { kind: 'asc' }],
      });
      return rows.flatMap(({ kind, facts, createdAt, claimNumber }) =>
        claimNumber === null
          ? []
          : [{ kind: kind as NoticeKind, facts: (facts ?? {}) as Record<string, string>, createdAt, claimNumber }],
      );
    },
    takeDue: async (now, take) => {
      // One process at a time: what one listener is to hear is said by one of them, as one list. A list that somebody is
      // still gathering for is left out.
      await db.$executeRaw`SELECT pg_advisory_xact_lock(${SEND_DUE_LOCK}::int)`;
      const rows = await db.$queryRaw<
        (Pick<NoticeModel, 'id' | 'kind' | 'state' | 'personId' | 'channelId' | 'duty' | 'organisationId'> & {
          readonly sayAt: Date;
        })[]
      >`
        SELECT "id"::text, "kind", "state", "personId"::text, "channelId", "duty", "organisationId"::text, "sayAt"
          FROM "Notice"
         WHERE "sayAt" <= ${now} AND "state" IN ('planned', 'ambiguous', 'waiting')
         ORDER BY "personId", "channelId", "sayAt", "key" LIMIT ${take} FOR NO KEY UPDATE SKIP LOCKED`;
      return rows.map(({ id, kind, state, sayAt, ...audience }) => ({
        id,
        kind: kind as NoticeKind,
        state: state as DueNotice['state'],
        audience: audienceOf(audience),
        sayAt,
      }));
    },
    sendDue: async (ids, merged, at) => {
      const [kept, along] = [[...ids], [...merged]];
      // What may stand on an earlier list stays there, and is said once more on this one, marked.
      await db.$executeRaw`
        INSERT INTO "Notice" ("id", "key", "kind", "claimNumber", "facts", "personId", "channelId", "state", "createdAt", "digestId")
        SELECT gen_random_uuid(), item."key" || ':again:' || d."id", item."kind", item."claimNumber",
               coalesce(item."facts", '{}') || '{"again": "true"}', item."personId", item."channelId", 'gathered',
               item."createdAt", d."id"
          FROM "Notice" old
          JOIN "Notice" d ON d."id" = ANY(${kept}::uuid[]) AND d."kind" = 'digest'
           AND (old."personId" = d."personId" OR old."channelId" = d."channelId")
          JOIN "Notice" item ON item."digestId" = old."id"
         WHERE old."id" = ANY(${along}::uuid[]) AND old."state" = 'ambiguous'
        ON CONFLICT ("key") DO NOTHING`;
      // What an earlier list of the same listener could not say is said by this one, as long as it is of these weeks.
      const old = await db.$queryRaw<{ id: string }[]>`
        UPDATE "Notice" item SET "digestId" = d."id"
          FROM "Notice" d, "Notice" old
         WHERE d."id" = ANY(${kept}::uuid[]) AND d."kind" = 'digest'
           AND (old."personId" = d."personId" OR old."channelId" = d."channelId")
           AND old."id" <> d."id" AND old."kind" = 'digest'
           AND (old."state" = 'waiting' OR old."state" = 'planned' AND old."id" = ANY(${along}::uuid[]))
           AND item."digestId" = old."id" AND item."createdAt" > ${new Date(at.getTime() - SAID_WITHIN_MS)}
        RETURNING old."id"::text`;
      const merging = { in: [...new Set([...along, ...old.map(({ id }) => id)])] };
      await db.notice.updateMany({ where: { id: merging, state: 'ambiguous' }, data: { sayAt: null } });
      await db.notice.updateMany({
        where: { id: merging, state: { in: ['planned', 'waiting'] } },
        data: { state: 'dropped', sayAt: null, settledAt: at },
      });
      await db.notice.updateMany({
        where: { id: { in: kept }, state: 'ambiguous' },
        data: { repeats: { increment: 1 } },
      });
      const data = { state: 'pending', sayAt: null, settledAt: null };
      await sendAll(
        await db.notice.updateManyAndReturn({
          where: { id: { in: kept } },
          data,
          select: { id: true, createdAt: true },
        }),
      );
    },
    amendDigests: async (claimNumbers, at) => {
      // In one order, whoever else does the same. One that is on its way is looked at again when it has arrived.
      const amended = await db.$queryRaw<(Queued & { readonly stands: boolean })[]>`
        WITH "held" AS (
          SELECT n."id" FROM "Notice" n
           WHERE n."id" IN (SELECT i."digestId" FROM "Notice" i
                             WHERE i."claimNumber" = ANY(${[...claimNumbers]}::int[]) AND i."digestId" IS NOT NULL)
             AND (n."state" IN ('pending', 'sending', 'ambiguous') OR (
                   n."state" IN ('delivered', 'editing') AND n."postedAt" > ${new Date(at.getTime() - AMENDED_FOR_MS)}))
           ORDER BY n."id" FOR NO KEY UPDATE)
        UPDATE "Notice" n SET "revision" = n."revision" + 1 FROM "held" WHERE n."id" = "held"."id"
        RETURNING n."id"::text, n."createdAt", n."state" IN ('delivered', 'editing') AS "stands"`;
      await sendAll(amended.filter(({ stands }) => stands));
    },
    postpone: async (ids, sayAt) => {
      await db.notice.updateMany({ where: { id: { in: [...ids] } }, data: { sayAt } });
    },
    replan: async (listener, until, sayAt) => {
      const where = { ...listener, kind: 'digest', state: 'planned', sayAt: { lte: until } };
      await db.notice.updateMany({ where, data: { sayAt } });
    },
    dropPlanned: async (listener, at) => {
      await db.notice.updateMany({
        where: { ...listener, state: { in: ['planned', 'waiting'] } },
        data: { state: 'dropped', sayAt: null, settledAt: at },
      });
    },
  } satisfies Partial<NoticeStore>;
};
