import type { Claim } from '../../domain/claims/claim-store.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import type { NoticeKind } from '../../domain/notices/notice.ts';
import {
  alarm,
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  dotted,
  facts,
  heading,
  line,
  para,
  type Reader,
  subtle,
} from '../card.ts';
import { deadline, textFor } from '../format.ts';

export type NoticeView = {
  readonly kind: NoticeKind;
  readonly claim: Claim;
  readonly engagement: Engagement;
  /** Why the customer declined, where they said. */
  readonly reason: string | null;
};

/** One fact, the claim it is about, and the way to it. For a personal chat: it may name the customer. */
export const noticeCard = (reader: Reader, { kind, claim, engagement, reason }: NoticeView): Card => {
  const text = textFor(reader.language);
  const words = text.notices[kind];
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  const again = (kind === 'consentMailRefused' || kind === 'consentMailStuck') && claim.status === 'AWAITING_CONSENT';
  return card(reader, `${words.title}: ${text.claim.heading(claim.number)}`, [
    heading(words.title),
    line(dotted(bold(text.claim.heading(claim.number)), claim.name), { spacing: 'None' }),
    box([para(words.body)], kind === 'consentAccepted' ? 'good' : 'attention'),
    ...facts([
      reason === null ? null : [text.claim.labels.reason, reason],
      [text.claim.labels.customer, claim.contacts.customer.company],
      [text.claim.labels.engagement, engagement.name[reader.language]],
      due === null ? null : [text.claim.labels.deadline, dotted(alarm(due.words, due.urgent), subtle(due.date))],
    ]),
    buttons([
      ...(again ? [button('consent.start', { claim: claim.number }, text.claim.resend, { style: 'positive' })] : []),
      button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number)),
    ]),
  ]);
};

/** The line of the feed and the toast. */
export const noticeSummary = (reader: Pick<Reader, 'language'>, { kind, claim }: NoticeView): string =>
  `${textFor(reader.language).notices[kind].title}: ${textFor(reader.language).claim.heading(claim.number)}`;
