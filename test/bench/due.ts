/**
 * What is due, at 10,000 claims and at a million with the same number due: a sweep that plans what is to be said, and one
 * that expires, beside one statement that writes as many rows. And a list of a thousand claims beside the time in which
 * Teams takes a thousand messages one by one.
 */
import { randomUUID } from 'node:crypto';
import { PgBoss } from 'pg-boss';
import { random, sha256 } from '../../bot/random.ts';
import { linksFrom } from '../../cards/links.ts';
import { digestCard } from '../../cards/notices/digest.ts';
import { expireClaims } from '../../domain/claims/expire-claims.ts';
import { planReminders } from '../../domain/notices/plan-reminders.ts';
import { showDigest } from '../../domain/notices/show-digest.ts';
import type { Ports } from '../../domain/ports.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { seedDemo } from '../../prisma/demo/seed.ts';
import { QUEUES } from '../../prisma/stores/queue.ts';
import { createStores } from '../../prisma/stores.ts';
import { startPostgres } from '../support/postgres.ts';

const DUE = 10_000;
const SIZES = [10_000, 1_000_000] as const;
const START = new Date('2026-11-23T00:01:00.000Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const LISTED = 1_000;
/** A thousand messages into one conversation, as its limits let them through: 60 in every 30 seconds. */
const ONE_BY_ONE_MS = (LISTED / 60 - 1) * 30_000;

const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
  const from = performance.now();
  const result = await work();
  return [result, performance.now() - from];
};

const portsOf = async (database: Database, now: Date): Promise<{ readonly ports: Ports; readonly boss: PgBoss }> => {
  const boss = new PgBoss({ ...database.queue, schema: 'pgboss', schedule: false, supervise: false });
  await boss.start();
  for (const queue of Object.values(QUEUES)) await boss.createQueue(queue);
  const ports = {
    ...createStores(database, boss, () => {}),
    clock: { now: () => now },
    random,
    sha256,
    resolveTenant: async () => ({ kind: 'unavailable' as const }),
    settings: { admins: new Set<string>(), selfReview: false, partnerCenter: null },
    rates: null,
  };
  return { ports, boss };
};

/** So many claims of fifty owners, all open; the first are due: to be warned of, or over. */
const fill = async ({ prisma }: Database, size: number, dueAt: Date, warnAt: Date | null) => {
  const model = await prisma.claim.findFirstOrThrow({ where: { status: 'AWAITING_CONSENT' } });
  await prisma.claim.updateMany({ data: { dueAt: null, warnAt: null } });
  const later = new Date(START.getTime() + 60 * DAY_MS);
  await prisma.$executeRaw`
    INSERT INTO "Person" ("id", "tenantId", "objectId", "organisationId", "name", "createdAt")
    SELECT md5('owner ' || n)::uuid, gen_random_uuid(), gen_random_uuid(), ${model.organisationId}::uuid, 'Owner ' || n, now()
      FROM generate_series(0, 49) n`;
  await prisma.$executeRaw`
    INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
      "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt", "warnAt")
    SELECT "organisationId", md5('owner ' || n % 50)::uuid, "locationId", "customerId", "engagementVersionId",
           "engagementSlug", "kind", 'Claim ' || n, 'AWAITING_CONSENT', ${new Date(START.getTime() - 25 * DAY_MS)}, 'open ' || n,
           "identifierType", "identifierValue", "market", "createdAt",
           CASE WHEN n <= ${DUE}::int THEN ${dueAt}::timestamptz ELSE ${later}::timestamptz END,
           CASE WHEN n <= ${DUE}::int THEN ${warnAt}::timestamptz ELSE ${later}::timestamptz END
      FROM "Claim", generate_series(1, ${size}::int) n WHERE "number" = ${model.number}`;
  await prisma.$executeRaw`VACUUM ANALYZE`;
};

