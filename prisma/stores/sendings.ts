import type { Database } from '../database.ts';
import { Prisma } from '../generated/client.ts';

/** How many messages Teams takes from a bot into one conversation, in how many seconds. Edits do not count. */
const WINDOWS = [
  { seconds: 1, most: 7 },
  { seconds: 2, most: 8 },
  { seconds: 30, most: 60 },
  { seconds: 3_600, most: 1_800 },
] as const;
/** The clock of Teams and the database's measure a second a little differently. */
const MARGIN_MS = 5;
/** What is not answered by then was lost with its process; it counts as answered at that moment. */
const LOST_AFTER_SECONDS = 30;
/** Whoever finds a message on its way looks again after as long as that has been on its way already, within this. */
const LOOK_AGAIN_MS = { soonest: 30, latest: 6_000 } as const;
const SENDING_LOCK = 5_731_005;

const seconds = (count: number) => Prisma.sql`${count}::float8 * interval '1 second'`;
const lost = seconds(LOST_AFTER_SECONDS);
/** The latest moment at which a message can have arrived: its answer, or now when it is on its way. */
const arrived = Prisma.sql`coalesce(s."answeredAt", least(c."now", s."sentAt" + ${lost}))`;

/** When the newest `most` arrivals of `from` leave the window again, so that another fits in. */
const free = (from: Prisma.Sql, { seconds: length, most }: { readonly seconds: number; readonly most: number }) =>
  Prisma.sql`(SELECT f."arrived" + ${seconds(length + MARGIN_MS / 1_000)} FROM ${from} f
               ORDER BY f."arrived" DESC OFFSET ${most - 1}::int LIMIT 1)`;

type Verdict = { readonly id: string | null; readonly wait: number; readonly flying: number | null };

/**
 * What all processes sent, by the database's clock (R32). Whoever begins holds the tenant's lock for a moment, and the
 * rest of the transaction is a statement of its own: one that waited for a lock would see what was there before.
 */
export const sendingBook = ({ prisma }: Pick<Database, 'prisma'>, postsPerSecond: number) => {
  const alone = async <T>(tenantId: string, statement: Prisma.Sql): Promise<T | undefined> => {
    const [, rows] = await prisma.$transaction([
      prisma.$executeRaw`SELECT pg_advisory_xact_lock(${SENDING_LOCK}::int, hashtext(${tenantId}))`,
      prisma.$queryRaw<T[]>(statement),
    ]);
    return rows[0];
  };
  return {
    /** Takes the place of one message, or says in how many milliseconds to ask again. */
    begin: async (
      conversationId: string,
      tenantId: string,
      edit: boolean,
    ): Promise<{ readonly id: string } | { readonly waitMs: number }> => {
      const windows = edit ? [] : WINDOWS.map((window) => free(Prisma.sql`"messages"`, window));
      const open = Prisma.join(
        [
          free(Prisma.sql`"everywhere"`, { seconds: 1, most: postsPerSecond }),
          Prisma.sql`(SELECT "notBefore" FROM "Conversation" WHERE "id" = ${conversationId})`,
          ...windows,
        ],
        ', ',
      );
      const verdict = await alone<Verdict>(
        tenantId,
        Prisma.sql`
        WITH "clock" AS MATERIALIZED (SELECT clock_timestamp() AS "now"),
        "here" AS MATERIALIZED (
          SELECT s."edit", s."sentAt", ${arrived} AS "arrived",
                 s."answeredAt" IS NULL AND s."sentAt" + ${lost} > c."now" AS "flying"
            FROM "Sending" s, "clock" c
           WHERE s."conversationId" = ${conversationId} AND s."sentAt" > c."now" - interval '3700 seconds'),
        "messages" AS (SELECT "arrived" FROM "here" WHERE NOT "edit"),
        "everywhere" AS (
          SELECT ${arrived} AS "arrived" FROM "Sending" s, "clock" c
           WHERE s."tenantId" = ${tenantId}::uuid AND s."sentAt" > c."now" - interval '60 seconds'),
        "verdict" AS MATERIALIZED (
          SELECT c."now", greatest(${open}) AS "open",
                 (SELECT min("sentAt") FROM "here" WHERE "flying") AS "flying"
            FROM "clock" c),
        "begun" AS (
          INSERT INTO "Sending" ("id", "conversationId", "tenantId", "edit", "sentAt")
          SELECT gen_random_uuid(), ${conversationId}, ${tenantId}::uuid, ${edit}::boolean, v."now"
            FROM "verdict" v WHERE v."flying" IS NULL AND coalesce(v."open" <= v."now", true)
          RETURNING "id")
        SELECT (SELECT "id" FROM "begun") AS "id",
               greatest(extract(epoch FROM v."open" - v."now") * 1000, 0)::float8 AS "wait",
               (extract(epoch FROM v."now" - v."flying") * 1000)::float8 AS "flying"
          FROM "verdict" v`,
      );
      if (verdict === undefined) throw new Error('the book of messages did not answer');
      const { id, wait, flying } = verdict;
      if (id !== null) return { id };
      const { soonest, latest } = LOOK_AGAIN_MS;
      return { waitMs: Math.ceil(Math.max(wait, flying === null ? 1 : Math.min(Math.max(flying, soonest), latest))) };
    },
    /** Keeps that a message leaves which asks nobody: its id. */
    note: async (conversationId: string, tenantId: string, edit: boolean): Promise<string> => {
      const noted = await alone<{ readonly id: string }>(
        tenantId,
        Prisma.sql`
        INSERT INTO "Sending" ("id", "conversationId", "tenantId", "edit", "sentAt")
        VALUES (gen_random_uuid(), ${conversationId}, ${tenantId}::uuid, ${edit}::boolean, clock_timestamp())
        RETURNING "id"`,
      );
      if (noted === undefined) throw new Error('the book of messages did not answer');
      return noted.id;
    },
    answered: async (id: string): Promise<void> => {
      await prisma.$executeRaw`
        UPDATE "Sending" SET "answeredAt" = clock_timestamp() WHERE "id" = ${id}::uuid AND "answeredAt" IS NULL`;
    },
    /** Nothing was sent after all. */
    giveBack: async (id: string): Promise<void> => {
      await prisma.sending.deleteMany({ where: { id } });
    },
    /** Nobody begins there for so long. */
    pause: async (conversationId: string, milliseconds: number): Promise<void> => {
      await prisma.$executeRaw`
        UPDATE "Conversation"
           SET "notBefore" = greatest("notBefore", clock_timestamp() + ${seconds(milliseconds / 1_000)})
         WHERE "id" = ${conversationId}`;
    },
  };
};
