import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Refused } from '../../domain/commands.ts';
import type { FileFault } from '../../domain/imports/faults.ts';
import type { RecordFile } from '../../domain/imports/stage-import.ts';

/** What spreadsheets separate columns by. A `|` is not among them: it separates the values of one cell. */
const DELIMITERS = [',', ';', '\t'] as const;

/** The one that stands most often in the header, outside quotes. */
export const delimiterOf = (header: string): string => {
  const bare = header.replace(/"[^"]*"/g, '');
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
};

/** A quote that is never closed would gather the rest of the file. */
const LARGEST_RECORD = 1_000_000;

/** However lines end, even differently in one file: csv-parse would count some of them twice. */
const withOneLineEnd = async function* (text: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  let held = '';
  for await (const chunk of text) {
    const whole = held + chunk;
    // What follows it tells whether this is one end of a line or half of one.
    held = whole.endsWith('\r') ? '\r' : '';
    yield whole.slice(0, whole.length - held.length).replace(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
};

type Read = { readonly line: number; readonly values: readonly string[] };

/** Records of a CSV file, each with the line on which it begins. `header`: the first line of the text. */
export const csvFile = async (text: AsyncGenerator<string, void>, header: string): Promise<RecordFile> => {
  // Counted while records are found: when a fault is heard of, those before it may still wait to be read.
  let ended = 0;
  const parser = parse({
    delimiter: delimiterOf(header),
    record_delimiter: '\n',
    on_record: (values, { lines }) => {
      // A cell may hold several lines; the record is found by its first.
      const within = values.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
      ended = lines;
      // The library's types know of no record but a list.
      return { line: lines - within, values } satisfies Read as unknown as string[];
    },
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LARGEST_RECORD,
  });
  // What goes wrong in the source arrives where the records are read.
  pipeline(Readable.from(withOneLineEnd(text)), parser, () => {});
  const source = (parser as AsyncIterable<Read>)[Symbol.asyncIterator]();
  const next = async () => {
    try {
      const read = await source.next();
      return read.done ? null : read.value;
    } catch (error) {
      if (error instanceof CsvError) throw new Refused<FileFault>({ code: 'csv.quote', line: ended + 1 });
      throw error;
    }
  };
  const first = await next();
  const records = async function* () {
    for (let one = await next(); one !== null; one = await next()) yield one;
  };
  return { format: 'csv', header: first?.values ?? [], records: records(), close: () => parser.destroy() };
};
