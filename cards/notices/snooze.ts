import type { ClaimView } from '../../domain/claims/show-claim.ts';
import { SNOOZES, type SnoozeFor } from '../../domain/notices/snooze.ts';
import { button, buttons, type Card, card, heading, para, type Reader } from '../card.ts';
import { aboutClaim } from '../claims/about.ts';
import { textFor } from '../format.ts';

/** For how long? `shared`: for everybody in the channel. `digest`: the list that it was asked on, to come back to. */
export const snoozeCard = (
  reader: Reader,
  view: Pick<ClaimView, 'claim' | 'engagement'>,
  shared: boolean,
  command: string,
  digest?: string,
): Card => {
  const words = textFor(reader.language).snooze;
  const { number: claim } = view.claim;
  const from = digest === undefined ? {} : { digest };
  return card(reader, words.title(claim), [
    heading(words.title(claim)),
    ...aboutClaim(reader, view),
    para(shared ? words.bodyChannel : words.body),
    buttons([
      ...(Object.keys(SNOOZES) as SnoozeFor[]).map((choice) =>
        button('snooze.save', { claim, command, choice, ...from }, words.choices[choice]),
      ),
      digest === undefined
        ? button('claim.show', { claim }, words.open)
        : button('digest.show', { digest, page: 1 }, words.back),
    ]),
  ]);
};
