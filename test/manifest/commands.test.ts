import { describe, expect, test } from '@jest/globals';
import { commandOf } from '../../bot/handlers/words.ts';
import { ADD_CUSTOMER, FIND, SEARCHES } from '../../bot/teams/compose-values.ts';
import { commandLists } from '../../manifest/commands.ts';
import { manifestFor } from '../../manifest/manifest.ts';
import { DEPLOYMENT } from '../support/app-package.ts';

const [en, nl] = [commandLists('en'), commandLists('nl')];

describe.each(en.map(({ scopes, commands }, list) => ({ scope: scopes.join(), commands, dutch: nl[list]?.commands })))(
  'the menu of what can be said, $scope',
  ({ scope, commands, dutch = [] }) => {
    test('is as long as Teams shows it, and as long in Dutch', () => {
      expect(commands.length).toBeLessThanOrEqual(12);
      expect(dutch).toHaveLength(commands.length);
    });

    test('holds words that the bot understands, never the ones it answers with help for want of better', () => {
      const unknown = [...commands, ...dutch].filter(({ title }) => commandOf(title) === undefined);
      expect(unknown).toEqual([]);
    });

    test('says the same in both languages', () => {
      // Choosing a language is offered in that language, so to whom it is of use.
      const pairs = commands.map(({ title }, at) => [title, dutch[at]?.title ?? ''] as const);
      const different = pairs.filter(([one, other]) => commandOf(one) !== commandOf(other));
      expect(different.filter(([one]) => one !== 'nederlands')).toEqual([]);
    });

    test('offers nothing twice, and nothing that is for another place', () => {
      const meant = commands.map(({ title }) => commandOf(title));
      expect(new Set(meant).size).toBe(meant.length);
      expect(scope === 'personal' ? [] : meant.filter((command) => command?.personal)).toEqual([]);
    });

    test('says of each what it does, as a sentence begins', () => {
      for (const { description } of [...commands, ...dutch]) expect(description).toMatch(/^\p{Lu}.{5,}/u);
    });
  },
);

test('what is declared for where one writes a message is what the bot answers there', () => {
  const [{ commands = [] } = {}] = manifestFor(DEPLOYMENT).composeExtensions ?? [];
  const searches = commands.filter(({ type }) => type === 'query');
  expect(searches.map(({ id }) => id).toSorted()).toEqual(SEARCHES.toSorted());
  expect(searches.map(({ parameters = [] }) => parameters.map(({ name }) => name))).toEqual([[FIND], [FIND]]);
  expect(commands.filter(({ type }) => type === 'action').map(({ id }) => id)).toEqual([ADD_CUSTOMER]);
});
