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

/** Far longer than the slowest delivery: a job that is held for this long has lost its process. */
const LOST_AFTER_SECONDS = 120;
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

type Job = { readonly id: string; readonly data: { readonly id: string } };

/** Works one queue off, one job at a time, so that nothing is held that is not being worked on. */
const startLoop = (boss: PgBoss, queue: string, handle: (id: string) => Promise<JobResult>, log: Log) => {
  let running: Promise<boolean> | null = null;
  let again = false;
  let stopped = false;

  /** One job's failure, even to be settled, is not the next one's. */
  const runOne = async (job: Job) => {
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

  const workOff = async (): Promise<boolean> => {
    let worked = false;
    for (;;) {
      const [job] = stopped ? [] : await boss.fetch<{ id: string }>(queue, { batchSize: 1 });
      if (job === undefined) return worked;
      await runOne(job);
      worked = true;
    }
  };

  /** Whether there was anything to do. */
  const start = async (): Promise<boolean> => {
    let worked = false;
    try {
      do {
        again = false;
        if (await workOff()) worked = true;
      } while (again && !stopped);
    } catch (error) {
      log.error({ queue, error: loggable(error) }, 'the dispatcher stumbled');
    } finally {
      // In the same breath as the last look at `again`: whoever asks from now on starts anew.
      running = null;
    }
    return worked;
  };

  const run = (): Promise<boolean> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = start();
    return running;
  };

  return {
    run,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
};

/** Every queue has its own loop: a mail does not wait for a chat that does not answer. */
export const startDispatcher = async (boss: PgBoss, deliveries: Deliveries, log: Log): Promise<Dispatcher> => {
  await createQueues(boss, deliveries);
  const abandon =
    (queue: string, giveUp: Delivery['giveUp']) =>
    async (id: string): Promise<JobResult> => {
      log.error({ queue, id }, 'given up after the last try');
      await giveUp(id);
      return 'done';
    };
  const loops = Object.entries(deliveries).flatMap(([queue, { deliver, giveUp }]) => [
    startLoop(boss, queue, deliver, log),
    startLoop(boss, dead(queue), abandon(queue, giveUp), log),
  ]);
  const drain = async () => {
    // What one queue does may be work for another: done is when a whole round found nothing.
    while ((await Promise.all(loops.map(({ run }) => run()))).includes(true));
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
