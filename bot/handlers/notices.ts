import { type SubscriptionForm, settingsCard } from '../../cards/channels/subscription.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { dateTime, textFor } from '../../cards/format.ts';
import { digestCard, digestSummary } from '../../cards/notices/digest.ts';
import { snoozeCard } from '../../cards/notices/snooze.ts';
import { testCard } from '../../cards/notices/test.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { showClaim } from '../../domain/claims/show-claim.ts';
import { everyEngagement } from '../../domain/engagements/engagement.ts';
import { changeSettings } from '../../domain/notices/change-subscription.ts';
import { isListener, type Listener, listenerId } from '../../domain/notices/notice.ts';
import { isLastCall, reminderOf } from '../../domain/notices/reminders.ts';
import { showDigest } from '../../domain/notices/show-digest.ts';
import { snoozeClaim } from '../../domain/notices/snooze.ts';
import { defaultsFor, subscriptionOf } from '../../domain/notices/subscription.ts';
import { sendTest, showTest } from '../../domain/notices/test-notice.ts';
import { noSuchClaim } from './claims.ts';
import { personalOnly, type Reply, said, type Turn } from './turn.ts';

/** Who hears what is said where somebody speaks; null: neither their own chat nor a channel. */
const listenerOf = ({ personal, actor, channel }: Turn): Listener | null => {
  if (personal) return { personId: actor.personId };
  return channel === null ? null : { channelId: channel.conversationId };
};

/** A page of a digest, as it is now. Whoever reads along in its channel may turn it. */
export const openDigest = async (
  turn: Turn,
  { digest, page }: VerbData<'digest.show'>,
  banner?: Banner,
): Promise<Reply> => {
  const { ports, reader, actor } = turn;
  const words = textFor(reader.language).digest;
  const listener = listenerOf(turn);
  const notice = await ports.reads.notices.findNotice(digest);
  const here =
    notice?.kind === 'digest' &&
    listener !== null &&
    isListener(notice.audience) &&
    listenerId(notice.audience) === listenerId(listener);
  if (!here) return said(reader, words.gone);
  const subscription = await (turn.personal
    ? subscriptionOf(ports.reads, actor)
    : ports.reads.subscriptions.find(listener));
  if (subscription === null) return said(reader, words.gone);
  const view = await showDigest(ports, digest, subscription, turn.personal ? actor : null, page);
  return { card: digestCard(reader, view, !turn.personal, banner), summary: digestSummary(reader, view) };
};

export const askSnooze = async (turn: Turn, { claim: number, digest }: VerbData<'snooze.ask'>): Promise<Reply> => {
  const { ports, reader, actor, personal } = turn;
  const words = textFor(reader.language).snooze;
  const view = await showClaim(ports, actor, number);
  if (view === null) return noSuchClaim(turn, number);
  const { claim } = view;
  if (claim.dueAt === null || reminderOf(claim.status, false) === null) return said(reader, words.noClock);
  if (isLastCall(claim.dueAt, reader.now)) return said(reader, words.lastCall);
  return { card: snoozeCard(reader, view, !personal, ports.random.id(), digest), summary: words.title(number) };
};

export const saveSnooze = async (turn: Turn, data: VerbData<'snooze.save'>): Promise<Reply> => {
  const { ports, reader, actor } = turn;
  const listener = listenerOf(turn);
  if (listener === null) return personalOnly(turn);
  const command = { id: data.command, verb: 'snooze.save' };
  const outcome = await snoozeClaim(ports, actor, command, listener, data.claim, data.choice);
  const words = textFor(reader.language).snooze;
  if (outcome.kind === 'noSuchClaim') return noSuchClaim(turn, outcome.claim);
  if (outcome.kind !== 'snoozed') return said(reader, words[outcome.kind]);
  const done = words.done(dateTime(new Date(outcome.until), reader));
  if (data.digest !== undefined)
    return openDigest(turn, { digest: data.digest, page: 1 }, { text: done, style: 'good' });
  return said(reader, { title: done, body: turn.personal ? words.body : words.bodyChannel });
};

const formOf = async ({ ports, actor }: Turn): Promise<SubscriptionForm> => {
  const { reads } = ports;
  const [subscription, locations, engagements] = await Promise.all([
    reads.subscriptions.find({ personId: actor.personId }),
    reads.people.listLocations(actor.organisationId),
    everyEngagement(reads.engagements, ports.clock.now()),
  ]);
  return {
    subscription: subscription ?? defaultsFor(actor),
    kept: subscription !== null,
    scopes: [],
    locations,
    engagements,
    actor,
  };
};

const settingsReply = async (turn: Turn, notes: Notes, banner?: Banner): Promise<Reply> => ({
  card: settingsCard(turn.reader, await formOf(turn), notes, turn.ports.random.id(), banner),
  summary: textFor(turn.reader.language).settings.title,
});

/** `settings`: what one hears of one's claims, when, and in which language. */
export const openSettings = (turn: Turn): Promise<Reply> => settingsReply(turn, NO_NOTES);

export const saveSettings = async (turn: Turn, data: VerbData<'settings.save'>): Promise<Reply> => {
  const { ports, actor, inputs } = turn;
  const outcome = await changeSettings(ports, actor, { id: data.command, verb: 'settings.save' }, inputs);
  if (outcome.kind === 'faults') return settingsReply(turn, { ...NO_NOTES, faults: outcome.faults, typed: inputs });
  // What was chosen is read again, in the language that was chosen with it.
  const person = (await ports.reads.people.findActorById(actor.personId)) ?? actor;
  const now = { ...turn, actor: person, reader: { ...turn.reader, language: person.language } };
  return settingsReply(now, NO_NOTES, { text: textFor(person.language).settings.saved, style: 'good' });
};

/** `test notice`: one that tells nothing, on the way of all others. */
export const testHere = async (turn: Turn): Promise<Reply> => {
  const { ports, actor, reader } = turn;
  const listener = listenerOf(turn);
  if (listener === null) return personalOnly(turn);
  const id = await sendTest(ports, actor, listener, reader);
  return lookAtTest(turn, { notice: id }, { text: textFor(reader.language).test.sent, style: 'good' });
};

export const lookAtTest = async (turn: Turn, { notice }: VerbData<'test.show'>, banner?: Banner): Promise<Reply> => {
  const { ports, actor, reader } = turn;
  const words = textFor(reader.language).test;
  const hops = await showTest(ports, actor, notice, listenerOf(turn) ?? { personId: actor.personId });
  if (hops === null) return said(reader, words.gone);
  return { card: testCard(reader, notice, hops, banner), summary: words.title };
};
