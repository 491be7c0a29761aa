import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { chromiumPath } from './playground.ts';

/** What somebody looks at the tab with. */
export type Look = {
  readonly width?: number;
  readonly height?: number;
  readonly locale?: string;
  readonly dark?: boolean;
  /** The system's own theme of high contrast. */
  readonly contrast?: boolean;
};

export type TabBrowser = {
  readonly browser: Browser;
  /** A window of its own, which shares nothing with the others. */
  readonly open: (look?: Look) => Promise<Page>;
  /** Writes `NN-<name>.png` into the folder of this story. */
  readonly picture: (page: Page, name: string) => Promise<void>;
  /** What went wrong in any page without being shown: scripts that threw, what the page's policy held back. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
};

const OUTPUT = join(import.meta.dirname, '../output');

/** A browser that knows this machine alone, and a folder of pictures. */
export const openTabBrowser = async (folder: string): Promise<TabBrowser> => {
  const pictures = join(OUTPUT, folder);
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath: chromiumPath() ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
  const errors: string[] = [];
  const watch = (context: BrowserContext) =>
    context
      .on('weberror', (error) => errors.push(String(error.error())))
      .on('console', (message) => {
        if (message.text().includes('Content Security Policy')) errors.push(message.text());
      });
  let taken = 0;
  return {
    browser,
    errors,
    open: async ({ width = 1280, height = 800, locale = 'en-GB', dark = false, contrast = false } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        timezoneId: 'Europe/Amsterdam',
        colorScheme: dark ? 'dark' : 'light',
        forcedColors: contrast ? 'active' : 'none',
        reducedMotion: 'reduce',
      });
      watch(context);
      context.setDefaultTimeout(10_000);
      return context.newPage();
    },
    picture: async (page, name) => {
      taken += 1;
      const path = join(pictures, `${String(taken).padStart(2, '0')}-${name}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    },
    close: () => browser.close(),
  };
};

/** Waits until a condition holds in a page, frame by frame: the tab's own policy lets no text be run as a script later. */
export const until = async (frame: Frame | Page, condition: string): Promise<void> => {
  await frame.evaluate(`new Promise((done, fail) => {
    const end = performance.now() + 10_000;
    const look = () => {
      if (${condition}) done(true);
      else if (performance.now() > end) fail(new Error(${JSON.stringify(`never came true: ${condition}`)}));
      else requestAnimationFrame(look);
    };
    look();
  })`);
};

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

type Violation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly {
    readonly html: string;
    readonly target: readonly string[];
    readonly failureSummary: string;
  }[];
};

/**
 * What axe has to say against what is shown; nothing is right. Left out are the marks by which Fluent knows that the focus
 * passes the edge of a group: whatever they are given they hand on at once, so nobody rests on one.
 */
export const axeFaults = async (frame: Frame | Page): Promise<readonly string[]> => {
  await frame.evaluate(`if (!('axe' in window)) { ${AXE} }`);
  const found = (await frame.evaluate(
    `axe.run({ include: document, exclude: ['[data-tabster-dummy]'] }, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] }).then((all) => all.violations)`,
  )) as readonly Violation[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target, failureSummary }) =>
      [`${id}: ${help}`, target.join(' '), html.slice(0, 300), failureSummary].join('\n  '),
    ),
  );
};

/**
 * What a narrow window cuts off: the page itself, when it scrolls sideways, and whatever ends beyond its right edge. A
 * drawing that scrolls by itself (WCAG 1.4.10 allows it to charts) and what is there for readers alone do not count.
 */
export const cutOff = (frame: Frame | Page): Promise<readonly string[]> =>
  frame.evaluate(`(() => {
    const { scrollWidth } = document.scrollingElement;
    const faults = scrollWidth > innerWidth ? ['the page is ' + scrollWidth + ' wide'] : [];
    for (const element of document.body.querySelectorAll('*')) {
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width <= 1 || height <= 1 || right <= innerWidth + 1 && left >= -1) continue;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (element.closest('.drawing, .skip, [aria-hidden="true"]')) continue;
      faults.push(element.tagName + '.' + element.className + ' reaches from ' + left + ' to ' + right + ': ' + element.textContent.slice(0, 60));
    }
    // Words that leave the box they stand in: its own edges say nothing of that.
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement } = texts.currentNode;
      if (!parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
      if (parentElement.closest('.drawing, .skip, .unseen, [aria-hidden="true"], noscript')) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const edge = (parentElement.closest('.sheet, .cell, .ac-adaptiveCard') ?? document.body).getBoundingClientRect().right;
      const { right, width } = range.getBoundingClientRect();
      if (width > 1 && right > edge + 1) faults.push('text leaves its box: ' + texts.currentNode.textContent.slice(0, 60));
    }
    return faults;
  })()`);

/** Buttons and fields that a finger misses: under 24 pixels in either direction (WCAG 2.5.8). Links within text may be. */
export const tooSmall = (frame: Frame | Page): Promise<readonly string[]> =>
  frame.evaluate(`[...document.querySelectorAll('button, input, select, textarea, summary, a[href], [role=tab], [role=combobox]')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.skip'))
    .map((element) => [element, (element.labels?.[0] && /checkbox|radio/.test(element.type) ? element.labels[0] : element).getBoundingClientRect()])
    .filter(([element, { width, height }]) => width > 1 && (width < 24 || height < 24) && getComputedStyle(element).display !== 'inline')
    .map(([element, { width, height }]) => element.outerHTML.slice(0, 150) + ' is ' + width + ' x ' + height)`);
