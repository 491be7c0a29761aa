import type { PgBoss } from 'pg-boss';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';

/** What became of a job: `again` is tried later with a growing pause, until its tries are used up. */
export type JobResult = 'done' | 'again';

export type Delivery = {
  readonly deliver: (id: string) => Promise<JobResult>;
  /** Every try failed, or the process that tried last died. */
  readonly giveUp: (id: string) => Promise<void>;
  /** Seconds until the second try; the pause doubles from there, up to an hour. */
  readonly pause: number;
  readonly tries: number;
};

export type Deliveries = Readonly<Record<string, Delivery>>;

export type Dispatcher = {
  /** Says that something was queued; returns at once. */
  readonly wake: () => void;
  /** Delivers what is queued now, and resolves when nothing deliverable is left. */
  readonly drain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Small, so that a whole batch of slow deliveries still ends well before its jobs count as lost. */
const BATCH = 5;
const LOST_AFTER_SECONDS = 300;
/** Other replicas' jobs and retries are found by looking; what this process queued wakes it at once. */
const LOOK_EVERY_MS = 2_000;
const STOP_WITHIN_MS = 8_000;

/** Where pg-boss puts what used up its tries, whoever held it then. */
const dead = (queue: string): string => `${queue}-dead`;

const createQueues = async (boss: PgBoss, deliveries: Deliveries): Promise<void> => {
  for (const [queue, { pause, tries }] of Object.entries(deliveries)) {
    await boss.createQueue(dead(queue), { retryLimit: 1_000, retryDelay: 60, expireInSeconds: LOST_AFTER_SECONDS });
    const options = {
      retryLimit: tries - 1,
      retryDelay: pause,
      retryBackoff: true,
      retryDelayMax: 3_600,
      expireInSeconds: LOST_AFTER_SECONDS,
      deadLetter: dead(queue),
    };
    await boss.createQueue(queue, options);
    await boss.updateQueue(queue, options);
  }
};

/** Works one queue off, one job at a time. */
const startLoop = (boss: PgBoss, queue: string, handle: (id: string) => Promise<JobResult>, log: Log) => {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  /** One job's failure, even to be settled, is not its neighbours'. */
  const runOne = async (job: { readonly id: string; readonly data: { readonly id: string } }) => {
    try {
      const result = await handle(job.data.id).catch((error: unknown): JobResult => {
        log.error({ queue, job: job.id, error: loggable(error) }, 'a delivery failed');
        return 'again';
      });
      if (result === 'done') await boss.complete(queue, job.id);
      else await boss.fail(queue, job.id, { reason: 'not delivered' });
    } catch (error) {
      log.error({ queue, job: job.id, error: loggable(error) }, 'a job could not be settled');
    }
  };

  const pass = async () => {
    do {
      again = false;
      for (let full = true; full && !stopped; ) {
        const jobs = await boss.fetch<{ id: string }>(queue, { batchSize: BATCH });
        for (const job of jobs) if (!stopped) await runOne(job);
        full = jobs.length === BATCH;
      }
    } while (again && !stopped);
  };

  const run = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = pass()
      .catch((error: unknown) => log.error({ queue, error: loggable(error) }, 'the dispatcher stumbled'))
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    run,
    stop: () => {
      stopped = true;
      return running ?? Promise.resolve();
    },
  };
};

/** Every queue has its own loop: a mail does not wait for a chat that does not answer. */
export const startDispatcher = async (boss: PgBoss, deliveries: Deliveries, log: Log): Promise<Dispatcher> => {
  await createQueues(boss, deliveries);
  const loops = Object.entries(deliveries).flatMap(([queue, { deliver, giveUp }]) => [
    startLoop(boss, queue, deliver, log),
    startLoop(boss, dead(queue), async (id) => giveUp(id).then(() => 'done'), log),
  ]);
  const drain = async () => {
    await Promise.all(loops.map(({ run }) => run()));
  };
  const timer = setInterval(() => void drain(), LOOK_EVERY_MS);
  return {
    wake: () => void drain(),
    drain,
    stop: async () => {
      clearInterval(timer);
      await within(Promise.all(loops.map(({ stop }) => stop())), STOP_WITHIN_MS, null);
    },
  };
};
