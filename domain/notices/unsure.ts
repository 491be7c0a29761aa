import type { Ports } from '../ports.ts';
import {
  CLAIM_NOTICES,
  isListener,
  type KeptNotice,
  type NoticeKind,
  REMINDERS,
  REVIEW_REPLIES,
  REVIEWER_NOTICES,
  ROLE_NOTICES,
  SELLER_REPLIES,
} from './notice.ts';
import { nextSlot } from './slots.ts';
import { findHearing } from './subscription.ts';

/**
 * What happens with a notice that may or may not stand there, because Teams did not answer (R32). `anew`: it is said once
 * more, soon; `nextSlot`: at the listener's next slot, with the digest if there is one; both say that they may be a repeat.
 * `reminder`: the next reminder posts it anew. `inPerson`: whoever may decide hears in their own chat. `never`: it told
 * nothing.
 */
type WhenUnsure = 'anew' | 'nextSlot' | 'reminder' | 'inPerson' | 'never';

const each = <K extends NoticeKind>(kinds: readonly K[], what: WhenUnsure): Readonly<Record<K, WhenUnsure>> =>
  Object.fromEntries(kinds.map((kind) => [kind, what])) as Record<K, WhenUnsure>;

export const WHEN_UNSURE: Readonly<Record<NoticeKind, WhenUnsure>> = {
  ...each(CLAIM_NOTICES, 'anew'),
  ...each(REMINDERS, 'nextSlot'),
  digest: 'nextSlot',
  ...each(REVIEWER_NOTICES, 'anew'),
  ...each(ROLE_NOTICES, 'anew'),
  accessNoChannel: 'anew',
  channelClosed: 'anew',
  review: 'reminder',
  ...each(REVIEW_REPLIES, 'reminder'),
  coSell: 'reminder',
  ...each(SELLER_REPLIES, 'reminder'),
  coSellNoChannel: 'anew',
  accessRequest: 'inPerson',
  test: 'never',
};

/** Long enough for an answer that is late, and for Teams to come back. */
const REPEAT_AFTER_MS = 5 * 60_000;

/** When an unsure notice is said once more; null: it is not, by itself. */
export const repeatAt = async (
  { reads, clock }: Pick<Ports, 'reads' | 'clock'>,
  { kind, repeats, audience }: Pick<KeptNotice, 'kind' | 'repeats' | 'audience'>,
): Promise<Date | null> => {
  if (repeats > 0) return null;
  const now = clock.now();
  switch (WHEN_UNSURE[kind]) {
    case 'anew':
      return new Date(now.getTime() + REPEAT_AFTER_MS);
    case 'nextSlot': {
      const hearing = isListener(audience) ? await findHearing(reads, audience) : null;
      return hearing && nextSlot(hearing.subscription, hearing.timeZone, now);
    }
    default:
      return null;
  }
};
