import { audit, byPerson } from '../audit/chain.ts';
import { type Command, carryOut } from '../commands.ts';
import { SOLUTION_AREAS } from '../engagements/engagement.ts';
import { COUNTRIES } from '../engagements/markets.ts';
import { maySubscribe, type Subscription } from '../notices/subscription.ts';
import { type Actor, EVERYWHERE, LANGUAGES } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { oneLine } from '../typed.ts';
import {
  type ChannelDuty,
  chainOfChannel,
  DUTIES,
  type Duty,
  EVERY_DEAL,
  maySetUp,
  type Place,
  type Route,
  routeKey,
} from './channel.ts';

export type RouteFault = { readonly code: 'countries.unknown'; readonly typed: string };
type SetUpFault =
  | { readonly field: 'duties' | 'scope' | 'language'; readonly fault: { readonly code: 'choice.missing' } }
  | { readonly field: 'countries'; readonly fault: RouteFault };

export type SetUpOutcome =
  /** `taken`: duties that another channel had until now. */
  | { readonly kind: 'setUp'; readonly taken: readonly Duty[] }
  | { readonly kind: 'removed' | 'notAdmin' }
  | { readonly kind: 'faults'; readonly faults: readonly SetUpFault[] };

/** A channel's duties that this person may not change; they stay whatever the person chooses. */
const othersAt = (actor: Actor, there: readonly ChannelDuty[]): readonly ChannelDuty[] =>
  there.filter(({ duty, scope }) => !maySetUp(actor, duty, scope));

/** Whether there is anything set up in a channel that this person may take away. */
export const mayRemove = (
  actor: Actor,
  there: readonly ChannelDuty[],
  subscription: Pick<Subscription, 'scope' | 'locationIds'> | null,
): boolean => othersAt(actor, there).length < there.length || isTheirs(actor, subscription);

const isTheirs = (actor: Actor, heard: Pick<Subscription, 'scope' | 'locationIds'> | null): boolean =>
  heard !== null && maySubscribe(actor, heard.scope, heard.locationIds);

/** Which deals a channel of sellers is to hear of: countries by code, typed in a row, and solution areas chosen. */
const parseRoute = (
  typed: Readonly<Record<string, string>>,
): { readonly route: Route } | { readonly unknown: string } => {
  const given = (typed.countries ?? '').split(/[\s,;]+/).filter((one) => one !== '');
  const countries = [...new Set(given.map((one) => one.toUpperCase()))];
  const unknown = given.find((one) => !COUNTRIES.includes(one.toUpperCase()));
  if (unknown !== undefined) return { unknown: oneLine(unknown).slice(0, 40) };
  const chosen = (typed.solutionAreas ?? '').split(',');
  const solutionAreas = SOLUTION_AREAS.filter((area) => chosen.includes(area));
  // All there are is no choice: what comes later is heard of as well.
  return { route: { countries, solutionAreas: solutionAreas.length === SOLUTION_AREAS.length ? [] : solutionAreas } };
};

/** Takes the channel's duties but those that are kept. What an organisation has no channel for goes to the one of all. */
const release = async (
  tx: Tx,
  { conversationId }: Place,
  kept: readonly Pick<ChannelDuty, 'duty' | 'scope' | 'route'>[],
) => {
  const there = await tx.channels.listAt(conversationId);
  await tx.channels.clear(conversationId, kept);
  if (there.some(({ duty }) => duty === 'sellers')) await tx.notices.reroute('sellers');
  for (const { duty, scope } of there) {
    if (duty === 'sellers' || scope === EVERYWHERE || kept.some((one) => one.duty === duty && one.scope === scope))
      continue;
    const rest = await tx.channels.findDuty(duty, EVERYWHERE, EVERY_DEAL);
    if (rest !== null) await tx.notices.moveTo(duty, EVERYWHERE, rest.conversationId);
  }
};

/**
 * R31: gives the channel its duties, in place of those it had. A duty of a scope has one channel: whichever had it
 * before is relieved of it, and what waits for a channel, or is still to be decided, is posted here.
 */
