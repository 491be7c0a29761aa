import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Made by tools or at run time, not written. */
const NOT_OURS = new Set(['node_modules', '.git', '.data', 'prisma/generated', 'test/output', 'bot/tab/dist']);

/** Every file of ours beneath a folder ('' for all), as paths from the root with forward slashes. */
export const filesIn = (folder = ''): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(path) || entry.name === 'node_modules') return [];
    return entry.isDirectory() ? filesIn(path) : [path];
  });

export const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);

/** The code of the product: everything but its tests. */
export const product = (): readonly string[] =>
  ['domain', 'cards', 'prisma', 'bot', 'manifest'].flatMap(filesIn).filter(isCode);

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
