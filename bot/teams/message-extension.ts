import { againCard, CLOSE, closingCard, dialogCard } from '../../cards/dialog-card.ts';
import { textFor } from '../../cards/format.ts';
import type { Said } from '../../cards/people/said.ts';
import { type Actor, type Language, mayClaim } from '../../domain/people/actor.ts';
import type { Sender } from '../../domain/people/people-store.ts';
import { recognise, spokenTo } from '../../domain/people/recognise.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Failure } from '../failure.ts';
import { startAdding, startAddingAt } from '../handlers/drafts.ts';
import { linked, searchClaims, searchCustomers } from '../handlers/shareables.ts';
import { ownTurn, type Reply, type Turn } from '../handlers/turn.ts';
import { onAction } from '../handlers/verbs.ts';
import { within } from '../within.ts';
import { PATIENCE_MS } from './activity.ts';
import {
  asDialog,
  asDialogWords,
  asResults,
  asWords,
  type ComposeBody,
  type ComposeName,
  isCompose,
  SAYING,
} from './compose-bodies.ts';
import { fetchValue, linkValue, queryValue, type SearchName, submitValue } from './compose-values.ts';
import type { ReaderNow } from './reader.ts';

/** An ended form can be closed; one that goes on has its own way out. */
const asShown = ({ card, summary, lasting }: Reply, turn: Pick<Turn, 'reader'>): ComposeBody =>
  asDialog(summary, lasting ? closingCard(card, turn.reader) : dialogCard(card));

const SEARCHING: Record<SearchName, typeof searchClaims> = { searchClaims, searchCustomers };

export type MessageExtension = {
  /** Never throws. */
  readonly answer: (name: ComposeName, value: unknown, sender: Sender) => Promise<ComposeBody>;
  /** Words, in the form of this invoke; null: it is none of ours. */
  readonly saying: (name: unknown, words: string) => ComposeBody | null;
};

/**
 * What Claimdesk does where one writes a message: finds claims and customers to share, shows links to claims as cards,
 * and opens *Add customer* as a dialog. Where that is may be any chat, mostly of others: it is not kept as a place that
 * the bot may speak in, and nothing is posted there.
 */
export const createMessageExtension = (parts: {
  readonly ports: Ports;
  readonly publicUrl: () => string;
  readonly readerNow: ReaderNow;
  readonly failure: Failure;
  readonly afterwards: (work: () => Promise<unknown>) => void;
}): MessageExtension => {
  const { ports, publicUrl, readerNow, failure, afterwards } = parts;

  /** A dialog is seen by one person alone, wherever it was opened. */
  const turnOf = (actor: Actor): Turn =>
    ownTurn({ ports, publicUrl: publicUrl(), actor, reader: readerNow(actor, null) });

  /** Who asks, for what only reads: somebody new is not written down for it. */
  const known = async (sender: Sender): Promise<Actor | null> => {
    const actor = await ports.reads.people.findActor(sender.tenantId, sender.objectId);
    return actor === null ? null : spokenTo(actor, sender);
  };

  const opener = async (sender: Sender): Promise<Turn | null> => {
    const actor = await recognise(ports, sender);
    return actor === null ? null : turnOf(spokenTo(actor, sender));
  };

  const notKnown = ({ language }: Sender, name: ComposeName): ComposeBody =>
    SAYING[name](textFor(language).refused.notSupported);

  const query = async (value: unknown, sender: Sender): Promise<ComposeBody> => {
    const asked = queryValue.safeParse(value);
    if (!asked.success) return notKnown(sender, 'composeExtension/query');
    const { search, find, page } = asked.data;
    const actor = await known(sender);
    const { refused, compose } = textFor(actor?.language ?? sender.language);
    if (actor === null || !mayClaim(actor)) return asWords(`${refused.noRole.title}. ${refused.noRole.body}`);
    const found = await SEARCHING[search](turnOf(actor), find, page);
    // Behind the last page there is nothing to be said, only nothing more to come.
    if (found.length > 0 || page.skip > 0) return asResults(found);
    return asWords(compose.none[search][find.trim() === '' ? 'yet' : 'found']);
  };

  const queryLink = async (value: unknown, sender: Sender): Promise<ComposeBody> => {
    const asked = linkValue.safeParse(value);
    const actor = asked.success ? await known(sender) : null;
    const shown = asked.success && actor !== null ? await linked(turnOf(actor), asked.data.url) : null;
    return asResults(shown === null ? [] : [shown]);
  };

  const fetchTask = async (value: unknown, sender: Sender): Promise<ComposeBody> => {
    const asked = fetchValue.safeParse(value);
    if (!asked.success) return notKnown(sender, 'composeExtension/fetchTask');
    const turn = await opener(sender);
    if (turn === null) return asDialogWords(textFor(sender.language).refused.notServed);
    const { messagePayload: message } = asked.data;
    return asShown(message === null ? await startAdding(turn) : await startAddingAt(turn, message), turn);
  };

  const submitAction = async (value: unknown, sender: Sender): Promise<ComposeBody> => {
    const asked = submitValue.safeParse(value);
    if (!asked.success) return notKnown(sender, 'composeExtension/submitAction');
    const { verb } = asked.data.data;
    if (verb === CLOSE) return {};
    const turn = await opener(sender);
    if (turn === null) return asDialogWords(textFor(sender.language).refused.notServed);
    return asShown(await onAction(turn, verb, asked.data.data), turn);
  };

  const ANSWERS: Record<ComposeName, (value: unknown, sender: Sender) => Promise<ComposeBody>> = {
    'composeExtension/query': query,
    'composeExtension/queryLink': queryLink,
    'composeExtension/fetchTask': fetchTask,
    'composeExtension/submitAction': submitAction,
  };

  /** In a dialog the words have a button that sends the same again; elsewhere one just asks again. */
  const instead = (name: ComposeName, value: unknown, language: Language, words: Said, short: string): ComposeBody => {
    const sent = name === 'composeExtension/submitAction' ? submitValue.safeParse(value) : null;
    return sent?.success ? asDialog(words.title, againCard({ language }, words, sent.data.data)) : SAYING[name](short);
  };

  return {
    saying: (name, words) => (isCompose(name) ? SAYING[name](words) : null),
    answer: async (name, value, sender) => {
      const { language } = sender;
      const work = ANSWERS[name](value, sender).catch((error: unknown) => {
        const words = failure(error, language);
        return instead(name, value, language, words, `${words.title}. ${words.body}`);
      });
      // What is late goes on, and is waited for when the server closes.
      afterwards(() => work);
      const { compose } = textFor(language);
      return (
        (await within(work, PATIENCE_MS, null)) ?? instead(name, value, language, compose.dialog.late, compose.late)
      );
    },
  };
};
