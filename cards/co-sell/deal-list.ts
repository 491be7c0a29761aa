import type { DealList } from '../../domain/co-sell/list-deals.ts';
import {
  alarm,
  bold,
  button,
  buttons,
  type Card,
  card,
  dotted,
  heading,
  line,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { deadline, textFor, usd } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';

/** `deals`: what the sellers have to answer, soonest end first, and what they have taken. */
export const dealListCard = (reader: Reader, { rows, total, page, pages }: DealList): Card => {
  const { deals: words, referral, common } = textFor(reader.language);
  if (total === 0) {
    const again = button('deals.list', { page: 1 }, common.refresh);
    return card(reader, words.none, [heading(words.title), para(words.none), buttons([again])]);
  }
  const turn = pageButtons(reader, { page, pages }, (to, title) => button('deals.list', { page: to }, title));
  return card(reader, words.title, [
    heading(words.title),
    para(`${words.count(total)}${pages > 1 ? ` · ${common.page(page, pages)}` : ''}`, {
      subtle: true,
      spacing: 'None',
    }),
    ...rows.flatMap(({ claimNumber, company, organisationName, engagement, answerDueAt, valueCents, takenBy }) => {
      const due = answerDueAt === null ? null : deadline(answerDueAt, reader);
      return [
        line(dotted(bold(company), common.money(usd(valueCents, reader.language))), {
          spacing: 'Medium',
          separator: true,
        }),
        line(dotted(organisationName, subtle(engagement.name[reader.language])), { spacing: 'None' }),
        line(
          due === null
            ? referral.states.taken(takenBy ?? referral.microsoft)
            : dotted(alarm(due.words, due.urgent), subtle(due.date)),
          { spacing: 'None' },
        ),
        buttons([button('coSell.show', { claim: claimNumber }, words.open(claimNumber))], { spacing: 'Small' }),
      ];
    }),
    ...(turn.length === 0 ? [] : [buttons(turn)]),
  ]);
};
