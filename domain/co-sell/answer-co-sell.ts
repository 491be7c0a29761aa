import { byPerson } from '../audit/chain.ts';
import { isOver } from '../claims/deadlines.ts';
import { type Command, carryOut } from '../commands.ts';
import { tellPartner } from '../notices/tell.ts';
import { type Actor, isSeller } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { requiredText, someLines, type TextFault } from '../typed.ts';
import { noteReferral, type ReferralEvent } from './history.ts';
import {
  type CoSellState,
  coSellKey,
  DECLINE_REASONS,
  type DeclineReason,
  maySell,
  type Referral,
  type ReferralChange,
} from './referral.ts';

export const MOST_DECLINE_WORDS = 500;

type DeclineFault = TextFault | { readonly code: 'choice.missing' };
type DeclineFaults = readonly { readonly field: 'reason' | 'words'; readonly fault: DeclineFault }[];

export type CoSellOutcome =
  | { readonly kind: 'done'; readonly claim: number }
  | { readonly kind: 'faults'; readonly faults: DeclineFaults }
  /** Somebody or the clock was first; the card says who, and when. */
  | { readonly kind: 'tooLate'; readonly claim: number }
  | { readonly kind: 'notSeller' | 'noSuchDeal'; readonly claim: number };

/** Whether the sellers can still answer. The deadline decides, not the sweep that writes it down a little later. */
export const canBeAnswered = ({ coSell, answerDueAt }: Pick<Referral, 'coSell' | 'answerDueAt'>, now: Date): boolean =>
  coSell === 'asked' && !isOver(answerDueAt, now);

const EVENT_OF = {
  taken: 'taken',
  declined: 'declined',
  expired: 'expired',
  withdrawn: 'withdrawn',
} as const satisfies Partial<Record<CoSellState, ReferralEvent>>;

type Answer = Pick<ReferralChange, 'answeredById' | 'declineReason' | 'declineWords'> & {
  readonly coSell: keyof typeof EVENT_OF;
};

/** Writes down what became of asking the sellers; their card shows it. The caller holds the claim. */
export const settleCoSell = async (
  ports: Pick<Ports, 'sha256'>,
  tx: Tx,
  number: number,
  answer: Answer,
  { actor, at }: { readonly actor: string; readonly at: Date },
): Promise<void> => {
  await tx.referrals.change(number, { ...answer, answeredAt: at, answerDueAt: null, warnAt: null }, at);
  const { declineReason = null, declineWords = null } = answer;
  const facts = {
    ...(declineReason === null ? {} : { reason: declineReason }),
    ...(declineWords === null ? {} : { wordsHash: ports.sha256(declineWords) }),
  };
  await noteReferral(ports, tx, number, EVENT_OF[answer.coSell], { actor, at, facts });
  await tx.notices.amend([coSellKey(number)]);
};

const answer = (
  ports: Ports,
  actor: Actor,
  command: Command,
  number: number,
  given: Pick<Answer, 'declineReason' | 'declineWords'> & { readonly coSell: 'taken' | 'declined' },
): Promise<CoSellOutcome> =>
  carryOut<CoSellOutcome>(ports, actor, command, async (tx, at) => {
    await tx.claims.hold(number);
    const [claim, referral] = [await tx.claims.find(number), await tx.referrals.find(number)];
    // Read again inside: a role that was taken away a moment ago answers for nobody.
    const seller = await tx.people.findActorById(actor.personId);
    if (seller === null || !isSeller(seller)) return { kind: 'notSeller', claim: number };
    // Whose deal it is not learns no more than of one that never was.
    const theirs = claim !== null && maySell(seller, claim);
    if (!theirs || referral === null || referral.coSell === null) return { kind: 'noSuchDeal', claim: number };
    if (!canBeAnswered(referral, at)) return { kind: 'tooLate', claim: number };
    const step = { actor: byPerson(actor), at };
    await settleCoSell(ports, tx, number, { ...given, answeredById: actor.personId }, step);
    const notice = given.coSell === 'taken' ? 'coSellTaken' : 'coSellDeclined';
    await tellPartner(ports, tx, claim, notice, `co-sell-${given.coSell}`, at, actor.personId);
    return { kind: 'done', claim: number };
  });

/** R28: a seller takes the deal. The first answer counts. */
export const takeDeal = (ports: Ports, actor: Actor, command: Command, number: number): Promise<CoSellOutcome> =>
  answer(ports, actor, command, number, { coSell: 'taken' });

/** What was typed: a reason, and words, which another reason than those listed needs. */
const parseDeclined = (
  typed: Readonly<Record<string, string>>,
): { readonly reason: DeclineReason; readonly words: string | null } | { readonly faults: DeclineFaults } => {
  const reason = DECLINE_REASONS.find((code) => code === typed.reason);
  const raw = typed.words ?? '';
  const optional = reason !== 'other' && someLines(raw) === '';
  const words = optional ? { value: null } : requiredText(raw, MOST_DECLINE_WORDS);
  if (reason !== undefined && 'value' in words) return { reason, words: words.value };
  return {
    faults: [
      ...(reason === undefined ? [{ field: 'reason', fault: { code: 'choice.missing' } } as const] : []),
      ...('fault' in words ? [{ field: 'words', fault: words.fault } as const] : []),
    ],
  };
};

/** R28: a seller declines the deal, saying why. It stays with the partner alone. */
export const declineDeal = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  number: number,
  typed: Readonly<Record<string, string>>,
): Promise<CoSellOutcome> => {
  const parsed = parseDeclined(typed);
  if ('faults' in parsed) return { kind: 'faults', faults: parsed.faults };
  const { reason, words } = parsed;
  return answer(ports, actor, command, number, { coSell: 'declined', declineReason: reason, declineWords: words });
};
