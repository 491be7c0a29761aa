import type { ReferralList } from '../../domain/co-sell/list-referrals.ts';
import { bold, button, buttons, type Card, card, dotted, heading, line, para, type Reader, subtle } from '../card.ts';
import { textFor, usd, utcDate } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';
import { standingRuns } from './standing.ts';

/** `referrals`: those that somebody keeps, open ones first. */
export const referralListCard = (reader: Reader, { rows, total, page, pages }: ReferralList): Card => {
  const { referrals: words, common, referral: one } = textFor(reader.language);
  if (total === 0) {
    const again = button('referrals.list', { page: 1 }, common.refresh);
    return card(reader, words.none, [heading(words.title), para(words.none), buttons([again])]);
  }
  const turn = pageButtons(reader, { page, pages }, (to, title) => button('referrals.list', { page: to }, title));
  return card(reader, words.title, [
    heading(words.title),
    para(`${words.count(total)}${pages > 1 ? ` · ${common.page(page, pages)}` : ''}`, {
      subtle: true,
      spacing: 'None',
    }),
    ...rows.flatMap(({ referral, company, engagement }) => [
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
    ]),
    ...(turn.length === 0 ? [] : [buttons(turn)]),
  ]);
};
