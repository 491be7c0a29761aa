import type { Links } from '../../cards/links.ts';
import { asRepeat } from '../../cards/notices/repeat.ts';
import { tellClosed } from '../../domain/channels/close-channel.ts';
import { keyAbove, routeOf } from '../../domain/notices/channel-cards.ts';
import { isListener, type KeptNotice, movedIn, type NoticeState } from '../../domain/notices/notice.ts';
import { holderAt } from '../../domain/notices/shown-in.ts';
import { isToBeDecided, tellNowhere } from '../../domain/notices/tell-nowhere.ts';
import { repeatAt, WHEN_UNSURE } from '../../domain/notices/unsure.ts';
import type { Ports, Tx } from '../../domain/ports.ts';
import { type Log, loggable } from '../log.ts';
import type { ChatDirectory, Conversation } from '../teams/conversations.ts';
import type { Poster, PostOutcome } from '../teams/poster.ts';
import { readerOf } from '../teams/reader.ts';
import type { Turn, Turns } from '../teams/turns.ts';
import type { Delivery, JobResult } from './dispatcher.ts';
import { type Said, saidInChannel, saidToChannel, saidToPerson } from './notice-cards.ts';

/** What every try failed to say in a chat that is open. */
const ANEW_AFTER_MS = 60 * 60_000;

export type NoticeParts = {
  readonly ports: Ports;
  readonly poster: Poster;
  readonly turns: Turns;
  readonly chats: ChatDirectory;
  readonly links: () => Links;
  /** Whether the client is Teams, which makes a card anew for a person. */
  readonly teams: boolean;
  readonly log: Log;
};

/**
 * Says one notice, in a person's chat or in the channel that has the duty or has subscribed, when it is the
 * conversation's turn. It is marked as being sent as the last thing before the post leaves: who finds that mark later,
 * after a crash or a lost answer, knows that it may stand there. What changes later is put into the message that stands.
 */
