import type { Claim } from '../../domain/claims/claim-store.ts';
import type { HistoryEvent, HistoryLine } from '../../domain/claims/show-claim.ts';
import type { ReferralSummary } from '../../domain/co-sell/show-referral.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import { type ClaimFact, isReminder } from '../../domain/notices/notice.ts';
import { LEFT_AT } from '../../domain/notices/standing.ts';
import { DECISION_NOTICES, REJECT_REASONS } from '../../domain/review/review-claim.ts';
import {
  alarm,
  bold,
  box,
  buttons,
  type Card,
  card,
  dotted,
  facts,
  heading,
  line,
  lines,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { statusRun } from '../claims/standing.ts';
import { declinedWith } from '../co-sell/on-claim.ts';
import { coSellRuns } from '../co-sell/standing.ts';
import { deadline, textFor, usd } from '../format.ts';
import { actionsFor } from './actions.ts';

type NoticeView = {
  readonly kind: ClaimFact;
  readonly claim: Claim;
  readonly engagement: Engagement;
  /** The newest one of the claim; null when consent was never asked for. */
  readonly request: Pick<ConsentRequest, 'reason'> | null;
  readonly history: readonly HistoryLine[];
  /** What was made of the claim, where the fact is about that. */
  readonly deal: Pick<ReferralSummary, 'referral' | 'answeredBy'> | null;
};

type DecidingStep = keyof typeof DECISION_NOTICES;
const isDecision = (what: HistoryEvent): what is DecidingStep => Object.hasOwn(DECISION_NOTICES, what);

const GOOD: readonly ClaimFact[] = ['consentAccepted', 'reviewApproved', 'coSellUpgraded', 'coSellTaken'];

const wordsOf = (
  { language }: Pick<Reader, 'language'>,
  kind: ClaimFact,
): { readonly title: string; readonly body: string } => {
  const { reminders, notices } = textFor(language);
  return isReminder(kind) ? reminders[kind] : notices[kind];
};

/**
 * One fact, the claim it is about, and what can be done. `shared`: it stands in a channel, and names nothing of a customer
 * but the company; what people wrote stays in the chats of those who work on the claim (R34).
 */
export const noticeCard = (
  reader: Reader,
  { kind, claim, engagement, request, history, deal }: NoticeView,
  shared: boolean,
): Card => {
  const text = textFor(reader.language);
  const words = wordsOf(reader, kind);
  const body = kind === 'consentExpired' && request === null ? text.notices.consentExpired.neverAsked : words.body;
  const reason = kind === 'consentDeclined' && !shared ? (request?.reason ?? null) : null;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const coSell = deal && coSellRuns(reader, deal.referral, deal.answeredBy);
  // R25: what the reviewers wrote comes with their decision, unless they have decided again since.
  const last = history.findLast(({ what }) => isDecision(what));
  const decision =
    last !== undefined && isDecision(last.what) && DECISION_NOTICES[last.what] === kind ? last : undefined;
  const code = REJECT_REASONS.find((one) => one === decision?.facts.reason);
  return card(reader, `${words.title}: ${text.claim.heading(claim.number)}`, [
    heading(words.title),
    line(dotted(bold(text.claim.heading(claim.number)), claim.name), { spacing: 'None' }),
    box(
      [
        para(body),
        ...(code === undefined || shared ? [] : [line(bold(text.review.reasons[code]))]),
        ...(decision?.remark == null || shared ? [] : lines(`“${decision.remark}”`)),
      ],
      GOOD.includes(kind) ? 'good' : isReminder(kind) ? 'warning' : 'attention',
    ),
    ...facts([
      isReminder(kind) || claim.status === LEFT_AT[kind] ? null : [text.claim.labels.now, statusRun(claim, reader)],
      reason === null ? null : [text.claim.labels.reason, reason],
      coSell === null || shared ? null : [text.referral.coSell, coSell],
      shared ? null : declinedWith(reader, deal),
      claim.amountCents === null || shared
        ? null
        : [text.claim.labels.rate, text.common.money(usd(claim.amountCents, reader.language))],
      [text.claim.labels.customer, claim.contacts.customer.company],
      [text.claim.labels.engagement, engagement.name[reader.language]],
      due === null ? null : [text.claim.labels.deadline, dotted(alarm(due.words, due.urgent), subtle(due.date))],
    ]),
    buttons(actionsFor(reader, claim, kind)),
    ...(shared ? [para(text.digest.whyChannel, { subtle: true })] : []),
  ]);
};

/** The line of the feed and the toast. */
export const noticeSummary = (reader: Pick<Reader, 'language'>, { kind, claim }: NoticeView): string =>
  `${wordsOf(reader, kind).title}: ${textFor(reader.language).claim.heading(claim.number)}`;
