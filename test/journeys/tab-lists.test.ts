import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Asks } from '../../cards/tab/contract.ts';
import { CUSTOMER_LISTS, LIST_PARTS } from '../../domain/customers/customers-page.ts';
import { showCustomers, type Turned } from '../../domain/customers/show-customers.ts';
import { colleague } from '../support/newcomer.ts';
import type { Person } from '../support/person.ts';
import { type Tab, tabOf } from '../support/tab.ts';
import { AMSTERDAM, DAY, NORTHBRIDGE, START, startWorld, type World } from '../support/world.ts';

const SLUG = 'sec-usage-identities';
const KNOWN = 64;

/** Names that are alike but for accents and capital letters, many twice. */
const NAMES = ['Ångström', 'angstrom', 'Zuivel', 'Œuvre', 'zorg & co', 'ZORG', 'Émile', 'emile', '3M', 'Łódź'];
const nameOf = (index: number): string => `${NAMES[index % NAMES.length]} ${String(index % 5)}`;

let world: World;
let partner: Person;
let tab: Tab;

beforeAll(async () => {
  world = await startWorld('pglite');
  partner = await colleague(world);
  tab = tabOf(world, { objectId: partner.objectId });
  const { prisma } = world.database;
  const where = { tenantId_objectId: { tenantId: NORTHBRIDGE, objectId: partner.objectId } };
  const { id: ownerId, organisationId } = await prisma.person.findUniqueOrThrow({ where });
  const [version] = (await world.app.ports.reads.engagements.listCurrent(START)).filter(({ slug }) => slug === SLUG);
  if (version === undefined) throw new Error('the demo has no such engagement');
  for (let index = 0; index < KNOWN; index += 1) {
    const value = randomUUID();
    const name = nameOf(index);
    const facts = { country: 'US', segment: 'enterprise', seats: index % 3 === 0 ? 1 : 2_400, monthlyActiveUsers: 900 };
    const customer = await prisma.customer.create({
      data: {
        ...{ name, createdAt: START },
        identifiers: { create: { type: 'tenantId', value, source: 'Test', ...(index % 7 === 0 ? {} : { facts }) } },
      },
      include: { identifiers: true },
    });
    await prisma.knownCustomer.create({
      data: {
        ...{ organisationId, customerId: customer.id, identifierType: 'tenantId', identifierValue: value },
        ...{ judgedId: customer.identifiers[0]?.id ?? '', name, since: START },
      },
    });
    if (index % 2 === 0) continue;
    // Every second one has a claim of the engagement: open with or without a deadline, or ended. Many at one moment.
    const open = index % 4 === 1;
    const status = open ? (index % 8 === 1 ? 'SUBMITTED' : 'CONSENT_RECEIVED') : 'CONSENT_DECLINED';
    await prisma.claim.create({
      data: {
        ...{ organisationId, ownerId, locationId: AMSTERDAM, customerId: customer.id, engagementSlug: SLUG },
        ...{ engagementVersionId: version.id, kind: 'added', name: `Plan ${index}`, market: 'A', createdAt: START },
        ...{ status, statusAt: new Date(START.getTime() - (index % 3) * DAY), openKey: open ? randomUUID() : null },
        dueAt: status === 'CONSENT_RECEIVED' ? new Date(START.getTime() + (index % 3) * DAY) : null,
        ...{ identifierType: 'tenantId', identifierValue: value },
        contacts: { create: { side: 'customer', company: name, name: 'Anna', email: 'anna@company.example' } },
      },
    });
  }
});
afterAll(() => world?.stop());

type Asked = Omit<Asks<'customers'>, 'skip' | 'take' | 'after'>;
type Rows = Answer<'customers'>['rows'];

const keyOf = (row: Rows[number]): string => (row.kind === 'claim' ? `claim ${row.number}` : `customer ${row.id}`);
const keys = (rows: Rows) => rows.map(keyOf);

const bySkip = async (asked: Asked, take: number): Promise<Rows> => {
  const rows: Rows = [];
  for (;;) {
    const page = await tab.ask('customers', { ...asked, skip: String(rows.length), take: String(take) });
    rows.push(...page.rows);
    if (page.rows.length < take) return rows;
  }
};

const byCursor = async (asked: Asked, take: number): Promise<Rows> => {
  const rows: Rows = [];
  for (;;) {
    const after = rows.at(-1)?.cursor ?? undefined;
    const page = await tab.ask('customers', {
      ...asked,
      take: String(take),
      ...(after === undefined ? {} : { after }),
    });
    rows.push(...page.rows);
    if (page.rows.length < take) return rows;
  }
};