export const noticeDelivery = ({ ports, poster, turns, chats, links, teams, log }: NoticeParts): Delivery => {
  const { reads, clock, inTx } = ports;
  const move = (id: string, from: readonly NoticeState[], to: Parameters<Tx['notices']['move']>[2]) =>
    inTx((tx) => tx.notices.move(id, from, to, clock.now()));
  const moment = () => ({ now: clock.now(), chatId: null, typeahead: false, mark: '0', links: links() });

  const chatFor = async (notice: KeptNotice): Promise<Conversation | null> => {
    const { audience } = notice;
    if ('personId' in audience) return chats.personalChat(audience.personId);
    if ('channelId' in audience) return chats.channel(audience.channelId);
    const channel = await reads.channels.findFor(audience.duty, audience.organisationId, routeOf(notice));
    return channel === null ? null : chats.channel(channel.conversationId);
  };

  const saidBy = async (notice: KeptNotice): Promise<Said | null> => {
    const said = await toldBy(notice);
    return said && notice.repeats > 0 ? { ...said, card: asRepeat(said.card) } : said;
  };

  const toldBy = async (notice: KeptNotice): Promise<Said | null> => {
    const { audience } = notice;
    if ('personId' in audience) {
      const person = await reads.people.findActorById(audience.personId);
      return person && saidToPerson(ports, readerOf(person, moment()), person, notice);
    }
    if ('channelId' in audience) return saidToChannel(ports, moment(), audience, notice);
    const { duty, organisationId } = audience;
    const channel =
      notice.place === null
        ? await reads.channels.findFor(duty, organisationId, routeOf(notice))
        : await holderAt(ports, notice, notice.place.conversationId);
    return channel && saidInChannel(ports, readerOf(channel, moment()), notice, teams);
  };

  /** Nowhere to say it. Whoever spoke again in the meantime has looked for waiting notices before this one was. */
  const wait = async (notice: KeptNotice, from: readonly NoticeState[], trouble = {}): Promise<JobResult> => {
    await move(notice.id, from, { state: 'waiting', ...trouble });
    if ((await chatFor(notice)) === null) return 'done';
    return (await move(notice.id, ['waiting'], { state: 'pending' })) ? 'again' : 'done';
  };

  /** R32: it may stand there already. What then happens is decided by its kind. */
  const unsure = async (notice: KeptNotice, from: readonly NoticeState[], trouble: string): Promise<boolean> => {
    const sayAt = await repeatAt(ports, notice);
    if (!(await move(notice.id, from, { state: 'ambiguous', shown: notice.revision, sayAt, trouble }))) return false;
    if (WHEN_UNSURE[notice.kind] === 'inPerson') await tellNowhere(ports, notice);
    return true;
  };
  /** A post that was under way when its process died. */
  const interrupted = (notice: KeptNotice): Promise<boolean> => unsure(notice, ['sending'], 'no answer');

  /** What fails before anything was sent gives the turn back. */
  const holding = async <T>(turn: Turn, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await turn.giveBack();
      throw error;
    }
  };

  /** An answer that comes too late for the turn still holds the conversation, and says where the message stands. */
  const end = async (
    turn: Turn,
    posted: PostOutcome,
    heard?: (late: PostOutcome) => Promise<unknown>,
  ): Promise<void> => {
    if (!('late' in posted) || posted.late === undefined) return turn.answered();
    void posted.late
      .then(heard)
      .catch((error: unknown) => log.error({ error: loggable(error) }, 'a late answer could not be kept'))
      .finally(turn.answered);
  };

  /**
   * A reply stands below the card of its claim. Where that card is not (any more) in this channel it is posted anew, as
   * it is now, and says what the reply would have.
   */
  const thread = async (notice: KeptNotice, chat: Conversation): Promise<Conversation | null> => {
    const key = keyAbove(notice);
    if (key === null) return chat;
    const above = await reads.notices.findByKey(key);
    if (above?.place?.conversationId === chat.id)
      return { ...chat, id: `${chat.id};messageid=${above.place.activityId}` };
    if (above !== null && !['pending', 'sending'].includes(above.state)) {
      await inTx((tx) => tx.notices.sayAgain(key));
    }
    return null;
  };

  /** What a test tells of itself is complete only now (R31). */
  const noteAccepted = ({ id, key }: KeptNotice): Promise<void> =>
    inTx(async (tx) => {
      await tx.notices.note(id, { accepted: clock.now().toISOString() });
      await tx.notices.amend([key]);
    });

  const post = async (notice: KeptNotice, chat: Conversation, turn: Turn): Promise<JobResult> => {
    const { id, revision } = notice;
    const since = clock.now();
    const ready = await holding(turn, async () => {
      const said = await saidBy(notice);
      const at = said && (await thread(notice, chat));
      if (said && at) return (await move(id, ['pending'], { state: 'sending' })) ? { said, at } : null;
      // Nothing is left to be said, or it stands on the card above already.
      await move(id, ['pending'], { state: 'dropped' });
      return null;
    });
    if (ready === null) {
      await turn.giveBack();
      return 'done';
    }
    const { said, at } = ready;
    const posted = await poster.post(at, said.card, said.summary, turn);
    const trouble = posted.kind === 'posted' ? null : posted.trouble;
    const settle = (state: NoticeState, place: KeptNotice['place'] = null) =>
      move(id, ['sending', 'ambiguous'], { state, place, shown: revision, trouble });
    const delivered = (activityId: string | null) =>
      move(id, ['sending', 'ambiguous'], {
        state: 'delivered',
        place: activityId === null ? null : { conversationId: chat.id, activityId },
        shown: revision,
        trouble: null,
      });
    const result = async (): Promise<JobResult> => {
      switch (posted.kind) {
        case 'posted':
          await delivered(posted.activityId);
          if (notice.kind === 'test') await noteAccepted(notice);
          return 'done';
        case 'gone':
          if (at.id !== chat.id) {
            // The card above was deleted, or all of the channel is closed to us: posting the card anew tells which.
            await settle('undeliverable');
            await inTx((tx) => tx.notices.sayAgain(keyAbove(notice) ?? ''));
            return 'done';
          }
          await chats.park(chat.id, since, 'refused');
          if (chat.type === 'channel') await tellClosed(ports, chat.id, 'refused');
          await tellNowhere(ports, notice);
          return wait(notice, ['sending', 'ambiguous'], { trouble });
        case 'refused':
          await settle('undeliverable');
          await tellNowhere(ports, notice);
          return 'done';
        case 'ambiguous':
          await unsure(notice, ['sending', 'ambiguous'], posted.trouble);
          return 'done';
        case 'notSent':
          await settle('pending');
          return 'again';
      }
    };
    try {
      const became = await result();
      if (posted.kind !== 'posted') return became;
    } finally {
      await end(turn, posted, async (late) => late.kind === 'posted' && delivered(late.activityId));
    }
    // What changed while it was on its way.
    return edit(await reads.notices.findNotice(id));
  };

  /** Brings the message that stands up to date. Editing again changes nothing, so a lost answer is simply tried again. */
  const edit = async (known: KeptNotice | null): Promise<JobResult> => {
    if (known === null || known.place === null || known.shown >= known.revision) return 'done';
    const chat = await chats.channel(known.place.conversationId);
    // Where the channel was given up, what stands there stays as it is until it is set up, or speaks to us, again.
    if (chat === null) return 'done';
    const turn = await turns.take(chat, true);
    if ('waitMs' in turn) return turn;
    // It may have been edited, or have gone elsewhere, meanwhile.
    const { id } = known;
    const settle = (shown: number, trouble: string | null) =>
      move(id, ['editing'], { state: 'delivered', shown, trouble });
    const ready = await holding(turn, async () => {
      const notice = await reads.notices.findNotice(id);
      if (notice?.place?.conversationId !== chat.id) return { result: deliver(id) };
      if (!(await inTx((tx) => tx.notices.beginEdit(id, clock.now())))) return { result: 'again' as const };
      const said = await saidBy(notice);
      if (said !== null) return { notice, place: notice.place, said };
      await settle(notice.shown, null);
      return { result: 'done' as const };
    });
    if ('result' in ready) {
      await turn.giveBack();
      return ready.result;
    }
    const { notice, place, said } = ready;
    const { revision } = notice;
    const edited = await poster.edit(chat, place.activityId, said.card, said.summary, turn);
    try {
      switch (edited.kind) {
        case 'posted':
          await settle(revision, null);
          break;
        case 'gone': {
          // Somebody deleted the message, or the bot is out. What is still to be decided is posted anew, or waits.
          const anew = await isToBeDecided(ports, notice);
          // What a listener was told was said, and somebody took it away.
          const state = anew ? 'pending' : isListener(notice.audience) ? 'dropped' : 'undeliverable';
          await move(id, ['editing'], { state, place: null, shown: revision, trouble: edited.trouble });
          if (!anew) return 'done';
          break;
        }
        case 'refused':
          await settle(revision, edited.trouble);
          return 'done';
        case 'ambiguous':
        case 'notSent':
          await settle(notice.shown, edited.trouble);
          return 'again';
      }
    } finally {
      await end(turn, edited);
    }
    return deliver(id);
  };

  const deliver = async (id: string): Promise<JobResult> => {
    const moved = movedIn(id);
    if (moved !== null) {
      await inTx((tx) => tx.notices.amendDigests(moved, clock.now()));
      return 'done';
    }
    const known = await reads.notices.findNotice(id);
    if (known === null) return 'done';
    if (known.place !== null) return edit(known);
    if (known.state !== 'pending' && known.state !== 'sending') return 'done';
    const chat = await chatFor(known);
    if (chat === null) {
      if (await interrupted(known)) return 'done';
      // The card of the claim is posted as soon as a channel takes it, and says what the reply would have.
      if (keyAbove(known) === null) return wait(known, ['pending']);
      await move(id, ['pending'], { state: 'dropped' });
      return 'done';
    }
    const turn = await turns.take(chat, false);
    if ('waitMs' in turn) return turn;
    // Whoever had the turn before may have said it, or died over it.
    const notice = await holding(turn, async () => {
      const now = await reads.notices.findNotice(id);
      return now === null || (await interrupted(now)) ? null : now;
    });
    if (notice !== null && notice.place === null) return post(notice, chat, turn);
    await turn.giveBack();
    return edit(notice);
  };

  return {
    pause: 30,
    tries: 12,
    atOnce: 16,
    deliver,
    giveUp: async (id) => {
      // The next list tells all.
      if (movedIn(id) !== null) return;
      const notice = await reads.notices.findNotice(id);
      if (notice === null || (await interrupted(notice))) return;
      // Where the chat is open it is tried anew in a while; where it is not, when it is.
      const sayAt = (await chatFor(notice)) === null ? null : new Date(clock.now().getTime() + ANEW_AFTER_MS);
      if (await move(id, ['pending'], { state: 'waiting', sayAt })) await tellNowhere(ports, notice);
    },
  };
};
