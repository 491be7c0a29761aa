/** One fact somebody must hear (R30). The key makes saying it twice impossible. */
export const NOTICE_KINDS = [
  'consentAccepted',
  'consentDeclined',
  'consentExpired',
  'consentMailRefused',
  'consentMailStuck',
  'submissionExpired',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export type Notice = {
  readonly id: string;
  readonly key: string;
  readonly kind: NoticeKind;
  readonly personId: string;
  readonly claimNumber: number;
  readonly createdAt: Date;
};

/**
 * `sending` is marked before a post leaves; whoever finds it later cannot know whether it arrived. `waiting`: it
 * could not be said, for want of a chat or after every try, and waits until the person speaks to Claimdesk again.
 */
export type NoticeState = 'pending' | 'sending' | 'delivered' | 'ambiguous' | 'waiting' | 'undeliverable';

export type NoticeStore = {
  /** Keeps the notice and its delivery job together; a key that exists already is left alone. */
  tell(notice: Notice): Promise<void>;
  /** Keeps a job to send the mail of a consent request. */
  mail(consentRequestId: string): Promise<void>;
  findNotice(id: string): Promise<Notice | null>;
  /** How many notices wait for the person to speak again. */
  countWaiting(personId: string): Promise<number>;
  /** Puts what waits for the person on its way once more. */
  sendWaiting(personId: string): Promise<void>;
  /** The guarded update: true when the notice stood in one of `from`. */
  move(
    id: string,
    from: readonly NoticeState[],
    to: { readonly state: NoticeState; readonly activityId?: string | null },
    at: Date,
  ): Promise<boolean>;
};
