import type { Claim } from '../../domain/claims/claim-store.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import type { NoticeKind } from '../../domain/notices/notice.ts';
import { alarm, box, button, buttons, type Card, card, facts, heading, line, para, type Reader } from '../card.ts';
import { statusRun } from '../claims/claim.ts';
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
  return card(reader, `${words.title}: ${text.claim.heading(claim.number)}`, [
    heading(words.title),
    line([
      { text: text.claim.heading(claim.number), bold: true },
      ` · ${claim.name} · `,
      { text: claim.contacts.customer.company, subtle: true },
    ]),
    box([para(words.body)], kind === 'consentAccepted' ? 'good' : 'attention'),
    ...facts([
      reason === null ? null : [text.claim.labels.reason, reason],
      [text.claim.labels.engagement, engagement.name[reader.language]],
      [text.claim.labels.status, statusRun(claim, reader)],
      due === null ? null : [text.claim.labels.deadline, [alarm(due.words, due.urgent), ` · ${due.date}`]],
    ]),
    buttons([button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number))]),
  ]);
};

/** The line of the feed and the toast. */
export const noticeSummary = (reader: Pick<Reader, 'language'>, { kind, claim }: NoticeView): string =>
  `${textFor(reader.language).notices[kind].title}: ${textFor(reader.language).claim.heading(claim.number)}`;
