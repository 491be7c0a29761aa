import type { ClaimList } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import {
  alarm,
  bold,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { deadline, textFor } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';
import { nextStep, statusRun } from './claim.ts';

const row = (reader: Reader, claim: ClaimList['rows'][number]): Element[] => {
  const text = textFor(reader.language);
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const possible = possibleFor('partner', claim);
  const asks = [
    ...(possible.includes('sendConsent') ? [text.add.done.send(claim.number)] : []),
    ...(possible.includes('resendConsent') ? [text.claims.resend(claim.number)] : []),
  ];
  return [
    line(bold(claim.name), { spacing: 'Medium', separator: true }),
    line(dotted(claim.company, subtle(claim.engagement.name[reader.language])), { spacing: 'None' }),
    line(
      due === null
        ? statusRun(claim, reader)
        : dotted(statusRun(claim, reader), alarm(due.words, due.urgent), subtle(due.date)),
      { spacing: 'None' },
    ),
    ...(isTerminal(claim.status) ? [] : [line(subtle(nextStep(claim, reader, claim.complete)), { spacing: 'None' })]),
    buttons(
      [
        ...asks.map((title) => button('consent.start', { claim: claim.number }, title)),
        button('claim.show', { claim: claim.number }, text.claims.open(claim.number)),
      ],
      { spacing: 'Small' },
    ),
  ];
};

/** `claims`: a page of what the person may see, next deadline first. */
export const claimListCard = (reader: Reader, { rows, total, page, pages }: ClaimList): Card => {
  const text = textFor(reader.language);
  const words = text.claims;
  if (total === 0) {
    return card(reader, words.none, [
      heading(words.title),
      para(words.none),
      buttons([button('add.start', {}, text.help.addButton, { style: 'positive' })]),
    ]);
  }
  const turn = pageButtons(reader, { page, pages }, (to, title) => button('claims.list', { page: to }, title));
  return card(reader, words.title, [
    heading(words.title),
    para(`${words.count(total)}${pages > 1 ? ` · ${text.common.page(page, pages)}` : ''}`, {
      subtle: true,
      spacing: 'None',
    }),
    ...rows.flatMap((claim) => row(reader, claim)),
    ...(turn.length === 0 ? [] : [buttons(turn)]),
  ]);
};
