import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newVersion } from '../support/catalogue.ts';
import { ACCEPT, answer, askConsent, linkIn } from '../support/consent-link.ts';
import { choiceOf, claimsOn } from '../support/intake.ts';
import { customersOf, knownCustomer } from '../support/known.ts';
import { claimFor, claimsFor, colleague, fillFor, newcomer } from '../support/newcomer.ts';
import { actionOf, buttonsOf, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { AMSTERDAM, DAY, LEE, NOOR, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const ENDPOINT = 'mw-endpoint-management';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let lee: Person;
  let noor: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    partner = await colleague(world);
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    noor = personIn(world, NOOR, { name: 'Noor Stand-In' });
    await noor.tap('help.show');
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  const begin = async (person: Person, customer: string, engagement = ENDPOINT): Promise<SeenCard> => {
    const card = await person.tap('claimCustomer.start', { customer, engagement });
    return buttonsOf(card).includes('Start over') ? person.press(card, 'Start over') : card;
  };

  /** From the row of the Customers page to the review, taking what the form proposes. */
  const fill = async (person: Person, customer: string, engagement = ENDPOINT): Promise<SeenCard> => {
    let card = await person.press(await begin(person, customer, engagement), 'Next', { name: 'Known customer' });
    card = await person.press(card, 'Next', { location: AMSTERDAM });
    card = await person.press(card, 'Next');
    return person.press(card, 'Next', inputsOf(card).get('partnerPhone')?.value ? {} : { ...OWN });
  };
  const OWN = { partnerEmail: 'robin.demo@northbridge.example', partnerPhone: '+31 20 555 0100' };

  /** Every consent clock runs out; what that says to each of them is another test's. */
  const expireAll = async () => {
    world.clock.advance(31 * DAY);
    await world.app.sweep();
    for (const { conversationId } of world.connector.unread()) world.connector.takePosts(conversationId);
  };

  const claimsOf = (name: string) =>
    world.database.prisma.claim.findMany({ where: { customer: { name } }, orderBy: { number: 'asc' } });

  describe('R13: a customer who consented before is claimed from a row of the Customers page', () => {
    test('without an identifier, with what is known filled in, and a claim is made under the name it consented by', async () => {
      const known = await knownCustomer(world, partner, 'row');
      const page = await customersOf(partner, ENDPOINT, 'eligible', 'row');
      expect(textOf(page)).toContain('Domain name: row.example · consented 23 Nov 2026');

      let card = await partner.press(page, 'Claim customer 1');
      expect(textOf(card)).toContain('Claim customer · Step 2 of 6');
      expect(textOf(card)).toContain('Customer: row');
      card = await partner.press(card, 'Next', { name: 'Endpoints at row' });
      card = await partner.press(card, 'Next', { location: choiceOf(card, 'location', 'Amsterdam') });
      // The engagement of the page is chosen already.
      const chosen = inputsOf(card).get('engagements')?.value;
      expect(choiceOf(card, 'engagements', 'Endpoint')).toBe(chosen);
      card = await partner.press(card, 'Next');
      expect(inputsOf(card).get('customerEmail')?.value).toBe('anna@row.example');
      expect(inputsOf(card).get('customerName')?.value).toBe('Anna de Vries');
      card = await partner.press(card, 'Next', OWN);
      expect(buttonsOf(card)).toContain('Change customer');
      card = await partner.press(card, 'Confirm');

      const [number] = claimsOn(card);
      const claim = await world.database.prisma.claim.findUniqueOrThrow({ where: { number: number ?? 0 } });
      expect(claim).toMatchObject({
        kind: 'claimed',
        customerId: known.id,
        engagementSlug: ENDPOINT,
        identifierType: 'domain',
        identifierValue: 'row.example',
        tenantId: known.tenantId,
      });
      expect(textOf(await partner.say(`claim ${number}`))).toContain('claimed the customer');
      // The row is a claim now, with the one thing that is next.
      const after = await customersOf(partner, ENDPOINT, 'eligible', 'row');
      expect(buttonsOf(after)).toContain(`Send consent e-mail (${number})`);
      expect(buttonsOf(after)).not.toContain('Claim customer 1');
    });

    test('or by the word, and then the customer is chosen first', async () => {
      const known = await knownCustomer(world, partner, 'byword');
      let card = await partner.say('claim customer');
      if (buttonsOf(card).includes('Start over')) card = await partner.press(card, 'Start over');
      expect(textOf(card)).toContain('Claim customer · Step 1 of 6');
      card = await partner.press(card, 'Next', { customer: known.id });
      card = await partner.press(card, 'Next', { name: 'By the word' });
      expect(textOf(card)).toContain('Step 3 of 6');
    });

    test('of somebody who never consented to a claim of this organisation it is refused', async () => {
      const stranger = await newcomer(world, 'stranger');
      const other = await knownCustomer(world, lee, 'theirs', { location: 'Utrecht' });
      for (const name of [stranger.name, other.name]) {
        const { id } = await world.database.prisma.customer.findFirstOrThrow({ where: { name } });
        const step = await begin(partner, id);
        let card = await partner.press(step, 'Next', { name: 'Stranger' });
        card = await partner.press(card, 'Next', { location: AMSTERDAM });
        expect(textOf(card)).toContain('qualify for no engagement');
        expect(buttonsOf(card)).not.toContain('Next');
      }
    });

    test('R6: under another name of the same customer nothing carries over', async () => {
      const known = await knownCustomer(world, partner, 'names');
      const { prisma } = world.database;
      await prisma.identifier.create({
        data: { customerId: known.id, type: 'tpid', value: '7654321', facts: { servers: 60 }, source: 'Test' },
      });
      const page = await customersOf(partner, 'az-migrate-small', 'ineligible', 'names');
      expect(textOf(page)).toContain('Not accepted here: Domain name. Use: TPID or Azure subscription ID.');
    });

    test('R6, R14: of several names each engagement is shown, reviewed and claimed under the one it is eligible by', async () => {
      const person = await colleague(world);
      const known = await knownCustomer(world, person, 'two-names', { engagements: ['Digital Workforce'] });
      const { prisma } = world.database;
      const { organisationId } = await prisma.person.findFirstOrThrow({ where: { objectId: person.objectId } });
      const facts = { country: 'GH', servers: 60, azureMonthlySpendUsd: 5_000 };
      const tpid = await prisma.identifier.create({
        data: { customerId: known.id, type: 'tpid', value: '7654399', facts, source: 'Test' },
      });
      // Learned last, so it stands first; no workshop takes it.
      await prisma.knownCustomer.create({
        data: {
          ...{ organisationId, customerId: known.id, identifierType: 'tpid', identifierValue: '7654399' },
          ...{ judgedId: tpid.id, name: 'two-names', since: new Date(world.clock.now().getTime() + 1_000) },
        },
      });
      let card = await person.press(await begin(person, known.id), 'Next', { name: 'Two names' });
      card = await person.press(card, 'Next', { location: AMSTERDAM });
      expect(textOf(card)).toContain('Endpoint Management Workshop · Modern Work · 5,000 USD');
      expect(textOf(card)).toContain('Azure Migration, Small Project · Azure · 4,000 USD (demo amount)');
      const engagements = ['Endpoint', 'Small Project'].map((words) => choiceOf(card, 'engagements', words)).join();
      card = await person.press(card, 'Next', { engagements });
      card = await person.press(card, 'Next', OWN);
      expect(textOf(card)).toContain('Domain name: two-names.example');
      expect(textOf(card)).toContain('TPID: 7654399');
      expect(textOf(card)).toMatch(/Endpoint Management Workshop · two-names\.example/);
      const numbers = claimsOn(await person.press(card, 'Confirm'));
      const claims = await prisma.claim.findMany({
        where: { number: { in: [...numbers] } },
        orderBy: { engagementSlug: 'asc' },
      });
      expect(claims.map(({ identifierType, market }) => ({ identifierType, market }))).toEqual([
        { identifierType: 'tpid', market: 'C' },
        { identifierType: 'domain', market: 'A' },
      ]);
    });

    test('R14: what is known of the customer changed since the review, and with it the rate: refused, and chosen again', async () => {
      const known = await knownCustomer(world, partner, 'moved-abroad');
      const review = await fill(partner, known.id);
      const where = { customerId: known.id, type: 'tenantId' };
      const { facts } = await world.database.prisma.identifier.findFirstOrThrow({ where });
      await world.database.prisma.identifier.updateMany({
        where,
        data: { facts: { ...(facts as object), country: 'SG' } },
      });
      const card = await partner.press(review, 'Confirm');
      expect(textOf(card)).toContain('What is known of the customer changed since you chose the engagements');
      let again = await partner.press(card, 'Change engagements');
      expect(textOf(again)).toContain('3,000 USD');
      again = await partner.press(await partner.press(again, 'Next'), 'Next');
      expect(textOf(await partner.press(again, 'Confirm'))).toContain('One claim was made');
    });

    test('R11: another engagement from the review leads over the contacts, where a tenant id is compared with their address', async () => {
      const person = await colleague(world);
      const known = await knownCustomer(world, person, 'compared', { engagements: ['Digital Workforce'] });
      const { prisma } = world.database;
      const { organisationId } = await prisma.person.findFirstOrThrow({ where: { objectId: person.objectId } });
      const row = await prisma.knownCustomer.findFirstOrThrow({ where: { customerId: known.id } });
      const facts = { country: 'NL', servers: 60, azureMonthlySpendUsd: 5_000 };
      const tpid = await prisma.identifier.create({
        data: { customerId: known.id, type: 'tpid', value: '7654311', facts, source: 'Test' },
      });
      // Known by a tenant id and a TPID alone, and the contact writes from somewhere else.
      await prisma.knownCustomer.deleteMany({ where: { customerId: known.id } });
      const named = { organisationId, customerId: known.id, name: 'compared', since: world.clock.now() };
      await prisma.knownCustomer.createMany({
        data: [
          { ...named, identifierType: 'tpid', identifierValue: '7654311', judgedId: tpid.id },
          {
            ...{ ...named, identifierType: 'tenantId', identifierValue: known.tenantId },
            ...{ tenantId: known.tenantId, judgedId: row.judgedId },
          },
        ],
      });
      const elsewhere = { ...OWN, customerEmail: 'anna@somewhere-else.example' };
      let card = await person.press(await begin(person, known.id, 'az-migrate-small'), 'Next', { name: 'Compared' });
      card = await person.press(card, 'Next', { location: AMSTERDAM });
      card = await person.press(card, 'Next', { engagements: choiceOf(card, 'engagements', 'Small Project') });
      card = await person.press(card, 'Next', elsewhere);
      expect(textOf(card)).toContain('TPID: 7654311');
      card = await person.press(card, 'Change engagements');
      card = await person.press(card, 'Next', { engagements: choiceOf(card, 'engagements', 'Secure Identities') });
      expect(textOf(card)).toContain('Who are the contacts?');
      card = await person.press(card, 'Next');
      expect(textOf(card)).toContain('somewhere-else.example does not lead to the tenant you gave.');
    });

    test('R4: where the terms were replaced by newer ones, that is said', async () => {
      const known = await knownCustomer(world, partner, 'newer-terms', { engagements: ['Digital Workforce'] });
      const review = await fill(partner, known.id, 'sec-eo14028');
      const newer = await newVersion(world, 'sec-eo14028', 2, {});
      expect(textOf(await partner.press(review, 'Confirm'))).toContain(
        'The terms of Executive Order 14028 Workshop changed since you chose it.',
      );
      await world.database.prisma.engagementVersion.delete({ where: { id: newer.id } });
    });

    test('R2: whoever lost the role browses no customers in a form that stood open', async () => {
      const person = await colleague(world);
      await knownCustomer(world, person, 'not-any-more');
      const card = await person.tap('claimCustomer.start');
      const draft = (actionOf(card, 'Next').data as { draft: string }).draft;
      const where = { person: { objectId: person.objectId } };
      await world.database.prisma.roleGrant.deleteMany({ where });
      for (const shown of [
        await person.tap('draft.show', { draft }),
        await person.tap('draft.find', { draft, step: 'customer', 'find~1': 'not' }),
        await person.press(card, 'Next', {}),
      ]) {
        expect(textOf(shown)).toContain('You need a role first');
        expect(textOf(shown)).not.toContain('not-any-more');
      }
    });

    test('only at a location that is eligible for that engagement; the others say why', async () => {
      const known = await knownCustomer(world, partner, 'where');
      const card = await partner.press(await begin(partner, known.id), 'Next', { name: 'Where' });
      const text = textOf(card);
      expect(text).toContain('Not eligible for this engagement, so not in the list');
      expect(text).toContain('Northbridge Brussels');
      expect(() => choiceOf(card, 'location', 'Brussels')).toThrow('no choice');
      const brussels = '00000000-0000-4000-8000-000000000303';
      const refused = await partner.press(card, 'Next', { location: brussels });
      expect(textOf(refused)).toContain('That location cannot claim for this engagement.');
    });
  });

  describe('R8: for one engagement a customer is added or claimed, never both', () => {
    test('added first: claiming is refused with the number of the open claim', async () => {
      const known = await knownCustomer(world, partner, 'added-first');
      const review = await fill(partner, known.id);
      const number = await claimFor(lee, { ...known, name: 'added-first' }, { location: 'Utrecht' }).catch(() => 0);
      expect(number).toBeGreaterThan(0);
      expect(textOf(await partner.press(review, 'Confirm'))).toContain('The customer has 1 active claim');
      expect((await claimsOf('added-first')).filter((claim) => claim.engagementSlug === ENDPOINT)).toHaveLength(1);
    });

    test('claimed first: adding is refused with the number of the open claim', async () => {
      const known = await knownCustomer(world, partner, 'claimed-first');
      const adding = await fillFor(partner, known);
      const [number] = claimsOn(await partner.press(await fill(partner, known.id), 'Confirm'));
      const text = textOf(await partner.press(adding, 'Confirm'));
      expect(text).toContain(`Your organisation already has claim ${number} open for this engagement.`);
    });

    test.each(['adding', 'claiming'])('at once, %s confirmed first: one claim', async (first) => {
      const known = await knownCustomer(world, partner, `both-${first}`);
      const other = await colleague(world);
      const reviews = { adding: await fillFor(other, known), claiming: await fill(partner, known.id) };
      const confirms = [() => other.press(reviews.adding, 'Confirm'), () => partner.press(reviews.claiming, 'Confirm')];
      if (first === 'claiming') confirms.reverse();

      const cards = await Promise.all(confirms.map((confirm) => confirm()));

      const open = (await claimsOf(known.name)).filter((claim) => claim.engagementSlug === ENDPOINT);
      expect(open).toHaveLength(1);
      const texts = cards.map(textOf);
      expect(texts.filter((text) => text.includes('One claim was made'))).toHaveLength(1);
      expect(texts.find((text) => !text.includes('One claim was made'))).toContain(
        `Your organisation already has claim ${open[0]?.number} open for this engagement.`,
      );
    });
  });

  describe('a form half-way', () => {
    test('is gone on with, or begun anew for the customer whose row was pressed', async () => {
      const [one, two] = [
        await knownCustomer(world, partner, 'half-one'),
        await knownCustomer(world, partner, 'half-two'),
      ];
      await partner.press(await begin(partner, one.id), 'Next', { name: 'Half' });
      const offer = await partner.tap('claimCustomer.start', { customer: two.id, engagement: ENDPOINT });
      expect(textOf(offer)).toContain('You began to claim a customer and have not finished.');
      expect(textOf(offer)).toContain('half-one');
      expect(textOf(await partner.press(offer, 'Go on'))).toContain('Which of your locations');
      const anew = await partner.press(
        await partner.tap('claimCustomer.start', { customer: two.id, engagement: ENDPOINT }),
        'Start over',
      );
      expect(textOf(anew)).toContain('Customer: half-two');
    });

    test('in which nothing was typed yet follows the newest row', async () => {
      const [one, two] = [
        await knownCustomer(world, partner, 'row-one'),
        await knownCustomer(world, partner, 'row-two'),
      ];
      await begin(partner, one.id);
      const card = await partner.tap('claimCustomer.start', { customer: two.id, engagement: ENDPOINT });
      expect(textOf(card)).toContain('Customer: row-two');
    });
  });

  describe('R17: Start again', () => {
    const confirmedAgain = async (person: Person, claim: number): Promise<SeenCard> => {
      const ask = await person.press(await person.say(`claim ${claim}`), 'Start again');
      expect(textOf(ask)).toContain(`Start claim ${claim} again?`);
      return person.press(ask, 'Start again');
    };

    test('after the consent clock ran out: the review of a new claim, filled in; the old one stays', async () => {
      const person = await colleague(world);
      const customer = await newcomer(world, 'lapsed');
      const claim = await claimFor(person, customer, { name: 'Lapsed workshop' });
      await expireAll();

      const before = await recordOf(world);
      const ask = await person.press(await person.say(`claim ${claim}`), 'Start again');
      const claims = (rows: readonly string[]) => rows.filter((row) => row.startsWith('Claim'));
      expect(claims(await recordOf(world))).toEqual(claims(before));
      const review = await person.press(ask, 'Start again');
      expect(textOf(review)).toContain('Is everything right?');
      for (const known of ['Lapsed workshop', 'Northbridge Amsterdam', 'lapsed.example', 'anna@lapsed.example']) {
        expect(textOf(review)).toContain(known);
      }
      const [number] = claimsOn(await person.press(review, 'Confirm'));
      expect(number).toBeGreaterThan(claim);
      const { prisma } = world.database;
      expect(
        await prisma.claim.findMany({ where: { customer: { name: 'lapsed' } }, select: { status: true } }),
      ).toEqual(expect.arrayContaining([{ status: 'CONSENT_EXPIRED' }, { status: 'CUSTOMER_CLAIMED' }]));
      const event = await prisma.auditEvent.findFirstOrThrow({ where: { chain: `claim:${number}`, what: 'added' } });
      expect(event.facts).toMatchObject({ again: claim });
    });

    test('after a decline, where the customer may have another claim', async () => {
      const person = await colleague(world);
      const customer = await newcomer(world, 'declined');
      const claim = await claimFor(person, customer);
      await askConsent(world, person, claim);
      const [mail] = world.mailbox.take(`anna@${customer.domain}`);
      await answer(world, linkIn(mail), { decision: 'decline', name: 'Anna' });
      await person.hear();
      expect(textOf(await confirmedAgain(person, claim))).toContain('Is everything right?');
    });

    test('where the engagement was closed meanwhile, the step that says so comes first', async () => {
      const person = await colleague(world);
      const customer = await newcomer(world, 'closed-since');
      const claim = await claimFor(person, customer, { engagements: ['SIEM Plus XDR'] });
      await expireAll();
      await newVersion(world, 'sec-sales-siem-xdr', 2, { lastNomination: '2026-12-01' });

      const card = await confirmedAgain(person, claim);

      expect(textOf(card)).toContain('Which engagements?');
      expect(textOf(card)).toContain('New claims were possible until 1 December 2026.');
    });

    test('where the opportunity is used by now, the step that says so comes first, with the reason on it', async () => {
      const person = await colleague(world);
      const { prisma } = world.database;
      await prisma.opportunity.update({ where: { id: '7-DEMO000001' }, data: { state: 'open' } });
      let card = await person.press(await person.tap('add.start'), 'Next', { name: 'Presales' });
      card = await person.press(card, 'Next', { location: AMSTERDAM });
      card = await person.press(card, 'Next', { identifierType: 'msxOpportunityId', identifierValue: '7-DEMO000001' });
      card = await person.press(card, 'Next', { hours: '30' });
      const contact = { customerName: 'Anna de Vries', customerEmail: 'anna@fabrikam.example', customerLanguage: 'en' };
      card = await person.press(card, 'Next', { ...OWN, ...contact });
      const [claim = 0] = claimsOn(await person.press(card, 'Confirm'));
      await expireAll();
      // Without the opportunity's change, the review stands filled in, hours and all.
      const review = await confirmedAgain(person, claim);
      expect(textOf(review)).toContain('Proposed payout');
      await person.press(review, 'Cancel');

      await prisma.opportunity.update({ where: { id: '7-DEMO000001' }, data: { state: 'won' } });
      const again = await confirmedAgain(person, claim);
      expect(textOf(again)).toContain('Who is the customer?');
      expect(textOf(again)).toContain('This opportunity is closed (won).');
      expect(inputsOf(again).get('identifierValue')?.value).toBe('7-DEMO000001');
      await prisma.opportunity.update({ where: { id: '7-DEMO000001' }, data: { state: 'open' } });
    });

    test.each(['claim.askAgain', 'claim.again'])('a canceled claim is not started again by %s', async (verb) => {
      const person = await colleague(world);
      const claim = await claimFor(person, await newcomer(world, `canceled-${verb.replace('.', '-').toLowerCase()}`), {
        engagements: ['Secure Identities'],
      });
      await person.press(await person.press(await person.say(`claim ${claim}`), 'Cancel claim'), 'Cancel the claim');
      expect(buttonsOf(await person.say(`claim ${claim}`))).not.toContain('Start again');
      expect(textOf(await person.tap(verb, { claim }))).toMatch(/cannot be started again|Nothing was changed/);
    });

    test('R2: not by somebody who may not see the claim', async () => {
      const person = await colleague(world);
      const claim = await claimFor(person, await newcomer(world, 'not-yours'));
      for (const verb of ['claim.askAgain', 'claim.again']) {
        expect(textOf(await noor.tap(verb, { claim }))).toContain('No such claim');
        expect(textOf(await lee.tap(verb, { claim }))).toContain('No such claim');
      }
    });
  });

  test('R4: a claimed customer is claimed for several engagements at once, all or none', async () => {
    const person = await colleague(world);
    const known = await knownCustomer(world, person, 'several', { engagements: ['Digital Workforce'] });
    let card = await person.press(await begin(person, known.id), 'Next', { name: 'Several' });
    card = await person.press(card, 'Next', { location: AMSTERDAM });
    const engagements = ['Endpoint', 'Secure Identities'].map((words) => choiceOf(card, 'engagements', words)).join();
    card = await person.press(card, 'Next', { engagements });
    card = await person.press(card, 'Next', OWN);
    expect(claimsOn(await person.press(card, 'Confirm'))).toHaveLength(2);
    expect(await claimsFor(lee, await newcomer(world, 'unrelated'), { location: 'Utrecht' })).toHaveLength(1);
  });

  test('R22: a consent makes a customer known once, however often it is given', async () => {
    const person = await colleague(world);
    const known = await knownCustomer(world, person, 'twice-known');
    const [number] = claimsOn(await person.press(await fill(person, known.id), 'Confirm'));
    await askConsent(world, person, number ?? 0);
    const [mail] = world.mailbox.take('anna@twice-known.example');
    await answer(world, linkIn(mail), ACCEPT);
    await person.hear();
    const rows = await world.database.prisma.knownCustomer.findMany({ where: { customerId: known.id } });
    expect(rows).toHaveLength(1);
  });
});
