import { exportCard } from '../../cards/exports/offer.ts';
import { textFor } from '../../cards/format.ts';
import type { ExportKind } from '../../domain/exports/export-store.ts';
import { offerExport } from '../../domain/exports/offer-export.ts';
import { noRole } from './claims.ts';
import { type Reply, said, type Turn } from './turn.ts';

/**
 * `export claims`, `export customers`. Said in words and not by a button: what a button is answered with is kept for a
 * repeat of it, and a link must not be kept anywhere.
 */
export const offerFile = async (turn: Turn, what: ExportKind): Promise<Reply> => {
  const { ports, actor, reader, publicUrl } = turn;
  const words = textFor(reader.language).exports;
  const offer = await offerExport(ports, actor, what);
  switch (offer.kind) {
    case 'noRole':
      return noRole(turn);
    case 'nothing':
      return said(reader, words.none[what]);
    case 'offered': {
      const { token, rows, expiresAt } = offer;
      const url = `${publicUrl}/export/${token}`;
      return { card: exportCard(reader, { what, rows, expiresAt, url }), summary: words.title[what] };
    }
  }
};
