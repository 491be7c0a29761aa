import type { TypedDealSize } from '../../domain/claims/deal-size.ts';
import type { Cents } from '../../domain/claims/money.ts';
import type { Language } from '../../domain/people/actor.ts';
import { dotted, type Run, subtle } from '../card.ts';
import { textFor, usd } from '../format.ts';

/** A deal size in US dollars; and where it was typed in another currency, as what, and with which rate. */
export const dealSizeRuns = (cents: Cents, typed: TypedDealSize | null, language: Language): readonly Run[] => {
  const { common, consent } = textFor(language);
  const money = common.money(usd(cents, language));
  if (typed === null) return [money];
  const { currency, rate, month } = typed;
  const digits = new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-US', { maximumFractionDigits: 6 });
  return dotted(
    money,
    subtle(consent.dealSize.converted(usd(typed.cents, language), currency, digits.format(rate), month)),
  );
};
