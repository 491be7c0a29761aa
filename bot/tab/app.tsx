import { Button, FluentProvider, Spinner } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { Router } from 'wouter';
import type { Page } from '../../cards/tab/page.ts';
import { createApi } from './api.ts';
import { ConfigPage } from './config-page.tsx';
import { connect, type Host, shown, type ThemeName } from './host.ts';
import { SaidPage, wordsOf } from './said.tsx';
import { Shell } from './shell.tsx';
import { THEMES } from './theme.ts';
import { languageOf, type Words, wordsIn } from './words.ts';

/** Below the tab's base every path is a place in it. */
const BASE = new URL(document.baseURI).pathname.replace(/\/$/, '');

/** A page that works in Teams alone, opened somewhere else. */
const Outside = ({ page, words }: { readonly page: Page; readonly words: Words }) => (
  <SaidPage title={words.outside.title} body={words.outside.body}>
    {page.teamsAppId !== null && (
      <Button as="a" appearance="primary" href={page.open} target="_blank" rel="noreferrer">
        {words.outside.open}
      </Button>
    )}
  </SaidPage>
);

/** Asks who looks at the tab; everything else comes after. */
const SignedIn = ({ page, host, theme }: { readonly page: Page; readonly host: Host; readonly theme: ThemeName }) => {
  const api = useMemo(() => createApi(host), [host]);
  const me = useQuery({ queryKey: ['me'], queryFn: ({ signal }) => api.ask('me', {}, signal), staleTime: 300_000 });
  const words = wordsIn(me.data?.language ?? languageOf(host.locale));
  useEffect(() => {
    if (me.isPending) return;
    document.documentElement.lang = me.data?.language ?? languageOf(host.locale);
    shown(host);
  }, [me.isPending, me.data, host]);
  if (me.isPending) return <Spinner label={words.loading} />;
  if (me.isError) {
    const { title, body } = wordsOf(me.error, words);
    return (
      <SaidPage title={title} body={body}>
        <Button appearance="primary" onClick={() => me.refetch()}>
          {words.again}
        </Button>
      </SaidPage>
    );
  }
  if (host.configuring) return <ConfigPage me={me.data} words={words} />;
  return (
    <Router base={BASE}>
      <Shell page={page} host={host} api={api} me={me.data} words={words} theme={theme} />
    </Router>
  );
};

/** Finds out where it is, in which look, and for whom. */
export const App = ({ page }: { readonly page: Page }) => {
  const [host, setHost] = useState<Host | 'outside' | null>(null);
  const [theme, setTheme] = useState<ThemeName>('light');
  useEffect(() => {
    connect(page)
      .then((found) => {
        found.watchTheme(setTheme);
        // A link into the tab names a place in it, which the address of the page does not.
        if (found.opensAt !== '') window.history.replaceState(null, '', `${BASE}/${found.opensAt}`);
        setHost(found);
      })
      .catch(() => setHost('outside'));
  }, [page]);
  useEffect(() => {
    // What the browser draws by itself: boxes of choices, lists, scroll bars.
    document.documentElement.style.colorScheme = theme === 'light' ? 'light' : 'dark';
  }, [theme]);
  const words = wordsIn(languageOf(navigator.language));
  return (
    <FluentProvider theme={THEMES[theme]}>
      <div className="tab">
        {host === null && <Spinner label={words.loading} />}
        {host === 'outside' && <Outside page={page} words={words} />}
        {host !== null && host !== 'outside' && <SignedIn page={page} host={host} theme={theme} />}
      </div>
    </FluentProvider>
  );
};
