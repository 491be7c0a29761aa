import type { Duty } from '../channels/channel.ts';

/** What the people of a partner hear of a claim of theirs (R30). */
export const CLAIM_NOTICES = [
  'consentAccepted',
  'consentDeclined',
  'consentExpired',
  'consentMailRefused',
  'consentMailStuck',
  'submissionExpired',
  'reviewApproved',
  'reviewActionRequired',
  'reviewRejected',
  'reviewRejectedFinally',
  'reviewExpired',
  'disputeExpired',
  'coSellUpgraded',
  'coSellTaken',
  'coSellDeclined',
  'coSellExpired',
] as const;
export type ClaimNotice = (typeof CLAIM_NOTICES)[number];

/** Of which clock the partner is warned while it runs (R30). */
export const REMINDERS = [
  'consentNotSent',
  'consentDue',
  'submissionDue',
  'submissionComplete',
  'actionDue',
  'disputeDue',
] as const;
export type Reminder = (typeof REMINDERS)[number];

/** Whatever is said of a claim to its partner: at once, or as a line of a digest. */
export type ClaimFact = ClaimNotice | Reminder;
export const isReminder = (kind: NoticeKind): kind is Reminder => REMINDERS.some((one) => one === kind);
export const isClaimFact = (kind: NoticeKind): kind is ClaimFact =>
  isReminder(kind) || CLAIM_NOTICES.some((one) => one === kind);

/** What reviewers hear in person of a claim that waits for them (R25). */
export const REVIEWER_NOTICES = ['reviewOverdue', 'reviewNoChannel'] as const;
export type ReviewerNotice = (typeof REVIEWER_NOTICES)[number];

/** What the channel with the duty hears: one card that is kept up to date, and replies below it. */
export const REVIEW_REPLIES = ['reviewAgain', 'reviewDisputed', 'reviewWaiting'] as const;
export type ReviewReply = (typeof REVIEW_REPLIES)[number];

/** The same for the sellers' card. */
export const SELLER_REPLIES = ['coSellDue'] as const;
export type SellerReply = (typeof SELLER_REPLIES)[number];

/** What a person hears of their own roles. */
export const ROLE_NOTICES = ['accessGranted', 'accessRefused', 'roleRemoved', 'standInNamed'] as const;
export type RoleNotice = (typeof ROLE_NOTICES)[number];

/**
 * `coSell` is the card on which sellers answer, `coSellNoChannel` for program admins where no channel takes it;
 * `accessNoChannel` is for those who may decide a request, in person, where no channel has the duty; `channelClosed` for
 * those who set a channel up that takes nothing any more; `digest` says several facts of one slot; `test` none.
 */
export type NoticeKind =
  | ClaimFact
  | ReviewerNotice
  | ReviewReply
  | RoleNotice
  | 'review'
  | 'coSell'
  | SellerReply
  | 'coSellNoChannel'
  | 'accessRequest'
  | 'accessNoChannel'
  | 'channelClosed'
  | 'digest'
  | 'test';

/** Who hears of claims: a person in their own chat, or a channel that has subscribed. */
export type Listener = { readonly personId: string } | { readonly channelId: string };

/** Or the channel that has a duty for an organisation (null: the one that has it for every organisation, and no other). */
export type Audience = Listener | { readonly duty: Duty; readonly organisationId: string | null };

/** Whom something waits for: a listener, or a channel with a duty for every organisation ('*') or one. */
export type AwaitedBy = Listener | { readonly duty: Duty; readonly scope: string };

export const isListener = (audience: Audience): audience is Listener => !('duty' in audience);

/** How a listener stands in keys and rows. */
export const listenerId = (listener: Listener): string =>
  'personId' in listener ? `person:${listener.personId}` : `channel:${listener.channelId}`;

/** One fact somebody must hear (R30). The key makes saying it twice impossible. */
export type Notice = {
  readonly id: string;
  readonly key: string;
  readonly kind: NoticeKind;
  readonly audience: Audience;
  readonly claimNumber: number | null;
  readonly accessRequestId: string | null;
  /** What it tells besides: roles, days. Never a customer's details. */
  readonly facts: Readonly<Record<string, string>>;
  readonly createdAt: Date;
};

/**
 * `planned`: not before `sayAt`. `gathered`: a digest says it. `sending` is marked before a post leaves; whoever finds it
 * later cannot know whether it arrived: `ambiguous`. `waiting`: it could not be said, for want of a chat or after every
 * try, and waits until there is one again. `editing`: the message that stands is being brought up to date. `dropped`: when
 * its turn came there was nothing to say any more.
 */
export type NoticeState =
  | 'planned'
  | 'gathered'
  | 'pending'
  | 'sending'
  | 'delivered'
  | 'editing'
  | 'ambiguous'
  | 'waiting'
  | 'undeliverable'
  | 'dropped';

export type KeptNotice = Notice & {
  readonly state: NoticeState;
  /** Where it stands, and as which message; null: nowhere yet. */
  readonly place: { readonly conversationId: string; readonly activityId: string } | null;
  /** Goes up with every change of what it is about; `shown` is the one that its message shows. */
  readonly revision: number;
  readonly shown: number;
  /** How often it was said again because nobody knew whether it had arrived. */
  readonly repeats: number;
  /** What Teams last said against it; null: nothing. */
  readonly trouble: string | null;
  readonly settledAt: Date | null;
};

