import { askAgainCard, askCancelCard, claimCard } from '../../cards/claims/claim.ts';
import { historyCard } from '../../cards/claims/history.ts';
import { claimListCard } from '../../cards/claims/list.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { cancelClaim } from '../../domain/claims/cancel-claim.ts';
import { type ClaimView, listClaims, showClaim } from '../../domain/claims/show-claim.ts';
import { canStartAgain } from '../../domain/claims/status.ts';
import { switchReminders } from '../../domain/consent/switch-reminders.ts';
import { mayClaim } from '../../domain/people/actor.ts';
import { dealReply } from './deals.ts';
import { referralOr } from './referrals.ts';
import { reviewReply } from './reviews.ts';
import { forGood, type Reply, said, type Turn } from './turn.ts';

export const noSuchClaim = ({ reader }: Turn, claim: number): Reply => {
  const words = textFor(reader.language).refused.noSuchClaim(claim);
  return said(reader, words);
};

export const noRole = ({ reader }: Turn): Reply => {
  const words = textFor(reader.language).refused.noRole;
  return said(reader, words);
};

const cardOf = ({ ports, reader }: Turn, view: ClaimView, banner?: Banner): Reply => ({
  card: claimCard(reader, view, ports.random.id(), banner),
  summary: textFor(reader.language).claim.heading(view.claim.number),
});

export const claimReply = async (turn: Turn, number: number, banner?: Banner): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, number);
  return view === null ? noSuchClaim(turn, number) : cardOf(turn, view, banner);
};

/** Reviewers, Referrals admins and sellers who do not work on a claim see what is theirs of it, by its number. */
export const openClaim = async (turn: Turn, { claim }: VerbData<'claim.show'>): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view !== null) return cardOf(turn, view);
  const others = [reviewReply, referralOr, dealReply];
  for (const reply of others) {
    const found = await reply(turn, claim);
    if (found !== null) return found;
  }
  return noSuchClaim(turn, claim);
};

/** Every step of a claim, a page at a time (R33). */
export const openHistory = async (turn: Turn, { claim, page }: VerbData<'claim.history'>): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const summary = textFor(turn.reader.language).claim.historyOf(claim);
  return { card: historyCard(turn.reader, view, page, 'claim'), summary };
};

export const openClaims = async (turn: Turn, { page }: VerbData<'claims.list'>): Promise<Reply> => {
  if (!mayClaim(turn.actor)) return noRole(turn);
  const claims = await listClaims(turn.ports, turn.actor, page);
  return { card: claimListCard(turn.reader, claims), summary: textFor(turn.reader.language).claims.title };
};

export const askCancel = async (turn: Turn, { claim }: VerbData<'claim.askCancel'>): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const words = textFor(turn.reader.language).claim;
  if (!view.possible.includes('cancel')) return claimReply(turn, claim, { text: words.tooLate, style: 'warning' });
  return {
    card: askCancelCard(turn.reader, view, turn.ports.random.id()),
    summary: words.cancelAsk.title(claim),
  };
};

export const askAgain = async (turn: Turn, { claim }: VerbData<'claim.askAgain'>): Promise<Reply> => {
  const view = await showClaim(turn.ports, turn.actor, claim);
  if (view === null) return noSuchClaim(turn, claim);
  const words = textFor(turn.reader.language).again;
  if (!canStartAgain(view.claim.status)) return claimReply(turn, claim, { text: words.notNow, style: 'warning' });
  return { card: askAgainCard(turn.reader, view), summary: words.title(claim) };
};

export const confirmCancel = async (
  turn: Turn,
  { claim, command, status }: VerbData<'claim.cancel'>,
): Promise<Reply> => {
  const outcome = await cancelClaim(turn.ports, turn.actor, { id: command, verb: 'claim.cancel' }, claim, status);
  const words = textFor(turn.reader.language).claim;
  if (outcome.kind === 'noSuchClaim') return noSuchClaim(turn, outcome.claim);
  const banner: Banner =
    outcome.kind === 'done' ? { text: words.canceled, style: 'good' } : { text: words.tooLate, style: 'warning' };
  return forGood(await claimReply(turn, outcome.claim, banner));
};

/** Switches the customer's reminders on or off. */
export const remind = async (turn: Turn, { claim, on, command }: VerbData<'consent.remind'>): Promise<Reply> => {
  const outcome = await switchReminders(turn.ports, turn.actor, { id: command, verb: 'consent.remind' }, claim, on);
  const text = textFor(turn.reader.language);
  if (outcome.kind === 'noSuchClaim') return noSuchClaim(turn, outcome.claim);
  const banner: Banner =
    outcome.kind === 'done'
      ? { text: on ? text.customerReminders.on : text.customerReminders.off, style: 'good' }
      : { text: text.claim.tooLate, style: 'warning' };
  return claimReply(turn, outcome.claim, banner);
};
