import { daysLeft, LAST_DAYS } from '../domain/claims/deadlines.ts';
import type { Cents } from '../domain/claims/money.ts';
import type { Language } from '../domain/people/actor.ts';
import type { Reader } from './card.ts';
import { en, type Text } from './text/en.ts';
import { nl } from './text/nl.ts';

const TEXTS: Record<Language, Text> = { en, nl };
const LOCALES: Record<Language, string> = { en: 'en-GB', nl: 'nl-NL' };

export const textFor = (language: Language): Text => TEXTS[language];

/** Whole dollars without cents, others with: `25,000` or `25.000,50`. */
export const usd = (cents: Cents, language: Language): string =>
  new Intl.NumberFormat(language === 'nl' ? 'nl-NL' : 'en-US', {
    minimumFractionDigits: cents % 100 === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(cents / 100);

/** A day and time in the reader's own zone. Cards hold finished text: clients localise dates unreliably. */
export const dateTime = (at: Date, { language, timeZone }: Pick<Reader, 'language' | 'timeZone'>): string =>
  new Intl.DateTimeFormat(LOCALES[language], {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at);

/** Deadlines and rates go by the day in UTC (R4, R17), so their date is said in UTC: nobody's zone moves it. */
export const utcDate = (at: Date, language: Language): string =>
  `${new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(at)} (UTC)`;

/** The same without its year: days that are near. */
export const utcDay = (at: Date, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(at);

/** A month and its year, in few letters. */
export const monthName = (at: Date, language: Language): string =>
  new Intl.DateTimeFormat(LOCALES[language], { month: 'short', year: '2-digit', timeZone: 'UTC' }).format(at);

/** `3 days left (24 Dec 2026 (UTC))`, and how urgent that is. */
export const deadline = (dueAt: Date, { language, now }: Pick<Reader, 'language' | 'now'>) => {
  const left = daysLeft(dueAt, now);
  return {
    words: textFor(language).common.days(left),
    date: utcDate(dueAt, language),
    // Amber and green text are too pale to read on white; only the last days are coloured, and words say it too.
    urgent: left <= LAST_DAYS,
  };
};

export const countryName = (code: string, language: Language): string => TEXTS[language].country(code);
