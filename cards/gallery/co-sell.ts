import { CO_SELL_CONDITIONS, type Condition, REFERRAL_CONDITIONS } from '../../domain/co-sell/conditions.ts';
import { REFERRAL_EVENTS, type ReferralEvent, type ReferralLine } from '../../domain/co-sell/history.ts';
import { CLOSINGS_OF_DEAL } from '../../domain/co-sell/keep-deal.ts';
import { DEALS_ON_PAGE, type DealList } from '../../domain/co-sell/list-deals.ts';
import type { ReferralList } from '../../domain/co-sell/list-referrals.ts';
import { CLOSE_REASONS, CO_SELL_STATES, NOTHING_MIRRORED, type Referral } from '../../domain/co-sell/referral.ts';
import type { DealLooker, DealView, ReferralSummary, ReferralView } from '../../domain/co-sell/show-referral.ts';
import type { DealNotice } from '../../domain/notices/notice.ts';
import type { Language } from '../../domain/people/actor.ts';
import { claimCard } from '../claims/claim.ts';
import { dealCard, declineCard, firstAnswer } from '../co-sell/deal.ts';
import { dealListCard } from '../co-sell/deal-list.ts';
import { closeDealCard, editDealCard, referralCard } from '../co-sell/referral.ts';
import { referralListCard } from '../co-sell/referral-list.ts';
import { NO_NOTES, type Notes } from '../drafts/step.ts';
import { textFor } from '../format.ts';
import { coSellNoticeCard } from '../notices/co-sell.ts';
import {
  claimOf,
  contactsNamed,
  daysAgo,
  dueIn,
  engagementOf,
  HOSTILE,
  HOSTILES,
  id,
  type Pose,
  readerIn,
  TYPED,
  UNTRUSTED,
  viewOf,
} from './sample.ts';

const yes = (names: readonly Condition['name'][]): readonly Condition[] =>
  names.map((name) => ({
    name,
    holds: 'yes',
    ...(name === 'minimum' ? { seenCents: 2_500_000, neededCents: 1_000_000 } : {}),
  }));
const REFERRED = yes(REFERRAL_CONDITIONS);
const UPGRADED = yes(CO_SELL_CONDITIONS);

/** A customer nobody knows much of, who does not want to be called, and a deal too small. */
const REFUSED: readonly Condition[] = UPGRADED.map((condition) => {
  if (condition.name === 'managed') return { ...condition, holds: 'unknown' };
  if (condition.name === 'mayContact') return { ...condition, holds: 'no' };
  if (condition.name === 'minimum') return { ...condition, holds: 'no', neededCents: 5_000_000 };
  return condition;
});

const referralOf = (over: Partial<Referral> = {}): Referral => ({
  claimNumber: 1_000_027,
  id: id(501),
  organisationId: id(1),
  status: 'Active',
  substatus: 'Accepted',
  statusReason: null,
  stage: 'qualified',
  valueCents: 2_500_000,
  closeOn: '2027-02-14',
  conditions: REFERRED,
  coSellConditions: null,
  coSell: null,
  upgradedAt: null,
  answerDueAt: null,
  warnAt: null,
  answeredAt: null,
  answeredById: null,
  declineReason: null,
  declineWords: null,
  createdAt: daysAgo(20),
  madeAt: daysAgo(20),
  revision: 4,
  mirroredRevision: 4,
  mirror: NOTHING_MIRRORED,
  syncAt: null,
  syncTries: 0,
  syncTrouble: null,
  ...over,
});

const ASKED: Partial<Referral> = {
  coSell: 'asked',
  coSellConditions: UPGRADED,
  upgradedAt: daysAgo(4),
  answerDueAt: dueIn(10),
};

const answered = (coSell: (typeof CO_SELL_STATES)[number]): Partial<Referral> => ({
  ...ASKED,
  coSell,
  ...(coSell === 'asked' ? {} : { answerDueAt: null, answeredAt: daysAgo(0) }),
  ...(coSell === 'taken' || coSell === 'declined' ? { answeredById: id(711) } : {}),
  ...(coSell === 'declined' ? { declineReason: 'otherTerritory', declineWords: TYPED.declined } : {}),
});

/** What a notice about a deal tells of it. */
export const dealPosed = (kind: DealNotice): Pick<ReferralSummary, 'referral' | 'answeredBy'> => {
  const state = (
    { coSellUpgraded: 'asked', coSellTaken: 'taken', coSellDeclined: 'declined', coSellExpired: 'expired' } as const
  )[kind];
  return { referral: referralOf(answered(state)), answeredBy: { name: TYPED.reviewer, email: TYPED.email } };
};

const CLOSED: Partial<Referral> = { status: 'Closed', substatus: 'Lost', closeOn: '2026-11-30' };

