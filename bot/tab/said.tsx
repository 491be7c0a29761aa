import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Title3,
  tokens,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Refusal } from '../../cards/tab/contract.ts';
import { NotAnswered } from './api.ts';
import type { Words } from './words.ts';

const useStyles = makeStyles({
  page: {
    maxWidth: '36rem',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalXXXL} ${tokens.spacingHorizontalL}`,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: tokens.spacingVerticalM,
  },
  text: { margin: 0 },
});

/** A whole page of a few words: what is the matter, and the one thing to do. */
export const SaidPage = ({
  title,
  body,
  children,
}: {
  readonly title: string;
  readonly body: string;
  readonly children?: ReactNode;
}) => {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <Title3 as="h1">{title}</Title3>
      <p className={styles.text}>{body}</p>
      {children}
    </main>
  );
};

/** What an error is in words: the server's, or ours where it was not reached or said nothing. */
export const wordsOf = (error: unknown, words: Words): Pick<Refusal, 'title' | 'body'> => {
  const why = error instanceof NotAnswered ? error.why : null;
  if (why === null) return words.failed;
  return why.code === 'signIn' ? words.signIn : why;
};

/** What could not be loaded, beside what could, with the way to try once more. */
export const Failed = ({
  error,
  words,
  again,
}: {
  readonly error: unknown;
  readonly words: Words;
  readonly again: () => void;
}) => {
  const { title, body } = wordsOf(error, words);
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{title}</MessageBarTitle>
        {body}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={again}>{words.again}</Button>
      </MessageBarActions>
    </MessageBar>
  );
};
