import type { Claim } from '../../domain/claims/claim-store.ts';
import {
  type ClaimView,
  HISTORY_EVENTS,
  type HistoryEvent,
  type HistoryLine,
  MOST_HISTORY,
  PAGE,
} from '../../domain/claims/show-claim.ts';
import { CLAIM_STATUSES } from '../../domain/claims/status.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import { CLAIM_NOTICES, type ClaimNotice, isDealFact } from '../../domain/notices/notice.ts';
import { LEFT_AT } from '../../domain/notices/standing.ts';
import type { Language } from '../../domain/people/actor.ts';
import { DECISION_NOTICES } from '../../domain/review/review-claim.ts';
import { askAgainCard, askCancelCard, claimCard } from '../claims/claim.ts';
import { historyCard } from '../claims/history.ts';
import { claimListCard } from '../claims/list.ts';
import { claimsMadeCard } from '../claims/made.ts';
import type { Banner } from '../form.ts';
import { textFor } from '../format.ts';
import { noticeCard } from '../notices/notice.ts';
import { dealPosed } from './co-sell.ts';
import {
  claimOf,
  contactsNamed,
  daysAgo,
  dueIn,
  engagementOf,
  HOSTILE,
  HOSTILES,
  type Hostile,
  id,
  LONG_LOCATION,
  lineOf,
  type Pose,
  readerIn,
  requestOf,
  TYPED,
  UNTRUSTED,
  variableOf,
  viewOf,
} from './sample.ts';

const VARIABLE = {
  claim: claimOf('AWAITING_CONSENT', {
    identifier: { type: 'msxOpportunityId', value: TYPED.opportunityId },
    hours: 40,
    opportunityValueCents: 5_000_000,
  }),
  engagement: variableOf(4),
  rated: variableOf(4),
};

/** Who writes each line of a history. A new transition asks for its own here. */
const HISTORY: Record<HistoryEvent, HistoryLine['by']> = {
  added: 'person',
  claimed: 'person',
  sendConsent: 'person',
  resendConsent: 'person',
  mailed: 'clock',
  mailFailed: 'clock',
  acceptConsent: 'customer',
  declineConsent: 'customer',
  expireConsent: 'clock',
  expireSubmission: 'clock',
  cancel: 'person',
  evidenceAdded: 'person',
  evidenceReplaced: 'person',
  evidenceRemoved: 'person',
  submit: 'person',
  resubmit: 'person',
  startReview: 'person',
  approve: 'person',
  askForMore: 'person',
  reject: 'person',
  rejectFinally: 'person',
  dispute: 'person',
  submitDispute: 'person',
  reviewReminded: 'clock',
  snoozed: 'person',
  remindersOn: 'person',
  remindersOff: 'person',
  customerReminded: 'clock',
  reminderUnsure: 'clock',
  reminderRefused: 'clock',
  reminderFailed: 'clock',
  expireReview: 'clock',
  expireDispute: 'clock',
};

/** What the history of a notice holds: the decision that it tells. */
const decided = (kind: ClaimNotice): readonly HistoryLine[] =>
  (Object.keys(DECISION_NOTICES) as (keyof typeof DECISION_NOTICES)[])
    .filter((what) => DECISION_NOTICES[what] === kind)
    .map((what) => ({
      ...lineOf(what, daysAgo(0), 'person', TYPED.reviewer),
      facts: what.startsWith('reject') ? { reason: 'datesWrong' } : {},
      remark: TYPED.comment,
    }));

const MAILS: Record<ConsentRequest['mailState'], ConsentRequest> = {
  waiting: requestOf('waiting'),
  mailed: requestOf('mailed'),
  failed: requestOf('failed'),
};

const reminded = (times: readonly number[], over: Partial<Claim>): Partial<ClaimView> => ({
  claim: claimOf('AWAITING_CONSENT', { customerReminders: times.length, remindsCustomer: true, ...over }),
  history: [
    lineOf('added', daysAgo(20)),
    lineOf('sendConsent', daysAgo(19)),
    lineOf('remindersOn', daysAgo(18), 'person', TYPED.colleague),
    ...times.map((days) => lineOf('customerReminded', daysAgo(days), 'clock')),
  ],
});

