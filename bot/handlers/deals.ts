import { dealCard, declineCard, firstAnswer } from '../../cards/co-sell/deal.ts';
import { dealListCard } from '../../cards/co-sell/deal-list.ts';
import { NO_NOTES } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor, usd } from '../../cards/format.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { type CoSellOutcome, declineDeal, takeDeal } from '../../domain/co-sell/answer-co-sell.ts';
import { listDeals } from '../../domain/co-sell/list-deals.ts';
import { coSellKey } from '../../domain/co-sell/referral.ts';
import { type DealView, sharedDeal, showDeal } from '../../domain/co-sell/show-referral.ts';
import { isShownIn } from '../../domain/notices/shown-in.ts';
import { isSeller } from '../../domain/people/actor.ts';
import { type Reply, said, type Turn } from './turn.ts';

const wordsOf = ({ reader }: Turn) => textFor(reader.language).deal;

const cardOf = (turn: Turn, view: DealView, banner?: Banner): Reply => ({
  card: dealCard(turn.reader, view, turn.ports.random.id(), banner),
  summary: wordsOf(turn).summary(view.claim.number, usd(view.referral.valueCents, turn.reader.language)),
});

/** Where the card stands, everybody in the channel may see what it shows, and no more. */
const readersView = async (turn: Turn, claim: number): Promise<DealView | null> => {
  const { ports, channel } = turn;
  if (channel === null || !(await isShownIn(ports, coSellKey(claim), channel.conversationId))) return null;
  const view = await sharedDeal(ports, claim);
  return view && { ...view, viewers: [] };
};

const nothingToSee = (turn: Turn, claim: number): Reply =>
  said(turn.reader, isSeller(turn.actor) ? wordsOf(turn).noSuchDeal(claim) : wordsOf(turn).notSeller);

/** A deal that the sellers were asked about: with buttons for sellers, and as it stands for those who read along. */
export const openDeal = async (turn: Turn, { claim }: VerbData<'coSell.show'>): Promise<Reply> => {
  const view = (await showDeal(turn.ports, turn.actor, claim)) ?? (await readersView(turn, claim));
  return view === null ? nothingToSee(turn, claim) : cardOf(turn, view);
};

/** `deals`: what waits for sellers, and what was taken. */
export const openDeals = async (turn: Turn, { page }: VerbData<'deals.list'>): Promise<Reply> => {
  const list = await listDeals(turn.ports, turn.actor, page);
  if (list === null) return said(turn.reader, wordsOf(turn).notSeller);
  return { card: dealListCard(turn.reader, list), summary: textFor(turn.reader.language).deals.title };
};

/** The deal of a claim as this seller sees it; null: they are none, or there is no such deal. */
export const dealReply = async (turn: Turn, claim: number): Promise<Reply | null> => {
  const view = await showDeal(turn.ports, turn.actor, claim);
  return view && cardOf(turn, view);
};

const withBanner = async (turn: Turn, claim: number, banner: Banner): Promise<Reply> => {
  const view = await showDeal(turn.ports, turn.actor, claim);
  return view === null ? nothingToSee(turn, claim) : cardOf(turn, view, banner);
};

/** Whoever was first is named, or that the time was over; the card shows how things stand now. */
const tooLate = async (turn: Turn, claim: number): Promise<Reply> => {
  const view = await showDeal(turn.ports, turn.actor, claim);
  if (view === null) return nothingToSee(turn, claim);
  const { referral, refused } = textFor(turn.reader.language);
  // Its time is over, and the sweep that writes that down has not come by yet.
  const over = view.referral.coSell === 'asked' ? referral.states.expired : null;
  const text = over ?? firstAnswer(turn.reader, view) ?? refused.stale;
  return cardOf(turn, view, { text, style: 'warning' });
};

const outcomeReply = (
  turn: Turn,
  claim: number,
  outcome: Exclude<CoSellOutcome, { kind: 'faults' }>,
  done: string,
): Promise<Reply> | Reply => {
  switch (outcome.kind) {
    case 'done':
      return withBanner(turn, claim, { text: done, style: 'good' });
    case 'tooLate':
      return tooLate(turn, claim);
    case 'notSeller':
      return said(turn.reader, wordsOf(turn).notSeller);
    case 'noSuchDeal':
      return said(turn.reader, wordsOf(turn).noSuchDeal(claim));
  }
};

export const take = async (turn: Turn, { claim, command }: VerbData<'coSell.take'>): Promise<Reply> => {
  const outcome = await takeDeal(turn.ports, turn.actor, { id: command, verb: 'coSell.take' }, claim);
  if (outcome.kind === 'faults') throw new Error('taking a deal asks for nothing');
  return outcomeReply(turn, claim, outcome, wordsOf(turn).taken);
};

const askReply = (turn: Turn, view: DealView, notes = NO_NOTES): Reply => ({
  card: declineCard(turn.reader, view, notes, turn.ports.random.id()),
  summary: wordsOf(turn).declineTitle,
});

const canAnswer = ({ looker }: DealView): boolean => looker.kind === 'seller' && looker.canAnswer;

export const askDecline = async (turn: Turn, { claim }: VerbData<'coSell.ask'>): Promise<Reply> => {
  const view = await showDeal(turn.ports, turn.actor, claim);
  if (view === null) return openDeal(turn, { claim });
  return canAnswer(view) ? askReply(turn, view) : tooLate(turn, claim);
};

export const decline = async (turn: Turn, data: VerbData<'coSell.decline'>): Promise<Reply> => {
  const { claim } = data;
  const command = { id: data.command, verb: 'coSell.decline' };
  const outcome = await declineDeal(turn.ports, turn.actor, command, claim, turn.inputs);
  if (outcome.kind !== 'faults') return outcomeReply(turn, claim, outcome, wordsOf(turn).declined);
  const view = await showDeal(turn.ports, turn.actor, claim);
  // What was typed is given back as long as it can still be sent.
  if (view === null || !canAnswer(view)) return tooLate(turn, claim);
  return askReply(turn, view, { ...NO_NOTES, faults: outcome.faults, typed: turn.inputs });
};
