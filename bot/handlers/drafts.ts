import { claimsMadeCard } from '../../cards/claims/made.ts';
import { nominationCard } from '../../cards/drafts/nominate.ts';
import { resumeCard } from '../../cards/drafts/resume.ts';
import { sendConsentCard } from '../../cards/drafts/send-consent.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import { textFor } from '../../cards/format.ts';
import type { Said } from '../../cards/people/said.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { confirmClaims } from '../../domain/claims/confirm-claims.ts';
import { showClaim } from '../../domain/claims/show-claim.ts';
import { confirmSendConsent } from '../../domain/consent/send-consent.ts';
import type { DraftKind } from '../../domain/drafts/draft.ts';
import { type FromMessage, fromMessage, heardIn, type Message } from '../../domain/drafts/from-message.ts';
import { isNomination, nominationAnswers } from '../../domain/drafts/nomination.ts';
import { canBeAsked } from '../../domain/drafts/send-consent.ts';
import { showDraft } from '../../domain/drafts/show-draft.ts';
import {
  type AddedFrom,
  type ClaimedFrom,
  type StartOutcome,
  startAddCustomer,
  startClaimCustomer,
  startSendConsent,
} from '../../domain/drafts/start.ts';
import { startAgain } from '../../domain/drafts/start-again.ts';
import { answerStep, cancelDraft, goBack, type WalkAnswer } from '../../domain/drafts/walk.ts';
import { mayClaim } from '../../domain/people/actor.ts';
import { claimReply, noRole, noSuchClaim } from './claims.ts';
import { forGood, type Reply, said, type Turn, typedIn } from './turn.ts';

const notYours = (turn: Turn): Reply => said(turn.reader, textFor(turn.reader.language).refused.notYours);

const canceledReply = (turn: Turn, kind: DraftKind): Reply => {
  const { add, claimCustomer, consent } = textFor(turn.reader.language);
  const words: Record<DraftKind, Said> = {
    addCustomer: add.canceled,
    claimCustomer: claimCustomer.canceled,
    sendConsent: consent.canceled,
  };
  return forGood(said(turn.reader, words[kind]));
};

const madeReply = async (turn: Turn, numbers: readonly number[]): Promise<Reply> => {
  const views = await Promise.all(numbers.map((number) => showClaim(turn.ports, turn.actor, number)));
  const { done } = textFor(turn.reader.language).add;
  const card = claimsMadeCard(
    turn.reader,
    views.flatMap((view) => view ?? []),
  );
  return forGood({ card, summary: done.title(numbers.length) });
};

/** A form as it stands; one that has ended shows what came of it. */
const draftReply = async (turn: Turn, draftId: string, notes: Notes = NO_NOTES): Promise<Reply> => {
  const draft = await turn.ports.reads.drafts.find(draftId);
  if (draft === null || draft.personId !== turn.actor.personId) return notYours(turn);
  const { add, claimCustomer, consent } = textFor(turn.reader.language);
  if (draft.status === 'canceled') return canceledReply(turn, draft.kind);
  if (draft.status === 'confirmed') {
    return isNomination(draft.kind)
      ? madeReply(turn, nominationAnswers(draft).claims ?? [])
      : forGood(await claimReply(turn, draft.claim ?? 0));
  }
  const view = await showDraft(turn.ports, turn.actor, draft, notes);
  if (view === null) return mayClaim(turn.actor) ? notYours(turn) : noRole(turn);
  if (view.kind === 'sendConsent' && !canBeAsked(view.claim, turn.reader.now)) {
    // Answered, canceled or expired meanwhile: the form has nothing left to be about.
    return forGood(await claimReply(turn, view.claim.number, { text: consent.tooLate, style: 'warning' }));
  }
  if (view.kind === 'sendConsent') return { card: sendConsentCard(turn.reader, view, notes), summary: consent.title };
  const { title } = view.kind === 'addCustomer' ? add : claimCustomer;
  return { card: nominationCard(turn.reader, view, notes), summary: title };
};

const walkReply = async (turn: Turn, answer: WalkAnswer): Promise<Reply> => {
  switch (answer.kind) {
    case 'at':
      return draftReply(turn, answer.draftId);
    case 'faults': {
      const { faults, typed } = answer;
      return draftReply(turn, answer.draftId, { faults, typed, stale: false });
    }
    case 'stale':
      return draftReply(turn, answer.draftId, { faults: [], typed: answer.typed ?? {}, stale: true });
    case 'canceled':
      return canceledReply(turn, answer.draftKind);
    case 'notYours':
      return notYours(turn);
  }
};

const startReply = async (turn: Turn, outcome: StartOutcome, from: ClaimedFrom & AddedFrom = {}): Promise<Reply> => {
  switch (outcome.kind) {
    case 'at':
      return draftReply(turn, outcome.draftId, { ...NO_NOTES, ...outcome.wrong });
    case 'resume': {
      const draft = await turn.ports.reads.drafts.find(outcome.draftId);
      const view = draft && (await showDraft(turn.ports, turn.actor, draft));
      if (!view || view.kind === 'sendConsent') return draftReply(turn, outcome.draftId);
      return { card: resumeCard(turn.reader, view, from), summary: textFor(turn.reader.language).add.resume.title };
    }
    case 'noRole':
      return noRole(turn);
    case 'noSuchClaim':
      return noSuchClaim(turn, outcome.claim);
    case 'notNow':
      return claimReply(turn, outcome.claim, { text: textFor(turn.reader.language).refused.stale, style: 'warning' });
  }
};

