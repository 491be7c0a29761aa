import { z } from 'zod';
import type { Due, Look } from '../batches.ts';
import type { Claim, ClaimScope } from '../claims/claim-store.ts';
import type { Cents } from '../claims/money.ts';
import { type Actor, EVERYWHERE, isSeller } from '../people/actor.ts';
import type { Condition } from './conditions.ts';
import { REMOTE_STATUSES, type RemoteStatus } from './partner-center.ts';

/** How far a deal is, with the chance that goes with it in Partner Center, in percent (mci-domain 9.3). */
export const STAGES = {
  created: 10,
  accepted: 10,
  qualified: 20,
  developed: 40,
  proposed: 60,
  negotiated: 80,
} as const;
export type Stage = keyof typeof STAGES;
export const STAGE_NAMES = Object.keys(STAGES) as [Stage, ...Stage[]];

export const SUBSTATUSES = ['None', 'Accepted', 'Won', 'Lost'] as const;
export type Substatus = (typeof SUBSTATUSES)[number];

/** How the sellers were asked, and what came of it. `withdrawn`: the claim ended, or the deal was
 * closed, before they had answered. */
export const CO_SELL_STATES = ['asked', 'taken', 'declined', 'expired', 'withdrawn'] as const;
export type CoSellState = (typeof CO_SELL_STATES)[number];

