import type { Language } from '../people/actor.ts';

/** Which wording of mail and page a request was sent with; goes up whenever what the customer agrees to changes. */
export const MAIL_VERSION = '2026-11.3';

export type ConsentRequest = {
  readonly id: string;
  readonly claimNumber: number;
  readonly sentById: string;
  readonly toName: string;
  readonly toEmail: string;
  readonly language: Language;
  readonly state: 'open' | 'answered' | 'void';
  readonly mailState: 'waiting' | 'mailed' | 'failed';
  readonly mailVersion: string;
  readonly createdAt: Date;
  readonly mailedAt: Date | null;
  /** The name that was typed with the answer; null before. */
  readonly typedName: string | null;
  /** Why the customer declined, where they said so. */
  readonly reason: string | null;
  /** What they agreed to besides (R27): that Microsoft's sellers contact them, and see who they are. */
  readonly mayContact: boolean;
  readonly mayShare: boolean;
};

export type ConsentAnswer = {
  readonly answer: 'accept' | 'decline';
  readonly answeredAt: Date;
  readonly typedName: string;
  readonly reason: string | null;
  readonly mayContact: boolean;
  readonly mayShare: boolean;
  /** SHA-256 of the exact text that was agreed to or declined. */
  readonly textHash: string;
};

export type ConsentStore = {
  findRequest(id: string): Promise<ConsentRequest | null>;
  findByTokenHash(tokenHash: string): Promise<ConsentRequest | null>;
  findNewest(claimNumber: number): Promise<ConsentRequest | null>;
  /** Who asked last, by the claim's number; claims without a request are not in it. */
  listSenders(claimNumbers: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** The first request of the claim that was mailed to this address. */
  findFirstMailed(claimNumber: number, toEmail: string): Promise<ConsentRequest | null>;
  /** Voids every open request of the claims: their links are dead from now on. */
  voidOpen(claimNumbers: readonly number[]): Promise<void>;
  ask(request: ConsentRequest): Promise<void>;
  keepLink(tokenHash: string, requestId: string, at: Date): Promise<void>;
  /** True when the request was still open: the answer is kept, and no second one can be. */
  answer(requestId: string, answer: ConsentAnswer): Promise<boolean>;
  /** True when the mail was still waiting. */
  markMail(requestId: string, mailState: 'mailed' | 'failed', at: Date): Promise<boolean>;
};
