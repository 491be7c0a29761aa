import type { ClaimView, HistoryLine } from '../../domain/claims/show-claim.ts';
import { CLAIM_STATUSES, type ClaimStatus } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import { REVIEW_REPLIES, REVIEWER_NOTICES } from '../../domain/notices/notice.ts';
import type { Language } from '../../domain/people/actor.ts';
import { DECISIONS } from '../../domain/review/review-claim.ts';
import { type Looker, REVIEWS_ON_PAGE, type ReviewView } from '../../domain/review/show-review.ts';
import { claimCard } from '../claims/claim.ts';
import { historyCard } from '../claims/history.ts';
import { NO_NOTES, type Notes } from '../drafts/step.ts';
import type { Banner } from '../form.ts';
import { textFor } from '../format.ts';
import { reviewNoticeCard } from '../notices/review.ts';
import { askDisputeCard, askSubmitCard, evidenceCard, evidenceItemCard } from '../review/evidence.ts';
import { askDecisionCard, newestStep, reviewCard, reviewListCard } from '../review/review.ts';
import type { FormFault } from '../text/en.ts';
import {
  checklistOf,
  claimOf,
  contactsNamed,
  daysAgo,
  engagementOf,
  HOSTILE,
  HOSTILES,
  type Hostile,
  id,
  lineOf,
  type Pose,
  readerIn,
  TYPED,
  UNTRUSTED,
  variableOf,
  viewOf,
} from './sample.ts';

const SUBMITTED = CLAIM_STATUSES.filter((status) => claimOf(status).submittedAt !== null);

/** The step that brought a claim where it stands, after its submission. */
const LAST: Partial<Record<ClaimStatus, HistoryLine>> = {
  UNDER_REVIEW: lineOf('startReview', daysAgo(2), 'person', TYPED.reviewer),
  ACTION_REQUIRED: { ...lineOf('askForMore', daysAgo(2), 'person', TYPED.reviewer), remark: TYPED.comment },
  REJECTED: {
    ...lineOf('reject', daysAgo(2), 'person', TYPED.reviewer),
    facts: { reason: 'datesWrong' },
    remark: TYPED.comment,
  },
  DISPUTED: lineOf('submitDispute', daysAgo(2)),
  APPROVED: { ...lineOf('approve', daysAgo(1), 'person', TYPED.reviewer), standsInFor: TYPED.admin },
  REJECTED_FINAL: lineOf('rejectFinally', daysAgo(1), 'person', TYPED.reviewer),
  POST_SUBMISSION_EXPIRED: lineOf('expireReview', daysAgo(1), 'clock'),
  DISPUTE_EXPIRED: lineOf('expireDispute', daysAgo(1), 'clock'),
};

const reviewOf = (status: ClaimStatus, kind: Looker['kind'], over: Partial<ReviewView> = {}): ReviewView => {
  const { possible: _possible, request: _request, owner: _owner, ...view } = viewOf(status);
  const claim = over.claim ?? view.claim;
  const lookers: Record<Looker['kind'], Looker> = {
    reader: { kind: 'reader' },
    own: { kind: 'own' },
    reviewer: { kind: 'reviewer', possible: possibleFor('reviewer', claim), standsInFor: null },
  };
  const last = LAST[status];
  const steps = last === undefined ? view.history : [...view.history, last];
  return { ...view, history: steps, looker: lookers[kind], viewers: ['29:reviewer'], ...over };
};

const named = (status: ClaimStatus, hostile: Hostile) =>
  claimOf(status, {
    name: HOSTILE[hostile],
    organisationName: HOSTILE[hostile],
    location: { id: id(301), name: HOSTILE[hostile], partnerId: '91000001' },
    contacts: contactsNamed(HOSTILE[hostile]),
    mismatchReason: HOSTILE[hostile],
  });

const hostileList = (hostile: Hostile) =>
  checklistOf('SUBMITTED').map(({ item, link }) => ({
    item,
    link: link && { ...link, title: HOSTILE[hostile], note: HOSTILE[hostile] },
  }));

/** As long as a comment may be, with lines. */
const upTo = (most: number): string =>
  Array.from({ length: Math.floor(most / (TYPED.comment.length + 1)) }, () => TYPED.comment).join(' ');
const LONG = upTo(1_000);

