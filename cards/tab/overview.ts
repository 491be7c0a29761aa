import { MONTHS_BACK, monthsUpTo, type Overview, WEEKS_AHEAD, weekOf } from '../../domain/claims/browse-claims.ts';
import { startOf } from '../../domain/claims/deadlines.ts';
import { CLAIM_STATUSES, groupOf } from '../../domain/claims/status.ts';
import type { Reader } from '../card.ts';
import { monthName, textFor, usd, utcDay } from '../format.ts';
import type { Answer } from './contract.ts';
import { statusSaid } from './lines.ts';

/** The figures behind the tab's charts: every status that has a claim, every week ahead, every month back. */
export const overviewSaid = (reader: Reader, { pipeline, weeks, months, soon }: Overview): Answer<'overview'> => {
  const { language, now } = reader;
  const { common } = textFor(language);
  const first = weekOf(now);
  const money = (cents: number) => common.money(usd(cents, language));
  const counts = CLAIM_STATUSES.flatMap((code) => {
    const count = pipeline.get(code) ?? 0;
    return count === 0 ? [] : [{ status: statusSaid(reader, code), group: groupOf(code), count }];
  });
  return {
    pipeline: counts,
    weeks: Array.from({ length: WEEKS_AHEAD }, (_, index) => {
      const from = first.add({ weeks: index });
      const due = weeks.filter(({ week }) => week === from.toString());
      const of = (group: ReturnType<typeof groupOf>) =>
        due.filter(({ status }) => groupOf(status) === group).reduce((sum, { count }) => sum + count, 0);
      return {
        label: utcDay(startOf(from), language),
        from: from.toString(),
        consent: of('consent'),
        delivery: of('delivery'),
        review: of('review'),
      };
    }),
    months: monthsUpTo(now).map((month) => {
      const paid = months.find((one) => one.month === month.toString().slice(0, 7));
      const cents = paid?.cents ?? 0;
      return {
        label: monthName(startOf(month), language),
        usd: cents / 100,
        money: money(cents),
        claims: paid?.count ?? 0,
      };
    }),
    open: counts.reduce((sum, { group, count }) => (group === 'ended' ? sum : sum + count), 0),
    dueThisWeek: soon,
    paid: money(months.slice(-MONTHS_BACK).reduce((sum, { cents }) => sum + cents, 0)),
  };
};
