import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ConfirmOutcome, confirmClaims } from '../../domain/claims/confirm-claims.ts';
import { startAddCustomer, startClaimCustomer } from '../../domain/drafts/start.ts';
import { answerStep } from '../../domain/drafts/walk.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { AMSTERDAM, LEE, NORTHBRIDGE, SERVER, TAILSPIN } from '../support/world.ts';
import { claimOf, made, openRecord, type Record } from './record.ts';

const UTRECHT = '00000000-0000-4000-8000-000000000311';
const FACTS = {
  country: 'NL',
  seats: 900,
  segment: 'smb',
  monthlyActiveUsers: 500,
  servers: 60,
  azureMonthlySpendUsd: 900,
};
const CONTACTS = {
  customerCompany: 'Newcomer',
  customerName: 'Anna de Vries',
  customerEmail: 'anna@newcomer.example',
  customerCountry: 'NL',
  customerLanguage: 'nl',
  partnerName: 'Robin',
  partnerEmail: 'partner@northbridge.example',
  partnerPhone: '14020',
};

describe.each(SERVER)('races on %s', (engine) => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord(engine);
  });
  afterAll(() => record?.close());

  let tenant: string;
  let customerId: string;
  beforeEach(async () => {
    tenant = randomUUID();
    const { id } = await record.database.prisma.customer.create({
      data: {
        name: `Raced ${tenant}`,
        createdAt: record.clock.now(),
        identifiers: { create: { type: 'tenantId', value: tenant, facts: FACTS, source: 'Test' } },
      },
    });
    customerId = id;
  });

  /** Somebody new of an organisation, who may claim everywhere. */
  const person = async (tenantId = NORTHBRIDGE): Promise<Actor> => {
    const { prisma } = record.database;
    const organisation = await prisma.organisation.findUniqueOrThrow({ where: { tenantId } });
    const objectId = randomUUID();
    await prisma.person.create({
      data: {
        ...{ id: randomUUID(), tenantId, objectId, organisationId: organisation.id, name: 'Racer' },
        createdAt: record.clock.now(),
        roles: { create: { role: 'incentivesUser', scope: '*', grantedAt: record.clock.now() } },
      },
    });
    return record.actor(objectId, tenantId);
  };

  const knownTo = async ({ organisationId }: Actor) => {
    const identifier = { type: 'tenantId', value: tenant } as const;
    const contacts = { customer: { company: 'Raced' } };
    const named = { organisationId, customerId, identifier, tenantId: tenant, contacts };
    await record.ports.inTx((tx) => tx.customers.know(named, record.clock.now()));
  };

  /** A form filled in to its review; what its button does. */
  const filled = async (actor: Actor, way: 'add' | 'claim', slug: string): Promise<() => Promise<ConfirmOutcome>> => {
    const { ports, clock } = record;
    const started =
      way === 'add' ? await startAddCustomer(ports, actor) : await startClaimCustomer(ports, actor, { customerId });
    if (started.kind !== 'at') throw new Error(`the form did not open: ${started.kind}`);
    const { draftId } = started;
    const engagement = (await ports.reads.engagements.listCurrent(clock.now())).find((one) => one.slug === slug);
    const steps = {
      name: { name: 'Raced' },
      location: { location: actor.tenantId === TAILSPIN ? UTRECHT : AMSTERDAM },
      ...(way === 'add' ? { identifier: { identifierType: 'tenantId', identifierValue: tenant } } : {}),
      engagements: { engagements: engagement?.id ?? '' },
      contacts: { ...CONTACTS, mismatchReason: 'Of another company' },
    };
    const command = async (verb: string) => ({ id: (await ports.reads.drafts.find(draftId))?.commandId ?? '', verb });
    for (const [step, inputs] of Object.entries(steps)) {
      const answer = await answerStep(ports, actor, await command('draft.next'), { draftId, step, inputs });
      if (answer.kind !== 'at') throw new Error(`${step}: ${JSON.stringify(answer)}`);
    }
    const confirm = await command('draft.confirm');
    return () => confirmClaims(ports, actor, confirm, draftId);
  };

  const open = (slug: string) =>
    record.database.prisma.claim.count({ where: { customerId, engagementSlug: slug, openKey: { not: null } } });

  test('R8: five who add and five who claim one customer for one engagement at once come to one claim, and nine hear its number', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => person()));
    await knownTo(people[0] as Actor);
    const confirms: (() => Promise<ConfirmOutcome>)[] = [];
    for (const [index, actor] of people.entries()) {
      confirms.push(await filled(actor, index % 2 === 0 ? 'add' : 'claim', 'sec-usage-identities'));
    }

    const outcomes = await Promise.all(confirms.map((confirm) => confirm()));

    expect(await open('sec-usage-identities')).toBe(1);
    const won = outcomes.filter((outcome) => outcome.kind === 'confirmed');
    expect(won).toHaveLength(1);
    for (const outcome of outcomes.filter(({ kind }) => kind !== 'confirmed')) {
      expect(outcome).toMatchObject({
        fault: { code: 'engagement.notEligible', reasons: [{ code: 'ownOpenClaim', number: won[0]?.claims[0] }] },
      });
    }
  });

  test('R19: two consents at once, by two identifiers and under two names, leave one customer with one name', async () => {
    const { ports, clock, database } = record;
    const { organisationId } = await person();
    const others = await database.prisma.identifier.createManyAndReturn({
      data: [1, 2].map((number) => ({ customerId, type: 'tpid', value: `77123${number}`, source: 'Test' })),
      skipDuplicates: true,
    });
    const know = (value: string, company: string) =>
      ports.inTx((tx) =>
        tx.customers.know(
          {
            organisationId,
            customerId,
            identifier: { type: 'tpid', value },
            tenantId: null,
            contacts: { customer: { company } },
          },
          clock.now(),
        ),
      );
    await Promise.all(others.map(({ value }, index) => know(value, `Name ${index}`)));
    const rows = await database.prisma.knownCustomer.findMany({ where: { organisationId, customerId } });
    expect(rows).toHaveLength(2);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(1);
  });

  test('R8: the database itself takes no second open claim, added or claimed', async () => {
    const actor = await person();
    await knownTo(actor);
    await (await filled(actor, 'add', 'sec-usage-identities'))();
    const { prisma } = record.database;
    const { number, dealSizeTyped: _typed, ...copy } = await prisma.claim.findFirstOrThrow({ where: { customerId } });
    for (const kind of ['added', 'claimed']) {
      await expect(prisma.claim.create({ data: { ...copy, kind } })).rejects.toMatchObject({ code: 'P2002' });
    }
    expect(await prisma.claim.count({ where: { customerId } })).toBe(1);
    expect(number).toBeGreaterThan(0);
  });

  test('R7: the limits of a customer hold against both partners at once, adding and claiming', async () => {
    const [robins, lees] = [
      await Promise.all([person(), person(), person()]),
      await Promise.all([person(TAILSPIN), person(TAILSPIN), person(TAILSPIN)]),
    ];
    await knownTo(robins[0] as Actor);
    await knownTo(lees[0] as Actor);
    const { prisma } = record.database;
    const base = await prisma.engagementVersion.findFirstOrThrow({ where: { slug: 'sec-usage-identities' } });
    const definition = { ...(base.definition as object), slug: 'one-place', maxActivePerCustomer: 1 };
    await prisma.engagementVersion.upsert({
      where: { slug_version: { slug: 'one-place', version: 1 } },
      create: { id: randomUUID(), slug: 'one-place', version: 1, definition, effectiveFrom: base.effectiveFrom },
      update: {},
    });
    const confirms: (() => Promise<ConfirmOutcome>)[] = [];
    for (const [index, actor] of [...robins, ...lees].entries()) {
      confirms.push(await filled(actor, index % 2 === 0 ? 'add' : 'claim', 'one-place'));
    }

    const outcomes = await Promise.all(confirms.map((confirm) => confirm()));

    expect(outcomes.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
    expect(await open('one-place')).toBe(1);
    const reasons = outcomes.flatMap((outcome) =>
      outcome.kind === 'refused' && outcome.fault.code === 'engagement.notEligible' ? outcome.fault.reasons : [],
    );
    expect(new Set(reasons.map(({ code }) => code))).toEqual(new Set(['ownOpenClaim', 'activeLimit']));
  });

  test('R7: the total that a customer is allowed is not passed, however many begin at once', async () => {
    const { prisma } = record.database;
    const base = await prisma.engagementVersion.findFirstOrThrow({ where: { slug: 'sec-usage-identities' } });
    const definition = {
      ...(base.definition as object),
      slug: 'one-in-all',
      maxActivePerCustomer: 9,
      maxTotalPerCustomer: 1,
    };
    await prisma.engagementVersion.upsert({
      where: { slug_version: { slug: 'one-in-all', version: 1 } },
      create: { id: randomUUID(), slug: 'one-in-all', version: 1, definition, effectiveFrom: base.effectiveFrom },
      update: {},
    });
    const confirms: (() => Promise<ConfirmOutcome>)[] = [];
    for (const tenantId of [NORTHBRIDGE, TAILSPIN])
      confirms.push(await filled(await person(tenantId), 'add', 'one-in-all'));
    const outcomes = await Promise.all(confirms.map((confirm) => confirm()));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['confirmed', 'refused']);
    expect(outcomes.find(({ kind }) => kind === 'refused')).toMatchObject({
      fault: { reasons: [{ code: 'totalLimit', allowed: 1, total: 1 }] },
    });
  });

  test.each([
    ['CANCELED', null],
    ['CONSENT_EXPIRED', null],
    ['APPROVED', 'used'],
  ] as const)(
    'an opportunity whose claim ended as %s is free again, unless it was paid by it',
    async (status, used) => {
      const id = `7-${status.replace('_', '').slice(0, 8)}0001`;
      const { ports, clock, database } = record;
      await database.prisma.opportunity.create({
        data: { id, name: 'Ended', state: 'open', valueCents: 100, updatedAt: clock.now() },
      });
      const identifier = { type: 'msxOpportunityId', value: id } as const;
      const number = await made(record, await claimOf(record, customerId, { identifier, hours: 4 }));
      expect((await ports.reads.customers.findOpportunity(id))?.usedBy?.number).toBe(number);
      const end = { status, statusAt: clock.now(), dueAt: null, warnAt: null };
      expect(await ports.inTx((tx) => tx.claims.advance(number, ['CUSTOMER_CLAIMED'], end))).toBe(true);
      const usedBy = (await ports.reads.customers.findOpportunity(id))?.usedBy ?? null;
      expect(usedBy === null ? null : 'used').toBe(used);
    },
  );

  test('R7: a limit that is reached between the review and the confirmation is noticed', async () => {
    const actor = await person();
    await knownTo(actor);
    const held = await filled(actor, 'claim', 'mw-endpoint-management');
    const lee = await record.actor(LEE, TAILSPIN);
    expect(await (await filled(lee, 'add', 'mw-endpoint-management'))()).toMatchObject({ kind: 'confirmed' });
    expect(await held()).toMatchObject({
      kind: 'refused',
      fault: { reasons: [{ code: 'activeLimit', allowed: 1, active: 1 }] },
    });
  });
});
