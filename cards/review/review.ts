import { amountOf } from '../../domain/claims/payout.ts';
import type { HistoryEvent, HistoryLine } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { isWithReviewers } from '../../domain/claims/transitions.ts';
import { DECISIONS, type Decision, REJECT_REASONS, transitionOf } from '../../domain/review/review-claim.ts';
import type { ReviewList, ReviewView } from '../../domain/review/show-review.ts';
import { REMINDED, silentDays } from '../../domain/review/silence.ts';
import {
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
  subheading,
  subtle,
  toggle,
} from '../card.ts';
import { aboutClaim } from '../claims/about.ts';
import { payoutTerms } from '../claims/payout.ts';
import { amount } from '../claims/rows.ts';
import { statusInBox, statusRun } from '../claims/standing.ts';
import { history, whoDid } from '../claims/story.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { type Banner, bannerBox, formCard } from '../form.ts';
import { countryName, dateTime, deadline, textFor, usd, utcDate } from '../format.ts';
import { listCard } from '../list-card.ts';
import { remarkInput } from './evidence.ts';
import { evidenceLine } from './evidence-line.ts';
import { maskedEmail, maskedName } from './masked.ts';
import { reasonInput } from './reason.ts';

/** The newest step that somebody took on a claim, in words: who, what, when. */
export const newestStep = (reader: Reader, { history: steps }: Pick<ReviewView, 'history'>): string | null => {
  const { claim, review } = textFor(reader.language);
  const last = steps.findLast(({ what }) => what !== REMINDED);
  if (last === undefined) return null;
  const who = whoDid(reader, last);
  const at = dateTime(last.at, reader);
  const what = claim.historyLine[last.what];
  return who === '' ? review.clockFirst(what, at) : review.first(who, what, at);
};

/** What the partner does in a review, and what the reviewers and the clock do. */
const PARTNER_STEPS: readonly HistoryEvent[] = ['submit', 'resubmit', 'dispute', 'submitDispute'];
const OTHER_STEPS: readonly HistoryEvent[] = [
  ...(['startReview', 'askForMore', 'reject', 'rejectFinally', 'approve'] as const),
  ...(['expireReview', 'expireDispute'] as const),
];

/** Where it stands and who brought it there: the first thing to be read. */
const standing = (reader: Reader, view: ReviewView): Element => {
  const { review: words, claim: claimText } = textFor(reader.language);
  const { claim, history: steps } = view;
  const step = steps.findLast(({ what }) => PARTNER_STEPS.includes(what) || OTHER_STEPS.includes(what));
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const waits = isWithReviewers(claim) ? words.waits(silentDays(claim.statusAt, reader.now)) : null;
  return box(
    [
      line(dotted(statusInBox(claim, reader), waits)),
      ...(step === undefined
        ? []
        : [
            line(
              dotted(
                [whoDid(reader, step), claimText.historyLine[step.what]].filter((part) => part !== '').join(' '),
                subtle(dateTime(step.at, reader)),
              ),
              { spacing: 'None' },
            ),
          ]),
      ...(due === null ? [] : [line(dotted(words.partnerUntil(due.date), subtle(due.words)), { spacing: 'None' })]),
    ],
    claim.status === 'APPROVED' ? 'good' : 'emphasis',
  );
};

/** Where the partner is to act, there is nothing to decide. */
const WITH_PARTNER = ['ACTION_REQUIRED', 'REJECTED', 'DISPUTED'] as const;

