import { type Log, loggable } from './log.ts';

/** What is put off until an answer has gone. */
export type Afterwards = {
  /** Begins it; what it throws is logged. */
  readonly run: (work: () => Promise<unknown>) => void;
  /** Resolves when all of it is done. */
  readonly settled: () => Promise<void>;
};

export const createAfterwards = (log: Log): Afterwards => {
  const later = new Set<Promise<void>>();
  return {
    run: (work) => {
      const task: Promise<void> = work()
        .catch((error: unknown) => log.error({ error: loggable(error) }, 'follow-up work failed'))
        .then(() => {
          later.delete(task);
        });
      later.add(task);
    },
    settled: async () => {
      while (later.size > 0) await Promise.all(later);
    },
  };
};
