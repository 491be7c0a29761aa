import { ACTIONS, ELEMENTS, KINDS, type Kind } from './card-linter-vocabulary.ts';

export type Json = { readonly [key: string]: unknown };
export type Part = {
  readonly type: string;
  readonly kind: Kind | undefined;
  readonly path: string;
  /** The property of the parent this part was found under. */
  readonly slot: string;
  /** Stands in a fallback, so it is never seen together with the rest of the card. */
  readonly spare: boolean;
  readonly json: Json;
};
/** A card as a client gets it, taken apart. */
export type Sheet = { readonly card: Json; readonly parts: readonly Part[]; readonly untrusted: readonly string[] };
export type Finding = readonly [path: string, what: string];
export type Rule = { readonly fix: string; readonly find: (sheet: Sheet) => Iterable<Finding> };

export const ofType = (sheet: Sheet, ...types: readonly string[]): readonly Part[] =>
  sheet.parts.filter((part) => types.includes(part.type));
export const inputs = (sheet: Sheet): readonly Part[] => sheet.parts.filter((part) => part.type.startsWith('Input.'));
export const isExecute = (json: unknown): boolean => isJson(json) && json.type === 'Action.Execute';

const SHOWN = 'text title label errorMessage placeholder altText tooltip fallbackText speak'.split(' ');

/** Every part of a card, outermost first, fallbacks included. */
export function* walk(json: Json, expected: string, path: string, slot: string, spare: boolean): Generator<Part> {
  const type = filled(json.type) ? json.type : expected;
  const kind = kindOf(type, expected);
  yield { type, kind, path, slot, spare, json };
  for (const [key, inner] of Object.entries(kind?.holds ?? {})) {
    const value = json[key];
    const many = Array.isArray(value);
    for (const [index, item] of (many ? value : [value]).entries()) {
      const child = inner === 'TextRun' && typeof item === 'string' ? { type: 'TextRun', text: item } : item;
      if (isJson(child)) yield* walk(child, inner, join(path, many ? `${key}[${index}]` : key), key, spare);
    }
  }
  if (isJson(json.fallback)) yield* walk(json.fallback, expected, join(path, 'fallback'), 'fallback', true);
}

function kindOf(type: string, expected: string): Kind | undefined {
  if (expected === 'element') return ELEMENTS[type];
  if (expected === 'action') return ACTIONS[type];
  return type === expected ? KINDS[type] : undefined;
}

/** The texts of one part that a reader gets to see or hear. */
export function* shown({ type, path, json }: Part): Generator<readonly [path: string, text: string]> {
  for (const key of type === 'Fact' ? ['title', 'value'] : SHOWN) {
    const text = json[key];
    if (filled(text)) yield [join(path, key), text];
  }
}

/** Every text anywhere in a card, seen or not. */
export function* strings(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, `${path}[${index}]`);
  if (isJson(value)) for (const [key, item] of Object.entries(value)) yield* strings(item, join(path, key));
}

/** Direction controls do no harm between U+2068 and its own U+2069; anywhere else they reach the rest of the line. */
export function isIsolated(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '\u2068') depth += 1;
    else if (character === '\u2069') depth -= 1;
    else if (depth > 0 && (character === '\u2066' || character === '\u2067')) depth += 1;
    else if (depth === 0 && /[\u202A-\u202E\u2066\u2067\u200E\u200F]/.test(character)) return false;
    if (depth < 0) return false;
  }
  return depth === 0;
}

export function isSafeLink(link: string, isPicture: boolean): boolean {
  if (isPicture && /^data:image\/(png|jpeg|gif);base64,/.test(link)) return true;
  if (!URL.canParse(link)) return false;
  const { protocol, hostname } = new URL(link);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

export function filled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
