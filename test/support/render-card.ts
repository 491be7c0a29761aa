import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';

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
export type Theme = 'light' | 'dark';
export const PHONE = 300;
export const DESKTOP = 560;

type DomWindow = { eval(source: string): unknown };
type Jsdom = { readonly JSDOM: new (html: string, options: object) => { readonly window: DomWindow } };

const load = createRequire(import.meta.url);
// The package itself cannot be imported in Node: its modules leave out file endings. The bundle runs anywhere.
const BUNDLE = load.resolve('adaptivecards/dist/adaptivecards.min.js');

const PALETTES = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    line: '#e0e0e0',
    text: '#242424',
    subtle: '#616161',
    emphasis: '#f5f5f5',
    field: '#ffffff',
    fieldLine: '#d1d1d1',
    fieldFoot: '#616161',
    button: '#ffffff',
    accent: '#5b5fc7',
    attention: '#c4314b',
    good: '#237b4b',
    warning: '#8a5d00',
    tints: { accent: '#ebebfa', attention: '#fdf3f4', good: '#f1faf1', warning: '#fff9e5' },
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    line: '#3d3d3d',
    text: '#ffffff',
    subtle: '#adadad',
    emphasis: '#333333',
    field: '#292929',
    fieldLine: '#666666',
    fieldFoot: '#adadad',
    button: '#292929',
    accent: '#7f85f5',
    attention: '#f1707b',
    good: '#92c353',
    warning: '#f2c661',
    tints: { accent: '#2f2f4a', attention: '#3b1f24', good: '#1f3323', warning: '#3a2f14' },
  },
} as const;

const both = (color: string, subtle: string = color) => ({ default: color, subtle });

function hostConfig(theme: Theme) {
  const { text, subtle, accent, attention, good, warning, card, emphasis, line, tints } = PALETTES[theme];
  const foregroundColors = {
    default: both(text, subtle),
    dark: both(text, subtle),
    light: both(subtle),
    accent: both(accent),
    attention: both(attention),
    good: both(good),
    warning: both(warning),
  };
  const on = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    supportsInteractivity: true,
    fontTypes: {
      default: {
        fontFamily: 'var(--sans)',
        fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
        fontWeights: { lighter: 400, default: 400, bolder: 600 },
      },
      monospace: { fontFamily: 'Consolas, "Liberation Mono", monospace', fontSizes: { small: 12, default: 14 } },
    },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: {
      default: on(card),
      emphasis: on(emphasis),
      accent: on(tints.accent),
      attention: on(tints.attention),
      good: on(tints.good),
      warning: on(tints.warning),
    },
    actions: {
      maxActions: 6,
      buttonSpacing: 8,
      spacing: 'default',
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      allowTitleToWrap: true,
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 160 },
      value: { wrap: true },
      spacing: 16,
    },
    textBlock: { headingLevel: 2 },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
    inputs: {
      label: { inputSpacing: 'small', requiredInputs: { suffix: ' *', suffixColor: 'attention' } },
      errorMessage: { color: 'attention', size: 'small' },
      allowDynamicallyFilteredChoiceSet: true,
    },
  };
}

