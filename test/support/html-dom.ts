import { createRequire } from 'node:module';

export type Node = {
  readonly textContent: string;
  readonly id: string;
  readonly tagName: string;
  getAttribute(name: string): string | null;
  getAttributeNames(): readonly string[];
  matches(selector: string): boolean;
};
export type Dom = {
  readonly title: string;
  readonly documentElement: Node;
  readonly body: Node;
  querySelector(selector: string): Node | null;
  querySelectorAll(selector: string): Iterable<Node>;
};
type Jsdom = { readonly JSDOM: new (html: string) => { readonly window: { readonly document: Dom } } };
const { JSDOM } = createRequire(import.meta.url)('jsdom') as Jsdom;
// A page is read by many tests; building it once is enough.
const parsed = new Map<string, Dom>();
/** A page or mail as a browser would build it, without running anything. */
export const dom = (html: string): Dom => {
  const known = parsed.get(html) ?? new JSDOM(html).window.document;
  parsed.set(html, known);
  return known;
};
export const all = (html: string, selector: string): readonly Node[] => [...dom(html).querySelectorAll(selector)];
