import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../prisma/database.ts';

let folder: string;
let holder: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimdesk-folder-'));
});
afterEach(async () => {
  if (holder !== undefined && holder.exitCode === null && holder.signalCode === null) {
    const gone = once(holder, 'exit');
    holder.kill('SIGKILL');
    await gone;
  }
  holder = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Another process that has the folder open; resolves when it does. */
const hold = async (): Promise<ChildProcess> => {
  const script = join(import.meta.dirname, 'open-database.ts');
  holder = spawn(process.execPath, [script, JSON.stringify({ folder }), 'hold'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '', NODE_NO_WARNINGS: '1' },
  });
  const [said] = (await once(holder.stdout as NonNullable<ChildProcess['stdout']>, 'data')) as [Buffer];
  expect(said.toString().trim()).toBe('open');
  return holder;
};

/** What comes of opening the folder here: the words of the refusal, or that it was let in. */
const attempt = (): Promise<string> =>
  openDatabase({ folder }).then(
    async (database) => {
      await database.close();
      return 'opened';
    },
    (error: Error) => error.message,
  );

const organisation = (name: string) => ({
  id: crypto.randomUUID(),
  tenantId: crypto.randomUUID(),
  name,
  kind: 'partner',
});

describe('the folder of the embedded database', () => {
  test('is refused to a second process, which is told what to do, and free again once the first was killed', async () => {
    const first = await hold();
    const refusal = `${folder} is in use by another Claimdesk. Stop that one, or name another folder in DATA_DIR.`;
    expect(await attempt()).toBe(refusal);
    expect(first.exitCode).toBeNull();

    // However long the holder is busy (here: not running at all), the folder stays its own.
    first.kill('SIGSTOP');
    expect(await attempt()).toBe(refusal);

    const gone = once(first, 'exit');
    first.kill('SIGKILL');
    await gone;
    const database = await openDatabase({ folder });
    await database.prisma.organisation.create({ data: organisation('After the fall') });
    await database.close();

    // Let go of when closed, too; and what was written is there.
    const again = await openDatabase({ folder });
    try {
      expect((await again.prisma.organisation.findMany()).map(({ name }) => name)).toEqual(['After the fall']);
    } finally {
      await again.close();
    }
  });
});
