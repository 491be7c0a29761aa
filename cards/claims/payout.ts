import { LIMITERS, type Payout } from '../../domain/claims/payout.ts';
import type { Language } from '../../domain/people/actor.ts';
import { bold, dotted, type Element, line, type Reader, subtle } from '../card.ts';
import { textFor, usd } from '../format.ts';

/** Hundredths of a percent as a percentage: `7.5`. */
const percent = (basisPoints: number, language: Language): string =>
  new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-US', { maximumFractionDigits: 2 }).format(basisPoints / 100);

/** How a payout comes about (R14): its three terms, a line each; the least of them is what is paid. */
export const payoutTerms = (reader: Pick<Reader, 'language'>, payout: Payout): Element[] => {
  const { language } = reader;
  const { payout: words, common } = textFor(language);
  const money = (cents: number) => common.money(usd(cents, language));
  const said = {
    percent: words.percent(percent(payout.basisPoints, language), money(payout.valueCents)),
    hours: words.hours(payout.hours, money(payout.hourlyCents)),
    cap: words.cap,
  };
  return LIMITERS.map((term) => {
    const amount = `${said[term]}: ${money(payout.terms[term])}`;
    return line(term === payout.limiter ? dotted(bold(amount), bold(words.limits)) : subtle(amount), {
      spacing: 'Small',
    });
  });
};
