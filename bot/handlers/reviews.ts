import { historyCard } from '../../cards/claims/history.ts';
import { NO_NOTES, type Notes } from '../../cards/drafts/step.ts';
import type { Banner } from '../../cards/form.ts';
import { textFor } from '../../cards/format.ts';
import { askDecisionCard, newestStep, reviewCard, reviewListCard } from '../../cards/review/review.ts';
import type { VerbData } from '../../cards/verbs.ts';
import { canFollow } from '../../domain/claims/transitions.ts';
import { isShownIn } from '../../domain/notices/shown-in.ts';
import {
  type Decision,
  decideReview,
  type ReviewOutcome,
  startReview,
  transitionOf,
} from '../../domain/review/review-claim.ts';
import { isReviewer } from '../../domain/review/reviewer.ts';
import { listReviews, type ReviewView, sharedReview, showReview } from '../../domain/review/show-review.ts';
import { reviewKey } from '../../domain/review/submit-claim.ts';
import { type Reply, said, type Turn } from './turn.ts';

const wordsOf = ({ reader }: Turn) => textFor(reader.language).review;

const notReviewer = (turn: Turn): Reply => said(turn.reader, wordsOf(turn).notReviewer);

const cardOf = (turn: Turn, view: ReviewView, banner?: Banner): Reply => ({
  card: reviewCard(turn.reader, view, turn.ports.random.id(), banner),
  summary: wordsOf(turn).title(view.claim.number),
});

/** The review as this person sees it; null: they are no reviewer, or there is nothing to review. */
export const reviewReply = async (turn: Turn, claim: number, banner?: Banner): Promise<Reply | null> => {
  const view = await showReview(turn.ports, turn.actor, claim);
  return view && cardOf(turn, view, banner);
};

/** Where the card stands, everybody in the channel may see what it shows, and no more. */
const readersView = async (turn: Turn, claim: number): Promise<ReviewView | null> => {
  const { ports, channel } = turn;
  if (channel === null || !(await isShownIn(ports, reviewKey(claim), channel.conversationId))) return null;
  const view = await sharedReview(ports, claim);
  return view && { ...view, viewers: [] };
};

const visible = async (turn: Turn, claim: number): Promise<ReviewView | null> =>
  (await showReview(turn.ports, turn.actor, claim)) ?? readersView(turn, claim);

const nothingToReview = async (turn: Turn, claim: number): Promise<Reply> => {
  const reviews = await isReviewer(turn.ports.reads, turn.actor, turn.reader.now);
  return reviews ? said(turn.reader, wordsOf(turn).noSuchClaim(claim)) : notReviewer(turn);
};

export const openReview = async (turn: Turn, { claim }: VerbData<'review.show'>): Promise<Reply> => {
  const view = await visible(turn, claim);
  return view === null ? nothingToReview(turn, claim) : cardOf(turn, view);
};

export const openReviewHistory = async (turn: Turn, data: VerbData<'review.history'>): Promise<Reply> => {
  const { claim, page } = data;
  const view = await visible(turn, claim);
  if (view === null) return nothingToReview(turn, claim);
  return { card: historyCard(turn.reader, view, page, 'review'), summary: wordsOf(turn).title(claim) };
};

export const openReviews = async (turn: Turn, { page }: VerbData<'review.list'>): Promise<Reply> => {
  const list = await listReviews(turn.ports, turn.actor, page);
  if (list === null) return notReviewer(turn);
  return { card: reviewListCard(turn.reader, list), summary: wordsOf(turn).list.title };
};

/** Whoever was first is named; the card shows how things stand now. */
const tooLate = async (turn: Turn, claim: number): Promise<Reply> => {
  const view = await showReview(turn.ports, turn.actor, claim);
  if (view === null) return openReview(turn, { claim });
  const text = newestStep(turn.reader, view) ?? textFor(turn.reader.language).refused.stale;
  return cardOf(turn, view, { text, style: 'warning' });
};

const askReply = (turn: Turn, view: ReviewView, what: Decision, notes: Notes): Reply => ({
  card: askDecisionCard(turn.reader, view, what, notes, turn.ports.random.id()),
  summary: wordsOf(turn).title(view.claim.number),
});

const mayDecideNow = ({ looker, claim }: ReviewView, what: Decision): boolean =>
  looker.kind === 'reviewer' && canFollow(transitionOf(what, claim), claim);

export const askDecision = async (turn: Turn, { claim, what }: VerbData<'review.ask'>): Promise<Reply> => {
  const view = await showReview(turn.ports, turn.actor, claim);
  if (view === null) return openReview(turn, { claim });
  return mayDecideNow(view, what) ? askReply(turn, view, what, NO_NOTES) : tooLate(turn, claim);
};

const outcomeReply = async (
  turn: Turn,
  claim: number,
  outcome: Exclude<ReviewOutcome, { kind: 'faults' }>,
  done: string,
): Promise<Reply> => {
  switch (outcome.kind) {
    case 'done':
      return (await reviewReply(turn, claim, { text: done, style: 'good' })) ?? openReview(turn, { claim });
    case 'tooLate':
      return tooLate(turn, claim);
    case 'ownClaim':
      return (
        (await reviewReply(turn, claim, { text: wordsOf(turn).own, style: 'warning' })) ?? openReview(turn, { claim })
      );
    case 'notReviewer':
      return notReviewer(turn);
    case 'noSuchClaim':
      return openReview(turn, { claim });
  }
};

export const beginReview = async (turn: Turn, data: VerbData<'review.start'>): Promise<Reply> => {
  const command = { id: data.command, verb: 'review.start' };
  const outcome = await startReview(turn.ports, turn.actor, command, data);
  if (outcome.kind === 'faults') throw new Error('starting a review asks for nothing');
  return outcomeReply(turn, data.claim, outcome, wordsOf(turn).started);
};

export const decide = async (turn: Turn, data: VerbData<'review.decide'>): Promise<Reply> => {
  const { claim, what } = data;
  const command = { id: data.command, verb: 'review.decide' };
  const outcome = await decideReview(turn.ports, turn.actor, command, data, what, turn.inputs);
  if (outcome.kind !== 'faults') return outcomeReply(turn, claim, outcome, wordsOf(turn).decided[what]);
  const view = await showReview(turn.ports, turn.actor, claim);
  // What was typed is given back as long as it can still be sent.
  if (view === null || !mayDecideNow(view, what)) return tooLate(turn, claim);
  return askReply(turn, view, what, { ...NO_NOTES, faults: outcome.faults, typed: turn.inputs });
};
