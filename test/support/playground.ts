import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium as browserType, type Locator, type Page, type Request } from 'playwright-core';

export type Playground = Readonly<{ url: string; stop: () => Promise<void> }>;

export type PlaygroundPage = Readonly<{
  page: Page;
  /** Opens a conversation of the list on the left. `Personal Chat` is open from the start. */
  openChat: (name: string) => Promise<void>;
  /** Sends a message; in a channel, a new post that mentions the bot. It does not wait for the bot: `seeText` does. */
  say: (text: string) => Promise<void>;
  /** The newest card of the open conversation (in a channel the first one of the newest post), found anew at each use. */
  lastCard: () => Locator;
  /** Types into a text, number or date input. Dates are `YYYY-MM-DD`. */
  fill: (label: string, value: string) => Promise<void>;
  /** Picks one option of a drop-down list, radio buttons or a time input (`10:30 AM`). */
  choose: (label: string, option: string) => Promise<void>;
  /** Leaves exactly these options of a multiple choice checked. A toggle's only option is its title. */
  check: (label: string, options: readonly string[]) => Promise<void>;
  /** Presses a button and waits until the bot answered it and the answer shows. Rejects when the bot fails. */
  press: (buttonTitle: string) => Promise<void>;
  /** Waits until something in the open conversation shows the text; what one typed oneself in a chat does not count. */
  seeText: (text: string | RegExp) => Promise<void>;
  screenshot: (path: string) => Promise<void>;
  close: () => Promise<void>;
}>;

const cli = createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');
const outerCard = '.ac-adaptiveCard:not(.ac-adaptiveCard .ac-adaptiveCard)';
const answeredPost = /\/_conversation\/v1\/(invoke|submit)$/;
const cardAnswer = 'application/vnd.microsoft.card.adaptive';

export function chromiumPath(): string | undefined {
  return [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && path !== '' && existsSync(path),
  );
}

