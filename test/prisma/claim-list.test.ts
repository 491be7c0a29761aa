import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Due } from '../../domain/batches.ts';
import { listClaims, PAGE } from '../../domain/claims/show-claim.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { AMSTERDAM, DAY, ENGINES, LEE, NOOR, ROBIN, SAM, TAILSPIN } from '../support/world.ts';
import { claimOf, DEADLINE, made, openRecord, type Record } from './record.ts';

const BRUSSELS = '00000000-0000-4000-8000-000000000303';

describe.each(ENGINES)('the list of claims on %s', (engine) => {
  let record: Record;
  let robin: Actor;
  /** In the order in which they should be listed: name, deadline in days from now. */
  const expected: { readonly name: string; readonly number: number }[] = [];

  beforeAll(async () => {
    record = await openRecord(engine);
    robin = await record.actor(ROBIN);
    // What the demo brings would be in between.
    const { prisma } = record.database;
    await prisma.consentRequest.deleteMany();
    await prisma.referral.deleteMany();
    await prisma.contact.deleteMany();
    await prisma.claim.deleteMany();
    const add = async (name: string, dueInDays: number | null, locationId = AMSTERDAM) => {
      const claim = await claimOf(record, await record.customer(name), { name, locationId });
      const dueAt = dueInDays === null ? null : new Date(DEADLINE.getTime() + dueInDays * DAY);
      const number = await made(record, { ...claim, dueAt: dueAt ?? DEADLINE });
      if (dueAt === null) {
        const change = { status: 'CANCELED', statusAt: record.clock.now(), dueAt, warnAt: null } as const;
        await record.ports.inTx((tx) => tx.claims.advance(number, ['CUSTOMER_CLAIMED'], change));
      }
      return { name, number };
    };
    // Made in another order than the one they are listed in.
    const ended = [await add('ended first', null), await add('ended in Brussels', null, BRUSSELS)];
    const late = [await add('due late', 40), await add('due late, too', 40), await add('due last', 90)];
    const over = await add('over already', -60);
    const soon = await add('due in Brussels', 1, BRUSSELS);
    const endedLast = await add('ended last', null);
    const [first, second, last] = late;
    for (const row of [over, soon, second, first, last, endedLast, ended[1], ended[0]]) if (row) expected.push(row);
  });
  afterAll(() => record?.close());

  const listed = async (actor: Actor, page = 1) => {
    const { rows, ...rest } = await listClaims(record.ports, actor, page);
    return { names: rows.map(({ name }) => name), ...rest };
  };
  const names = () => expected.map(({ name }) => name);

  test('begins with the next deadline; claims without one come last, the newest first among equals', async () => {
    const whole = [...(await listed(robin, 1)).names, ...(await listed(robin, 2)).names];
    expect(whole).toEqual(names());
    expect(whole.slice(0, 5)).toEqual(['over already', 'due in Brussels', 'due late, too', 'due late', 'due last']);
    expect(whole.slice(5)).toEqual(['ended last', 'ended in Brussels', 'ended first']);
  });

  test('is cut into pages that leave nothing out and repeat nothing', async () => {
    expect(await listed(robin, 1)).toEqual({ names: names().slice(0, PAGE), total: 8, page: 1, pages: 2 });
    expect(await listed(robin, 2)).toEqual({ names: names().slice(PAGE), total: 8, page: 2, pages: 2 });
  });

  test.each([
    [0, 1],
    [-7, 1],
    [3, 2],
    [1_000_000, 2],
  ])('page %i is page %i', async (wanted, shown) => {
    expect(await listed(robin, wanted)).toEqual(await listed(robin, shown));
  });

  test('R2: holds what the person may see, and counts no more than that', async () => {
    const noor = await record.actor(NOOR);
    expect(await listed(noor)).toEqual({
      names: ['due in Brussels', 'ended in Brussels'],
      total: 2,
      page: 1,
      pages: 1,
    });
    for (const [person, tenant] of [
      [SAM, undefined],
      [LEE, TAILSPIN],
    ] as const) {
      expect(await listed(await record.actor(person, tenant))).toEqual({ names: [], total: 0, page: 1, pages: 1 });
    }
  });

  test('R17: what is over is found soonest first, whatever else there is, and nothing a millisecond too early', async () => {
    const taken = (now: Date, take: number, after: Due | null) =>
      record.ports.inTx((tx) => tx.claims.takeOver({ now, take, after }));
    const over = async (now: Date, take = 10) => (await taken(now, take, null)).map(({ number }) => number);
    const byName = new Map(expected.map(({ name, number }) => [name, number]));
    const at = (days: number) => new Date(DEADLINE.getTime() + days * DAY);
    expect(await over(record.clock.now())).toEqual([byName.get('over already')]);
    expect(await over(at(1))).toEqual([byName.get('over already')]);
    expect(await over(new Date(at(1).getTime() + 1))).toEqual([
      byName.get('over already'),
      byName.get('due in Brussels'),
    ]);
    expect(await over(at(400), 2)).toEqual([byName.get('over already'), byName.get('due in Brussels')]);
    const all = await over(at(400));
    expect(all).toHaveLength(5);
    // Page by page it is the same, each from where the last one ended.
    const paged: number[] = [];
    for (let last: Due | null = null; ; ) {
      const page: readonly Due[] = await taken(at(400), 2, last);
      paged.push(...page.map(({ number }) => number));
      last = page.at(-1) ?? null;
      if (last === null) break;
    }
    expect(paged).toEqual(all);
  });
});
