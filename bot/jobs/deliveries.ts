import { consentMail } from '../../cards/consent/mail.ts';
import { noticeCard, noticeSummary } from '../../cards/notices/notice.ts';
import { mayManage } from '../../domain/claims/show-claim.ts';
import { noteMailed, noteMailFailed, prepareConsentMail } from '../../domain/consent/mail-consent.ts';
import type { NoticeState } from '../../domain/notices/notice.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ChatDirectory } from '../teams/conversations.ts';
import type { Poster } from '../teams/poster.ts';
import { readerOf } from '../teams/reader.ts';
import type { Delivery, JobResult } from './dispatcher.ts';

/** Sends the mail of a consent request. A mail that may have gone is sent again: both links then work. */
export const mailDelivery = (ports: Ports, mailer: Mailer, publicUrl: () => string): Delivery => ({
  // Greylisting and a mail server that is being moved last hours, not minutes.
  pause: 60,
  tries: 12,
  deliver: async (requestId) => {
    const mail = await prepareConsentMail(ports, requestId);
    if (mail === null) return 'done';
    const { request, claim } = mail;
    const words = await consentMail(mail, `${publicUrl()}/consent/${mail.token}`, request.language);
    const outcome = await mailer.send({
      to: { name: request.toName, address: request.toEmail },
      replyTo: { name: claim.contacts.partner.name, address: claim.contacts.partner.email },
      ...words,
    });
    if (outcome === 'unsure') return 'again';
    await (outcome === 'sent' ? noteMailed(ports, requestId) : noteMailFailed(ports, requestId, 'consentMailRefused'));
    return 'done';
  },
  giveUp: (requestId) => noteMailFailed(ports, requestId, 'consentMailStuck'),
});

/** What a notice says, and where; null: there is nobody (any more) to tell. `chat` is null while there is no way to them. */
const preparePost = async (ports: Ports, chats: ChatDirectory, noticeId: string) => {
  const notice = await ports.reads.notices.findNotice(noticeId);
  if (notice === null) return null;
  const [person, claim, chat, request] = await Promise.all([
    ports.reads.people.findActorById(notice.personId),
    ports.reads.claims.find(notice.claimNumber),
    chats.personalChat(notice.personId),
    ports.reads.consent.findNewest(notice.claimNumber),
  ]);
  const engagement = claim && (await ports.reads.engagements.findVersion(claim.engagementVersionId));
  // Who lost the role since is not told of customers any more.
  if (!person || !claim || !engagement || !mayManage(person, claim)) return null;
  const view = { kind: notice.kind, claim, engagement, request };
  const reader = readerOf(person, { now: ports.clock.now(), chatId: null, typeahead: false, mark: '0' });
  return { personId: person.personId, chat, card: noticeCard(reader, view), summary: noticeSummary(reader, view) };
};

/**
 * Tells one person one fact, in their personal chat. The notice is marked as being sent as the last thing before the
 * post leaves: who finds that mark later, after a crash or a lost answer, knows that it may stand in the chat, and does
 * not say it twice.
 */
export const noticeDelivery = (ports: Ports, poster: Poster, chats: ChatDirectory): Delivery => {
  const move = (id: string, from: readonly NoticeState[], state: NoticeState, activityId: string | null = null) =>
    ports.inTx((tx) => tx.notices.move(id, from, { state, activityId }, ports.clock.now()));
  /** Nowhere to say it. Whoever spoke again in the meantime has looked for waiting notices before this one was. */
  const wait = async (id: string, personId: string): Promise<JobResult> => {
    await move(id, ['pending', 'sending'], 'waiting');
    if ((await chats.personalChat(personId)) === null) return 'done';
    return (await move(id, ['waiting'], 'pending')) ? 'again' : 'done';
  };
  return {
    pause: 30,
    tries: 12,
    deliver: async (id) => {
      const post = await preparePost(ports, chats, id);
      if (post === null) {
        await move(id, ['pending', 'sending'], 'undeliverable');
        return 'done';
      }
      // A post that was under way when its process died may stand there: it is neither said again nor kept waiting.
      if (await move(id, ['sending'], 'ambiguous')) return 'done';
      if (post.chat === null) return wait(id, post.personId);
      const since = ports.clock.now();
      if (!(await move(id, ['pending'], 'sending'))) return 'done';
      const posted = await poster.post(post.chat, post.card, post.summary);
      const settle = (state: NoticeState, activityId: string | null = null) =>
        move(id, ['sending', 'ambiguous'], state, activityId);
      switch (posted.kind) {
        case 'posted':
          await settle('delivered', posted.activityId);
          return 'done';
        case 'gone':
          await chats.park(post.chat.id, since);
          return wait(id, post.personId);
        case 'refused':
          await settle('undeliverable');
          return 'done';
        case 'ambiguous':
          // R32: it may stand there already, so it is not said again; the claim card says the same when opened.
          await settle('ambiguous');
          return 'done';
        case 'notSent':
          await settle('pending');
          return 'again';
      }
    },
    giveUp: async (id) => {
      await move(id, ['sending'], 'ambiguous');
      await move(id, ['pending'], 'waiting');
    },
  };
};
