/** One fact somebody must hear (R30). The key makes saying it twice impossible; facts are frozen when it happened. */
export const NOTICE_KINDS = [
  'consentAccepted',
  'consentDeclined',
  'consentExpired',
  'consentMailFailed',
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

export type NoticeState = 'pending' | 'delivered' | 'ambiguous' | 'undeliverable';

export type NoticeStore = {
  /** Keeps the notice and its delivery job together; a key that exists already is left alone. */
  tell(notice: Notice): Promise<void>;
  /** Keeps a job to send the mail of a consent request. */
  mail(consentRequestId: string): Promise<void>;
  findNotice(id: string): Promise<(Notice & { readonly state: NoticeState }) | null>;
  settle(id: string, state: NoticeState, activityId: string | null, at: Date): Promise<void>;
};
