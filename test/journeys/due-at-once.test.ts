import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { firstBreak } from '../../domain/audit/chain.ts';
import { type Person, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, someone } from '../support/review.ts';
import { DAY, startWorld, type World } from '../support/world.ts';

const CLAIMS = 10_000;
const OWNERS = 40;
const REPLICAS = 4;
const CHANNEL = channelNamed('everything');

let world: World;
let owners: readonly Person[];
const apps: { sweep(): Promise<void>; stop(): Promise<void> }[] = [];

/** Open claims of as many new customers, owned by these people in turn, consent due at one moment. */
const makeClaims = async (dueAt: Date, warnAt: Date) => {
  const { prisma } = world.database;
  await prisma.claim.updateMany({ data: { dueAt: null, warnAt: null } });
  const ids = await prisma.person.findMany({ where: { objectId: { in: owners.map(({ objectId }) => objectId) } } });
  const { number: model } = await prisma.claim.findFirstOrThrow({ where: { status: 'AWAITING_CONSENT' } });
  await prisma.$executeRaw`
    INSERT INTO "Customer" ("id", "name", "createdAt")
    SELECT md5('due ' || n)::uuid, 'Customer ' || n, now() FROM generate_series(1, ${CLAIMS}::int) n`;
  await prisma.$executeRaw`
    INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
      "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt", "warnAt")
    SELECT "organisationId", (${ids.map(({ id }) => id)}::uuid[])[1 + n % ${OWNERS}::int], "locationId", md5('due ' || n)::uuid,
           "engagementVersionId", "engagementSlug", "kind", 'Due ' || n, 'AWAITING_CONSENT', ${new Date(dueAt.getTime() - 25 * DAY)},
           'due ' || n, "identifierType", "identifierValue", "market", "createdAt", ${dueAt}, ${warnAt}
      FROM "Claim", generate_series(1, ${CLAIMS}::int) n WHERE "number" = ${model}`;
  await prisma.$executeRaw`
    INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email", "phone", "country", "language")
    SELECT c."number", side, 'Company', 'Anna', 'anna@company.example', '14020', 'NL', 'nl'
      FROM "Claim" c, unnest(ARRAY['customer', 'partner']) side WHERE c."name" LIKE 'Due %'`;
  await prisma.$executeRaw`ANALYZE`;
};

const items = (kind: string) =>
  world.database.prisma.notice.findMany({
    where: { kind },
    select: { key: true, claimNumber: true, personId: true, channelId: true, digestId: true, state: true },
  });

/** Every process at once, more than once, as they would with every tick. */
const sweepAll = () => Promise.all([...apps, ...apps].map((app) => app.sweep()));

beforeAll(async () => {
  world = await startWorld('postgresql');
  const vera = await reviewer(world, 'Vera Reviewer');
  owners = await Promise.all(
    Array.from({ length: OWNERS }, (_, index) => someone(world, `Owner ${index}`, [{ role: 'incentivesUser' }])),
  );
  const there = also(world, vera, { name: 'Vera Reviewer', channel: CHANNEL });
  const form = await there.tap('channel.claims');
  await there.press(form, 'Save', { zone: 'UTC', scope: '*' });
  apps.push(world.app);
  for (let more = 1; more < REPLICAS; more += 1) apps.push(await world.replica());
  world.connector.takePosts();
}, 120_000);
afterAll(async () => {
  await Promise.all(apps.slice(1).map((app) => app.stop()));
  await world?.stop();
});

test(`R30: of ${CLAIMS} claims that are due at once, ${REPLICAS} replicas keep one notice for each who hears of each, none twice and none missing`, async () => {
  // The day has just begun: its list is still to come.
  world.clock.set(new Date('2026-11-24T00:01:00.000Z'));
  const now = world.clock.now();
  const dueAt = new Date(`${new Date(now.getTime() + 7 * DAY).toISOString().slice(0, 10)}T23:59:59.999Z`);
  await makeClaims(dueAt, new Date(now.toISOString().slice(0, 10)));

  await sweepAll();

  const kept = await items('consentDue');
  expect(kept).toHaveLength(2 * CLAIMS);
  const numbers = (which: 'personId' | 'channelId') =>
    new Set(kept.filter((one) => one[which] !== null).map(({ claimNumber }) => claimNumber));
  expect([numbers('personId').size, numbers('channelId').size]).toEqual([CLAIMS, CLAIMS]);
  expect(kept.filter(({ digestId }) => digestId === null)).toEqual([]);
  expect(new Set(kept.map(({ digestId }) => digestId)).size).toBe(OWNERS + 1);
  expect(world.connector.unread()).toEqual([]);
}, 180_000);

test('R31: at the time of the list everybody gets one, the channel one of ten thousand claims, and nobody is sent away by Teams', async () => {
  world.clock.set(new Date('2026-11-24T09:00:00.000Z'));

  await sweepAll();

  for (const { conversationId } of owners) {
    const posts = world.connector.takePosts(conversationId);
    expect(posts.map(({ activity }) => activity.summary)).toEqual([`${CLAIMS / OWNERS} claims need attention`]);
  }
  const [list, ...more] = readIn(world, CHANNEL);
  expect(more).toEqual([]);
  expect(list && textOf(list)).toContain('10,000 claims need attention\nPage 1 of 1667');
  expect(world.connector.counts.throttled).toBe(0);
}, 180_000);

test('R17: when all of them expire at once, each is closed once, with one line of history and one notice for each who hears', async () => {
  await world.database.prisma.claim.updateMany({ where: { name: { startsWith: 'Due ' } }, data: { warnAt: null } });
  world.clock.advance(8 * DAY);

  await sweepAll();

  const { prisma } = world.database;
  expect(await prisma.claim.count({ where: { name: { startsWith: 'Due ' }, status: 'CONSENT_EXPIRED' } })).toBe(CLAIMS);
  const lines = await prisma.auditEvent.groupBy({
    by: ['chain'],
    where: { what: 'expireConsent', at: world.clock.now() },
    _count: true,
  });
  expect(lines).toHaveLength(CLAIMS);
  expect(lines.filter(({ _count }) => _count !== 1)).toEqual([]);
  for (const { chain } of lines.slice(0, 20)) {
    expect(firstBreak(world.app.ports.sha256, await world.app.ports.reads.audit.list(chain))).toBeNull();
  }
  const kept = await items('consentExpired');
  expect(kept).toHaveLength(2 * CLAIMS);
  expect(new Set(kept.map(({ key }) => key)).size).toBe(2 * CLAIMS);
  // What expires at once is said at once, and together.
  for (const { conversationId } of owners) {
    const summaries = world.connector.takePosts(conversationId).map(({ activity }) => activity.summary);
    expect(summaries).toContain(`${CLAIMS / OWNERS} claims expired`);
  }
  world.connector.takePosts();
  expect(world.connector.counts.throttled).toBe(0);
}, 180_000);