/** The Playground in a process of its own, ready for a browser. Rejects with its log when it ends before that. */
export async function startPlayground({
  botUrl,
  port,
  configPath,
}: Readonly<{ botUrl: string; port?: number; configPath: string }>): Promise<Playground> {
  // A missing configuration is no fault to the Playground: it would go on with users and a tenant of its own.
  if (!existsSync(configPath)) throw new Error(`There is no Playground configuration at ${resolve(configPath)}.`);
  const wanted = port ?? (await freePort());
  const folder = mkdtempSync(join(tmpdir(), 'playground-'));
  const logFile = join(folder, 'playground.log');
  const args = [cli, 'start', '-e', botUrl, '-c', 'msteams', '-p', String(wanted), '--disable-telemetry'];
  const child = spawn(process.execPath, args, {
    // Its default paths hang on the working directory, and it writes there.
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_LOGFILE: logFile,
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: resolve(configPath),
    },
  });
  const exited = once(child, 'close');
  const stderr: string[] = [];
  child.stderr.on('data', (chunk) => stderr.push(String(chunk)));
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);

  const stop = async () => {
    process.off('exit', kill);
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const late = setTimeout(kill, 5_000);
      await exited;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const died = exited.then(([code, signal]): never => {
    const log = existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
    throw new Error(`The Playground ended (${signal ?? code}).\n${stderr.join('')}${log}`);
  });
  // Once it is up, its end is nobody's error.
  died.catch(() => undefined);

  try {
    const url = `http://localhost:${wanted}`;
    await Promise.race([listening(child.stdout, wanted), died]);
    // The page is served before the configuration is read, and a bad one ends the process; this answers only after.
    await fetch(`${url}/_internal/v1/config`).catch(() => died);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A person at the Playground, in a browser. Acts on the newest card, by the labels and titles that person reads. */
export async function openPlayground(
  url: string,
  { chromium, width = 1280, height = 900 }: Readonly<{ chromium: string; width?: number; height?: number }>,
): Promise<PlaygroundPage> {
  const browser = await browserType.launch({
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // The page asks a content network for its fonts; without them it looks the same on every machine.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
  try {
    const page = await browser.newPage({ viewport: { width, height }, locale: 'en-US', timezoneId: 'UTC' });
    page.setDefaultTimeout(15_000);
    await page.goto(url);
    // The log panel repeats every message, and takes the width the cards need.
    await page.getByRole('button', { name: 'Hide log panel' }).click();
    return driver(page, () => browser.close());
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function driver(page: Page, close: () => Promise<void>): PlaygroundPage {
  let inChannel = false;
  // A chat grows downwards; a channel has its newest post on top.
  const lastCard = () => {
    const cards = page.locator(outerCard);
    return inChannel ? cards.first() : cards.last();
  };

  const openChat = async (name: string) => {
    const entry = page.getByRole('treeitem').filter({ hasText: name });
    inChannel = ((await entry.getAttribute('aria-label')) ?? '').includes(' - ');
    await entry.click();
    const prompt = page.getByText(inChannel ? 'Start a new post' : 'Type a message...', { exact: true });
    await prompt.first().waitFor();
  };

  const say = async (text: string) => {
    const box = page.locator('[contenteditable][role="textbox"]').first();
    await box.click();
    if (inChannel) {
      await page.keyboard.type('@');
      await page.getByRole('menuitem').first().click();
    }
    await page.keyboard.type(inChannel ? ` ${text}` : text);
    const sent = page.waitForResponse((response) => /\/conversations\/[^/]+\/messages$/.test(response.url()));
    const send = page.getByRole('button', { name: inChannel ? 'Post' : 'Send Message', exact: true });
    await send.first().click();
    await sent;
  };

  /** The input and its label. They are found by the label's whole text, because one label may contain another. */
  const field = (label: string) =>
    lastCard()
      .locator('label.ac-richTextBlock')
      .filter({ hasText: whole(label, '\\s*\\*?') })
      .locator('xpath=..');

  const fill = async (label: string, value: string) => {
    const input = field(label).locator('input, textarea').first();
    if ((await input.getAttribute('aria-haspopup')) !== 'dialog') return input.fill(value);
    const [year, month, day] = value.split('-').map(Number);
    await input.fill(`${month}/${day}/${year}`);
    // Leaving the field reads what was typed. Focus may have opened the calendar, which hides the card from readers.
    await input.blur();
    if ((await input.getAttribute('aria-expanded')) === 'true') await input.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };

  const choose = async (label: string, option: string) => {
    const list = field(label).locator('[role="combobox"], [role="radiogroup"]');
    if ((await list.getAttribute('role')) === 'radiogroup') {
      return list.getByRole('radio', { name: option, exact: true }).check();
    }
    await list.click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };

  const check = async (label: string, options: readonly string[]) => {
    const boxes = field(label);
    const list = boxes.locator('[role="combobox"]');
    await list.or(boxes.getByRole('checkbox')).first().waitFor();
    if ((await list.count()) > 0) return checkInMenu(list, options);
    const labels = boxes.locator('label.fui-Label');
    for (const option of options) await labels.filter({ hasText: whole(option) }).waitFor();
    const titles = await labels.allInnerTexts();
    for (const [index, title] of titles.entries()) {
      await boxes.getByRole('checkbox').nth(index).setChecked(options.includes(title.trim()));
    }
  };

  const checkInMenu = async (list: Locator, options: readonly string[]) => {
    await list.click();
    const items = page.getByRole('menuitemcheckbox');
    for (const option of options) await items.filter({ hasText: whole(option) }).waitFor();
    for (const item of await items.all()) {
      const wanted = options.includes((await item.textContent())?.trim() ?? '');
      if (((await item.getAttribute('aria-checked')) === 'true') !== wanted) await item.click();
    }
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'hidden' });
  };

  const press = async (buttonTitle: string) => {
    const button = lastCard().getByRole('button', { name: buttonTitle, exact: true });
    const more = lastCard().getByRole('button', { name: 'More options', exact: true });
    await button.or(more).first().waitFor();
    const overflown = (await button.count()) === 0;
    const ids = lastCard().locator('[id^="__ac-"]');
    const drawn = (await ids.count()) > 0 ? await ids.first().getAttribute('id') : null;
    if (overflown) await more.click();
    const posts: Request[] = [];
    const note = (request: Request) => void (answeredPost.test(request.url()) && posts.push(request));
    page.on('request', note);
    try {
      await (overflown ? page.getByRole('menuitem', { name: buttonTitle, exact: true }) : button).click();
      // A press that an input's own check refuses, or that only opens or shows something, sends nothing.
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
    } finally {
      page.off('request', note);
    }
    const post = posts[0];
    if (!post) return;
    const response = await post.response();
    const text = (await response?.text()) ?? '';
    if (!response?.ok()) throw new Error(`The bot did not answer '${buttonTitle}': ${text || 'no response'}`);
    const type: unknown = text.startsWith('{') ? JSON.parse(text).type : undefined;
    if (type !== cardAnswer) return;
    // A new card reuses the elements of the one it replaces, but not their ids, even when it is the same card again.
    if (drawn) await page.locator(`[id="${drawn}"]`).waitFor({ state: 'detached' });
  };

  const seeText = (text: string | RegExp) =>
    page.locator('.fai-OutputCard, .fui-Card').getByText(text).filter({ visible: true }).first().waitFor();

  const screenshot = async (path: string) => {
    await page.screenshot({ path, animations: 'disabled' });
  };

  return { page, openChat, say, lastCard, fill, choose, check, press, seeText, screenshot, close };
}

function whole(text: string, tail = ''): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}${tail}\\s*$`);
}

/** The Playground takes any other port when the wanted one is busy, and says so only here. */
async function listening(stdout: NodeJS.ReadableStream, wanted: number): Promise<void> {
  for await (const line of createInterface({ input: stdout })) {
    const port = /Listening on (\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    stdout.resume();
    if (Number(port) === wanted) return;
    throw new Error(`Port ${wanted} is busy: the Playground chose ${port}.`);
  }
  await new Promise<never>(() => undefined);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
