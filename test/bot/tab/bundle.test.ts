import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { ROOT } from '../../structure/tree.ts';

const ASSETS = join(ROOT, 'bot', 'tab', 'dist', 'assets');
const assets = readdirSync(ASSETS).map((name) => {
  const content = readFileSync(join(ASSETS, name));
  return { name, text: content.toString('utf8'), packed: gzipSync(content, { level: 9 }).length };
});

describe('what a browser loads for the tab', () => {
  test('is under 450 KB, packed, all of it', () => {
    const whole = assets.reduce((sum, { packed }) => sum + packed, 0);
    expect(whole).toBeGreaterThan(100_000);
    expect(whole).toBeLessThan(450 * 1024);
  });

  test('leaves the charts to those who look at them', () => {
    const first = assets.filter(({ name }) => !name.startsWith('overview'));
    expect(first.reduce((sum, { packed }) => sum + packed, 0)).toBeLessThan(340 * 1024);
  });

  test('holds nothing of the server: no clock, no mail, no setting, no list of mail hosts', () => {
    const code = assets.map(({ text }) => text).join('\n');
    for (const ours of ['AdaptiveCard', 'claims/counts']) expect(code).toContain(ours);
    for (const theirs of ['temporal-polyfill', 'mj-section', 'DATABASE_URL', 'hotmail']) {
      expect(code).not.toContain(theirs);
    }
  });
});
