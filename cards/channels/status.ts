import { CLOSINGS } from '../../domain/channels/close-channel.ts';
import type { ChannelStatus, ChannelsPage } from '../../domain/channels/show-channels.ts';
import type { ReferralRecord } from '../../domain/co-sell/record.ts';
import type { Actor } from '../../domain/people/actor.ts';
import {
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  type Element,
  heading,
  line,
  para,
  type Reader,
  subheading,
  subtle,
} from '../card.ts';
import { recordElements } from '../co-sell/record.ts';
import { dateTime, textFor } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';
import { dutyLine } from './channel.ts';
import { subscriptionLines } from './subscription.ts';

/** Whether posts arrive, first of all in words. */
const health = (reader: Reader, { health: fares, nextDigestAt }: ChannelStatus): Element => {
  const { status: words, closings } = textFor(reader.language);
  const known = CLOSINGS.find((one) => one === fares.closedWhy);
  const counts = [
    words.posted(fares.posted),
    ...(fares.waiting === 0 ? [] : [words.waiting(fares.waiting)]),
    ...(fares.unsure === 0 ? [] : [words.unsure(fares.unsure)]),
    ...(fares.refused === 0 ? [] : [words.refused(fares.refused)]),
  ];
  const troubled = fares.waiting + fares.unsure + fares.refused > 0;
  const said = fares.open
    ? troubled
      ? words.troubled
      : words.open
    : known === undefined
      ? words.closedUnknown
      : words.closed(closings[known]);
  return box(
    [
      line(bold(said)),
      line(counts.join(' · '), { spacing: 'None' }),
      ...(nextDigestAt === null || !fares.open
        ? []
        : [line(words.next(dateTime(nextDigestAt, reader)), { spacing: 'None' })]),
    ],
    fares.open ? (troubled ? 'warning' : 'good') : 'attention',
  );
};

const setUpFor = (reader: Reader, { duties, subscription, locations }: ChannelStatus, actor: Actor): Element[] => [
  ...duties.map((duty) => dutyLine(reader, duty, actor)),
  ...(subscription === null ? [] : subscriptionLines(reader, subscription, locations, actor)),
];

const lastPosts = (reader: Reader, { health: { last } }: ChannelStatus): Element[] => {
  const { status: words } = textFor(reader.language);
  return [
    subheading(words.last),
    ...(last.length === 0 ? [para(words.noPosts)] : []),
    ...last.map(({ kind, at }) => line([subtle(`${dateTime(at, reader)} `), words.kinds[kind]], { spacing: 'Small' })),
  ];
};

/** `status` in a channel: what is on, how it fares, what came last. */
export const statusCard = (
  reader: Reader,
  status: ChannelStatus,
  record: ReferralRecord,
  actor: Actor,
  maySetUp: boolean,
): Card => {
  const { status: words } = textFor(reader.language);
  const idle = status.duties.length === 0 && status.subscription === null;
  return card(reader, words.title, [
    heading(words.title),
    ...(status.name === null ? [] : [line(subtle(status.name), { spacing: 'None' })]),
    health(reader, status),
    subheading(words.on),
    ...(idle ? [para(words.nothing)] : setUpFor(reader, status, actor)),
    ...lastPosts(reader, status),
    ...recordElements(reader, record, false),
    buttons([
      button('channel.status', {}, textFor(reader.language).common.refresh),
      ...(maySetUp ? [button('channel.test', {}, words.test), button('channel.setUp', {}, words.setUp)] : []),
    ]),
  ]);
};

/** `status` in the own chat of an admin: every channel, and how it fares. */
export const channelsCard = (
  reader: Reader,
  { channels, total, page, pages }: ChannelsPage,
  record: ReferralRecord,
  actor: Actor,
): Card => {
  const { status: words, common } = textFor(reader.language);
  const at = (to: number, title: string) => button('channels.list', { page: to }, title);
  return card(reader, words.all, [
    heading(words.all),
    para(total === 0 ? words.none : words.count(total), { subtle: true, spacing: 'None' }),
    ...(pages > 1 ? [para(common.page(page, pages), { subtle: true, spacing: 'None' })] : []),
    ...channels.flatMap((status) => {
      const [latest] = status.health.last;
      return [
        line(bold(status.name ?? words.unnamed), { separator: true, spacing: 'Medium' }),
        health(reader, status),
        ...setUpFor(reader, status, actor),
        ...(latest === undefined
          ? []
          : [
              line(subtle(`${words.last}: ${dateTime(latest.at, reader)}, ${words.kinds[latest.kind]}`), {
                spacing: 'Small',
              }),
            ]),
      ];
    }),
    ...recordElements(reader, record, true),
    buttons([...pageButtons(reader, { page, pages }, at), at(page, common.refresh)]),
  ]);
};
