import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, chainOf, firstBreak } from '../../domain/audit/chain.ts';
import { advanceClaim } from '../../domain/claims/advance-claim.ts';
import { cancelClaim } from '../../domain/claims/cancel-claim.ts';
import { confirmClaims } from '../../domain/claims/confirm-claims.ts';
import { CLAIM_STATUSES, isTerminal } from '../../domain/claims/status.ts';
import { TRANSITIONS, type TransitionName } from '../../domain/claims/transitions.ts';
import type { Identifier } from '../../domain/customers/identifier.ts';
import { startAddCustomer } from '../../domain/drafts/start.ts';
import { answerStep } from '../../domain/drafts/walk.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { AMSTERDAM, ENGINES, LEE, NOOR, ROBIN, TAILSPIN } from '../support/world.ts';
import { atOnce, claimOf, DEADLINE, made, openRecord, type Record } from './record.ts';

const BRUSSELS = '00000000-0000-4000-8000-000000000303';
const UTRECHT = '00000000-0000-4000-8000-000000000311';

/** Two names of one customer of the demo. */
const DOMAIN = ['domain', 'fabrikam.example'] as const;
const TPID = ['tpid', '900101'] as const;

describe.each(ENGINES)('on %s', (engine) => {
  let record: Record;
  let robin: Actor;
  beforeAll(async () => {
    record = await openRecord(engine);
    robin = await record.actor(ROBIN);
  });
  afterAll(() => record?.close());

  const status = async (number: number) => (await record.ports.reads.claims.find(number))?.status;
  const claimed = async (name: string) => made(record, await claimOf(record, await record.customer(name)));

  test('claims are numbered from 1000000 up', async () => {
    const { _min } = await record.database.prisma.claim.aggregate({ _min: { number: true } });
    expect(_min.number).toBe(1_000_000);
    const number = await claimed('Numbered');
    expect(number).toBeGreaterThan(1_000_000);
    expect(await claimed('Numbered next')).toBe(number + 1);
  });

  describe('a form is open once', () => {
    test('for a person who begins it in ten places at once: all get the same draft', async () => {
      const { ports, database } = record;
      const outcomes = await atOnce(10, () => startAddCustomer(ports, robin));
      const ids = outcomes.map((outcome) => ('draftId' in outcome ? outcome.draftId : outcome.kind));
      expect(new Set(ids).size).toBe(1);
      const where = { personId: robin.personId, kind: 'addCustomer' };
      expect(await database.prisma.draft.findMany({ where, select: { id: true } })).toEqual([{ id: ids[0] }]);
      await database.prisma.draft.deleteMany({ where });
    });

    test('for each of two people', async () => {
      const noor = await record.actor(NOOR);
      const outcomes = await Promise.all([robin, noor].map((person) => startAddCustomer(record.ports, person)));
      expect(outcomes).toEqual([expect.objectContaining({ kind: 'at' }), expect.objectContaining({ kind: 'at' })]);
      expect(new Set(outcomes.map((outcome) => 'draftId' in outcome && outcome.draftId)).size).toBe(2);
      await record.database.prisma.draft.deleteMany();
    });
  });

  /** Fills the form in as far as the review; what its button brings. */
  const filled = async (actor: Actor, location: string, [type, value]: readonly [string, string], slug: string) => {
    const { ports, clock } = record;
    const started = await startAddCustomer(ports, actor);
    if (started.kind !== 'at') throw new Error(`the form did not open: ${started.kind}`);
    const { draftId } = started;
    const engagements = await ports.reads.engagements.listCurrent(clock.now());
    const steps = {
      name: { name: 'At once' },
      location: { location },
      identifier: { identifierType: type, identifierValue: value },
      engagements: { engagements: engagements.find((one) => one.slug === slug)?.id ?? '' },
      contacts: {
        customerCompany: 'Fabrikam',
        customerName: 'Anna de Vries',
        customerEmail: 'anna@fabrikam.example',
        customerCountry: 'NL',
        customerLanguage: 'nl',
        partnerName: actor.name,
        partnerEmail: 'partner@northbridge.example',
        partnerPhone: '14020',
      },
    };
    for (const [step, inputs] of Object.entries(steps)) {
      const command = { id: (await ports.reads.drafts.find(draftId))?.commandId ?? '', verb: 'draft.next' };
      const answer = await answerStep(ports, actor, command, { draftId, step, inputs });
      if (answer.kind !== 'at') throw new Error(`${step}: ${JSON.stringify(answer)}`);
    }
    const command = { id: (await ports.reads.drafts.find(draftId))?.commandId ?? '', verb: 'draft.confirm' };
    return () => confirmClaims(ports, actor, command, draftId);
  };

  describe('R8: one open claim per engagement, customer and organisation', () => {
    test('of two colleagues who confirm at once one gets the claim, and the other is told its number', async () => {
      const noor = await record.actor(NOOR);
      const confirms = [
        await filled(robin, AMSTERDAM, DOMAIN, 'sec-usage-identities'),
        await filled(noor, BRUSSELS, DOMAIN, 'sec-usage-identities'),
      ];
      const outcomes = await Promise.all(confirms.map((confirm) => confirm()));
      const kinds = outcomes.map(({ kind }) => kind).toSorted();
      expect(kinds).toEqual(['confirmed', 'refused']);
      const won = outcomes.find((outcome) => outcome.kind === 'confirmed');
      const lost = outcomes.find((outcome) => outcome.kind === 'refused');
      expect(lost).toMatchObject({
        fault: { code: 'engagement.notEligible', reasons: [{ code: 'ownOpenClaim', number: won?.claims[0] }] },
      });
      await record.database.prisma.draft.deleteMany();
    });

    test('R7: of two partners who confirm at once one gets the last place, whatever name each knows the customer by', async () => {
      const lee = await record.actor(LEE, TAILSPIN);
      const confirms = [
        await filled(robin, AMSTERDAM, DOMAIN, 'sec-sales-siem-xdr'),
        await filled(lee, UTRECHT, TPID, 'sec-sales-siem-xdr'),
      ];
      const outcomes = await Promise.all(confirms.map((confirm) => confirm()));
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['confirmed', 'refused']);
      expect(outcomes.find((outcome) => outcome.kind === 'refused')).toMatchObject({
        fault: { reasons: [{ code: 'heldByAnotherPartner' }] },
      });
      await record.database.prisma.draft.deleteMany();
    });

    // The embedded engine has one connection: there, every transaction waits for every other anyway.
    if (engine === 'postgresql')
      test.each([
        ['for the same customer, of another partner too', 'same customer', 'other partner', ['first', 'second']],
        ['for the same partner, of another customer too', 'other customer', 'same partner', ['first', 'second']],
        ['but not for another customer of another partner', 'other customer', 'other partner', ['second', 'first']],
      ])('R7: who counts claims waits for whoever counts them already, %s', async (name, customer, partner, order) => {
        const { ports, database } = record;
        const lee = await record.actor(LEE, TAILSPIN);
        const firstCustomer = await record.customer(name);
        const secondCustomer = customer === 'same customer' ? firstCustomer : await record.customer(`${name}, too`);
        const secondPartner = (partner === 'same partner' ? robin : lee).organisationId;
        const waiting = async () => {
          const [row] = await database.prisma.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          return (row?.count ?? 0) > 0;
        };
        const done: string[] = [];
        let second: Promise<void> | undefined;
        await ports.inTx(async (tx) => {
          await tx.customers.lock(firstCustomer, robin.organisationId);
          second = ports.inTx(async (other) => {
            await other.customers.lock(secondCustomer, secondPartner);
            done.push('second');
          });
          while (done.length === 0 && !(await waiting()));
          done.push('first');
        });
        await second;
        expect(done).toEqual(order);
      });

    test('the database itself takes one of ten at once', async () => {
      const claim = await claimOf(record, await record.customer('Wanted'));
      const numbers = await atOnce(10, () => record.ports.inTx((tx) => tx.claims.add(claim)));
      expect(numbers.filter((number) => number !== null)).toHaveLength(1);
      const customerId = claim.customerId;
      expect(await record.database.prisma.claim.count({ where: { customerId } })).toBe(1);
      expect(await record.database.prisma.contact.count({ where: { claim: { customerId } } })).toBe(2);
    });

    test('another engagement, another customer and another organisation have places of their own', async () => {
      const lee = await record.actor(LEE, TAILSPIN);
      const claim = await claimOf(record, await record.customer('Shared'));
      await made(record, claim);
      await made(record, { ...claim, engagementSlug: 'another' });
      await made(record, { ...claim, customerId: await record.customer('Shared, too') });
      await made(record, { ...claim, organisationId: lee.organisationId, ownerId: lee.personId });
      await expect(made(record, claim)).rejects.toThrow('open claim');
    });

    test.each(CLAIM_STATUSES)('a claim that is %s frees its place exactly when that ends it', async (to) => {
      const claim = await claimOf(record, await record.customer(`Ends ${to}`));
      const number = await made(record, claim);
      const change = { status: to, statusAt: record.clock.now(), dueAt: null, warnAt: null };
      expect(await record.ports.inTx((tx) => tx.claims.advance(number, ['CUSTOMER_CLAIMED'], change))).toBe(true);
      const next = await record.ports.inTx((tx) => tx.claims.add(claim));
      expect(next !== null).toBe(isTerminal(to));
    });

    test('a claim that is canceled can be made again', async () => {
      const claim = await claimOf(record, await record.customer('Canceled'));
      const number = await made(record, claim);
      const command = { id: record.ports.random.id(), verb: 'claim.cancel' };
      expect(await cancelClaim(record.ports, robin, command, number, 'CUSTOMER_CLAIMED')).toEqual({
        kind: 'done',
        claim: number,
      });
      expect(await made(record, claim)).toBeGreaterThan(number);
    });
  });

  describe('R16: a guarded step', () => {
    const step = (number: number, transition: TransitionName, actor = 'clock') =>
      record.ports.inTx(async (tx) => {
        const claim = await tx.claims.find(number);
        if (claim === null) throw new Error('no claim');
        const at = record.clock.now();
        return advanceClaim(tx, record.ports.sha256, claim, transition, { actor, at }, { dueAt: null });
      });

    test('of twenty at once one wins, and the history has one line of it', async () => {
      const number = await claimed('Raced');
      const results = await atOnce(20, (index) => step(number, 'cancel', `person:${index}`));
      expect(results.filter(Boolean)).toHaveLength(1);
      const history = await record.ports.reads.audit.list(chainOf(number));
      expect(history.map(({ what, actor }) => [what, actor])).toEqual([
        ['cancel', `person:${results.findIndex((won) => won !== null)}`],
      ]);
    });

    test('of steps that exclude each other one wins', async () => {
      const number = await claimed('Torn');
      expect(await step(number, 'sendConsent')).toBe(1);
      const rivals = ['acceptConsent', 'declineConsent', 'expireConsent', 'cancel'] as const;
      // An accepted claim may still be canceled: whoever comes after that finds it where the table says.
      const results = await Promise.all(rivals.map((transition) => step(number, transition)));
      const taken = (await record.ports.reads.audit.list(chainOf(number))).slice(1).map(({ what }) => what);
      expect(results.filter(Boolean)).toHaveLength(taken.length);
      expect([1, 2]).toContain(taken.length);
      if (taken.length === 2) expect(taken).toEqual(['acceptConsent', 'cancel']);
      const last = taken.at(-1) as TransitionName;
      expect(await status(number)).toBe(TRANSITIONS[last].to);
    });

    test('is taken from the statuses of the table and from no other', async () => {
      const number = await claimed('Stepped');
      const { prisma } = record.database;
      const names = Object.keys(TRANSITIONS) as TransitionName[];
      const taken: string[] = [];
      for (const from of CLAIM_STATUSES) {
        for (const name of names) {
          const { when = {} } = TRANSITIONS[name] as { when?: { withReviewers?: boolean; disputed?: boolean } };
          const pausedDueAt = when.withReviewers === true ? DEADLINE : null;
          const disputedAt = when.disputed === true ? DEADLINE : null;
          await prisma.claim.update({ where: { number }, data: { status: from, pausedDueAt, disputedAt } });
          if (await step(number, name)) taken.push(`${from} ${name}`);
          else expect(await status(number)).toBe(from);
        }
      }
      expect(taken.toSorted()).toEqual(
        names.flatMap((name) => TRANSITIONS[name].from.map((from) => `${from} ${name}`)).toSorted(),
      );
    });
  });

  describe('a newcomer whom many name at once', () => {
    const keep = (name: string, identifiers: readonly Identifier[]) =>
      record.ports.inTx((tx) => tx.customers.keep(null, name, identifiers, record.clock.now()));

    test('is one customer, in whatever order its identifiers are given', async () => {
      const domain: Identifier = { type: 'domain', value: 'newcomer.example' };
      const tenant: Identifier = { type: 'tenantId', value: '00000000-0000-4000-8000-0000000009ff' };
      const orders = [[tenant], [domain, tenant], [tenant, domain]];
      const ids = await atOnce(20, (index) => keep(`Newcomer ${index}`, orders[index % 3] ?? []));
      expect(new Set(ids).size).toBe(1);
      const { prisma } = record.database;
      expect(await prisma.customer.count({ where: { name: { startsWith: 'Newcomer ' } } })).toBe(1);
      const known = await prisma.identifier.findMany({ where: { customerId: ids[0] ?? '' }, orderBy: { type: 'asc' } });
      expect(known.map(({ type, value }) => ({ type, value }))).toEqual([domain, tenant]);
      // R5: nothing is known of it yet, which is not the same as nothing.
      expect(known.map(({ facts }) => facts)).toEqual([null, null]);
    });

    test('R6: an identifier that names another customer already stays with that one', async () => {
      const first: Identifier = { type: 'tpid', value: '900901' };
      const second: Identifier = { type: 'tpid', value: '900902' };
      const one = await keep('One', [first]);
      const two = await keep('Two', [second]);
      expect(await keep('One again', [first, second])).toBe(one);
      expect((await record.ports.reads.customers.findIdentifier(second))?.customerId).toBe(two);
    });
  });

  describe('R33: the history of a claim', () => {
    test('can be added to, and neither changed nor removed', async () => {
      const { prisma } = record.database;
      const chain = chainOf(1_000_000);
      const before = await record.ports.reads.audit.list(chain);
      expect(before.length).toBeGreaterThan(0);
      const refusal = 'the history of a claim is only ever added to';
      await expect(prisma.auditEvent.updateMany({ where: { chain }, data: { actor: 'nobody' } })).rejects.toThrow(
        refusal,
      );
      await expect(prisma.auditEvent.deleteMany({ where: { chain } })).rejects.toThrow(refusal);
      await expect(prisma.$executeRaw`UPDATE "AuditEvent" SET "hash" = ''`).rejects.toThrow(refusal);
      await expect(prisma.$executeRaw`DELETE FROM "AuditEvent"`).rejects.toThrow(refusal);
      expect(await record.ports.reads.audit.list(chain)).toEqual(before);
    });

    test('holds when it is read back from the database, whatever facts it carries', async () => {
      const facts = {
        words: 'Zoë "東京" \\ 👩‍👩‍👧',
        number: 9_007_199_254_740_991,
        list: [3, 'a', -0.5],
        no: false,
        nothing: null,
      };
      const { ports } = record;
      for (const what of ['added', 'sendConsent']) {
        const event = { chain: 'claim:1', at: new Date('2026-11-23T12:00:00.007Z'), actor: 'clock', what, facts };
        await ports.inTx((tx) => audit(tx, ports.sha256, event));
      }
      const history = await ports.reads.audit.list('claim:1');
      expect(history.map((event) => event.facts)).toEqual([facts, facts]);
      expect(firstBreak(ports.sha256, history)).toBeNull();
    });

    test('holds for every claim of the demo and of these tests', async () => {
      const { ports, database } = record;
      const chains = await database.prisma.auditEvent.findMany({ distinct: ['chain'], select: { chain: true } });
      expect(chains.length).toBeGreaterThan(10);
      for (const { chain } of chains) {
        expect({ chain, broken: firstBreak(ports.sha256, await ports.reads.audit.list(chain)) }).toEqual({
          chain,
          broken: null,
        });
      }
    });
  });

  describe('R30, R32: a notice and its job are there together or not at all', () => {
    const notice = (number: number, key: string) => ({
      id: record.ports.random.id(),
      key,
      kind: 'consentExpired' as const,
      audience: { personId: robin.personId },
      claimNumber: number,
      accessRequestId: null,
      facts: {},
      createdAt: record.clock.now(),
    });
    const notices = (claimNumber: number) => record.database.prisma.notice.count({ where: { claimNumber } });

    test('a transaction that is rolled back leaves neither, and nothing else', async () => {
      const number = await claimed('Rolled back');
      const jobs = await record.jobs();
      const failing = record.ports.inTx(async (tx) => {
        await tx.claims.advance(number, ['CUSTOMER_CLAIMED'], {
          status: 'CANCELED',
          statusAt: record.clock.now(),
          dueAt: null,
          warnAt: null,
        });
        await tx.notices.tell(notice(number, 'rolled back'));
        await tx.notices.mail([record.ports.random.id()]);
        throw new Error('the last step failed');
      });
      await expect(failing).rejects.toThrow('the last step failed');
      expect(await notices(number)).toBe(0);
      expect(await record.jobs()).toBe(jobs);
      expect(await status(number)).toBe('CUSTOMER_CLAIMED');
    });

    test('a transaction that is committed leaves both', async () => {
      const number = await claimed('Committed');
      const jobs = await record.jobs();
      await record.ports.inTx((tx) => tx.notices.tell(notice(number, 'committed')));
      expect(await notices(number)).toBe(1);
      expect(await record.jobs()).toBe(jobs + 1);
    });

    test('the same fact told twenty times at once is one notice and one job', async () => {
      const number = await claimed('Told');
      const jobs = await record.jobs();
      await atOnce(20, () => record.ports.inTx((tx) => tx.notices.tell(notice(number, 'told once'))));
      expect(await notices(number)).toBe(1);
      expect(await record.jobs()).toBe(jobs + 1);
    });
  });
});
