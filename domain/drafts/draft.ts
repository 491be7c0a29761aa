import type { ContactFault } from '../claims/contacts.ts';
import type { DealSizeFault } from '../claims/deal-size.ts';
import type { PayoutInput } from '../claims/payout.ts';
import type { IdentifierFault } from '../customers/identifier.ts';
import type { Opportunity } from '../customers/opportunity.ts';
import type { Reason } from '../engagements/eligibility.ts';
import type { HoursFault } from './hours.ts';

/** Forms are filled in over several cards; a draft is one form half-way (design: a sequential workflow). */
const DRAFT_KINDS = ['addCustomer', 'claimCustomer', 'sendConsent'] as const;
export type DraftKind = (typeof DRAFT_KINDS)[number];

export type Draft = {
  readonly id: string;
  readonly personId: string;
  readonly kind: DraftKind;
  /** The claim the form is about, or begins again; null for a form that begins from nothing. */
  readonly claim: number | null;
  readonly step: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** The command id that may move the draft on from here. */
  readonly commandId: string;
  readonly status: 'open' | 'confirmed' | 'canceled';
  readonly updatedAt: Date;
};

export type DraftStore = {
  find(id: string): Promise<Draft | null>;
  findOpen(personId: string, kind: DraftKind, claim: number | null): Promise<Draft | null>;
  /** False when the person has such a form open already. */
  open(draft: Draft): Promise<boolean>;
  /** The guarded update: true when the draft was open and waited for this command. */
  move(
    id: string,
    commandId: string,
    change: Pick<Draft, 'step' | 'answers' | 'commandId' | 'status' | 'updatedAt'>,
  ): Promise<boolean>;
};

/** What is wrong with one field of a form, by code. The words are in cards/text. */
export type FieldFault = { readonly field: string; readonly fault: Fault };

export type Fault =
  | ContactFault
  | IdentifierFault
  | DealSizeFault
  | { readonly code: 'location.notAllowed' | 'location.notEnrolled' }
  | { readonly code: 'domain.notFound' | 'domain.lookUpFailed' }
  | HoursFault
  | { readonly code: 'location.notEligible'; readonly reasons: readonly Reason[] }
  | { readonly code: 'customer.notKnown' | 'customer.changed' }
  | { readonly code: 'engagement.newVersion'; readonly engagement: { en: string; nl: string } }
  | { readonly code: 'opportunity.unknown' | 'opportunity.noValue' | 'opportunity.zero' | 'opportunity.changed' }
  | { readonly code: 'opportunity.closed'; readonly state: Exclude<Opportunity['state'], 'open'> }
  /** `number`: the claim that it pays, where the person may see it. */
  | { readonly code: 'opportunity.used'; readonly number: number | null }
  | { readonly code: 'payout.missing'; readonly missing: readonly PayoutInput[] }
  | { readonly code: 'engagement.none' | 'engagement.onlyOne' }
  | {
      readonly code: 'engagement.notEligible';
      readonly engagement: { en: string; nl: string };
      readonly reasons: readonly Reason[];
    }
  | { readonly code: 'mismatch.reasonMissing' | 'mismatch.notKnown'; readonly emailDomain: string };

export type Inputs = Readonly<Record<string, string>>;

/** What a step makes of the inputs: answers to keep, or faults (nothing is kept, everything typed stays on the card). */
export type StepResult =
  | { readonly answers: Readonly<Record<string, unknown>> }
  | { readonly faults: readonly FieldFault[] };
