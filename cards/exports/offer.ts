import type { ExportKind } from '../../domain/exports/export-store.ts';
import { buttons, type Card, card, facts, heading, link, para, type Reader } from '../card.ts';
import { dateTime, textFor } from '../format.ts';

/** `export claims`, `export customers`: what will be in the file, and the way to fetch it. */
export const exportCard = (
  reader: Reader,
  file: { readonly what: ExportKind; readonly rows: number; readonly expiresAt: Date; readonly url: string },
): Card => {
  const words = textFor(reader.language).exports;
  const { what, rows, expiresAt, url } = file;
  return card(reader, words.title[what], [
    heading(words.title[what]),
    para(words.holds[what]),
    ...facts([
      [words.labels.now, words.lines[what](rows)],
      [words.labels.format, words.format],
      [words.labels.until, dateTime(expiresAt, reader)],
    ]),
    para(words.care, { spacing: 'Medium' }),
    para(words.formulas, { subtle: true, spacing: 'Small' }),
    buttons([link(words.download, url)]),
  ]);
};