export const setUpChannel = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  place: Place,
  typed: Readonly<Record<string, string>>,
): Promise<SetUpOutcome> => {
  const chosen = (typed.duties ?? '').split(',');
  const wanted = DUTIES.filter((duty) => chosen.includes(duty));
  const scope = typed.scope ?? '';
  const language = LANGUAGES.find((one) => one === typed.language);
  const allowed = wanted.filter((duty) => maySetUp(actor, duty, scope));
  const faults: SetUpFault[] = [];
  const missing = { code: 'choice.missing' } as const;
  if (wanted.length === 0) faults.push({ field: 'duties', fault: missing });
  else if (allowed.length < wanted.length) {
    // Somebody who may set up nothing at all is told so, and not which field is wrong.
    if (!DUTIES.some((duty) => maySetUp(actor, duty, actor.organisationId))) return { kind: 'notAdmin' };
    faults.push({ field: 'scope', fault: missing });
  }
  if (language === undefined) faults.push({ field: 'language', fault: missing });
  const routed = wanted.includes('sellers') ? parseRoute(typed) : { route: EVERY_DEAL };
  if ('unknown' in routed) {
    faults.push({ field: 'countries', fault: { code: 'countries.unknown', typed: routed.unknown } });
  }
  if (faults.length > 0 || language === undefined || 'unknown' in routed) return { kind: 'faults', faults };
  return carryOut<SetUpOutcome>(ports, actor, command, async (tx, at) => {
    await tx.channels.hold(place.conversationId);
    const there = await tx.channels.listAt(place.conversationId);
    const others = othersAt(actor, there);
    // Teams often does not say how the channel is called; what it said before still holds.
    const name = place.name ?? there.find((duty) => duty.name !== null)?.name ?? null;
    const set = wanted.map(
      (duty): ChannelDuty => ({
        ...{ duty, scope, language, timeZone: actor.timeZone, ...place, name },
        route: duty === 'sellers' ? routed.route : EVERY_DEAL,
      }),
    );
    const taken: Duty[] = [];
    for (const duty of set) {
      const before = await tx.channels.findDuty(duty.duty, scope, duty.route);
      await tx.channels.setUp(duty, { personId: actor.personId, at });
      if (before?.conversationId === place.conversationId) continue;
      if (before !== null) taken.push(duty.duty);
      if (duty.duty === 'sellers') await tx.notices.reroute('sellers');
      else await tx.notices.moveTo(duty.duty, scope, place.conversationId);
    }
    await release(tx, place, [...set, ...others]);
    const facts = { duties: wanted.map((duty) => `${duty}:${scope}`), language, taken, route: routeKey(routed.route) };
    const event = { chain: chainOfChannel(place.conversationId), at, actor: byPerson(actor), what: 'channelSetUp' };
    await audit(tx, ports.sha256, { ...event, facts });
    return { kind: 'setUp', taken };
  });
};

/** Takes the channel's duties away, and what it hears of claims, as far as they are this person's to give. What stands there stays. */
export const removeChannel = (ports: Ports, actor: Actor, command: Command, place: Place): Promise<SetUpOutcome> =>
  carryOut<SetUpOutcome>(ports, actor, command, async (tx, at) => {
    await tx.channels.hold(place.conversationId);
    const there = await tx.channels.listAt(place.conversationId);
    const others = othersAt(actor, there);
    const listener = { channelId: place.conversationId };
    const subscription = await tx.subscriptions.find(listener);
    if (!mayRemove(actor, there, subscription)) return { kind: 'notAdmin' };
    const own = isTheirs(actor, subscription);
    await release(tx, place, others);
    if (own) {
      await tx.subscriptions.remove(listener);
      await tx.notices.dropPlanned(listener, at);
    }
    const facts = { subscription: own, kept: others.map(({ duty, scope }) => `${duty}:${scope}`) };
    const event = { chain: chainOfChannel(place.conversationId), at, actor: byPerson(actor), what: 'channelRemoved' };
    await audit(tx, ports.sha256, { ...event, facts });
    return { kind: 'removed' };
  });
