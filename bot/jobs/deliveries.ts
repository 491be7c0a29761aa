import { consentMail } from '../../cards/consent/mail.ts';
import { noticeCard, noticeSummary } from '../../cards/notices/notice.ts';
import { noteMailed, noteMailFailed, prepareConsentMail } from '../../domain/consent/mail-consent.ts';
import type { Ports } from '../../domain/ports.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ChatDirectory } from '../teams/conversations.ts';
import type { Poster } from '../teams/poster.ts';
import { readerOf } from '../teams/reader.ts';
import type { JobResult } from './dispatcher.ts';

/** Sends the mail of a consent request. A mail that may have gone is sent again: both links then work. */
export const mailDelivery = (ports: Ports, mailer: Mailer, publicUrl: () => string) => ({
  deliver: async (requestId: string): Promise<JobResult> => {
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
    await (outcome === 'sent' ? noteMailed(ports, requestId) : noteMailFailed(ports, requestId));
    return 'done';
  },
  giveUp: (requestId: string) => noteMailFailed(ports, requestId),
});

/** Tells one person one fact, in their personal chat. */
export const noticeDelivery = (ports: Ports, poster: Poster, chats: ChatDirectory) => ({
  deliver: async (noticeId: string): Promise<JobResult> => {
    const settle = (state: 'delivered' | 'ambiguous' | 'undeliverable', activityId: string | null) =>
      ports.inTx((tx) => tx.notices.settle(noticeId, state, activityId, ports.clock.now()));
    const notice = await ports.reads.notices.findNotice(noticeId);
    if (notice?.state !== 'pending') return 'done';
    const [person, claim, chat, request] = await Promise.all([
      ports.reads.people.findActorById(notice.personId),
      ports.reads.claims.find(notice.claimNumber),
      chats.personalChat(notice.personId),
      ports.reads.consent.findNewest(notice.claimNumber),
    ]);
    const engagement = claim && (await ports.reads.engagements.findVersion(claim.engagementVersionId));
    if (!person || !claim || !engagement || chat === null) {
      await settle('undeliverable', null);
      return 'done';
    }
    const view = {
      kind: notice.kind,
      claim,
      engagement,
      reason: notice.kind === 'consentDeclined' ? (request?.reason ?? null) : null,
    };
    const reader = readerOf(person, ports.clock.now(), null);
    const posted = await poster.post(chat, noticeCard(reader, view), noticeSummary(reader, view));
    switch (posted.kind) {
      case 'posted':
        await settle('delivered', posted.activityId);
        return 'done';
      case 'refused':
        await chats.park(chat.id);
        await settle('undeliverable', null);
        return 'done';
      case 'ambiguous':
        // R32: it may stand there already, so it is not said again; the claim card says the same when opened.
        await settle('ambiguous', null);
        return 'done';
      case 'throttled':
        return 'again';
    }
  },
  giveUp: (noticeId: string) =>
    ports.inTx((tx) => tx.notices.settle(noticeId, 'undeliverable', null, ports.clock.now())),
});
