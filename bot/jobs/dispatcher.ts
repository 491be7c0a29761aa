import type { PgBoss } from 'pg-boss';
import { type Log, loggable } from '../log.ts';

/** What became of a job: `again` is tried later with a growing pause, until its tries are used up. */
export type JobResult = 'done' | 'again';

export type Deliveries = Readonly<
  Record<
    string,
    {
      deliver(id: string): Promise<JobResult>;
      /** Every try failed. */
      giveUp(id: string): Promise<void>;
    }
  >
>;

export type Dispatcher = {
  /** Says that something was queued; returns at once. */
  readonly wake: () => void;
  /** Delivers what is queued now, and resolves when nothing deliverable is left. */
  readonly drain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const BATCH = 20;
const TRIES = 6;
/** Other replicas' jobs and retries are found by looking; what this process queued wakes it at once. */
const LOOK_EVERY_MS = 2_000;

export const createQueues = async (boss: PgBoss, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    await boss.createQueue(name, { retryLimit: TRIES - 1, retryDelay: 5, retryBackoff: true, expireInSeconds: 120 });
    // pg-boss looks a queue up on first use. Inside a transaction of the embedded engine that look-up would wait for
    // the transaction itself, so it is done here.
    await boss.getQueue(name);
  }
};

export const startDispatcher = (boss: PgBoss, deliveries: Deliveries, log: Log): Dispatcher => {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  const runOne = async (
    queue: string,
    job: { id: string; data: { id: string }; retryCount: number; retryLimit: number },
  ) => {
    const delivery = deliveries[queue];
    let result: JobResult = 'again';
    try {
      result = (await delivery?.deliver(job.data.id)) ?? 'done';
    } catch (error) {
      log.error({ queue, job: job.id, error: loggable(error) }, 'a delivery failed');
    }
    if (result === 'done') {
      await boss.complete(queue, job.id);
    } else {
      if (job.retryCount >= job.retryLimit) await delivery?.giveUp(job.data.id);
      await boss.fail(queue, job.id, { reason: 'not delivered' });
    }
  };

  const pass = async () => {
    do {
      again = false;
      for (const queue of Object.keys(deliveries)) {
        for (;;) {
          const jobs = await boss.fetch<{ id: string }>(queue, { batchSize: BATCH, includeMetadata: true });
          for (const job of jobs) await runOne(queue, job);
          if (jobs.length < BATCH || stopped) break;
        }
      }
    } while (again && !stopped);
  };

  const run = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = pass()
      .catch((error: unknown) => log.error({ error: loggable(error) }, 'the dispatcher stumbled'))
      .finally(() => {
        running = null;
      });
    return running;
  };

  const timer = setInterval(() => void run(), LOOK_EVERY_MS);
  return {
    wake: () => {
      if (!stopped) void run();
    },
    drain: run,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
};