/** What the person who looks may do, and if nothing, why not. */
const actions = (reader: Reader, view: ReviewView, command: string): Element[] => {
  const { review: words, common } = textFor(reader.language);
  const { claim, looker, seen } = view;
  const { number } = claim;
  if (isTerminal(claim.status)) return [];
  const status = WITH_PARTNER.find((one) => one === claim.status && !isWithReviewers(claim));
  const theirs = status === undefined ? [] : [para(words.withPartner[status], { subtle: true })];
  if (looker.kind === 'reader') {
    if (status !== undefined) return theirs;
    return [buttons([button('review.show', { claim: number }, words.begin)]), para(words.hint, { subtle: true })];
  }
  const refresh = button('review.show', { claim: number }, common.refresh);
  if (looker.kind === 'own') return [para(words.own), ...theirs, buttons([refresh])];
  const start = looker.possible.includes('startReview')
    ? [button('review.start', { claim: number, seen, command }, words.start, { style: 'positive' })]
    : [];
  const decide = DECISIONS.filter((what) => looker.possible.includes(transitionOf(what, claim))).map((what) =>
    button('review.ask', { claim: number, what }, words.ask[what], what === 'approve' ? { style: 'positive' } : {}),
  );
  return [
    ...(looker.standsInFor === null ? [] : [line(words.standsIn(looker.standsInFor))]),
    ...theirs,
    buttons([...start, ...decide, refresh]),
  ];
};

/** What the partner wrote since the last decision. */
const remarks = ({ history: steps }: ReviewView): readonly HistoryLine[] =>
  steps
    .slice(steps.findLastIndex(({ what }) => OTHER_STEPS.includes(what) && what !== 'startReview') + 1)
    .filter(({ what, remark }) => PARTNER_STEPS.includes(what) && remark !== null);

const evidence = (reader: Reader, { checklist }: ReviewView): Element[] => {
  const { review: words, evidence: text } = textFor(reader.language);
  const links = checklist.flatMap(({ item, link: given }) =>
    given === null ? [] : [link(text.open(item.name[reader.language]), given.url)],
  );
  return [
    subheading(words.evidence, { separator: true }),
    ...(checklist.length === 0 ? [para(words.noEvidence)] : []),
    ...checklist.flatMap((entry) => [
      evidenceLine(reader, entry),
      ...(entry.link?.note ? lines(entry.link.note, { spacing: 'None' }) : []),
    ]),
    ...(links.length === 0 ? [] : [buttons(links, { spacing: 'Small' })]),
  ];
};

/** Beside six items of evidence, their notes and long links. */
const REVIEW_ROOM = { steps: 12, remarks: 4_000 };

/**
 * The one card a claim is reviewed on (R25): everything a reviewer needs, contacts masked. In the channel it is shown
 * without buttons that decide; whoever may decide gets them on a view of their own.
 */
