import { Button, Field, Input, Link, MessageBar, MessageBarBody, Spinner } from '@fluentui/react-components';
import { ArrowLeftRegular, ArrowSyncRegular, ChatRegular, LinkRegular } from '@fluentui/react-icons';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link as Route } from 'wouter';
import type { Answer } from '../../cards/tab/contract.ts';
import { NotAnswered } from './api.ts';
import { CardView } from './card-view.tsx';
import { Deadline, StatusBadge, Steps } from './cells.tsx';
import { chatWith } from './host.ts';
import { Failed, wordsOf } from './said.tsx';
import { useSession } from './session.tsx';

type Sheet = Answer<'claim'>;

/** The claim's address, copied; or, where the browser does not let us, shown to be copied by hand. */
const Share = ({ link }: { readonly link: string }) => {
  const { words } = useSession();
  const [how, setHow] = useState<'copied' | 'byHand' | null>(null);
  const copy = () =>
    navigator.clipboard.writeText(link).then(
      () => setHow('copied'),
      () => setHow('byHand'),
    );
  return (
    <>
      <Button size="small" icon={<LinkRegular />} onClick={copy}>
        {words.share}
      </Button>
      <div role="status" className="shared">
        {how === 'copied' && words.shared}
        {how === 'byHand' && (
          <Field label={words.copyThis}>
            <Input readOnly value={link} onFocus={(event) => event.target.select()} />
          </Field>
        )}
      </div>
    </>
  );
};

/** Puts the claim's card into the own chat, and goes there. */
const ToChat = ({ number }: { readonly number: number }) => {
  const { api, host, page, words } = useSession();
  const sent = useMutation({
    mutationFn: () => api.toChat(number),
    onSuccess: () => {
      if (page.botId !== null) host.openLink(chatWith(page.botId));
    },
  });
  return (
    <>
      <Button size="small" icon={<ChatRegular />} disabled={sent.isPending} onClick={() => sent.mutate()}>
        {words.toChat}
      </Button>
      <div role="status" className="shared">
        {sent.isSuccess && words.inChat}
        {sent.isError && wordsOf(sent.error, words).body}
      </div>
    </>
  );
};

const Rows = ({ rows }: { readonly rows: Sheet['rows'] }) => (
  <dl className="facts">
    {rows.map(({ label, value }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

const Evidence = ({ items }: { readonly items: Sheet['evidence'] }) => {
  const { words, host } = useSession();
  return (
    <section className="sheet" aria-labelledby="evidence">
      <h2 id="evidence">{words.sheet.evidence}</h2>
      <ul className="plain">
        {items.map(({ name, required, title, url, note }) => (
          <li key={name}>
            <span aria-hidden="true">{url === null ? '○ ' : '✓ '}</span>
            <strong>{name}</strong>{' '}
            <span className="subtle">{required ? words.sheet.required : words.sheet.optional}</span>
            <div>
              {url === null ? (
                <span className="subtle">{words.sheet.missing}</span>
              ) : (
                <Link
                  href={url}
                  rel="noreferrer"
                  target="_blank"
                  onClick={(event) => {
                    event.preventDefault();
                    host.openLink(url);
                  }}
                >
                  {title} <span className="subtle">({new URL(url).host})</span>
                </Link>
              )}
            </div>
            {note !== null && <div className="subtle">{note}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
};

const Story = ({ history }: { readonly history: Sheet['history'] }) => {
  const { words } = useSession();
  return (
    <section className="sheet" aria-labelledby="history">
      <h2 id="history">{words.sheet.history}</h2>
      <ol className="story">
        {history.map(({ at, who, what, remark }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: newest first, so a line's number from the end never changes.
          <li key={history.length - index}>
            <div className="subtle">{at}</div>
            <div>
              {who !== '' && <strong>{who} </strong>}
              {what}
            </div>
            {remark !== null && <blockquote>{remark}</blockquote>}
          </li>
        ))}
      </ol>
    </section>
  );
};

const Lines = ({
  id,
  title,
  lines,
}: {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
}) =>
  lines.length === 0 ? null : (
    <section className="sheet" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="plain">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );

const SheetView = ({ sheet, refresh }: { readonly sheet: Sheet; readonly refresh: () => void }) => {
  const { words } = useSession();
  return (
    <>
      <div className="sheet standing">
        <h1 className="title">{sheet.name}</h1>
        <div className="subtle">
          {sheet.heading} · {sheet.company}
        </div>
        <div className="standing-line">
          <StatusBadge status={sheet.status} />
          {sheet.due !== null && <Deadline due={sheet.due} />}
        </div>
        {sheet.next !== null && <p>{sheet.next}</p>}
        <div className="steps">
          <Steps steps={sheet.steps} of="" />
          <Button size="small" icon={<ArrowSyncRegular />} onClick={refresh}>
            {words.refresh}
          </Button>
          <ToChat number={sheet.number} />
          <Share link={sheet.link} />
        </div>
      </div>
      <div className="columns">
        <div>
          <section className="sheet" aria-labelledby="what">
            <h2 id="what">{words.sheet.what}</h2>
            <Rows rows={sheet.rows} />
          </section>
          {sheet.evidence.length > 0 && <Evidence items={sheet.evidence} />}
          <Lines id="co-sell" title={words.sheet.coSell} lines={sheet.coSell} />
          <section className="sheet" aria-labelledby="details">
            <h2 id="details">{words.sheet.details}</h2>
            <Rows rows={sheet.details} />
          </section>
          <Lines id="terms" title={words.sheet.terms} lines={sheet.terms} />
        </div>
        <Story history={sheet.history} />
      </div>
    </>
  );
};

/** Whoever does not work on the claim sees what the chat would show them by its number: a review, a deal, or nothing. */
const Otherwise = ({ number }: { readonly number: number }) => {
  const { api, host, words, begin } = useSession();
  const answer = useQuery({
    queryKey: ['claim.show', number],
    queryFn: () => api.act('claim.show', { claim: number }),
  });
  if (answer.isPending) return <Spinner label={words.loading} />;
  if (answer.isError) return <Failed error={answer.error} words={words} again={() => answer.refetch()} />;
  return (
    <>
      <h1 className="title">{answer.data.summary}</h1>
      <MessageBar layout="multiline">
        <MessageBarBody>{words.sheet.otherwise}</MessageBarBody>
      </MessageBar>
      <div className="sheet">
        <CardView
          card={answer.data.card}
          title={answer.data.summary}
          level={2}
          pressed={begin}
          opened={host.openLink}
        />
      </div>
    </>
  );
};

/** One claim: where it stands, what can be done, who and what, and everything that happened. */
export const ClaimPage = ({ number }: { readonly number: number }) => {
  const { api, words } = useSession();
  const claim = useQuery({
    queryKey: ['claim', number],
    queryFn: ({ signal }) => api.ask('claim', { number: String(number) }, signal),
  });
  const hidden = claim.error instanceof NotAnswered && claim.error.why?.code === 'notFound';
  return (
    <div className="page scrolls">
      <Route href="/claims" className="back">
        <ArrowLeftRegular aria-hidden="true" /> {words.back}
      </Route>
      {claim.isPending && <Spinner label={words.loading} />}
      {claim.isError && !hidden && <Failed error={claim.error} words={words} again={() => claim.refetch()} />}
      {hidden && <Otherwise number={number} />}
      {claim.data !== undefined && <SheetView sheet={claim.data} refresh={() => claim.refetch()} />}
    </div>
  );
};
