import { type ClaimView, HISTORY_ON_PAGE } from '../../domain/claims/show-claim.ts';
import { pageAt } from '../../domain/paging.ts';
import { bold, button, buttons, type Card, card, heading, line, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';
import { pageButtons } from '../page-buttons.ts';
import { historyLine } from './story.ts';

/** Every step of a claim (R33), a page at a time, newest first. Reached from the claim, or from its review. */
export const historyCard = (
  reader: Reader,
  view: Pick<ClaimView, 'claim' | 'history' | 'checklist'>,
  wanted: number,
  of: 'claim' | 'review',
): Card => {
  const { claim: words, common, review } = textFor(reader.language);
  const { number } = view.claim;
  const { page, pages, skip } = pageAt(view.history.length, HISTORY_ON_PAGE, wanted);
  const shown = view.history.toReversed().slice(skip, skip + HISTORY_ON_PAGE);
  const verb = `${of}.history` as const;
  return card(reader, words.historyOf(number), [
    heading(words.historyOf(number)),
    line(bold(view.claim.name), { spacing: 'None' }),
    ...(pages > 1 ? [para(common.page(page, pages), { subtle: true, spacing: 'None' })] : []),
    ...shown.flatMap((entry) => historyLine(reader, entry, view)),
    buttons([
      ...pageButtons(reader, { page, pages }, (to, title) => button(verb, { claim: number, page: to }, title)),
      of === 'claim'
        ? button('claim.show', { claim: number }, common.openClaim(number))
        : button('review.show', { claim: number }, review.title(number)),
    ]),
  ]);
};
