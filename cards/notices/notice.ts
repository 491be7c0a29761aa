import type { Claim } from '../../domain/claims/claim-store.ts';
import type { HistoryEvent, HistoryLine } from '../../domain/claims/show-claim.ts';
import type { ClaimStatus } from '../../domain/claims/status.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import type { ClaimNotice } from '../../domain/notices/notice.ts';
import { DECISION_NOTICES, REJECT_REASONS } from '../../domain/review/review-claim.ts';
import {
  alarm,
  bold,
  box,
  button,
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
import { statusRun } from '../claims/claim.ts';
import { deadline, textFor, usd } from '../format.ts';

type NoticeView = {
  readonly kind: ClaimNotice;
  readonly claim: Claim;
  readonly engagement: Engagement;
  /** The newest one of the claim; null when consent was never asked for. */
  readonly request: Pick<ConsentRequest, 'reason'> | null;
  readonly history: readonly HistoryLine[];
};

/** The status in which a fact left the claim. One that moved on since is said as well, not only what was. */
export const LEFT_AT: Record<ClaimNotice, ClaimStatus> = {
  consentAccepted: 'CONSENT_RECEIVED',
  consentDeclined: 'CONSENT_DECLINED',
  consentExpired: 'CONSENT_EXPIRED',
  consentMailRefused: 'AWAITING_CONSENT',
  consentMailStuck: 'AWAITING_CONSENT',
  submissionExpired: 'NOT_SUBMITTED_EXPIRED',
  reviewApproved: 'APPROVED',
  reviewActionRequired: 'ACTION_REQUIRED',
  reviewRejected: 'REJECTED',
  reviewRejectedFinally: 'REJECTED_FINAL',
  reviewExpired: 'POST_SUBMISSION_EXPIRED',
  disputeExpired: 'DISPUTE_EXPIRED',
};

type DecidingStep = keyof typeof DECISION_NOTICES;
const isDecision = (what: HistoryEvent): what is DecidingStep => Object.hasOwn(DECISION_NOTICES, what);

const GOOD: readonly ClaimNotice[] = ['consentAccepted', 'reviewApproved'];

/** One fact, the claim it is about, and the way to it. For a personal chat: it may name the customer. */
export const noticeCard = (reader: Reader, { kind, claim, engagement, request, history }: NoticeView): Card => {
  const text = textFor(reader.language);
  const words = text.notices[kind];
  const body = kind === 'consentExpired' && request === null ? text.notices.consentExpired.neverAsked : words.body;
  const reason = kind === 'consentDeclined' ? (request?.reason ?? null) : null;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const again = (kind === 'consentMailRefused' || kind === 'consentMailStuck') && claim.status === 'AWAITING_CONSENT';
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
        ...(code === undefined ? [] : [line(bold(text.review.reasons[code]))]),
        ...(decision?.remark == null ? [] : lines(`“${decision.remark}”`)),
      ],
      GOOD.includes(kind) ? 'good' : 'attention',
    ),
    ...facts([
      claim.status === LEFT_AT[kind] ? null : [text.claim.labels.now, statusRun(claim, reader)],
      reason === null ? null : [text.claim.labels.reason, reason],
      claim.amountCents === null
        ? null
        : [text.claim.labels.rate, text.common.money(usd(claim.amountCents, reader.language))],
      [text.claim.labels.customer, claim.contacts.customer.company],
      [text.claim.labels.engagement, engagement.name[reader.language]],
      due === null ? null : [text.claim.labels.deadline, dotted(alarm(due.words, due.urgent), subtle(due.date))],
    ]),
    buttons([
      ...(again ? [button('consent.start', { claim: claim.number }, text.claim.resend, { style: 'positive' })] : []),
      button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number)),
    ]),
  ]);
};

/** The line of the feed and the toast. */
export const noticeSummary = (reader: Pick<Reader, 'language'>, { kind, claim }: NoticeView): string =>
  `${textFor(reader.language).notices[kind].title}: ${textFor(reader.language).claim.heading(claim.number)}`;
