import { type Stringifier, stringify } from 'csv-stringify';

/**
 * Where a spreadsheet would begin to read a formula in somebody's text. The library looks at the first letter; readers
 * also pass over blanks, invisible letters and quotes, and where lists are separated by semicolons, as in Dutch and
 * German Excel, or rows by a line break whose quotes were not seen, a cell begins in the middle of a text.
 */
const BEGINS_A_FORMULA = /(?<=^|[;\t\n]|\r(?!\n))(?=[\s\p{Cc}\p{Cf}"']*[=+\-@＝＋－＠﹦﹢﹣﹫])/gu;

/** The text with an apostrophe where a formula would begin: every spreadsheet then shows it as text. */
export const inert = (text: string): string => text.replace(BEGINS_A_FORMULA, "'");

/**
 * Rows of cells in, the bytes of a CSV file out: RFC 4180, UTF-8 with the mark by which Excel knows it. Text from people
 * never begins a formula; numbers are ours and stay numbers. Moments are ISO 8601 in UTC.
 */
export const csvFile = (columns: readonly string[]): Stringifier =>
  stringify({
    bom: true,
    header: true,
    columns: [...columns],
    record_delimiter: 'windows',
    // Said, because naming the end of a row switches it off: a text with any line break is put into quotes.
    quote_record_delimiter: true,
    escape_formulas: true,
    cast: { date: (at) => at.toISOString(), string: inert },
  });