const server = await startPostgres();
try {
  const measured: Record<string, Record<string, number>> = {};
  let list = 0;
  for (const size of SIZES) {
    const row: Record<string, number> = {};
    for (const sweep of ['plan', 'expire'] as const) {
      const database = await openDatabase({
        url: await server.createDatabase(`bench_${randomUUID().replaceAll('-', '')}`),
      });
      try {
        await seedDemo(database, START);
        const inAWeek = new Date('2026-11-30T23:59:59.999Z');
        const yesterday = new Date('2026-11-22T23:59:59.999Z');
        const day = new Date('2026-11-23T00:00:00.000Z');
        await fill(database, size, sweep === 'plan' ? inAWeek : yesterday, sweep === 'plan' ? day : null);
        const { ports, boss } = await portsOf(database, START);
        const [done, ms] = await timed(() => (sweep === 'plan' ? planReminders(ports) : expireClaims(ports)));
        if (done !== DUE) throw new Error(`${done} claims were due`);
        row[sweep] = ms;
        const [, floor] = await timed(
          () => database.prisma.$executeRaw`
            INSERT INTO "Notice" ("id", "key", "kind", "personId", "claimNumber", "state", "createdAt")
            SELECT gen_random_uuid(), 'floor ' || "number", 'consentDue', "ownerId", "number", 'dropped', now()
              FROM "Claim" WHERE "name" LIKE 'Claim %' ORDER BY "number" LIMIT ${DUE}`,
        );
        row[`one statement (${sweep})`] = floor;
        if (sweep === 'plan' && size === SIZES[0]) {
          const digest = await database.prisma.notice.findFirstOrThrow({ where: { kind: 'digest' } });
          const { personId } = digest;
          await database.prisma.$executeRaw`
            UPDATE "Notice" SET "digestId" = ${digest.id}::uuid
             WHERE "id" IN (SELECT "id" FROM "Notice" WHERE "kind" = 'consentDue' AND "state" = 'gathered' LIMIT ${LISTED})`;
          const reader = {
            language: 'en',
            timeZone: 'UTC',
            now: START,
            chatId: null,
            mark: '1',
            typeahead: false,
            links: linksFrom('http://localhost', null),
          } as const;
          const [hearing] = await ports.reads.subscriptions.listPeople([personId ?? '']);
          if (hearing === undefined) throw new Error('nobody hears');
          const { subscription } = hearing;
          [, list] = await timed(async () => {
            const view = await showDigest(ports, digest.id, subscription, null, 1);
            return JSON.stringify(digestCard(reader, view, true));
          });
        }
        await boss.stop({ graceful: false });
      } finally {
        await database.close();
      }
    }
    measured[size.toLocaleString('en')] = row;
  }
  const [few, many] = SIZES.map((size) => measured[size.toLocaleString('en')] ?? {});
  const seconds = (ms = 0) => Math.round(ms) / 1000;
  console.log(`${DUE.toLocaleString('en')} claims due at once`);
  console.table(
    Object.fromEntries(
      (['plan', 'expire'] as const).map((sweep) => [
        sweep === 'plan' ? 'plan what is said' : 'expire',
        {
          [`of ${SIZES[0].toLocaleString('en')} (s)`]: seconds(few?.[sweep]),
          [`of ${SIZES[1].toLocaleString('en')} (s)`]: seconds(many?.[sweep]),
          'times as long': Math.round(((many?.[sweep] ?? 0) / (few?.[sweep] ?? 1)) * 100) / 100,
          'times one statement': Math.round((many?.[sweep] ?? 0) / (many?.[`one statement (${sweep})`] ?? 1)),
        },
      ]),
    ),
  );
  console.log(
    `A list of ${LISTED.toLocaleString('en')} claims is made in ${Math.round(list)} ms; one by one Teams takes ${seconds(ONE_BY_ONE_MS)} s for them (${Math.round(ONE_BY_ONE_MS / list)}x).`,
  );
} finally {
  await server.stop();
}
process.exit(0);
