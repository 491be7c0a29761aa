import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type App, startApp } from '../../bot/app.ts';
import { readConfig } from '../../bot/config.ts';

describe('local mode', () => {
  let folder: string;
  let app: App;
  const start = () => startApp(readConfig({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' }));
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'claimdesk-local-'));
    app = await start();
  });
  afterAll(async () => {
    await app?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** fetch would not lie about the host; a page whose own name was pointed at this machine does. */
  const statusFor = (method: string, path: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: app.port, path, method, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.once('error', reject).end();
    });

  test.each(['localhost', '127.0.0.1', '[::1]'])('answers who calls this machine %s', async (name) => {
    expect(await statusFor('GET', '/local/state', `${name}:${app.port}`)).toBe(200);
  });

  test.each([
    ['GET', '/local/mail'],
    ['GET', '/local/state'],
    ['POST', '/local/clock'],
    ['POST', '/api/messages'],
    ['GET', '/consent/x'],
    ['GET', '/export/x'],
    ['GET', '/tab'],
    ['GET', '/api/me'],
    ['POST', '/api/actions'],
  ])('believes nobody who calls it by another name: %s %s', async (method, path) => {
    for (const host of ['evil.example', 'localhost.evil.example', `192.0.2.7:${app.port}`]) {
      expect(await statusFor(method, path, host)).toBe(421);
    }
  });

  test('takes whoever opens the tab for the user of the Playground', async () => {
    const playground = readFileSync(new URL('../../.m365agentsplayground.yml', import.meta.url), 'utf8');
    const [, user = ''] = /currentUser:[\s\S]*?\n {2}name: (.+)/.exec(playground) ?? [];
    const me = await (await fetch(`${app.url}/api/me`)).json();
    expect(me).toMatchObject({ name: user, mayClaim: true });
  });

  test('gives exports out like any other mode, and says so where a link leads to none', async () => {
    const response = await fetch(`${app.url}/export/x`);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('This download link does not work');
  });

  test('refuses a port that is taken, in one sentence, and leaves nothing running', async () => {
    const other = mkdtempSync(join(tmpdir(), 'claimdesk-local-'));
    try {
      const second = readConfig({ PORT: String(app.port), DATA_DIR: other, LOG_LEVEL: 'silent' });
      await expect(startApp(second)).rejects.toThrow(`port ${app.port} is in use; name another one in PORT`);
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  });
});