// Runs in the page, in jsdom and in Chromium alike, next to the bundle.
const STAGE = String.raw`
const AC = window.AdaptiveCards;
if (!('innerText' in document.body)) {
  // jsdom has no innerText, and the bundle writes texts and buttons with it.
  Object.defineProperty(HTMLElement.prototype, 'innerText', {
    get() { return this.textContent; },
    set(text) { this.textContent = text; },
  });
  // jsdom puts the focus right in a timer, which could outlive the test.
  HTMLElement.prototype.focus = () => {};
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const inline = (text) => escaped(text)
  .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<a href="$2">$1</a>')
  .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
  .replace(/(^|[^\w*])[*_](\S(?:.*?\S)?)[*_](?![\w*])/g, '$1<em>$2</em>');
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  const blocks = text.split(/\n/).map((line) => {
    const [, mark, item] = line.match(/^\s*([-*]|\d+\.)\s+(.*)$/) ?? [];
    return mark ? { tag: /\d/.test(mark) ? 'ol' : 'ul', html: inline(item) } : { tag: 'p', html: inline(line) };
  });
  let open = '';
  let html = '';
  for (const { tag, html: content } of blocks) {
    if (tag !== open && open.endsWith('l')) html += '</' + open + '>';
    if (tag !== open && tag.endsWith('l')) html += '<' + tag + '>';
    html += tag === 'p' ? '<p>' + content + '</p>' : '<li>' + content + '</li>';
    open = tag;
  }
  result.outputHtml = html + (open.endsWith('l') ? '</' + open + '>' : '');
  result.didProcess = true;
};

const textOf = (element) => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
const boxesOf = (input) => [...(input.renderedElement?.querySelectorAll('input, select, textarea') ?? [])];
const titleOf = (input, value) => input.choices.find((choice) => choice.value === value)?.title;

const fill = (input, value) => {
  const boxes = boxesOf(input);
  const type = input.getJsonTypeName();
  for (const box of boxes) {
    if (type === 'Input.Toggle') box.checked = value === (input.valueOn ?? 'true');
    else if (box.type === 'checkbox' || box.type === 'radio') box.checked = value.split(',').includes(box.value);
    else if (type === 'Input.ChoiceSet' && box.tagName !== 'SELECT') {
      // What a search would have found is not in the card.
      if (input.isDynamicTypeahead() && !titleOf(input, value)) input.choices.push(new AC.Choice(value, value));
      box.value = titleOf(input, value) ?? value;
    } else box.value = value;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    box.dispatchEvent(new Event('change', { bubbles: true }));
  }
};

let failed = [];
const { internalValidateInputs } = AC.Action.prototype;
AC.Action.prototype.internalValidateInputs = function (inputs) {
  failed = internalValidateInputs.call(this, inputs);
  return failed;
};

window.stage = (source, config, place, locale) => {
  const json = JSON.parse(source);
  // A form of its own keeps radio buttons with the same input id on another card apart.
  const root = document.createElement('form');
  root.onsubmit = () => false;
  const card = new AC.AdaptiveCard();
  let done;
  card.hostConfig = new AC.HostConfig(JSON.parse(config));
  card.onExecuteAction = (action) => { done = action; };
  card.parse(json, new AC.SerializationContext(AC.Versions.v1_6));
  root.append(card.render());
  root.lang = json.lang ?? '';
  (place ?? document.body).append(root);

  const inputs = card.getAllInputs();
  for (const input of inputs) {
    const [box] = boxesOf(input);
    // The bundle shows the value of a prefilled search; Teams shows its title.
    const title = input.choices && box?.type === 'text' ? titleOf(input, box.value) : undefined;
    if (title) box.value = title;
    if (locale && (box?.type === 'date' || box?.type === 'time')) {
      // Chromium writes dates in its own language only; Teams in that of the reader.
      const style = box.type === 'date' ? { dateStyle: 'medium' } : { timeStyle: 'short' };
      const moment = box.valueAsDate;
      box.type = 'text';
      box.classList.add('picker');
      box.value = moment ? moment.toLocaleString(locale, { ...style, timeZone: 'UTC' }) : '';
    }
  }

  const hidden = (element) => {
    for (let at = element; at && at !== root; at = at.parentElement) if (at.style.display === 'none') return true;
    return false;
  };
  const buttons = () => [...root.querySelectorAll('button.ac-pushButton')].filter((button) => !hidden(button));
  const errorOf = (input) => textOf(input._renderedErrorMessageElement);
  return {
    get html() { return root.innerHTML; },
    get texts() {
      const read = '.ac-textBlock, .ac-richTextBlock, .ac-fact-title, .ac-fact-value, button.ac-pushButton, option';
      const found = [...root.querySelectorAll(read)].filter((element) => !hidden(element));
      return found.filter((element) => !found.some((other) => other !== element && other.contains(element)))
        .map(textOf).filter(Boolean);
    },
    get inputs() {
      return inputs.map((input) => ({
        id: input.id,
        type: input.getJsonTypeName(),
        label: input.label ?? '',
        value: String(input.value ?? ''),
        required: input.isRequired === true,
        error: errorOf(input),
      }));
    },
    press(title, values) {
      for (const [id, value] of Object.entries(values)) {
        const input = inputs.find((each) => each.id === id);
        if (!input) throw new Error('no input ' + id + ', there are: ' + inputs.map((each) => each.id).join(', '));
        fill(input, value);
      }
      const button = buttons().find((each) => textOf(each) === title);
      if (!button) throw new Error('no button "' + title + '", there are: ' + buttons().map(textOf).join(', '));
      done = undefined;
      failed = [];
      button.click();
      if (done instanceof AC.OpenUrlAction) return { url: done.url };
      const isSent = done instanceof AC.SubmitAction || done instanceof AC.ExecuteAction;
      if (isSent) return { verb: done.verb ?? '', data: done.data ?? {} };
      return failed.length > 0 ? { blocked: failed.map((input) => input.label ?? input.id) } : { local: title };
    },
  };
};
`;

