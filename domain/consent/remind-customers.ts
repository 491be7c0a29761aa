import { isOver } from '../claims/deadlines.ts';
import type { Ports } from '../ports.ts';
import type { DueReminder } from './customer-reminder-store.ts';
import { reminderJob } from './mail-reminder.ts';
import { remindersAhead } from './reminder-plan.ts';

const BATCH = 200;

/**
 * Hands out the reminders that are due, each with its mail in the same transaction. Whoever missed several gets one.
 * What one process holds no other sees, so that many at once hand each out once. Returns how many mails there are.
 */
export const remindCustomers = async (ports: Ports): Promise<number> => {
  let mails = 0;
  for (;;) {
    const batch = await ports.inTx(async (tx) => {
      const now = ports.clock.now();
      const due = await tx.customerReminders.takeDue(now, BATCH);
      const next = ({ dueAt, customerReminders }: DueReminder) =>
        remindersAhead({ dueAt, customerReminders: customerReminders + 1 }, now)[0] ?? null;
      for (const [time, claims] of Map.groupBy(due, (claim) => next(claim)?.getTime() ?? null)) {
        await tx.customerReminders.plan(
          claims.map(({ number }) => number),
          time === null ? null : new Date(time),
        );
      }
      const jobs = due.flatMap(({ dueAt, requestId, customerReminders }) =>
        requestId === null || isOver(dueAt, now) ? [] : [reminderJob({ requestId, nth: customerReminders + 1 })],
      );
      await tx.notices.mail(jobs);
      return { taken: due.length, mails: jobs.length };
    });
    mails += batch.mails;
    if (batch.taken < BATCH) return mails;
  }
};
