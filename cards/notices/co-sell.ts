import type { DealView } from '../../domain/co-sell/show-referral.ts';
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
import { deadline, textFor } from '../format.ts';

/** What is said of a deal besides its card: a reply below it, or a word to those who can set a channel up (R28). */
export const coSellNoticeCard = (reader: Reader, kind: 'due' | 'noChannel', view: DealView): Card => {
  const { deal: words, channel } = textFor(reader.language);
  const { title, body } = words[kind];
  const { claim, engagement, referral } = view;
  const due = referral.answerDueAt === null ? null : deadline(referral.answerDueAt, reader);
  const { company } = claim.contacts.customer;
  return card(reader, title, [
    heading(title),
    line(bold(company), { spacing: 'None' }),
    line(dotted(claim.organisationName, subtle(engagement.name[reader.language])), { spacing: 'None' }),
    ...(due === null
      ? []
      : [line(dotted(words.answerUntil(due.date), alarm(due.words, due.urgent)), { spacing: 'None' })]),
    para(body),
    buttons([
      kind === 'due'
        ? button('coSell.show', { claim: claim.number }, words.begin)
        : button('channels.list', { page: 1 }, channel.state),
    ]),
  ]);
};
