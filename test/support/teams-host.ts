import type { Frame, Page } from 'playwright-core';
import { NORTHBRIDGE, ROBIN, type World } from './world.ts';

/** Teams in a browser, and the address of this deployment, which the world serves. */
const TEAMS = 'https://teams.microsoft.com';
const HERE = 'https://claimdesk.example';

/** What Teams tells the tab, and how it answers it. */
export type Seat = {
  readonly theme?: 'default' | 'dark' | 'contrast';
  readonly locale?: string;
  /** The place that a link into the tab names. */
  readonly subPageId?: string;
  readonly frameContext?: 'content' | 'settings';
  /** The address of the frame. */
  readonly path?: string;
  /** Who sits there; or why Teams signs nobody in. */
  readonly person?: { readonly objectId: string; readonly name: string } | { readonly refused: string };
  /** Where the frame stands: somewhere else than Teams, to see that it stays empty. */
  readonly origin?: string;
  /** The list of Teams' addresses that teams-js asks a content network for; null: it cannot be reached. */
  readonly validDomains?: readonly string[] | null;
};

export type TeamsHost = {
  /** The frame in which the tab is shown. */
  readonly tab: Frame;
  /** What the tab said to Teams, oldest first; waits until it said it `times` times. */
  readonly heard: (func: string, times?: number) => Promise<readonly (readonly unknown[])[]>;
  /** Teams says something on its own: the theme changed, somebody pressed *Save*. */
  readonly say: (func: string, ...args: readonly unknown[]) => Promise<void>;
};

/** What the newest clients can do, as far as a tab is concerned. */
const RUNTIME = {
  apiVersion: 4,
  hostVersionsInfo: { adaptiveCardSchemaVersion: { majorVersion: 1, minorVersion: 5 } },
  isLegacyTeams: false,
  supports: { app: { lifecycle: {} }, pages: { config: {}, backStack: {}, tabs: {} } },
};

/** The window around a tab. It speaks what @microsoft/teams-js 2.58 does: a call with a number, its answer with the same. */
const windowOf = (frame: string, context: object): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Teams</title>
<style>html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block; overflow: hidden }</style></head>
<body><iframe id="tab" title="Claimdesk" src="${frame}" allow="clipboard-write"></iframe>
<script>
const context = ${JSON.stringify(context)};
const frame = document.getElementById('tab');
window.heard = [];
window.say = (func, args) => frame.contentWindow.postMessage({ func, args }, '${HERE}');
const answers = {
  initialize: () => [context.frameContext, 'web', ${JSON.stringify(JSON.stringify(RUNTIME))}, '2.24.0'],
  getContext: () => [context],
  'authentication.getAuthToken': () => window.issueToken(),
  executeDeepLink: () => [true],
  'settings.setSettings': () => [true],
};
window.addEventListener('message', async ({ data, source, origin }) => {
  if (source !== frame.contentWindow || origin !== '${HERE}') return;
  const { id, uuidAsString, func, args } = data;
  window.heard.push({ func, args });
  const answer = answers[func];
  if (answer !== undefined) source.postMessage({ id, uuidAsString, args: await answer() }, origin);
});
</script></body></html>`;

/** Opens the tab within Teams. All of it is this machine's: what the browser asks of other hosts is answered here. */
export const openInTeams = async (page: Page, world: World, seat: Seat): Promise<TeamsHost> => {
  const {
    theme = 'default',
    locale = 'en-gb',
    frameContext = 'content',
    path = '/tab/customers',
    origin = TEAMS,
    person = { objectId: ROBIN, name: 'Robin Demo' },
  } = seat;
  const context = { theme, locale, frameContext, entityId: 'desk', hostName: 'Teams', hostClientType: 'web' };
  const html = windowOf(`${HERE}${path}`, { ...context, subEntityId: seat.subPageId ?? '' });
  await page.exposeFunction('issueToken', () =>
    'refused' in person
      ? [false, person.refused]
      : world.signIn.sign(world.signIn.claimsFor({ tenantId: NORTHBRIDGE, ...person })).then((token) => [true, token]),
  );
  await page.route('https://res.cdn.office.net/**', (route) =>
    seat.validDomains === null
      ? route.abort()
      : route.fulfill({
          json: { validOrigins: seat.validDomains ?? ['teams.microsoft.com'] },
          headers: { 'Access-Control-Allow-Origin': '*' },
        }),
  );
  await page.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: html }));
  await serveHere(page, world);
  await page.goto(`${origin}/v2/`);
  const tab = await frameOf(page);
  const heard = async (func: string, times = 1) => {
    await page.waitForFunction(`window.heard.filter((one) => one.func === ${JSON.stringify(func)}).length >= ${times}`);
    const all = (await page.evaluate('window.heard')) as { readonly func: string; readonly args: readonly unknown[] }[];
    return all.filter((one) => one.func === func).map(({ args }) => args);
  };
  const say = (func: string, ...args: readonly unknown[]) =>
    page.evaluate(`window.say(${JSON.stringify(func)}, ${JSON.stringify(args)})`) as Promise<void>;
  return { tab, heard, say };
};

/** Answers the deployment's own address with what the world answers. */
export const serveHere = (page: Page, world: World): Promise<unknown> =>
  page.route(`${HERE}/**`, async (route) => {
    const url = route.request().url().replace(HERE, world.url);
    await route.fulfill({ response: await route.fetch({ url, maxRedirects: 0 }) });
  });

const frameOf = async (page: Page): Promise<Frame> => {
  const element = await page.waitForSelector('#tab', { state: 'attached' });
  const frame = await element.contentFrame();
  if (frame === null) throw new Error('there is no frame');
  return frame;
};
