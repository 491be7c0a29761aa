import { audit, auditPerson, byPerson } from '../audit/chain.ts';
import { chainOfChannel, type Place } from '../channels/channel.ts';
import { type Command, carryOut } from '../commands.ts';
import { everyEngagement } from '../engagements/engagement.ts';
import { type Actor, EVERYWHERE, LANGUAGES, type Language } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { oneLine } from '../typed.ts';
import type { Listener } from './notice.ts';
import { isZone, nextSlot, timeOfDay } from './slots.ts';
import { maySubscribe, type Subscription, subscribableScopes, subscriptionOf, TOPICS } from './subscription.ts';

const FIELDS = [
  'topics',
  'scope',
  'locations',
  'elsewhere',
  'engagements',
  'language',
  'zone',
  'digest',
  'quietFrom',
  'quietUntil',
] as const;
type Field = (typeof FIELDS)[number];

export type SubscriptionFault =
  | { readonly code: 'choice.missing' | 'time.invalid' | 'time.missing' | 'quiet.half' | 'quiet.allDay' }
  | { readonly code: 'zone.unknown' | 'location.unknown' | 'engagement.unknown'; readonly typed: string }
  | { readonly code: 'locations.notYours' };

type Faults = readonly { readonly field: Field; readonly fault: SubscriptionFault }[];

export type SubscribeOutcome =
  | { readonly kind: 'saved' | 'notAdmin' }
  | { readonly kind: 'faults'; readonly faults: Faults };

type Typed = Readonly<Record<string, string>>;
type Choice = Omit<Subscription, 'listener' | 'name' | 'changedById'>;

const list = (typed: string | undefined): readonly string[] =>
  [...new Set((typed ?? '').split(/[\s,;]+/))].filter((one) => one !== '');

const byField = () => {
  const faults: { field: Field; fault: SubscriptionFault }[] = [];
  const wrong = (field: Field, fault: SubscriptionFault): null => {
    faults.push({ field, fault });
    return null;
  };
  return { faults, wrong };
};
type Wrong = ReturnType<typeof byField>['wrong'];

/** Both ends of the quiet hours or neither, and not the whole day: nothing would ever be said. */
const parseQuiet = (typed: Typed, wrong: Wrong): Subscription['quiet'] => {
  const raw = { from: oneLine(typed.quietFrom ?? ''), until: oneLine(typed.quietUntil ?? '') };
  if (raw.from === '' && raw.until === '') return null;
  if (raw.from === '') return wrong('quietFrom', { code: 'quiet.half' });
  if (raw.until === '') return wrong('quietUntil', { code: 'quiet.half' });
  const [from, until] = [timeOfDay(raw.from), timeOfDay(raw.until)];
  if (from === null) wrong('quietFrom', { code: 'time.invalid' });
  if (until === null) wrong('quietUntil', { code: 'time.invalid' });
  if (from === null || until === null) return null;
  return from === until ? wrong('quietUntil', { code: 'quiet.allDay' }) : { from, until };
};

const parseTimes = (typed: Typed, wrong: Wrong, zoneRequired: boolean) => {
  const zone = oneLine(typed.zone ?? '').slice(0, 100);
  if (zone === '' ? zoneRequired : !isZone(zone)) wrong('zone', { code: 'zone.unknown', typed: zone });
  const rawDigest = oneLine(typed.digest ?? '');
  const digestAt = timeOfDay(rawDigest);
  if (digestAt === null) wrong('digest', { code: rawDigest === '' ? 'time.missing' : 'time.invalid' });
  return { timeZone: zone === '' ? null : zone, digestAt: digestAt ?? '', quiet: parseQuiet(typed, wrong) };
};

/** Which locations and engagements, by what was chosen or typed (a location by its PartnerID too); empty: all. */
const parseFilters = async (ports: Ports, typed: Typed, scope: string, wrong: Wrong) => {
  const own = list(typed.locations);
  const elsewhere = list(typed.elsewhere);
  const named = { locations: [...own, ...elsewhere], engagements: list(typed.engagements?.toLowerCase()) };
  const [locations, engagements] = await Promise.all([
    ports.reads.people.findLocations(named.locations),
    everyEngagement(ports.reads.engagements, ports.clock.now()),
  ]);
  const here = locations.filter(({ organisationId }) => scope === EVERYWHERE || organisationId === scope);
  const unknown = named.locations.find((key) => !here.some(({ id, partnerId }) => id === key || partnerId === key));
  if (unknown !== undefined) {
    wrong(own.includes(unknown) ? 'locations' : 'elsewhere', { code: 'location.unknown', typed: unknown });
  }
  const odd = named.engagements.find((slug) => !engagements.some((engagement) => engagement.slug === slug));
  if (odd !== undefined) wrong('engagements', { code: 'engagement.unknown', typed: odd });
  return { locationIds: here.map(({ id }) => id), engagements: named.engagements };
};

