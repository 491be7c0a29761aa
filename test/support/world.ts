import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { pino } from 'pino';
import { type App, startApp } from '../../bot/app.ts';
import { readConfig } from '../../bot/config.ts';
import type { Directory } from '../../bot/entra/tenant-resolver.ts';
import type { Log } from '../../bot/log.ts';
import type { PartnerCenterCloud } from '../../bot/partner-center/connect.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { type Authority, startAuthority } from './authority.ts';
import { type Connector, startConnector } from './connector.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { postgresAt } from './postgres.ts';
import { type SignInAuthority, startSignIn } from './sign-in.ts';

export const APP_ID = '00000000-0000-4000-8000-00000000a001';
export const NORTHBRIDGE = '00000000-0000-4000-8000-000000000001';
export const TAILSPIN = '00000000-0000-4000-8000-000000000002';
export const ROBIN = '00000000-0000-4000-8000-000000000020';
export const SAM = '00000000-0000-4000-8000-000000000021';
export const ALEX = '00000000-0000-4000-8000-000000000022';
export const NOOR = '00000000-0000-4000-8000-000000000024';
export const JIP = '00000000-0000-4000-8000-000000000025';
export const LEE = '00000000-0000-4000-8000-000000000030';
export const AMSTERDAM = '00000000-0000-4000-8000-000000000301';

export const ENGINES = ['pglite', 'postgresql'] as const;
export type Engine = (typeof ENGINES)[number];

/** For stories about words and cards: that both engines keep the same is shown by the stories told on both. */
export const SERVER: readonly Engine[] = ['postgresql'];

/** Noon of a working day, so that no test depends on the day it runs. */
export const START = new Date('2026-11-23T12:00:00.000Z');

export type TestClock = { now(): Date; advance(milliseconds: number): void; set(at: Date): void };

export const testClock = (): TestClock => {
  let at = START.getTime();
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds;
    },
    set: (to) => {
      at = to.getTime();
    },
  };
};

export const DAY = 24 * 60 * 60 * 1000;

export type World = {
  readonly app: App;
  readonly url: string;
  readonly clock: TestClock;
  readonly authority: Authority;
  /** Who signs people in to the tab. */
  readonly signIn: SignInAuthority;
  readonly connector: Connector;
  readonly mailbox: Mailbox;
  readonly database: Database;
  /** Another process of the bot on the same record, on the server alone; it stops before this one, if not earlier. */
  replica(): Promise<App>;
  /** Ends this process of the bot and starts another on the same record. */
  restart(): Promise<void>;
  /** Fails when somebody was mailed or told something that no test looked at. */
  stop(): Promise<void>;
};

/** Building and filling an embedded database takes seconds; copying a finished one takes a fraction. */
const embedded = async (): Promise<Database> => {
  const file = process.env.CLAIMDESK_TEST_SNAPSHOT;
  if (file !== undefined && existsSync(file)) {
    return openDatabase({ memory: true, snapshot: new Blob([new Uint8Array(await readFile(file))]) });
  }
  return openDatabase({ memory: true });
};

const keepSnapshot = async (database: Database): Promise<void> => {
  const file = process.env.CLAIMDESK_TEST_SNAPSHOT;
  if (file === undefined || existsSync(file) || database.snapshot === null) return;
  const part = `${file}.${randomUUID()}`;
  await writeFile(part, Buffer.from(await (await database.snapshot()).arrayBuffer()));
  await rename(part, file);
};

/** A database of its own on the run's real server. */
export const serverDatabase = async (): Promise<string> => {
  const server = process.env.CLAIMDESK_TEST_SERVER;
  if (server === undefined) throw new Error('the run has no PostgreSQL server');
  return postgresAt(server).createDatabase(`t_${randomUUID().replaceAll('-', '')}`);
};

/** The whole product with authentication on, between a fake Teams and a real mail server, filled with the demo world. */
export const startWorld = async (
  engine: Engine,
  {
    fileHosts = [],
    settings = {},
    clock = testClock(),
    ...options
  }: {
    readonly directory?: Directory;
    readonly fileHosts?: readonly string[];
    readonly settings?: Readonly<Record<string, string>>;
    readonly clock?: TestClock;
    readonly partnerCenter?: PartnerCenterCloud;
    /** Instead of one that TEST_LOG turns on. */
    readonly log?: Log;
  } = {},
): Promise<World> => {
  const [authority, signIn, connector, mailbox] = await Promise.all([
    startAuthority({ appId: APP_ID, tenantId: NORTHBRIDGE }),
    startSignIn(APP_ID, clock),
    startConnector(),
    startMailbox(),
  ]);
  const serverUrl = engine === 'postgresql' ? await serverDatabase() : null;
  const open = () => (serverUrl === null ? embedded() : openDatabase({ url: serverUrl }));
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'https://claimdesk.example',
    MICROSOFT_APP_ID: APP_ID,
    MICROSOFT_APP_TENANT_ID: NORTHBRIDGE,
    MICROSOFT_APP_PASSWORD: 'not used: the credentials are a stand-in',
    ALLOWED_TENANTS: `${NORTHBRIDGE},${TAILSPIN}`,
    SMTP_URL: mailbox.smtpUrl,
    MAIL_FROM: 'Claimdesk <consent@claimdesk.example>',
    LOG_LEVEL: 'silent',
    ...settings,
  });
  let database = await open();
  const boot = (on = database) =>
    startApp(config, {
      log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
      clock,
      demo: true,
      // The minutes of this machine bring nothing: stories move their own clock, and sweep.
      ticks: false,
      database: on,
      ...options,
      cloud: {
        settings: authority.botFrameworkSettings,
        credentials: authority.credentials,
        connectorHosts: [new URL(connector.serviceUrl).host],
        fileHosts,
        signInKeysUrl: signIn.keysUrl,
      },
    });
  let app = await boot();
  const replicas: App[] = [];
  await keepSnapshot(database);
  return {
    get app() {
      return app;
    },
    get url() {
      return app.url;
    },
    get database() {
      return database;
    },
    clock,
    authority,
    signIn,
    connector,
    mailbox,
    replica: async () => {
      if (serverUrl === null) throw new Error('an embedded database serves one process');
      const replica = await boot(await openDatabase({ url: serverUrl }));
      replicas.push(replica);
      return replica;
    },
    restart: async () => {
      // An embedded database in memory ends with its process, so its content is handed on.
      const copy = database.snapshot === null ? null : await database.snapshot();
      await app.stop();
      database = copy === null ? await open() : await openDatabase({ memory: true, snapshot: copy });
      app = await boot();
    },
    stop: async () => {
      for (const replica of replicas) await replica.stop();
      await app.drain();
      await app.stop();
      const leftovers = [
        ...connector
          .unread()
          .map((post) => `a post in ${post.conversationId}: ${JSON.stringify(post.activity).slice(0, 200)}`),
        ...mailbox.unread().map((mail) => `a mail to ${mail.to.join()}: ${mail.subject}`),
      ];
      await Promise.all([authority.stop(), signIn.stop(), connector.stop(), mailbox.stop()]);
      if (leftovers.length > 0) throw new Error(`nobody looked at:\n${leftovers.join('\n')}`);
    },
  };
};
