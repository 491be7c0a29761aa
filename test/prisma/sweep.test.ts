import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type App, startApp } from '../../bot/app.ts';
import { readConfig } from '../../bot/config.ts';
import { firstBreak } from '../../domain/audit/chain.ts';
import { expireClaims } from '../../domain/claims/expire-claims.ts';
import { remindCustomers } from '../../domain/consent/remind-customers.ts';
import { openDatabase } from '../../prisma/database.ts';
import { APP_ID, DAY, NORTHBRIDGE, START, serverDatabase, TAILSPIN, testClock } from '../support/world.ts';
import { claimOf, made, openRecord, type Record } from './record.ts';

const PRISTINE = { statusAt: true, status: true, openKey: true, number: true } as const;

/** Copies of a claim for as many new customers, in this status. */
const copies = async (prisma: Record['database']['prisma'], number: number, count: number, status: string) => {
  await prisma.$executeRaw`
    INSERT INTO "Customer" ("id", "name", "createdAt")
    SELECT md5(${number} || ' copy ' || n)::uuid, 'Copy ' || n, now() FROM generate_series(1, ${count}::int) n`;
  await prisma.$executeRaw`
    INSERT INTO "Claim" ("organisationId", "ownerId", "locationId", "customerId", "engagementVersionId", "engagementSlug",
      "kind", "name", "status", "statusAt", "openKey", "identifierType", "identifierValue", "market", "createdAt", "dueAt")
    SELECT "organisationId", "ownerId", "locationId", md5(${number} || ' copy ' || n)::uuid, "engagementVersionId", "engagementSlug",
           "kind", 'Copy ' || n, ${status}, "statusAt", "openKey" || n, "identifierType", "identifierValue", "market",
           "createdAt", "dueAt"
      FROM "Claim", generate_series(1, ${count}::int) n WHERE "number" = ${number}`;
  await prisma.$executeRaw`
    INSERT INTO "Contact" ("claimNumber", "side", "company", "name", "email", "phone", "country", "language")
    SELECT c."number", side, 'Copy', 'Anna', 'anna@copy.example', '14020', 'NL', 'nl'
      FROM "Claim" c, unnest(ARRAY['customer', 'partner']) side WHERE c."name" LIKE 'Copy %' ON CONFLICT DO NOTHING`;
};

describe('two replicas of the bot on one database', () => {
  const running: App[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((app) => app.stop()));
  });

  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://claimdesk.example',
    MICROSOFT_APP_ID: APP_ID,
    MICROSOFT_APP_TENANT_ID: NORTHBRIDGE,
    MICROSOFT_APP_PASSWORD: 'not used: nobody speaks here',
    ALLOWED_TENANTS: `${NORTHBRIDGE},${TAILSPIN}`,
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'consent@claimdesk.example',
    LOG_LEVEL: 'silent',
  });
  const start = async (url: string, parts: Parameters<typeof startApp>[1] = {}): Promise<App> => {
    const app = await startApp(config, {
      log: pino({ level: 'silent' }),
      database: await openDatabase({ url }),
      ...parts,
    });
    running.push(app);
    return app;
  };

  test('start at once on an empty database, each organisation kept once', async () => {
    const url = await serverDatabase();
    const apps = await Promise.all([start(url), start(url), start(url)]);
    for (const app of apps) expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    const database = await openDatabase({ url });
    const organisations = await database.prisma.organisation.findMany({ orderBy: { tenantId: 'asc' } });
    await database.close();
    expect(organisations.map(({ tenantId }) => tenantId)).toEqual([NORTHBRIDGE, TAILSPIN]);
  });

  test('R17, R30: sweep at once, and every claim that is over expires once, with one line of history and one notice', async () => {
    const url = await serverDatabase();
    const clock = testClock();
    const one = await start(url, { clock, demo: true, ticks: false });
    const other = await start(url, { clock, demo: true, ticks: false });
    const database = await openDatabase({ url });
    try {
      const { prisma } = database;
      const open = await prisma.claim.findFirstOrThrow({ where: { status: 'CUSTOMER_CLAIMED' } });
      await copies(prisma, open.number, 40, 'CUSTOMER_CLAIMED');
      const before = await prisma.claim.findMany({ where: { openKey: { not: null } }, orderBy: { number: 'asc' } });
      const orderBy = { number: 'asc' } as const;
      const untouched = await prisma.claim.findMany({ where: { openKey: null }, select: PRISTINE, orderBy });
      expect(before.length).toBeGreaterThan(40);

      clock.advance(400 * DAY);
      await Promise.all([one.sweep(), other.sweep(), one.sweep(), other.sweep()]);

      const numbers = before.map(({ number }) => number);
      const after = await prisma.claim.findMany({ where: { number: { in: numbers } }, orderBy: { number: 'asc' } });
      const expired = (status: string) => (status === 'CONSENT_RECEIVED' ? 'NOT_SUBMITTED_EXPIRED' : 'CONSENT_EXPIRED');
      expect(after.map(({ number, status, openKey, dueAt }) => ({ number, status, openKey, dueAt }))).toEqual(
        before.map(({ number, status }) => ({ number, status: expired(status), openKey: null, dueAt: null })),
      );
      const where = { number: { notIn: numbers } };
      expect(await prisma.claim.findMany({ where, select: PRISTINE, orderBy })).toEqual(untouched);

      const events = await prisma.auditEvent.findMany({
        where: { at: clock.now(), chain: { startsWith: 'claim:' } },
        orderBy: { chain: 'asc' },
      });
      expect(events.map(({ chain }) => chain)).toEqual(numbers.map((number) => `claim:${number}`).toSorted());
      expect(new Set(events.map(({ what }) => what))).toEqual(new Set(['expireConsent', 'expireSubmission']));
      for (const { chain } of events.slice(0, 20)) {
        expect(firstBreak(one.ports.sha256, await one.ports.reads.audit.list(chain))).toBeNull();
      }
      const notices = await prisma.notice.findMany({
        where: { kind: { not: 'digest' } },
        orderBy: { claimNumber: 'asc' },
      });
      const kind = (status: string) => (status === 'CONSENT_RECEIVED' ? 'submissionExpired' : 'consentExpired');
      expect(notices.map(({ key }) => key)).toEqual(
        before.map(({ number, status, ownerId }) => `claim:${number}:${kind(status)}:person:${ownerId}`),
      );
    } finally {
      await database.close();
    }
  });
});