/** Every state that looks different. */
const STATES: Readonly<Record<string, Partial<Referral>>> = {
  'not made': {
    status: 'None',
    substatus: 'None',
    madeAt: null,
    conditions: REFERRED.map((one) => (one.name === 'identity' ? { ...one, holds: 'unknown' } : one)),
  },
  'partner-led': {},
  'not upgraded': { coSellConditions: REFUSED },
  ...Object.fromEntries(CO_SELL_STATES.map((state) => [state, answered(state)])),
  won: { ...answered('taken'), status: 'Closed', substatus: 'Won', statusReason: 'partner' },
  ...Object.fromEntries(CLOSE_REASONS.map((reason) => [`lost ${reason}`, { ...CLOSED, statusReason: reason }])),
};

const BY: Record<ReferralEvent, ReferralLine['by']> = {
  made: 'person',
  notMade: 'person',
  upgraded: 'customer',
  notUpgraded: 'customer',
  reminded: 'clock',
  taken: 'person',
  declined: 'person',
  expired: 'clock',
  withdrawn: 'person',
  changed: 'person',
  won: 'partnerCenter',
  lost: 'person',
  closed: 'clock',
};

const lineOf = (what: ReferralEvent, days: number, person: string | null = TYPED.colleague): ReferralLine => ({
  at: daysAgo(days),
  what,
  facts: ['changed', 'won', 'lost'].includes(what)
    ? { valueCents: 2_750_000, stage: 'proposed', closeOn: '2027-01-31' }
    : {},
  by: BY[what],
  person: BY[what] === 'person' ? person : null,
});

const viewed = (over: Partial<Referral> = {}, more: Partial<ReferralView> = {}): ReferralView => ({
  claim: claimOf('CONSENT_RECEIVED'),
  engagement: engagementOf(1, { coSell: true }),
  referral: referralOf(over),
  answeredBy: over.answeredById === undefined ? null : { name: TYPED.reviewer, email: TYPED.email },
  history: [lineOf('made', 20), lineOf('upgraded', 4)],
  mayManage: true,
  inPartnerCenter: false,
  link: null,
  ...more,
});

const THERE: Partial<Referral> = {
  mirror: {
    partner: { id: id(601), groupId: id(600), eTag: '"1"' },
    microsoft: { id: id(602), groupId: id(600), eTag: '"1"', status: 'New', substatus: 'Received' },
    agreed: null,
    telling: null,
  },
};

const READER: DealLooker = { kind: 'reader' };
const seller = (canAnswer: boolean, took = false): DealLooker => ({ kind: 'seller', canAnswer, took });

const dealt = (looker: DealLooker, over: Partial<Referral>, more: Partial<ReferralView> = {}): DealView => ({
  ...viewed({ ...ASKED, ...over }, more),
  looker,
  viewers: looker.kind === 'reader' ? ['29:sample-one', '29:sample-two'] : [],
});

const referralRows = (company: string = TYPED.company): ReferralList['rows'] =>
  [{}, ASKED, answered('taken'), STATES.won ?? {}, STATES['lost claimCanceled'] ?? {}].map((over, index) => ({
    referral: referralOf({ claimNumber: 1_000_027 + index, ...over }),
    company,
    engagementVersionId: id(401),
    engagement: engagementOf(1),
  }));

const rowsOf = (count: number, company: string = TYPED.company): DealList['rows'] =>
  Array.from({ length: count }, (_, index) => ({
    claimNumber: 1_000_027 + index,
    company,
    organisationName: TYPED.organisation,
    engagementVersionId: id(401),
    engagement: engagementOf(1),
    valueCents: 2_500_000 * (index + 1),
    answerDueAt: index < 3 ? dueIn(index * 5) : null,
    answeredById: index < 3 ? null : id(711),
    takenBy: index === 3 ? TYPED.reviewer : null,
  }));

