import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { hostConfig, PICTURE, styleSheet, type Theme } from './render-card-look.ts';
import { STAGE } from './render-card-stage.ts';

export type CardInput = {
  readonly id: string;
  readonly type: string;
  readonly label: string;
  readonly value: string;
  readonly required: boolean;
  /** What the card says is wrong with it, once a button was pressed. */
  readonly error: string;
};

/** What a press did: sent something (a Submit has an empty verb), was held back, opened a link, or changed the card. */
export type Press =
  | { readonly verb: string; readonly data: Readonly<Record<string, unknown>> }
  | { readonly blocked: readonly string[] }
  | { readonly url: string }
  | { readonly local: string };

export type CardInDom = {
  readonly html: string;
  /** What a reader sees, in reading order: texts, facts, labels, options, buttons, error messages. */
  readonly texts: readonly string[];
  readonly inputs: readonly CardInput[];
  /** Fills inputs by id (ids and values as the card names them, several choices joined by commas), then presses. */
  press(title: string, values?: Readonly<Record<string, string>>): Press;
};

export type Picture = { readonly name: string; readonly card: unknown; readonly locale: string };
export const PHONE = 300;
export const DESKTOP = 560;

type DomWindow = { eval(source: string): unknown };
type Jsdom = { readonly JSDOM: new (html: string, options: object) => { readonly window: DomWindow } };

const load = createRequire(import.meta.url);
// The package itself cannot be imported in Node: its modules leave out file endings. The bundle runs anywhere.
const BUNDLE = load.resolve('adaptivecards/dist/adaptivecards.min.js');

const CHROMIUM_ARGUMENTS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

let stage: ((card: string, config: string) => CardInDom) | undefined;

/** Renders a card as the Adaptive Cards JavaScript renderer does, without a browser. */
export function renderInDom(card: unknown): CardInDom {
  stage ??= openDom();
  const shown = stage(JSON.stringify(card), JSON.stringify(hostConfig('light')));
  return {
    get html() {
      return shown.html;
    },
    get texts() {
      return ours(shown.texts);
    },
    get inputs() {
      return ours(shown.inputs);
    },
    press: (title, values = {}) => ours(shown.press(title, values)),
  };
}

/** Writes `<folder>/<name>.png` for each card, at `width` CSS pixels, and returns the files. */
export async function photograph(
  cards: readonly Picture[],
  folder: string,
  { width = DESKTOP, theme = 'light' }: { readonly width?: number; readonly theme?: Theme } = {},
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  await withPage(theme, width, async (page) => {
    for (const { name, card, locale } of cards) {
      await page.evaluate(`document.body.innerHTML = '<div class="shot"><figure></figure></div>'`);
      await page.evaluate(drawIn('figure', card, locale, theme));
      await page.locator('.shot').screenshot({ path: join(folder, `${name}.png`) });
    }
  });
  return cards.map(({ name }) => join(folder, `${name}.png`));
}

/** Writes all cards, each under its name, into one PNG of `columns` columns, each `width` CSS pixels wide. */
export async function photographSheet(
  cards: readonly Picture[],
  file: string,
  {
    width = PHONE,
    columns = 4,
    theme = 'light',
  }: { readonly width?: number; readonly columns?: number; readonly theme?: Theme } = {},
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await withPage(theme, width, async (page) => {
    await page.evaluate(`document.body.innerHTML = '<div class="sheet"></div>'`);
    await page.evaluate(`document.querySelector('.sheet').style.gridTemplateColumns = 'repeat(${columns}, auto)'`);
    for (const { name, card, locale } of cards) {
      const caption = JSON.stringify(`${name} · ${locale}`);
      await page.evaluate(`{
        const figure = document.createElement('figure');
        figure.append(Object.assign(document.createElement('figcaption'), { textContent: ${caption} }));
        document.querySelector('.sheet').append(figure);
      }`);
      await page.evaluate(drawIn('figure:last-child', card, locale, theme));
    }
    await page.locator('.sheet').screenshot({ path: file });
  });
}

function openDom() {
  const { JSDOM } = load('jsdom') as Jsdom;
  const { window } = new JSDOM('<!doctype html><html><body></body></html>', { runScripts: 'outside-only' });
  window.eval(readFileSync(BUNDLE, 'utf8'));
  window.eval(STAGE);
  return window.eval('window.stage') as (card: string, config: string) => CardInDom;
}

async function withPage(theme: Theme, width: number, use: (page: Page) => Promise<void>) {
  const { chromium } = await import('playwright-core');
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const page = await browser.newPage({ colorScheme: theme, deviceScaleFactor: 2 });
    // A picture must not depend on the network: every address answers with a grey square.
    await page.route(/^https?:/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: PICTURE }));
    await page.setContent(`<!doctype html><meta charset="utf-8"><style>${styleSheet(theme, width)}</style>`);
    await page.addScriptTag({ path: BUNDLE });
    await page.addScriptTag({ content: STAGE });
    await use(page);
  } finally {
    await browser.close();
  }
}

function drawIn(place: string, card: unknown, locale: string, theme: Theme): string {
  const source = JSON.stringify(JSON.stringify(card));
  const config = JSON.stringify(JSON.stringify(hostConfig(theme)));
  return `void window.stage(${source}, ${config}, document.querySelector('${place}'), '${locale}')`;
}

/** What the page hands out belongs to the page's own realm, where an object is no Object of ours. */
function ours<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
