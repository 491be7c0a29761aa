import type { NoticeKind } from '../notices/notice.ts';
import { type Actor, adminScopes, EVERYWHERE, isProgramAdmin, type Language } from '../people/actor.ts';

/** What a channel can be set up for. */
export const DUTIES = ['reviews', 'access', 'sellers'] as const;
export type Duty = (typeof DUTIES)[number];

/** The channel somebody speaks in, as Teams says it: never as a card does. */
export type Place = { readonly conversationId: string; readonly name: string | null };

/** The chain of what a channel was set up for. */
export const chainOfChannel = (conversationId: string): string => `channel:${conversationId}`;

/** By the customer's country and the engagement's solution area (R28). Empty lists: all. */
export type Route = { readonly countries: readonly string[]; readonly solutionAreas: readonly string[] };
export const EVERY_DEAL: Route = { countries: [], solutionAreas: [] };

/** What a route is compared with. */
export type Routed = { readonly country: string; readonly solutionArea: string };

/** How a route stands in keys: the same deals, the same spelling. */
export const routeKey = ({ countries, solutionAreas }: Route): string =>
  countries.length + solutionAreas.length === 0
    ? ''
    : `${countries.toSorted().join(',')}|${solutionAreas.toSorted().join(',')}`;

/** Whether a channel hears of it. */
const goesTo = ({ countries, solutionAreas }: Route, { country, solutionArea }: Routed): boolean =>
  (countries.length === 0 || countries.includes(country)) &&
  (solutionAreas.length === 0 || solutionAreas.includes(solutionArea));

/** How much a route says: one of an organisation before one of all, then the one that says both, then fewer countries. */
const exactness = ({ scope, route }: Pick<ChannelDuty, 'scope' | 'route'>): readonly number[] => [
  scope === EVERYWHERE ? 1 : 0,
  (route.countries.length === 0 ? 1 : 0) + (route.solutionAreas.length === 0 ? 1 : 0),
  route.countries.length,
  route.solutionAreas.length,
];

/** Of the channels that may take something, the one that says most exactly that it does; null: none does. */
export const bestOf = <D extends Pick<ChannelDuty, 'scope' | 'route'>>(
  duties: readonly D[],
  routed: Routed | null,
): D | null => {
  const some = duties.filter(({ route }) => (routed === null ? routeKey(route) === '' : goesTo(route, routed)));
  const byExactness = (a: D, b: D) => {
    const [left, right] = [exactness(a), exactness(b)];
    const less = left.map((one, index) => one - (right[index] ?? 0)).find((difference) => difference !== 0);
    // Where nothing else tells them apart, it is always the same one.
    return less ?? (routeKey(a.route) < routeKey(b.route) ? -1 : 1);
  };
  return some.toSorted(byExactness)[0] ?? null;
};

/** A channel of Teams that has a duty, for every organisation ('*') or for one. */
export type ChannelDuty = {
  readonly duty: Duty;
  readonly scope: string;
  /** Which deals a channel of sellers hears of; for the other duties, everything. */
  readonly route: Route;
  readonly conversationId: string;
  /** As Teams called it then; null where it did not say. */
  readonly name: string | null;
  readonly language: Language;
  readonly timeZone: string | null;
};

export type KnownChannel = {
  readonly name: string | null;
  readonly setUpByIds: readonly string[];
};

/** How a channel fares (R31, R32). */
export type ChannelHealth = {
  /** Whether anything may be posted there; if not, why, where that is known. */
  readonly open: boolean;
  readonly closedWhy: string | null;
  /** What was posted there last, newest first. */
  readonly last: readonly { readonly kind: NoticeKind; readonly at: Date }[];
  /** In the last 24 hours. */
  readonly posted: number;
  /** What is kept for it and cannot be said now. */
  readonly waiting: number;
  /** What may or may not stand there, and what Teams refused for good, in the last 24 hours. */
  readonly unsure: number;
  readonly refused: number;
};

export type ChannelStore = {
  /**
   * The channel that has the duty for an organisation: its own before the one of all; for nobody's (null) the one of
   * all; for a deal the one that says most exactly that it is its own. Null: there is none that takes posts now.
   */
  findFor(duty: Duty, organisationId: string | null, routed?: Routed): Promise<ChannelDuty | null>;
  findDuty(duty: Duty, scope: string, route: Route): Promise<ChannelDuty | null>;
  /** Holds the channel until the transaction ends: its history is written by one at a time. */
  hold(conversationId: string): Promise<void>;
  listAt(conversationId: string): Promise<readonly ChannelDuty[]>;
  /** Gives the channel the duty; whichever had it before has it no more. */
  setUp(duty: ChannelDuty, by: { readonly personId: string; readonly at: Date }): Promise<void>;
  /** What a channel is called, and who set it up; null: it was set up for nothing. */
  findKnown(conversationId: string): Promise<KnownChannel | null>;
  /** Every channel that was set up for anything, by name; of these organisations alone where they are given. */
  listIds(organisationIds: readonly string[] | null): Promise<readonly string[]>;
  findHealth(conversationId: string, now: Date): Promise<ChannelHealth>;
  /** Takes every duty from the channel but those that are kept. */
  clear(conversationId: string, kept: readonly Pick<ChannelDuty, 'duty' | 'scope' | 'route'>[]): Promise<void>;
};

/**
 * Which duties a person may give a channel, and for whom: reviews are the programme's, access and sellers are the
 * organisation's as well (R3, R28, R31).
 */
export const maySetUp = (actor: Actor, duty: Duty, scope: string): boolean => {
  if (scope !== EVERYWHERE && scope !== actor.organisationId) return false;
  if (isProgramAdmin(actor)) return true;
  return adminScopes(actor) === 'all' && duty !== 'reviews' && scope === actor.organisationId;
};

/** What there is to choose from for this person; empty: they may set up no channel. */
export const duties = (actor: Actor): readonly Duty[] =>
  DUTIES.filter((duty) => [EVERYWHERE, actor.organisationId].some((scope) => maySetUp(actor, duty, scope)));

/** For whom this person may set a channel up. */
export const scopes = (actor: Actor): readonly string[] =>
  [EVERYWHERE, actor.organisationId].filter((scope) => DUTIES.some((duty) => maySetUp(actor, duty, scope)));
