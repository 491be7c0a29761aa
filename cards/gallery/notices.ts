import { CLOSINGS } from '../../domain/channels/close-channel.ts';
import type { ChannelStatus } from '../../domain/channels/show-channels.ts';
import type { ClaimStatus } from '../../domain/claims/status.ts';
import type { ReferralRecord } from '../../domain/co-sell/record.ts';
import { CLAIM_NOTICES, type ClaimFact, REMINDERS, type Reminder } from '../../domain/notices/notice.ts';
import { DIGEST_ROWS, type DigestRow, type DigestView, type Group } from '../../domain/notices/show-digest.ts';
import { LEFT_AT } from '../../domain/notices/standing.ts';
import { defaultsFor, type Subscription, TOPICS } from '../../domain/notices/subscription.ts';
import type { Hops } from '../../domain/notices/test-notice.ts';
import { EVERYWHERE, type Language } from '../../domain/people/actor.ts';
import { channelClosedCard } from '../channels/closed.ts';
import { channelsCard, statusCard } from '../channels/status.ts';
import { type SubscriptionForm, settingsCard, subscriptionCard } from '../channels/subscription.ts';
import { NO_NOTES, type Notes } from '../drafts/step.ts';
import { textFor } from '../format.ts';
import { digestCard } from '../notices/digest.ts';
import { noticeCard } from '../notices/notice.ts';
import { snoozeCard } from '../notices/snooze.ts';
import { testCard } from '../notices/test.ts';
import {
  claimOf,
  contactsNamed,
  daysAgo,
  dueIn,
  engagementOf,
  HOSTILE,
  HOSTILES,
  id,
  locationOf,
  type Pose,
  readerIn,
  TYPED,
  UNTRUSTED,
  viewOf,
} from './sample.ts';

/** Where a claim stands when it is reminded of, and with how many days left. A new kind asks for its own here. */
const REMINDED: Record<Reminder, { readonly status: ClaimStatus; readonly days: number; readonly group: Group }> = {
  consentNotSent: { status: 'CUSTOMER_CLAIMED', days: 7, group: 'ask' },
  consentDue: { status: 'AWAITING_CONSENT', days: 3, group: 'await' },
  submissionDue: { status: 'CONSENT_RECEIVED', days: 14, group: 'gather' },
  submissionComplete: { status: 'CONSENT_RECEIVED', days: 30, group: 'submit' },
  actionDue: { status: 'ACTION_REQUIRED', days: 1, group: 'amend' },
  disputeDue: { status: 'REJECTED', days: 3, group: 'dispute' },
};

const rowOf = (kind: ClaimFact, index: number, over: Partial<DigestRow> = {}): DigestRow => {
  const reminded = REMINDERS.find((one) => one === kind);
  const place = reminded === undefined ? null : REMINDED[reminded];
  const status = place?.status ?? LEFT_AT[kind as keyof typeof LEFT_AT] ?? 'CONSENT_RECEIVED';
  const { name, engagementVersionId, pausedDueAt, disputedAt } = claimOf(status);
  return {
    number: 1_000_027 + index,
    name,
    status,
    dueAt: place === null ? null : dueIn(place.days),
    engagementVersionId,
    pausedDueAt,
    disputedAt,
    company: TYPED.company,
    organisationId: id(1),
    engagementSlug: `sample-${index + 1}`,
    again: index === 1,
    deal: index === 2 ? ['coSellTaken'] : [],
    statusAt: daysAgo(2),
    location: { id: id(301) },
    engagement: engagementOf(index + 1),
    kind,
    group: place?.group ?? (status.endsWith('EXPIRED') ? 'ended' : 'heard'),
    ...over,
  };
};

const LOCAL: ReferralRecord = { kind: 'local' };
const inPartnerCenter = (waiting: number, troubled: number, trouble: string | null): ReferralRecord => ({
  kind: 'partnerCenter',
  health: { waiting, troubled, trouble },
});

const digestOf = (rows: readonly DigestRow[], over: Partial<DigestView> = {}): DigestView => ({
  id: id(98),
  rows,
  counts: new Map([...Map.groupBy(rows, ({ group }) => group)].map(([group, all]) => [group, all.length])),
  total: rows.length,
  urgent: 0,
  page: 1,
  pages: 1,
  ...over,
});

const subscriptionOf = (over: Partial<Subscription> = {}): Subscription => ({
  ...defaultsFor({ personId: id(11), organisationId: id(1) }),
  listener: { channelId: '19:sample@thread.tacv2' },
  language: 'en',
  timeZone: 'Europe/Amsterdam',
  ...over,
});

const narrow = subscriptionOf({
  topics: ['consent', 'expired'],
  locationIds: [id(301), id(302)],
  engagements: ['sample-1'],
  quiet: { from: '19:00', until: '08:30' },
  expiredLater: true,
});

