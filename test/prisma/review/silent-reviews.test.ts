import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../../domain/people/actor.ts';
import { remindReviews } from '../../../domain/review/remind-reviews.ts';
import { ALEX, AMSTERDAM, DAY, SERVER, START } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';
import { broughtTo, type Parties, STANDINGS } from './standings.ts';
import { type Steps, stepsOn } from './steps.ts';

describe.each(SERVER)('R25: the silence of reviewers, on %s', (engine) => {
  let record: Record;
  let steps: Steps;
  let parties: Parties;
  let standIn: Actor;
  let number: number;
  beforeAll(async () => {
    record = await openRecord(engine);
    steps = stepsOn(record);
    const partner = await steps.person([{ role: 'incentivesUser', scope: AMSTERDAM }]);
    // A program admin like any other, but that the claim is theirs.
    const owner = await steps.person([{ role: 'programAdmin', scope: '*' }]);
    parties = { owner, adder: partner, partner, admin: await record.actor(ALEX) };
    standIn = await steps.person();
    await steps.standsIn(standIn, parties.admin, START, new Date(START.getTime() + 60 * DAY));
    await steps.channel(parties.admin);
  });
  afterAll(() => record?.close());

  const brought = async (title: string): Promise<number> => {
    const standing = STANDINGS.find((one) => one.title === title);
    if (standing === undefined) throw new Error(`nothing stands at ${title}`);
    return broughtTo(record, steps, parties, standing);
  };

  beforeEach(async () => {
    await record.database.prisma.claim.updateMany({ data: { remindAt: null } });
    record.clock.set(START);
    number = await brought('SUBMITTED');
  });

  /** So many days after the claim was submitted, to the millisecond. */
  const sweepAfter = (days: number, milliseconds = 0): Promise<number> => {
    record.clock.set(new Date(START.getTime() + days * DAY + milliseconds));
    return remindReviews(record.ports);
  };
  const told = (kind: string) => record.database.prisma.notice.findMany({ where: { claimNumber: number, kind } });
  const inChannel = async () => (await told('reviewWaiting')).length;
  /** How often each was told in person. */
  const inPerson = async (): Promise<ReadonlyMap<string | null, number>> => {
    const notices = await told('reviewOverdue');
    return new Map(
      notices.map(({ personId }) => [personId, notices.filter((one) => one.personId === personId).length]),
    );
  };

  test('is not spoken of before five days', async () => {
    expect(await sweepAfter(0)).toBe(0);
    expect(await sweepAfter(5, -1)).toBe(0);
    expect(await inChannel()).toBe(0);
  });

  test('is spoken of in the channel once at five days, and to nobody in person', async () => {
    expect(await sweepAfter(5)).toBe(1);
    expect(await sweepAfter(5)).toBe(0);
    expect(await sweepAfter(9)).toBe(0);
    expect(await inChannel()).toBe(1);
    const [notice] = await told('reviewWaiting');
    const { organisationId } = await steps.claim(number);
    expect(notice).toMatchObject({ duty: 'reviews', organisationId, personId: null });
    expect((await inPerson()).size).toBe(0);
  });

  test('is spoken of in person too at ten days, and again every five', async () => {
    for (const [round, days] of [5, 10, 15, 20].entries()) {
      expect(await sweepAfter(days)).toBe(1);
      expect(await sweepAfter(days, 1)).toBe(0);
      expect(await inChannel()).toBe(round + 1);
      expect((await inPerson()).get(parties.admin.personId) ?? 0).toBe(round);
    }
  });

  test('R18: is told to whoever may decide, a stand-in too, and not to the program admin whose claim it is', async () => {
    await sweepAfter(5);
    await sweepAfter(10);
    const all = await record.ports.reads.people.listReviewers(record.clock.now());
    const may = new Set(all.map(({ personId }) => personId));
    expect(may).toContain(standIn.personId);
    expect(may).toContain(parties.owner.personId);
    may.delete(parties.owner.personId);
    // So are colleagues who could work on it themselves.
    for (const { personId } of all) {
      const { roles = [], organisationId } = (await record.ports.reads.people.findActorById(personId)) ?? {};
      const works = roles.some(({ role, scope }) => role.startsWith('incentives') && ['*', AMSTERDAM].includes(scope));
      if (works && organisationId === parties.partner.organisationId) may.delete(personId);
    }
    expect(new Set((await inPerson()).keys())).toEqual(may);
    expect([...(await inPerson()).values()]).toEqual([...may].map(() => 1));
  });

  test('is told to no stand-in whose days are over', async () => {
    await sweepAfter(61);
    expect((await inPerson()).get(parties.admin.personId)).toBe(1);
    expect((await inPerson()).has(standIn.personId)).toBe(false);
  });

  test('begins anew when somebody takes the claim up', async () => {
    record.clock.set(new Date(START.getTime() + 4 * DAY));
    await steps.start(parties.admin, number);
    expect(await sweepAfter(5)).toBe(0);
    expect(await sweepAfter(9, -1)).toBe(0);
    expect(await sweepAfter(9)).toBe(1);
    expect((await inPerson()).size).toBe(0);
    expect(await sweepAfter(14)).toBe(1);
    expect((await inPerson()).get(parties.admin.personId)).toBe(1);
  });

  test.each(['approve', 'askForMore', 'reject'] as const)('ends with a decision: %s', async (decision) => {
    await steps.start(parties.admin, number);
    await steps.decide(parties.admin, number, decision);
    expect((await steps.claim(number)).remindAt).toBeNull();
    expect(await sweepAfter(60)).toBe(0);
    expect(await inChannel()).toBe(0);
  });

  test('begins anew with what is submitted once more', async () => {
    await steps.start(parties.admin, number);
    await steps.decide(parties.admin, number, 'askForMore');
    record.clock.set(new Date(START.getTime() + 20 * DAY));
    await steps.submit(parties.partner, number);
    expect(await sweepAfter(25, -1)).toBe(0);
    expect(await sweepAfter(25)).toBe(1);
    expect((await inPerson()).size).toBe(0);
  });

  test('of three weeks in which nothing ran is spoken of once, to everybody', async () => {
    expect(await sweepAfter(21)).toBe(1);
    expect(await sweepAfter(21)).toBe(0);
    expect(await inChannel()).toBe(1);
    expect((await inPerson()).get(parties.admin.personId)).toBe(1);
    // And from there every five days again, not at the times that were missed.
    expect(await sweepAfter(26, -1)).toBe(0);
    expect(await sweepAfter(26)).toBe(1);
  });

  test('moves no clock and changes nothing that was seen: the card from before a reminder still decides', async () => {
    const [before, seen] = [await steps.claim(number), await steps.seen(number)];
    await sweepAfter(12);
    const { remindAt, ...after } = await steps.claim(number);
    expect({ ...before, remindAt }).toEqual({ ...after, remindAt });
    expect((await steps.start(parties.admin, number, seen)).kind).toBe('done');
  });

  test('is spoken of for every claim that waits, however many', async () => {
    const others = [await brought('UNDER_REVIEW'), await brought('DISPUTED and submitted')];
    expect(await sweepAfter(5)).toBe(1 + others.length);
    const where = { kind: 'reviewWaiting', claimNumber: { in: [number, ...others] } };
    expect(await record.database.prisma.notice.count({ where })).toBe(1 + others.length);
  });
});
