import type { CustomerReminderStore, DueReminder } from '../../domain/consent/customer-reminder-store.ts';
import type { Db } from './db.ts';

export const customerReminderStore = (db: Db): CustomerReminderStore => ({
  takeDue: (now, take) =>
    db.$queryRaw<DueReminder[]>`
      SELECT c."number", c."dueAt", c."customerReminders", r."id"::text AS "requestId"
        FROM "Claim" c
        LEFT JOIN "ConsentRequest" r ON r."claimNumber" = c."number" AND r."state" = 'open'
       WHERE c."customerRemindAt" <= ${now}
       ORDER BY c."customerRemindAt", c."number"
       LIMIT ${take}
         FOR NO KEY UPDATE OF c SKIP LOCKED`,
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
