import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { linksFrom } from '../cards/links.ts';
import type { Clock, Ports } from '../domain/ports.ts';
import { type Database, openDatabase } from '../prisma/database.ts';
import { demoWorld, seedDemo } from '../prisma/demo/seed.ts';
import { welcomeTenants } from '../prisma/organisations.ts';
import { countRows } from '../prisma/state.ts';
import { QUEUES } from '../prisma/stores/queue.ts';
import { sendingBook } from '../prisma/stores/sendings.ts';
import { activityBook, conversationStore, credentialStore, eventBook, tenantCache } from '../prisma/stores/teams.ts';
import { tidy } from '../prisma/stores/tidy.ts';
import { createStores } from '../prisma/stores.ts';
import { createAfterwards } from './afterwards.ts';
import { movableClock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { entraSignIn, localSignIn } from './entra/sign-in.ts';
import { type Directory, demoDirectory, openIdDirectory, tenantResolver } from './entra/tenant-resolver.ts';
import { createFailure } from './failure.ts';
import { apiRoutes } from './http/api.ts';
import { consentRoutes } from './http/consent.ts';
import { exportRoutes } from './http/export.ts';
import { localRoutes } from './http/local.ts';
import { messageRoutes } from './http/messages.ts';
import { partnerCenterRoutes } from './http/partner-center.ts';
import { limited, perMinute } from './http/rate-limit.ts';
import { close, createServer, listen } from './http/server.ts';
import { tabRoutes } from './http/tab.ts';
import { fileFetcher } from './imports/download.ts';
import { type Dispatcher, startDispatcher } from './jobs/dispatcher.ts';
import { mailDelivery } from './jobs/mail-delivery.ts';
import { noticeDelivery } from './jobs/notice-delivery.ts';
import { referralDelivery } from './jobs/referral-delivery.ts';
import { startSweeps } from './jobs/sweeps.ts';
import { createLog, type Log, loggable } from './log.ts';
import { localMailbox, type MailFailure, smtpMailer } from './mail/mailer.ts';
import { connectPartnerCenter, type PartnerCenterCloud } from './partner-center/connect.ts';
import { eventsOf, partnerCenterSweeps } from './partner-center/hearing.ts';
import { random, sha256 } from './random.ts';
import { type Cloud, createAdapter } from './teams/adapter.ts';
import { createGateway } from './teams/gateway.ts';
import { createOwnChat } from './teams/own-chat.ts';
import { createPoster } from './teams/poster.ts';
import { createTurns } from './teams/turns.ts';

/** What a caller may bring instead of the real thing. */
export type Parts = {
  readonly log?: Log;
  readonly clock?: Clock;
  readonly cloud?: Cloud;
  readonly directory?: Directory;
  readonly partnerCenter?: PartnerCenterCloud;
  /** Fills an empty database with the demo world and looks domains up in it, as local mode does. */
  readonly demo?: true;
  /** False: the sweeps run when they are asked to, and not with the minutes of this machine's own clock. */
  readonly ticks?: boolean;
  /** An open database; the app closes it when it stops. */
  readonly database?: Database;
};

export type App = {
  readonly port: number;
  readonly url: string;
  readonly ports: Ports;
  /** Delivers everything that waits, and whatever follows from it. */
  readonly drain: () => Promise<void>;
  /** Runs the sweeps, then drains. */
  readonly sweep: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** How often an address may try without a valid token. */
const STRANGERS_PER_MINUTE = 60;

/** The whole of Claimdesk in one process, each part by name, started in order and stopped in reverse. */
export const startApp = async (config: Config, parts: Parts = {}): Promise<App> => {
  const log = parts.log ?? createLog(config.logLevel);
  const undo: (() => Promise<unknown> | undefined)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) {
      await Promise.resolve(step()).catch((error: unknown) =>
        log.error({ error: loggable(error) }, 'a part did not stop'),
      );
    }
  };
  try {
    const database =
      parts.database ??
      (await openDatabase(config.databaseUrl === null ? { folder: config.dataDir } : { url: config.databaseUrl }));
    undo.push(database.close);

    const movable = config.local ? movableClock(join(config.dataDir, 'clock.json'), parts.clock) : null;
    const clock = movable ?? parts.clock ?? systemClock;

    const boss = new PgBoss({ ...database.queue, schema: 'pgboss', schedule: false, max: 3 });
    boss.on('error', (error) => log.error({ error: loggable(error) }, 'the queue stumbled'));
    await boss.start();
    undo.push(() => boss.stop({ graceful: true, timeout: 5_000 }));

    let dispatcher: Dispatcher | null = null;
    const { inTx, reads } = createStores(database, boss, () => dispatcher?.wake());
    const demo = config.local || parts.demo === true;
    if (demo) await seedDemo(database, clock.now());
    await welcomeTenants(database, [...config.allowedTenants], [...config.operatorTenants]);
    const world = demo ? demoWorld() : null;

    const directory = parts.directory ?? (world === null ? openIdDirectory() : demoDirectory(world.directory));
    const resolveTenant = tenantResolver(tenantCache(database.prisma), directory, clock);
    const { partnerCenter } = config;
    const keeper = credentialStore(database.prisma, 'partner-center', clock);
    const link = partnerCenter && connectPartnerCenter(partnerCenter, keeper, clock, parts.partnerCenter);
    const settings = {
      admins: config.admins,
      selfReview: config.selfReview,
      partnerCenter: partnerCenter && { tenantId: partnerCenter.tenantId, link: partnerCenter.link },
    };
    const rates = link?.rates ?? null;
    const ports: Ports = { inTx, reads, clock, random, sha256, resolveTenant, settings, rates };

    const mailbox = localMailbox(clock.now, join(config.dataDir, 'mail.json'));
    const failed = (failure: MailFailure) => log.warn(failure, 'a mail did not go through');
    const mailer = config.mail === null ? mailbox.mailer : smtpMailer(config.mail.smtpUrl, config.mail.from, failed);
    undo.push(async () => mailer.close());

    let url = '';
    const publicUrl = () => config.publicUrl ?? url;
    const links = () => linksFrom(publicUrl(), config.teamsAppId);
    const tenants = new Set([
      ...config.allowedTenants,
      ...(world?.organisations ?? []).map(({ tenantId }) => tenantId),
    ]);
    const adapter = createAdapter(config, parts.cloud ?? {}, log);
    const chats = conversationStore(database.prisma);
    const book = activityBook(database.prisma);
    const turns = createTurns(sendingBook(database, config.postsPerSecond), log);
    const poster = createPoster(adapter, config.app?.id ?? '', turns, log);
    const ownChat = createOwnChat({ chats, turns, poster, clock });
    const failure = createFailure(random, log);
    const afterwards = createAfterwards(log);
    const gateway = createGateway({
      adapter,
      poster,
      ownChat,
      failure,
      afterwards: afterwards.run,
      ports,
      book,
      chats,
      allow: {
        tenants,
        loopback: config.local,
        connectorHosts: parts.cloud?.connectorHosts ?? [],
      },
      teams: !config.local,
      publicUrl,
      links,
      fetchFile: fileFetcher({ loopback: config.local, others: parts.cloud?.fileHosts ?? [] }),
      log,
    });
    undo.push(afterwards.settled);

    const running = await startDispatcher(
      boss,
      {
        [QUEUES.mail]: mailDelivery(ports, mailer, publicUrl),
        [QUEUES.notice]: noticeDelivery({ ports, poster, turns, chats, links, teams: !config.local, log }),
        [QUEUES.referral]: referralDelivery(ports, link?.api ?? null, log),
      },
      log,
    );
    dispatcher = running;
    undo.push(running.stop);

    const hearing = link === null ? {} : partnerCenterSweeps(link, partnerCenter?.webhooks ? publicUrl : null);
    const sweeps = startSweeps(ports, hearing, () => tidy(database.prisma, clock.now()), log, parts.ticks ?? true);
    undo.push(sweeps.stop);

    const drain = async () => {
      await afterwards.settled();
      await running.drain();
    };
    const sweep = async () => {
      await sweeps.now();
      await drain();
    };

    const strangers = perMinute(STRANGERS_PER_MINUTE);
    const user = world?.people[0];
    const signIn =
      config.app === null
        ? localSignIn(user ?? { tenantId: '', objectId: '', name: '' })
        : entraSignIn(config.app.id, tenants, clock, parts.cloud?.signInKeysUrl);
    const server = createServer(
      [
        ...messageRoutes(gateway, strangers, config.proxyHops, async () => {
          await database.prisma.$queryRaw`SELECT 1`;
        }),
        ...limited(perMinute(config.requestsPerMinute), [
          ...consentRoutes(ports),
          ...exportRoutes(ports, (tenantId) => tenants.has(tenantId)),
        ]),
        ...tabRoutes({
          local: config.local,
          links,
          publicUrl,
          teamsAppId: config.teamsAppId,
          botId: config.app?.id ?? null,
          nonce: random.token,
        }),
        ...apiRoutes({
          ports,
          signIn,
          links,
          publicUrl,
          limits: { people: perMinute(config.requestsPerMinute), strangers },
          proxyHops: config.proxyHops,
          ownChat,
          failure,
          afterwards: afterwards.run,
          log,
        }),
        ...(link === null ? [] : partnerCenterRoutes(eventsOf(ports, link, eventBook(database.prisma, clock), log))),
        ...(movable === null
          ? []
          : localRoutes({
              mails: mailbox.mails,
              advance: movable.advance,
              now: clock.now,
              sweep,
              state: () => countRows(database),
            })),
      ],
      log,
      config,
    );
    const port = await listen(server, config.port, config.host);
    undo.push(() => close(server));
    url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
    if (config.local) url = `http://localhost:${port}`;
    return { port, url, ports, drain, sweep, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