/** Why a seller does not take a deal; the first two are Partner Center's own words (mci-domain 9.2). */
export const DECLINE_REASONS = ['noCustomerRecord', 'noSeller', 'otherTerritory', 'noCapacity', 'other'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** Why a referral was closed. `elsewhere`: in Partner Center. */
export const CLOSE_REASONS = ['partner', 'elsewhere', 'consentDeclined', 'consentExpired', 'claimCanceled'] as const;
export type CloseReason = (typeof CLOSE_REASONS)[number];

const half = z.object({ id: z.string(), groupId: z.string(), eTag: z.string() });
/** What stands in Partner Center, as far as it was heard. */
export const mirrorSchema = z.object({
  partner: half.nullable(),
  microsoft: half.extend({ status: z.enum(REMOTE_STATUSES), substatus: z.string() }).nullable(),
  /** What both sides agreed on last: a value that differs from it was changed since, here or there. */
  agreed: z
    .object({
      valueCents: z.number().nullable(),
      closeOn: z.string().nullable(),
      closed: z.enum(['Won', 'Lost']).nullable(),
      /** Whether the customer's agreement, and who they are, was told. */
      shared: z.boolean(),
    })
    .nullable(),
  /** What is being told: as long as there was no answer, it may have arrived or not. */
  telling: z.object({ valueCents: z.number().nullable(), closeOn: z.string().nullable() }).nullable().default(null),
});
export type Mirror = z.infer<typeof mirrorSchema>;
export const NOTHING_MIRRORED: Mirror = { partner: null, microsoft: null, agreed: null, telling: null };

/** A deal made from a claim, in the words of Partner Center's schema (R29; mci-domain 9.3). At most one per claim. */
export type Referral = {
  readonly claimNumber: number;
  readonly id: string;
  readonly organisationId: string;
  /** None: the conditions did not hold, and no referral was made (yet). */
  readonly status: RemoteStatus;
  readonly substatus: Substatus;
  readonly statusReason: CloseReason | null;
  readonly stage: Stage;
  /** What the deal is worth: the deal size, until the partner says otherwise. */
  readonly valueCents: Cents;
  /** YYYY-MM-DD, when the deal is expected to be closed, or was. */
  readonly closeOn: string;
  readonly conditions: readonly Condition[];
  /** Null: co-sell was not judged yet. */
  readonly coSellConditions: readonly Condition[] | null;
  /** Null: the sellers were not asked. */
  readonly coSell: CoSellState | null;
  readonly upgradedAt: Date | null;
  /** Until when they can answer; null: they are not asked (any more). */
  readonly answerDueAt: Date | null;
  readonly warnAt: Date | null;
  readonly answeredAt: Date | null;
  /** Null: it was answered in Partner Center, or by nobody. */
  readonly answeredById: string | null;
  readonly declineReason: DeclineReason | null;
  readonly declineWords: string | null;
  readonly createdAt: Date;
  readonly madeAt: Date | null;
  /** Goes up with every change that Partner Center is to be told. */
  readonly revision: number;
  readonly mirroredRevision: number;
  readonly mirror: Mirror;
  readonly syncAt: Date | null;
  readonly syncTries: number;
  readonly syncTrouble: string | null;
};

export type NewReferral = Pick<
  Referral,
  | 'claimNumber'
  | 'id'
  | 'organisationId'
  | 'status'
  | 'substatus'
  | 'stage'
  | 'valueCents'
  | 'closeOn'
  | 'conditions'
  | 'createdAt'
  | 'madeAt'
>;

/** What a person, the customer or a clock changes. */
export type ReferralChange = Partial<
  Omit<
    Referral,
    | 'claimNumber'
    | 'id'
    | 'organisationId'
    | 'createdAt'
    | 'revision'
    | 'mirroredRevision'
    | 'mirror'
    | 'syncAt'
    | 'syncTries'
    | 'syncTrouble'
  >
>;

/** A deal whose sellers did not answer in time, or are to be reminded; its claim is held. */
export type DueDeal = Due & Pick<Referral, 'warnAt' | 'answerDueAt'>;

/** A line of the list of referrals. */
export type ReferralRow = {
  readonly referral: Referral;
  readonly company: string;
  readonly engagementVersionId: string;
};

/** A line of the list of deals: nothing of the customer but the company's name. */
export type DealRow = Pick<Referral, 'claimNumber' | 'answerDueAt' | 'valueCents' | 'answeredById'> & {
  readonly company: string;
  readonly organisationName: string;
  readonly engagementVersionId: string;
};

/** How it goes with Partner Center. */
export type SyncHealth = {
  /** Referrals with something that it is still to be told. */
  readonly waiting: number;
  /** Of those, how many it did not take the last time, and what it said last. */
  readonly troubled: number;
  readonly trouble: string | null;
};

export type ReferralStore = {
  find(claimNumber: number): Promise<Referral | null>;
  /** The referral of which this is a half in Partner Center. */
  findByHalf(id: string): Promise<Referral | null>;
  /** False: the claim has one already. */
  add(referral: NewReferral): Promise<boolean>;
  /** The caller holds the claim. Partner Center is told of it afterwards (`at`), where one is configured. */
  change(claimNumber: number, change: ReferralChange, at: Date): Promise<void>;
  /** The same for many, which are lost for one reason. */
  closeAll(
    claimNumbers: readonly number[],
    closed: { readonly reason: CloseReason; readonly closeOn: string },
    at: Date,
  ): Promise<void>;
  /** Deals whose sellers had not answered in time, their claims held until the transaction ends (as in ClaimStore). */
  takeUnanswered(look: Look): Promise<readonly DueDeal[]>;
  /** The same of those whose sellers are to be reminded. */
  takeToRemind(look: Look): Promise<readonly DueDeal[]>;
  remindNext(claimNumber: number, warnAt: Date | null): Promise<void>;
  /** Deals that wait for sellers, soonest end first, then open ones that were taken; of one organisation, or of all (null). */
  listDeals(
    organisationId: string | null,
    page: { readonly skip: number; readonly take: number },
  ): Promise<readonly DealRow[]>;
  countDeals(organisationId: string | null): Promise<number>;
  /** Referrals that were made from claims in scope, open ones first, the next to close before the others. */
  listAll(scope: ClaimScope, page: { readonly skip: number; readonly take: number }): Promise<readonly ReferralRow[]>;
  countAll(scope: ClaimScope): Promise<number>;
  /** Which of these claims have a referral that was made and is not closed. */
  listOpen(claimNumbers: readonly number[]): Promise<readonly Referral[]>;
  /**
   * Takes the referral for oneself to tell Partner Center of it, until `until`; null: there is nothing to tell, or another
   * process is at it.
   */
  holdForSync(claimNumber: number, holder: string, now: Date, until: Date): Promise<Referral | null>;
  /** The guarded update: false when another process holds it by now. `done` ends the holding. */
  keepSync(
    claimNumber: number,
    holder: string,
    kept: {
      readonly mirror?: Mirror;
      readonly mirroredRevision?: number;
      /**
       * Left out: it goes on. `from`: when it was due as it was taken. What was changed or asked for since is told next,
       * whatever `syncAt` says.
       */
      readonly done?: {
        readonly from: Date | null;
        readonly syncAt: Date | null;
        readonly tries: number;
        readonly trouble: string | null;
      };
    },
  ): Promise<boolean>;
  /** Asks for the referral to be looked at, as soon as a process is free. */
  wantSync(claimNumber: number, at: Date): Promise<void>;
  /** Claims whose referrals are due to be told, of one organisation (by its tenant), soonest first. */
  listToSync(tenantId: string, now: Date, take: number): Promise<readonly number[]>;
  findSyncHealth(tenantId: string): Promise<SyncHealth>;
  /** Puts them on their way. */
  queueSync(claimNumbers: readonly number[]): Promise<void>;
  /**
   * Takes it upon oneself to ask what changed, where nobody has begun to since `before`: since when it is not known; null:
   * somebody has.
   */
  beginPoll(now: Date, before: Date): Promise<Date | null>;
  /** What changed until then is known. */
  endPoll(until: Date): Promise<void>;
};

/** Who opens a referral in full and keeps the deal (R2): Referrals admins, at the claim's location. */
export const mayOpenReferral = (
  { organisationId, roles }: Pick<Actor, 'organisationId' | 'roles'>,
  claim: Pick<Claim, 'organisationId'> & { readonly location: { readonly id: string } },
): boolean =>
  claim.organisationId === organisationId &&
  roles.some(({ role, scope }) => role === 'referralsAdmin' && (scope === EVERYWHERE || scope === claim.location.id));

/** Who answers for the sellers: sellers of the organisation whose deal it is, and of the operator's, who sell for all. */
export const maySell = (
  actor: Pick<Actor, 'organisationId' | 'organisationKind' | 'roles'>,
  deal: Pick<Claim, 'organisationId'>,
): boolean =>
  isSeller(actor) && (actor.organisationKind === 'operator' || actor.organisationId === deal.organisationId);

/** The key of the card on which the sellers are asked: one for each deal. */
export const coSellKey = (claimNumber: number): string => `claim:${claimNumber}:co-sell`;
