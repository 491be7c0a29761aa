import { expect, test } from '@jest/globals';
import { COUNTRIES, marketOf } from '../../../domain/engagements/markets.ts';

test('R4: 22 countries are market A, 14 are market B, all others are market C', () => {
  const markets = Object.groupBy(COUNTRIES, marketOf);
  expect(markets.A).toHaveLength(22);
  expect(markets.B).toHaveLength(14);
  expect(markets.C).toHaveLength(COUNTRIES.length - 36);
});

test.each([
  ['NL', 'A'],
  ['BE', 'A'],
  ['GB', 'A'],
  ['US', 'A'],
  ['SG', 'B'],
  ['PR', 'B'],
  ['AE', 'B'],
  ['IN', 'C'],
  ['PL', 'C'],
  ['BR', 'C'],
] as const)('R4: %s is in market %s', (country, market) => {
  expect(marketOf(country)).toBe(market);
});

test('every country code is known to the platform, once, so it has a name to show', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  expect(COUNTRIES.filter((code) => names.of(code) === undefined)).toEqual([]);
  expect(new Set(COUNTRIES).size).toBe(COUNTRIES.length);
  expect([...COUNTRIES].sort()).toEqual(COUNTRIES);
});
