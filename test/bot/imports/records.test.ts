import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { delimiterOf } from '../../../bot/imports/csv.ts';
import { openRecords } from '../../../bot/imports/records.ts';
import { orRefused } from '../../../domain/commands.ts';

type Bytes = Uint8Array | string;

/** The file in pieces of `size` bytes: what is wrong must not depend on where a piece ends. */
const inPieces = async function* (file: Bytes, size = 7): AsyncGenerator<Uint8Array, void> {
  const bytes = typeof file === 'string' ? Buffer.from(file) : file;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};

/** Everything a file says, or the fault that ends it. */
const read = (file: Bytes, size?: number): Promise<unknown> =>
  orRefused<unknown>(
    (async () => {
      const opened = await openRecords(inPieces(file, size));
      const all: unknown[] = [];
      if (opened.format === 'json') for await (const element of opened.elements) all.push(element);
      else for await (const { line, values } of opened.records) all.push([line, ...values]);
      return opened.format === 'json' ? all : { header: opened.header, records: all };
    })(),
  );

const PLAIN = {
  header: ['name', 'seats'],
  records: [
    [2, 'Müller', '3'],
    [3, 'Café', '4'],
  ],
};

describe('a CSV file', () => {
  test.each([
    ['with commas', 'name,seats\nMüller,3\nCafé,4\n'],
    ['with semicolons', 'name;seats\nMüller;3\nCafé;4\n'],
    ['with tabs', 'name\tseats\nMüller\t3\nCafé\t4\n'],
    ['with a byte order mark', '\ufeffname,seats\nMüller,3\nCafé,4\n'],
    ['with the line ends of old Macs', 'name,seats\rMüller,3\rCafé,4\r'],
    ['with CRLF', 'name,seats\r\nMüller,3\r\nCafé,4\r\n'],
    ['without an end of line at its end', 'name,seats\nMüller,3\nCafé,4'],
    ['with quotes', '"name","seats"\n"Müller","3"\n"Café",4\n'],
    ['with all of it', '\ufeff"name";"seats"\r\n"Müller";3\r\nCafé;"4"'],
  ])('%s says the same', async (_, file) => {
    for (const size of [2, 3, 7, 1_000]) expect(await read(file, size)).toEqual(PLAIN);
  });

  test('a comma in the quoted name of a column does not make commas its delimiter', () => {
    expect(delimiterOf('"name, first, last";seats')).toBe(';');
  });

  test('a record is found by the line on which it begins, whatever its cells and empty lines do', async () => {
    expect(await read('name,seats\n"Two\nlines",1\n\n\nNext,2\r\n"a\r\nb\r\nc",3\nLast,4\n')).toMatchObject({
      records: [
        [2, 'Two\nlines', '1'],
        [6, 'Next', '2'],
        [7, 'a\nb\nc', '3'],
        [10, 'Last', '4'],
      ],
    });
  });

  test.each([
    ['', 'file.empty'],
    ['  \r\n\n ', 'file.empty'],
    ['\ufeff', 'file.empty'],
  ])('%j is empty', async (file, code) => {
    expect(await read(file)).toEqual({ code });
  });

  test('with only a header has no records', async () => {
    expect(await read('name,seats\n')).toEqual({ header: ['name', 'seats'], records: [] });
  });

  test.each([
    ['never closed', 'name,seats\nGood,1\n"Bad,2\nGood,3\n', 3],
    ['inside a cell', 'name,seats\nGood,1\nBad "one",2\n', 3],
    ['before the end of a cell', 'name,seats\n"Bad" one,2\n', 2],
  ])('a quote %s is refused by the line of its record', async (_, file, line) => {
    expect(await read(file)).toEqual({ code: 'csv.quote', line });
  });

  test('a quote that is never closed does not gather the rest of the file', async () => {
    const file = `name,seats\n"${'x'.repeat(3_000_000)}`;
    expect(await read(file, 65_536)).toEqual({ code: 'csv.quote', line: 2 });
  });
});

