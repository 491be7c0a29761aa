import { consentMail } from '../../cards/consent/mail.ts';
import { noteMailed, noteMailFailed, prepareConsentMail } from '../../domain/consent/mail-consent.ts';
import { type KeptNotice, type NoticeState, REVIEW_REPLIES } from '../../domain/notices/notice.ts';
import type { Ports } from '../../domain/ports.ts';
import { reviewKey } from '../../domain/review/submit-claim.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ChatDirectory, Conversation } from '../teams/conversations.ts';
import type { Poster } from '../teams/poster.ts';
import { readerOf } from '../teams/reader.ts';
import type { Delivery, JobResult } from './dispatcher.ts';
import { type Said, saidInChannel, saidToPerson } from './notice-cards.ts';

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

/** Where a notice is said, and for whom; null: nowhere now. */
type Place = { readonly chat: Conversation | null; readonly said: Said | null };

/**
 * Says one notice, in a person's chat or in the channel that has the duty. It is marked as being sent as the last thing
 * before the post leaves: who finds that mark later, after a crash or a lost answer, knows that it may stand there, and
 * does not say it twice. What changes later is put into the message that stands.
 */
export const noticeDelivery = (ports: Ports, poster: Poster, chats: ChatDirectory, teams: boolean): Delivery => {
  const { reads, clock, inTx } = ports;
  const move = (
    id: string,
    from: readonly NoticeState[],
    to: { readonly state: NoticeState; readonly place?: KeptNotice['place']; readonly shown?: number },
  ) => inTx((tx) => tx.notices.move(id, from, to, clock.now()));
  const moment = () => ({ now: clock.now(), chatId: null, typeahead: false, mark: '0' });

  const chatFor = async ({ audience }: KeptNotice): Promise<Conversation | null> => {
    if ('personId' in audience) return chats.personalChat(audience.personId);
    const channel = await reads.channels.findFor(audience.duty, audience.organisationId);
    return channel === null ? null : chats.channel(channel.conversationId);
  };

  const saidBy = async (notice: KeptNotice): Promise<Said | null> => {
    const { audience } = notice;
    if ('personId' in audience) {
      const person = await reads.people.findActorById(audience.personId);
      return person && saidToPerson(ports, readerOf(person, moment()), person, notice);
    }
    const channel = await reads.channels.findFor(audience.duty, audience.organisationId);
    const speaks = channel ?? { language: 'en' as const, timeZone: null };
    return saidInChannel(ports, readerOf(speaks, moment()), notice, teams);
  };

  /** Nowhere to say it. Whoever spoke again in the meantime has looked for waiting notices before this one was. */
  const wait = async (notice: KeptNotice): Promise<JobResult> => {
    await move(notice.id, ['pending', 'sending'], { state: 'waiting' });
    if ((await chatFor(notice)) === null) return 'done';
    return (await move(notice.id, ['waiting'], { state: 'pending' })) ? 'again' : 'done';
  };

  /**
   * A reply stands below the card of its claim. Where that card is not (any more) in this channel it is posted anew, as
   * it is now, and says what the reply would have.
   */
  const thread = async (notice: KeptNotice, chat: Conversation): Promise<Conversation | null> => {
    if (!(REVIEW_REPLIES as readonly string[]).includes(notice.kind)) return chat;
    const key = reviewKey(notice.claimNumber ?? 0);
    const above = await reads.notices.findByKey(key);
    if (above?.place?.conversationId === chat.id)
      return { ...chat, id: `${chat.id};messageid=${above.place.activityId}` };
    if (above !== null && !['pending', 'sending', 'waiting'].includes(above.state)) {
      await inTx((tx) => tx.notices.sayAgain(key));
    }
    return null;
  };

  const post = async (notice: KeptNotice, { chat, said }: Place): Promise<JobResult> => {
    const { id, revision } = notice;
    if (said === null) {
      await move(id, ['pending', 'sending'], { state: 'undeliverable' });
      return 'done';
    }
    // A post that was under way when its process died may stand there: it is neither said again nor kept waiting.
    if (await move(id, ['sending'], { state: 'ambiguous' })) return 'done';
    if (chat === null) return wait(notice);
    const at = await thread(notice, chat);
    if (at === null) {
      await move(id, ['pending'], { state: 'undeliverable' });
      return 'done';
    }
    const since = clock.now();
    if (!(await move(id, ['pending'], { state: 'sending' }))) return 'done';
    const posted = await poster.post(at, said.card, said.summary);
    const settle = (state: NoticeState, place: KeptNotice['place'] = null) =>
      move(id, ['sending', 'ambiguous'], { state, place, shown: revision });
    switch (posted.kind) {
      case 'posted': {
        const { activityId } = posted;
        await settle('delivered', activityId === null ? null : { conversationId: chat.id, activityId });
        // What changed while it was on its way.
        return edit(await reads.notices.findNotice(id));
      }
      case 'gone':
        await chats.park(chat.id, since);
        return wait(notice);
      case 'refused':
        await settle('undeliverable');
        return 'done';
      case 'ambiguous':
        // R32: it may stand there already, so it is not said again; the claim card says the same when opened. A card to
        // decide on is posted anew when the reviewers are reminded.
        await settle('ambiguous');
        return 'done';
      case 'notSent':
        await settle('pending');
        return 'again';
    }
  };

  /** Brings the message that stands up to date. Editing again changes nothing, so a lost answer is simply tried again. */
  const edit = async (notice: KeptNotice | null): Promise<JobResult> => {
    if (notice === null || notice.place === null || notice.shown >= notice.revision) return 'done';
    const { id, place, revision } = notice;
    if (!(await inTx((tx) => tx.notices.beginEdit(id, clock.now())))) return 'again';
    const [chat, said] = await Promise.all([chats.channel(place.conversationId), saidBy(notice)]);
    const settle = (shown: number, state: NoticeState = 'delivered') => move(id, ['editing'], { state, shown });
    if (chat === null || said === null) {
      await settle(notice.shown);
      return 'done';
    }
    const edited = await poster.edit(chat, place.activityId, said.card, said.summary);
    switch (edited.kind) {
      case 'posted':
        await settle(revision);
        return edit(await reads.notices.findNotice(id));
      case 'gone':
        // Somebody deleted the message, or the bot is out: what comes next posts a new one.
        await move(id, ['editing'], { state: 'undeliverable', place: null, shown: revision });
        return 'done';
      case 'refused':
        await settle(revision);
        return 'done';
      case 'ambiguous':
      case 'notSent':
        await settle(notice.shown);
        return 'again';
    }
  };

  return {
    pause: 30,
    tries: 12,
    deliver: async (id) => {
      const notice = await reads.notices.findNotice(id);
      if (notice === null) return 'done';
      if (notice.place !== null) return edit(notice);
      const [chat, said] = await Promise.all([chatFor(notice), saidBy(notice)]);
      return post(notice, { chat, said });
    },
    giveUp: async (id) => {
      await move(id, ['sending'], { state: 'ambiguous' });
      await move(id, ['pending'], { state: 'waiting' });
    },
  };
};
