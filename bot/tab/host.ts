import { app, authentication, pages } from '@microsoft/teams-js';
import type { Page } from '../../cards/tab/page.ts';

export type ThemeName = 'light' | 'dark' | 'contrast';

/** Where the tab is shown, and what can be asked of that place. */
export type Host = {
  readonly kind: 'teams' | 'browser';
  readonly locale: string;
  /** The path that a link into the tab named; empty: none. */
  readonly opensAt: string;
  /** Whether somebody chooses here what a tab of a channel shows. */
  readonly configuring: boolean;
  /** Says the theme now, and whenever it changes. */
  readonly watchTheme: (changed: (theme: ThemeName) => void) => void;
  /** What the API is told of who asks; null: nothing, because nobody has to prove it here. */
  readonly token: () => Promise<string | null>;
  readonly openLink: (url: string) => void;
};

/** Not inside Teams: nobody can be signed in. */
export class OutsideTeams extends Error {}

/** How long Teams is waited for: outside of it nobody answers. */
const PATIENCE_MS = 5_000;

const within = <T>(work: Promise<T>, ms: number): Promise<T> =>
  Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new OutsideTeams()), ms))]);

const themeOf = (teams: string | undefined): ThemeName => (teams === 'dark' || teams === 'contrast' ? teams : 'light');

/** Desktop and phone clients show a tab in a window of its own, and leave this mark. */
const isEmbedded = (): boolean => window.parent !== window || 'nativeInterface' in window;

/** As the system has it, for a page of its own. */
const watchSystem: Host['watchTheme'] = (changed) => {
  const contrast = window.matchMedia('(forced-colors: active)');
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const say = () => changed(contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light');
  for (const query of [contrast, dark]) query.addEventListener('change', say);
  say();
};

const browser: Host = {
  kind: 'browser',
  locale: navigator.language,
  opensAt: '',
  configuring: false,
  watchTheme: watchSystem,
  token: async () => null,
  openLink: (url) => {
    window.open(url, '_blank', 'noopener');
  },
};

/** Finds out where the page is shown. Throws OutsideTeams where nobody could be signed in. */
export const connect = async ({ local }: Page): Promise<Host> => {
  if (!isEmbedded()) {
    if (local) return browser;
    throw new OutsideTeams();
  }
  try {
    await within(app.initialize(), PATIENCE_MS);
  } catch {
    if (local) return browser;
    throw new OutsideTeams();
  }
  const context = await app.getContext();
  return {
    kind: 'teams',
    locale: context.app.locale,
    opensAt: context.page.subPageId ?? '',
    configuring: context.page.frameContext === 'settings',
    watchTheme: (changed) => {
      app.registerOnThemeChangeHandler((theme) => changed(themeOf(theme)));
      changed(themeOf(context.app.theme));
    },
    token: () => (local ? Promise.resolve(null) : authentication.getAuthToken()),
    openLink: (url) => {
      if (url.startsWith('https://teams.microsoft.com/l/')) void app.openLink(url);
      else window.open(url, '_blank', 'noopener');
    },
  };
};

/** Teams' link to the chat with the bot. */
export const chatWith = (botId: string): string => `https://teams.microsoft.com/l/chat/0/0?users=28:${botId}`;

/** Tells Teams that there is something to look at. */
export const shown = ({ kind }: Host): void => {
  if (kind === 'teams') app.notifySuccess();
};

/** Hands Teams what a tab of a channel is to show, when somebody presses *Save*. */
export const onSave = (choose: () => pages.InstanceConfig): void => {
  pages.config.registerOnSaveHandler(async (event) => {
    await pages.config.setConfig(choose());
    event.notifySuccess();
  });
  pages.config.setValidityState(true);
};
