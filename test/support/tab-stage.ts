import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Locator, Page } from 'playwright-core';
import { type App, startApp } from '../../bot/app.ts';
import { readConfig } from '../../bot/config.ts';
import type { KeptMail } from '../../bot/mail/mailer.ts';
import { type Database, openDatabase } from '../../prisma/database.ts';
import { openTabBrowser, type TabBrowser } from './tab-browser.ts';

/** Claimdesk in local mode, filled with the demo world, and a browser to look at its tab with: Robin does. */
export type TabStage = TabBrowser & {
  readonly app: App;
  readonly database: Database;
  /** Runs the sweeps, or moves the clock. */
  readonly local: (path: string, init?: RequestInit) => Promise<unknown>;
  /** The link in the newest consent mail. */
  readonly newestLink: () => Promise<string>;
  readonly stop: () => Promise<void>;
};

export const openTabStage = async (folder: string): Promise<TabStage> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'claimdesk-tab-'));
  const opened: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    while (opened.length > 0) await opened.pop()?.();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    const database = await openDatabase({ memory: true });
    const app = await startApp(readConfig({ PORT: '0', DATA_DIR: dataFolder }), {
      log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
      ticks: false,
      database,
    });
    opened.push(() => app.stop());
    const browser = await openTabBrowser(folder);
    opened.push(() => browser.close());
    const local = async (path: string, init?: RequestInit) => {
      const response = await fetch(`${app.url}/local/${path}`, { headers: { Accept: 'application/json' }, ...init });
      if (!response.ok) throw new Error(`/local/${path} answered ${response.status}.`);
      return response.json() as Promise<unknown>;
    };
    const newestLink = async () => {
      await app.drain();
      const mails = (await local('mail')) as KeptMail[];
      return /https?:\S+\/consent\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
    };
    return { ...browser, app, database, local, newestLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The panel in which something is done, and how a person gets on in it. */
export const panelOf = (page: Page) => {
  const panel = page.getByRole('dialog');
  const card = panel.locator('.ac-adaptiveCard').first();
  const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  /** By the whole label: one may begin with another. Fields that must be filled in bear a star. */
  const field = (label: string): Locator => panel.getByLabel(new RegExp(`^${escaped(label)}\\s*\\*?$`));
  /** Presses a button, and waits until its answer is there. */
  const press = async (title: string | RegExp): Promise<void> => {
    const asked = page.waitForRequest((request) => request.url().endsWith('/api/actions'));
    await panel.getByRole('button', { name: title, exact: true }).click();
    await (await asked).response();
    await panel.locator('[aria-busy="false"]').waitFor();
  };
  const see = (text: string | RegExp): Promise<void> => panel.getByText(text).first().waitFor();
  const pick = async (label: string, option: string): Promise<void> => {
    const list = field(label).and(panel.locator('select'));
    const choice = panel.getByRole('radio', { name: new RegExp(`${escaped(option)}$`) });
    await list.or(choice).waitFor();
    if ((await list.count()) > 0) await list.selectOption({ label: option });
    else await choice.check();
  };
  return { panel, card, field, press, see, pick };
};

/** Opens a place of the tab, and waits until nothing is loading. */
export const goTo = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.waitForLoadState('networkidle');
};
