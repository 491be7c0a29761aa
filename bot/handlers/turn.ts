import type { Card, Reader } from '../../cards/card.ts';
import type { Notes } from '../../cards/drafts/step.ts';
import { textFor } from '../../cards/format.ts';
import { type Said, saidCard } from '../../cards/people/said.ts';
import type { Place } from '../../domain/channels/channel.ts';
import type { Actor } from '../../domain/people/actor.ts';
import type { Ports } from '../../domain/ports.ts';

/** What a handler knows of the moment: who asks, for whom the card is made, and the ports of the domain. */
export type Turn = {
  readonly ports: Ports;
  /** Where this Claimdesk is reached by a browser, without a slash at its end. */
  readonly publicUrl: string;
  readonly actor: Actor;
  readonly reader: Reader;
  /** Forms are filled in where nobody else reads along. */
  readonly personal: boolean;
  /** What is answered is posted for everybody there to read: an old client's button, or words, outside the own chat. */
  readonly shared: boolean;
  /** The channel somebody speaks in, as Teams says it; null: no channel of a team. */
  readonly channel: Place | null;
  /** True when the client asked by itself: nothing may change. */
  readonly automatic: boolean;
  /** What was typed into the card's inputs, by field. */
  readonly inputs: Readonly<Record<string, string>>;
};

/** A turn where nobody reads along and no button was pressed yet: at the tab, or in a dialog. */
export const ownTurn = (part: Pick<Turn, 'ports' | 'publicUrl' | 'actor' | 'reader'>): Turn => ({
  ...part,
  personal: true,
  shared: false,
  channel: null,
  automatic: false,
  inputs: {},
});

export type Reply = {
  readonly card: Card;
  readonly summary: string;
  /** The message that the button stands on is to show this for good: a form that ended, a claim that was canceled. */
  readonly lasting?: true;
  /** It was asked for where others read along, and is for the own chat of who asked. */
  readonly aside?: true;
  /** What takes longer than an answer may; it is posted when it is there. */
  readonly later?: () => Promise<Reply>;
};

/** A short answer in words, where there is nothing to show. */
export const said = (reader: Pick<Reader, 'language' | 'chatId'>, words: Said): Reply => ({
  card: saidCard(reader, words),
  summary: words.title,
});

/** What holds details of customers is not said where others read along. */
export const personalOnly = ({ reader }: Pick<Turn, 'reader'>): Reply =>
  said(reader, textFor(reader.language).refused.personalOnly);

/** What was typed, apart from what was looked for; where nothing was looked for, `find` is left out. */
export const typedIn = ({ inputs }: Pick<Turn, 'inputs'>): Pick<Notes, 'typed' | 'find'> => {
  const { find, ...typed } = inputs;
  return { typed, ...(find === undefined ? {} : { find: find.slice(0, 100) }) };
};

export const forGood = (reply: Reply): Reply => ({ ...reply, lasting: true });
