import {
  Button,
  DrawerBody,
  DrawerHeader,
  DrawerHeaderTitle,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  OverlayDrawer,
  Spinner,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ActionAnswer, Refusal, Step } from '../../cards/tab/contract.ts';
import { NotAnswered } from './api.ts';
import { CardView } from './card-view.tsx';
import { useSession } from './session.tsx';

type Asked = Pick<Step, 'verb' | 'data'>;

/** Links that lead into the tab itself are followed here. */
const pathWithin = (url: string): string | null => {
  const base = new URL(document.baseURI);
  const target = new URL(url, base);
  if (target.pathname.startsWith('/l/entity/')) {
    const web = target.searchParams.get('webUrl');
    return web === null ? null : pathWithin(web);
  }
  const inside = target.origin === base.origin && target.pathname.startsWith(base.pathname);
  return inside ? `/${target.pathname.slice(base.pathname.length)}` : null;
};

/** Gives the focus back when the panel is gone: to what opened it, or, where that went too, to the page. */
const GiveBack = () => {
  useLayoutEffect(() => {
    const opener = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        const there = opener instanceof HTMLElement && opener !== document.body && opener.isConnected;
        (there ? opener : document.getElementById('content'))?.focus();
      });
    };
  }, []);
  return null;
};

/**
 * What is done in the tab is done here: the same cards as in the chat, one after another, and the same buttons. When one
 * did not arrive the card stands as it was, with all that was typed.
 */
export const CardPanel = ({
  step,
  close,
  changed,
}: {
  /** What it begins with; null: it is closed. */
  readonly step: Asked | null;
  readonly close: () => void;
  /** Something may be otherwise than what is shown beside it. */
  readonly changed: () => void;
}) => {
  const { api, host, words } = useSession();
  const [, go] = useLocation();
  const [answer, setAnswer] = useState<ActionAnswer | null>(null);
  const [failure, setFailure] = useState<Pick<Refusal, 'title' | 'body'> | null>(null);
  const [working, setWorking] = useState(false);
  const busy = useRef(false);
  /** Counts what the panel was opened for: what is answered after that is shown no more. */
  const opened = useRef(0);
  const title = useRef<HTMLHeadingElement>(null);

  const press = useCallback(
    async ({ verb, data }: Asked) => {
      // One thing at a time: a second click is the first one's, whose answer is on its way.
      if (busy.current) return;
      busy.current = true;
      setWorking(true);
      setFailure(null);
      const mine = opened.current;
      const [next, error] = await api.act(verb, data).then(
        (answered) => [answered, null] as const,
        (failed: unknown) => [null, failed] as const,
      );
      if (next?.changes) changed();
      if (mine !== opened.current) return;
      busy.current = false;
      setWorking(false);
      if (next === null) {
        const why = error instanceof NotAnswered ? error.why : null;
        return setFailure(why ?? words.notSent);
      }
      setAnswer(next);
      title.current?.focus();
    },
    [api, changed, words],
  );

  useEffect(() => {
    opened.current += 1;
    busy.current = false;
    setWorking(false);
    setFailure(null);
    setAnswer(null);
    if (step !== null) void press(step);
  }, [step, press]);

  const open = (url: string) => {
    const path = pathWithin(url);
    if (path === null) return host.openLink(url);
    close();
    go(path);
  };

  return (
    <OverlayDrawer
      open={step !== null}
      position="end"
      size="medium"
      className="panel"
      onOpenChange={(_, { open: stays, type }) => {
        // A click beside a form that is filled in is no wish to lose it.
        if (!stays && type !== 'backdropClick') close();
      }}
    >
      <GiveBack />
      <DrawerHeader>
        <DrawerHeaderTitle
          heading={{ ref: title, tabIndex: -1 }}
          action={<Button appearance="subtle" aria-label={words.close} icon={<DismissRegular />} onClick={close} />}
        >
          {answer?.summary ?? words.form}
        </DrawerHeaderTitle>
      </DrawerHeader>
      <DrawerBody aria-busy={working}>
        <div role="status">{working && <Spinner size="tiny" label={words.working} />}</div>
        {failure !== null && (
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{failure.title}</MessageBarTitle>
              {failure.body}
            </MessageBarBody>
          </MessageBar>
        )}
        {answer !== null && (
          <CardView card={answer.card} title={answer.summary} level={3} pressed={press} opened={open} />
        )}
      </DrawerBody>
    </OverlayDrawer>
  );
};