/** As many lines as a text may have. */
const LINES = Array.from({ length: 12 }, (_, index) => `${index + 1}. ${TYPED.comment}`)
  .join('\n')
  .slice(0, 999);

/** Six items, each with the longest name, note and link. */
const FULL = Array.from({ length: 6 }, (_, index) => ({
  item: {
    key: `item-${index}`,
    name: { en: `Item number ${index + 1}`, nl: `Onderdeel nummer ${index + 1}` },
    required: true,
  },
  link: {
    item: `item-${index}`,
    title: upTo(100),
    url: `https://${TYPED.host}/${'a'.repeat(970)}/${index}`,
    note: upTo(300),
  },
}));

const ALWAYS_LONG: ReviewView['history'] = Array.from({ length: 40 }, (_, index) => ({
  ...lineOf(index % 2 === 0 ? 'resubmit' : 'askForMore', daysAgo(40 - index)),
  remark: LINES,
}));

const faulty = (field: string, fault: FormFault, typed: Notes['typed']): Notes => ({
  ...NO_NOTES,
  faults: [{ field, fault }],
  typed,
});

const ROUNDS: ReviewView['history'] = [
  lineOf('added', daysAgo(40)),
  lineOf('sendConsent', daysAgo(39)),
  lineOf('acceptConsent', daysAgo(36), 'customer'),
  { ...lineOf('evidenceAdded', daysAgo(30)), facts: { item: 'invoice' } },
  { ...lineOf('submit', daysAgo(29)), remark: TYPED.remark },
  lineOf('startReview', daysAgo(28), 'person', TYPED.reviewer),
  { ...lineOf('askForMore', daysAgo(27), 'person', TYPED.reviewer), remark: TYPED.comment },
  { ...lineOf('evidenceReplaced', daysAgo(20)), facts: { item: 'findings' } },
  lineOf('resubmit', daysAgo(19)),
  {
    ...lineOf('reject', daysAgo(18), 'person', TYPED.reviewer),
    facts: { reason: 'datesWrong' },
    remark: TYPED.comment,
    standsInFor: TYPED.admin,
  },
  { ...lineOf('dispute', daysAgo(12)), remark: TYPED.remark },
  lineOf('submitDispute', daysAgo(11)),
];

