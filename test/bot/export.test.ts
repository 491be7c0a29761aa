import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { writeWhole } from '../../bot/export-file.ts';
import { openDatabase } from '../../prisma/database.ts';
import { seedDemo } from '../../prisma/demo/seed.ts';
import { linesIn } from '../support/export-link.ts';
import { ENGINES, NORTHBRIDGE, START, serverDatabase, TAILSPIN } from '../support/world.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bot', 'export.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimdesk-export-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = async (environment: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=DeprecationWarning', PROGRAM, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, NODE_NO_WARNINGS: '1', ...environment },
  });
  const [out, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out, said: said.trim(), status: status as number | null };
};

describe.each(ENGINES)('the command, on %s', (engine) => {
  let home: string;
  let place: Readonly<Record<string, string>>;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'claimdesk-record-'));
    place = engine === 'pglite' ? { DATA_DIR: home } : { DATABASE_URL: await serverDatabase() };
    const { DATABASE_URL: url } = place;
    const database = await openDatabase(url === undefined ? { folder: home } : { url });
    await seedDemo(database, START);
    await database.close();
  });
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('gives every organisation’s claims to standard output, and says elsewhere how many', async () => {
    const { out, said, status } = await run(place, 'claims');
    expect({ said, status }).toEqual({ said: '9 lines of claims exported', status: 0 });
    const lines = linesIn(out);
    expect(lines).toHaveLength(9);
    expect(new Set(lines.map(({ organisation }) => organisation))).toEqual(
      new Set(['Northbridge Cloud (demo)', 'Tailspin Services (demo)']),
    );
  });

  test('writes one organisation’s customers to a file, which nobody else may read', async () => {
    const file = join(folder, 'customers.csv');
    const { out, said, status } = await run(place, 'customers', '--organisation', TAILSPIN, '--out', file);
    expect({ out, said, status }).toEqual({ out: '', said: `3 lines of customers exported to ${file}`, status: 0 });
    const lines = linesIn(readFileSync(file, 'utf8'));
    expect(new Set(lines.map(({ organisation }) => organisation))).toEqual(new Set(['Tailspin Services (demo)']));
    expect(lines.find(({ name }) => name === 'Woodgrove Bank N.V.')).toMatchObject({ endedClaims: '2' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['customers.csv']);
  });

  test('names the organisations there are when asked for another, and makes no file', async () => {
    const file = join(folder, 'claims.csv');
    const { said, status } = await run(place, 'claims', '--organisation', 'fabrikam', '--out', file);
    expect(status).toBe(1);
    expect(said).toContain('No organisation of tenant “fabrikam” is kept. These are:');
    expect(said).toContain(`${NORTHBRIDGE}  Northbridge Cloud (demo)`);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('the command', () => {
  test.each([
    [[], 'Export what?'],
    [['klanten'], 'There is no export “klanten”.'],
    [['claims', 'customers'], 'One export at a time: “customers” is too much.'],
    [['claims', '--output', 'x.csv'], "Unknown option '--output'"],
    [['claims', '--out'], "Option '--out <value>' argument missing"],
  ])('says what is wrong with %j, and how it is said', async (words, fault) => {
    const { out, said, status } = await run({ DATA_DIR: folder }, ...words);
    expect({ out, status }).toEqual({ out: '', status: 1 });
    expect(said).toContain(fault);
    expect(said).toContain(
      'Usage: npm run --silent export -- claims|customers [--organisation TENANT_ID] [--out FILE]',
    );
  });

  test('finds a place where no file can be before it looks into the record', async () => {
    const nowhere = join(folder, 'nowhere', 'claims.csv');
    expect(await run({ DATA_DIR: folder }, 'claims', '--out', nowhere)).toEqual({
      out: '',
      said: `cannot write ${nowhere}: there is no folder ${join(folder, 'nowhere')}`,
      status: 1,
    });
    for (const place of [folder, '/dev/null']) {
      const { said, status } = await run({ DATA_DIR: folder }, 'claims', '--out', place);
      expect({ said, status }).toEqual({ said: `cannot write ${place}: it is there and not a file`, status: 1 });
    }
  });

  test('makes no record where there is none', async () => {
    const { said, status } = await run({ DATA_DIR: folder }, 'claims');
    expect({ said, status }).toEqual({ said: `there is no record in ${folder}`, status: 1 });
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('a file', () => {
  const rows = (count: number) =>
    Readable.from(
      (function* () {
        for (let row = 0; row < count; row += 1) yield `row ${row}\n`;
        if (count === 3) throw new Error('the database went away');
      })(),
    );

  test('that cannot be finished leaves the one that was there as it was, and nothing beside it', async () => {
    const file = join(folder, 'claims.csv');
    writeFileSync(file, 'of yesterday');
    await expect(writeWhole(file, rows(3), new PassThrough())).rejects.toThrow('the database went away');
    expect(readFileSync(file, 'utf8')).toBe('of yesterday');
    expect(readdirSync(folder)).toEqual(['claims.csv']);
    await writeWhole(file, rows(2), new PassThrough());
    expect(readFileSync(file, 'utf8')).toBe('row 0\nrow 1\n');
    expect(readdirSync(folder)).toEqual(['claims.csv']);
  });

  test('that is stopped by Ctrl-C is not there, nor is a part of it', async () => {
    const file = join(folder, 'claims.csv');
    const endless = Readable.from(
      (async function* () {
        for (;;) {
          yield 'a row\n';
          // As the terminal would, once something was written.
          if (readdirSync(folder).length > 0) process.emit('SIGINT');
        }
      })(),
    );
    await expect(writeWhole(file, endless, new PassThrough())).rejects.toThrow(`stopped; ${file} was not written`);
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
