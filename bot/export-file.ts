import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { random } from './random.ts';

const kindAt = async (path: string) => {
  const there = await stat(path).catch(() => null);
  if (there === null) return 'nothing';
  return there.isFile() ? 'file' : there.isDirectory() ? 'folder' : 'other';
};

/** Why no file can be put there, in words for who asked, before anything is read for it; null: it can. */
export const whyNoFile = async (path: string): Promise<string | null> => {
  const folder = dirname(path);
  // A device would be replaced by the file.
  if (!['nothing', 'file'].includes(await kindAt(path))) return `cannot write ${path}: it is there and not a file`;
  if ((await kindAt(folder)) !== 'folder') return `cannot write ${path}: there is no folder ${folder}`;
  return access(folder, constants.W_OK).then(
    () => null,
    () => `cannot write ${path}: no right to write in ${folder}`,
  );
};

/**
 * Writes a stream to a file, whole or not at all: under another name beside it, readable by nobody else, until it is
 * complete. Without a path: to standard output, as far as it gets.
 */
export const writeWhole = async (path: string | undefined, from: Readable, through: Duplex): Promise<void> => {
  if (path === undefined) return pipeline(from, through, process.stdout, { end: false });
  const part = join(dirname(path), `.${basename(path)}.${random.id()}.part`);
  // Ctrl-C, or the end of the session: what was begun is cleaned up first.
  const stop = new AbortController();
  const stopped = () => stop.abort();
  process.once('SIGINT', stopped).once('SIGTERM', stopped);
  try {
    const file = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true });
    await pipeline(from, through, file, { signal: stop.signal });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw stop.signal.aborted ? new Error(`stopped; ${path} was not written`) : error;
  } finally {
    process.off('SIGINT', stopped).off('SIGTERM', stopped);
  }
};
