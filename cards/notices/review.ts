import { REVIEW_REPLIES, type ReviewerNotice, type ReviewReply } from '../../domain/notices/notice.ts';
import type { ReviewView } from '../../domain/review/show-review.ts';
import { silentDays } from '../../domain/review/silence.ts';
import {
  bold,
  button,
  buttons,
  type Card,
  card,
  dotted,
  heading,
  line,
  lines,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { statusRun } from '../claims/standing.ts';
import { textFor } from '../format.ts';

/** What the reviewers hear of a claim besides its card: a reply below it, or a word in person (R25). */
export const reviewNoticeCard = (reader: Reader, kind: ReviewReply | ReviewerNotice, view: ReviewView): Card => {
  const { review: words, claim: claimText } = textFor(reader.language);
  const { title, body } = words.notices[kind];
  const { claim, engagement, history } = view;
  const remark = kind === 'reviewAgain' || kind === 'reviewDisputed' ? history.at(-1)?.remark : null;
  // A reply stands below its card and stays as it is: what the card says, and what changes, is left to the card.
  const below = REVIEW_REPLIES.some((reply) => reply === kind);
  return card(reader, `${title}: ${claimText.heading(claim.number)}`, [
    heading(title),
    line(dotted(bold(claimText.heading(claim.number)), claim.name), { spacing: 'None' }),
    ...(below
      ? kind === 'reviewWaiting'
        ? [line(words.waits(silentDays(claim.statusAt, reader.now)), { spacing: 'None' })]
        : []
      : [
          line(dotted(claim.organisationName, subtle(engagement.name[reader.language])), { spacing: 'None' }),
          line(dotted(statusRun(claim, reader), words.waits(silentDays(claim.statusAt, reader.now))), {
            spacing: 'None',
          }),
        ]),
    para(body),
    ...(remark == null ? [] : lines(`“${remark}”`)),
    buttons([button('review.show', { claim: claim.number }, words.begin)]),
  ]);
};
