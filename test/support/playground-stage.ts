import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { pino } from 'pino';
import { chromium as browserType, type Page } from 'playwright-core';
import { type App, startApp } from '../../bot/app.ts';
import { readConfig } from '../../bot/config.ts';
import type { KeptMail } from '../../bot/mail/mailer.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { chromiumPath, openPlayground, type PlaygroundPage, startPlayground } from './playground.ts';

/** Claimdesk in local mode, a person at the Playground in a browser, and a customer with a phone. */
export type Stage = Readonly<{
  app: App;
  database: Database;
  /** Where the Playground serves its page and its HTTP surface. */
  url: string;
  chat: PlaygroundPage;
  /** The same person at a narrow window. It is closed by whoever opened it. */
  openNarrow: () => Promise<PlaygroundPage>;
  customer: Page;
  /** Writes `NN-<name>.png` into the folder of this walk: what is in sight, or of a page of its own all of it. */
  picture: (page: Page, name: string) => Promise<void>;
  /** Asks one of the routes of local mode. */
  local: (path: string, init?: RequestInit) => Promise<unknown>;
  newestMail: () => Promise<KeptMail | undefined>;
  /** The link in it. */
  newestLink: () => Promise<string>;
  stop: () => Promise<void>;
}>;

const CONFIG = join(import.meta.dirname, '../../.m365agentsplayground.yml');
const OUTPUT = join(import.meta.dirname, '../output');
const chromium = chromiumPath();
/**
 * As narrow as the Playground's page goes before it scrolls sideways: it draws no card narrower than 450. What a card is
 * at a phone's 300 the gallery shows (test/support/render-card.ts).
 */
const NARROW = { width: 620, height: 1_800 };

/** A story that needs a browser. Said aloud: a run without one has not seen what a person sees. */
export const inBrowser = (title: string, story: () => void): void => {
  if (chromium === undefined) describe.skip(`${title} (SKIPPED: no Chromium; name one in CHROMIUM_PATH)`, story);
  else describe(title, story);
};

/**
 * Tests that are steps of one story: after one that failed the rest would only wait for what never comes. What was in
 * sight then is kept by `look`.
 */
export const stepsOf = (look: () => Promise<void>): ((title: string, step: () => Promise<void>) => void) => {
  let failed: string | undefined;
  return (title, step) =>
    test(title, async () => {
      if (failed !== undefined) throw new Error(`Not tried, because a step before it failed: ${failed}`);
      try {
        await step();
      } catch (error) {
        failed = title;
        await look();
        throw error;
      }
    });
};

export const steps = (seen: () => Stage) => stepsOf(() => seen().picture(seen().chat.page, 'failed'));

/** Every walk has a port and a folder of its own: test files run side by side. */
export async function openStage({ port, folder }: Readonly<{ port: number; folder: string }>): Promise<Stage> {
  const pictures = join(OUTPUT, folder);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const dataFolder = mkdtempSync(join(tmpdir(), 'claimdesk-playground-'));
  const opened: (() => Promise<unknown> | undefined)[] = [];
  const stop = async () => {
    while (opened.length > 0) await opened.pop()?.();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    const database = await openDatabase({ memory: true });
    const app = await startApp(readConfig({ PORT: '0', DATA_DIR: dataFolder }), {
      log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
      database,
    });
    opened.push(() => app.stop());
    const playground = await startPlayground({ botUrl: `${app.url}/api/messages`, configPath: CONFIG, port });
    opened.push(() => playground.stop());
    const executable = { chromium: chromium ?? '' };
    const chat = await openPlayground(playground.url, { ...executable, width: 1280, height: 1400 });
    opened.push(() => chat.close());
    const openNarrow = () => openPlayground(playground.url, { ...executable, ...NARROW });
    const browser = await browserType.launch({
      executablePath: executable.chromium,
      args: ['--no-sandbox', '--disable-gpu'],
    });
    opened.push(() => browser.close());
    const customer = await browser.newPage({ viewport: { width: 390, height: 844 } });

    let taken = 0;
    const picture = async (page: Page, name: string) => {
      taken += 1;
      await page.screenshot({
        path: join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`),
        animations: 'disabled',
        fullPage: page === customer,
      });
    };
    const local = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${app.url}/local/${path}`, { headers: { Accept: 'application/json' }, ...init });
      if (!response.ok) throw new Error(`/local/${path} answered ${response.status}.`);
      return response.json() as Promise<unknown>;
    };
    const newestMail = async () => ((await local('mail')) as KeptMail[]).at(-1);
    const newestLink = async () => /https?:\S+\/consent\/\S+/.exec((await newestMail())?.text ?? '')?.[0] ?? '';
    return {
      app,
      database,
      url: playground.url,
      chat,
      openNarrow,
      customer,
      picture,
      local,
      newestMail,
      newestLink,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
