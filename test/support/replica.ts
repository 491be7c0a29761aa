import { flushCompileCache } from 'node:module';
import { PgBoss } from 'pg-boss';
import { pino } from 'pino';
import { readConfig } from '../../bot/config.ts';
import { startDispatcher } from '../../bot/jobs/dispatcher.ts';
import { noticeDelivery } from '../../bot/jobs/notice-delivery.ts';
import { random, sha256 } from '../../bot/random.ts';
import { createAdapter } from '../../bot/teams/adapter.ts';
import { createPoster } from '../../bot/teams/poster.ts';
import { createTurns } from '../../bot/teams/turns.ts';
import { linksFrom } from '../../cards/links.ts';
import { openDatabase } from '../../prisma/database.ts';
import { QUEUES } from '../../prisma/stores/queue.ts';
import { sendingBook } from '../../prisma/stores/sendings.ts';
import { conversationStore } from '../../prisma/stores/teams.ts';
import { createStores } from '../../prisma/stores.ts';
import { standInCredentials } from './credentials.ts';

/** What a process of its own needs to know; as JSON in REPLICA. */
export type ReplicaOrder = { readonly appId: string; readonly databaseUrl: string; readonly now: string };

/**
 * A process that delivers notices and does nothing else, made of the parts of bot/app.ts. It is meant to be killed, says
 * `ready` to its parent, and ends with it.
 */
const { appId, databaseUrl, now } = JSON.parse(process.env.REPLICA ?? '{}') as ReplicaOrder;
const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
const clock = { now: () => new Date(now) };
const database = await openDatabase({ url: databaseUrl });
const boss = new PgBoss({ ...database.queue, schema: 'pgboss', schedule: false, supervise: false, max: 3 });
boss.on('error', (error) => log.error({ error: error.message }, 'the queue stumbled'));
await boss.start();
const { inTx, reads } = createStores(database, boss, () => {});
const ports = {
  inTx,
  reads,
  clock,
  random,
  sha256,
  resolveTenant: async () => ({ kind: 'unavailable' as const }),
  settings: { admins: new Set<string>(), selfReview: false, partnerCenter: null },
  rates: null,
};
const config = readConfig({ POSTS_PER_SECOND: '50' });
const settings = { MicrosoftAppId: appId, MicrosoftAppType: 'MultiTenant' };
const adapter = createAdapter(config, { settings, credentials: standInCredentials(appId) }, log);
const turns = createTurns(sendingBook(database, config.postsPerSecond), log);
const poster = createPoster(adapter, appId, turns, log);
const chats = conversationStore(database.prisma);
const links = () => linksFrom('http://localhost', null);
const dispatcher = await startDispatcher(
  boss,
  { [QUEUES.notice]: noticeDelivery({ ports, poster, turns, chats, links, teams: true, log }) },
  log,
);
process.on('disconnect', () => process.exit(0));
// As if the cron tick came more often: what other processes queued is found by looking.
process.on('message', dispatcher.wake);
process.send?.('ready');
// Who is killed leaves nothing for the next one otherwise.
flushCompileCache();
