import type { ClaimList } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import {
  alarm,
  bold,
  button,
  buttons,
  type Card,
  dotted,
  type Element,
  line,
  link,
  type Reader,
  subtle,
} from '../card.ts';
import { deadline, textFor } from '../format.ts';
import { listCard } from '../list-card.ts';
import { nextStep, statusRun } from './standing.ts';

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
export const claimListCard = (reader: Reader, list: ClaimList): Card => {
  const { claims: words, common, help } = textFor(reader.language);
  const buttonsOf = {
    first: button('add.start', {}, help.addButton, { style: 'positive' }),
    to: (page: number, title: string) => button('claims.list', { page }, title),
    beyond: [link(common.openInTab, reader.links.tab({ page: 'claims' }))],
  };
  return listCard(reader, words, list, buttonsOf, (claim) => row(reader, claim));
};
