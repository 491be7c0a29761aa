import { READER } from './card-linter-reader.ts';
import { SHAPE } from './card-linter-shape.ts';
import { TEXT } from './card-linter-text.ts';
import { isJson, type Rule, walk } from './card-linter-walk.ts';

export type Fault = { readonly rule: string; readonly path: string; readonly what: string; readonly fix: string };

export const RULES: Readonly<Record<string, Rule>> = { ...SHAPE, ...READER, ...TEXT };

/** Checks a card against what Teams shows and what its readers need; no faults means it may be sent. */
export function lintCard(card: unknown, options: { untrusted?: readonly string[] } = {}): readonly Fault[] {
  // The wire form decides: there, a property that is undefined does not exist.
  const sent: unknown = JSON.parse(JSON.stringify(card ?? null));
  if (!isJson(sent) || sent.type !== 'AdaptiveCard') {
    return [{ rule: 'card', path: 'card', what: 'this is no AdaptiveCard', fix: "set type to 'AdaptiveCard'" }];
  }
  const parts = [...walk(sent, 'AdaptiveCard', '', '', false)];
  const sheet = { card: sent, parts, untrusted: options.untrusted ?? [] };
  return Object.entries(RULES).flatMap(([rule, { fix, find }]) =>
    Array.from(find(sheet), ([path, what]) => ({ rule, path, what, fix })),
  );
}
