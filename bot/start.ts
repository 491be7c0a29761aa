import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog, loggable, whyNot } from './log.ts';

const ROOT = join(import.meta.dirname, '..');
const PLAYGROUND_PORT = 56150;
const PLAYGROUND_WITHIN_MS = 60_000;

const playgroundCli = (): string | null => {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch {
    return null;
  }
};

type Playground = {
  readonly child: ChildProcess;
  /** Its address, once it serves. */
  readonly url: Promise<string>;
};

/** Starts the Playground beside the bot. */
const startPlayground = (cli: string, botUrl: string, dataDir: string): Playground => {
  const configPath = join(ROOT, '.m365agentsplayground.yml');
  // Without its file it would start with people of its own and say nothing.
  if (!existsSync(configPath)) throw new Error(`${configPath} is missing`);
  const log = join(dataDir, 'playground.log');
  const port = ['-p', String(PLAYGROUND_PORT)];
  const args = [cli, 'start', '-e', `${botUrl}/api/messages`, '-c', 'msteams', ...port, '--disable-telemetry'];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: configPath,
      M365_AGENTS_PLAYGROUND_LOGFILE: log,
    },
  });
  const url = new Promise<string>((resolve, reject) => {
    const failed = (why: string) => reject(new Error(`the Playground ${why}; see ${log}`));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      // A busy port makes it take another one without a word, so its own line is what counts.
      const listening = /Listening on (\d+)/.exec(said)?.[1];
      if (listening !== undefined) resolve(`http://localhost:${listening}`);
    });
    child.once('exit', (code) => failed(`ended with status ${code}`));
    child.once('error', ({ message }) => failed(`did not start (${message})`));
    setTimeout(() => failed(`did not serve within ${PLAYGROUND_WITHIN_MS / 1000} s`), PLAYGROUND_WITHIN_MS).unref();
  });
  return { child, url };
};

/** `npm start`: local mode with the Playground in the browser. */
try {
  const config = readConfig();
  if (!config.local)
    throw new ConfigError(['MICROSOFT_APP_ID: npm start is local mode; use npm run serve with an app id']);
  mkdirSync(config.dataDir, { recursive: true });
  const log = createLog(config.logLevel);
  const app = await startApp(config, { log });
  const cli = playgroundCli();
  const playground = cli === null ? null : startPlayground(cli, `http://127.0.0.1:${app.port}`, config.dataDir);
  const stop = async () => {
    playground?.child.removeAllListeners('exit').kill();
    await app.stop();
  };
  closeWithGrace({ delay: 20_000 }, ({ err }) => {
    if (err) log.fatal({ error: loggable(err) }, 'an error that nobody caught');
    return stop();
  });
  const chat = await playground?.url.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  playground?.child.once('exit', () => console.error('The Playground has ended; the bot is still running.'));
  console.log(`
Claimdesk is ready (local mode: demo data, no account, ${config.mail === null ? 'nothing leaves this machine' : 'mail goes to SMTP_URL'})

  Chat      ${chat ?? 'install the development packages to get the Playground'}
  Tab       ${app.url}/tab
  Mailbox   ${app.url}/local/mail
  Bot       ${app.url}/api/messages

Type "add customer" in the chat. Ctrl+C stops everything.
`);
} catch (error) {
  console.error(whyNot(error));
  process.exit(1);
}