/** Facts that one listener hears together at `sayAt`. */
export type Bundle = Slot & { readonly items: readonly Notice[] };
type Slot = { readonly listener: Listener; readonly sayAt: Date };
/** What tells the digests of different listeners and times apart. */
export const digestKey = ({ listener, sayAt }: Slot): string => `digest:${listenerId(listener)}:${sayAt.toISOString()}`;

/** A line of a digest: what is said of a claim, and when that was found out. */
export type DigestItem = Pick<Notice, 'kind' | 'facts' | 'createdAt'> & { readonly claimNumber: number };

/** A notice whose time has come. */
export type DueNotice = Pick<KeptNotice, 'id' | 'kind' | 'audience' | 'state'> & { readonly sayAt: Date };

const MOVED = 'moved:';
/** How the queue of notices says that claims moved on: the lists that tell of them are to be brought up to date. */
export const movedJob = (claimNumbers: readonly number[]): string => `${MOVED}${claimNumbers.join()}`;
/** Null: the job is a notice. */
export const movedIn = (job: string): readonly number[] | null =>
  job.startsWith(MOVED) ? job.slice(MOVED.length).split(',').map(Number) : null;

export type NoticeStore = {
  /** Keeps the notice and its delivery job together; a key that exists already is left alone. */
  tell(notice: Notice): Promise<void>;
  /** The same for many, in few statements. */
  tellAll(notices: readonly Notice[]): Promise<void>;
  /**
   * Keeps facts for the digest of their listener and time, which is made where there is none yet (`digestIds`: fresh ids,
   * one for each bundle). A key that exists already is left alone, and nothing is said for it alone.
   */
  gather(bundles: readonly Bundle[], digestIds: readonly string[], at: Date): Promise<void>;
  /** What a digest says. */
  listItems(digestId: string): Promise<readonly DigestItem[]>;
  /**
   * Takes notices whose time has come, planned or to be said once more, each listener's together, for this transaction:
   * others wait until it ends. A list that somebody is gathering for at the moment is left out.
   */
  takeDue(now: Date, take: number): Promise<readonly DueNotice[]>;
  /** Puts them on their way. What their listeners' waiting digests say, and the `merged` ones, goes along. */
  sendDue(ids: readonly string[], merged: readonly string[], at: Date): Promise<void>;
  postpone(ids: readonly string[], sayAt: Date): Promise<void>;
  /** A listener's digests that were to come until then are said at another time; later ones stay on their day. */
  replan(listener: Listener, until: Date, sayAt: Date): Promise<void>;
  /** Nobody is to hear what the listener's digests to come, or waiting ones, hold. */
  dropPlanned(listener: Listener, at: Date): Promise<void>;
  /** Adds facts that became known on the way. */
  note(id: string, facts: Notice['facts']): Promise<void>;
  /** Keeps jobs to mail customers: the ids of consent requests, and reminders by their names in the queue. */
  mail(jobs: readonly string[]): Promise<void>;
  findNotice(id: string): Promise<KeptNotice | null>;
  findByKey(key: string): Promise<KeptNotice | null>;
  /** What they are about changed: their messages, where they stand, are brought up to date. */
  amend(keys: readonly string[]): Promise<void>;
  /**
   * Keeps a job to bring the lists up to date that tell of the claims. Not at once: many stand on one list, and whoever
   * moves one of them on does not wait for the others.
   */
  moved(claimNumbers: readonly number[]): Promise<void>;
  /** The lists of these last days that tell of the claims are brought up to date: what is done is not on them any more. */
  amendDigests(claimNumbers: readonly number[], at: Date): Promise<void>;
  /** Says it anew, as another message: the one that stood, if it did, is left behind. */
  sayAgain(key: string): Promise<void>;
  /** How many notices wait for the listener to speak again, or for a channel that has the duty of the scope. */
  countWaiting(whom: AwaitedBy): Promise<number>;
  /** Puts those on their way once more. */
  sendWaiting(whom: AwaitedBy): Promise<void>;
  /** How many messages stand in a channel that could not be brought up to date, because nothing was taken there. */
  countStaleIn(conversationId: string): Promise<number>;
  /** Puts those on their way to be edited once more. */
  editStaleIn(conversationId: string): Promise<void>;
  /**
   * The duty has another channel now: what waits, and the cards that are still to be decided on and stand elsewhere, are
   * said there. `scope`: every organisation ('*'), or one.
   */
  moveTo(duty: Duty, scope: string, conversationId: string): Promise<void>;
  /**
   * The channels of a duty changed, and each hears of some things alone: what waits is tried again, and the cards still to
   * be decided on that stand where there is none any more are said where they belong now. Where no channel takes them they
   * stay; what is on its way, or may stand somewhere, is not said a second time for this (R32).
   */
  reroute(duty: 'sellers'): Promise<void>;
  /** The guarded update: true when the notice stood in one of `from`. */
  move(
    id: string,
    from: readonly NoticeState[],
    to: {
      readonly state: NoticeState;
      /** Null: its message is gone. */
      readonly place?: KeptNotice['place'];
      readonly shown?: number;
      /** When it is put on its way again. */
      readonly sayAt?: Date | null;
      /** What Teams said against it: status and code. */
      readonly trouble?: string | null;
    },
    at: Date,
  ): Promise<boolean>;
  /** Takes the message for oneself to edit; false: another process has it, and has not had it for long. */
  beginEdit(id: string, at: Date): Promise<boolean>;
};
