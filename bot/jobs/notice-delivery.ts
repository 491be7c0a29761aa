import { tellClosed } from '../../domain/channels/close-channel.ts';
import { type KeptNotice, type NoticeState, REVIEW_REPLIES } from '../../domain/notices/notice.ts';
import { holderAt } from '../../domain/notices/shown-in.ts';
import { isToBeDecided, tellNowhere } from '../../domain/notices/tell-nowhere.ts';
import type { Ports } from '../../domain/ports.ts';
import { reviewKey } from '../../domain/review/submit-claim.ts';
import type { ChatDirectory, Conversation } from '../teams/conversations.ts';
import type { Poster } from '../teams/poster.ts';
import { readerOf } from '../teams/reader.ts';
import type { Delivery, JobResult } from './dispatcher.ts';
import { type Said, saidInChannel, saidToChannel, saidToPerson } from './notice-cards.ts';

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
    if ('channelId' in audience) return chats.channel(audience.channelId);
    const channel = await reads.channels.findFor(audience.duty, audience.organisationId);
    return channel === null ? null : chats.channel(channel.conversationId);
  };

  const saidBy = async (notice: KeptNotice): Promise<Said | null> => {
    const { audience } = notice;
    if ('personId' in audience) {
      const person = await reads.people.findActorById(audience.personId);
      return person && saidToPerson(ports, readerOf(person, moment()), person, notice);
    }
    if ('channelId' in audience) return saidToChannel(ports, moment(), audience, notice);
    const { duty, organisationId } = audience;
    const channel =
      notice.place === null
        ? await reads.channels.findFor(duty, organisationId)
        : await holderAt(ports, notice, notice.place.conversationId);
    return channel && saidInChannel(ports, readerOf(channel, moment()), notice, teams);
  };

  const isReply = ({ kind }: KeptNotice): boolean => (REVIEW_REPLIES as readonly string[]).includes(kind);

  /** Nowhere to say it. Whoever spoke again in the meantime has looked for waiting notices before this one was. */
  const wait = async (notice: KeptNotice, from: readonly NoticeState[]): Promise<JobResult> => {
    await move(notice.id, from, { state: 'waiting' });
    if ((await chatFor(notice)) === null) return 'done';
    return (await move(notice.id, ['waiting'], { state: 'pending' })) ? 'again' : 'done';
  };

  /**
   * A reply stands below the card of its claim. Where that card is not (any more) in this channel it is posted anew, as
   * it is now, and says what the reply would have.
   */
  const thread = async (notice: KeptNotice, chat: Conversation): Promise<Conversation | null> => {
    if (!isReply(notice)) return chat;
    const key = reviewKey(notice.claimNumber ?? 0);
    const above = await reads.notices.findByKey(key);
    if (above?.place?.conversationId === chat.id)
      return { ...chat, id: `${chat.id};messageid=${above.place.activityId}` };
    if (above !== null && !['pending', 'sending'].includes(above.state)) {
      await inTx((tx) => tx.notices.sayAgain(key));
    }
    return null;
  };

  const post = async (notice: KeptNotice, { chat, said }: Place): Promise<JobResult> => {
    const { id, revision } = notice;
    // A post that was under way when its process died may stand there: it is neither said again nor kept waiting.
    if (await move(id, ['sending'], { state: 'ambiguous' })) return 'done';
    // The card of the claim is posted as soon as a channel takes it, and says what the reply would have.
    if (chat === null && !isReply(notice)) return wait(notice, ['pending']);
    const at = chat && said && (await thread(notice, chat));
    if (!at || !chat || !said) {
      // Nothing is left to be said, or it stands on the card above already.
      await move(id, ['pending'], { state: 'dropped' });
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
        if (at.id !== chat.id) {
          // The card above was deleted, or all of the channel is closed to us: posting the card anew tells which.
          await settle('undeliverable');
          await inTx((tx) => tx.notices.sayAgain(reviewKey(notice.claimNumber ?? 0)));
          return 'done';
        }
        await chats.park(chat.id, since, 'refused');
        if (chat.type === 'channel') await tellClosed(ports, chat.id, 'refused');
        await tellNowhere(ports, notice);
        return wait(notice, ['sending', 'ambiguous']);
      case 'refused':
        await settle('undeliverable');
        await tellNowhere(ports, notice);
        return 'done';
      case 'ambiguous':
        // R32: it may stand there already, so it is not said again; the claim card says the same when opened. A review
        // is posted anew when the reviewers are reminded; whoever decides on access hears in person.
        await settle('ambiguous');
        if (notice.kind === 'accessRequest') await tellNowhere(ports, notice);
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
    const settle = (shown: number) => move(id, ['editing'], { state: 'delivered', shown });
    // Where the channel was given up, what stands there stays as it is until it is set up, or speaks to us, again.
    if (chat === null || said === null) {
      await settle(notice.shown);
      return 'done';
    }
    const edited = await poster.edit(chat, place.activityId, said.card, said.summary);
    switch (edited.kind) {
      case 'posted':
        await settle(revision);
        return edit(await reads.notices.findNotice(id));
      case 'gone': {
        // Somebody deleted the message, or the bot is out. What is still to be decided is posted anew, or waits.
        const anew = await isToBeDecided(ports, notice);
        await move(id, ['editing'], { state: anew ? 'pending' : 'undeliverable', place: null, shown: revision });
        return anew ? deliver(id) : 'done';
      }
      case 'refused':
        await settle(revision);
        return 'done';
      case 'ambiguous':
      case 'notSent':
        await settle(notice.shown);
        return 'again';
    }
  };

  const deliver = async (id: string): Promise<JobResult> => {
    const notice = await reads.notices.findNotice(id);
    if (notice === null) return 'done';
    if (notice.place !== null) return edit(notice);
    const [chat, said] = await Promise.all([chatFor(notice), saidBy(notice)]);
    return post(notice, { chat, said });
  };

  return {
    pause: 30,
    tries: 12,
    deliver,
    giveUp: async (id) => {
      await move(id, ['sending'], { state: 'ambiguous' });
      if (!(await move(id, ['pending'], { state: 'waiting' }))) return;
      const notice = await reads.notices.findNotice(id);
      if (notice !== null) await tellNowhere(ports, notice);
    },
  };
};
