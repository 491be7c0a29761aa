import { schedule } from 'node-cron';
import { expireClaims } from '../../domain/claims/expire-claims.ts';
import { expireCoSell } from '../../domain/co-sell/expire-co-sell.ts';
import { retryReferrals } from '../../domain/co-sell/mirror.ts';
import { remindSellers } from '../../domain/co-sell/remind-sellers.ts';
import { remindCustomers } from '../../domain/consent/remind-customers.ts';
import { planReminders } from '../../domain/notices/plan-reminders.ts';
import { sendDue } from '../../domain/notices/send-due.ts';
import type { Ports } from '../../domain/ports.ts';
import { remindReviews } from '../../domain/review/remind-reviews.ts';
import { type Log, loggable } from '../log.ts';

type Sweeps = {
  /** Runs every sweep once and resolves when all are through. */
  readonly now: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Returns how many it dealt with. */
export type Sweep = (ports: Ports) => Promise<number>;

/** What is looked for at every tick. */
const SWEEPS: Readonly<Record<string, Sweep>> = {
  // Over is over: whose clock ran out is reminded of nothing.
  expireClaims,
  planReminders,
  remindReviews,
  remindCustomers,
  expireCoSell,
  remindSellers,
  retryReferrals,
  sendDue,
};

/** One run after the other; cron starts none while one is under way. */
const chained = (run: () => Promise<void>, ticks: boolean): Sweeps => {
  let last: Promise<void> = Promise.resolve();
  const now = () => {
    last = last.then(run);
    return last;
  };
  const task = ticks ? schedule('* * * * *', now, { timezone: 'UTC', noOverlap: true }) : null;
  return {
    now,
    stop: async () => {
      await task?.stop();
      await last;
    },
  };
};

/**
 * Cron only wakes (UTC, every minute); what is due is read from the rows, so a missed tick loses nothing. Without `ticks`
 * what is due is looked for when somebody asks. `more`: what is asked of somebody else besides, who may be slow; it runs
 * beside the rest, so that nothing of ours is late for it.
 */
export const startSweeps = (
  ports: Ports,
  more: Readonly<Record<string, Sweep>>,
  tidy: () => Promise<void>,
  log: Log,
  ticks = true,
): Sweeps => {
  // One that fails does not keep the others from running.
  const runAll = async (sweeps: Readonly<Record<string, Sweep>>) => {
    for (const [name, run] of Object.entries(sweeps)) {
      try {
        const count = await run(ports);
        if (count > 0) log.info({ sweep: name, count }, 'a sweep found something to do');
      } catch (error) {
        log.error({ sweep: name, error: loggable(error) }, 'a sweep failed');
      }
    }
  };
  const own = chained(async () => {
    await runAll(SWEEPS);
    await tidy().catch((error: unknown) => log.error({ error: loggable(error) }, 'tidying failed'));
  }, ticks);
  const others = chained(() => runAll(more), ticks);
  return {
    now: async () => void (await Promise.all([own.now(), others.now()])),
    stop: async () => void (await Promise.all([own.stop(), others.stop()])),
  };
};
