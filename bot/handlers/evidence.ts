import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor } from '../../cards/format.ts';
import { askDisputeCard, askSubmitCard, evidenceCard, evidenceItemCard } from '../../cards/review/evidence.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { type ClaimView, showClaim } from '../../domain/claims/show-claim.ts';
import { canAmend, lackingIn } from '../../domain/review/checklist.ts';
import { type EvidenceOutcome, keepEvidence, removeEvidence } from '../../domain/review/evidence.ts';
import { disputeClaim, type SubmitOutcome, submissionOf, submitClaim } from '../../domain/review/submit-claim.ts';
import { claimReply, noSuchClaim } from './claims.ts';
import { forGood, type Reply, type Turn } from './turn.ts';

const textOf = ({ reader }: Turn) => textFor(reader.language);

const evidenceReply = (turn: Turn, view: ClaimView, banner?: Banner): Reply => ({
  card: evidenceCard(turn.reader, view, banner),
  summary: textOf(turn).evidence.title(view.claim.number),
});

export const openEvidence = async (
  turn: Turn,
  { claim }: VerbData<'evidence.show'>,
  banner?: Banner,
): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  return view === null ? noSuchClaim(turn, claim) : evidenceReply(turn, view, banner);
};

const itemReply = async (turn: Turn, claim: number, item: string, notes: Notes): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const words = textOf(turn).evidence;
  const entry = view.checklist.find(({ item: { key } }) => key === item);
  if (entry === undefined || !canAmend(view.claim, turn.reader.now)) {
    return evidenceReply(turn, view, { text: words.tooLate, style: 'warning' });
  }
  const card = evidenceItemCard(turn.reader, view, entry, notes, turn.ports.random.id());
  return { card, summary: words.title(claim) };
};

export const editEvidence = (turn: Turn, { claim, item }: VerbData<'evidence.edit'>): Promise<Reply> =>
  itemReply(turn, claim, item, NO_NOTES);

const evidenceOutcome = (
  turn: Turn,
  { claim, item }: { readonly claim: number; readonly item: string },
  outcome: EvidenceOutcome,
): Promise<Reply> | Reply => {
  const words = textOf(turn).evidence;
  switch (outcome.kind) {
    case 'kept':
    case 'removed':
      return openEvidence(turn, { claim }, { text: words[outcome.kind], style: 'good' });
    case 'tooLate':
      return openEvidence(turn, { claim }, { text: words.tooLate, style: 'warning' });
    case 'noSuchClaim':
      return noSuchClaim(turn, claim);
    case 'changed':
      return itemReply(turn, claim, item, { ...NO_NOTES, typed: turn.inputs, stale: true });
    case 'faults':
      return itemReply(turn, claim, item, { ...NO_NOTES, faults: outcome.faults, typed: turn.inputs });
  }
};

export const saveEvidence = async (turn: Turn, data: VerbData<'evidence.save'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'evidence.save' };
  return evidenceOutcome(turn, data, await keepEvidence(turn.ports, turn.actor, command, data, turn.inputs));
};

export const dropEvidence = async (turn: Turn, data: VerbData<'evidence.remove'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'evidence.remove' };
  return evidenceOutcome(turn, data, await removeEvidence(turn.ports, turn.actor, command, data));
};

const askSubmitReply = async (turn: Turn, claim: number, notes: Notes): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const { submit } = textOf(turn);
  if (!view.possible.some((name) => name === submissionOf(view.claim))) {
    return claimReply(turn, claim, { text: submit.tooLate, style: 'warning' });
  }
  if (lackingIn(view.checklist).length > 0) {
    return evidenceReply(turn, view, { text: submit.incomplete, style: 'warning' });
  }
  return { card: askSubmitCard(turn.reader, view, notes, turn.ports.random.id()), summary: submit.title(claim) };
};

export const askSubmit = (turn: Turn, { claim }: VerbData<'claim.askSubmit'>): Promise<Reply> =>
  askSubmitReply(turn, claim, NO_NOTES);

const askDisputeReply = async (turn: Turn, claim: number, notes: Notes): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const { dispute } = textOf(turn);
  if (!view.possible.includes('dispute')) {
    return claimReply(turn, claim, { text: dispute.tooLate, style: 'warning' });
  }
  return { card: askDisputeCard(turn.reader, view, notes, turn.ports.random.id()), summary: dispute.title(claim) };
};

export const askDispute = (turn: Turn, { claim }: VerbData<'claim.askDispute'>): Promise<Reply> =>
  askDisputeReply(turn, claim, NO_NOTES);

const stepReply = async (
  turn: Turn,
  outcome: SubmitOutcome,
  claim: number,
  words: { readonly done: string; readonly tooLate: string },
  again: typeof askSubmitReply,
): Promise<Reply> => {
  switch (outcome.kind) {
    case 'done':
      return forGood(await claimReply(turn, claim, { text: words.done, style: 'good' }));
    case 'tooLate':
      return claimReply(turn, claim, { text: words.tooLate, style: 'warning' });
    case 'incomplete':
      return openEvidence(turn, { claim }, { text: textOf(turn).submit.incomplete, style: 'warning' });
    case 'noSuchClaim':
      return noSuchClaim(turn, claim);
    case 'faults':
      return again(turn, claim, {
        ...NO_NOTES,
        faults: [{ field: 'remark', fault: outcome.fault }],
        typed: turn.inputs,
      });
  }
};

export const submit = async (turn: Turn, data: VerbData<'claim.submit'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'claim.submit' };
  const outcome = await submitClaim(turn.ports, turn.actor, command, data, turn.inputs.remark ?? '');
  return stepReply(turn, outcome, data.claim, textOf(turn).submit, askSubmitReply);
};

export const dispute = async (turn: Turn, data: VerbData<'claim.dispute'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'claim.dispute' };
  const outcome = await disputeClaim(turn.ports, turn.actor, command, data, turn.inputs.remark ?? '');
  return stepReply(turn, outcome, data.claim, textOf(turn).dispute, askDisputeReply);
};
