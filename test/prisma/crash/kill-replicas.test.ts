import { type ChildProcess, fork } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PgBoss } from 'pg-boss';
import { sendDue } from '../../../domain/notices/send-due.ts';
import { tell } from '../../../domain/notices/tell.ts';
import { type Connector, startConnector } from '../../support/connector.ts';
import { newsIn } from '../../support/news.ts';
import type { ReplicaOrder } from '../../support/replica.ts';
import { APP_ID, DAY, NORTHBRIDGE, ROBIN } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'support', 'replica.ts');
const REPLICAS = 4;
const SPARES = 2;
/** A hundred, and what else there is, by hand: KILLS=100. */
const KILLS = Number(process.env.KILLS ?? 20);
const PEOPLE = 40;
/** Told between two kills, so that there is work throughout. */
const TOLD = 8;

/** Numbers that follow from the seed (mulberry32), so that a run can be had again. */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
};

let record: Record;
let connector: Connector;
let boss: PgBoss;
let order: ReplicaOrder;
const cache = join(tmpdir(), `claimdesk-compiled-${process.pid}`);
const children = new Set<ChildProcess>();

beforeAll(async () => {
  connector = await startConnector();
  record = await openRecord('postgresql');
  boss = new PgBoss({ ...record.database.queue, schema: 'pgboss', schedule: false, supervise: false, max: 2 });
  await boss.start();
  const databaseUrl = record.database.queue.connectionString ?? '';
  order = { appId: APP_ID, databaseUrl, now: record.clock.now().toISOString() };
}, 60_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await boss?.stop({ graceful: false });
  await record?.close();
  await connector?.stop();
  rmSync(cache, { recursive: true, force: true });
});

const startReplica = async (): Promise<ChildProcess> => {
  const child = fork(PROGRAM, {
    execArgv: ['--disable-warning=DeprecationWarning', '--disable-warning=ExperimentalWarning'],
    // A hundred processes begin alike: what they are made of is compiled once.
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: cache, REPLICA: JSON.stringify(order) },
  });
  children.add(child);
  const [said] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (said !== 'ready') throw new Error(`a replica ended with ${said} before it began`);
  return child;
};

/** People with a chat each; their ids. */
const readers = async (): Promise<readonly string[]> => {
  const { prisma } = record.database;
  const { organisationId } = await record.actor(ROBIN);
  const createdAt = record.clock.now();
  const people = Array.from({ length: PEOPLE }, () => ({ id: randomUUID(), objectId: randomUUID() }));
  const tenantId = NORTHBRIDGE;
  await prisma.person.createMany({
    data: people.map((one) => ({ ...one, tenantId, organisationId, name: 'Reader', createdAt })),
  });
  await prisma.conversation.createMany({
    data: people.map(({ id }) => ({
      id: `a:chat-of-${id}`,
      tenantId,
      type: 'personal',
      serviceUrl: connector.serviceUrl,
      botId: `28:${APP_ID}`,
      personId: id,
      active: true,
      updatedAt: createdAt,
    })),
  });
  return people.map(({ id }) => id);
};

let news = 0;
const tellOne = (personId: string): Promise<void> => {
  news += 1;
  const { ports, clock } = record;
  const admin = `News ${news}.`;
  const at = clock.now();
  const facts = { admin, from: at.toISOString(), until: at.toISOString() };
  return ports.inTx((tx) => tell(ports, tx, 'standInNamed', { personId }, admin, { facts }, at));
};

/** The replica whose post comes next: it was taken, and its answer never comes. */
const posting = (replicas: readonly ChildProcess[]): Promise<ChildProcess | undefined> =>
  new Promise((resolve) => {
    connector.failNext({
      on: 'send',
      hold: (token) => {
        resolve(replicas.find(({ pid }) => token === `bot-${pid}`));
        return new Promise(() => {});
      },
    });
  });

