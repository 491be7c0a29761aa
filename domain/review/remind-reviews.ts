import { audit, chainOf } from '../audit/chain.ts';
import { tell } from '../notices/tell.ts';
import type { Ports } from '../ports.ts';
import { mayReview } from './reviewer.ts';
import { nextReminder, REMINDED, SILENT_DAYS, silentDays } from './silence.ts';
import { reviewKey } from './submit-claim.ts';

const BATCH = 200;

/**
 * Speaks of every claim that waits for its reviewers too long. One silence is spoken of once, however many reminders
 * were missed meanwhile and however many processes look. Returns how many there were.
 */
export const remindReviews = async (ports: Ports): Promise<number> => {
  let reminded = 0;
  for (;;) {
    const silent = await ports.reads.claims.listSilent(ports.clock.now(), BATCH);
    let moved = 0;
    for (const number of silent) if (await remindReview(ports, number)) moved += 1;
    reminded += moved;
    // None of a whole batch moved: others are at it.
    if (silent.length < BATCH || moved === 0) return reminded;
  }
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
    for (const { personId } of await tx.people.listReviewers(now)) {
      const person = await tx.people.findActorById(personId);
      if (person === null || !mayReview(ports.settings, person, claim, history)) continue;
      await tell(ports, tx, 'reviewOverdue', { personId }, occasion, subject, now);
    }
    return true;
  });
