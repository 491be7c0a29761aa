import type { Claim } from '../../domain/claims/claim-store.ts';
import { amountOf } from '../../domain/claims/payout.ts';
import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { MOST_HISTORY } from '../../domain/claims/show-claim.ts';
import { canStartAgain, isTerminal } from '../../domain/claims/status.ts';
import {
  type Action,
  alarm,
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  facts,
  folded,
  heading,
  line,
  para,
  type Reader,
  type Run,
  subheading,
  subtle,
  toggle,
} from '../card.ts';
import { countryName, dateTime, deadline, textFor, usd, utcDate } from '../format.ts';
import { payoutTerms } from './payout.ts';

/** Something to say above the claim: what was just done, or why it was not. */
export type Banner = { readonly text: string; readonly style: 'good' | 'warning' | 'attention' };

export const statusRun = ({ status }: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run => {
  const text = textFor(reader.language).statuses[status];
  if (!isTerminal(status)) return { text, bold: true };
  return { text, bold: true, color: status === 'APPROVED' ? 'Good' : 'Attention' };
};

const mailFailed = ({ claim, request }: ClaimView): boolean =>
  claim.status === 'AWAITING_CONSENT' && request?.mailState === 'failed';

/** Where it stands, until when, and what to do now: the first thing to be read. */
const standing = (reader: Reader, view: ClaimView): Element => {
  const { claim } = view;
  const { mail, next } = textFor(reader.language).claim;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const failed = mailFailed(view);
  return box(
    [
      line(statusRun(claim, reader)),
      // Red on a red ground is hard to read: the ground says it then.
      ...(due === null ? [] : [line(dotted(alarm(due.words, due.urgent && !failed), due.date), { spacing: 'None' })]),
      para(failed ? mail.failed : next[claim.status], { spacing: 'Small' }),
    ],
    failed ? 'attention' : claim.status === 'APPROVED' ? 'good' : 'emphasis',
  );
};

/** How far the mail is, while its answer is waited for. */
const mailState = (reader: Reader, { claim, request }: ClaimView): string | null => {
  const { mail } = textFor(reader.language).claim;
  if (claim.status !== 'AWAITING_CONSENT' || request === null || request.mailState === 'failed') return null;
  return request.mailedAt === null
    ? mail.waiting(dateTime(request.createdAt, reader))
    : mail.mailed(dateTime(request.mailedAt, reader));
};

/** What moves the claim on, right below what it says is next. */
const onward = (reader: Reader, view: ClaimView): Element[] => {
  const { claim, possible } = view;
  const words = textFor(reader.language).claim;
  const ask = (title: string, first: boolean): Action =>
    button('consent.start', { claim: claim.number }, title, first ? { style: 'positive' } : {});
  const actions = [
    ...(possible.includes('sendConsent') ? [ask(words.send, true)] : []),
    ...(possible.includes('resendConsent') ? [ask(words.resend, mailFailed(view))] : []),
  ];
  // R17: expired and declined are final; the way on is another claim.
  if (canStartAgain(claim.status)) {
    const { button: title } = textFor(reader.language).again;
    return [buttons([button('claim.askAgain', { claim: claim.number }, title)], { spacing: 'Small' })];
  }
  return actions.length === 0 ? [] : [buttons(actions, { spacing: 'Small' })];
};

/** What it pays: proposed until the date of consent has picked the rate (R4). Null where nothing can come of it. */
const amount = (reader: Reader, { rated, claim }: ClaimView): string | null => {
  const { claim: words } = textFor(reader.language);
  const { market, consentedAt } = claim;
  if (consentedAt === null && isTerminal(claim.status)) return null;
  const pays = amountOf(rated, claim);
  if (pays === null) return words.noRate;
  const verified = rated.verifiedOn !== null;
  const shown = usd(pays.cents, reader.language);
  return consentedAt === null
    ? words.rate(shown, market, verified)
    : words.rateFixed(shown, market, verified, utcDate(consentedAt, reader.language));
};

/** What is looked up now and then. */
const details = (reader: Reader, { claim, rated, owner }: ClaimView, pays: string | null): Element[] => {
  const text = textFor(reader.language);
  const { labels, ...words } = text.claim;
  const { partner } = claim.contacts;
  const { identifier } = claim;
  const payout = pays === null ? null : (amountOf(rated, claim)?.payout ?? null);
  const rows = facts([
    [labels.location, dotted(claim.location.name, claim.location.partnerId)],
    [labels.identifier, [`${text.identifierTypes[identifier.type]}: `, identifier.value]],
    claim.tenantId === null || identifier.type === 'tenantId' ? null : [labels.tenant, claim.tenantId],
    [labels.partnerContact, dotted(partner.name, partner.email, partner.phone)],
    [labels.owner, owner],
    pays === null ? null : [labels.rateSource, words.rateSource(rated.source, rated.verifiedOn)],
  ]);
  if (payout === null) return rows;
  return [...rows, para(labels.terms, { subtle: true, spacing: 'Small' }), ...payoutTerms(reader, payout)];
};

const HISTORY_IN_SIGHT = 3;

/** Newest first: the rest unfolds. */
const history = (reader: Reader, { history: lines }: ClaimView) => {
  const { claim: words } = textFor(reader.language);
  const newest = lines.slice(-MOST_HISTORY).reverse();
  const said = newest.map((entry) => {
    const what = words.historyLine[entry.what];
    const who = words.by(entry);
    return line([subtle(`${dateTime(entry.at, reader)} `), ...(who === '' ? [what] : [who, ` ${what}`])], {
      spacing: 'Small',
    });
  });
  // One line behind a button would only be one click more.
  const inSight = said.length <= HISTORY_IN_SIGHT + 1 ? said.length : HISTORY_IN_SIGHT;
  return { inSight: said.slice(0, inSight), earlier: said.slice(inSight) };
};

/** Everything one may know of a claim: status and next step with its button, then who and what, then what happened. */
export const claimCard = (reader: Reader, view: ClaimView, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { claim, engagement, possible } = view;
  const { labels, ...words } = text.claim;
  const { customer } = claim.contacts;
  const { inSight, earlier } = history(reader, view);
  const mail = mailState(reader, view);
  const declined = claim.status === 'CONSENT_DECLINED' ? (view.request?.reason ?? null) : null;
  const answeredBy = view.request?.typedName ?? null;
  const pays = amount(reader, view);
  return card(
    reader,
    `${words.heading(claim.number)}: ${text.statuses[claim.status]}`,
    [
      heading(words.heading(claim.number)),
      line(bold(claim.name), { spacing: 'None' }),
      ...(banner === undefined ? [] : [box([para(banner.text)], banner.style)]),
      standing(reader, view),
      ...onward(reader, view),
      ...facts([
        [labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        [labels.customerContact, dotted(customer.name, customer.email)],
        mail === null ? null : [labels.mail, mail],
        answeredBy === null ? null : [labels.answeredBy, answeredBy],
        declined === null ? null : [labels.reason, declined],
        claim.mismatchReason === null ? null : [labels.mismatch, { text: claim.mismatchReason, color: 'Attention' }],
        [labels.engagement, dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea])],
        pays === null ? null : [labels.rate, pays],
        claim.dealSizeCents === null
          ? null
          : [labels.dealSize, text.common.money(usd(claim.dealSizeCents, reader.language))],
        claim.hours === null ? null : [text.add.labels.hours, String(claim.hours)],
      ]),
      subheading(words.history, { separator: true }),
      ...inSight,
      buttons([
        toggle(words.details, 'details'),
        ...(earlier.length === 0 ? [] : [toggle(words.earlier(earlier.length), 'earlier')]),
        ...(possible.includes('cancel') ? [button('claim.askCancel', { claim: claim.number }, words.cancel)] : []),
        button('claim.show', { claim: claim.number }, text.common.refresh),
        button('claims.list', { page: 1 }, words.all),
      ]),
      ...(earlier.length === 0 ? [] : [folded('earlier', [subheading(words.earlier(earlier.length)), ...earlier])]),
      folded('details', [subheading(words.details), ...details(reader, view, pays)]),
    ],
    { verb: 'claim.show', data: { claim: claim.number } },
  );
};

/** Canceling is final, so it is asked once more (R18). */
export const askCancelCard = (reader: Reader, { claim, engagement }: ClaimView, commandId: string): Card => {
  const words = textFor(reader.language).claim.cancelAsk;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    line(bold(claim.name), { spacing: 'None' }),
    line(dotted(subtle(claim.contacts.customer.company), subtle(engagement.name[reader.language])), {
      spacing: 'None',
    }),
    para(words.body),
    buttons([
      button('claim.cancel', { claim: claim.number, command: commandId, status: claim.status }, words.yes, {
        style: 'destructive',
      }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};

/** Starting again makes a form, not a claim; what that means is said first (R17). */
export const askAgainCard = (reader: Reader, { claim, engagement }: ClaimView): Card => {
  const words = textFor(reader.language).again;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    line(bold(claim.name), { spacing: 'None' }),
    line(dotted(subtle(claim.contacts.customer.company), subtle(engagement.name[reader.language])), {
      spacing: 'None',
    }),
    para(words.body),
    buttons([
      button('claim.again', { claim: claim.number }, words.yes, { style: 'positive' }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};
