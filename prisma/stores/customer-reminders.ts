import type { CustomerReminderStore, DueReminder } from '../../domain/consent/customer-reminder-store.ts';
import type { Db } from './db.ts';

export const customerReminderStore = (db: Db): CustomerReminderStore => ({
  takeDue: async (now, take) => {
    const taken = await db.$queryRaw<Omit<DueReminder, 'requestId'>[]>`
      SELECT "number", "dueAt", "customerReminders" FROM "Claim"
       WHERE "customerRemindAt" <= ${now}
       ORDER BY "customerRemindAt", "number"
       LIMIT ${take}
         FOR NO KEY UPDATE SKIP LOCKED`;
    if (taken.length === 0) return [];
    const requests = await db.consentRequest.findMany({
      where: { claimNumber: { in: taken.map(({ number }) => number) }, state: 'open' },
      select: { id: true, claimNumber: true },
    });
    const open = new Map(requests.map(({ id, claimNumber }) => [claimNumber, id]));
    return taken.map((claim) => ({ ...claim, requestId: open.get(claim.number) ?? null }));
  },
  plan: async (numbers, customerRemindAt) => {
    await db.claim.updateMany({ where: { number: { in: [...numbers] } }, data: { customerRemindAt } });
  },
  switchTo: async (number, remindsCustomer, customerRemindAt) => {
    const { count } = await db.claim.updateMany({
      where: { number, status: 'AWAITING_CONSENT' },
      data: { remindsCustomer, customerRemindAt },
    });
    return count === 1;
  },
  recount: async (number, from, to) => {
    const { count } = await db.claim.updateMany({
      where: { number, customerReminders: from },
      data: { customerReminders: to },
    });
    return count === 1;
  },
});
