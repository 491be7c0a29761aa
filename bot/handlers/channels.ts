import { askRemoveChannelCard, channelCard, setUpCard } from '../../cards/channels/channel.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import { textFor } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { duties, maySetUp, scopes } from '../../domain/channels/channel.ts';
import { type Place, removeChannel, setUpChannel } from '../../domain/channels/set-up-channel.ts';
import { forGood, type Reply, said, type Turn } from './turn.ts';

const wordsOf = ({ reader }: Turn) => textFor(reader.language).channel;

const viewOf = async ({ ports, actor }: Turn, { conversationId }: Place) => ({
  actor,
  there: await ports.reads.channels.listAt(conversationId),
  duties: duties(actor),
  scopes: scopes(actor),
});

/** The channel that is spoken in, and whether the person may set it up; otherwise what to answer. */
const placeFor = (turn: Turn): { readonly place: Place } | { readonly answer: Reply } => {
  if (turn.channel === null) return { answer: said(turn.reader, wordsOf(turn).notHere) };
  if (duties(turn.actor).length === 0) return { answer: said(turn.reader, wordsOf(turn).notAdmin) };
  return { place: turn.channel };
};

const formReply = async (turn: Turn, place: Place, notes: Notes): Promise<Reply> => ({
  card: setUpCard(turn.reader, await viewOf(turn, place), notes, turn.ports.random.id()),
  summary: wordsOf(turn).title,
});

/** `set up this channel`: what it is set up for, and a form to change that. */
export const openSetUp = async (turn: Turn): Promise<Reply> => {
  const found = placeFor(turn);
  return 'answer' in found ? found.answer : formReply(turn, found.place, NO_NOTES);
};

export const saveSetUp = async (turn: Turn, data: VerbData<'channel.save'>): Promise<Reply> => {
  const found = placeFor(turn);
  if ('answer' in found) return found.answer;
  const command = { id: data.command, verb: 'channel.save' };
  const outcome = await setUpChannel(turn.ports, turn.actor, command, found.place, turn.inputs);
  const words = wordsOf(turn);
  if (outcome.kind === 'faults') {
    return formReply(turn, found.place, { ...NO_NOTES, faults: outcome.faults, typed: turn.inputs });
  }
  if (outcome.kind !== 'setUp') return said(turn.reader, words.notAdmin);
  const names = textFor(turn.reader.language).duties;
  const taken = outcome.taken.map((duty) => names[duty]);
  const text = taken.length === 0 ? words.done : `${words.done} ${words.taken(taken)}`;
  const card = channelCard(turn.reader, await viewOf(turn, found.place), { text, style: 'good' });
  return forGood({ card, summary: words.done });
};

export const askRemoveSetUp = async (turn: Turn): Promise<Reply> => {
  const found = placeFor(turn);
  if ('answer' in found) return found.answer;
  const view = await viewOf(turn, found.place);
  const own = view.there.some(({ duty, scope }) => maySetUp(turn.actor, duty, scope));
  if (!own) return formReply(turn, found.place, NO_NOTES);
  const words = wordsOf(turn);
  return { card: askRemoveChannelCard(turn.reader, view, turn.ports.random.id()), summary: words.askRemove };
};

export const removeSetUp = async (turn: Turn, data: VerbData<'channel.remove'>): Promise<Reply> => {
  const found = placeFor(turn);
  if ('answer' in found) return found.answer;
  const command = { id: data.command, verb: 'channel.remove' };
  const outcome = await removeChannel(turn.ports, turn.actor, command, found.place);
  const words = wordsOf(turn);
  return outcome.kind === 'removed' ? forGood(said(turn.reader, words.removed)) : said(turn.reader, words.notAdmin);
};
