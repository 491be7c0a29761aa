import { type Element, para, type Reader, subheading } from '../card.ts';
import { textFor } from '../format.ts';

/** A list that only tells: under a heading, and never cut without a word. Nothing for an empty one. */
export const listed = <T>(
  reader: Reader,
  title: string,
  items: readonly T[],
  most: number,
  row: (item: T) => readonly Element[],
): Element[] => {
  const more = items.length - most;
  if (items.length === 0) return [];
  return [
    subheading(title, { separator: true }),
    ...items.slice(0, most).flatMap(row),
    ...(more > 0 ? [para(textFor(reader.language).common.more(more), { subtle: true, spacing: 'Small' })] : []),
  ];
};
