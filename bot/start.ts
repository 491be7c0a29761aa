import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

const ROOT = join(import.meta.dirname, '..');
const PLAYGROUND_PORT = 56150;

const playgroundCli = (): string | null => {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
  } catch {
    return null;
  }
};

/** Starts the Playground beside the bot; resolves with its address once it serves. */
const startPlayground = (cli: string, botUrl: string, dataDir: string): Promise<{ url: string; child: ChildProcess }> =>
  new Promise((resolve, reject) => {
    const configPath = join(ROOT, '.m365agentsplayground.yml');
    // Without its file it would start with people of its own and say nothing.
    if (!existsSync(configPath)) return reject(new Error(`${configPath} is missing`));
    const log = join(dataDir, 'playground.log');
    const args = [
      cli,
      'start',
      '-e',
      `${botUrl}/api/messages`,
      '-c',
      'msteams',
      '-p',
      String(PLAYGROUND_PORT),
      '--disable-telemetry',
    ];
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        M365_AGENTS_PLAYGROUND_CONFIG_PATH: configPath,
        M365_AGENTS_PLAYGROUND_LOGFILE: log,
      },
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      // A busy port makes it take another one without a word, so its own line is what counts.
      const port = /Listening on (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve({ url: `http://localhost:${port}`, child });
    });
    child.once('exit', (code) => reject(new Error(`the Playground ended with status ${code}; see ${log}`)));
  });

/** `npm start`: local mode with the Playground in the browser. */
try {
  const config = readConfig();
  if (!config.local)
    throw new ConfigError(['MICROSOFT_APP_ID: npm start is local mode; use npm run serve with an app id']);
  mkdirSync(config.dataDir, { recursive: true });
  const app = await startApp(config);
  const cli = playgroundCli();
  const playground = cli === null ? null : await startPlayground(cli, `http://127.0.0.1:${app.port}`, config.dataDir);
  closeWithGrace({ delay: 20_000 }, async ({ err }) => {
    if (err) console.error(err);
    playground?.child.removeAllListeners('exit').kill();
    await app.stop();
  });
  playground?.child.once('exit', () => console.error('The Playground has ended; the bot is still running.'));
  console.log(`
Claimdesk is ready (local mode: demo data, no account, ${config.mail === null ? 'nothing leaves this machine' : 'mail goes to SMTP_URL'})

  Chat      ${playground?.url ?? 'install the development packages to get the Playground'}
  Mailbox   ${app.url}/local/mail
  Bot       ${app.url}/api/messages

Type "add customer" in the chat. Ctrl+C stops everything.
`);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
