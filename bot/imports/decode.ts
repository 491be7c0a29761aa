import { Refused } from '../../domain/commands.ts';
import type { FileFault } from '../../domain/imports/faults.ts';

const refuse = (fault: FileFault): never => {
  throw new Refused<FileFault>(fault);
};

const startsWith = (bytes: Uint8Array, ...marks: readonly number[]) => marks.every((mark, at) => bytes[at] === mark);

/** What people send for a CSV file by mistake, by how it begins. */
const lookAtFirst = (bytes: Uint8Array): void => {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) refuse({ code: 'encoding.utf16' });
  // Without a mark, every other byte of plain letters is empty.
  if (bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0)) refuse({ code: 'encoding.utf16' });
  if (startsWith(bytes, 0x50, 0x4b, 3, 4) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    refuse({ code: 'file.workbook' });
};

const linesIn = (text: string): number => text.split('\n').length - 1;

/** In which line of these bytes, from 0, the first stands that is not UTF-8. */
const badLine = (bytes: Uint8Array): number => {
  // The chunk may begin in the middle of a letter: what continues it is not wrong by itself.
  let from = 0;
  while (from < 3 && ((bytes[from] ?? 0) & 0xc0) === 0x80) from += 1;
  const text = new TextDecoder().decode(bytes.subarray(from));
  const at = text.indexOf('\ufffd');
  return linesIn(at < 0 ? '' : text.slice(0, at));
};

/** UTF-8, with or without its mark, as text. Anything else is refused, and the line named: a guess would garble names. */
export const decoded = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let first = true;
  for await (const chunk of bytes) {
    if (first && chunk.length > 0) {
      lookAtFirst(chunk);
      first = false;
    }
    let text = '';
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      refuse({ code: 'encoding.unknown', line: line + badLine(chunk) });
    }
    const nul = text.indexOf('\u0000');
    if (nul >= 0) refuse({ code: 'encoding.unknown', line: line + linesIn(text.slice(0, nul)) });
    line += linesIn(text);
    if (text !== '') yield text;
  }
  try {
    decoder.decode();
  } catch {
    refuse({ code: 'encoding.unknown', line });
  }
};
