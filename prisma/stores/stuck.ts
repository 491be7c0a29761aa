import { fromPrisma, type PgBoss } from 'pg-boss';
import { Prisma, type PrismaClient } from '../generated/client.ts';
import type { Db } from './db.ts';
import { QUEUES } from './queue.ts';

/**
 * What does not go on by itself, or not surely (R32). `dead`: every try failed, and giving it up failed as well.
 * `failed`: a mail that asks a customer for consent did not go.
 */
export const STUCK = ['undeliverable', 'ambiguous', 'waiting', 'dead', 'failed'] as const;
export type StuckState = (typeof STUCK)[number];

export type Stuck = {
  readonly id: string;
  readonly state: StuckState;
  readonly kind: string;
  readonly claim: number | null;
  /** The person, or the channel; null: no channel has the duty. */
  readonly who: string | null;
  readonly since: Date;
  readonly trouble: string | null;
  /** How often it was said again already. */
  readonly repeats: number;
};

export type StuckFilter = { readonly kind?: string | undefined; readonly state?: StuckState | undefined };

const MAIL = 'consentMail';
const DEAD = Object.values(QUEUES).map((queue) => `${queue}-dead`);

/** Jobs in the queues of those that were given up: what each was about. The queue may never have been begun. */
const deadJobs = async (db: Db): Promise<Prisma.Sql> => {
  const [found] = await db.$queryRaw<{ there: boolean }[]>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`;
  return found?.there === true
    ? Prisma.sql`SELECT "id", "name", "data"->>'id' AS "about", "created_on" AS "since" FROM pgboss.job
                  WHERE "name" = ANY(${DEAD}) AND "state" <> 'completed'`
    : Prisma.sql`SELECT NULL::uuid AS "id", '' AS "name", '' AS "about", now() AS "since" WHERE false`;
};

/** The oldest first. */
export const listStuck = async (db: Db, { kind, state }: StuckFilter): Promise<readonly Stuck[]> => db.$queryRaw<
  Stuck[]
>`
  WITH "jobs" AS (${await deadJobs(db)}),
  "stuck" AS (
    SELECT n."id", CASE WHEN j."about" IS NULL THEN n."state" ELSE 'dead' END AS "state", n."kind",
           n."claimNumber" AS "claim",
           coalesce(p."name", d."name", d."conversationId", s."name", n."channelId", n."conversationId") AS "who",
           coalesce(j."since", n."settledAt", n."createdAt") AS "since", n."trouble", n."repeats"
      FROM "Notice" n
      LEFT JOIN (SELECT "about", min("since") AS "since" FROM "jobs" GROUP BY 1) j ON j."about" = n."id"::text
      LEFT JOIN "Person" p ON p."id" = n."personId"
      LEFT JOIN "Subscription" s ON s."channelId" = n."channelId"
      LEFT JOIN LATERAL (
        SELECT d."name", d."conversationId" FROM "ChannelDuty" d
         WHERE d."duty" = n."duty" AND d."scope" IN (n."organisationId"::text, '*')
         ORDER BY d."scope" = '*' LIMIT 1) d ON true
     WHERE n."state" IN ('undeliverable', 'ambiguous', 'waiting') OR j."about" IS NOT NULL
    UNION ALL
    SELECT r."id", CASE WHEN r."mailState" = 'failed' THEN 'failed' ELSE 'dead' END, ${MAIL}, r."claimNumber",
           r."toName", coalesce(j."since", r."createdAt"), NULL, 0
      FROM "ConsentRequest" r
      LEFT JOIN (SELECT "about", min("since") AS "since" FROM "jobs" GROUP BY 1) j ON j."about" = r."id"::text
     WHERE r."state" = 'open' AND (r."mailState" = 'failed' OR j."about" IS NOT NULL))
  SELECT * FROM "stuck"
   WHERE (${kind ?? null}::text IS NULL OR "kind" = ${kind ?? null})
     AND (${state ?? null}::text IS NULL OR "state" = ${state ?? null})
   ORDER BY "since", "id"`;

/**
 * Puts what is stuck on its way again, each with its job, all or none: how many. What may stand there already says that
 * it may be a repeat.
 */
export const sendStuck = (prisma: PrismaClient, boss: PgBoss, ids: readonly string[]): Promise<number> =>
  prisma.$transaction(async (tx) => {
    const some = [...ids];
    const notices = await tx.$queryRaw<{ id: string }[]>`
      UPDATE "Notice"
         SET "state" = 'pending', "sayAt" = NULL, "settledAt" = NULL, "conversationId" = NULL, "activityId" = NULL,
             "repeats" = "repeats" + CASE WHEN "state" IN ('ambiguous', 'sending') THEN 1 ELSE 0 END
       WHERE "id" = ANY(${some}::uuid[]) AND "state" IN ('undeliverable', 'ambiguous', 'waiting', 'sending', 'pending')
      RETURNING "id"`;
    // A message that stands, and was given up while it was brought up to date.
    const stale = await tx.notice.findMany({
      where: { id: { in: some }, state: { in: ['delivered', 'editing'] } },
      select: { id: true },
    });
    const mails = await tx.consentRequest.updateManyAndReturn({
      where: { id: { in: some }, state: 'open' },
      data: { mailState: 'waiting' },
      select: { id: true },
    });
    const dead = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT "id", "name" FROM (${await deadJobs(tx)}) j WHERE j."about" = ANY(${some})`;
    const db = fromPrisma(tx);
    for (const { id, name } of dead) await boss.deleteJob(name, id, { db });
    for (const { id } of [...notices, ...stale]) await boss.send(QUEUES.notice, { id }, { db });
    for (const { id } of mails) await boss.send(QUEUES.mail, { id }, { db });
    return notices.length + stale.length + mails.length;
  });
