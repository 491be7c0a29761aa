import { inBatches } from '../batches.ts';
import { daysLeft, startOf, utcDay } from '../claims/deadlines.ts';
import { routeOf } from '../notices/channel-cards.ts';
import { tell } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';
import { noteReferral } from './history.ts';
import { coSellKey } from './referral.ts';
import { tellNoSellers } from './tell-no-sellers.ts';

/** The sellers are reminded with so many days left to answer, at this hour in UTC. */
const PLAN = { daysLeft: [7, 3, 1], hour: 8 } as const;
const HOUR_MS = 60 * 60 * 1000;

/** When they are next reminded after `after`; null: not any more. */
export const nextSellerReminder = (answerDueAt: Date, after: Date): Date | null =>
  PLAN.daysLeft
    .map((days) => new Date(startOf(utcDay(answerDueAt).subtract({ days })).getTime() + PLAN.hour * HOUR_MS))
    .find((at) => at > after) ?? null;

/**
 * R28: reminds the sellers' channels of deals that wait for an answer. However many reminders were missed, one is said;
 * where no channel takes the deal, the admins who can set one up hear that again.
 * Returns how many deals there were.
 */
export const remindSellers = (ports: Ports): Promise<number> =>
  inBatches(
    ports,
    (tx, look) => tx.referrals.takeToRemind(look),
    async (tx, deals, at) => {
      let reminded = 0;
      for (const { number, answerDueAt } of deals) {
        const claim = await tx.claims.find(number);
        await tx.referrals.remindNext(number, answerDueAt && nextSellerReminder(answerDueAt, at));
        if (claim === null || answerDueAt === null || answerDueAt < at) continue;
        const days = daysLeft(answerDueAt, at);
        const { organisationId } = claim;
        const audience = { duty: 'sellers', organisationId } as const;
        const { facts = {} } = (await tx.notices.findByKey(coSellKey(number))) ?? {};
        const subject = { claimNumber: number, facts };
        if ((await tx.channels.findFor('sellers', organisationId, routeOf({ facts, audience }))) === null) {
          await tellNoSellers(ports, tx, number, `due:${days}`, at);
          continue;
        }
        await tell(ports, tx, 'coSellDue', audience, `${coSellKey(number)}:due:${days}`, subject, at);
        await noteReferral(ports, tx, number, 'reminded', { actor: 'clock', at, facts: { days } });
        reminded += 1;
      }
      return reminded;
    },
  );
