import type { Engagement } from '../engagements/engagement.ts';
import { nextWarning } from '../notices/reminders.ts';
import type { NewClaim } from './claim-store.ts';
import { endOfWindow } from './deadlines.ts';

/** R17: the clock that runs from the making of a claim, and when the partner is first warned of it. */
export const consentClock = (
  at: Date,
  { windows }: Pick<Engagement, 'windows'>,
): Pick<NewClaim, 'dueAt' | 'warnAt'> => {
  const dueAt = endOfWindow(at, windows.consent);
  return { dueAt, warnAt: nextWarning({ status: 'CUSTOMER_CLAIMED', statusAt: at, dueAt }, at) };
};
