import { isReminder } from '../../domain/notices/notice.ts';
import { type DigestRow, type DigestView, GROUPS } from '../../domain/notices/show-digest.ts';
import {
  alarm,
  bold,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  link,
  para,
  type Reader,
  subheading,
  subtle,
} from '../card.ts';
import { type Banner, bannerBox } from '../form.ts';
import { deadline, textFor } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';
import { actionsFor } from './actions.ts';

const row = (reader: Reader, digest: string, claim: DigestRow, first: boolean): Element[] => {
  const { claim: words, notices, digest: listWords } = textFor(reader.language);
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const { kind } = claim;
  // What is to be done stands above; of what happened, each row says itself what did.
  const happened = [...(isReminder(kind) ? [] : [kind]), ...claim.deal].map((one) => bold(notices[one].title));
  return [
    line(dotted(bold(words.heading(claim.number)), claim.name), first ? { spacing: 'Small' } : { spacing: 'Medium' }),
    line(dotted(claim.company, subtle(claim.engagement.name[reader.language])), { spacing: 'None' }),
    ...(happened.length === 0 && due === null
      ? []
      : [line(dotted(...happened, due && alarm(due.words, due.urgent), due && subtle(due.date)), { spacing: 'None' })]),
    ...(claim.again ? [line(subtle(listWords.mayRepeat), { spacing: 'None' })] : []),
    buttons(actionsFor(reader, claim, kind, digest), { spacing: 'Small' }),
  ];
};

const grouped = (reader: Reader, { id, rows, counts }: DigestView): Element[] => {
  const { digest: words } = textFor(reader.language);
  return GROUPS.flatMap((group) => {
    const own = rows.filter((claim) => claim.group === group);
    if (own.length === 0) return [];
    return [
      subheading(words.group(words.groups[group], counts.get(group) ?? own.length), { separator: true }),
      ...own.flatMap((claim, index) => row(reader, id, claim, index === 0)),
    ];
  });
};

/** What is to be done is what counts; where nothing is, that all have ended, or that something happened. */
const titleOf = ({ language }: Pick<Reader, 'language'>, { counts, total }: DigestView): string => {
  const { digest: words } = textFor(language);
  const [ended, heard] = [counts.get('ended') ?? 0, counts.get('heard') ?? 0];
  if (ended + heard < total) return words.title(total - ended - heard);
  return heard === 0 ? words.ended(total) : words.news(total);
};

/** The line of the feed and the toast: how many, and how many of them are in their last days. */
export const digestSummary = (reader: Reader, view: DigestView): string => {
  const { urgent } = view;
  const words = textFor(reader.language).digest;
  return urgent === 0 ? titleOf(reader, view) : `${titleOf(reader, view)}, ${words.urgent(urgent)}`;
};

/**
 * R31: the reminders and notices of one slot, grouped by what is to be done, soonest first, a page at a time. `shared`:
 * it stands in a channel, so it names nothing of a customer but the company.
 */
export const digestCard = (reader: Reader, view: DigestView, shared: boolean, banner?: Banner): Card => {
  const { digest: words, common } = textFor(reader.language);
  const { id: digest, total, page, pages } = view;
  const at = (to: number, title: string) => button('digest.show', { digest, page: to }, title);
  const why = shared ? words.whyChannel : words.why;
  if (total === 0) {
    return card(reader, words.nothing, [
      heading(words.nothing),
      ...bannerBox(banner),
      para(words.nothingBody),
      para(why, { subtle: true }),
    ]);
  }
  return card(reader, titleOf(reader, view), [
    heading(titleOf(reader, view)),
    ...(pages > 1 ? [para(common.page(page, pages), { subtle: true, spacing: 'None' })] : []),
    ...bannerBox(banner),
    ...grouped(reader, view),
    buttons([
      ...pageButtons(reader, view, at),
      at(page, common.refresh),
      link(common.openInTab, reader.links.tab({ page: 'claims' })),
    ]),
    para(why, { subtle: true }),
  ]);
};
