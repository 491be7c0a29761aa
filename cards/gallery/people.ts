import type { Language } from '../../domain/people/actor.ts';
import { textFor } from '../format.ts';
import { type HelpReason, helpCard } from '../people/help.ts';
import { saidCard } from '../people/said.ts';
import type { Text } from '../text/en.ts';
import { HOSTILE, HOSTILES, type Pose, readerIn, TYPED, UNTRUSTED } from './sample.ts';

type Reasons = { readonly [K in HelpReason['kind']]: HelpReason & { readonly kind: K } };

const REASONS: Reasons = {
  asked: { kind: 'asked' },
  hello: { kind: 'hello', name: TYPED.partner },
  unknown: { kind: 'unknown', typed: HOSTILE.markdown, nearest: null },
  language: { kind: 'language' },
};

const EVERYTHING = { claim: true, import: true, review: true, refer: true, sell: true, admin: true, setUp: true };
const NOTHING = { claim: false, import: false, review: false, refer: false, sell: false, admin: false, setUp: false };

type Words = { readonly title: string; readonly body: string };

/** What is said instead of a card that cannot be shown. What is one sentence alone stands on another card. */
const refusals = (text: Text): Readonly<Record<string, Words>> => {
  const said = {
    ...text.refused,
    noSuchClaim: text.refused.noSuchClaim(1_000_027),
    failed: text.refused.failed('4F7-K2Q'),
  };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, words]) => (typeof words === 'string' ? [] : [[name, words]])),
  );
};

/** Help, and every short answer. */
export const peoplePoses = (language: Language): readonly Pose[] => {
  const reader = readerIn(language);
  const text = textFor(language);
  const pose = (name: string, card: Pose['card']): Pose => ({ name, card, untrusted: UNTRUSTED });
  const said = {
    ...refusals(text),
    'form canceled': text.add.canceled,
    'not a reviewer': text.review.notReviewer,
    'nothing to review': text.review.noSuchClaim(1_000_027),
    'access asked': text.access.asked,
    'access withdrawn': text.access.withdrawn,
    'access withdrawn too late': text.access.withdrawTooLate,
    'access not yours': text.access.notDecider,
    'people not admin': text.people.notAdmin,
    'people nothing': text.people.gone,
    'stand-in not admin': text.standIn.notAdmin,
    'channel not admin': text.channel.notAdmin,
    'channel not here': text.channel.notHere,
    'channel removed': text.channel.removed,
    'nothing sent': text.consent.canceled,
    'not a seller': text.deal.notSeller,
    'no referrals': text.referrals.notAdmin,
    'no such deal': text.deal.noSuchDeal(1_000_027),
    'no such referral': text.referral.noSuchReferral(1_000_027),
  };
  return [
    ...Object.values(REASONS).map((why: HelpReason) =>
      pose(`help ${why.kind}`, helpCard(reader, why, EVERYTHING, true)),
    ),
    pose(
      'help nearest command',
      helpCard(
        reader,
        { kind: 'unknown', typed: TYPED.command, nearest: text.help.commands.add.command },
        EVERYTHING,
        true,
      ),
    ),
    ...HOSTILES.map((hostile) =>
      pose(
        `help unknown ${hostile}`,
        helpCard(reader, { kind: 'unknown', typed: HOSTILE[hostile], nearest: null }, EVERYTHING, true),
      ),
    ),
    pose('help hello hostile', helpCard(reader, { kind: 'hello', name: HOSTILE.mention }, EVERYTHING, true)),
    pose('help no role', helpCard(reader, REASONS.hello, NOTHING, true)),
    pose('help no role asked', helpCard(reader, REASONS.asked, NOTHING, true)),
    pose('help in a channel', helpCard(reader, REASONS.asked, EVERYTHING, false)),
    ...Object.entries(said).flatMap(([name, words]) =>
      typeof words === 'string' ? [] : [pose(`said ${name}`, saidCard(reader, words))],
    ),
  ];
};