/** As if the time had passed after which what a dead process held is noticed. */
const letTimePass = async (): Promise<void> => {
  const { prisma } = record.database;
  await prisma.$executeRaw`
    UPDATE "Sending" SET "sentAt" = "sentAt" - interval '31 seconds'
     WHERE "answeredAt" IS NULL AND "sentAt" < clock_timestamp() - interval '1 second'`;
  await prisma.$executeRaw`
    UPDATE pgboss.job SET started_on = started_on - interval '1 hour'
     WHERE state = 'active' AND started_on < clock_timestamp() - interval '5 seconds'`;
  await prisma.$executeRaw`UPDATE pgboss.queue SET monitor_on = NULL, monitor_claim_on = NULL`;
  await boss.supervise();
  await prisma.$executeRaw`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`;
};

const unsettled = () => record.database.prisma.notice.count({ where: { state: { in: ['pending', 'sending'] } } });

test('R32: replicas are killed a hundred times, and no notice is lost, nor said twice without saying so', async () => {
  const seed = Number(process.env.CRASH_SEED ?? randomInt(2 ** 31));
  console.log(`kill-replicas: CRASH_SEED=${seed}`);
  const below = seeded(seed);
  const people = await readers();
  const someone = () => people[below(people.length)] ?? '';
  const replicas = await Promise.all(Array.from({ length: REPLICAS }, startReplica));
  let spares = Array.from({ length: SPARES }, startReplica);
  const wake = () => {
    for (const replica of replicas) if (replica.connected) replica.send('look');
  };

  let underPost = 0;
  for (let kills = 0; kills < KILLS; kills += 1) {
    await Promise.all(Array.from({ length: TOLD }, () => tellOne(someone())));
    wake();
    // Every third dies while it waits for the answer about something that was taken; the others whenever it is.
    let victim = replicas[below(replicas.length)];
    if (kills % 3 === 0) {
      victim = await posting(replicas);
      underPost += 1;
    } else await pause(below(100));
    if (victim === undefined) throw new Error('nobody to kill');
    const at = replicas.indexOf(victim);
    victim.kill('SIGKILL');
    await once(victim, 'exit');
    children.delete(victim);
    const [next = startReplica(), ...rest] = spares;
    replicas[at] = await next;
    spares = [...rest, startReplica()];
    if (kills % 10 === 9) await letTimePass();
  }
  await Promise.all(spares);

  const settle = async () => {
    for (let looks = 0; (await unsettled()) > 0; looks += 1) {
      if (looks === 60) throw new Error(`${await unsettled()} notices are still on their way`);
      await letTimePass();
      wake();
      await pause(500);
    }
  };
  await settle();
  // What nobody knows to have arrived is said once more, and then everything has an end.
  record.clock.advance(DAY);
  const repeated = await sendDue(record.ports);
  await settle();

  const copies = Map.groupBy(connector.posted(), ({ activity }) => newsIn(activity));
  const notices = await record.database.prisma.notice.findMany({ where: { kind: 'standInNamed' } });
  const faults = notices.flatMap(({ key, state, repeats, sayAt, facts }) => {
    const posts = copies.get((facts as { admin: string }).admin) ?? [];
    const marked = posts.filter(({ activity }) => JSON.stringify(activity).includes('This may be a repeat')).length;
    const known = state === 'delivered' || (state === 'ambiguous' && repeats === 1 && sayAt === null);
    const there = state !== 'delivered' || posts.length > 0;
    const few = posts.length <= 1 + repeats && posts.length - marked <= 1 && marked <= repeats;
    return known && there && few ? [] : [{ key, state, repeats, posts: posts.length, marked }];
  });
  expect(faults).toEqual([]);
  expect(notices).toHaveLength(KILLS * TOLD);
  // Posts were interrupted indeed, or this would show nothing.
  expect(underPost).toBeGreaterThan(0);
  expect(repeated).toBeGreaterThan(0);
  const states = await record.database.prisma.notice.groupBy({ by: ['state', 'repeats'], _count: true });
  console.log(`kill-replicas: ${underPost} kills under a post, ${repeated} said again, ${JSON.stringify(states)}`);
}, 240_000);