/** Referrals, the sellers' card, and what a claim says of both. */
export const coSellPoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const onClaim = (over: Partial<Referral>, mayOpen: boolean) => {
    const deal: ReferralSummary = {
      referral: referralOf(over),
      answeredBy: over.answeredById === undefined ? null : { name: TYPED.reviewer, email: TYPED.email },
      mayOpen,
    };
    return claimCard(reader, viewOf('CONSENT_RECEIVED', { deal }), id(80));
  };
  const full = (view: ReferralView, banner?: Parameters<typeof referralCard>[3]) =>
    referralCard(reader, view, id(82), banner);
  const wrong: Notes = {
    ...NO_NOTES,
    faults: [
      { field: 'stage', fault: { code: 'choice.missing' } },
      { field: 'value', fault: { code: 'money.notPositive' } },
      { field: 'closeOn', fault: { code: 'day.over' } },
    ],
    typed: { value: '0', closeOn: '2026-11-01' },
  };
  const stale: Notes = {
    ...NO_NOTES,
    stale: true,
    typed: { value: '30,000', closeOn: '2027-03-01', stage: 'proposed' },
  };
  const undeclined: Notes = {
    ...NO_NOTES,
    faults: [
      { field: 'reason', fault: { code: 'choice.missing' } },
      { field: 'words', fault: { code: 'text.missing' } },
    ],
  };
  const first = (over: Partial<Referral>, what: ReferralEvent) => {
    const view = dealt(seller(false), over, { history: [lineOf(what, 0, TYPED.reviewer)] });
    const said = firstAnswer(reader, view);
    return dealCard(reader, view, id(83), { text: said ?? text.refused.stale, style: 'warning' });
  };
  return [
    ...Object.entries(STATES).map(([name, over]) => pose(`claim with a referral ${name}`, onClaim(over, false))),
    pose('claim with a referral for its admin', onClaim(answered('asked'), true)),
    ...Object.entries(STATES)
      .filter(([name]) => name !== 'not made')
      .map(([name, over]) => pose(`referral ${name}`, full(viewed(over)))),
    pose(
      'referral with every line of history',
      full(viewed({}, { history: REFERRAL_EVENTS.map((what, index) => lineOf(what, 20 - index)) })),
    ),
    pose(
      'referral with a long history',
      full(viewed({}, { history: Array.from({ length: 60 }, (_, index) => lineOf('changed', 60 - index)) })),
    ),
    pose(
      'referral in Partner Center',
      full(viewed({ ...ASKED, ...THERE }, { inPartnerCenter: true, link: 'https://partner.example/deal' })),
    ),
    pose('referral on its way', full(viewed({ ...ASKED, syncAt: daysAgo(0) }, { inPartnerCenter: true }))),
    pose(
      'referral in trouble',
      full(
        viewed(
          { ...ASKED, syncAt: daysAgo(0), syncTries: 4, syncTrouble: '503 ServiceUnavailable' },
          { inPartnerCenter: true },
        ),
      ),
    ),
    pose('referral saved', full(viewed(), { text: text.referral.saved, style: 'good' })),
    pose('deal form', editDealCard(reader, viewed(ASKED), NO_NOTES, id(84))),
    pose('deal form wrong', editDealCard(reader, viewed(), wrong, id(84))),
    pose('deal form overtaken', editDealCard(reader, viewed(), stale, id(84))),
    ...CLOSINGS_OF_DEAL.map((what) =>
      pose(`deal ${what} question`, closeDealCard(reader, viewed(), what, NO_NOTES, id(85))),
    ),
    pose(
      'deal won question wrong',
      closeDealCard(reader, viewed(), 'won', { ...wrong, faults: wrong.faults.slice(1) }, id(85)),
    ),
    pose('deal lost question overtaken', closeDealCard(reader, viewed(), 'lost', stale, id(85))),
    ...CO_SELL_STATES.map((state) =>
      pose(`sellers’ card ${state}`, dealCard(reader, dealt(READER, answered(state)), '')),
    ),
    pose('sellers’ card of a deal won', dealCard(reader, dealt(READER, STATES.won ?? {}), '')),
    pose('sellers’ card for a seller', dealCard(reader, dealt(seller(true), {}), id(83))),
    pose(
      'sellers’ card for who took it',
      dealCard(reader, dealt(seller(false, true), answered('taken')), id(83), { text: text.deal.taken, style: 'good' }),
    ),
    pose('sellers’ card declined before', first(answered('declined'), 'declined')),
    pose('sellers’ card expired before', first(answered('expired'), 'expired')),
    pose('referrals none', referralListCard(reader, { rows: [], total: 0, page: 1, pages: 1 })),
    pose('referrals of many', referralListCard(reader, { rows: referralRows(), total: 1_234, page: 2, pages: 247 })),
    pose('deals none', dealListCard(reader, { rows: [], total: 0, page: 1, pages: 1 })),
    pose('deals one', dealListCard(reader, { rows: rowsOf(1), total: 1, page: 1, pages: 1 })),
    pose('deals of many', dealListCard(reader, { rows: rowsOf(DEALS_ON_PAGE), total: 1_234, page: 2, pages: 247 })),
    pose('decline', declineCard(reader, dealt(seller(true), {}), NO_NOTES, id(86))),
    pose('decline wrong', declineCard(reader, dealt(seller(true), {}), undeclined, id(86))),
    pose('sellers’ reply', coSellNoticeCard(reader, 'due', dealt(READER, { answerDueAt: dueIn(1) }))),
    pose('no channel for sellers', coSellNoticeCard(reader, 'noChannel', dealt(READER, {}))),
    ...HOSTILES.flatMap((hostile) => {
      const words = HOSTILE[hostile];
      const more = {
        claim: claimOf('CONSENT_RECEIVED', { name: words, organisationName: words, contacts: contactsNamed(words) }),
        engagement: engagementOf(1, { name: { en: words, nl: words } }),
        answeredBy: { name: words, email: null },
        history: [lineOf('taken', 1, words)],
      };
      const over = { ...answered('declined'), declineWords: words };
      return [
        pose(`referral hostile ${hostile}`, full(viewed(over, more))),
        pose(`sellers’ card hostile ${hostile}`, dealCard(reader, dealt(READER, over, more), '')),
        pose(
          `referrals hostile ${hostile}`,
          referralListCard(reader, { rows: referralRows(words).slice(0, 1), total: 1, page: 1, pages: 1 }),
        ),
        pose(`deals hostile ${hostile}`, dealListCard(reader, { rows: rowsOf(1, words), total: 1, page: 1, pages: 1 })),
        pose(`decline hostile ${hostile}`, declineCard(reader, dealt(seller(true), {}, more), NO_NOTES, id(86))),
      ];
    }),
  ];
};
