import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pageSchema } from '../../cards/tab/page.ts';
import { NotAnswered } from './api.ts';
import { App } from './app.tsx';

const said = (name: string): string => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content ?? '';

const page = pageSchema.parse(JSON.parse(said('claimdesk')));
// The page's policy lets through what bears this number alone.
const renderer = createDOMRenderer(document, { styleElementAttributes: { nonce: said('csp-nonce') } });
/** Once more where that may help: what is refused for good is refused again. */
const mayHelp = (error: Error): boolean =>
  !(error instanceof NotAnswered) || error.why === null || ['failed', 'signIn'].includes(error.why.code);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < 1 && mayHelp(error),
      staleTime: 30_000,
      refetchOnWindowFocus: true,
    },
  },
});

const root = document.getElementById('tab');
if (root === null) throw new Error('the page has no place for the tab');
createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer}>
      <QueryClientProvider client={queries}>
        <App page={page} />
      </QueryClientProvider>
    </RendererProvider>
  </StrictMode>,
);