const CSS = `
:root { --sans: "Segoe UI", "Selawik", "Open Sans", "Noto Sans", "Liberation Sans", Arial, sans-serif; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/20px var(--sans); }
form { margin: 0; }
.sheet { display: grid; gap: 24px; padding: 24px; width: max-content; align-items: start; }
.sheet figcaption { color: var(--subtle); font-size: 12px; margin-bottom: 6px; overflow-wrap: anywhere; }
figure { margin: 0; width: var(--width); }
.shot { padding: 12px; width: max-content; }
.ac-adaptiveCard {
  border: 1px solid var(--line); border-radius: 4px; box-shadow: 0 1px 2px rgba(0, 0, 0, .1); outline: none;
}
.ac-textBlock, .ac-richTextBlock, .ac-fact-title, .ac-fact-value { line-height: 1.4286 !important; }
.ac-textBlock p { margin: 0; }
.ac-textBlock p:empty { height: .6em; }
.ac-textBlock ul, .ac-textBlock ol { margin: 0; padding-left: 20px; }
a { color: var(--accent); text-decoration: none; }
/* The renderer squeezes buttons into one row; Teams lets them flow to the next. */
.ac-actionSet { flex-wrap: wrap; gap: 8px; }
.ac-actionSet > div:empty { display: none; }
.ac-pushButton, .ac-actionSet > div { flex: 0 0 auto !important; max-width: 100%; }
.ac-pushButton {
  font: 600 14px/20px var(--sans); color: var(--text); background: var(--button); border: 1px solid var(--fieldLine);
  border-radius: 4px; padding: 5px 12px; min-height: 32px; min-width: 72px; cursor: pointer; text-align: center;
}
.ac-pushButton.style-positive { color: #fff; background: #5b5fc7; border-color: #5b5fc7; }
.ac-pushButton.style-destructive { color: var(--attention); border-color: var(--attention); }
.ac-pushButton-disabled { opacity: .5; }
.ac-input {
  font: 14px/20px var(--sans); color: var(--text); background: var(--field);
  border: 1px solid var(--fieldLine); border-bottom-color: var(--fieldFoot); border-radius: 4px;
  padding: 5px 10px; min-height: 32px;
}
.ac-input::placeholder { color: var(--subtle); }
textarea.ac-input { min-height: 68px; resize: none; }
select.ac-input {
  appearance: none; padding-right: 28px; background-repeat: no-repeat; background-position: right 10px center;
  background-image: var(--chevron);
}
.ac-choiceSetInput-filtered, .ac-choiceSetInput-filtered-textbox, .picker {
  padding-right: 28px; background-repeat: no-repeat; background-position: right 10px center;
  background-image: var(--chevron);
}
.ac-choiceSetInput-filtered-container { position: relative; width: 100%; border: 0; padding: 0; }
.ac-choiceSetInput-filtered-textbox { width: 100%; }
.ac-choiceSetInput-filtered-dropdown:not(.ac-choiceSetInput-filtered-dropdown-open) { display: none; }
.ac-toggleInput, .ac-choiceSetInput-expanded, .ac-choiceSetInput-multiSelect {
  border: 0; padding: 0; min-height: 0; background: none;
}
.ac-choiceSetInput-expanded > div, .ac-choiceSetInput-multiSelect > div { padding: 4px 0; }
input[type='checkbox'], input[type='radio'] { accent-color: #5b5fc7; width: 16px; height: 16px; }
.ac-input-validation-failed { border-color: var(--attention); }
`;

const CHEVRON =
  'url("data:image/svg+xml,' +
  "%3Csvg xmlns='http://www.w3.org/2000/svg' width='12' height='12' fill='none' stroke='%23808080'%3E" +
  "%3Cpath d='M2 4l4 4 4-4'/%3E%3C/svg%3E\")";
const PLACEHOLDER =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1" fill="#bbb"/></svg>';

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
    await page.route(/^https?:/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: PLACEHOLDER }));
    const colors = Object.entries(PALETTES[theme]).map(([name, color]) => `--${name}: ${color};`);
    await page.setContent(
      `<!doctype html><meta charset="utf-8"><style>${CSS}
      :root { color-scheme: ${theme}; --width: ${width}px; --chevron: ${CHEVRON}; ${colors.join(' ')} }</style>`,
    );
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
