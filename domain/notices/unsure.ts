import {
  CLAIM_NOTICES,
  type KeptNotice,
  type NoticeKind,
  REVIEW_REPLIES,
  REVIEWER_NOTICES,
  ROLE_NOTICES,
} from './notice.ts';

/**
 * What happens with a notice that may or may not stand there, because Teams did not answer (R32).
 * `anew`: it is said once more, later, and says that it may be a repeat. `nextDigest`: the next digest says it.
 * `reminder`: the next reminder posts it anew. `inPerson`: whoever may decide hears in their own chat.
 */
export type WhenUnsure = 'anew' | 'nextDigest' | 'reminder' | 'inPerson';

const each = <K extends NoticeKind>(kinds: readonly K[], what: WhenUnsure): Readonly<Record<K, WhenUnsure>> =>
  Object.fromEntries(kinds.map((kind) => [kind, what])) as Record<K, WhenUnsure>;

/** As long as there is no digest to say it. */
const OF_CLAIMS: WhenUnsure = 'anew';

export const WHEN_UNSURE: Readonly<Record<NoticeKind, WhenUnsure>> = {
  ...each(CLAIM_NOTICES, OF_CLAIMS),
  ...each(REVIEWER_NOTICES, 'anew'),
  ...each(ROLE_NOTICES, 'anew'),
  accessNoChannel: 'anew',
  review: 'reminder',
  ...each(REVIEW_REPLIES, 'reminder'),
  accessRequest: 'inPerson',
};

/** Long enough for an answer that is late, and for Teams to come back. */
const REPEAT_AFTER_MS = 5 * 60_000;

/** When an unsure notice is said once more; null: it is not, by itself. */
export const repeatAt = ({ kind, repeats }: Pick<KeptNotice, 'kind' | 'repeats'>, now: Date): Date | null =>
  WHEN_UNSURE[kind] === 'anew' && repeats === 0 ? new Date(now.getTime() + REPEAT_AFTER_MS) : null;
