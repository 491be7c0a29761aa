import { Refused } from '../../domain/commands.ts';
import type { FileFault } from '../../domain/imports/faults.ts';

const refuse = (fault: FileFault): never => {
  throw new Refused<FileFault>(fault);
};

const LARGEST_ELEMENT = 1_000_000;
/** Deeper than anything that can be imported, and no depth at all for who walks through it. */
const DEEPEST = 50;

const [QUOTE, COMMA, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN, CLOSE] = [...'",[\\]{}'].map((mark) => mark.charCodeAt(0));
const BLANK = new Set([...' \t\r\n'].map((mark) => mark.charCodeAt(0)));

const parsed = (text: string, element: number): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return refuse({ code: 'json.malformed', element });
  }
};

/**
 * The elements of a JSON file's one list, each as soon as it is complete. Only where an element ends is found out here;
 * what it says, and whether it is JSON at all, is JSON.parse's to tell.
 */
export const elementsOf = async function* (text: AsyncIterable<string>): AsyncGenerator<unknown, void> {
  let place: 'before' | 'first' | 'next' | 'inside' | 'after' = 'before';
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let begun = '';
  let element = 0;
  for await (const chunk of text) {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const mark = chunk.charCodeAt(at);
      if (quoted) {
        if (escaped) escaped = false;
        else if (mark === BACKSLASH) escaped = true;
        else if (mark === QUOTE) quoted = false;
        continue;
      }
      if (place !== 'inside') {
        if (BLANK.has(mark)) continue;
        if (place === 'after') refuse({ code: 'json.trailing' });
        if (place === 'before') {
          if (mark !== OPEN_LIST) refuse({ code: 'json.notArray' });
          place = 'first';
          continue;
        }
        if (place === 'first' && mark === CLOSE_LIST) {
          place = 'after';
          continue;
        }
        place = 'inside';
        from = at;
        element += 1;
      }
      if (mark === QUOTE) quoted = true;
      else if (depth === 0 && (mark === COMMA || mark === CLOSE_LIST)) {
        yield parsed(begun + chunk.slice(from, at), element);
        begun = '';
        place = mark === COMMA ? 'next' : 'after';
      } else if (mark === OPEN || mark === OPEN_LIST) {
        depth += 1;
        if (depth > DEEPEST) refuse({ code: 'json.malformed', element });
      } else if ((mark === CLOSE || mark === CLOSE_LIST) && depth > 0) depth -= 1;
    }
    if (place !== 'inside') continue;
    begun += chunk.slice(from);
    if (begun.length > LARGEST_ELEMENT) refuse({ code: 'json.tooLarge', element });
  }
  if (place !== 'after') refuse({ code: 'json.truncated' });
};
