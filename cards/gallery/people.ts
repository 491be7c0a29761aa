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

const AT_WORK = { hasRole: true, imports: true, personal: true };

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
  const said = { ...refusals(text), 'form canceled': text.add.canceled, 'nothing sent': text.consent.canceled };
  return [
    ...Object.values(REASONS).map((why: HelpReason) => pose(`help ${why.kind}`, helpCard(reader, why, AT_WORK))),
    pose(
      'help nearest command',
      helpCard(reader, { kind: 'unknown', typed: TYPED.command, nearest: text.help.commands.add.command }, AT_WORK),
    ),
    ...HOSTILES.map((hostile) =>
      pose(
        `help unknown ${hostile}`,
        helpCard(reader, { kind: 'unknown', typed: HOSTILE[hostile], nearest: null }, AT_WORK),
      ),
    ),
    pose('help hello hostile', helpCard(reader, { kind: 'hello', name: HOSTILE.mention }, AT_WORK)),
    pose('help no role', helpCard(reader, REASONS.hello, { hasRole: false, imports: false, personal: true })),
    pose('help no role asked', helpCard(reader, REASONS.asked, { hasRole: false, imports: false, personal: true })),
    pose('help in a channel', helpCard(reader, REASONS.asked, { hasRole: true, imports: true, personal: false })),
    ...Object.entries(said).flatMap(([name, words]) =>
      typeof words === 'string' ? [] : [pose(`said ${name}`, saidCard(reader, words))],
    ),
  ];
};