/** Evidence, submission, review, dispute. */
export const reviewPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({
    name,
    card,
    untrusted: [...UNTRUSTED, LONG, upTo(100), upTo(300), ...LINES.split('\n')],
  });
  const received = viewOf('CONSENT_RECEIVED');
  const complete = viewOf('CONSENT_RECEIVED', { checklist: checklistOf('SUBMITTED') });
  const asked = viewOf('CONSENT_RECEIVED', { engagement: engagementOf(2, { evidence: [] }), checklist: [] });
  const invoice = received.checklist[0] as (typeof received.checklist)[number];
  const findings = received.checklist[1] as (typeof received.checklist)[number];
  const disputed = viewOf('DISPUTED', { claim: claimOf('DISPUTED', { pausedDueAt: null, dueAt: daysAgo(-20) }) });
  const shown = (view: ClaimView, banner?: Banner) => claimCard(reader, view, id(81), banner);
  const review = (name: string, view: ReviewView, text?: string) =>
    pose(
      `review ${name}`,
      reviewCard(reader, view, id(81), text === undefined ? undefined : { text, style: 'warning' }),
    );
  return [
    pose('evidence some', evidenceCard(reader, received)),
    pose('evidence complete', evidenceCard(reader, complete, { text: text.evidence.kept, style: 'good' })),
    pose('evidence none asked', evidenceCard(reader, asked)),
    pose('evidence frozen', evidenceCard(reader, viewOf('SUBMITTED'))),
    pose('evidence frozen by a rejection', evidenceCard(reader, viewOf('REJECTED'))),
    pose('evidence before consent', evidenceCard(reader, viewOf('AWAITING_CONSENT'))),
    pose(
      'evidence too late',
      evidenceCard(reader, viewOf('APPROVED'), { text: text.evidence.tooLate, style: 'warning' }),
    ),
    ...HOSTILES.map((hostile) =>
      pose(
        `evidence hostile ${hostile}`,
        evidenceCard(
          reader,
          viewOf('CONSENT_RECEIVED', { claim: named('CONSENT_RECEIVED', hostile), checklist: hostileList(hostile) }),
        ),
      ),
    ),
    pose('evidence item new', evidenceItemCard(reader, received, findings, NO_NOTES, id(82))),
    pose('evidence item kept', evidenceItemCard(reader, received, invoice, NO_NOTES, id(82))),
    pose(
      'evidence item wrong',
      evidenceItemCard(
        reader,
        received,
        findings,
        {
          ...NO_NOTES,
          faults: [
            { field: 'title', fault: { code: 'text.missing' } },
            { field: 'url', fault: { code: 'link.notHttps' } },
            { field: 'note', fault: { code: 'text.tooLong', most: 500, typed: 999 } },
          ],
          typed: { title: '', url: 'http://tailwind.example/report', note: LONG },
        },
        id(82),
      ),
    ),
    pose(
      'evidence item no link',
      evidenceItemCard(reader, received, findings, faulty('url', { code: 'link.invalid' }, { url: 'report' }), id(82)),
    ),
    pose(
      'evidence item password',
      evidenceItemCard(
        reader,
        received,
        findings,
        faulty('url', { code: 'link.password' }, { url: 'https://x:y@tailwind.example' }),
        id(82),
      ),
    ),
    pose('claim complete and not submitted', shown(complete)),
    pose('claim disputed and not submitted', shown(disputed)),
    pose(
      'claim after many rounds',
      shown(viewOf('DISPUTED', { history: ROUNDS }), { text: text.submit.done, style: 'good' }),
    ),
    review(
      'with the most of everything',
      reviewOf('UNDER_REVIEW', 'reviewer', {
        claim: claimOf('UNDER_REVIEW', { mismatchReason: upTo(500) }),
        checklist: FULL,
        history: ALWAYS_LONG,
      }),
    ),
    pose('claim with the most of everything', shown(viewOf('DISPUTED', { checklist: FULL, history: ALWAYS_LONG }))),
    pose('evidence with the most of everything', evidenceCard(reader, viewOf('CONSENT_RECEIVED', { checklist: FULL }))),
    pose(
      'history with the most of everything',
      historyCard(reader, viewOf('DISPUTED', { history: ALWAYS_LONG }), 2, 'review'),
    ),
    pose(
      'evidence item changed meanwhile',
      evidenceItemCard(reader, received, invoice, { ...NO_NOTES, stale: true, typed: { title: TYPED.report } }, id(82)),
    ),
    pose('submit question', askSubmitCard(reader, complete, NO_NOTES, id(83))),
    pose('submit question none asked', askSubmitCard(reader, asked, NO_NOTES, id(83))),
    pose(
      'submit question disputed',
      askSubmitCard(reader, { ...disputed, checklist: checklistOf('SUBMITTED') }, NO_NOTES, id(83)),
    ),
    pose(
      'submit question too long',
      askSubmitCard(
        reader,
        complete,
        faulty('remark', { code: 'text.tooLong', most: 1_000, typed: 5_000 }, { remark: LONG }),
        id(83),
      ),
    ),
    pose('dispute question', askDisputeCard(reader, viewOf('REJECTED'), NO_NOTES, id(84))),
    pose(
      'dispute question empty',
      askDisputeCard(reader, viewOf('REJECTED'), faulty('remark', { code: 'text.missing' }, {}), id(84)),
    ),
    ...SUBMITTED.flatMap((status) => [
      review(`${status} in the channel`, reviewOf(status, 'reader')),
      review(`${status} by a reviewer`, reviewOf(status, 'reviewer')),
    ]),
    review('own', reviewOf('UNDER_REVIEW', 'own')),
    review('own with the partner', reviewOf('ACTION_REQUIRED', 'own')),
    review(
      'disputed and not submitted',
      reviewOf('DISPUTED', 'reader', {
        claim: claimOf('DISPUTED', { pausedDueAt: null, dueAt: daysAgo(-20) }),
        history: ROUNDS.slice(0, -1),
      }),
    ),
    review(
      'stand-in',
      reviewOf('UNDER_REVIEW', 'reviewer', {
        looker: { kind: 'reviewer', possible: ['approve', 'askForMore', 'reject'], standsInFor: TYPED.admin },
      }),
    ),
    review(
      'mismatch',
      reviewOf('SUBMITTED', 'reviewer', { claim: claimOf('SUBMITTED', { mismatchReason: TYPED.mismatch }) }),
    ),
    review('many rounds', reviewOf('DISPUTED', 'reviewer', { history: ROUNDS })),
    review(
      'variable payment',
      reviewOf('UNDER_REVIEW', 'reviewer', {
        claim: claimOf('UNDER_REVIEW', {
          identifier: { type: 'msxOpportunityId', value: TYPED.opportunityId },
          hours: 40,
          opportunityValueCents: 5_000_000,
        }),
        engagement: variableOf(4),
        rated: variableOf(4),
        checklist: [],
      }),
    ),
    review(
      'longest',
      reviewOf('UNDER_REVIEW', 'reviewer', {
        history: Array.from({ length: 25 }, (_, index) => ({
          ...lineOf(index % 2 === 0 ? 'submit' : 'askForMore', daysAgo(30 - index)),
          remark: LONG,
        })),
      }),
    ),
    review(
      'somebody was first',
      reviewOf('APPROVED', 'reviewer'),
      newestStep(reader, { history: ROUNDS.slice(0, -2) }) ?? '',
    ),
    review(
      'the clock was first',
      reviewOf('POST_SUBMISSION_EXPIRED', 'reviewer'),
      newestStep(reader, { history: [lineOf('expireReview', daysAgo(1), 'clock')] }) ?? '',
    ),
    ...HOSTILES.map((hostile) =>
      review(
        `hostile ${hostile}`,
        reviewOf('UNDER_REVIEW', 'reviewer', {
          claim: named('UNDER_REVIEW', hostile),
          checklist: hostileList(hostile),
          history: [{ ...lineOf('submit', daysAgo(6), 'person', HOSTILE[hostile]), remark: HOSTILE[hostile] }],
        }),
      ),
    ),
    ...DECISIONS.map((what) =>
      pose(`decision ${what}`, askDecisionCard(reader, reviewOf('UNDER_REVIEW', 'reviewer'), what, NO_NOTES, id(85))),
    ),
    pose(
      'decision approve without a rate',
      askDecisionCard(
        reader,
        reviewOf('UNDER_REVIEW', 'reviewer', { rated: engagementOf(1, { rates: { A: null, B: null, C: null } }) }),
        'approve',
        NO_NOTES,
        id(85),
      ),
    ),
    pose(
      'decision reject finally, wrong',
      askDecisionCard(
        reader,
        reviewOf('UNDER_REVIEW', 'reviewer', { claim: claimOf('UNDER_REVIEW', { disputedAt: daysAgo(9) }) }),
        'reject',
        {
          ...NO_NOTES,
          faults: [
            { field: 'reason', fault: { code: 'choice.missing' } },
            { field: 'comment', fault: { code: 'text.tooLong', most: 1_000, typed: 5_000 } },
          ],
          typed: { comment: LONG },
        },
        id(85),
      ),
    ),
    ...[...REVIEW_REPLIES, ...REVIEWER_NOTICES].map((kind) =>
      pose(`notice ${kind}`, reviewNoticeCard(reader, kind, reviewOf('SUBMITTED', 'reviewer'))),
    ),
    ...HOSTILES.map((hostile) =>
      pose(
        `notice reviewAgain hostile ${hostile}`,
        reviewNoticeCard(
          reader,
          'reviewAgain',
          reviewOf('SUBMITTED', 'reader', {
            claim: named('SUBMITTED', hostile),
            history: [{ ...lineOf('resubmit', daysAgo(0)), remark: HOSTILE[hostile] }],
          }),
        ),
      ),
    ),
    pose('reviews none', reviewListCard(reader, { rows: [], total: 0, page: 1, pages: 1 })),
    pose(
      'reviews a page',
      reviewListCard(reader, {
        rows: HOSTILES.slice(0, REVIEWS_ON_PAGE).map((hostile, index) => ({
          number: 1_000_027 + index,
          name: HOSTILE[hostile],
          status: 'SUBMITTED',
          statusAt: daysAgo(6 - index),
          submittedAt: daysAgo(6 - index),
          engagementVersionId: id(901),
          organisationId: id(1),
          organisationName: TYPED.organisation,
          company: HOSTILE[hostile],
          engagement: engagementOf(1),
        })),
        total: 17,
        page: 2,
        pages: 4,
      }),
    ),
  ];
};
