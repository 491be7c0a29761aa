import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bestOf, EVERY_DEAL, type Route, routeKey } from '../../../domain/channels/channel.ts';

type Named = { readonly name: string; readonly scope: string; readonly route: Route };

const duty = (
  name: string,
  countries: readonly string[] = [],
  solutionAreas: readonly string[] = [],
  scope = '*',
): Named => ({ name, scope, route: { countries, solutionAreas } });

const DEAL = { country: 'NL', solutionArea: 'security' };

describe('R28: the channel that says most exactly what it takes gets the deal', () => {
  test.each<[string, readonly Named[], string | null]>([
    ['there is none', [], null],
    ['the only one', [duty('all')], 'all'],
    ['the only one is for another country', [duty('belgium', ['BE'])], null],
    ['the only one is for another area', [duty('azure', [], ['azure'])], null],
    ['the country is right and the area is not', [duty('both', ['NL'], ['azure'])], null],
    [
      'an organisation’s own before a more exact one of all',
      [duty('all', ['NL'], ['security']), duty('own', [], [], 'ours')],
      'own',
    ],
    ['an organisation’s own for another country does not count', [duty('all'), duty('own', ['BE'], [], 'ours')], 'all'],
    ['one that says a country before one that says nothing', [duty('all'), duty('country', ['NL'])], 'country'],
    ['one that says an area before one that says nothing', [duty('all'), duty('area', [], ['security'])], 'area'],
    [
      'one that says both before one that says one, however few that one takes',
      [
        duty('country', ['NL']),
        duty('area', [], ['security']),
        duty('both', ['BE', 'DE', 'NL'], ['azure', 'security']),
      ],
      'both',
    ],
    ['fewer countries first', [duty('three', ['BE', 'DE', 'NL']), duty('two', ['BE', 'NL'])], 'two'],
    [
      'of as many countries, fewer areas first',
      [duty('two areas', ['NL'], ['azure', 'security']), duty('one area', ['NL'], ['security'])],
      'one area',
    ],
  ])('%s', (_what, duties, expected) => {
    expect(bestOf(duties, DEAL)?.name ?? null).toBe(expected);
    expect(bestOf(duties.toReversed(), DEAL)?.name ?? null).toBe(expected);
  });

  test('what has no country goes to a channel of everything alone', () => {
    expect(bestOf([duty('country', ['NL']), duty('area', [], ['security'])], null)).toBeNull();
    expect(bestOf([duty('country', ['NL']), duty('all')], null)?.name).toBe('all');
  });

  test('the channel of an organisation comes before the one of all for what has no country, too', () => {
    expect(bestOf([duty('all'), duty('own', [], [], 'ours')], null)?.name).toBe('own');
  });
});

const COUNTRIES = ['BE', 'DE', 'FR', 'NL', 'US'] as const;
const AREAS = ['azure', 'security', 'modernWork'] as const;
const routes = fc.record({ countries: fc.subarray([...COUNTRIES]), solutionAreas: fc.subarray([...AREAS]) });
const duties = fc
  .array(fc.tuple(routes, fc.constantFrom('*', 'ours')), { maxLength: 8 })
  .map((many) =>
    many.map(([{ countries, solutionAreas }, scope], index) => duty(`${index}`, countries, solutionAreas, scope)),
  );
const deals = fc.record({ country: fc.constantFrom(...COUNTRIES), solutionArea: fc.constantFrom(...AREAS) });

test('R28: a deal never goes where it was not asked for, and goes somewhere whenever some channel asked for it', () => {
  fc.assert(
    fc.property(duties, deals, (some, deal) => {
      const takes = ({ route }: Named) =>
        (route.countries.length === 0 || route.countries.includes(deal.country)) &&
        (route.solutionAreas.length === 0 || route.solutionAreas.includes(deal.solutionArea));
      const best = bestOf(some, deal);
      expect(best === null).toBe(!some.some(takes));
      if (best !== null) expect(takes(best)).toBe(true);
    }),
  );
});

describe('R28: the same route has the same key, however it was typed', () => {
  test('of every deal it is empty', () => {
    expect(routeKey(EVERY_DEAL)).toBe('');
  });

  test('in any order', () => {
    fc.assert(
      fc.property(routes, ({ countries, solutionAreas }) => {
        const key = routeKey({ countries, solutionAreas });
        expect(routeKey({ countries: countries.toReversed(), solutionAreas: solutionAreas.toReversed() })).toBe(key);
      }),
    );
  });

  test('and another has another', () => {
    fc.assert(
      fc.property(routes, routes, (one, other) => {
        const same =
          one.countries.join() === other.countries.join() && one.solutionAreas.join() === other.solutionAreas.join();
        expect(routeKey(one) === routeKey(other)).toBe(same);
      }),
    );
  });
});
