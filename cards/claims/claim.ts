import type { Claim } from '../../domain/claims/claim-store.ts';
import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { MOST_HISTORY } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import {
  alarm,
  box,
  button,
  buttons,
  type Card,
  card,
  facts,
  heading,
  line,
  para,
  type Reader,
  type Run,
  subheading,
} from '../card.ts';
import { countryName, dateTime, deadline, textFor, usd } from '../format.ts';

/** Something to say above the claim: what was just done, or why it was not. */
export type Banner = { readonly text: string; readonly style: 'good' | 'warning' | 'attention' };

const history = (reader: Reader, { history: lines }: ClaimView) => {
  const { claim: words } = textFor(reader.language);
  return lines
    .slice(-MOST_HISTORY)
    .map((entry) =>
      line(
        [
          { text: `${dateTime(entry.at, reader)}  `, subtle: true },
          `${words.by(entry)} ${words.historyLine[entry.what] ?? entry.what}`.trim(),
        ],
        { spacing: 'Small' },
      ),
    );
};

const mailState = (reader: Reader, { request, claim }: ClaimView): Run | null => {
  const { mail } = textFor(reader.language).claim;
  if (request === null || claim.status !== 'AWAITING_CONSENT') return null;
  if (request.mailState === 'failed') return { text: mail.failed, color: 'Attention' };
  return request.mailedAt === null ? mail.waiting : mail.mailed(dateTime(request.mailedAt, reader));
};

const amount = (reader: Reader, { engagement, claim }: ClaimView): string => {
  const { claim: words } = textFor(reader.language);
  const rate = engagement.rates?.[claim.market] ?? null;
  return rate === null ? words.noRate : words.rate(usd(rate, reader.language), claim.market);
};

const actions = ({ claim, possible }: ClaimView, words: ReturnType<typeof textFor>) => [
  ...(possible.includes('sendConsent')
    ? [button('consent.start', { claim: claim.number }, words.claim.send, { style: 'positive' })]
    : []),
  ...(possible.includes('resendConsent') ? [button('consent.start', { claim: claim.number }, words.claim.resend)] : []),
  ...(possible.includes('cancel') ? [button('claim.askCancel', { claim: claim.number }, words.claim.cancel)] : []),
  button('claim.show', { claim: claim.number }, words.common.refresh),
];

export const statusRun = ({ status }: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run => {
  const text = textFor(reader.language).statuses[status];
  if (!isTerminal(status)) return { text, bold: true };
  return { text, bold: true, color: status === 'APPROVED' ? 'Good' : 'Attention' };
};

/** Everything one may know of a claim: status, next step, deadline, details, history, and what can be done now. */
export const claimCard = (reader: Reader, view: ClaimView, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { claim, engagement } = view;
  const { labels, ...words } = text.claim;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const mail = mailState(reader, view);
  const { customer, partner } = claim.contacts;
  const { identifier } = claim;
  return card(
    reader,
    `${words.heading(claim.number)}: ${text.statuses[claim.status]}`,
    [
      heading(words.heading(claim.number)),
      line({ text: claim.name, bold: true }, { spacing: 'None' }),
      ...(banner === undefined ? [] : [box([para(banner.text)], banner.style)]),
      ...facts([
        [labels.status, statusRun(claim, reader)],
        [labels.next, words.next[claim.status] ?? words.nothing],
        due === null ? null : [labels.deadline, [alarm(due.words, due.urgent), ` · ${due.date}`]],
        mail === null ? null : [labels.mail, mail],
        [labels.engagement, `${engagement.name[reader.language]} · ${text.solutionAreas[engagement.solutionArea]}`],
        [labels.location, `${claim.location.name} · ${claim.location.partnerId}`],
        [labels.customer, `${customer.company} · ${countryName(customer.country, reader.language)}`],
        [labels.identifier, `${text.identifierTypes[identifier.type]}: ${identifier.value}`],
        claim.tenantId === null || identifier.type === 'tenantId' ? null : [labels.tenant, claim.tenantId],
        claim.mismatchReason === null ? null : [labels.mismatch, { text: claim.mismatchReason, color: 'Attention' }],
        [labels.customerContact, `${customer.name} · ${customer.email}`],
        [labels.partnerContact, `${partner.name} · ${partner.email} · ${partner.phone}`],
        claim.dealSizeCents === null
          ? null
          : [labels.dealSize, text.common.money(usd(claim.dealSizeCents, reader.language))],
        [labels.rate, amount(reader, view)],
        [labels.owner, view.owner],
      ]),
      line({ text: words.rateNote(engagement.source, engagement.verifiedOn), subtle: true }, { spacing: 'Small' }),
      subheading(words.history),
      ...history(reader, view),
      buttons(actions(view, text)),
    ],
    { verb: 'claim.show', data: { claim: claim.number } },
  );
};

/** Canceling is final, so it is asked once more (R18). */
export const askCancelCard = (reader: Reader, { claim }: ClaimView, commandId: string): Card => {
  const words = textFor(reader.language).claim.cancelAsk;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    line({ text: claim.name, bold: true }, { spacing: 'None' }),
    para(words.body),
    buttons([
      button('claim.cancel', { claim: claim.number, command: commandId }, words.yes, { style: 'destructive' }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};
