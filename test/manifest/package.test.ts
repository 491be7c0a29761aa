import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { ACCENT } from '../../manifest/manifest.ts';
import { zipped } from '../../manifest/package.ts';
import { readPng } from '../../manifest/png.ts';
import { goodFiles, ICONS, jsonIn } from '../support/app-package.ts';

afterEach(() => {
  jest.useRealTimers();
});

describe('the zip', () => {
  test('holds the manifest, its Dutch texts and both icons at its root, byte for byte', () => {
    const files = goodFiles();
    const held = unzipSync(zipped(files));
    expect(Object.keys(held)).toEqual(['manifest.json', 'nl.json', 'color.png', 'outline.png']);
    for (const [name, bytes] of Object.entries(held))
      expect(Buffer.compare(bytes, files[name] ?? Buffer.alloc(0))).toBe(0);
    expect(Buffer.compare(held['color.png'] ?? Buffer.alloc(0), ICONS.color)).toBe(0);
  });

  test('is the same for the same input, at any time', () => {
    jest.useFakeTimers({ now: new Date('2026-11-23T12:00:10.000Z') });
    const first = zipped(goodFiles());
    jest.setSystemTime(new Date('2027-03-30T09:15:00.000Z'));
    expect(Buffer.compare(zipped(goodFiles()), first)).toBe(0);
  });
});

describe('the manifest', () => {
  const manifest = jsonIn(goodFiles(), 'manifest.json') as Record<string, unknown>;

  test('asks for sign-in where the tab lies, for the bot’s own Entra app', () => {
    expect(manifest.webApplicationInfo).toEqual({
      id: '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
      resource: 'api://claimdesk.example.com/botid-0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
    });
    expect(manifest).toMatchObject({ id: '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d', version: '1.2.3' });
    expect(manifest.validDomains).toEqual(['claimdesk.example.com']);
  });

  test('and its Dutch texts each name the schema they keep to', () => {
    const schemaOf = (name: string) => (jsonIn(goodFiles(), name) as { $schema: string }).$schema;
    expect(schemaOf('manifest.json')).toMatch(/\/v1\.25\/MicrosoftTeams\.schema\.json$/);
    expect(schemaOf('nl.json')).toMatch(/\/v1\.25\/MicrosoftTeams\.Localization\.schema\.json$/);
  });

  test('lets files be sent to the bot, and the bot be in every kind of channel', () => {
    expect(manifest).toMatchObject({
      bots: [{ supportsFiles: true, scopes: ['personal', 'team', 'groupChat'] }],
      supportsChannelFeatures: 'tier1',
    });
  });

  test('shows nobody a link’s content who has not installed the app', () => {
    expect(JSON.stringify(manifest)).not.toContain('supportsAnonymizedPayloads');
  });

  test('says in both languages that this is no Microsoft product and submits nothing there', () => {
    const { description } = manifest as { description: { full: string } };
    expect(description.full).toContain('not a Microsoft product, and it submits no claims to Microsoft');
    const dutch = jsonIn(goodFiles(), 'nl.json') as Record<string, string>;
    expect(dutch['description.full']).toContain('geen product van Microsoft en dient geen claims in bij Microsoft');
  });
});

describe('the colour icon', () => {
  const picture = readPng(ICONS.color);
  const hex = ([red, green, blue]: readonly number[]) =>
    `#${[red, green, blue].map((part = 0) => part.toString(16).padStart(2, '0')).join('')}`;

  test('has the accent colour to its edges, and its mark in the 120×120 pixels that Teams never cuts', () => {
    const { pixels = [], width = 0 } = picture ?? {};
    const outside = pixels.filter((_, at) =>
      [at % width, Math.floor(at / width)].some((part) => part < 36 || part >= 156),
    );
    expect(outside.length).toBe(192 * 192 - 120 * 120);
    expect(new Set(outside.map(hex))).toEqual(new Set([ACCENT]));
  });

  test('is read with every pixel in its place: paper, clock and hand are where they were drawn', () => {
    const at = (x: number, y: number) => hex(picture?.pixels[y * 192 + x] ?? []);
    expect([at(46, 120), at(60, 62), at(113, 140), at(113, 118)]).toEqual(['#ffffff', '#0f6b60', '#ffc83d', '#0b3f39']);
  });
});
