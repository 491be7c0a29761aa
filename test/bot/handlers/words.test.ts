import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearest } from '../../../bot/handlers/words.ts';

describe('the command that was probably meant', () => {
  test.each([
    ['add custmer', 'add customer'],
    ['ad customer', 'add customer'],
    ['add costumer', 'add customer'],
    ['new custmer', 'new customer'],
    ['klant toevoegn', 'klant toevoegen'],
    ['klanttoevoegen', 'klant toevoegen'],
    ['clams', 'claims'],
    ['my claim', 'my claims'],
    ['mijn claim', 'mijn claims'],
    ['export claim', 'export claims'],
    ['exporteer klant', 'exporteer klanten'],
    ['hepl', 'help'],
    ['hulpp', 'hulp'],
    ['engish', 'english'],
    ['nederlnds', 'nederlands'],
    ['claim 100002', 'claim 1000027'],
  ])('%j: %j', (typed, command) => {
    expect(nearest(typed)).toBe(command);
  });

  test.each(['', 'a', 'ok', 'no', 'ja', 'yes', 'thanks', 'bedankt', 'what can you do?', 'xyzzy', 'q'.repeat(100_000)])(
    'nothing comes near %j',
    (typed) => {
      expect(nearest(typed)).toBeNull();
    },
  );

  test('one slip of the finger in a longer command is always understood', () => {
    const commands = ['add customer', 'klant toevoegen', 'nieuwe klant', 'mijn claims', 'nederlands', 'english'];
    const slip = fc.record({
      command: fc.constantFrom(...commands),
      at: fc.nat(),
      letter: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
      kind: fc.constantFrom('left out', 'put in', 'mistaken'),
    });
    fc.assert(
      fc.property(slip, ({ command, at, letter, kind }) => {
        const index = at % command.length;
        const typed = [...command].toSpliced(
          index,
          kind === 'put in' ? 0 : 1,
          ...(kind === 'left out' ? [] : [letter]),
        );
        expect(nearest(typed.join(''))).toBe(command);
      }),
      { numRuns: 500 },
    );
  });
});
