import { audit, chainOf } from '../audit/chain.ts';
import type { SilentClaim } from '../claims/claim-store.ts';
import { tell } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';
import { rightToReview } from './reviewer.ts';
import { nextReminder, REMINDED, SILENT_DAYS, silentDays } from './silence.ts';
import { reviewKey } from './submit-claim.ts';

const BATCH = 200;

/**
 * Speaks of every claim that waits for its reviewers too long. One silence is spoken of once, however many reminders
 * were missed meanwhile and however many processes look. Returns how many there were.
 */
export const remindReviews = async (ports: Ports): Promise<number> => {
  let reminded = 0;
  // One claim that cannot be spoken of must not keep the others silent.
  const failed: Error[] = [];
  let last: SilentClaim | null = null;
  for (;;) {
    const silent: readonly SilentClaim[] = await ports.reads.claims.listSilent(ports.clock.now(), BATCH, last);
    for (const { number } of silent) {
      try {
        if (await remindReview(ports, number)) reminded += 1;
      } catch (error) {
        failed.push(new Error(`the reviewers of claim ${number} could not be reminded`, { cause: error }));
      }
    }
    last = silent.at(-1) ?? null;
    if (silent.length < BATCH) break;
  }
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} reminders failed`);
  return reminded;
};

const remindReview = (ports: Ports, number: number): Promise<boolean> =>
  ports.inTx(async (tx) => {
    const now = ports.clock.now();
    await tx.claims.hold(number);
    const claim = await tx.claims.find(number);
    if (claim === null || claim.remindAt === null || claim.remindAt > now) return false;
    if (!(await tx.claims.remindAgain(number, claim.remindAt, nextReminder(now)))) return false;
    const occasion = `${reviewKey(number)}:silent:${claim.remindAt.toISOString()}`;
    const subject = { claimNumber: number };
    const audience = { duty: 'reviews', organisationId: claim.organisationId } as const;
    await tell(ports, tx, 'reviewWaiting', audience, occasion, subject, now);
    const days = silentDays(claim.statusAt, now);
    const chain = chainOf(number);
    const history = await tx.audit.list(chain);
    await audit(tx, ports.sha256, { chain, at: now, actor: 'clock', what: REMINDED, facts: { days } });
    if (days < 2 * SILENT_DAYS) return true;
    for (const person of await tx.people.listReviewers(now)) {
      const right = await rightToReview(tx, ports.settings, person, claim, history, now);
      if (right === null || right === 'own') continue;
      await tell(ports, tx, 'reviewOverdue', { personId: person.personId }, occasion, subject, now);
    }
    return true;
  });
