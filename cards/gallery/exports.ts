import { EXPORTS } from '../../domain/exports/export-store.ts';
import type { Language } from '../../domain/people/actor.ts';
import { exportCard } from '../exports/offer.ts';
import { textFor } from '../format.ts';
import { saidCard } from '../people/said.ts';
import { type Pose, readerIn, UNTRUSTED } from './sample.ts';

const ROWS = { claims: 1_284, customers: 1 } as const;

/** Files to take along, and that there is nothing to put into one. */
export const exportPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const expiresAt = new Date(reader.now.getTime() + 10 * 60_000);
  const url = 'https://claimdesk.example/export/sample';
  return EXPORTS.flatMap((what) => [
    {
      name: `export ${what}`,
      card: exportCard(reader, { what, rows: ROWS[what], expiresAt, url }),
      untrusted: UNTRUSTED,
    },
    {
      name: `export no ${what}`,
      card: saidCard(reader, textFor(language).exports.none[what]),
      untrusted: UNTRUSTED,
    },
  ]);
};
