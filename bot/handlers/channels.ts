import { askRemoveChannelCard, type ChannelView, channelCard, setUpCard } from '../../cards/channels/channel.ts';
import { channelsCard, statusCard } from '../../cards/channels/status.ts';
import { subscriptionCard } from '../../cards/channels/subscription.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import { textFor } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { duties, type Place, scopes } from '../../domain/channels/channel.ts';
import { mayRemove, removeChannel, setUpChannel } from '../../domain/channels/set-up-channel.ts';
import { listChannels, showChannel } from '../../domain/channels/show-channels.ts';
import { showRecord } from '../../domain/co-sell/record.ts';
import { everyEngagement } from '../../domain/engagements/engagement.ts';
import { subscribeChannel } from '../../domain/notices/change-subscription.ts';
import { defaultsFor, type Subscription, subscribableScopes } from '../../domain/notices/subscription.ts';
import { type Actor, adminScopes, isProgramAdmin } from '../../domain/people/actor.ts';
import { testHere } from './notices.ts';
import { forGood, personalOnly, type Reply, said, type Turn } from './turn.ts';

const wordsOf = ({ reader }: Turn) => textFor(reader.language).channel;

const viewOf = async ({ ports, actor }: Turn, { conversationId }: Place): Promise<ChannelView> => {
  const { duties: there, subscription, locations } = await showChannel(ports, conversationId);
  return { actor, there, subscription, locations, duties: duties(actor), scopes: scopes(actor) };
};

/** Whether the person may set anything up in a channel. */
export const maySetUpAny = (actor: Actor): boolean => duties(actor).length > 0 || subscribableScopes(actor).length > 0;

/** The channel that is spoken in, and whether the person may set it up; otherwise what to answer. */
const placeFor = (turn: Turn): { readonly place: Place } | { readonly answer: Reply } => {
  if (turn.channel === null) return { answer: said(turn.reader, wordsOf(turn).notHere) };
  if (!maySetUpAny(turn.actor)) return { answer: said(turn.reader, wordsOf(turn).notAdmin) };
  return { place: turn.channel };
};

const formReply = async (turn: Turn, place: Place, notes: Notes): Promise<Reply> => {
  const view = await viewOf(turn, place);
  // Whoever may give a channel no duty comes to what they may choose at once.
  if (view.duties.length === 0) return subscriptionReply(turn, place, NO_NOTES);
  return { card: setUpCard(turn.reader, view, notes, turn.ports.random.id()), summary: wordsOf(turn).title };
};

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
  if (!mayRemove(turn.actor, view.there, view.subscription)) return formReply(turn, found.place, NO_NOTES);
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

/** What is offered for a channel that hears of no claims yet: everything, in the language and zone of who sets it up. */
const newSubscription = (
  { actor, reader }: Turn,
  { conversationId, name }: Place,
  reach: readonly string[] | 'all',
): Subscription => ({
  ...defaultsFor(actor),
  listener: { channelId: conversationId },
  scope: subscribableScopes(actor)[0] ?? actor.organisationId,
  locationIds: reach === 'all' ? [] : reach,
  language: reader.language,
  timeZone: reader.timeZone,
  name,
});

const subscriptionReply = async (turn: Turn, place: Place, notes: Notes): Promise<Reply> => {
  const { ports, reader, actor } = turn;
  const [kept, locations, engagements] = await Promise.all([
    ports.reads.subscriptions.find({ channelId: place.conversationId }),
    ports.reads.people.listLocations(actor.organisationId),
    everyEngagement(ports.reads.engagements, ports.clock.now()),
  ]);
  const reach = isProgramAdmin(actor) ? 'all' : adminScopes(actor);
  const chosen = await ports.reads.people.findLocations(kept?.locationIds ?? []);
  const elsewhere = chosen.filter(({ organisationId }) => organisationId !== actor.organisationId);
  const form = {
    subscription: kept ?? newSubscription(turn, place, reach),
    kept: kept !== null,
    scopes: subscribableScopes(actor),
    locations: [...(reach === 'all' ? locations : locations.filter(({ id }) => reach.includes(id))), ...elsewhere],
    engagements,
    actor,
  };
  const words = textFor(reader.language).subscription;
  return { card: subscriptionCard(reader, form, notes, ports.random.id()), summary: words.title };
};

/** What the channel hears of claims, and a form to change that (R31). */
export const openSubscription = async (turn: Turn): Promise<Reply> => {
  const found = placeFor(turn);
  return 'answer' in found ? found.answer : subscriptionReply(turn, found.place, NO_NOTES);
};

export const saveSubscription = async (turn: Turn, data: VerbData<'channel.subscribe'>): Promise<Reply> => {
  const found = placeFor(turn);
  if ('answer' in found) return found.answer;
  const { ports, actor, inputs, reader } = turn;
  const command = { id: data.command, verb: 'channel.subscribe' };
  const outcome = await subscribeChannel(ports, actor, command, found.place, inputs);
  const words = textFor(reader.language).subscription;
  if (outcome.kind === 'faults') {
    return subscriptionReply(turn, found.place, { ...NO_NOTES, faults: outcome.faults, typed: inputs });
  }
  if (outcome.kind === 'notAdmin') return said(reader, words.notAdmin);
  const card = channelCard(reader, await viewOf(turn, found.place), { text: words.saved, style: 'good' });
  return forGood({ card, summary: words.saved });
};

/** `status`: in a channel about that one, for everybody there; in the own chat of an admin about all (R31). */
export const openStatus = async (turn: Turn): Promise<Reply> => {
  const { ports, reader, actor, channel, personal } = turn;
  if (channel === null) return personal ? openChannels(turn, { page: 1 }) : personalOnly(turn);
  const [status, record] = await Promise.all([showChannel(ports, channel.conversationId), showRecord(ports, actor)]);
  const named = { ...status, name: status.name ?? channel.name };
  const card = statusCard(reader, named, record, actor, maySetUpAny(actor));
  return { card, summary: textFor(reader.language).status.title };
};

export const openChannels = async (turn: Turn, { page }: VerbData<'channels.list'>): Promise<Reply> => {
  const { ports, reader, actor } = turn;
  const words = textFor(reader.language).status;
  const view = await listChannels(ports, actor, page);
  if (view === null) return said(reader, words.notAdmin);
  return { card: channelsCard(reader, view, await showRecord(ports, actor), actor), summary: words.all };
};

/** A test notice changes nothing, but everybody in the channel reads it: it is an admin's to send. */
export const testChannel = async (turn: Turn): Promise<Reply> => {
  if (turn.personal) return testHere(turn);
  const found = placeFor(turn);
  return 'answer' in found ? found.answer : testHere(turn);
};