/** Days after which a claim is due, and the morning of the first reminder that is still ahead then. */
const REMINDERS: Readonly<Record<string, Partial<ClaimView>>> = {
  planned: reminded([], { dueAt: dueIn(20), customerRemindAt: new Date('2026-12-07T08:00:00Z') }),
  'sent once': reminded([4], { dueAt: dueIn(10), customerRemindAt: new Date('2026-12-04T08:00:00Z') }),
  'sent three times': reminded([13, 6, 1], { dueAt: dueIn(1) }),
  'switched off after two': reminded([9, 2], { dueAt: dueIn(5), remindsCustomer: false }),
  'too late to begin': { claim: claimOf('AWAITING_CONSENT', { dueAt: dueIn(2) }) },
};

/** Where a claim stands when each notice is told. A new kind asks for its own here. */
const longHistory = Array.from({ length: MOST_HISTORY }, (_, index) =>
  index === 0
    ? lineOf('added', daysAgo(26))
    : lineOf(index === 1 ? 'sendConsent' : 'resendConsent', daysAgo(26 - index), 'person', TYPED.colleague),
);

const rowsOf = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => {
    const status = CLAIM_STATUSES[(first + index) % CLAIM_STATUSES.length] ?? 'AWAITING_CONSENT';
    const { name, dueAt, engagementVersionId, pausedDueAt, disputedAt } = claimOf(status);
    const engagement = engagementOf(index + 1);
    return {
      number: 1_000_027 + first + index,
      name,
      status,
      dueAt,
      engagementVersionId,
      pausedDueAt,
      disputedAt,
      company: TYPED.company,
      evidence: [],
      engagement,
      complete: index % 2 === 0,
    };
  });

const claimNamed = (hostile: Hostile) =>
  claimOf('AWAITING_CONSENT', {
    name: HOSTILE[hostile],
    location: { id: id(301), name: HOSTILE[hostile], partnerId: '91000001' },
    contacts: contactsNamed(HOSTILE[hostile]),
    mismatchReason: HOSTILE[hostile],
  });