describe('the encoding of a file', () => {
  test.each([1, 2, 3, 5, 64])('Latin-1 is refused by its line, read %d bytes at a time', async (size) => {
    const file = Buffer.from(
      'name,seats\nZürich is UTF-8,1\nZ\u0001rich is not,2\nx,3\n'.replace('\u0001', 'u'),
      'utf8',
    );
    file[file.indexOf('Zurich') + 1] = 0xfc;
    expect(await read(file, size)).toEqual({ code: 'encoding.unknown', line: 3 });
  });

  test('a letter that is cut off at the end of the file is refused', async () => {
    const file = Buffer.from('name,seats\nCafé');
    expect(await read(file.subarray(0, -1))).toEqual({ code: 'encoding.unknown', line: 2 });
  });

  test.each([
    ['with its mark', Buffer.from('\ufeffname,seats\n', 'utf16le')],
    ['without one', Buffer.from('name,seats\n', 'utf16le')],
    ['big-endian', Buffer.from('\ufeffname,seats\n', 'utf16le').swap16()],
    ['big-endian without a mark', Buffer.from('name,seats\n', 'utf16le').swap16()],
  ])('UTF-16 %s is named', async (_, file) => {
    expect(await read(file)).toEqual({ code: 'encoding.utf16' });
  });

  test('whose source breaks while it is let go of is only unreadable', async () => {
    const broken = async function* () {
      try {
        yield Buffer.from('[{"foo":1},{"foo":2}]\n');
        await new Promise<void>((resolve) => setImmediate(resolve));
      } finally {
        // What a connection that was reset does, when somebody wants no more of it.
        // biome-ignore lint/correctness/noUnsafeFinally: that is the case.
        throw new Error('the connection was reset');
      }
    };
    let unheard = 0;
    const listener = () => {
      unheard += 1;
    };
    process.on('unhandledRejection', listener);
    const file = await openRecords(broken());
    file.close();
    await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    process.off('unhandledRejection', listener);
    expect(unheard).toBe(0);
  });

  test('an Excel workbook is named', async () => {
    expect(await read(Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 8, 0]))).toEqual({ code: 'file.workbook' });
  });

  test('a NUL is no letter', async () => {
    expect(await read('name,seats\nA,1\nB\u0000,2\n')).toEqual({ code: 'encoding.unknown', line: 3 });
  });
});

describe('a JSON file', () => {
  test('gives its elements, wherever its pieces end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue()), fc.integer({ min: 1, max: 40 }), async (elements, size) => {
        const written = JSON.stringify(elements, null, size % 3);
        expect(await read(`\ufeff ${written}\n`, size)).toEqual(JSON.parse(written));
      }),
    );
  });

  test.each([
    ['{"name": "Fabrikam"}', { code: 'json.notArray' }],
    ['[{"name": "Fabrikam"}', { code: 'json.truncated' }],
    ['[{"name": "Fabri', { code: 'json.truncated' }],
    ['[{"a": 1},', { code: 'json.truncated' }],
    ['[', { code: 'json.truncated' }],
    ['[{"a": 1}] x', { code: 'json.trailing' }],
    ['[{"a": 1}][]', { code: 'json.trailing' }],
    ['[{"a": 1}, {"a": }]', { code: 'json.malformed', element: 2 }],
    ['[{"a": 1}, ]', { code: 'json.malformed', element: 2 }],
    ['[{"a": 1} {"a": 2}]', { code: 'json.malformed', element: 1 }],
    ['[{"a": [1}]]', { code: 'json.malformed', element: 1 }],
    [`[${'['.repeat(100)}`, { code: 'json.malformed', element: 1 }],
    [`["${'x'.repeat(1_100_000)}"]`, { code: 'json.tooLarge', element: 1 }],
  ])('%.30s… is refused', async (file, fault) => {
    expect(await read(file, 65_536)).toEqual(fault);
  });
});
