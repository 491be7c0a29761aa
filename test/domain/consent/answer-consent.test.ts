import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isNameOf } from '../../../domain/consent/answer-consent.ts';

describe("R22: an answer needs the contact's own name", () => {
  test.each([
    ['Anna de Vries', 'Anna de Vries'],
    ['anna de vries', 'Anna de Vries'],
    ['ANNA', 'Anna de Vries'],
    ['de Vries', 'Anna de Vries'],
    ['A. de Vries', 'Anna de Vries'],
    ['Vries, Anna de', 'Anna de Vries'],
    ['mw. A. Vries', 'Anna de Vries'],
    ['Vries', 'J. de Vries'],
    ['Bo', 'Bo Jansen'],
    ['Jose Garcia', 'José García'],
    ['José García', 'Jose Garcia'],
    ['Muller', 'Müller'],
    ['Zoë', 'Zoe\u0308'],
    ['Anna-Marie', 'Anna Marie Jansen'],
    ["O'Neil", 'Pat O’Neil'],
    ['li', 'Li Wu'],
    ['wu', 'Bo Wu'],
    ['田中', '田中 太郎'],
    ['محمد', 'محمد علي'],
    ['7', '7'],
    ['Berg', 'Jan van der Berg'],
    ['der Berg', 'van der Berg'],
    ['Mr Wu', 'Mr Li Wu'],
    ['de la', 'De La'],
    ['Ben', 'Ben Ali'],
  ])('%j answers for %j', (typed, contact) => {
    expect(isNameOf(typed, contact)).toBe(true);
  });

  test.each([
    ['', 'Anna de Vries'],
    ['  ', 'Anna de Vries'],
    ['yes', 'Anna de Vries'],
    ['Bert', 'Anna de Vries'],
    ['de', 'Anna de Vries'],
    ['A.', 'Anna de Vries'],
    ['J. de', 'J. de Vries'],
    ['Ann', 'Anna de Vries'],
    ['Annabel', 'Anna de Vries'],
    ['Vrie', 'Anna de Vries'],
    ['.', 'Anna de Vries'],
    ['i', 'Li Wu'],
    ['van', 'Jan van der Berg'],
    ['van der', 'Jan van der Berg'],
    ['Mr', 'Mr Li Wu'],
    ['Dr.', 'Dr. Noor Bakker'],
    ['von', 'Max von Sydow'],
  ])('%j does not answer for %j', (typed, contact) => {
    expect(isNameOf(typed, contact)).toBe(false);
  });

  test('a contact whose name holds no letter answers by exactly that name', () => {
    expect(isNameOf('★', '★')).toBe(true);
    expect(isNameOf(' ★ ', '★')).toBe(true);
    expect(isNameOf('☆', '★')).toBe(false);
    expect(isNameOf('', '★')).toBe(false);
  });

  test('everybody can answer with the name the mail greets them by, in capitals or not', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((text) => /[\p{L}\p{N}]/u.test(text));
    fc.assert(
      fc.property(name, (contact) => {
        expect(isNameOf(contact, contact)).toBe(true);
        expect(isNameOf(`  ${contact}  `, contact)).toBe(true);
        expect(isNameOf(contact.normalize('NFD'), contact)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
