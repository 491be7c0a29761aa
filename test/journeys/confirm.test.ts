import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newVersion } from '../support/catalogue.ts';
import { claimsOn, fillIntake, type Intake } from '../support/intake.ts';
import { claimFor, claimsFor, emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
import {
  actionOf,
  buttonsOf,
  dataFor,
  type InvokeAnswer,
  type Person,
  personIn,
  type SeenCard,
  textOf,
} from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { DAY, LEE, NORTHBRIDGE, ROBIN, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const JIP = '00000000-0000-4000-8000-000000000025';
const UTRECHT: Intake = { location: 'Utrecht' };

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  let jip: Person;
  let lee: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
    jip = personIn(world, JIP, { name: 'Jip Newcomer' });
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    const { prisma } = world.database;
    const person = await prisma.person.findFirstOrThrow({ where: { objectId: JIP } });
    await prisma.roleGrant.create({
      data: { personId: person.id, role: 'incentivesUser', scope: '*', grantedAt: world.clock.now() },
    });
  });
  afterAll(() => world?.stop());

  const claimsOf = (customer: { name: string }) =>
    world.database.prisma.claim.findMany({
      where: { customer: { name: customer.name } },
      orderBy: { number: 'asc' },
      select: { number: true, status: true, engagementSlug: true, organisationId: true, ownerId: true },
    });

  const confirming = (person: Person, review: SeenCard, id = randomUUID()): Promise<InvokeAnswer> =>
    person.invoke(actionOf(review, 'Confirm').verb, dataFor(review, 'Confirm'), { id });

  describe('R9: confirming twice makes one set of claims, and everybody gets the same answer', () => {
    const two = { engagements: ['Endpoint', 'Secure Identities'] };

    test.each([
      ['one after the other, as two clicks', 2, false, false],
      ['one after the other, as one delivery repeated', 2, false, true],
      ['ten at once, as ten clicks', 10, true, false],
      ['ten at once, as one delivery repeated', 10, true, true],
    ])('%s', async (what, times, parallel, same) => {
      const customer = await newcomer(world, `twice-${what.replaceAll(/[^a-z]+/g, '-')}`);
      const review = await fillFor(robin, customer, two);
      const id = randomUUID();
      const once = () => confirming(robin, review, same ? id : randomUUID());

      const answers: InvokeAnswer[] = [];
      if (parallel) answers.push(...(await Promise.all(Array.from({ length: times }, once))));
      else for (let time = 0; time < times; time += 1) answers.push(await once());

      const made = await claimsOf(customer);
      expect(made).toHaveLength(2);
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(claimsOn(answers[0]?.value as SeenCard)).toEqual(made.map(({ number }) => number));
      const history = await world.database.prisma.auditEvent.findMany({
        where: { chain: { in: made.map(({ number }) => `claim:${number}`) } },
      });
      expect(history.map(({ what }) => what)).toEqual(['added', 'added']);
    });

    test('after a restart as well', async () => {
      const review = await fillFor(robin, await newcomer(world, 'twice-with-restart'), two);
      const first = await confirming(robin, review);
      await world.restart();
      expect(await confirming(robin, review)).toEqual(first);
    });
  });

  describe('what changed between the review and the confirmation', () => {
    const refused = async (person: Person, review: SeenCard): Promise<string> => {
      const before = await recordOf(world);
      const card = await person.press(review, 'Confirm');
      expect(await recordOf(world)).toEqual(before);
      expect(buttonsOf(card)).toEqual(expect.arrayContaining(['Change engagements', 'Confirm']));
      expect(textOf(card)).toContain('Nothing was made, because something changed since you chose it.');
      return textOf(card);
    };

    test('R7: another organisation took the only place: refused with the reason, nothing made', async () => {
      const customer = await newcomer(world, 'only-place');
      const review = await fillFor(robin, customer);
      await claimsFor(lee, customer, UTRECHT);

      const text = await refused(robin, review);

      expect(text).toContain(
        'Endpoint Management Workshop cannot be chosen any more. The customer has 1 active claim for this engagement; 1 allowed.',
      );
      expect(await claimsOf(customer)).toHaveLength(1);
      expect(text).not.toContain('Tailspin');
    });

    test('R7: an exclusive engagement is refused because another partner holds the customer', async () => {
      const customer = await newcomer(world, 'held');
      const review = await fillFor(robin, customer, { engagements: ['SIEM Plus XDR'] });
      await claimsFor(lee, customer, { ...UTRECHT, engagements: ['SIEM Plus XDR'] });

      expect(await refused(robin, review)).toContain('Another partner holds this customer for this engagement.');
    });

    test('R9: of two engagements one is refused: neither claim is made, and the other can still be', async () => {
      const customer = await newcomer(world, 'all-or-none');
      const review = await fillFor(robin, customer, { engagements: ['Endpoint', 'Secure Identities'] });
      await claimsFor(lee, customer, UTRECHT);

      await refused(robin, review);

      expect(await claimsOf(customer)).toHaveLength(1);
      const choose = await robin.press(review, 'Change engagements');
      const again = await robin.press(choose, 'Next');
      expect(textOf(await robin.press(again, 'Confirm'))).toContain('One claim was made');
      expect((await claimsOf(customer)).map(({ engagementSlug }) => engagementSlug)).toEqual([
        'mw-endpoint-management',
        'sec-usage-identities',
      ]);
    });

    test('R2: the role was taken away: refused, and nothing of the form is shown any more', async () => {
      const { prisma } = world.database;
      const review = await fillFor(jip, await newcomer(world, 'role-lost'));
      const where = { person: { objectId: JIP } };
      const [grant] = await prisma.roleGrant.findMany({ where });
      await prisma.roleGrant.deleteMany({ where });

      const before = await recordOf(world);
      const text = textOf(await jip.press(review, 'Confirm'));
      expect(await recordOf(world)).toEqual(before);
      expect(text).toContain('You need a role first');
      expect(text).not.toContain('role-lost');

      if (grant !== undefined) await prisma.roleGrant.create({ data: grant });
    });

    test('R9: the location lost its enrolment: refused', async () => {
      const { prisma } = world.database;
      const review = await fillFor(robin, await newcomer(world, 'enrolment-lost'), {
        location: 'Brussels',
        engagements: ['Secure Identities'],
      });
      const where = { partnerId: '90000103' };
      await prisma.location.update({ where, data: { enrolment: 'inactive' } });

      expect(await refused(robin, review)).toContain('That location is not enrolled in MCI.');

      await prisma.location.update({ where, data: { enrolment: 'enrolled' } });
    });

    test('R4: the last nomination day passed: refused with that day', async () => {
      await newVersion(world, 'sec-usage-identities', 2, { lastNomination: '2026-11-23' });
      const review = await fillFor(robin, await newcomer(world, 'last-day'), { engagements: ['Secure Identities'] });
      world.clock.advance(DAY);

      expect(await refused(robin, review)).toMatch(
        /Secure Identities and Access cannot be chosen any more\. New claims were possible until .*2026/,
      );
    });

    test('R4: the engagement was replaced by a version that is closed: refused, and it is named', async () => {
      const review = await fillFor(robin, await newcomer(world, 'replaced'), { engagements: ['Digital Workforce'] });
      await newVersion(world, 'mw-digital-workforce', 2, { lastNomination: '2026-01-31' });

      expect(await refused(robin, review)).toContain('Microsoft 365 Digital Workforce cannot be chosen any more.');
    });

    test('the e-mail domain of the customer is not looked up again', async () => {
      const customer = await newcomer(world, 'unplugged');
      const review = await fillFor(robin, customer);
      await world.database.prisma.tenantDomain.deleteMany({ where: { domain: customer.domain } });
      expect(textOf(await robin.press(review, 'Confirm'))).toContain('One claim was made');
    });
  });

  describe('two at once', () => {
    test('R8: two people of one organisation confirm the same customer and engagement: one claim, and the other hears its number', async () => {
      const customer = await newcomer(world, 'colleagues');
      const reviews = [await fillFor(robin, customer), await fillFor(jip, customer)] as const;

      const [one, other] = await Promise.all([robin.press(reviews[0], 'Confirm'), jip.press(reviews[1], 'Confirm')]);

      const made = await claimsOf(customer);
      expect(made).toHaveLength(1);
      const texts = [textOf(one), textOf(other)];
      expect(texts.filter((text) => text.includes('One claim was made'))).toHaveLength(1);
      expect(texts.find((text) => !text.includes('One claim was made'))).toContain(
        `Your organisation already has claim ${made[0]?.number} open for this engagement.`,
      );
    });

    test('R7: two organisations race for the only place: one gets it, the other the reason', async () => {
      const customer = await newcomer(world, 'rivals');
      const reviews = [await fillFor(robin, customer), await fillFor(lee, customer, UTRECHT)] as const;

      const [one, other] = await Promise.all([robin.press(reviews[0], 'Confirm'), lee.press(reviews[1], 'Confirm')]);

      expect(await claimsOf(customer)).toHaveLength(1);
      expect([textOf(one), textOf(other)].filter((text) => text.includes('One claim was made'))).toHaveLength(1);
      expect(textOf(one) + textOf(other)).toContain('The customer has 1 active claim for this engagement; 1 allowed.');
    });

    test('R7: a customer named by a domain and by its tenant id at once is one customer', async () => {
      const customer = await newcomer(world, 'two-names');
      const byTenant = { ...UTRECHT, identifierType: 'tenantId', identifierValue: customer.tenantId };
      const reviews = [await fillFor(robin, customer), await fillFor(lee, customer, byTenant)] as const;

      await Promise.all([robin.press(reviews[0], 'Confirm'), lee.press(reviews[1], 'Confirm')]);

      expect(await claimsOf(customer)).toHaveLength(1);
      const { prisma } = world.database;
      const identifiers = await prisma.identifier.findMany({
        where: { value: { in: [customer.domain, customer.tenantId] } },
      });
      expect(new Set(identifiers.map(({ customerId }) => customerId)).size).toBe(1);
    });

    test('R7: the last place of a partner is given once, to whichever customer was first', async () => {
      const assessment = { engagements: ['Azure Migration Assessment'] };
      const engagementSlug = 'az-assessment';
      const [first, second, third] = [
        await newcomer(world, 'place-one'),
        await newcomer(world, 'place-two'),
        await newcomer(world, 'place-three'),
      ];
      await claimFor(robin, first, assessment);
      const open = { engagementSlug, openKey: { not: null }, organisation: { tenantId: NORTHBRIDGE } };
      expect(await world.database.prisma.claim.count({ where: open })).toBe(2);
      const reviews = [await fillFor(robin, second, assessment), await fillFor(jip, third, assessment)] as const;

      const [one, other] = await Promise.all([robin.press(reviews[0], 'Confirm'), jip.press(reviews[1], 'Confirm')]);

      expect(await world.database.prisma.claim.count({ where: open })).toBe(3);
      expect(textOf(one) + textOf(other)).toContain(
        'Open claims of your organisation for this engagement: 3; allowed: 3.',
      );
    });
  });

  test('R15: what was confirmed is what was reviewed, and the form is closed', async () => {
    const review = await fillIntake(
      robin,
      {
        name: 'As reviewed',
        identifierValue: 'trey-research.example',
        contacts: { customerCompany: 'Trey Research', customerEmail: 'a@trey-research.example' },
      },
      'review',
      await emptyForm(robin),
    );
    const seen = textOf(review);
    const [claim = 0] = claimsOn(await robin.press(review, 'Confirm'));
    const card = textOf(await robin.tap('claim.show', { claim }));
    for (const words of [
      'As reviewed',
      'Northbridge Amsterdam · 90000101',
      'Domain name: trey-research.example',
      'Robin Demo',
    ]) {
      expect(seen).toContain(words);
      expect(card).toContain(words);
    }
    expect(card).toContain('3,000 USD (market B; proposed until the customer consents)');
    expect(await world.database.prisma.draft.count({ where: { status: 'open', person: { objectId: ROBIN } } })).toBe(0);
  });
});
