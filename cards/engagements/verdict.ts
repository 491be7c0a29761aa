import type { Verdict } from '../../domain/engagements/eligibility.ts';
import type { Reader } from '../card.ts';
import { textFor } from '../format.ts';
import { say } from '../text/en.ts';

/** Every reason of a verdict, or what is missing for one; nothing for a good one. */
export const whyNot = (reader: Pick<Reader, 'language'>, verdict: Verdict): readonly string[] => {
  const text = textFor(reader.language);
  if (verdict.verdict === 'ineligible') return verdict.reasons.map((reason) => say(text.reasons, reason));
  if (verdict.verdict === 'unknown') {
    return verdict.missing.map((what) => text.add.engagements.missing(text.missing(what)));
  }
  return [];
};
