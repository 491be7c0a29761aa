import { z } from 'zod';
import type { Claim } from '../claims/claim-store.ts';
import { customerContactSchema, partnerContactSchema } from '../claims/contacts.ts';
import { isOver } from '../claims/deadlines.ts';
import { parseDealSize, typedDealSizeSchema } from '../claims/deal-size.ts';
import { possibleFor, type Standing } from '../claims/transitions.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { contactsStep } from './contacts-step.ts';
import type { Draft, Inputs, StepResult } from './draft.ts';

/** R20: contacts reviewed, deal size, then details and disclaimer before anything is sent. */
export const SEND_CONSENT_STEPS = ['contacts', 'dealSize', 'review'] as const;
export type SendConsentStep = (typeof SEND_CONSENT_STEPS)[number];

const answersSchema = z.object({
  /**
   * When the claim got the status this form was begun at: what changed it since was not seen by who fills this in. A form
   * that does not know is treated as such a one.
   */
  seen: z.string().default(''),
  customer: customerContactSchema,
  partner: partnerContactSchema,
  mismatchReason: z.string().nullable().optional(),
  dealSizeCents: z.number().optional(),
  dealSizeTyped: typedDealSizeSchema.nullable().optional(),
  /** Whether the customer is to be reminded; left out: nobody chose, and it stays as it is on the claim. */
  remind: z.boolean().optional(),
});
export type SendConsentAnswers = z.infer<typeof answersSchema>;

export const sendConsentAnswers = (draft: Draft): SendConsentAnswers => answersSchema.parse(draft.answers);

/** What the form begins with: the claim as it stands. */
export const sendConsentStart = ({ statusAt, contacts, mismatchReason }: Claim): SendConsentAnswers => ({
  seen: statusAt.toISOString(),
  ...contacts,
  mismatchReason,
});

/** Whether the claim moved on since the form was begun. */
export const isOutdated = ({ seen }: SendConsentAnswers, { statusAt }: Pick<Claim, 'statusAt'>): boolean =>
  seen !== statusAt.toISOString();

/** Whether consent can be asked for at `now`, for the first time or again (R20). */
export const canBeAsked = (claim: Standing & Pick<Claim, 'dueAt'>, now: Date): boolean =>
  !isOver(claim.dueAt, now) &&
  possibleFor('partner', claim).some((name) => name === 'sendConsent' || name === 'resendConsent');

const answer = async (ports: Ports, _actor: Actor, draft: Draft, inputs: Inputs): Promise<StepResult> => {
  const claim = draft.claim === null ? null : await ports.reads.claims.find(draft.claim);
  if (draft.step === 'contacts') {
    return contactsStep(ports, claim?.identifier, inputs);
  }
  // R15: frozen since the first sending; a re-send only shows it.
  if (claim !== null && claim.dealSizeCents !== null) return { answers: { dealSizeCents: claim.dealSizeCents } };
  const parsed = await parseDealSize(ports.rates, inputs.dealSize ?? '', inputs.currency ?? 'USD', ports.clock.now());
  return 'fault' in parsed
    ? { faults: [parsed] }
    : { answers: { dealSizeCents: parsed.cents, dealSizeTyped: parsed.typed } };
};

/** What was chosen in the review, which is left by sending or by going back. */
export const chosenInReview = ({ remind }: Inputs): Pick<SendConsentAnswers, 'remind'> =>
  remind === 'true' || remind === 'false' ? { remind: remind === 'true' } : {};

const keep = ({ step }: Draft, inputs: Inputs) => (step === 'review' ? chosenInReview(inputs) : {});

export const sendConsent = { steps: SEND_CONSENT_STEPS, independent: new Set<string>(), answer, keep };
