import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { overviewSaid } from '../../cards/tab/overview.ts';
import { showOverview } from '../../domain/claims/browse-claims.ts';
import { CLAIM_ORDERS, type ClaimFilter, type ClaimOrder } from '../../domain/claims/claims-page.ts';
import {
  CLAIM_GROUPS,
  CLAIM_STATUSES,
  type ClaimGroup,
  type ClaimStatus,
  groupOf,
  isTerminal,
} from '../../domain/claims/status.ts';
import { type Actor, claimScope } from '../../domain/people/actor.ts';
import { AMSTERDAM, DAY, ENGINES, LEE, NOOR, ROBIN, START, TAILSPIN } from '../support/world.ts';
import { claimOf, openRecord, type Record } from './record.ts';

const BRUSSELS = '00000000-0000-4000-8000-000000000303';
const ENDPOINT = 'mw-endpoint-management';
const COMPANIES = ['Zandhaas', 'Étoile', 'etoile', 'ABBA', 'abba', 'Čedok', 'cedar', 'Übermut', 'ulm', '10 Downing'];

/** As the record sorts them: without accents and capital letters, by code point. */
const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();

type Row = {
  readonly number: number;
  readonly mine: boolean;
  readonly brussels: boolean;
  readonly byRobin: boolean;
  readonly slug: string;
  readonly status: ClaimStatus;
  readonly statusAt: Date;
  readonly dueAt: Date | null;
  readonly company: string | null;
  readonly cents: number | null;
};

/** Moments around which weeks and months turn, and the like of them further on. START is Monday noon. */
const BORDERS = [
  '2026-11-23T11:59:59.999Z',
  '2026-11-23T12:00:00.000Z',
  '2026-11-29T23:59:59.999Z',
  '2026-11-30T00:00:00.000Z',
  '2026-11-30T23:59:59.999Z',
  '2026-12-01T00:00:00.000Z',
  '2027-01-03T23:59:59.999Z',
  '2027-01-04T00:00:00.000Z',
  '2027-02-14T23:59:59.999Z',
  '2027-02-15T00:00:00.000Z',
].map((at) => new Date(at));
const MONTHS = [
  '2025-11-30T23:59:59.999Z',
  '2025-12-01T00:00:00.000Z',
  '2026-02-28T23:59:59.999Z',
  '2026-03-01T00:00:00.000Z',
  '2026-11-01T00:00:00.000Z',
  '2026-11-23T11:00:00.000Z',
].map((at) => new Date(at));

