import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { type HistoryLine, MOST_HISTORY } from '../../domain/claims/show-claim.ts';
import { REJECT_REASONS } from '../../domain/review/review-claim.ts';
import { type Element, line, lines, type Reader, subtle } from '../card.ts';
import { dateTime, textFor } from '../format.ts';

/** Who took a step, and in whose place; empty: a clock did. */
export const whoDid = (reader: Pick<Reader, 'language'>, entry: HistoryLine): string => {
  const { claim: words, standsFor } = textFor(reader.language);
  const who = words.by(entry);
  return who !== '' && entry.standsInFor !== null ? standsFor(who, entry.standsInFor) : who;
};

/** What was done, on which item, for which reason. */
export const whatHappened = (
  reader: Pick<Reader, 'language'>,
  entry: HistoryLine,
  { checklist }: Pick<ClaimView, 'checklist'>,
): string => {
  const { claim: words, review } = textFor(reader.language);
  const item = checklist.find(({ item: { key } }) => key === entry.facts.item)?.item.name[reader.language];
  const reason = REJECT_REASONS.find((code) => code === entry.facts.reason);
  const about = item ?? (reason === undefined ? null : review.reasons[reason]);
  return `${words.historyLine[entry.what]}${about === null ? '' : `: ${about}`}`;
};

/** One step in words: who did what; and below it what they wrote. */
export const historyLine = (reader: Reader, entry: HistoryLine, view: Pick<ClaimView, 'checklist'>): Element[] => {
  const who = whoDid(reader, entry);
  const what = whatHappened(reader, entry, view);
  return [
    line([subtle(`${dateTime(entry.at, reader)} `), ...(who === '' ? [what] : [who, ` ${what}`])], {
      spacing: 'Small',
    }),
    ...(entry.remark === null ? [] : lines(`“${entry.remark}”`, { spacing: 'None' })),
  ];
};

const HISTORY_IN_SIGHT = 3;
/** How much of a history a card holds: steps, and what was written with them, in characters of the card. */
type Room = { readonly steps: number; readonly remarks: number };
const CLAIM_ROOM: Room = { steps: MOST_HISTORY, remarks: 6_000 };
/** What a line of text costs besides its letters. */
const PER_LINE = 110;

const costOf = (remark: string | null): number =>
  remark === null ? 0 : remark.split('\n').reduce((cost, one) => cost + one.length + PER_LINE, 0);

/** Newest first: the rest unfolds. */
export const history = (reader: Reader, view: Pick<ClaimView, 'history' | 'checklist'>, room: Room = CLAIM_ROOM) => {
  let left = room.remarks;
  const all = view.history.length;
  const said = view.history
    .slice(-room.steps)
    .reverse()
    .map((entry) => {
      left -= costOf(entry.remark);
      return historyLine(reader, left < 0 ? { ...entry, remark: null } : entry, view);
    });
  // One line behind a button would only be one click more.
  const inSight = said.length <= HISTORY_IN_SIGHT + 1 ? said.length : HISTORY_IN_SIGHT;
  const earlier = said.slice(inSight);
  // What does not fit, of steps or of what was written with them, stands on pages of its own.
  const whole = left < 0 || all > room.steps ? all : null;
  return { inSight: said.slice(0, inSight).flat(), earlier: earlier.flat(), more: earlier.length, whole };
};