/** The same list as the chat turns its pages. */
const inChat = async (list: (typeof CUSTOMER_LISTS)[number], find: string): Promise<readonly string[]> => {
  const { ports } = world.app;
  const actor = await ports.reads.people.findActor(NORTHBRIDGE, partner.objectId);
  if (actor === null) throw new Error('nobody asks');
  const shown: string[] = [];
  for (let turned: Turned | null = null; ; ) {
    const page = await showCustomers(ports, actor, { engagement: SLUG, list, find, turned });
    if (page === null) throw new Error('no such engagement');
    for (const row of page.rows)
      shown.push(row.kind === 'claim' ? `claim ${row.claim.number}` : `customer ${row.customer.id}`);
    if (page.next === null) return shown;
    turned = { way: 'after', from: page.next };
  }
};

describe('R19: an engagement’s customers in the tab', () => {
  const cases = CUSTOMER_LISTS.flatMap((list) => ['', 'emile', 'zorg'].map((find) => [list, find] as const));

  test.each(cases)(
    '%s, looking for “%s”: by cursor, by number and in the chat the rows are the same',
    async (list, find) => {
      const sought = { engagement: SLUG, find };
      const parts: string[] = [];
      const { counts } = await tab.ask('customers/counts', sought);
      const lengths = {
        claims: { eligible: counts.openClaims, ineligible: 0, completed: counts.endedClaims },
        customers: { eligible: counts.eligible, ineligible: counts.ineligible + counts.unknown, completed: 0 },
      };
      for (const part of LIST_PARTS) {
        const asked = { ...sought, list, part };
        const rows = await bySkip(asked, 7);
        expect(new Set(keys(rows)).size).toBe(rows.length);
        expect(rows).toHaveLength(lengths[part][list]);
        expect(keys(await byCursor(asked, 3))).toEqual(keys(rows));
        expect(keys(await byCursor(asked, 100))).toEqual(keys(rows));
        const back = { ...asked, descending: 'true' as const };
        expect(keys(await byCursor(back, 4))).toEqual(keys(rows).toReversed());
        expect(keys(await bySkip(back, 9))).toEqual(keys(rows).toReversed());
        // From a row, leaving out some, is the row so far behind it.
        const from = rows[1]?.cursor;
        if (from != null) {
          const page = await tab.ask('customers', { ...asked, after: from, skip: '2', take: '2' });
          expect(keys(page.rows)).toEqual(keys(rows).slice(4, 6));
        }
        parts.push(...keys(rows));
      }
      expect(parts).toEqual(await inChat(list, find));
    },
  );

  test('there is enough on every list for all this to mean something', async () => {
    const { counts } = await tab.ask('customers/counts', { engagement: SLUG });
    for (const [what, count] of Object.entries(counts)) expect([what, count >= 8]).toEqual([what, true]);
  });

  test('beyond the last row there is none, and a list that an engagement never has is empty', async () => {
    const asked = { engagement: SLUG, list: 'eligible', part: 'customers' } as const;
    expect((await tab.ask('customers', { ...asked, skip: '10000000' })).rows).toEqual([]);
    expect((await tab.ask('customers', { ...asked, list: 'completed' })).rows).toEqual([]);
    expect((await tab.ask('customers', { ...asked, engagement: 'biz-presales-workshop' })).rows).toEqual([]);
    const { counts, empty } = await tab.ask('customers/counts', { engagement: 'biz-presales-workshop' });
    expect(counts).toMatchObject({ eligible: 0, ineligible: 0, unknown: 0 });
    expect(empty.ineligible).not.toBe('');
  });
});

test('claims: the groups are what is counted, and together everything', async () => {
  for (const find of ['', 'zorg', 'nothing is called like this']) {
    const counts = await tab.ask('claims/counts', { find });
    const listed = async (more: Partial<Asks<'claims'>>) =>
      (await tab.ask('claims', { find, take: '100', ...more })).rows.map(({ number }) => number);
    for (const group of ['consent', 'delivery', 'review', 'ended'] as const) {
      expect([group, (await listed({ group })).length]).toEqual([group, counts[group]]);
    }
    expect(await listed({})).toHaveLength(counts.all);
    expect(counts.all).toBe(counts.consent + counts.delivery + counts.review + counts.ended);
  }
});

test('the overview counts the claims that are listed', async () => {
  const [{ pipeline, open, months, weeks }, counts] = await Promise.all([
    tab.ask('overview', {}),
    tab.ask('claims/counts', {}),
  ]);
  expect(pipeline.reduce((sum, { count }) => sum + count, 0)).toBe(counts.all);
  expect(open).toBe(counts.all - counts.ended);
  expect([weeks.length, months.length]).toEqual([12, 12]);
});
