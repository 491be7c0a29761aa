import { type Condition, verdictOf } from '../../domain/co-sell/conditions.ts';
import type { ReferralLine } from '../../domain/co-sell/history.ts';
import type { Referral } from '../../domain/co-sell/referral.ts';
import type { Answerer } from '../../domain/co-sell/show-referral.ts';
import { alarm, bold, dotted, type Element, line, type Reader, type Run, subheading, subtle } from '../card.ts';
import { dateTime, deadline, textFor, usd } from '../format.ts';

/** Where a referral stands, in a few words: `Partner-led · active`. */
export const standingRuns = ({ language }: Pick<Reader, 'language'>, referral: Referral): readonly Run[] => {
  const { referral: words } = textFor(language);
  const { status, substatus, statusReason, coSell } = referral;
  if (status === 'None') {
    const missing = referral.conditions.filter(({ holds }) => holds !== 'yes').map(({ name }) => words.condition[name]);
    return [bold(words.none), ...missing.flatMap((one) => [subtle(' · '), `${one}: ${words.holds.unknown}`])];
  }
  const standing = status === 'Closed' ? (substatus === 'Won' ? 'Won' : 'Lost') : status;
  return dotted(
    coSell === null ? words.kinds.partnerLed : words.kinds.coSell,
    bold(words.standings[standing]),
    statusReason === null ? null : subtle(words.closeReasons[statusReason]),
  );
};

/** A step of the history: who did what; nobody (empty) where it happened by itself. */
export const stepOf = (
  { language }: Pick<Reader, 'language'>,
  line: ReferralLine,
): { readonly who: string; readonly what: string } => {
  const { referral: words } = textFor(language);
  const { what } = line;
  const who = words.by(line);
  if (what === 'reminded' || what === 'expired' || (what === 'closed' && who === '')) {
    return { who: '', what: words.happened[what] };
  }
  return { who, what: words.historyLine[what] };
};

/** What came of asking the sellers, or why they were not asked. */
export const coSellRuns = (reader: Reader, referral: Referral, answeredBy: Answerer | null): readonly Run[] | null => {
  const { referral: words } = textFor(reader.language);
  const { status, coSell, answerDueAt, answeredAt, coSellConditions } = referral;
  const who = answeredBy?.name ?? words.microsoft;
  const when = answeredAt === null ? null : subtle(dateTime(answeredAt, reader));
  switch (coSell) {
    case null: {
      if (coSellConditions !== null) return [words.notUpgraded];
      return status === 'Active' ? [words.notJudged] : null;
    }
    case 'asked': {
      if (answerDueAt === null) return null;
      const due = deadline(answerDueAt, reader);
      return dotted(words.states.asked(due.date), alarm(due.words, due.urgent));
    }
    case 'taken':
    case 'declined':
      return dotted(words.states[coSell](who), answeredBy?.email ?? null, when);
    case 'expired':
    case 'withdrawn':
      return dotted(words.states[coSell], when);
  }
};

const MARKS = { yes: '✓', no: '✗', unknown: '?' } as const;

/** One condition in words: what it asks, and whether it holds; of a sum, what was seen and needed. */
const conditionLine = (
  { language }: Pick<Reader, 'language'>,
  { name, holds, seenCents, neededCents }: Condition,
): Element => {
  const { referral: words } = textFor(language);
  const sum =
    seenCents === undefined || neededCents === undefined || neededCents === 0
      ? null
      : words.needed(usd(seenCents, language), usd(neededCents, language));
  return line(
    [
      `${MARKS[holds]} ${words.condition[name]}: `,
      { text: words.holds[holds], bold: true, ...(holds === 'no' ? { color: 'Attention' } : {}) },
      ...(sum === null ? [] : [subtle(` (${sum})`)]),
    ],
    { spacing: 'None' },
  );
};

const conditionLines = (reader: Reader, title: string, conditions: readonly Condition[] | null): Element[] =>
  conditions === null ? [] : [subheading(title), ...conditions.map((one) => conditionLine(reader, one))];

/** R27: the verdicts condition by condition, a yes as well as a no. The newest: where co-sell was judged, that alone. */
export const verdictElements = (
  reader: Reader,
  { conditions, coSellConditions }: Referral,
  which: 'all' | 'newest',
): Element[] => {
  const { referral: words } = textFor(reader.language);
  return [
    ...conditionLines(reader, words.conditions, which === 'newest' && coSellConditions !== null ? null : conditions),
    ...conditionLines(reader, words.coSellConditions, coSellConditions),
  ];
};

/** Whether there is a no, or a not known, that somebody would ask about. */
export const isInQuestion = ({ conditions, coSellConditions }: Referral): boolean =>
  verdictOf([...conditions, ...(coSellConditions ?? [])]) !== 'eligible';
