import type { DealList } from '../../domain/co-sell/list-deals.ts';
import { alarm, bold, button, buttons, type Card, dotted, line, type Reader, subtle } from '../card.ts';
import { deadline, textFor, usd } from '../format.ts';
import { listCard } from '../list-card.ts';

/** `deals`: what the sellers have to answer, soonest end first, and what they have taken. */
export const dealListCard = (reader: Reader, list: DealList): Card => {
  const { deals: words, referral, common } = textFor(reader.language);
  const buttonsOf = {
    first: button('deals.list', { page: 1 }, common.refresh),
    to: (page: number, title: string) => button('deals.list', { page }, title),
  };
  return listCard(
    reader,
    words,
    list,
    buttonsOf,
    ({ claimNumber, company, organisationName, engagement, answerDueAt, valueCents, takenBy }) => {
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
    },
  );
};
