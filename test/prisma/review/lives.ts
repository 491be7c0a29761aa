import { expect } from '@jest/globals';
import { audit, byPerson, chainOf, firstBreak } from '../../../domain/audit/chain.ts';
import type { ClaimKind } from '../../../domain/claims/claim-store.ts';
import { expireClaims } from '../../../domain/claims/expire-claims.ts';
import { CLAIM_STATUSES } from '../../../domain/claims/status.ts';
import { TRANSITIONS, type TransitionName } from '../../../domain/claims/transitions.ts';
import type { Actor } from '../../../domain/people/actor.ts';
import { remindReviews } from '../../../domain/review/remind-reviews.ts';
import { START } from '../../support/world.ts';
import type { Record } from '../record.ts';
import { type Action, born, foretold, isOpen, type JUDGES, type Life, type PARTNERS } from './life.ts';
import { allOf, type Steps } from './steps.ts';

export type Cast = { readonly [P in (typeof PARTNERS)[number] | (typeof JUDGES)[number]]: Actor };

const isStep = (what: string): what is TransitionName => what in TRANSITIONS;

/** What the record holds of a claim, without what it holds of others. */
const whole = async (record: Record, number: number): Promise<unknown> => {
  const {
    told: _told,
    queued: _queued,
    ...rest
  } = JSON.parse(await allOf(record, number)) as { [part: string]: unknown };
  return rest;
};

