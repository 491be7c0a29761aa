import type { ReferralSummary } from '../../domain/co-sell/show-referral.ts';
import { type Action, button, dotted, type Element, folded, type Reader, type Run, subtle, toggle } from '../card.ts';
import { textFor } from '../format.ts';
import { coSellRuns, isInQuestion, standingRuns, verdictElements } from './standing.ts';

export type Row = readonly [label: string, value: Run | readonly Run[]] | null;

/** What a claim's card says of its referral (R26): its status, its id, and what came of co-sell. */
export const referralRows = (reader: Reader, deal: ReferralSummary | null): readonly Row[] => {
  if (deal === null) return [];
  const { referral: words } = textFor(reader.language);
  const { referral, answeredBy } = deal;
  const coSell = coSellRuns(reader, referral, answeredBy);
  return [
    [words.label, standingRuns(reader, referral)],
    referral.status === 'None' ? null : [words.id, referral.mirror.partner?.id ?? referral.id],
    coSell === null ? null : [words.coSell, coSell],
  ];
};

/** Opened in full by Referrals admins alone (R2). */
export const openReferral = (reader: Reader, deal: ReferralSummary | null): readonly Action[] => {
  if (deal === null || !deal.mayOpen || deal.referral.status === 'None') return [];
  return [button('referral.show', { claim: deal.referral.claimNumber }, textFor(reader.language).referral.open)];
};

const FOLD = 'co-sell';

/** The verdicts, condition by condition: in sight where something is in question, else unfolded by who wants to know. */
export const whyCoSell = (
  reader: Reader,
  deal: ReferralSummary | null,
): { readonly action: readonly Action[]; readonly fold: readonly Element[] } => {
  if (deal === null) return { action: [], fold: [] };
  const { referral: words } = textFor(reader.language);
  const shown = verdictElements(reader, deal.referral, 'newest');
  const fold = folded(FOLD, shown);
  return {
    action: [toggle(words.conditionsToggle, FOLD)],
    fold: isInQuestion(deal.referral) ? [{ ...fold, isVisible: true }] : [fold],
  };
};

/** What a seller declined with. */
export const declinedWith = (reader: Reader, deal: Pick<ReferralSummary, 'referral'> | null): Row => {
  if (deal === null || deal.referral.coSell !== 'declined') return null;
  const { deal: words } = textFor(reader.language);
  const { declineReason, declineWords } = deal.referral;
  const reason = declineReason === null ? null : words.reasons[declineReason];
  if (reason === null && declineWords === null) return null;
  return [words.reason, dotted(reason, declineWords === null ? null : subtle(`“${declineWords}”`))];
};
