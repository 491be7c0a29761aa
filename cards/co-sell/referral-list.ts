import type { ReferralList } from '../../domain/co-sell/list-referrals.ts';
import { bold, button, buttons, type Card, dotted, line, type Reader, subtle } from '../card.ts';
import { textFor, usd, utcDate } from '../format.ts';
import { listCard } from '../list-card.ts';
import { standingRuns } from './standing.ts';

/** `referrals`: those that somebody keeps, open ones first. */
export const referralListCard = (reader: Reader, list: ReferralList): Card => {
  const { referrals: words, common, referral: one } = textFor(reader.language);
  const buttonsOf = {
    first: button('referrals.list', { page: 1 }, common.refresh),
    to: (page: number, title: string) => button('referrals.list', { page }, title),
  };
  return listCard(reader, words, list, buttonsOf, ({ referral, company, engagement }) => [
    line(dotted(bold(company), common.money(usd(referral.valueCents, reader.language))), {
      spacing: 'Medium',
      separator: true,
    }),
    line(subtle(engagement.name[reader.language]), { spacing: 'None' }),
    line(standingRuns(reader, referral), { spacing: 'None' }),
    line(
      subtle(
        `${referral.status === 'Closed' ? one.closedOn : one.closeOn}: ${utcDate(new Date(referral.closeOn), reader.language)}`,
      ),
      { spacing: 'None' },
    ),
    buttons([button('referral.show', { claim: referral.claimNumber }, words.open(referral.claimNumber))], {
      spacing: 'Small',
    }),
  ]);
};
