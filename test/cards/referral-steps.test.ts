import { describe, expect, test } from '@jest/globals';
import { stepOf } from '../../cards/co-sell/standing.ts';
import { REFERRAL_EVENTS, type ReferralLine } from '../../domain/co-sell/history.ts';
import { LANGUAGES, type Language } from '../../domain/people/actor.ts';

const said = (language: Language, what: ReferralLine['what'], by: ReferralLine['by'], person: string | null = null) => {
  const step = stepOf({ language }, { at: new Date(0), facts: {}, what, by, person });
  return [step.who, step.what].filter((part) => part !== '').join(' ');
};

describe('R33: a step of a referral is a whole sentence, whoever brought it about', () => {
  test.each<[Language, ReferralLine['what'], ReferralLine['by'], string | null, string]>([
    ['en', 'taken', 'person', 'Kim Seller', 'Kim Seller took the deal'],
    ['en', 'taken', 'person', null, 'A colleague took the deal'],
    ['en', 'taken', 'partnerCenter', null, 'Partner Center took the deal'],
    ['en', 'expired', 'clock', null, 'No seller answered in time'],
    ['en', 'expired', 'partnerCenter', null, 'No seller answered in time'],
    ['en', 'reminded', 'clock', null, 'The sellers were reminded'],
    ['en', 'closed', 'clock', null, 'The referral was closed'],
    ['en', 'closed', 'customer', null, 'The customer had the referral closed'],
    ['nl', 'expired', 'partnerCenter', null, 'Geen verkoper antwoordde op tijd'],
    ['nl', 'closed', 'clock', null, 'De referral is gesloten'],
    ['nl', 'closed', 'person', 'Robin Demo', 'Robin Demo liet de referral sluiten'],
  ])('in %s, “%s” by %s %j', (language, what, by, person, sentence) => {
    expect(said(language, what, by, person)).toBe(sentence);
  });

  test.each(REFERRAL_EVENTS)('“%s” has words in every language', (what) => {
    for (const language of LANGUAGES) expect(said(language, what, 'person', 'Robin')).toMatch(/\p{L}{3}/u);
  });
});
