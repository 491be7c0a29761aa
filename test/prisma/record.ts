import { PgBoss } from 'pg-boss';
import { demoDirectory, tenantResolver } from '../../bot/entra/tenant-resolver.ts';
import { random, sha256 } from '../../bot/random.ts';
import type { NewClaim } from '../../domain/claims/claim-store.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { Ports } from '../../domain/ports.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { demoWorld, seedDemo } from '../../prisma/demo/seed.ts';
import { QUEUES } from '../../prisma/stores/queue.ts';
import { tenantCache } from '../../prisma/stores/teams.ts';
import { createStores } from '../../prisma/stores.ts';
import {
  AMSTERDAM,
  type Engine,
  NORTHBRIDGE,
  ROBIN,
  serverDatabase,
  type TestClock,
  testClock,
} from '../support/world.ts';

export type Record = {
  readonly database: Database;
  readonly ports: Ports;
  readonly clock: TestClock;
  /** A person of the demo world. */
  readonly actor: (objectId: string, tenantId?: string) => Promise<Actor>;
  /** A customer that nobody named before; its id. */
  readonly customer: (name: string) => Promise<string>;
  /** How many jobs were ever queued. */
  readonly jobs: () => Promise<number>;
  readonly close: () => Promise<void>;
};

/** The record alone, filled with the demo world: the stores and the outbox, nobody who delivers, no bot. */
export const openRecord = async (engine: Engine): Promise<Record> => {
  const clock = testClock();
  const database = await openDatabase(engine === 'pglite' ? { memory: true } : { url: await serverDatabase() });
  const boss = new PgBoss({ ...database.queue, schema: 'pgboss', schedule: false, supervise: false, max: 2 });
  await boss.start();
  for (const queue of Object.values(QUEUES)) {
    await boss.createQueue(queue);
    // Looked up inside a transaction of the embedded engine, it would wait for that transaction.
    await boss.getQueue(queue);
  }
  const { inTx, reads } = createStores(database, boss, () => {});
  await seedDemo(database, clock.now());
  const resolveTenant = tenantResolver(tenantCache(database.prisma), demoDirectory(demoWorld().directory), clock);
  return {
    database,
    ports: {
      inTx,
      reads,
      clock,
      random,
      sha256,
      resolveTenant,
      settings: { admins: new Set(), selfReview: false, partnerCenter: null },
      rates: null,
    },
    clock,
    actor: async (objectId, tenantId = NORTHBRIDGE) => {
      const found = await reads.people.findActor(tenantId, objectId);
      if (found === null) throw new Error(`nobody is ${objectId}`);
      return found;
    },
    customer: async (name) => (await database.prisma.customer.create({ data: { name, createdAt: clock.now() } })).id,
    jobs: async () => {
      const [row] = await database.prisma.$queryRaw<{ count: number }[]>`SELECT count(*)::int FROM pgboss.job`;
      return row?.count ?? 0;
    },
    close: async () => {
      await boss.stop({ graceful: false });
      await database.close();
    },
  };
};

export const DEADLINE = new Date('2026-12-23T23:59:59.999Z');

/** A claim of Robin's for a customer, as the store takes it. */
export const claimOf = async (record: Record, customerId: string, over: Partial<NewClaim> = {}): Promise<NewClaim> => {
  const { organisationId, personId } = await record.actor(ROBIN);
  const [engagement] = await record.ports.reads.engagements.listCurrent(record.clock.now());
  if (engagement === undefined) throw new Error('the demo has no engagement');
  return {
    organisationId,
    ownerId: personId,
    locationId: AMSTERDAM,
    customerId,
    engagementVersionId: engagement.id,
    engagementSlug: engagement.slug,
    kind: 'added',
    name: 'A claim',
    identifier: { type: 'tpid', value: '1234567' },
    tenantId: null,
    mismatchReason: null,
    market: 'A',
    hours: null,
    opportunityValueCents: null,
    createdAt: record.clock.now(),
    dueAt: DEADLINE,
    warnAt: null,
    contacts: {
      customer: { company: 'Newcomer', name: 'Anna', email: 'anna@newcomer.example', country: 'NL', language: 'nl' },
      partner: { name: 'Robin', email: 'robin@northbridge.example', phone: '14020' },
    },
    ...over,
  };
};

/** Keeps the claim, and fails when it was not taken. */
export const made = async ({ ports }: Record, claim: NewClaim): Promise<number> => {
  const number = await ports.inTx((tx) => tx.claims.add(claim));
  if (number === null) throw new Error('there is an open claim already');
  return number;
};

/** The same work so many times, all begun before any has ended. */
export const atOnce = <T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(index)));
