import { Refused } from '../../domain/commands.ts';
import type { FileFault } from '../../domain/imports/faults.ts';
import type { RecordFile } from '../../domain/imports/stage-import.ts';
import { csvFile } from './csv.ts';
import { decoded } from './decode.ts';
import { elementsOf } from './json.ts';

/** Far longer than any header. */
const LONGEST_HEAD = 64 * 1024;

/**
 * Bytes of a file as records. CSV or JSON is told by how it begins, not by its name. Throws Refused<FileFault> for what
 * cannot be read, here or while the records are fetched.
 */
export const openRecords = async (bytes: AsyncIterable<Uint8Array>): Promise<RecordFile> => {
  const text = decoded(bytes);
  try {
    let head = '';
    let more = true;
    // The first line that says something.
    while (more && head.length < LONGEST_HEAD && !/\S[^\r\n]*[\r\n]/.test(head)) {
      const next = await text.next();
      if (next.done) more = false;
      else head += next.value;
    }
    if (head.trim() === '') throw new Refused<FileFault>({ code: 'file.empty' });
    const whole = async function* () {
      try {
        yield head;
        if (more) yield* text;
      } finally {
        await text.return();
      }
    };
    const [firstMark = ''] = head.trimStart();
    // What is no list is told so by whoever reads it as one.
    if (firstMark === '[' || firstMark === '{') {
      return { format: 'json', elements: elementsOf(whole()), close: () => void text.return().catch(() => {}) };
    }
    return await csvFile(whole(), head.trimStart().split(/[\r\n]/)[0] ?? '');
  } catch (error) {
    // Why it could not be read is what counts, not how letting go of it went.
    await text.return().catch(() => {});
    throw error;
  }
};
