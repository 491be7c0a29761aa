import type { Hops } from '../../domain/notices/test-notice.ts';
import { button, buttons, type Card, card, facts, heading, line, para, type Reader } from '../card.ts';
import { type Banner, bannerBox } from '../form.ts';
import { dateTime, textFor } from '../format.ts';

/** A notice that tells nothing but how it came (R31): each station with its time. */
export const testCard = (reader: Reader, id: string, hops: Hops, banner?: Banner): Card => {
  const words = textFor(reader.language).test;
  const { written, taken, accepted, state, trouble } = hops;
  const station = (at: Date | null): string =>
    at === null ? words.notYet : `${dateTime(at, reader)}, ${words.after(at.getTime() - written.getTime())}`;
  return card(reader, words.title, [
    heading(words.title),
    ...bannerBox(banner),
    ...(banner === undefined ? [para(words.body)] : []),
    ...facts([
      [words.hops.written, dateTime(written, reader)],
      [words.hops.taken, station(taken)],
      [words.hops.accepted, accepted === null ? words.states[state] : station(accepted)],
    ]),
    ...(trouble === null ? [] : [line({ text: words.trouble(trouble), color: 'Attention' })]),
    buttons([button('test.show', { notice: id }, words.again)]),
  ]);
};
