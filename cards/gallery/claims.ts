import {
  HISTORY_EVENTS,
  type HistoryEvent,
  type HistoryLine,
  MOST_HISTORY,
  PAGE,
} from '../../domain/claims/show-claim.ts';
import { CLAIM_STATUSES } from '../../domain/claims/status.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import { CLAIM_NOTICES, type ClaimNotice } from '../../domain/notices/notice.ts';
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
          claim: claimOf(LEFT_AT[kind], over),
          engagement: engagementOf(1),
          request: asked ? { reason } : null,
          history: decided(kind),
        },
        false,
      ),
    );
  return [
    pose('made one', made(1)),
    pose('made six', made(6)),
    ...CLAIM_STATUSES.map((status) => pose(`claim ${status}`, claimCard(reader, viewOf(status)))),
    ...Object.entries(banners).map(([name, banner]) =>
      pose(`claim banner ${name}`, claimCard(reader, viewOf('AWAITING_CONSENT'), banner)),
    ),
    ...Object.entries(MAILS).map(([name, request]) =>
      pose(`claim mail ${name}`, claimCard(reader, viewOf('AWAITING_CONSENT', { request }))),
    ),
    pose(
      'claim last day',
      claimCard(reader, viewOf('CUSTOMER_CLAIMED', { claim: claimOf('CUSTOMER_CLAIMED', { dueAt: dueIn(0) }) })),
    ),
    pose(
      'claim long names',
      claimCard(
        reader,
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
    pose('claim 25 history lines', claimCard(reader, viewOf('AWAITING_CONSENT', { history: longHistory }))),
    pose(
      'claim every history line',
      claimCard(
        reader,
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
        claimCard(
          reader,
          viewOf('AWAITING_CONSENT', {
            claim: claimNamed(hostile),
            owner: HOSTILE[hostile],
            history: [lineOf('added', daysAgo(16), 'person', HOSTILE[hostile])],
            engagement: engagementOf(1, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
          }),
        ),
      ),
    ),
    pose('claim of variable payment', claimCard(reader, viewOf('AWAITING_CONSENT', VARIABLE))),
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
