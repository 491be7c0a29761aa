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
] as const;
export type ClaimNotice = (typeof CLAIM_NOTICES)[number];

/** What reviewers hear in person of a claim that waits for them (R25). */
export const REVIEWER_NOTICES = ['reviewOverdue', 'reviewNoChannel'] as const;
export type ReviewerNotice = (typeof REVIEWER_NOTICES)[number];

/** What the channel with the duty hears: one card that is kept up to date, and replies below it. */
export const REVIEW_REPLIES = ['reviewAgain', 'reviewDisputed', 'reviewWaiting'] as const;
export type ReviewReply = (typeof REVIEW_REPLIES)[number];

/** What a person hears of their own roles. */
export const ROLE_NOTICES = ['accessGranted', 'accessRefused', 'roleRemoved', 'standInNamed'] as const;
export type RoleNotice = (typeof ROLE_NOTICES)[number];

/** `accessNoChannel` is for those who may decide a request, in person, where no channel has the duty. */
export type NoticeKind =
  | ClaimNotice
  | ReviewerNotice
  | ReviewReply
  | RoleNotice
  | 'review'
  | 'accessRequest'
  | 'accessNoChannel';

/**
 * Who hears it: a person in their own chat, or the channel that has a duty for an organisation (null: the one that has
 * it for every organisation, and no other).
 */
type Audience = { readonly personId: string } | { readonly duty: Duty; readonly organisationId: string | null };

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
 * `sending` is marked before a post leaves; whoever finds it later cannot know whether it arrived. `waiting`: it
 * could not be said, for want of a chat or after every try, and waits until there is one again. `editing`: the message
 * that stands is being brought up to date.
 */
export type NoticeState = 'pending' | 'sending' | 'delivered' | 'editing' | 'ambiguous' | 'waiting' | 'undeliverable';

export type KeptNotice = Notice & {
  readonly state: NoticeState;
  /** Where it stands, and as which message; null: nowhere yet. */
  readonly place: { readonly conversationId: string; readonly activityId: string } | null;
  /** Goes up with every change of what it is about; `shown` is the one that its message shows. */
  readonly revision: number;
  readonly shown: number;
};

export type NoticeStore = {
  /** Keeps the notice and its delivery job together; a key that exists already is left alone. */
  tell(notice: Notice): Promise<void>;
  /** Keeps a job to send the mail of a consent request. */
  mail(consentRequestId: string): Promise<void>;
  /** Keeps jobs to remind customers, by their names in the queue. */
  remind(jobs: readonly string[]): Promise<void>;
  findNotice(id: string): Promise<KeptNotice | null>;
  findByKey(key: string): Promise<KeptNotice | null>;
  /** What it is about changed: its message, where it stands, is brought up to date. */
  amend(key: string): Promise<void>;
  /** Says it anew, as another message: the one that stood, if it did, is left behind. */
  sayAgain(key: string): Promise<void>;
  /** How many notices wait for the person to speak again. */
  countWaiting(personId: string): Promise<number>;
  /** Puts what waits for the person on its way once more. */
  sendWaiting(personId: string): Promise<void>;
  countWaitingFor(duty: Duty, organisationId: string | null): Promise<number>;
  /** The same for what waits for a channel with the duty; null: of every organisation. */
  sendWaitingFor(duty: Duty, organisationId: string | null): Promise<void>;
  /** How many messages stand in a channel that could not be brought up to date, because nothing was taken there. */
  countStaleIn(conversationId: string): Promise<number>;
  /** Puts those on their way to be edited once more. */
  editStaleIn(conversationId: string): Promise<void>;
  /**
   * The duty has another channel now: what waits, and the cards that are still to be decided on and stand elsewhere, are
   * said there. `scope`: every organisation ('*'), or one.
   */
  moveTo(duty: Duty, scope: string, conversationId: string): Promise<void>;
  /** The guarded update: true when the notice stood in one of `from`. */
  move(
    id: string,
    from: readonly NoticeState[],
    to: {
      readonly state: NoticeState;
      /** Null: its message is gone. */
      readonly place?: KeptNotice['place'];
      readonly shown?: number;
    },
    at: Date,
  ): Promise<boolean>;
  /** Takes the message for oneself to edit; false: another process has it, and has not had it for long. */
  beginEdit(id: string, at: Date): Promise<boolean>;
};
