/** Text as people type it into a form, made fit to keep. What is wrong is said by code; the words are in cards/text. */

export type TextFault =
  | { readonly code: 'text.missing' }
  | { readonly code: 'text.tooLong'; readonly most: number; readonly typed: number };

// Bidirectional controls reorder what others read; blanks that count as letters make a name nobody sees. U+2060 is how
// cards break `{{`.
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\u2800\u3164\ufeff\uffa0]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here.
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** One line: control characters and runs of white space become one space, bidirectional controls go. */
export const oneLine = (raw: string): string =>
  raw.toWellFormed().normalize('NFC').replace(INVISIBLE, '').replace(CONTROL, ' ').replace(/\s+/g, ' ').trim();

/** More lines than anybody breaks a thousand letters into. */
const MOST_LINES = 12;

/** Some lines: each made fit to keep like one line, blank ones left out, those behind the last that fits joined to it. */
export const someLines = (raw: string): string => {
  const all = raw
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map(oneLine)
    .filter((one) => one !== '');
  const last = all.slice(MOST_LINES - 1).join(' ');
  return [...all.slice(0, MOST_LINES - 1), ...(last === '' ? [] : [last])].join('\n');
};

/** Length as people count: an emoji is one. A letter under a heap of marks is not: longer than any emoji counts again. */
export const lengthOf = (text: string): number =>
  Math.max([...new Intl.Segmenter().segment(text)].length, Math.ceil(text.length / 16));

type Typed = { readonly value: string } | { readonly fault: TextFault };

const required = (value: string, most: number, unitsEach: number): Typed => {
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(value)) return { fault: { code: 'text.missing' } };
  // Counting letters is slow, and a text never has more of them than code units.
  if (value.length <= most) return { value };
  const typed = Math.max(lengthOf(value), Math.ceil(value.length / unitsEach));
  return typed > most ? { fault: { code: 'text.tooLong', most, typed } } : { value };
};

/** A required line of at most `most` characters. */
export const requiredLine = (raw: string, most: number): Typed => required(oneLine(raw), most, 16);

/** The same for a text that may have several lines, many of which stand on one card: what is not letters counts more. */
export const requiredText = (raw: string, most: number): Typed => required(someLines(raw), most, 2);
