import { byPerson } from '../audit/chain.ts';
import { advanceClaim } from '../claims/advance-claim.ts';
import { sameContacts } from '../claims/contacts.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { makeReferral } from '../co-sell/make-referral.ts';
import { type Command, carryOut, Refused } from '../commands.ts';
import type { Inputs } from '../drafts/draft.ts';
import {
  canBeAsked,
  chosenInReview,
  isOutdated,
  SEND_CONSENT_STEPS,
  sendConsentAnswers,
  sendConsentStart,
} from '../drafts/send-consent.ts';
import { draftFor } from '../drafts/walk.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { MAIL_VERSION } from './consent-store.ts';
import { aDayAfter, remindersAhead } from './reminder-plan.ts';
import { keepReminders } from './switch-reminders.ts';

export type SendOutcome =
  | { readonly kind: 'sent'; readonly claim: number }
  | { readonly kind: 'tooLate'; readonly claim: number }
  | { readonly kind: 'noSuchClaim'; readonly claim: number }
  | { readonly kind: 'stale'; readonly draftId: string }
  | { readonly kind: 'notYours' };

/**
 * The end of the consent form (R20): the deal size freezes with the first sending, the contacts are what was reviewed,
 * every earlier link is void, and the mail is handed to the outbox in the same transaction.
 */
export const confirmSendConsent = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  draftId: string,
  inputs: Inputs,
): Promise<SendOutcome> => {
  const found = await draftFor<SendOutcome>(ports, actor, draftId, command);
  if ('answer' in found) return found.answer;
  const { draft } = found;
  const number = draft.claim;
  const answers = sendConsentAnswers(draft);
  const { customer, partner, dealSizeCents, dealSizeTyped, mismatchReason } = answers;
  if (draft.step !== 'review' || number === null || dealSizeCents === undefined) return { kind: 'stale', draftId };

  return carryOut<SendOutcome>(ports, actor, command, async (tx, now) => {
    const end = { step: draft.step, answers: {}, commandId: ports.random.id(), updatedAt: now };
    const claim = await holdClaim(tx, actor, number);
    if (claim === null) return { kind: 'noSuchClaim', claim: number };
    const inTime = canBeAsked(claim, now);
    if (inTime && isOutdated(answers, claim)) {
      // A colleague has sent meanwhile. What they wrote is looked at before it is overwritten, and a mail sent twice.
      const again = { ...end, step: SEND_CONSENT_STEPS[0], answers: sendConsentStart(claim), status: 'open' } as const;
      if (!(await tx.drafts.move(draft.id, command.id, again))) throw new Refused({ kind: 'stale', draftId });
      return { kind: 'stale', draftId };
    }
    const first = claim.status === 'CUSTOMER_CLAIMED';
    const by = {
      actor: byPerson(actor),
      at: now,
      facts: {
        language: customer.language,
        mailVersion: MAIL_VERSION,
        dealSizeCents: claim.dealSizeCents ?? dealSizeCents,
        // That they changed, not to what: a person's details must stay erasable (R34).
        contactsChanged: !sameContacts(claim.contacts, { customer, partner }),
        mismatch: (mismatchReason ?? null) !== null,
      },
    };
    const typed = dealSizeTyped ? { dealSizeTyped } : {};
    const frozen = claim.dealSizeCents === null ? { dealSizeCents, ...typed } : {};
    const advanced =
      inTime && (await advanceClaim(tx, ports.sha256, claim, first ? 'sendConsent' : 'resendConsent', by, frozen));
    if (!advanced) {
      await tx.drafts.move(draft.id, command.id, { ...end, status: 'canceled' });
      return { kind: 'tooLate', claim: number };
    }
    if (!(await tx.drafts.move(draft.id, command.id, { ...end, status: 'confirmed' }))) {
      throw new Refused({ kind: 'stale', draftId });
    }
    const engagement = await tx.engagements.findVersion(claim.engagementVersionId);
    if (engagement === null) throw new Error(`claim ${number} has no engagement version`);
    await makeReferral(ports, tx, claim, engagement, claim.dealSizeCents ?? dealSizeCents, by);
    await tx.claims.updateContacts(number, { customer, partner }, mismatchReason ?? null);
    await tx.consent.voidOpen([number]);
    const id = ports.random.id();
    await tx.consent.ask({
      id,
      claimNumber: number,
      sentById: actor.personId,
      toName: customer.name,
      toEmail: customer.email,
      language: customer.language,
      state: 'open',
      mailState: 'waiting',
      mailVersion: MAIL_VERSION,
      createdAt: now,
      mailedAt: null,
      typedName: null,
      reason: null,
      mayContact: false,
      mayShare: false,
    });
    await tx.notices.mail([id]);
    const after = aDayAfter(now);
    const { remind = claim.remindsCustomer } = { ...answers, ...chosenInReview(inputs) };
    const on = remindersAhead(claim, after).length > 0 ? remind : claim.remindsCustomer;
    await keepReminders(tx, ports.sha256, claim, on, by, after);
    return { kind: 'sent', claim: number };
  });
};
