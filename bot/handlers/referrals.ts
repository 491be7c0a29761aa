import { closeDealCard, editDealCard, referralCard } from '../../cards/co-sell/referral.ts';
import { referralListCard } from '../../cards/co-sell/referral-list.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import {
  changeDeal,
  closeDeal,
  type DealClosing,
  type DealOutcome,
  isDealOpen,
} from '../../domain/co-sell/keep-deal.ts';
import { listReferrals } from '../../domain/co-sell/list-referrals.ts';
import { type ReferralView, showReferral } from '../../domain/co-sell/show-referral.ts';
import { askForCoSell } from '../../domain/co-sell/upgrade.ts';
import { type Reply, said, type Turn } from './turn.ts';

const wordsOf = ({ reader }: Turn) => textFor(reader.language).referral;

const noSuchReferral = (turn: Turn, claim: number): Reply => said(turn.reader, wordsOf(turn).noSuchReferral(claim));

/** The referral of a claim; null: the person opens none of it. */
export const referralOr = async (turn: Turn, claim: number, banner?: Banner): Promise<Reply | null> => {
  const view = await showReferral(turn.ports, turn.actor, claim);
  return (
    view && {
      card: referralCard(turn.reader, view, turn.ports.random.id(), banner),
      summary: wordsOf(turn).title(claim),
    }
  );
};

const referralReply = async (turn: Turn, claim: number, banner?: Banner): Promise<Reply> =>
  (await referralOr(turn, claim, banner)) ?? noSuchReferral(turn, claim);

/** `referrals`: those that the person keeps. */
export const openReferrals = async (turn: Turn, { page }: VerbData<'referrals.list'>): Promise<Reply> => {
  const words = textFor(turn.reader.language).referrals;
  const list = await listReferrals(turn.ports, turn.actor, page);
  if (list === null) return said(turn.reader, words.notAdmin);
  return { card: referralListCard(turn.reader, list), summary: words.title };
};

/** A referral in full, for Referrals admins (R2). */
export const openReferral = (turn: Turn, { claim }: VerbData<'referral.show'>): Promise<Reply> =>
  referralReply(turn, claim);

/** What was not known when the customer consented may be known by now. */
export const checkCoSell = async (turn: Turn, data: VerbData<'referral.check'>): Promise<Reply> => {
  const words = wordsOf(turn);
  const command = { id: data.command, verb: 'referral.check' };
  const { kind, claim } = await askForCoSell(turn.ports, turn.actor, command, data.claim);
  switch (kind) {
    case 'upgraded':
      return referralReply(turn, claim, { text: words.upgraded, style: 'good' });
    case 'notUpgraded':
      return referralReply(turn, claim, { text: words.checked, style: 'warning' });
    case 'tooLate':
      return referralReply(turn, claim, { text: words.tooLate, style: 'warning' });
    case 'noSuchReferral':
      return noSuchReferral(turn, claim);
  }
};

const isClosed = (turn: Turn, claim: number): Promise<Reply> =>
  referralReply(turn, claim, { text: wordsOf(turn).isClosed, style: 'warning' });

const formReply = (turn: Turn, view: ReferralView, what: DealClosing | null, notes: Notes): Reply => {
  const { number } = view.claim;
  const command = turn.ports.random.id();
  return what === null
    ? { card: editDealCard(turn.reader, view, notes, command), summary: wordsOf(turn).editTitle(number) }
    : { card: closeDealCard(turn.reader, view, what, notes, command), summary: wordsOf(turn).closeTitle[what](number) };
};

const openForm = async (turn: Turn, claim: number, what: DealClosing | null, notes = NO_NOTES): Promise<Reply> => {
  const view = await showReferral(turn.ports, turn.actor, claim);
  if (view === null) return noSuchReferral(turn, claim);
  return isDealOpen(view.referral) ? formReply(turn, view, what, notes) : isClosed(turn, claim);
};

export const editDeal = (turn: Turn, { claim }: VerbData<'referral.edit'>): Promise<Reply> =>
  openForm(turn, claim, null);

export const askClose = (turn: Turn, { claim, what }: VerbData<'referral.askClose'>): Promise<Reply> =>
  openForm(turn, claim, what);

const outcomeReply = (
  turn: Turn,
  claim: number,
  outcome: DealOutcome,
  what: DealClosing | null,
  done: string,
): Promise<Reply> | Reply => {
  // What was typed is given back as long as it can still be sent.
  const typed = { ...NO_NOTES, typed: turn.inputs };
  switch (outcome.kind) {
    case 'done':
      return referralReply(turn, claim, { text: done, style: 'good' });
    case 'faults':
      return openForm(turn, claim, what, { ...typed, faults: outcome.faults });
    case 'changed':
      return openForm(turn, claim, what, { ...typed, stale: true });
    case 'closed':
      return isClosed(turn, claim);
    case 'noSuchReferral':
      return noSuchReferral(turn, claim);
  }
};

/** Stage, day and value, as the partner keeps them. */
export const saveDeal = async (turn: Turn, data: VerbData<'referral.save'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'referral.save' };
  const outcome = await changeDeal(turn.ports, turn.actor, command, data, turn.inputs);
  return outcomeReply(turn, data.claim, outcome, null, wordsOf(turn).saved);
};

/** Won or lost. */
export const close = async (turn: Turn, data: VerbData<'referral.close'>): Promise<Reply> => {
  const { claim, what } = data;
  const command = { id: data.command, verb: 'referral.close' };
  const outcome = await closeDeal(turn.ports, turn.actor, command, data, what, turn.inputs);
  return outcomeReply(turn, claim, outcome, what, wordsOf(turn).closed[what]);
};
