import type { Claim } from '../../domain/claims/claim-store.ts';
import { amountOf } from '../../domain/claims/payout.ts';
import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { type HistoryLine, MOST_HISTORY } from '../../domain/claims/show-claim.ts';
import { canStartAgain, isTerminal } from '../../domain/claims/status.ts';
import { isWithReviewers } from '../../domain/claims/transitions.ts';
import { canAmend, isComplete, lackingIn } from '../../domain/review/checklist.ts';
import { REJECT_REASONS } from '../../domain/review/review-claim.ts';
import { submissionOf } from '../../domain/review/submit-claim.ts';
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
  lines,
  link,
  para,
  type Reader,
  type Run,
  subheading,
  subtle,
  toggle,
} from '../card.ts';
import { declinedWith, openReferral, referralRows, whyCoSell } from '../co-sell/on-claim.ts';
import { type Banner, bannerBox } from '../form.ts';
import { countryName, dateTime, deadline, textFor, usd, utcDate } from '../format.ts';
import { evidenceLine } from '../review/evidence-line.ts';
import { aboutClaim } from './about.ts';
import { reminderSwitch, remindersSaid } from './customer-reminders.ts';
import { dealSizeRuns } from './deal-size.ts';
import { payoutTerms } from './payout.ts';

export const statusRun = ({ status }: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run => {
  const text = textFor(reader.language).statuses[status];
  if (!isTerminal(status)) return { text, bold: true };
  return { text, bold: true, color: status === 'APPROVED' ? 'Good' : 'Attention' };
};

/** The same on a ground of its colour. Green on green is hard to read: the ground says it then. */
export const statusInBox = (claim: Pick<Claim, 'status'>, reader: Pick<Reader, 'language'>): Run =>
  claim.status === 'APPROVED' ? bold(textFor(reader.language).statuses.APPROVED) : statusRun(claim, reader);

/**
 * What is to be done next. A disputed claim is the partner's until it is submitted once more; one whose evidence is
 * `complete` is reviewed by nobody before it is submitted (R24).
 */
export const nextStep = (
  claim: Pick<Claim, 'status' | 'pausedDueAt'>,
  { language }: Pick<Reader, 'language'>,
  complete = false,
): string => {
  const { claim: words, evidence } = textFor(language);
  if (claim.status === 'DISPUTED' && !isWithReviewers(claim)) return words.nextDispute;
  return claim.status === 'CONSENT_RECEIVED' && complete ? evidence.complete : words.next[claim.status];
};

const mailFailed = ({ claim, request }: ClaimView): boolean =>
  claim.status === 'AWAITING_CONSENT' && request?.mailState === 'failed';

/** Where it stands, until when, and what to do now: the first thing to be read. */
const standing = (reader: Reader, view: ClaimView): Element => {
  const { claim } = view;
  const { mail } = textFor(reader.language).claim;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const failed = mailFailed(view);
  return box(
    [
      line(statusInBox(claim, reader)),
      // Red on a red ground is hard to read: the ground says it then.
      ...(due === null ? [] : [line(dotted(alarm(due.words, due.urgent && !failed), due.date), { spacing: 'None' })]),
      para(failed ? mail.failed : nextStep(claim, reader, isComplete(view.checklist)), { spacing: 'Small' }),
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
const onward = (reader: Reader, view: ClaimView, command: string): Element[] => {
  const { claim, possible } = view;
  const words = textFor(reader.language).claim;
  const ask = (title: string, first: boolean): Action =>
    button('consent.start', { claim: claim.number }, title, first ? { style: 'positive' } : {});
  const { evidence, submit, dispute } = textFor(reader.language);
  const { number } = claim;
  const asked = view.checklist.length > 0;
  const submits = possible.some((name) => name === submissionOf(claim));
  const complete = lackingIn(view.checklist).length === 0;
  const actions = [
    ...(possible.includes('sendConsent') ? [ask(words.send, true)] : []),
    ...(possible.includes('resendConsent') ? [ask(words.resend, mailFailed(view))] : []),
    ...reminderSwitch(reader, view, command),
    ...(submits && complete
      ? [button('claim.askSubmit', { claim: number }, submit.button, { style: 'positive' as const })]
      : []),
    ...(asked && submits
      ? [button('evidence.show', { claim: number }, evidence.button, complete ? {} : { style: 'positive' as const })]
      : []),
    ...(possible.includes('dispute') ? [button('claim.askDispute', { claim: number }, dispute.button)] : []),
  ];
  // R17: expired and declined are final; the way on is another claim.
  if (canStartAgain(claim.status)) {
    const { button: title } = textFor(reader.language).again;
    return [buttons([button('claim.askAgain', { claim: claim.number }, title)], { spacing: 'Small' })];
  }
  return actions.length === 0 ? [] : [buttons(actions, { spacing: 'Small' })];
};

/** What it pays: proposed until the date of consent has picked the rate (R4). Null where nothing can come of it. */
export const amount = (reader: Reader, { rated, claim }: Pick<ClaimView, 'rated' | 'claim'>): string | null => {
  const { claim: words } = textFor(reader.language);
  const { market, consentedAt } = claim;
  if (consentedAt === null && isTerminal(claim.status)) return null;
  const cents = claim.amountCents ?? amountOf(rated, claim)?.cents ?? null;
  if (cents === null) return words.noRate;
  const verified = rated.verifiedOn !== null;
  const shown = usd(cents, reader.language);
  if (consentedAt === null) return words.rate(shown, market, verified);
  const date = utcDate(consentedAt, reader.language);
  return claim.amountCents === null
    ? words.rateFixed(shown, market, verified, date)
    : words.final(shown, market, verified, date);
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

/** Who took a step, and in whose place; empty: a clock did. */
export const whoDid = (reader: Pick<Reader, 'language'>, entry: HistoryLine): string => {
  const { claim: words, standsFor } = textFor(reader.language);
  const who = words.by(entry);
  return who !== '' && entry.standsInFor !== null ? standsFor(who, entry.standsInFor) : who;
};

/** One step in words: who did what, on which item, for which reason; and below it what they wrote. */
export const historyLine = (
  reader: Reader,
  entry: HistoryLine,
  { checklist }: Pick<ClaimView, 'checklist'>,
): Element[] => {
  const { claim: words, review } = textFor(reader.language);
  const who = whoDid(reader, entry);
  const item = checklist.find(({ item: { key } }) => key === entry.facts.item)?.item.name[reader.language];
  const reason = REJECT_REASONS.find((code) => code === entry.facts.reason);
  const about = item ?? (reason === undefined ? null : review.reasons[reason]);
  const what = `${words.historyLine[entry.what]}${about === null ? '' : `: ${about}`}`;
  return [
    line([subtle(`${dateTime(entry.at, reader)} `), ...(who === '' ? [what] : [who, ` ${what}`])], {
      spacing: 'Small',
    }),
    ...(entry.remark === null ? [] : lines(`“${entry.remark}”`, { spacing: 'None' })),
  ];
};

const HISTORY_IN_SIGHT = 3;
/** How much of a history a card holds: steps, and what was written with them, in characters of the card. */
type Room = { readonly steps: number; readonly remarks: number };
const CLAIM_ROOM: Room = { steps: MOST_HISTORY, remarks: 6_000 };
/** What a line of text costs besides its letters. */
const PER_LINE = 110;

const costOf = (remark: string | null): number =>
  remark === null ? 0 : remark.split('\n').reduce((cost, one) => cost + one.length + PER_LINE, 0);

/** Newest first: the rest unfolds. */
export const history = (reader: Reader, view: Pick<ClaimView, 'history' | 'checklist'>, room: Room = CLAIM_ROOM) => {
  let left = room.remarks;
  const all = view.history.length;
  const said = view.history
    .slice(-room.steps)
    .reverse()
    .map((entry) => {
      left -= costOf(entry.remark);
      return historyLine(reader, left < 0 ? { ...entry, remark: null } : entry, view);
    });
  // One line behind a button would only be one click more.
  const inSight = said.length <= HISTORY_IN_SIGHT + 1 ? said.length : HISTORY_IN_SIGHT;
  const earlier = said.slice(inSight);
  // What does not fit, of steps or of what was written with them, stands on pages of its own.
  const whole = left < 0 || all > room.steps ? all : null;
  return { inSight: said.slice(0, inSight).flat(), earlier: earlier.flat(), more: earlier.length, whole };
};

/** The checklist, from the consent on (R24); and that nobody looks at it before it is submitted. */
const evidenceLines = (reader: Reader, { claim, checklist, possible }: ClaimView): Element[] => {
  const words = textFor(reader.language).evidence;
  if (checklist.length === 0 || claim.consentedAt === null) return [];
  const there = checklist.filter(({ link }) => link !== null).length;
  const names = lackingIn(checklist).map(({ name }) => name[reader.language]);
  const open = canAmend(claim, reader.now) && possible.length > 0;
  return [
    subheading(words.heading(there, checklist.length), { separator: true }),
    ...checklist.map((entry) => evidenceLine(reader, entry)),
    ...(open && names.length > 0 ? [para(words.lacking(names), { spacing: 'Small' })] : []),
  ];
};

/**
 * Everything one may know of a claim: status and next step with its button, then who and what, then what happened.
 * `command` is the id of what its buttons may do.
 */
export const claimCard = (reader: Reader, view: ClaimView, command: string, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { claim, engagement, possible } = view;
  const { labels, ...words } = text.claim;
  const { customer } = claim.contacts;
  const { inSight, earlier, more, whole } = history(reader, view);
  const mail = mailState(reader, view);
  const reminders = remindersSaid(reader, view);
  const declined = claim.status === 'CONSENT_DECLINED' ? (view.request?.reason ?? null) : null;
  const answeredBy = view.request?.typedName ?? null;
  const pays = amount(reader, view);
  const { deal } = view;
  const coSell = whyCoSell(reader, deal);
  return card(
    reader,
    `${words.heading(claim.number)}: ${text.statuses[claim.status]}`,
    [
      heading(words.heading(claim.number)),
      line(bold(claim.name), { spacing: 'None' }),
      ...bannerBox(banner),
      standing(reader, view),
      ...onward(reader, view, command),
      ...facts([
        [labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        [labels.customerContact, dotted(customer.name, customer.email)],
        mail === null ? null : [labels.mail, mail],
        reminders === null ? null : [text.customerReminders.label, dotted(...reminders)],
        answeredBy === null ? null : [labels.answeredBy, answeredBy],
        declined === null ? null : [labels.reason, declined],
        claim.mismatchReason === null ? null : [labels.mismatch, { text: claim.mismatchReason, color: 'Attention' }],
        [labels.engagement, dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea])],
        pays === null ? null : [labels.rate, pays],
        claim.dealSizeCents === null
          ? null
          : [labels.dealSize, dealSizeRuns(claim.dealSizeCents, claim.dealSizeTyped, reader.language)],
        claim.hours === null ? null : [text.add.labels.hours, String(claim.hours)],
        ...referralRows(reader, deal),
        declinedWith(reader, deal),
      ]),
      ...openReferral(reader, deal),
      ...coSell.fold,
      ...evidenceLines(reader, view),
      subheading(words.history, { separator: true }),
      ...inSight,
      buttons(
        [
          ...(whole === null
            ? []
            : [button('claim.history', { claim: claim.number, page: 1 }, words.wholeHistory(whole))]),
          link(text.common.openInTab, reader.links.tab({ page: 'claim', claim: claim.number })),
        ],
        { spacing: 'Small' },
      ),
      buttons([
        toggle(words.details, 'details'),
        ...(earlier.length === 0 ? [] : [toggle(words.earlier(more), 'earlier')]),
        ...coSell.action,
        ...(possible.includes('cancel') ? [button('claim.askCancel', { claim: claim.number }, words.cancel)] : []),
        button('claim.show', { claim: claim.number }, text.common.refresh),
        button('claims.list', { page: 1 }, words.all),
      ]),
      ...(earlier.length === 0 ? [] : [folded('earlier', [subheading(words.earlier(more)), ...earlier])]),
      folded('details', [subheading(words.details), ...details(reader, view, pays)]),
    ],
    { verb: 'claim.show', data: { claim: claim.number } },
  );
};

/** Canceling is final, so it is asked once more (R18). */
export const askCancelCard = (reader: Reader, view: ClaimView, commandId: string): Card => {
  const { claim } = view;
  const words = textFor(reader.language).claim.cancelAsk;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    ...aboutClaim(reader, view),
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
export const askAgainCard = (reader: Reader, view: ClaimView): Card => {
  const { claim } = view;
  const words = textFor(reader.language).again;
  return card(reader, words.title(claim.number), [
    heading(words.title(claim.number)),
    ...aboutClaim(reader, view),
    para(words.body),
    buttons([
      button('claim.again', { claim: claim.number }, words.yes, { style: 'positive' }),
      button('claim.show', { claim: claim.number }, words.no),
    ]),
  ]);
};
