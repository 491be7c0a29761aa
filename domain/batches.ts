import type { Ports, Tx } from './ports.ts';

/** Which rows a sweep takes: so many, those behind one that was tried, or one alone. */
export type Look = {
  readonly now: Date;
  readonly take: number;
  readonly after: Due | null;
  /** A claim's number. */
  readonly only?: number;
};

/** A row that is due, and since when: soonest first, by number among equals. */
export type Due = { readonly number: number; readonly dueSince: Date };

const BATCH = 200;

/**
 * Works off what is due, so many rows in one transaction. `take` holds them for it alone and leaves out those that
 * another process holds, so replicas share the work. A batch that fails is tried again row by row: one that cannot be
 * dealt with does not stand in the way of the others. Returns how many were dealt with; throws what failed, at the end.
 */
export const inBatches = async <R extends Due>(
  ports: Pick<Ports, 'inTx' | 'clock'>,
  take: (tx: Tx, look: Look) => Promise<readonly R[]>,
  work: (tx: Tx, rows: readonly R[], now: Date) => Promise<number>,
): Promise<number> => {
  let done = 0;
  let after: Due | null = null;
  const failed: Error[] = [];
  for (;;) {
    let rows: readonly R[] = [];
    const from: Due | null = after;
    const batch = async (look: Partial<Look>) => {
      let dealt = 0;
      await ports.inTx(async (tx) => {
        const now = ports.clock.now();
        const found = await take(tx, { now, take: BATCH, after: from, ...look });
        if (look.only === undefined) rows = found;
        dealt = found.length === 0 ? 0 : await work(tx, found, now);
      });
      done += dealt;
    };
    try {
      await batch({});
    } catch (error) {
      if (rows.length === 0) throw error;
      for (const { number } of rows) {
        try {
          await batch({ take: 1, after: null, only: number });
        } catch (cause) {
          failed.push(new Error(`claim ${number} could not be dealt with`, { cause }));
        }
      }
    }
    after = rows.at(-1) ?? null;
    if (rows.length < BATCH) break;
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} of what was due failed`);
  return done;
};
