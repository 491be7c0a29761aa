/** More than Teams lets anybody write; of anything longer the beginning is read. */
const MOST = 100_000;

/** What begins a new line; any other tag stands inside a word, for all we know. */
const BREAKS = /^\/?(?:p|div|br|li|ul|ol|tr|td|th|table|blockquote|pre|hr|h[1-6])\b/i;

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

const decoded = (text: string): string =>
  text.replace(/&(?:#(x[0-9a-f]{1,6}|[0-9]{1,7})|([a-z]{2,8}));/gi, (whole, code?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole;
    const point = code?.startsWith('x') || code?.startsWith('X') ? Number.parseInt(code.slice(1), 16) : Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ' ';
  });

/**
 * The words of a message, HTML without its markup: what a person sees, so no address behind a link. Never throws, and
 * takes time in proportion to the length alone, whatever the markup is.
 */
export const messageText = (content: string, contentType: string): string => {
  const body = content.slice(0, MOST);
  if (contentType === 'text') return body;
  let words = '';
  let at = 0;
  while (at < body.length) {
    const from = body.indexOf('<', at);
    const to = from < 0 ? -1 : body.indexOf('>', from);
    if (to < 0) break;
    words += body.slice(at, from);
    if (BREAKS.test(body.slice(from + 1, Math.min(to, from + 13)))) words += '\n';
    at = to + 1;
  }
  return decoded(words + body.slice(at));
};
