import { choiceTitle } from '../../cards/card.ts';
import { countryName, textFor } from '../../cards/format.ts';
import { DATASETS, type Dataset } from '../../cards/verbs.ts';
import { locationsFor } from '../../domain/drafts/show-draft.ts';
import { everyEngagement } from '../../domain/engagements/engagement.ts';
import { type Actor, mayClaim } from '../../domain/people/actor.ts';
import { customerChoices, findEngagements, findLocations } from '../../domain/pickers.ts';
import type { Ports } from '../../domain/ports.ts';

/** What a client shows under a field while somebody types, and what it sends for it. */
export type Suggestion = { readonly title: string; readonly value: string };

/** `narrow`: what stands behind the slash of the dataset; empty: nothing. */
type Search = (ports: Ports, actor: Actor, find: string, narrow: string) => Promise<readonly Suggestion[]>;

/** What can be suggested. Each finds only what the person may choose (R2). */
const SEARCHES: Record<Dataset, Search> = {
  // R13: of a form that was begun at an engagement, those that are eligible for it.
  locations: async (ports, actor, find, slug) => {
    const { usable } = await locationsFor(ports, actor, slug === '' ? {} : { from: slug });
    return findLocations(usable, find).options.map(({ id, name, partnerId, country }) => ({
      title: choiceTitle([name, partnerId, countryName(country, actor.language)]),
      value: id,
    }));
  },
  engagements: async (ports, { language }, find) => {
    const all = await everyEngagement(ports.reads.engagements, ports.clock.now());
    return findEngagements(all, find, language).options.map(({ slug, name, solutionArea }) => ({
      title: choiceTitle([name[language], textFor(language).solutionAreas[solutionArea]]),
      value: slug,
    }));
  },
  customers: async (ports, actor, find) =>
    (await customerChoices(ports, actor, find)).options.map(({ id, name }) => ({
      title: choiceTitle([name]),
      value: id,
    })),
};

/** Suggestions for a field of a card; none for what nobody can search in, or without a role. */
export const suggestionsFor = async (
  ports: Ports,
  actor: Actor,
  dataset: string,
  find: string,
): Promise<readonly Suggestion[]> => {
  const [name, narrow = ''] = dataset.split('/');
  const known = DATASETS.find((one) => one === name);
  return known === undefined || !mayClaim(actor) ? [] : SEARCHES[known](ports, actor, find, narrow);
};
