import { zipSync } from 'fflate';
import type { Files } from './check.ts';
import { localeOf } from './locale.ts';
import { type Deployment, manifestFor } from './manifest.ts';

const json = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** What lies in the package. The manifest is in English; Dutch comes from a manifest in Dutch, so neither has a text less. */
export const packageFiles = (
  deployment: Deployment,
  icons: { readonly color: Uint8Array; readonly outline: Uint8Array },
): Files => ({
  'manifest.json': json(manifestFor(deployment, 'en')),
  'nl.json': json(localeOf(manifestFor(deployment, 'nl'))),
  'color.png': icons.color,
  'outline.png': icons.outline,
});

// A zip knows no zone: the parts of the date are written as they are, so it is given in parts.
const NO_DAY = new Date(2020, 0, 1);

/** The same files give the same bytes, whenever and wherever. */
export const zipped = (files: Files): Uint8Array => zipSync({ ...files }, { level: 9, mtime: NO_DAY });
