import { Button, makeStyles, Tab, TabList, tokens } from '@fluentui/react-components';
import { AddRegular, ChatRegular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import { placeAt } from '../../cards/links.ts';
import type { Step } from '../../cards/tab/contract.ts';
import { CardPanel } from './card-panel.tsx';
import { ClaimPage } from './claim-page.tsx';
import { ClaimsPage } from './claims-page.tsx';
import { CustomersPage } from './customers-page.tsx';
import { chatWith } from './host.ts';
import { NoRole } from './no-role.tsx';
import { type Session, SessionProvider } from './session.tsx';

/** Charts are the heaviest part, and not what most people open first. */
const OverviewPage = lazy(() => import('./overview-page.tsx'));

const PAGES = ['customers', 'claims', 'overview'] as const;

const useStyles = makeStyles({
  shell: {
    display: 'grid',
    gridTemplate: 'auto minmax(0, 1fr) / minmax(0, 1fr)',
    height: '100dvh',
    backgroundColor: tokens.colorNeutralBackground2,
    color: tokens.colorNeutralForeground1,
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  actions: { display: 'flex', gap: tokens.spacingHorizontalS },
});

/** The pages of the tab, the way between them, and the panel in which something is done. */
export const Shell = ({ page, host, api, me, words, theme }: Omit<Session, 'begin'>) => {
  const styles = useStyles();
  const { botId } = page;
  const queries = useQueryClient();
  const [path, go] = useLocation();
  const [step, setStep] = useState<Pick<Step, 'verb' | 'data'> | null>(null);
  const session = useMemo(
    () => ({ page, host, api, me, words, theme, begin: setStep }),
    [page, host, api, me, words, theme],
  );
  const close = useCallback(() => setStep(null), []);
  const changed = useCallback(() => void queries.invalidateQueries(), [queries]);
  const place = placeAt(path) ?? { page: 'customers' as const, engagement: null };
  const current = place.page === 'claim' ? 'claims' : place.page;
  return (
    <SessionProvider session={session}>
      <button type="button" className="skip" onClick={() => document.getElementById('content')?.focus()}>
        {words.skip}
      </button>
      <div className={styles.shell}>
        <header className={styles.bar}>
          <nav aria-label={words.navigation}>
            <TabList selectedValue={current} onTabSelect={(_, { value }) => go(`/${String(value)}`)}>
              {PAGES.map((name) => (
                <Tab key={name} value={name}>
                  {words.pages[name]}
                </Tab>
              ))}
            </TabList>
          </nav>
          <div className={styles.actions}>
            {botId !== null && (
              <Button icon={<ChatRegular />} appearance="subtle" onClick={() => host.openLink(chatWith(botId))}>
                {words.chat}
              </Button>
            )}
            {me.mayClaim && (
              <Button
                icon={<AddRegular />}
                appearance="primary"
                onClick={() => setStep({ verb: 'add.start', data: {} })}
              >
                {words.addCustomer}
              </Button>
            )}
          </div>
        </header>
        <main id="content" tabIndex={-1} className="content">
          {place.page === 'claim' ? (
            <ClaimPage key={place.claim} number={place.claim} />
          ) : !me.mayClaim ? (
            <NoRole />
          ) : place.page === 'claims' ? (
            <ClaimsPage />
          ) : place.page === 'overview' ? (
            <Suspense fallback={<p className="gap">{words.loading}</p>}>
              <OverviewPage />
            </Suspense>
          ) : (
            <CustomersPage slug={place.engagement} />
          )}
        </main>
      </div>
      <CardPanel step={step} close={close} changed={changed} />
    </SessionProvider>
  );
};
