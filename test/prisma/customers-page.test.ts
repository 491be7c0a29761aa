import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_STATUSES, type ClaimStatus, isTerminal } from '../../domain/claims/status.ts';
import type { CustomerList } from '../../domain/customers/customers-page.ts';
import {
  type CustomersPage,
  type PagePlace,
  showCustomers,
  type Turned,
} from '../../domain/customers/show-customers.ts';
import { customerVerdict } from '../../domain/engagements/eligibility.ts';
import type { Criterion, Engagement, Facts } from '../../domain/engagements/engagement.ts';
import { SEGMENTS } from '../../domain/engagements/engagement.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { ENGINES, LEE, NOOR, ROBIN, TAILSPIN } from '../support/world.ts';
import { claimOf, openRecord, type Record } from './record.ts';

const COUNTRY = fc.constantFrom('NL', 'US', 'SG', 'GH');
const NUMBER = fc.integer({ min: 0, max: 6 });

const anyFacts: fc.Arbitrary<Facts | null> = fc.option(
  fc.record(
    {
      country: COUNTRY,
      seats: NUMBER,
      servers: NUMBER,
      segment: fc.constantFrom(...SEGMENTS),
      microsoftManaged: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
);

const anyCriterion: fc.Arbitrary<Criterion> = fc.oneof(
  fc.record(
    { fact: fc.constantFrom('seats' as const, 'servers' as const), atLeast: NUMBER, atMost: NUMBER },
    { requiredKeys: ['fact'] },
  ),
  fc.record({ fact: fc.constant('segment' as const), oneOf: fc.subarray([...SEGMENTS], { minLength: 1 }) }),
  fc.record({ fact: fc.constant('microsoftManaged' as const), is: fc.boolean() }),
);

const rate = fc.constantFrom(null, 100);
const anyTerms = fc.record(
  {
    countries: fc.subarray(['NL', 'US', 'SG', 'GH'], { minLength: 1 }),
    maxTotalPerCustomer: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: [] },
);
const anyEngagement = fc
  .record({
    identifierTypes: fc.subarray(['domain', 'tenantId', 'tpid'] as const, { minLength: 1 }),
    rates: fc.record({ A: rate, B: rate, C: rate }),
    customerCriteria: fc.array(anyCriterion, { maxLength: 3 }),
    maxActivePerCustomer: fc.integer({ min: 1, max: 2 }),
    exclusive: fc.boolean(),
  })
  .chain((engagement) => anyTerms.map((terms) => ({ ...engagement, ...terms })));

/** One claim of a history: whose, at which location, in which status. */
const anyClaim = fc.record({
  mine: fc.boolean(),
  brussels: fc.boolean(),
  status: fc.constantFrom(...CLAIM_STATUSES),
});

const anyCustomer = fc.record({
  names: fc.uniqueArray(
    fc.record({ type: fc.constantFrom('domain' as const, 'tenantId' as const, 'tpid' as const), facts: anyFacts }),
    {
      selector: ({ type }) => type,
      maxLength: 3,
    },
  ),
  claims: fc.array(anyClaim, { maxLength: 4 }),
});

describe.each(ENGINES)('on %s', (engine) => {
  let record: Record;
  let robin: Actor;
  let noor: Actor;
  let lee: Actor;
  beforeAll(async () => {
    record = await openRecord(engine);
    robin = await record.actor(ROBIN);
    noor = await record.actor(NOOR);
    lee = await record.actor(LEE, TAILSPIN);
  });
  afterAll(() => record?.close());

  type Built = {
    readonly id: string;
    readonly claims: readonly { number: number; status: ClaimStatus; mine: boolean; brussels: boolean }[];
  };

  /** An engagement of its own with a world of customers and their past, and the version it was kept as. */
  const build = async (
    terms: Partial<Engagement>,
    customers: readonly (typeof anyCustomer extends fc.Arbitrary<infer T> ? T : never)[],
  ) => {
    const { prisma } = record.database;
    // The organisation knows whom this world is about, and nobody else.
    await prisma.knownCustomer.deleteMany();
    const [base] = await record.ports.reads.engagements.listCurrent(record.clock.now());
    if (base === undefined) throw new Error('no engagement');
    const slug = `property-${randomUUID().slice(0, 8)}`;
    const { id: _id, lastNomination: _last, ...rest } = base;
    const definition = { ...rest, slug, designations: [], ...terms };
    const id = randomUUID();
    await prisma.engagementVersion.create({
      data: { id, slug, version: 1, definition, effectiveFrom: new Date('2022-01-01') },
    });
    const built: Built[] = [];
    for (const [index, { names, claims }] of customers.entries()) {
      const customer = await prisma.customer.create({
        data: { name: `Property ${index} ${slug}`, createdAt: record.clock.now() },
      });
      for (const { type, facts } of names) {
        const value = `${slug}-${index}-${type}`;
        const { id: judgedId } = await prisma.identifier.create({
          data: { customerId: customer.id, type, value, source: 'Test', ...(facts === null ? {} : { facts }) },
        });
        await prisma.knownCustomer.create({
          data: {
            ...{ organisationId: robin.organisationId, customerId: customer.id, name: customer.name },
            ...{ identifierType: type, identifierValue: value, judgedId, since: record.clock.now() },
          },
        });
      }
      const made: Built['claims'][number][] = [];
      const open = new Set<boolean>();
      for (const claim of claims) {
        // R8: one open claim of each organisation.
        if (!isTerminal(claim.status) && open.has(claim.mine)) continue;
        if (!isTerminal(claim.status)) open.add(claim.mine);
        const organisationId = claim.mine ? robin.organisationId : lee.organisationId;
        const location = claim.brussels ? '00000000-0000-4000-8000-000000000303' : undefined;
        const {
          contacts: _contacts,
          identifier,
          dueAt,
          ...values
        } = await claimOf(record, customer.id, {
          organisationId,
          engagementVersionId: id,
          engagementSlug: slug,
          ...(location === undefined ? {} : { locationId: location }),
        });
        const { number } = await prisma.claim.create({
          data: {
            ...values,
            ...{ status: claim.status, statusAt: values.createdAt, dueAt: isTerminal(claim.status) ? null : dueAt },
            openKey: isTerminal(claim.status) ? null : `${organisationId}:${slug}:${customer.id}`,
            ...{ identifierType: identifier.type, identifierValue: identifier.value },
          },
        });
        made.push({ ...claim, number });
      }
      built.push({ id: customer.id, claims: made });
    }
    return { slug, engagement: { ...definition, id } as Engagement, built };
  };

  /** Every row of a list, page by page. */
  const rowsOf = async (actor: Actor, slug: string, list: CustomerList) => {
    const rows: CustomersPage['rows'][number][] = [];
    let turned: Turned | null = null;
    for (;;) {
      const page: CustomersPage | null = await showCustomers(record.ports, actor, {
        engagement: slug,
        list,
        find: '',
        turned,
      });
      if (page === null) throw new Error('no such engagement');
      rows.push(...page.rows);
      const next: PagePlace | null = page.next;
      if (next === null) return { rows, counts: page.counts };
      turned = { way: 'after', from: next };
    }
  };

  const namesOf = (rows: CustomersPage['rows']) =>
    rows.map((row) => (row.kind === 'claim' ? `claim ${row.claim.number}` : `customer ${row.customer.id}`));

  test('R19: the three lists are disjoint and complete for any history, their counts are true, and each verdict is the domain’s', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEngagement,
        fc.array(anyCustomer, { minLength: 1, maxLength: 8 }),
        fc.constantFrom('robin' as const, 'noor' as const),
        async (terms, customers, who) => {
          const { slug, engagement, built } = await build(terms as Partial<Engagement>, customers);
          const actor = who === 'robin' ? robin : noor;
          const sees = (claim: Built['claims'][number]) => claim.mine && (who === 'robin' || claim.brussels);
          const [eligible, ineligible, completed] = await Promise.all(
            (['eligible', 'ineligible', 'completed'] as const).map((list) => rowsOf(actor, slug, list)),
          );
          if (!eligible || !ineligible || !completed) throw new Error('a list is missing');
          const shown = [...namesOf(eligible.rows), ...namesOf(ineligible.rows), ...namesOf(completed.rows)];
          // Disjoint: nothing is shown twice, on whatever lists.
          expect(new Set(shown).size).toBe(shown.length);
          // Complete: every claim in sight, and every known customer without an open one in sight, and nothing else.
          const seen = built.flatMap(({ claims }) => claims.filter(sees));
          const pool = built.filter(
            ({ claims }, index) =>
              (customers[index]?.names.length ?? 0) > 0 &&
              !claims.some((claim) => sees(claim) && !isTerminal(claim.status)),
          );
          expect(new Set(shown)).toEqual(
            new Set([...seen.map(({ number }) => `claim ${number}`), ...pool.map(({ id }) => `customer ${id}`)]),
          );
          expect(namesOf(completed.rows).toSorted()).toEqual(
            seen
              .filter(({ status }) => isTerminal(status))
              .map(({ number }) => `claim ${number}`)
              .toSorted(),
          );
          // The database and the domain say the same of everybody.
          for (const [list, rows] of [
            ['eligible', eligible.rows],
            ['ineligible', ineligible.rows],
          ] as const) {
            for (const row of rows) {
              if (row.kind === 'claim') continue;
              const { customer } = row;
              const verdicts = customer.names.map(
                ({ type, facts }) => customerVerdict(engagement, type, facts, customer.counts).verdict,
              );
              expect({ list, verdicts, good: verdicts.includes('eligible') }).toEqual({
                list,
                verdicts,
                good: list === 'eligible',
              });
              expect(customer.verdict.verdict === 'eligible').toBe(list === 'eligible');
            }
          }
          const told = (rows: CustomersPage['rows'], verdict: string) =>
            rows.filter((row) => row.kind === 'customer' && row.customer.verdict.verdict === verdict).length;
          expect(eligible.counts).toEqual({
            openClaims: seen.filter(({ status }) => !isTerminal(status)).length,
            endedClaims: completed.rows.length,
            eligible: told(eligible.rows, 'eligible'),
            ineligible: told(ineligible.rows, 'ineligible'),
            unknown: told(ineligible.rows, 'unknown'),
          });
        },
      ),
      { numRuns: engine === 'pglite' ? 60 : 40 },
    );
  }, 240_000);

  test('a customer’s new name is followed: order, search and list', async () => {
    const { prisma } = record.database;
    const { slug, built } = await build({ customerCriteria: [], identifierTypes: ['tpid'] }, [
      { names: [{ type: 'tpid', facts: { country: 'NL' } }], claims: [] },
    ]);
    await prisma.customer.update({ where: { id: built[0]?.id ?? '' }, data: { name: 'Élan Zürich AG' } });
    for (const find of ['elan', 'zurich', 'Élan ZÜRICH']) {
      const page = await showCustomers(record.ports, robin, { engagement: slug, list: 'eligible', find, turned: null });
      expect(page?.rows).toEqual([
        expect.objectContaining({ kind: 'customer', customer: expect.objectContaining({ name: 'Élan Zürich AG' }) }),
      ]);
    }
  });
});
