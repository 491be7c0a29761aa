import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { progressBar } from '../../../bot/imports/progress.ts';
import { openDatabase } from '../../../prisma/database.ts';
import { ROOT } from '../../structure/tree.ts';
import { csv } from '../../support/import-text.ts';
import { serverDatabase } from '../../support/world.ts';

type Ran = { readonly status: number | null; readonly said: string; readonly complained: string };

const GOOD = csv('name;identifierType;identifierValue;seats', 'Müller;tpid;810000001;5', 'Café;tpid;810000002;6');

describe('npm run import', () => {
  let folder: string;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'claimdesk-import-'));
    url = await serverDatabase();
    for (const [name, content] of Object.entries({
      'good.csv': GOOD,
      'bad.csv': `${GOOD}Bad;tpid;810000003;many\nWorse;fax;1;\n`,
      'empty.csv': '',
      'latin.csv': Buffer.from(GOOD, 'latin1'),
    })) {
      writeFileSync(join(folder, name), content);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (args: readonly string[], settings: Readonly<Record<string, string>> = { DATABASE_URL: url }) =>
    new Promise<Ran>((resolve, reject) => {
      const child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(ROOT, 'bot/import.ts'), ...args],
        {
          cwd: folder,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { PATH: String(process.env.PATH), DATA_DIR: join(folder, 'data'), ...settings },
        },
      );
      let said = '';
      let complained = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text) => {
        complained += text;
      });
      child.once('error', reject);
      child.once('close', (status) => resolve({ status, said, complained }));
    });

  const customers = async () => {
    const database = await openDatabase({ url });
    try {
      return await database.prisma.customer.count({ where: { name: { in: ['Müller', 'Café', 'Bad', 'Worse'] } } });
    } finally {
      await database.close();
    }
  };

  test('says what a file would change, and how to apply it where nobody can be asked', async () => {
    expect(await run(['good.csv'])).toMatchObject({
      status: 0,
      said: [
        'good.csv: customers: 2 new, 0 changed, 0 the same, 0 refused',
        'good.csv: nothing was applied. Add --apply to apply it.\n',
      ].join('\n'),
    });
    expect(await customers()).toBe(0);
  });

  test('names every bad row by line and field, applies nothing of that file, and ends with status 1', async () => {
    const { status, said } = await run(['--apply', 'bad.csv']);
    expect(said.split('\n')).toEqual([
      'bad.csv: customers: 2 new, 0 changed, 0 the same, 2 refused',
      'bad.csv:4 seats “many” must be a whole number, 0 or more, in digits alone.',
      'bad.csv:5 identifierType “fax” must be domain, tenantId, tpid, azureSubscriptionId or msxOpportunityId.',
      'bad.csv: nothing was applied. Correct the rows above and import the file again.',
      '',
    ]);
    expect(status).toBe(1);
    expect(await customers()).toBe(0);
  });

  test('applies the good files of several, whichever of them are bad', async () => {
    const { status, said } = await run(['--apply', 'empty.csv', 'latin.csv', 'good.csv', 'none.csv']);
    expect(said.split('\n')).toEqual([
      'empty.csv: The file is empty.',
      'latin.csv: The file is not UTF-8: line 2 holds something else. Save it as UTF-8.',
      'good.csv: customers: 2 new, 0 changed, 0 the same, 0 refused',
      'good.csv: applied.',
      'none.csv: there is no such file.',
      '',
    ]);
    expect(status).toBe(1);
    expect(await customers()).toBe(2);
    const again = await run(['--apply', 'good.csv']);
    expect(again).toMatchObject({ status: 0 });
    expect(again.said).toContain(
      '2 the same, 0 refused\ngood.csv: everything is already so; there is nothing to apply.\n',
    );
  });

  test('without a file explains itself', async () => {
    expect(await run([])).toMatchObject({
      status: 1,
      complained: expect.stringContaining('npm run import -- [--apply] FILE'),
    });
  });

  test('in local mode writes where the bot will look, and stands back while it runs', async () => {
    expect(await run(['--apply', 'good.csv'], {})).toMatchObject({ status: 0 });
    const running = await openDatabase({ folder: join(folder, 'data') });
    try {
      expect(await running.prisma.customer.count({ where: { name: 'Müller' } })).toBe(1);
      expect(await run(['--apply', 'good.csv'], {})).toMatchObject({
        status: 1,
        complained: expect.stringContaining('is in use by another Claimdesk'),
      });
    } finally {
      await running.close();
    }
  });
});

describe('the progress bar', () => {
  const watched = (isTTY: boolean) => {
    const written: string[] = [];
    const bar = progressBar(
      { isTTY, write: (text: string | Uint8Array) => written.push(String(text)) > 0 },
      'a.csv',
      1_000,
    );
    return { bar, written };
  };

  test('shows how far a file has been read, once per percent, and goes away', () => {
    const { bar, written } = watched(true);
    for (let read = 0; read < 1_000; read += 1) bar.add(1);
    expect(written).toHaveLength(101);
    expect(written.at(-1)).toContain(' 100 % a.csv');
    bar.done();
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  test('is not written where nobody watches', () => {
    const { bar, written } = watched(false);
    bar.add(1_000);
    bar.done();
    expect(written).toEqual([]);
  });
});
