import { createContext, type ReactNode, useContext } from 'react';
import type { Answer, Step } from '../../cards/tab/contract.ts';
import type { Page } from '../../cards/tab/page.ts';
import type { Api } from './api.ts';
import type { Host } from './host.ts';
import type { Words } from './words.ts';

/** What every part of the tab needs: where it is, who looks at it, how to ask, and in which words. */
export type Session = {
  readonly page: Page;
  readonly host: Host;
  readonly api: Api;
  readonly me: Answer<'me'>;
  readonly words: Words;
  /** Opens the panel in which a step's card is shown and filled in. */
  readonly begin: (step: Pick<Step, 'verb' | 'data'>) => void;
};

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = ({ session, children }: { readonly session: Session; readonly children: ReactNode }) => (
  <SessionContext value={session}>{children}</SessionContext>
);

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('there is no session here');
  return session;
};