/** One customer's claims for one engagement, one after another, lived through in the record and foretold beside it. */
export const livesIn = async (record: Record, steps: Steps, cast: Cast, engagement: { slug: string; id: string }) => {
  const { ports, clock, database } = record;
  clock.set(START);
  const version = await ports.reads.engagements.findVersion(engagement.id);
  if (version === null) throw new Error('there is no such engagement');
  const nomination = await steps.nomination({
    ...{ ownerId: cast.owner.personId, engagementVersionId: engagement.id, engagementSlug: engagement.slug },
    hours: 12,
  });
  let life: Life | null = null;
  const ended: { readonly number: number; readonly as: unknown }[] = [];
  const links: string[] = [];
  const seen = new Set<string>();

  const nominate = async (kind: ClaimKind): Promise<string> => {
    const createdAt = clock.now();
    const windows = version.windows;
    const number = await ports.inTx(async (tx) => {
      const claim = {
        ...nomination,
        kind,
        createdAt,
        dueAt: new Date(born(0, kind, windows, createdAt.getTime()).dueAt ?? 0),
      };
      const added = await tx.claims.add(claim);
      if (added === null) return null;
      const event = { chain: chainOf(added), at: createdAt, actor: byPerson(cast.owner), what: 'added', facts: {} };
      await audit(tx, ports.sha256, event);
      return added;
    });
    if (number === null) return 'refused';
    if (life !== null) ended.push({ number: life.number, as: await whole(record, life.number) });
    life = born(number, kind, windows, createdAt.getTime());
    links.length = 0;
    return 'made';
  };

  /** Asks the product; what it says. */
  const done = async (
    { number }: Life,
    action: Exclude<Action, { what: 'nominate' | 'wait' | 'waitUntilDue' }>,
  ): Promise<string> => {
    const { status, statusAt } = await steps.claim(number);
    const before = 'late' in action && action.late ? (await steps.seen(number)) - 1 : undefined;
    switch (action.what) {
      case 'send': {
        const then = action.late ? new Date(statusAt.getTime() - 1) : statusAt;
        const { kind } = await steps.send(cast[action.by], number, action.cents, then);
        if (kind !== 'sent') return kind;
        links.push(await steps.mailed(number));
        return kind;
      }
      case 'answer': {
        const link = action.late ? links.at(-2) : links.at(-1);
        return (await steps.answer(link ?? ports.random.token(), action.decision)).kind;
      }
      case 'keep': {
        const { by, item, page } = action;
        const was = action.late ? (await steps.about(number, item)) - 1 : undefined;
        return (await steps.keep(cast[by], number, item, { url: `https://files.example/${page}` }, was)).kind;
      }
      case 'remove': {
        const { by, item } = action;
        const was = action.late ? (await steps.about(number, item)) - 1 : undefined;
        return (await steps.remove(cast[by], number, item, was)).kind;
      }
      case 'submit':
        return (await steps.submit(cast[action.by], number, before, action.remark)).kind;
      case 'dispute':
        return (await steps.dispute(cast[action.by], number, before)).kind;
      case 'cancel': {
        const other = CLAIM_STATUSES.find((one) => one !== status);
        return (await steps.cancel(cast[action.by], number, action.late ? other : status)).kind;
      }
      case 'start':
        return (await steps.start(cast[action.by], number, before)).kind;
      case 'expire':
        await expireClaims(ports);
        return 'swept';
      case 'remind':
        return `reminded ${await remindReviews(ports)}`;
      default:
        return (await steps.decide(cast[action.by], number, action.what, before)).kind;
    }
  };

  /** R15, R17: the claim stands as it was foretold, and what never changes has not. */
  const expectForetold = async (life: Life) => {
    const claim = await steps.claim(life.number);
    const at = (milliseconds: number | null) => (milliseconds === null ? null : new Date(milliseconds));
    const { status, dealSizeCents, number, kind } = life;
    expect(claim).toMatchObject({
      ...{ number, status, dealSizeCents, kind, hours: 12, identifier: nomination.identifier },
      ...{ statusAt: at(life.statusAt), createdAt: at(life.createdAt), consentedAt: at(life.consentedAt) },
      ...{ dueAt: at(life.dueAt), pausedDueAt: at(life.pausedDueAt), submittedAt: at(life.submittedAt) },
      ...{ disputedAt: at(life.disputedAt), remindAt: at(life.remindAt) },
    });
    // One clock runs or one stands still, and at the end none does either.
    const clocks = [claim.dueAt, claim.pausedDueAt].filter((due) => due !== null);
    expect(clocks).toHaveLength(isOpen(life) ? 1 : 0);
    expect(claim.amountCents === null).toBe(status !== 'APPROVED');
    const evidence = (await ports.reads.claims.listEvidence(number)).map(({ item, url }) => [item, url] as const);
    const pages = [...life.evidence].map(([item, page]) => [item, `https://files.example/${page}`] as const);
    expect(new Map(evidence)).toEqual(new Map(pages));
  };

  /** R16, R18, R33: the history holds, has a line for each step, and every step is one of the table. */
  const expectHistory = async ({ number, lines, remarks, reminders }: Life) => {
    const history = await steps.history(number);
    expect(history.map(({ what }) => what)).toEqual(lines);
    expect(firstBreak(ports.sha256, history)).toBeNull();
    let status: unknown = 'CUSTOMER_CLAIMED';
    for (const { what, facts, actor } of history) {
      if (!isStep(what)) continue;
      const { from, to, by } = TRANSITIONS[what];
      expect(facts).toMatchObject({ before: status, after: to });
      expect(from).toContain(status);
      status = facts.after;
      if (by === 'reviewer') expect([cast.owner, cast.colleague].map(byPerson)).not.toContain(actor);
      seen.add(what);
    }
    const count = (name: TransitionName) => lines.filter((line) => line === name).length;
    expect(count('dispute')).toBeLessThan(2);
    expect(count('reject')).toBeLessThan(2);
    if (count('cancel') > 0) expect(count('submit')).toBe(0);
    const kept = await ports.reads.claims.listRemarks(number);
    const hashes = history.flatMap(({ sequence, facts }) => (facts.remarkHash ? [[sequence, facts.remarkHash]] : []));
    expect([...kept].map(([sequence, text]) => [sequence, ports.sha256(text)]).toSorted()).toEqual(hashes.toSorted());
    expect(kept.size).toBe(remarks);
    const where = { claimNumber: number, kind: 'reviewWaiting' };
    expect(await database.prisma.notice.count({ where })).toBe(reminders);
  };

  const expectLaws = async () => {
    const where = { customerId: nomination.customerId, openKey: { not: null } };
    const open = await database.prisma.claim.findMany({ where, select: { number: true } });
    expect(open).toEqual(life !== null && isOpen(life) ? [{ number: life.number }] : []);
    for (const { number, as } of ended) expect(await whole(record, number)).toEqual(as);
    if (life === null) return;
    await expectForetold(life);
    await expectHistory(life);
  };

  return {
    seen,
    life: () => life,
    take: async (action: Action): Promise<void> => {
      const now = clock.now().getTime();
      if (action.what === 'wait') clock.set(new Date(now + action.days * 86_400_000 + 3_661_007));
      else if (action.what === 'waitUntilDue') {
        if (life?.dueAt && life.dueAt >= now) clock.set(new Date(life.dueAt + action.past));
      } else if (action.what === 'nominate') {
        // R8: one open claim of a customer for an engagement, added or claimed.
        const free = life === null || !isOpen(life);
        expect({ action, outcome: await nominate(action.kind) }).toEqual({
          action,
          outcome: free ? 'made' : 'refused',
        });
      } else if (life !== null) {
        const told = foretold(life, action, now);
        expect({ action, outcome: await done(life, action) }).toEqual({ action, outcome: told.outcome });
        told.does?.();
      }
      await expectLaws();
    },
    /** Nothing of it comes into the lives of others. */
    leave: () =>
      database.prisma.claim.updateMany({
        where: { customerId: nomination.customerId },
        data: { dueAt: null, remindAt: null },
      }),
  };
};