export const reviewCard = (reader: Reader, view: ReviewView, command: string, banner?: Banner): Card => {
  const text = textFor(reader.language);
  const { review: words, claim: claimText } = text;
  const { claim, engagement, rated } = view;
  const { customer } = claim.contacts;
  const payout = amountOf(rated, claim)?.payout ?? null;
  const written = remarks(view);
  // What stands above is not said twice.
  const steps = view.history.map((entry) => (written.includes(entry) ? { ...entry, remark: null } : entry));
  const { inSight, earlier, more, whole } = history(reader, { ...view, history: steps }, REVIEW_ROOM);
  const past = [
    ...(earlier.length === 0 ? [] : [toggle(claimText.earlier(more), 'earlier')]),
    ...(whole === null
      ? []
      : [button('review.history', { claim: claim.number, page: 1 }, claimText.wholeHistory(whole))]),
  ];
  const pays = amount(reader, view);
  return card(
    reader,
    words.summary(claim.number),
    [
      heading(words.title(claim.number)),
      line(bold(claim.name), { spacing: 'None' }),
      ...bannerBox(banner),
      standing(reader, view),
      ...(claim.mismatchReason === null
        ? []
        : [box([para(words.mismatch), ...lines(`“${claim.mismatchReason}”`, { spacing: 'None' })], 'warning')]),
      ...actions(reader, view, command),
      ...facts([
        [words.partner, dotted(claim.organisationName, claim.location.name, claim.location.partnerId)],
        [claimText.labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        [
          claimText.labels.engagement,
          dotted(engagement.name[reader.language], text.solutionAreas[engagement.solutionArea]),
        ],
        pays === null ? null : [words.amount, pays],
      ]),
      ...(payout === null ? [] : payoutTerms(reader, payout)),
      ...(written.length === 0 ? [] : [subheading(words.remark, { separator: true })]),
      ...written.flatMap(({ remark }) => lines(`“${remark}”`, { spacing: 'Small' })),
      ...evidence(reader, view),
      subheading(words.toCompare, { separator: true }),
      ...facts([
        claim.consentedAt === null ? null : [words.consent, utcDate(claim.consentedAt, reader.language)],
        [words.contact, dotted(maskedName(customer.name), maskedEmail(customer.email))],
        [claimText.labels.identifier, [`${text.identifierTypes[claim.identifier.type]}: `, claim.identifier.value]],
        claim.tenantId === null || claim.identifier.type === 'tenantId'
          ? null
          : [claimText.labels.tenant, claim.tenantId],
      ]),
      subheading(claimText.history, { separator: true }),
      ...inSight,
      ...(past.length === 0 ? [] : [buttons(past, { spacing: 'Small' })]),
      ...(earlier.length === 0 ? [] : [folded('earlier', [subheading(claimText.earlier(more)), ...earlier])]),
    ],
    {
      verb: 'review.show',
      data: { claim: claim.number },
      ...(view.looker.kind === 'reader' ? { viewers: isTerminal(claim.status) ? [] : view.viewers } : {}),
    },
  );
};

/** A decision is asked for once more, with what has to be written (R25). */
export const askDecisionCard = (
  reader: Reader,
  view: ReviewView,
  what: Decision,
  notes: Notes,
  command: string,
): Card => {
  const { review: words } = textFor(reader.language);
  const { claim, rated, seen } = view;
  const asking = words.asking[what];
  const fields = fieldsOf(notes, reader);
  const cents = amountOf(rated, claim)?.cents ?? null;
  const body = {
    approve:
      cents === null
        ? words.asking.approve.bodyNoAmount
        : words.asking.approve.body(words.final(usd(cents, reader.language))),
    askForMore: words.asking.askForMore.body,
    reject: claim.disputedAt === null ? words.asking.reject.body : words.asking.reject.bodyFinal,
  }[what];
  const reason = what === 'reject' ? reasonInput(fields, words, REJECT_REASONS) : [];
  const required = what === 'approve' ? undefined : words.commentError;
  return formCard(
    reader,
    asking.title(claim.number),
    notes,
    {
      before: [...aboutClaim(reader, view, claim.organisationName), para(body)],
      asks: [...reason, ...remarkInput(reader, notes, 'comment', asking.comment, required)],
    },
    [
      button('review.decide', { claim: claim.number, seen, command, what }, asking.yes, {
        style: what === 'reject' ? 'destructive' : 'positive',
      }),
      button('review.show', { claim: claim.number }, words.back, { skipInputs: true }),
    ],
  );
};

/** `reviews`: what waits for reviewers, longest first. */
export const reviewListCard = (reader: Reader, list: ReviewList): Card => {
  const { review, common } = textFor(reader.language);
  const words = review.list;
  const buttonsOf = {
    first: button('review.list', { page: 1 }, common.refresh),
    to: (page: number, title: string) => button('review.list', { page }, title),
  };
  return listCard(reader, words, list, buttonsOf, (row) => [
    line(dotted(bold(row.name), row.company), { spacing: 'Medium', separator: true }),
    line(dotted(row.organisationName, subtle(row.engagement.name[reader.language])), { spacing: 'None' }),
    line(
      dotted(
        statusRun(row, reader),
        review.waits(silentDays(row.statusAt, reader.now)),
        row.status === 'SUBMITTED' ? null : subtle(words.submitted(dateTime(row.submittedAt, reader))),
      ),
      { spacing: 'None' },
    ),
    buttons([button('review.show', { claim: row.number }, words.open(row.number))], { spacing: 'Small' }),
  ]);
};