const pick = <T>(from: readonly T[], index: number): T => {
  const found = from[index % from.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
};

describe.each(ENGINES)('claims as the tab looks them over, on %s', (engine) => {
  let record: Record;
  let robin: Actor;
  let noor: Actor;
  let lee: Actor;
  const rows: Row[] = [];

  beforeAll(async () => {
    record = await openRecord(engine);
    [robin, noor, lee] = [await record.actor(ROBIN), await record.actor(NOOR), await record.actor(LEE, TAILSPIN)];
    const { prisma } = record.database;
    await prisma.consentRequest.deleteMany();
    await prisma.referral.deleteMany();
    await prisma.contact.deleteMany();
    await prisma.claim.deleteMany();
    for (let index = 0; index < 160; index += 1) {
      const status = pick(CLAIM_STATUSES, index);
      const mine = index % 7 !== 3;
      const byRobin = index % 5 !== 1;
      const approved = status === 'APPROVED';
      const values = {
        mine,
        byRobin,
        status,
        brussels: index % 3 === 1,
        slug: index % 4 === 2 ? 'az-assessment' : ENDPOINT,
        // Many at the same moment, so that only the number tells them apart.
        statusAt: approved ? pick(MONTHS, Math.floor(index / 16)) : new Date(START.getTime() - (index % 6) * DAY),
        dueAt: isTerminal(status) || status === 'SUBMITTED' ? null : pick(BORDERS, index + Math.floor(index / 16)),
        company: index % 11 === 5 ? null : pick(COMPANIES, index),
        cents: approved && index % 32 < 16 ? 100_000 + index : null,
      };
      const claim = await claimOf(record, await record.customer(`Customer ${index}`));
      const { contacts: _contacts, identifier, ...kept } = claim;
      const { number } = await prisma.claim.create({
        data: {
          ...kept,
          organisationId: mine ? robin.organisationId : lee.organisationId,
          ownerId: mine ? (byRobin ? robin : noor).personId : lee.personId,
          locationId: values.brussels ? BRUSSELS : AMSTERDAM,
          engagementSlug: values.slug,
          name: index % 2 === 0 ? `Even ${index}` : `Odd ${index}`,
          ...{ status, statusAt: values.statusAt, dueAt: values.dueAt, amountCents: values.cents },
          openKey: isTerminal(status) ? null : randomUUID(),
          ...{ identifierType: identifier.type, identifierValue: identifier.value },
          ...(values.company === null
            ? {}
            : {
                contacts: {
                  create: { side: 'customer', company: values.company, name: 'Anna', email: 'anna@company.example' },
                },
              }),
        },
      });
      rows.push({ ...values, number });
    }
  });
  afterAll(() => record?.close());

  const page = () => record.ports.reads.claimsPage;
  const within = (actor: Actor) => (row: Row) => row.mine === (actor !== lee) && (actor !== noor || row.brussels);

  /** What should be listed, in the order in which it should be. */
  const expected = (
    { scope: _scope, engagement, locationId, ownerId, find }: ClaimFilter,
    actor: Actor,
    group: ClaimGroup | null,
    by: ClaimOrder,
    descending: boolean,
  ): readonly number[] => {
    const key = (row: Row): number | string => {
      if (by === 'due') return row.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
      if (by === 'changed') return row.statusAt.getTime();
      return by === 'company' ? folded(row.company ?? '') : row.number;
    };
    const sign = descending ? -1 : 1;
    return rows
      .filter(within(actor))
      .filter((row) => engagement === null || row.slug === engagement)
      .filter((row) => locationId === null || row.brussels === (locationId === BRUSSELS))
      .filter((row) => ownerId === null || (row.mine && row.byRobin))
      .filter((row) => find === '' || folded(row.company ?? '').startsWith(folded(find)))
      .filter((row) => group === null || groupOf(row.status) === group)
      .toSorted((a, b) => {
        // Whatever the direction, what has no deadline comes last.
        const none = by === 'due' ? Number(a.dueAt === null) - Number(b.dueAt === null) : 0;
        if (none !== 0) return none;
        const [first, second] = [key(a), key(b)];
        return first === second ? sign * (a.number - b.number) : first < second ? -sign : sign;
      })
      .map(({ number }) => number);
  };

  const everything = (actor: Actor): ClaimFilter => ({
    scope: claimScope(actor),
    ...{ engagement: null, locationId: null, ownerId: null, find: '' },
  });
  const filters = (actor: Actor): readonly ClaimFilter[] => [
    everything(actor),
    { ...everything(actor), engagement: 'az-assessment' },
    { ...everything(actor), locationId: BRUSSELS },
    { ...everything(actor), ownerId: robin.personId },
    { ...everything(actor), find: 'etoile' },
    { ...everything(actor), engagement: ENDPOINT, locationId: AMSTERDAM, ownerId: robin.personId, find: 'AB' },
  ];

  test.each(
    CLAIM_ORDERS.flatMap((by) =>
      [false, true].map((descending) => [by, descending ? 'last' : 'first', descending] as const),
    ),
  )(
    'by %s, the %s first, in every group and narrowed in every way: each row once, in order',
    async (by, _way, descending) => {
      const looked = [
        ...filters(robin).map((filter) => [robin, filter, null] as const),
        ...CLAIM_GROUPS.map((group) => [robin, everything(robin), group] as const),
        [noor, everything(noor), null] as const,
        [noor, { ...everything(noor), find: 'etoile' }, 'review'] as const,
      ];
      for (const [actor, filter, group] of looked) {
        const whole = await page().listClaims(filter, group, { by, descending }, { skip: 0, take: 500 });
        const numbers = whole.map(({ number }) => number);
        const wanted = expected(filter, actor, group, by, descending);
        expect({ ...filter, group, numbers }).toEqual({ ...filter, group, numbers: wanted });
      }
      // By stretches it is the same list.
      const paged: number[] = [];
      for (let skip = 0; ; skip += 37) {
        const stretch = await page().listClaims(everything(robin), null, { by, descending }, { skip, take: 37 });
        if (stretch.length === 0) break;
        paged.push(...stretch.map(({ number }) => number));
      }
      expect(paged).toEqual(expected(everything(robin), robin, null, by, descending));
    },
  );

  test('what is counted by status is what is listed', async () => {
    for (const actor of [robin, noor, lee]) {
      for (const filter of filters(actor)) {
        const counts = await page().countByStatus(filter);
        const numbers = new Set(expected(filter, actor, null, 'number', false));
        const there = Map.groupBy(
          rows.filter(({ number }) => numbers.has(number)),
          ({ status }) => status,
        );
        expect(new Map(counts)).toEqual(new Map([...there].map(([status, of]) => [status, of.length])));
      }
    }
  });

  test('R17: weeks begin on Monday at midnight UTC, to the millisecond; what ran out before now is in none', async () => {
    const until = new Date('2027-02-15T00:00:00.000Z');
    for (const actor of [robin, noor]) {
      const due = rows
        .filter(within(actor))
        .flatMap(({ dueAt, status }) => (dueAt === null ? [] : [{ dueAt, status }]));
      const inTime = due.filter(({ dueAt }) => dueAt >= START && dueAt < until);
      const mondayOf = (at: Date) => {
        const day = new Date(at);
        day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
        return day.toISOString().slice(0, 10);
      };
      const weeks = await page().countDueByWeek(claimScope(actor), START, until);
      const key = (week: string, status: string) => `${week} ${status}`;
      const wanted = Map.groupBy(inTime, ({ dueAt, status }) => key(mondayOf(dueAt), status));
      expect(new Map(weeks.map(({ week, status, count }) => [key(week, status), count]))).toEqual(
        new Map([...wanted].map(([name, of]) => [name, of.length])),
      );
      expect(new Set(weeks.map(({ week }) => week))).toEqual(
        new Set(['2026-11-23', '2026-11-30', '2026-12-28', '2027-01-04', '2027-02-08']),
      );
      expect(await page().countDue(claimScope(actor), START, until)).toBe(inTime.length);
    }
  });

  test('months are those of UTC, to the millisecond', async () => {
    const sums = await page().listPaidByMonth(claimScope(robin), new Date('2025-12-01T00:00:00.000Z'));
    const paid = rows.filter(within(robin)).filter(({ status }) => status === 'APPROVED');
    const wanted = Map.groupBy(
      paid.filter(({ statusAt }) => statusAt >= new Date('2025-12-01T00:00:00.000Z')),
      ({ statusAt }) => statusAt.toISOString().slice(0, 7),
    );
    expect(sums).toEqual(
      [...wanted]
        .map(([month, of]) => ({
          month,
          count: of.length,
          cents: of.reduce((sum, { cents }) => sum + (cents ?? 0), 0),
        }))
        .toSorted((a, b) => a.month.localeCompare(b.month)),
    );
    expect(sums.map(({ month }) => month)).toEqual(['2025-12', '2026-02', '2026-03', '2026-11']);
  });

  test('the overview says of all this what the record holds', async () => {
    const links = { tab: () => '', claim: () => '' };
    const reader = {
      language: 'en',
      timeZone: 'Pacific/Auckland',
      now: START,
      chatId: null,
      typeahead: false,
      mark: '1',
      links,
    } as const;
    const said = overviewSaid(reader, await showOverview(record.ports, robin));
    const seen = rows.filter(within(robin));
    expect(said.open).toBe(seen.filter(({ status }) => !isTerminal(status)).length);
    expect(said.pipeline.map(({ status, count }) => [status.code, count])).toEqual(
      CLAIM_STATUSES.flatMap((code) => {
        const of = seen.filter(({ status }) => status === code).length;
        return of === 0 ? [] : [[code, of]];
      }),
    );
    const soon = (dueAt: Date | null) =>
      dueAt !== null && dueAt >= START && dueAt < new Date('2026-12-01T00:00:00.000Z');
    expect(said.dueThisWeek).toBe(seen.filter(({ dueAt }) => soon(dueAt)).length);
    expect(said.weeks).toHaveLength(12);
    expect(said.weeks.map(({ from }) => from).slice(0, 2)).toEqual(['2026-11-23', '2026-11-30']);
    const inWeeks = said.weeks.reduce((sum, { consent, delivery, review }) => sum + consent + delivery + review, 0);
    expect(inWeeks).toBe(
      seen.filter(({ dueAt }) => dueAt !== null && dueAt >= START && dueAt < new Date('2027-02-15T00:00:00Z')).length,
    );
    expect(said.months).toHaveLength(12);
    const paid = seen.filter(
      ({ status, statusAt }) => status === 'APPROVED' && statusAt >= new Date('2025-12-01T00:00:00Z'),
    );
    expect(said.months.reduce((sum, { claims }) => sum + claims, 0)).toBe(paid.length);
    expect(said.months.reduce((sum, { usd }) => sum + usd, 0)).toBeCloseTo(
      paid.reduce((sum, { cents }) => sum + (cents ?? 0), 0) / 100,
      2,
    );
  });
});
