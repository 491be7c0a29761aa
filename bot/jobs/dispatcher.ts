import { setTimeout as pause } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { uptime } from '../clock.ts';
import { type Log, loggable } from '../log.ts';
import { within } from '../within.ts';

/**
 * What became of a job: `again` is tried later with a growing pause, until its tries are used up. Whoever has to wait
 * for its turn comes back in so many milliseconds, and has not tried.
 */
export type JobResult = 'done' | 'again' | { readonly waitMs: number };

export type Delivery = {
  readonly deliver: (id: string) => Promise<JobResult>;
  /** Every try failed, or the process that tried last died. */
  readonly giveUp: (id: string) => Promise<void>;
  /** Seconds until the second try; the pause doubles from there, up to an hour. */
  readonly pause: number;
  readonly tries: number;
  /** How many are worked on at a time in one process. */
  readonly atOnce: number;
};

export type Deliveries = Readonly<Record<string, Delivery>>;

export type Dispatcher = {
  /** Says that something was queued; returns at once. */
  readonly wake: () => void;
  /**
   * Delivers what is queued now, and what waits a few seconds for its turn; resolves when nothing deliverable is left.
   */
  readonly drain: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Far longer than the slowest delivery: a job that is held for this long has lost its process. */
const LOST_AFTER_SECONDS = 120;
/** Other replicas' jobs and retries are found by looking; what this process queued wakes it at once. */
const LOOK_EVERY_MS = 2_000;
const STOP_WITHIN_MS = 8_000;
/** What waits longer than this for its turn is not deliverable now. */
const SOON_MS = 5_000;

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

type Job = {
  readonly id: string;
  readonly data: { readonly id: string };
  readonly retryCount: number;
  readonly retryLimit: number;
};

type Loop = {
  /** Works until there is nothing to do; whether there was anything. */
  readonly run: () => Promise<boolean>;
  /** In how many milliseconds the first of those that do not wait long for their turn comes back; infinity: none does. */
  readonly nextMs: () => number;
  readonly stop: () => Promise<void>;
};

/** Works one queue off, so many jobs at a time, so that nothing is held that is not being worked on. */
const startLoop = (
  boss: PgBoss,
  queue: string,
  atOnce: number,
  handle: (id: string) => Promise<JobResult>,
  log: Log,
): Loop => {
  let running: Promise<boolean> | null = null;
  let woken = Promise.withResolvers<void>();
  let again = false;
  let stopped = false;
  /** When those that wait for their turn, and not for long, come back. */
  const returns = new Set<number>();
  const timers = new Set<NodeJS.Timeout>();

  /** The job gives its place to others. Should both be there for a moment, the second finds that nothing is left to do. */
  const putOff = async ({ id, data, retryCount, retryLimit }: Job, waitMs: number) => {
    await boss.send(queue, data, { startAfter: waitMs / 1_000, retryLimit: Math.max(retryLimit - retryCount, 0) });
    await boss.deleteJob(queue, id);
    const at = uptime() + waitMs;
    if (waitMs <= SOON_MS) returns.add(at);
    const timer = setTimeout(() => {
      timers.delete(timer);
      returns.delete(at);
      void run();
    }, waitMs + 1);
    timers.add(timer);
  };

  /** One job's failure, even to be settled, is not the next one's. */
  const runOne = async (job: Job) => {
    try {
      const result = await handle(job.data.id).catch((error: unknown): JobResult => {
        log.error({ queue, job: job.id, error: loggable(error) }, 'a delivery failed');
        return 'again';
      });
      if (result === 'done') await boss.complete(queue, job.id);
      else if (result === 'again') await boss.fail(queue, job.id, { reason: 'not delivered' });
      else await putOff(job, result.waitMs);
    } catch (error) {
      log.error({ queue, job: job.id, error: loggable(error) }, 'a job could not be settled');
    }
  };

  const workOff = async (): Promise<boolean> => {
    const at = new Set<Promise<void>>();
    let worked = false;
    try {
      for (;;) {
        again = false;
        woken = Promise.withResolvers();
        const batchSize = atOnce - at.size;
        const jobs =
          stopped || batchSize === 0
            ? []
            : await boss.fetch<{ id: string }>(queue, { batchSize, includeMetadata: true });
        for (const job of jobs) {
          const one: Promise<void> = runOne(job).finally(() => at.delete(one));
          at.add(one);
          worked = true;
        }
        if (at.size === 0) return worked;
        // Whoever queues something does not wait for one that is slow.
        await Promise.race([...at, woken.promise]);
      }
    } finally {
      await Promise.all(at);
    }
  };

  const start = async (): Promise<boolean> => {
    let worked = false;
    try {
      do {
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
      woken.resolve();
      return running;
    }
    running = start();
    return running;
  };

  return {
    run,
    nextMs: () => Math.max(Math.min(...returns) - uptime(), 0),
    stop: async () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
      returns.clear();
      woken.resolve();
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
  const loops = Object.entries(deliveries).flatMap(([queue, { deliver, giveUp, atOnce }]) => [
    startLoop(boss, queue, atOnce, deliver, log),
    startLoop(boss, dead(queue), 1, abandon(queue, giveUp), log),
  ]);
  /** What one queue does may be work for another: done is when a whole round found nothing. */
  const workOff = async () => {
    while ((await Promise.all(loops.map(({ run }) => run()))).includes(true));
  };
  const drain = async () => {
    for (;;) {
      await workOff();
      const nextMs = Math.min(...loops.map((loop) => loop.nextMs()));
      if (nextMs === Number.POSITIVE_INFINITY) return;
      await pause(nextMs + 2);
    }
  };
  const timer = setInterval(() => void workOff(), LOOK_EVERY_MS);
  return {
    wake: () => void workOff(),
    drain,
    stop: async () => {
      clearInterval(timer);
      await within(Promise.all(loops.map(({ stop }) => stop())), STOP_WITHIN_MS, null);
    },
  };
};
