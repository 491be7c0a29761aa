import type { KnownCustomer } from './customers/customer-store.ts';
import type { Engagement } from './engagements/engagement.ts';
import type { Actor, Language } from './people/actor.ts';
import type { Location } from './people/people-store.ts';
import type { Ports } from './ports.ts';
import { oneLine } from './typed.ts';

/** A client shows 15 suggestions at most; a list that is longer is searched, not scrolled. */
export const MOST_CHOICES = 15;

/** What a picker offers. */
export type Found<T> = {
  /** At most MOST_CHOICES. */
  readonly options: readonly T[];
  /** Whether there are more than that, or it was narrowed: then one looks for what one wants. */
  readonly searched: boolean;
};

const found = <T>(options: readonly T[], find: string): Found<T> => ({
  options: options.slice(0, MOST_CHOICES),
  searched: find !== '' || options.length > MOST_CHOICES,
});

/** Words as they are compared: lower case, without accents. */
const folded = (text: string): string => oneLine(text).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether every word that was typed begins a word of the text. */
const matches = (text: string, find: string): boolean => {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u);
  const typed = folded(find)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return typed.every((part) => words.some((word) => word.startsWith(part)));
};

const narrowed = <T>(all: readonly T[], find: string, said: (one: T) => string): Found<T> =>
  found(
    all.filter((one) => matches(said(one), find)),
    oneLine(find),
  );

/** Locations by name or PartnerID. */
export const findLocations = (usable: readonly Location[], find: string): Found<Location> =>
  narrowed(usable, find, ({ name, partnerId }) => `${name} ${partnerId}`);

/** Engagements by name or slug. */
export const findEngagements = (all: readonly Engagement[], find: string, language: Language): Found<Engagement> => {
  const { compare } = new Intl.Collator(language);
  const sorted = all.toSorted((a, b) => compare(a.name[language], b.name[language]));
  return narrowed(sorted, find, ({ name, slug }) => `${name[language]} ${slug}`);
};

/** Customers that the organisation knows (R19), by name or by an identifier. */
export const customerChoices = async (ports: Ports, actor: Actor, find: string): Promise<Found<KnownCustomer>> => {
  const wanted = oneLine(find);
  return found(await ports.reads.customers.listKnown(actor.organisationId, wanted, MOST_CHOICES + 1), wanted);
};

/** Colleagues whom Claimdesk knows, by name. */
export const findColleagues = async (ports: Ports, actor: Actor, find: string): Promise<Found<Actor>> => {
  const wanted = oneLine(find);
  const { organisationId, personId } = actor;
  return found(await ports.reads.people.listColleagues(organisationId, personId, wanted, MOST_CHOICES + 1), wanted);
};
