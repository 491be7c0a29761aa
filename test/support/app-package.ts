import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import type { Files } from '../../manifest/check.ts';
import type { Deployment, Manifest } from '../../manifest/manifest.ts';
import { packageFiles } from '../../manifest/package.ts';

/** Settings of which an app package can be made; none is missing, none too many. */
export const PACKAGE_SETTINGS = {
  MICROSOFT_APP_ID: '0F3A1C52-9D2E-4B7A-8C11-5E6F7A8B9C0D',
  PUBLIC_URL: 'https://claimdesk.example.com/',
  APP_DEVELOPER_NAME: 'Northbridge Cloud',
  APP_WEBSITE_URL: 'https://northbridge.example',
  APP_PRIVACY_URL: 'https://northbridge.example/privacy',
  APP_TERMS_URL: 'https://northbridge.example/terms',
} as const;

export const DEPLOYMENT: Deployment = {
  appId: '0f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
  teamsAppId: '1f3a1c52-9d2e-4b7a-8c11-5e6f7a8b9c0d',
  publicUrl: 'https://claimdesk.example.com',
  developer: {
    name: 'Northbridge Cloud',
    websiteUrl: 'https://northbridge.example',
    privacyUrl: 'https://northbridge.example/privacy',
    termsOfUseUrl: 'https://northbridge.example/terms',
  },
  version: '1.2.3',
};

const icon = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', 'manifest', `${name}.png`));
export const ICONS = { color: icon('color'), outline: icon('outline') };

/** The package as it should be. */
export const goodFiles = (): Files => packageFiles(DEPLOYMENT, ICONS);

export const jsonIn = (files: Files, name: string): unknown =>
  JSON.parse(Buffer.from(files[name] ?? []).toString('utf8'));

/** The package with another manifest: `change` may do anything to it. */
export const withManifest = (change: (manifest: Manifest) => void): Files => {
  const files = goodFiles();
  const manifest = jsonIn(files, 'manifest.json') as Manifest;
  change(manifest);
  return { ...files, 'manifest.json': Buffer.from(JSON.stringify(manifest)) };
};

/** The package with other Dutch texts; undefined takes one away. */
export const withDutch = (texts: Readonly<Record<string, string | undefined>>): Files => {
  const files = goodFiles();
  const locale = { ...(jsonIn(files, 'nl.json') as object), ...texts };
  return { ...files, 'nl.json': Buffer.from(JSON.stringify(locale)) };
};

/** A PNG of one colour, given in three or four bytes. */
export const plainPng = (width: number, height: number, colour: readonly number[]): Uint8Array => {
  const chunk = (kind: string, data: Uint8Array) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // Nobody here looks at the checksum.
    return Buffer.concat([length, Buffer.from(kind, 'latin1'), data, Buffer.alloc(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colour.length === 4 ? 6 : 2, 0, 0, 0], 8);
  const row = [0, ...Array.from({ length: width }, () => colour).flat()];
  const rows = Buffer.from(Array.from({ length: height }, () => row).flat());
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};