const parse = async (ports: Ports, typed: Typed, scope: string, channel: boolean) => {
  const { faults, wrong } = byField();
  const chosen = list(typed.topics);
  const topics = TOPICS.filter((topic) => chosen.includes(topic));
  // A person may want to hear nothing; a channel that hears nothing is not set up.
  if (channel && topics.length === 0) wrong('topics', { code: 'choice.missing' });
  const language: Language | null = LANGUAGES.find((one) => one === typed.language) ?? null;
  if (language === null) wrong('language', { code: 'choice.missing' });
  const choice: Choice = {
    scope,
    topics,
    language,
    ...parseTimes(typed, wrong, channel),
    ...(await parseFilters(ports, typed, scope, wrong)),
    expiredLater: typed.expired === 'digest',
    ownActions: typed.own !== 'false',
  };
  return { choice, faults, wrong };
};

/** Keeps it; the next digest follows the new times. What was put off comes back on its day. */
const keep = async (
  tx: Tx,
  subscription: Subscription,
  before: Subscription | null,
  timeZone: string | null,
  at: Date,
): Promise<void> => {
  const nextOf = (one: Subscription) => nextSlot(one, one.timeZone ?? timeZone, at);
  await tx.subscriptions.save(subscription, at);
  if (before !== null) await tx.notices.replan(subscription.listener, nextOf(before), nextOf(subscription));
};

const factsOf = ({ scope, topics, locationIds, engagements, digestAt, quiet, expiredLater }: Choice) => ({
  scope,
  topics,
  locations: locationIds,
  engagements,
  digestAt,
  quiet: quiet === null ? null : `${quiet.from}-${quiet.until}`,
  expiredLater,
});

/** R31: what a channel hears of claims from now on, in place of what it heard. */
export const subscribeChannel = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  place: Place,
  typed: Typed,
): Promise<SubscribeOutcome> => {
  const scopes = subscribableScopes(actor);
  if (scopes.length === 0) return { kind: 'notAdmin' };
  const scope = scopes.find((one) => one === typed.scope);
  const { choice, faults, wrong } = await parse(ports, typed, scope ?? actor.organisationId, true);
  if (scope === undefined) wrong('scope', { code: 'choice.missing' });
  else if (!maySubscribe(actor, scope, choice.locationIds)) wrong('locations', { code: 'locations.notYours' });
  if (faults.length > 0) return { kind: 'faults', faults };
  const listener: Listener = { channelId: place.conversationId };
  return carryOut<SubscribeOutcome>(ports, actor, command, async (tx, at) => {
    await tx.channels.hold(place.conversationId);
    const admin = await tx.people.findActorById(actor.personId);
    const before = await tx.subscriptions.find(listener);
    const others = before !== null && admin !== null && !maySubscribe(admin, before.scope, before.locationIds);
    if (admin === null || others || !maySubscribe(admin, choice.scope, choice.locationIds)) return { kind: 'notAdmin' };
    await keep(
      tx,
      { ...choice, listener, name: place.name ?? before?.name ?? null, changedById: actor.personId },
      before,
      null,
      at,
    );
    const event = {
      chain: chainOfChannel(place.conversationId),
      at,
      actor: byPerson(actor),
      what: 'channelSubscribed',
    };
    await audit(tx, ports.sha256, { ...event, facts: factsOf(choice) });
    return { kind: 'saved' };
  });
};

/** R31: what a person hears of claims in their own chat from now on, and in which language all is said to them. */
export const changeSettings = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  typed: Typed,
): Promise<SubscribeOutcome> => {
  const { choice, faults } = await parse(ports, typed, actor.organisationId, false);
  const { language } = choice;
  if (faults.length > 0 || language === null) return { kind: 'faults', faults };
  const { personId } = actor;
  return carryOut<SubscribeOutcome>(ports, actor, command, async (tx, at) => {
    await tx.people.hold(personId);
    await tx.people.chooseLanguage(personId, language);
    const subscription = { ...choice, language: null, listener: { personId }, name: null, changedById: personId };
    const before = await subscriptionOf(tx, actor);
    await keep(tx, subscription, before, actor.timeZone, at);
    await auditPerson(tx, ports.sha256, personId, { actor, at, what: 'settingsChanged', facts: factsOf(choice) });
    return { kind: 'saved' };
  });
};
