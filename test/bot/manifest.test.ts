import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { PACKAGE_SETTINGS } from '../support/app-package.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bot', 'manifest.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimdesk-manifest-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = async (environment: Readonly<Record<string, string>>, ...words: readonly string[]) => {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, NODE_NO_WARNINGS: '1', ...environment },
  });
  const [out, said, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { out: out.trim(), said: said.trim(), status: status as number | null };
};

describe('the command', () => {
  test('writes the package, says what is in it and what to do next; the same bytes in every time zone', async () => {
    const { out, said, status } = await run(PACKAGE_SETTINGS, '--out', 'desk.zip');
    expect({ said, status }).toEqual({ said: '', status: 0 });
    const lines = out.split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^desk\.zip is written: Claimdesk \d+\.\d+\.\d+, in English and Dutch\.$/);
    expect(out).toContain('bot and Entra app 0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d, at claimdesk.example.com');
    expect(out).toContain(
      'make api://claimdesk.example.com/botid-0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d the Application',
    );
    const zip = readFileSync(join(folder, 'desk.zip'));
    const held = unzipSync(zip)['manifest.json'] ?? new Uint8Array();
    const { version } = JSON.parse(Buffer.from(held).toString('utf8')) as { version: string };
    expect(version).toBe(JSON.parse(readFileSync(join(PROGRAM, '..', '..', 'package.json'), 'utf8')).version);
    await run({ ...PACKAGE_SETTINGS, TZ: 'Pacific/Kiritimati' }, '--out', 'again.zip');
    expect(Buffer.compare(readFileSync(join(folder, 'again.zip')), zip)).toBe(0);
  });

  test('names everything that is missing or wrong at once, and writes nothing', async () => {
    const { out, said, status } = await run({ PUBLIC_URL: 'http://localhost:3978' }, '--out', 'desk.zip');
    expect({ out, status }).toEqual({ out: '', status: 1 });
    expect(said.split('\n').map((line) => line.split(':')[0])).toEqual([
      'The app package cannot be made. Correct these settings',
      '  - MICROSOFT_APP_ID',
      '  - APP_DEVELOPER_NAME',
      '  - APP_WEBSITE_URL',
      '  - APP_PRIVACY_URL',
      '  - APP_TERMS_URL',
      '  - PUBLIC_URL',
      '  - PUBLIC_URL',
      '  - PUBLIC_URL',
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says how it is used when it is not', async () => {
    const { said, status } = await run(PACKAGE_SETTINGS, 'desk.zip');
    expect(status).toBe(1);
    expect(said).toContain('Usage: npm run manifest -- [--out FILE]');
  });
});