const hopsOf = (over: Partial<Hops> = {}): Hops => ({
  written: daysAgo(0),
  taken: new Date(daysAgo(0).getTime() + 42),
  accepted: new Date(daysAgo(0).getTime() + 187),
  state: 'delivered',
  trouble: null,
  ...over,
});

/** What is said by the clock: reminders, digests, expiries; and what is set up for that, and how it fares. */
export const noticePoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const actor = {
    personId: id(11),
    organisationId: id(1),
    organisationName: TYPED.organisation,
    organisationKind: 'partner' as const,
  };
  const admin = {
    ...actor,
    tenantId: TYPED.tenantId,
    objectId: id(12),
    name: TYPED.admin,
    email: null,
    phone: null,
    language,
    languageChosen: true,
    timeZone: null,
    chatId: null,
    roles: [{ role: 'programAdmin', scope: EVERYWHERE }],
  } as const;
  const locations = [locationOf(1), locationOf(2, { name: TYPED.elsewhere, country: 'BE' })];
  const form = (over: Partial<SubscriptionForm> = {}): SubscriptionForm => ({
    subscription: subscriptionOf(),
    kept: false,
    scopes: [EVERYWHERE, id(1)],
    locations,
    engagements: [1, 2, 3, 4].map((number) => engagementOf(number)),
    actor,
    ...over,
  });
  const many = {
    locations: Array.from({ length: 40 }, (_, index) => locationOf(index + 1)),
    engagements: Array.from({ length: 40 }, (_, index) => engagementOf(index + 1)),
  };
  const wrong: Notes = {
    ...NO_NOTES,
    faults: [
      { field: 'topics', fault: { code: 'choice.missing' } },
      { field: 'locations', fault: { code: 'location.unknown', typed: '91000099' } },
      { field: 'zone', fault: { code: 'zone.unknown', typed: 'Mars/Olympus' } },
      { field: 'digest', fault: { code: 'time.missing' } },
      { field: 'quietUntil', fault: { code: 'quiet.allDay' } },
    ],
    typed: { scope: EVERYWHERE, language, zone: 'Mars/Olympus', quietFrom: '09:00', quietUntil: '09:00' },
  };
  const status = (over: Partial<ChannelStatus> = {}, health: Partial<ChannelStatus['health']> = {}): ChannelStatus => ({
    conversationId: '19:sample@thread.tacv2',
    name: TYPED.organisation,
    duties: [],
    subscription: subscriptionOf(),
    locations: [],
    nextDigestAt: daysAgo(-1),
    health: {
      open: true,
      closedWhy: null,
      last: [
        { kind: 'digest', at: daysAgo(0) },
        { kind: 'submissionExpired', at: daysAgo(1) },
        { kind: 'test', at: daysAgo(2) },
      ],
      posted: 3,
      waiting: 0,
      unsure: 0,
      refused: 0,
      ...health,
    },
    ...over,
  });
  const noticed = (kind: ClaimFact, shared: boolean, over: Parameters<typeof claimOf>[1] = {}) => {
    const reminded = REMINDERS.find((one) => one === kind);
    const place = reminded === undefined ? null : REMINDED[reminded];
    const at = place?.status ?? LEFT_AT[kind as keyof typeof LEFT_AT] ?? 'CONSENT_RECEIVED';
    const claim = claimOf(at, { ...(place === null ? {} : { dueAt: dueIn(place.days) }), ...over });
    const told = { reason: TYPED.declined };
    return noticeCard(
      reader,
      { kind, claim, engagement: engagementOf(1), request: told, history: [], deal: null },
      shared,
    );
  };
  const each = [...REMINDERS, 'consentAccepted', 'submissionExpired'] as const;
  const page = each.slice(0, DIGEST_ROWS).map((kind, index) => rowOf(kind, index));
  return [
    ...REMINDERS.map((kind) => pose(`reminder ${kind}`, noticed(kind, false))),
    pose('reminder of the last day', noticed('consentDue', false, { dueAt: dueIn(0) })),
    pose('reminder to submit a dispute', noticed('disputeDue', false, { status: 'DISPUTED' })),
    ...[...REMINDERS, ...CLAIM_NOTICES].map((kind) => pose(`in a channel ${kind}`, noticed(kind, true))),
    ...HOSTILES.map((hostile) =>
      pose(
        `in a channel hostile ${hostile}`,
        noticed('consentDue', true, { name: HOSTILE[hostile], contacts: contactsNamed(HOSTILE[hostile]) }),
      ),
    ),
    pose('digest of every kind of reminder', digestCard(reader, digestOf(page), false)),
    pose(
      'digest of what happened',
      digestCard(reader, digestOf(each.slice(5).map((kind, index) => rowOf(kind, index))), true),
    ),
    pose(
      'digest of thousands',
      digestCard(
        reader,
        digestOf(page, {
          counts: new Map(page.map(({ group }) => [group, 833])),
          total: 5_000,
          page: 417,
          pages: 834,
        }),
        true,
      ),
    ),
    pose('digest with nothing left', digestCard(reader, digestOf([]), true)),
    ...HOSTILES.map((hostile) =>
      pose(
        `digest hostile ${hostile}`,
        digestCard(
          reader,
          digestOf(
            page.map((row) => ({
              ...row,
              name: HOSTILE[hostile],
              company: HOSTILE[hostile],
              engagement: engagementOf(1, { name: { en: HOSTILE[hostile], nl: HOSTILE[hostile] } }),
            })),
          ),
          true,
        ),
      ),
    ),
    pose('snooze', snoozeCard(reader, viewOf('AWAITING_CONSENT'), false, id(99))),
    pose('snooze in a channel', snoozeCard(reader, viewOf('CUSTOMER_CLAIMED'), true, id(99))),
    pose('subscription new', subscriptionCard(reader, form(), NO_NOTES, id(97))),
    pose('subscription narrow', subscriptionCard(reader, form({ subscription: narrow, kept: true }), NO_NOTES, id(97))),
    pose(
      'subscription of many locations',
      subscriptionCard(reader, form({ ...many, subscription: narrow }), NO_NOTES, id(97)),
    ),
    pose('subscription wrong', subscriptionCard(reader, form(many), wrong, id(97))),
    pose('settings', settingsCard(reader, form({ scopes: [] }), NO_NOTES, id(97))),
    pose(
      'settings saved',
      settingsCard(reader, form({ scopes: [], subscription: narrow }), NO_NOTES, id(97), {
        text: text.settings.saved,
        style: 'good',
      }),
    ),
    pose('channel status', statusCard(reader, status(), LOCAL, admin, true)),
    pose(
      'channel status for a reader',
      statusCard(reader, status({ subscription: narrow, locations }), LOCAL, admin, false),
    ),
    pose(
      'channel status of nothing',
      statusCard(
        reader,
        status({ name: null, subscription: null, nextDigestAt: null }, { last: [], posted: 0 }),
        LOCAL,
        admin,
        true,
      ),
    ),
    pose(
      'channel status in trouble',
      statusCard(reader, status({}, { waiting: 3, unsure: 1, refused: 2 }), LOCAL, admin, true),
    ),
    ...CLOSINGS.map((closedWhy) =>
      pose(
        `channel status ${closedWhy}`,
        statusCard(reader, status({}, { open: false, closedWhy, waiting: 12 }), LOCAL, admin, true),
      ),
    ),
    pose('channel status with Partner Center', statusCard(reader, status(), inPartnerCenter(0, 0, null), admin, true)),
    pose(
      'channels all told',
      channelsCard(reader, { channels: [], total: 0, page: 1, pages: 1 }, inPartnerCenter(0, 0, null), admin),
    ),
    pose(
      'channels being told',
      channelsCard(reader, { channels: [], total: 0, page: 1, pages: 1 }, inPartnerCenter(1, 0, null), admin),
    ),
    pose('channels none', channelsCard(reader, { channels: [], total: 0, page: 1, pages: 1 }, LOCAL, admin)),
    pose(
      'channels of many',
      channelsCard(
        reader,
        {
          channels: [
            status(),
            status({ name: null, subscription: narrow, locations }),
            status({ name: HOSTILE.markdown }, { open: false, closedWhy: null, waiting: 4 }),
            status({ subscription: subscriptionOf({ topics: TOPICS.slice(0, 5), scope: id(2) }) }, { unsure: 1 }),
          ],
          total: 23,
          page: 2,
          pages: 6,
        },
        inPartnerCenter(3, 1, '503 ServiceUnavailable'),
        admin,
      ),
    ),
    ...CLOSINGS.map((why) =>
      pose(`channel closed ${why}`, channelClosedCard(reader, { why, name: TYPED.organisation })),
    ),
    pose('channel closed without a name', channelClosedCard(reader, { why: 'refused', name: '' })),
    pose('test notice', testCard(reader, id(94), hopsOf())),
    pose(
      'test notice on its way',
      testCard(reader, id(94), hopsOf({ taken: null, accepted: null, state: 'pending' }), {
        text: text.test.sent,
        style: 'good',
      }),
    ),
    pose(
      'test notice refused',
      testCard(reader, id(94), hopsOf({ accepted: null, state: 'waiting', trouble: '403 BotNotInConversationRoster' })),
    ),
  ];
};