describe('a sweep', () => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord('postgresql');
    record.clock.advance(400 * DAY);
    await expireClaims(record.ports);
  });
  afterAll(() => record?.close());

  const over = async (name: string, count: number, status: string) => {
    const claim = await claimOf(record, await record.customer(name), { name, dueAt: START });
    await copies(record.database.prisma, await made(record, claim), count, status);
  };
  const open = () => record.database.prisma.claim.count({ where: { openKey: { not: null } } });

  test('works off more than a batch, and two at once close each claim once between them', async () => {
    await over('Many', 210, 'AWAITING_CONSENT');
    const closed = await Promise.all([expireClaims(record.ports), expireClaims(record.ports)]);
    expect(closed.reduce((sum, one) => sum + one)).toBe(211);
    expect(await open()).toBe(0);
    expect(await record.database.prisma.notice.count({ where: { createdAt: record.clock.now() } })).toBeGreaterThan(
      210,
    );
  });

  test('leaves alone what no clock ends, a whole batch of it, and closes what comes behind', async () => {
    await over('Stuck', 200, 'UNDER_REVIEW');
    await record.database.prisma.claim.updateMany({ where: { status: 'UNDER_REVIEW' }, data: { dueAt: new Date(0) } });
    // The claim they were copied from is due later than all of them.
    expect(await expireClaims(record.ports)).toBe(1);
    expect(await record.database.prisma.claim.count({ where: { status: 'UNDER_REVIEW' } })).toBe(200);
  });
});

describe('reminders to customers', () => {
  let record: Record;
  let number: number;
  beforeAll(async () => {
    record = await openRecord('postgresql');
    const { prisma } = record.database;
    number = await made(record, await claimOf(record, await record.customer('Reminded')));
    await copies(prisma, number, 450, 'AWAITING_CONSENT');
    await prisma.claim.update({ where: { number }, data: { status: 'AWAITING_CONSENT' } });
    await prisma.$executeRaw`
      INSERT INTO "ConsentRequest" ("id", "claimNumber", "sentById", "toName", "toEmail", "language", "state", "mailState",
        "mailVersion", "createdAt", "mailedAt")
      SELECT gen_random_uuid(), "number", "ownerId", 'Anna', 'anna@copy.example', 'en', 'open', 'mailed', 'test', ${START}, ${START}
        FROM "Claim" WHERE "number" >= ${number}`;
  });
  afterAll(() => record?.close());

  const remindAt = (at: Date) =>
    record.database.prisma.claim.updateMany({
      where: { number: { gte: number } },
      data: { remindsCustomer: true, customerRemindAt: at },
    });
  const jobs = async () => {
    const rows = await record.database.prisma.$queryRaw<{ id: string }[]>`
      SELECT data ->> 'id' AS id FROM pgboss.job WHERE name = 'consent-mail'`;
    return rows.map(({ id }) => id);
  };

  test('many processes that look at once hand each out once, however many batches there are', async () => {
    await remindAt(new Date('2026-12-09T08:00:00Z'));
    record.clock.set(new Date('2026-12-09T08:00:00Z'));
    const mails = await Promise.all(Array.from({ length: 6 }, () => remindCustomers(record.ports)));
    const later = await remindCustomers(record.ports);

    expect([...mails, later].reduce((sum, one) => sum + one)).toBe(451);
    const handedOut = await jobs();
    expect(handedOut).toHaveLength(451);
    expect(new Set(handedOut).size).toBe(451);
    const next = await record.database.prisma.claim.groupBy({
      by: ['customerRemindAt'],
      where: { number: { gte: number } },
    });
    expect(next).toEqual([{ customerRemindAt: new Date('2026-12-16T08:00:00Z') }]);
  });

  test('a claim that somebody holds is left for the next look, and keeps the others from nothing', async () => {
    const before = (await jobs()).length;
    record.clock.set(new Date('2026-12-16T08:00:00Z'));
    await record.ports.inTx(async (tx) => {
      await tx.claims.hold(number);
      expect(await remindCustomers(record.ports)).toBe(450);
    });
    expect(await remindCustomers(record.ports)).toBe(1);
    expect((await jobs()).length - before).toBe(451);
  });

  test('what fails leaves neither a plan nor a mail behind', async () => {
    const before = await jobs();
    const at = new Date('2026-12-21T08:00:00Z');
    await remindAt(at);
    record.clock.set(at);
    const { inTx } = record.ports;
    const failing = {
      ...record.ports,
      inTx: ((work) =>
        inTx(async (tx) => {
          await work(tx);
          throw new Error('the power is out');
        })) as typeof inTx,
    };
    await expect(remindCustomers(failing)).rejects.toThrow('the power is out');
    expect(await jobs()).toEqual(before);
    expect(await record.database.prisma.claim.count({ where: { customerRemindAt: at } })).toBe(451);
  });
});