const startAddingFrom = async (turn: Turn, from: AddedFrom): Promise<Reply> =>
  startReply(turn, await startAddCustomer(turn.ports, turn.actor, from), from);

export const startAdding = (turn: Turn): Promise<Reply> => startAddingFrom(turn, {});

const added = (fromMessage: FromMessage | null): AddedFrom => (fromMessage === null ? {} : { fromMessage });

/** *Add customer* at a message: what it says is filled in. */
export const startAddingAt = async (turn: Turn, message: Message): Promise<Reply> => {
  // Who may add nobody is not told whom a message is about, and nothing is looked up for them.
  const heard = mayClaim(turn.actor) ? await heardIn(turn.ports, turn.actor, message) : null;
  return startAddingFrom(turn, added(heard));
};

const claimedFrom = ({ customer, engagement }: VerbData<'claimCustomer.start'>): ClaimedFrom => ({
  ...(customer === undefined ? {} : { customerId: customer }),
  ...(engagement === undefined ? {} : { from: engagement }),
});

export const startClaiming = async (turn: Turn, data: VerbData<'claimCustomer.start'>): Promise<Reply> => {
  const from = claimedFrom(data);
  return startReply(turn, await startClaimCustomer(turn.ports, turn.actor, from), from);
};

export const startClaimAgain = async (turn: Turn, { claim }: VerbData<'claim.again'>): Promise<Reply> =>
  startReply(turn, await startAgain(turn.ports, turn.actor, claim));

export const startAsking = async (turn: Turn, { claim }: VerbData<'consent.start'>): Promise<Reply> =>
  startReply(turn, await startSendConsent(turn.ports, turn.actor, claim));

export const showForm = (turn: Turn, { draft }: VerbData<'draft.show'>): Promise<Reply> => draftReply(turn, draft);

/** Looks for what was typed, to choose from what is found; the form stays where it stands. */
export const findInStep = async (turn: Turn, { draft, step }: VerbData<'draft.find'>): Promise<Reply> => {
  const standing = await turn.ports.reads.drafts.find(draft);
  // An old card searches in a step that the form has left: what was typed there has no place in the one it stands at.
  if (standing?.step !== step) return draftReply(turn, draft, { ...NO_NOTES, stale: true });
  return draftReply(turn, draft, { ...NO_NOTES, find: '', ...typedIn(turn) });
};

export const nextStep = async (turn: Turn, data: VerbData<'draft.next'>): Promise<Reply> => {
  const input = { draftId: data.draft, step: data.step, inputs: turn.inputs };
  const answer = await answerStep(turn.ports, turn.actor, { id: data.command, verb: 'draft.next' }, input);
  return walkReply(turn, answer);
};

export const previousStep = async (turn: Turn, { draft, command, to }: VerbData<'draft.back'>): Promise<Reply> =>
  walkReply(
    turn,
    await goBack(
      turn.ports,
      turn.actor,
      { id: command, verb: 'draft.back' },
      { draftId: draft, to, inputs: turn.inputs },
    ),
  );

export const leaveForm = async (turn: Turn, { draft, command }: VerbData<'draft.cancel'>): Promise<Reply> =>
  walkReply(turn, await cancelDraft(turn.ports, turn.actor, { id: command, verb: 'draft.cancel' }, draft));

export const startOver = async (turn: Turn, data: VerbData<'draft.startOver'>): Promise<Reply> => {
  const { draft, command } = data;
  const answer = await cancelDraft(turn.ports, turn.actor, { id: command, verb: 'draft.startOver' }, draft);
  if (answer.kind !== 'canceled') return walkReply(turn, answer);
  const { email = '', contact = '' } = data;
  const outcome =
    answer.draftKind === 'claimCustomer'
      ? await startClaimCustomer(turn.ports, turn.actor, claimedFrom(data))
      : await startAddCustomer(turn.ports, turn.actor, added(fromMessage(email, contact)));
  // A second click finds the form that the first one opened.
  return startReply(turn, outcome.kind === 'resume' ? { ...outcome, kind: 'at' } : outcome);
};

/** The end of either form: what it does depends on the form, and so does what is shown then. */
export const confirmForm = async (turn: Turn, data: VerbData<'draft.confirm'>): Promise<Reply> => {
  const { ports, actor, reader } = turn;
  const draft = await ports.reads.drafts.find(data.draft);
  if (draft === null || draft.personId !== actor.personId) return notYours(turn);
  const command = { id: data.command, verb: 'draft.confirm' };
  if (isNomination(draft.kind)) {
    const outcome = await confirmClaims(ports, actor, command, draft.id);
    switch (outcome.kind) {
      case 'confirmed':
        return madeReply(turn, outcome.claims);
      case 'refused': {
        const faults = [{ field: 'review', fault: outcome.fault }];
        return draftReply(turn, draft.id, { ...NO_NOTES, faults });
      }
      case 'stale':
        return draftReply(turn, draft.id, { ...NO_NOTES, stale: true });
      case 'notYours':
        return notYours(turn);
    }
  }
  const outcome = await confirmSendConsent(ports, actor, command, draft.id, turn.inputs);
  const { consent } = textFor(reader.language);
  switch (outcome.kind) {
    case 'sent':
      return forGood(await claimReply(turn, outcome.claim, { text: consent.sent, style: 'good' }));
    case 'tooLate':
      return forGood(await claimReply(turn, outcome.claim, { text: consent.tooLate, style: 'warning' }));
    case 'noSuchClaim':
      return noSuchClaim(turn, outcome.claim);
    case 'stale':
      return draftReply(turn, draft.id, { ...NO_NOTES, stale: true });
    case 'notYours':
      return notYours(turn);
  }
};