/** Claims: one, several, made, canceled, and what people are told of them. */
export const claimPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const shown = (view: ClaimView, banner?: Banner) => claimCard(reader, view, id(82), banner);
  const made = (count: number) =>
    claimsMadeCard(
      reader,
      Array.from({ length: count }, (_, index) =>
        viewOf('CUSTOMER_CLAIMED', {
          claim: claimOf('CUSTOMER_CLAIMED', { number: 1_000_027 + index }),
          engagement: engagementOf(index + 1),
        }),
      ),
    );
  const banners: Readonly<Record<string, Banner>> = {
    sent: { text: text.consent.sent, style: 'good' },
    'too late to send': { text: text.consent.tooLate, style: 'warning' },
    canceled: { text: text.claim.canceled, style: 'good' },
    'too late': { text: text.claim.tooLate, style: 'warning' },
    'reminders on': { text: text.customerReminders.on, style: 'good' },
    'reminders off': { text: text.customerReminders.off, style: 'good' },
  };
  const notice = (
    name: string,
    kind: ClaimNotice,
    over: Parameters<typeof claimOf>[1],
    reason: string | null,
    asked = true,
  ) =>
    pose(
      `notice ${name}`,
      noticeCard(
        reader,
        {
          kind,
          claim: claimOf(LEFT_AT[kind] ?? 'CONSENT_RECEIVED', over),
          engagement: engagementOf(1),
          request: asked ? { reason } : null,
          history: decided(kind),
          deal: isDealFact(kind) ? dealPosed(kind) : null,
        },
        false,
      ),
    );
  return [
    pose('made one', made(1)),
    pose('made six', made(6)),
    ...CLAIM_STATUSES.map((status) => pose(`claim ${status}`, shown(viewOf(status)))),
    ...Object.entries(banners).map(([name, banner]) =>
      pose(`claim banner ${name}`, shown(viewOf('AWAITING_CONSENT'), banner)),
    ),
    ...Object.entries(MAILS).map(([name, request]) =>
      pose(`claim mail ${name}`, shown(viewOf('AWAITING_CONSENT', { request }))),
    ),
    ...Object.entries(REMINDERS).map(([name, over]) =>
      pose(`claim reminders ${name}`, shown(viewOf('AWAITING_CONSENT', over))),
    ),
    pose(
      'claim last day',
      shown(viewOf('CUSTOMER_CLAIMED', { claim: claimOf('CUSTOMER_CLAIMED', { dueAt: dueIn(0) }) })),
    ),
    pose(
      'claim long names',
      shown(
        viewOf('CONSENT_RECEIVED', {
          claim: claimOf('CONSENT_RECEIVED', {
            location: { id: id(301), name: LONG_LOCATION, partnerId: '91000001' },
            identifier: { type: 'tenantId', value: TYPED.tenantId },
            mismatchReason: TYPED.mismatch,
          }),
          engagement: engagementOf(1, { rates: { A: null, B: null, C: null } }),
        }),
      ),
    ),
    ...[1, 2, 3].map((page) =>
      pose(
        `history page ${page}`,
        historyCard(
          reader,
          viewOf('AWAITING_CONSENT', { history: longHistory }),
          page,
          page === 2 ? 'review' : 'claim',
        ),
      ),
    ),
    pose('claim 25 history lines', shown(viewOf('AWAITING_CONSENT', { history: longHistory }))),
    pose(
      'claim every history line',
      shown(
        viewOf('CANCELED', {
          history: [
            ...HISTORY_EVENTS.map((what, index) => lineOf(what, daysAgo(20 - index), HISTORY[what])),
            { ...lineOf('resendConsent', daysAgo(2)), person: null },
          ],
        }),
      ),
    ),
    ...HOSTILES.map((hostile) =>
      pose(
        `claim hostile ${hostile}`,
        shown(
          viewOf('AWAITING_CONSENT', {
            claim: claimNamed(hostile),
            owner: HOSTILE[hostile],
            history: [lineOf('added', daysAgo(16), 'person', HOSTILE[hostile])],
            engagement: engagementOf(1, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
          }),
        ),
      ),
    ),
    pose('claim of variable payment', shown(viewOf('AWAITING_CONSENT', VARIABLE))),
    pose('again question', askAgainCard(reader, viewOf('CONSENT_EXPIRED'))),
    pose('again question hostile', askAgainCard(reader, viewOf('CONSENT_DECLINED', { claim: claimNamed('markdown') }))),
    pose('cancel question', askCancelCard(reader, viewOf('AWAITING_CONSENT'), id(81))),
    pose(
      'cancel question hostile',
      askCancelCard(reader, viewOf('AWAITING_CONSENT', { claim: claimNamed('markdown') }), id(81)),
    ),
    pose('claims none', claimListCard(reader, { rows: [], total: 0, page: 1, pages: 1 })),
    pose('claims one', claimListCard(reader, { rows: rowsOf(1, 1), total: 1, page: 1, pages: 1 })),
    pose('claims one page', claimListCard(reader, { rows: rowsOf(PAGE, 0), total: PAGE, page: 1, pages: 1 })),
    pose('claims middle page', claimListCard(reader, { rows: rowsOf(PAGE, 5), total: 1_234, page: 2, pages: 247 })),
    pose('claims last page', claimListCard(reader, { rows: rowsOf(PAGE, 10), total: 15, page: 3, pages: 3 })),
    pose(
      'claims hostile',
      claimListCard(reader, {
        rows: HOSTILES.map((hostile, index) => ({
          ...(rowsOf(1, index)[0] as ReturnType<typeof rowsOf>[number]),
          name: HOSTILE[hostile],
          company: HOSTILE[hostile],
        })),
        total: HOSTILES.length,
        page: 1,
        pages: 1,
      }),
    ),
    ...CLAIM_NOTICES.map((kind) => notice(kind, kind, {}, kind === 'consentDeclined' ? TYPED.declined : null)),
    notice('consentExpired never asked', 'consentExpired', {}, null, false),
    notice('consentAccepted canceled since', 'consentAccepted', { status: 'CANCELED', dueAt: null }, null),
    ...HOSTILES.map((hostile) =>
      notice(
        `hostile ${hostile}`,
        'consentDeclined',
        { name: HOSTILE[hostile], contacts: contactsNamed(HOSTILE[hostile]) },
        HOSTILE[hostile],
      ),
    ),
  ];
};
