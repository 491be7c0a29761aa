import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lengthOf, oneLine, requiredLine } from '../../domain/typed.ts';

describe('what people type is kept as one clean line', () => {
  test.each([
    ['plain', 'Autumn workshops', 'Autumn workshops'],
    ['space around and between', '  Autumn \t  workshops  ', 'Autumn workshops'],
    ['line breaks of every kind', 'a\nb\r\nc\u2028d\u2029e\u0085f', 'a b c d e f'],
    ['a no-break space', 'a\u00a0b', 'a b'],
    ['control characters', 'a\u0000b\u001bc\u007fd', 'a b c d'],
    ['bidirectional overrides', 'Contoso \u202emoc.elpmaxe\u202c Inc', 'Contoso moc.elpmaxe Inc'],
    ['bidirectional isolates and marks', '\u2066a\u2069\u200eb\u200fc\u061c', 'abc'],
    ['a byte order mark and zero-width spaces', '\ufeffCon\u200btoso\u00ad', 'Contoso'],
    ['the joiner that cards put between braces', '{\u2060{', '{{'],
    ['letters and their marks apart', 'Cafe\u0301', 'Café'],
    ['half of a character', 'a\ud83db', 'a\ufffdb'],
    ['the joiners inside an emoji stay', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['letters of other scripts stay', 'شركة 東京 Ελλάς', 'شركة 東京 Ελλάς'],
  ])('%s', (_, typed, kept) => {
    expect(oneLine(typed)).toBe(kept);
  });

  test('cleaning what is clean changes nothing, and nothing invisible is left at the ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const kept = oneLine(typed);
        expect(oneLine(kept)).toBe(kept);
        expect(kept).toBe(kept.trim());
        expect(kept.isWellFormed()).toBe(true);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point.
        expect(kept).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('length is counted as people count', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['👍', 1],
    ['👍🏽', 1],
    ['👩‍👩‍👧‍👦', 1],
    ['🇳🇱', 1],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
    ['👩🏽‍❤️‍💋‍👨🏿', 1],
    ['नमस्ते', 3],
  ])('%j is %i long', (text, length) => {
    expect(lengthOf(text)).toBe(length);
  });

  test('a letter under a heap of marks does not get past the limit', () => {
    expect(lengthOf(`a${'\u0301'.repeat(32_000)}`)).toBeGreaterThan(1_000);
    expect(requiredLine(`a${'\u0301'.repeat(32_000)}`, 100)).toMatchObject({ fault: { code: 'text.tooLong' } });
  });
});

describe('a required line', () => {
  test.each(['', '   ', '\n\t', '\u200b', '\u00a0\u2003', '\u202e\u2060', '\u200d', '\u0301'])(
    'of nothing visible is missing: %j',
    (typed) => {
      expect(requiredLine(typed, 10)).toEqual({ fault: { code: 'text.missing' } });
    },
  );

  test.each(['7', '東', '👍', 'شركة', '-'])('may be any visible character: %j', (typed) => {
    expect(requiredLine(typed, 10)).toEqual({ value: typed });
  });

  test('is measured after cleaning, and says how long it was', () => {
    expect(requiredLine(`  ${'👍🏽'.repeat(10)}  `, 10)).toEqual({ value: '👍🏽'.repeat(10) });
    expect(requiredLine(`${'a'.repeat(11)}`, 10)).toEqual({ fault: { code: 'text.tooLong', most: 10, typed: 11 } });
  });
});
