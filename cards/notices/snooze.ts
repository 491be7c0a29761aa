import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { SNOOZES, type SnoozeFor } from '../../domain/notices/snooze.ts';
import { button, buttons, type Card, card, heading, para, type Reader } from '../card.ts';
import { aboutClaim } from '../claims/about.ts';
import { textFor } from '../format.ts';

/** For how long? `shared`: for everybody in the channel. */
export const snoozeCard = (
  reader: Reader,
  view: Pick<ClaimView, 'claim' | 'engagement'>,
  shared: boolean,
  command: string,
): Card => {
  const words = textFor(reader.language).snooze;
  const { number: claim } = view.claim;
  return card(reader, words.title(claim), [
    heading(words.title(claim)),
    ...aboutClaim(reader, view),
    para(shared ? words.bodyChannel : words.body),
    buttons([
      ...(Object.keys(SNOOZES) as SnoozeFor[]).map((choice) =>
        button('snooze.save', { claim, command, choice }, words.choices[choice]),
      ),
      button('claim.show', { claim }, words.open),
    ]),
  ]);
};
