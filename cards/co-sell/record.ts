import type { ReferralRecord } from '../../domain/co-sell/record.ts';
import { box, type Element, line, para, type Reader, subheading } from '../card.ts';
import { textFor } from '../format.ts';

/** Which record of referrals is on (R29); for those who look after it, `whole`, also how it goes. */
export const recordElements = (reader: Reader, record: ReferralRecord, whole: boolean): Element[] => {
  const { partnerCenter: words } = textFor(reader.language);
  const title = subheading(words.label, { separator: true });
  if (record.kind === 'local') return [title, para(words.local, { spacing: 'None' })];
  const { waiting, troubled, trouble } = record.health;
  const fares =
    waiting === 0
      ? [para(words.inOrder, { subtle: true, spacing: 'None' })]
      : [
          box(
            [
              line(words.waiting(waiting)),
              ...(trouble === null ? [] : [line(words.troubled(troubled, trouble), { spacing: 'None' })]),
            ],
            trouble === null ? 'emphasis' : 'warning',
          ),
        ];
  return [title, para(words.on, { spacing: 'None' }), ...(whole ? fares : [])];
};
