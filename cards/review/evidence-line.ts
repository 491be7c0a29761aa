import type { EvidenceItem } from '../../domain/review/checklist.ts';
import { bold, dotted, type Element, line, type Reader, subtle } from '../card.ts';
import { textFor } from '../format.ts';

/** Where a link leads, as far as a reader has to know before following it. */
const hostOf = (url: string): string => new URL(url).host;

/** One item of the checklist: whether it is there, as what, and where it leads. */
export const evidenceLine = ({ language }: Pick<Reader, 'language'>, { item, link }: EvidenceItem): Element => {
  const words = textFor(language).evidence;
  const name = bold(item.name[language]);
  // A document that goes by the name of its item is not named twice.
  const title = link === null || Object.values(item.name).includes(link.title) ? null : link.title;
  const needed = subtle(item.required ? words.required : words.optional);
  return link === null
    ? line(['○ ', ...dotted(name, needed, subtle(words.missing))], { spacing: 'Small' })
    : line(['✓ ', ...dotted(name, title, subtle(hostOf(link.url)))], { spacing: 'Small' });
};
