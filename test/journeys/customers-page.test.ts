import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newVersion } from '../support/catalogue.ts';
import { answer, askConsent, linkIn } from '../support/consent-link.ts';
import { customersOf, knownCustomer, type ListName } from '../support/known.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { buttonsOf, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { DAY, LEE, NOOR, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const ENDPOINT = 'mw-endpoint-management';
const IDENTITIES = 'sec-usage-identities';

/** `Eligible (3)` and the like, wherever on the card. */
const countsOn = (card: SeenCard) => {
  const [, eligible] = /\bEligible \(([\d,]+)\)/.exec(textOf(card)) ?? [];
  const [, ineligible] = /Ineligible or not known \(([\d,]+)\)/.exec(textOf(card)) ?? [];
  const [, completed] = /Completed \(([\d,]+)\)/.exec(textOf(card)) ?? [];
  return { eligible: Number(eligible), ineligible: Number(ineligible), completed: Number(completed) };
};

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
    for (const person of [lee, noor]) await person.tap('help.show');
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  const list = (engagement: string, which: ListName, find: string, person = partner) =>
    customersOf(person, engagement, which, find);

  /** Where a customer or claim stands, by the word that finds it. */
  const standing = async (engagement: string, find: string, person = partner) => {
    const card = await list(engagement, 'eligible', find, person);
    return countsOn(card);
  };

  const decline = async (person: Person, claim: number, domain: string) => {
    await askConsent(world, person, claim);
    const [mail] = world.mailbox.take(`anna@${domain}`);
    await answer(world, linkIn(mail), { decision: 'decline', name: 'Anna' });
    await person.hear();
  };

  test('R19: `customers` asks which engagement, and opens its page on Eligible', async () => {
    let card = await partner.say('customers');
    expect(inputsOf(card).get('engagement')?.choices?.length).toBeGreaterThan(5);
    card = await partner.press(card, 'Show customers', { engagement: ENDPOINT });
    expect(textOf(card)).toContain('Endpoint Management Workshop');
    // The demo's one open claim of this organisation for it, with what is next.
    expect(textOf(card)).toContain('VanArsdel Zorggroep');
    expect(buttonsOf(card).some((title) => /^Send consent e-mail \(\d{7}\)$/.test(title))).toBe(true);
    card = await partner.press(card, 'Other engagement');
    expect(textOf(card)).toContain('Customers of which engagement?');
  });

  test('no engagement chosen is said at the field', async () => {
    const card = await partner.press(await partner.say('customers'), 'Show customers', { engagement: '' });
    expect(textOf(card)).toContain('Choose one from the list.');
  });

  describe('R19: who stands on which list', () => {
    test('a customer who consented to a claim stands on Eligible of every engagement it qualifies for', async () => {
      await knownCustomer(world, partner, 'consented');
      expect(await standing(ENDPOINT, 'consented')).toEqual({ eligible: 1, ineligible: 0, completed: 0 });
      const card = await list(ENDPOINT, 'eligible', 'consented');
      expect(buttonsOf(card)).toContain('Claim customer 1');
      // For the engagement of the open claim it is that claim, to be opened.
      const own = await list(IDENTITIES, 'eligible', 'consented');
      expect(countsOn(own)).toEqual({ eligible: 1, ineligible: 0, completed: 0 });
      expect(buttonsOf(own).some((title) => /^Open claim \d{7}$/.test(title))).toBe(true);
    });

    test('a customer who was added and declined is off Eligible, and found on Completed', async () => {
      const customer = await newcomer(world, 'added-declined');
      const claim = await claimFor(partner, customer);
      expect(await standing(ENDPOINT, 'added-declined')).toEqual({ eligible: 1, ineligible: 0, completed: 0 });
      await decline(partner, claim, customer.domain);
      expect(await standing(ENDPOINT, 'added-declined')).toEqual({ eligible: 0, ineligible: 0, completed: 1 });
      const card = await list(ENDPOINT, 'completed', 'added-declined');
      expect(textOf(card)).toContain('Consent declined');
      expect(textOf(await partner.press(card, `Open claim ${claim}`))).toContain(`Claim ${claim}`);
    });

    test('a customer known from before who declined stays on Eligible, and the claim is on Completed', async () => {
      const known = await knownCustomer(world, partner, 'known-declined');
      const claim = await claimFor(partner, known);
      await decline(partner, claim, known.domain);
      expect(await standing(ENDPOINT, 'known-declined')).toEqual({ eligible: 1, ineligible: 0, completed: 1 });
    });

    test('R7: who fails a criterion stands on Ineligible with the value seen and needed', async () => {
      const known = await knownCustomer(world, partner, 'too-small');
      await world.database.prisma.identifier.updateMany({
        where: { customerId: known.id, type: 'tenantId' },
        data: { facts: { country: 'NL', seats: 40, segment: 'government' } },
      });
      const card = await list(ENDPOINT, 'ineligible', 'too-small');
      expect(countsOn(card)).toEqual({ eligible: 0, ineligible: 1, completed: 0 });
      expect(textOf(card)).toContain('Paid seats: 40; needed: at least 250.');
      expect(textOf(card)).toContain(
        'Segment: government; needed: enterprise, small and medium business or education.',
      );
      expect(buttonsOf(card)).not.toContain('Claim customer 1');
    });

    test('R5: who cannot be judged is not called ineligible, and what is missing is said', async () => {
      const known = await knownCustomer(world, partner, 'unjudged');
      await world.database.prisma.identifier.updateMany({
        where: { customerId: known.id, type: 'tenantId' },
        data: { facts: { country: 'NL' } },
      });
      const card = await list(ENDPOINT, 'ineligible', 'unjudged');
      expect(textOf(card)).toContain('Not known yet.');
      expect(textOf(card)).toContain("Missing: the customer's paid seats.");
      expect(textOf(card)).toContain('One of them is not known yet');
    });

    test('R7: where another partner took the only place, that is the reason', async () => {
      const known = await knownCustomer(world, partner, 'taken');
      await claimFor(lee, known, { location: 'Utrecht' });
      const card = await list(ENDPOINT, 'ineligible', 'taken');
      expect(textOf(card)).toContain('The customer has 1 active claim for this engagement; 1 allowed.');
      expect(textOf(card)).not.toContain('Tailspin');
    });

    test('R9: an engagement by opportunity lists nobody as ineligible, and says why', async () => {
      const card = await customersOf(partner, 'biz-presales-workshop', 'ineligible');
      expect(countsOn(card)).toEqual({ eligible: 0, ineligible: 0, completed: 0 });
      expect(textOf(card)).toContain('takes MSX opportunity IDs alone');
      expect(buttonsOf(card)).toContain('Add customer');
    });

    test('R5: where no location can make a claim, that is said apart, and nobody is offered to be claimed', async () => {
      await knownCustomer(world, partner, 'closed-engagement');
      await newVersion(world, 'mw-nextgen-windows', 2, { lastNomination: '2026-10-31' });
      const card = await list('mw-nextgen-windows', 'eligible', 'closed-engagement');
      expect(textOf(card)).toContain('None of your locations can make a claim for this engagement now:');
      expect(textOf(card)).toContain('New claims were possible until 31 October 2026.');
      expect(countsOn(card)).toMatchObject({ eligible: 1 });
      expect(buttonsOf(card)).not.toContain('Claim customer 1');
    });
  });

  describe('R2: what each sees', () => {
    test('what another partner calls a customer stays theirs: on the page, in suggestions, in the form, in a search', async () => {
      const { prisma } = world.database;
      // A customer of whom nothing was imported: its name is what partners type.
      const shared = await newcomer(world, 'shared-firm');
      const where = { value: shared.tenantId, type: 'tenantId' };
      const theirs = { location: 'Utrecht', contacts: { customerCompany: 'Project Bluebird' } };
      await claimFor(lee, shared, { ...theirs, engagements: ['Digital Workforce'] });
      await prisma.customer.updateMany({ where: { name: 'shared-firm' }, data: { name: 'Project Bluebird' } });
      const claim = await claimFor(partner, shared, {
        engagements: ['Secure Identities'],
        contacts: { customerCompany: 'Shared Firm' },
      });
      const { facts } = await prisma.identifier.findFirstOrThrow({ where });
      await prisma.$executeRaw`UPDATE "Identifier" SET "facts" = NULL WHERE "value" = ${shared.tenantId}`;
      await askConsent(world, partner, claim);
      const [mail] = world.mailbox.take(`anna@${shared.domain}`);
      await answer(world, linkIn(mail), { decision: 'accept', name: 'Anna' });
      await partner.hear();
      await prisma.$executeRaw`UPDATE "Identifier" SET "facts" = ${facts} WHERE "value" = ${shared.tenantId}`;

      const page = await list(ENDPOINT, 'eligible', 'shared firm');
      expect(textOf(page)).toContain('Shared Firm');
      expect(countsOn(await list(ENDPOINT, 'eligible', 'bluebird'))).toEqual({
        eligible: 0,
        ineligible: 0,
        completed: 0,
      });
      expect(countsOn(await list(IDENTITIES, 'eligible', 'bluebird'))).toEqual({
        eligible: 0,
        ineligible: 0,
        completed: 0,
      });
      expect(countsOn(await list(IDENTITIES, 'eligible', 'shared firm'))).toMatchObject({ eligible: 1 });
      const seen = JSON.stringify([page, await partner.press(page, 'Claim customer 1')]);
      expect(seen).not.toContain('Bluebird');
    });

    test('an identifier of another partner’s customer is no way to learn its name', async () => {
      const theirs = await knownCustomer(world, lee, 'not-to-be-learned', {
        location: 'Utrecht',
        engagements: ['Secure Identities'],
      });
      for (const find of [theirs.domain, theirs.tenantId]) {
        expect(textOf(await list(ENDPOINT, 'eligible', find))).toContain('Nothing on this list matches.');
      }
    });

    test('another organisation neither the customers nor the claims', async () => {
      await knownCustomer(world, partner, 'ours-alone');
      const find = 'ours-alone';
      expect(await standing(ENDPOINT, find, lee)).toEqual({ eligible: 0, ineligible: 0, completed: 0 });
      expect(await standing(IDENTITIES, find, lee)).toEqual({ eligible: 0, ineligible: 0, completed: 0 });
    });

    test('a colleague of one location no claim of another; the customer stands there with the reason', async () => {
      await knownCustomer(world, partner, 'elsewhere');
      expect(await standing(IDENTITIES, 'elsewhere', noor)).toEqual({ eligible: 0, ineligible: 1, completed: 0 });
      const card = await list(IDENTITIES, 'ineligible', 'elsewhere', noor);
      expect(textOf(card)).toMatch(/Your organisation already has claim \d{7} open for this engagement\./);
    });

    test('somebody without a role nothing', async () => {
      const sam = personIn(world, '00000000-0000-4000-8000-000000000021', { name: 'Sam Norole' });
      await sam.tap('help.show');
      for (const verb of ['customers.choose', 'customers.open']) {
        expect(textOf(await sam.tap(verb))).toContain('You need a role first');
      }
      expect(textOf(await customersOf(sam, ENDPOINT, 'eligible'))).toContain('You need a role first');
      await world.app.drain();
    });
  });

  describe('searching and turning pages', () => {
    const many = async (count: number, word: string) => {
      const { prisma } = world.database;
      const { organisationId } = await prisma.person.findFirstOrThrow({ where: { objectId: partner.objectId } });
      const facts = { country: 'NL', seats: 900, segment: 'smb', monthlyActiveUsers: 500 };
      for (let number = 1; number <= count; number += 1) {
        const value = `${word}-${String(number).padStart(2, '0')}.example`;
        const { id, name, identifiers } = await prisma.customer.create({
          data: {
            name: `Ä ${word} ${String(number).padStart(2, '0')}`,
            createdAt: world.clock.now(),
            identifiers: { create: { type: 'domain', value, facts, source: 'Test' } },
          },
          include: { identifiers: true },
        });
        await prisma.knownCustomer.create({
          data: {
            ...{ organisationId, customerId: id, name, since: world.clock.now() },
            ...{ identifierType: 'domain', identifierValue: value, judgedId: identifiers[0]?.id ?? '' },
          },
        });
      }
    };

    const namesOn = (card: SeenCard, word: string) =>
      [...textOf(card).matchAll(new RegExp(`Ä ${word} (\\d\\d)`, 'g'))].map(([, number]) => Number(number));

    test('forwards and back again show every row once, in order', async () => {
      await many(13, 'paging');
      const pages: number[][] = [];
      let card = await list(ENDPOINT, 'eligible', 'paging');
      expect(countsOn(card).eligible).toBe(13);
      for (;;) {
        pages.push(namesOn(card, 'paging'));
        if (!buttonsOf(card).includes('Next')) break;
        card = await partner.press(card, 'Next');
      }
      expect(pages.flat()).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
      expect(pages.map((page) => page.length)).toEqual([5, 5, 3]);
      card = await partner.press(card, 'Previous');
      expect(namesOn(card, 'paging')).toEqual(pages[1]);
      card = await partner.press(card, 'Previous');
      expect(namesOn(card, 'paging')).toEqual(pages[0]);
      expect(buttonsOf(card)).not.toContain('Previous');
    });

    test('claims come before customers, and a page may hold both', async () => {
      await many(6, 'mixing');
      const { prisma } = world.database;
      const mine = await prisma.customer.findMany({
        where: { name: { startsWith: 'Ä mixing' } },
        orderBy: { name: 'asc' },
      });
      for (const { id } of mine.slice(0, 3)) {
        const {
          number: _number,
          dealSizeTyped: _typed,
          ...copy
        } = await prisma.claim.findFirstOrThrow({
          where: { status: 'CUSTOMER_CLAIMED' },
        });
        const key = `${copy.organisationId}:${ENDPOINT}:${id}`;
        const { number } = await prisma.claim.create({
          data: {
            ...copy,
            engagementSlug: ENDPOINT,
            customerId: id,
            openKey: key,
            opportunityKey: null,
            name: 'mixing',
          },
        });
        const contact = {
          claimNumber: number,
          side: 'customer',
          company: 'mixing',
          name: 'Anna',
          email: 'anna@m.example',
        };
        await prisma.contact.create({ data: contact });
      }
      const first = await list(ENDPOINT, 'eligible', 'mixing');
      expect(countsOn(first).eligible).toBe(6);
      expect(namesOn(first, 'mixing')).toEqual([4, 5]);
      expect(textOf(first).match(/Claim \d{7} · mixing/g)).toHaveLength(3);
      const second = await partner.press(first, 'Next');
      expect(namesOn(second, 'mixing')).toEqual([6]);
      const back = await partner.press(second, 'Previous');
      expect(namesOn(back, 'mixing')).toEqual([4, 5]);
      expect(textOf(back).match(/Claim \d{7} · mixing/g)).toHaveLength(3);
    });

    test.each([
      ['the beginning of a word, whatever its accents', 'a finding'],
      ['words in any order', 'finding 01'],
      ['an identifier, as it may be typed', ' FINDING-01.example '],
    ])('by %s', async (_what, find) => {
      if ((await world.database.prisma.customer.count({ where: { name: 'Ä finding 01' } })) === 0) {
        await many(1, 'finding');
      }
      const start = await customersOf(partner, ENDPOINT, 'eligible');
      const card = await partner.press(start, 'Search', { find });
      expect(namesOn(card, 'finding')).toEqual([1]);
      expect(buttonsOf(card)).toContain('Show all');
    });

    test.each([
      ['Booking.com B.V.', ['booking.com', 'com', 'BOOKING']],
      ['Ernst/Young & Zonen', ['young', 'zonen ernst', 'ernst/young']],
      ['Studio 24/7 v1.2.3', ['24/7', '7', '2.3', 'v1']],
      ['Élan–Zürich ÖÜ', ['elan', 'zurich', 'ou']],
      ['Ромашка ООО', ['ромаш', 'ООО']],
      ['ガス株式会社', ['ガス']],
      ['ΟΔΟΣ Α.Ε.', ['ΟΔΟΣ', 'οδος']],
      ['हिन्दी लिमिटेड', ['हिन्दी']],
    ])('%s is found by the words in it, whatever divides them', async (name, finds) => {
      const known = await knownCustomer(
        world,
        partner,
        `words-${finds[0]?.replace(/[^a-z]/g, '') || 'x'}-${name.length}`,
      );
      await world.database.prisma.customer.update({ where: { id: known.id }, data: { name } });
      for (const find of finds) {
        expect({ find, text: textOf(await list(ENDPOINT, 'eligible', find)) }).toEqual({
          find,
          text: expect.stringContaining(name),
        });
      }
    });

    test('a name of the most and longest letters is turned past like any other', async () => {
      await many(7, 'hangul');
      const { prisma } = world.database;
      const name = `hangul ${'뷁'.repeat(190)}`;
      const { customerId } = await prisma.knownCustomer.findFirstOrThrow({ where: { name: 'Ä hangul 05' } });
      await prisma.customer.update({ where: { id: customerId }, data: { name } });
      const first = await list(ENDPOINT, 'eligible', 'hangul');
      const second = await partner.press(first, 'Next');
      expect(textOf(first) + textOf(second)).toContain('뷁');
      expect(buttonsOf(second)).toContain('Previous');
      expect(namesOn(await partner.press(second, 'Previous'), 'hangul')).toEqual(namesOn(first, 'hangul'));
    });

    test('an open claim by a domain is found by its tenant id too', async () => {
      const customer = await newcomer(world, 'by-tenant');
      const claim = await claimFor(partner, customer);
      expect(textOf(await list(ENDPOINT, 'eligible', customer.tenantId))).toContain(`Claim ${claim}`);
    });

    test('a row that moves meanwhile takes no other with it, and a page that is gone begins anew', async () => {
      await many(8, 'moving');
      const first = await list(ENDPOINT, 'eligible', 'moving');
      const { prisma } = world.database;
      const name = { startsWith: 'Ä moving 05' };
      await prisma.customer.updateMany({ where: { name }, data: { name: 'Ä moving 99' } });
      const second = await partner.press(first, 'Next');
      expect(namesOn(second, 'moving')).toEqual([6, 7, 8, 99]);
      await prisma.knownCustomer.deleteMany({
        where: { name: { in: [6, 7, 8, 99].map((n) => `Ä moving ${String(n).padStart(2, '0')}`) } },
      });
      expect(namesOn(await partner.press(first, 'Next'), 'moving')).toEqual([1, 2, 3, 4]);
    });

    test('a claim is found by its number and by its friendly name', async () => {
      const claim = await claimFor(partner, await newcomer(world, 'by-number'), { name: 'Zonnebloem traject' });
      for (const find of [String(claim), 'zonnebloem']) {
        expect(textOf(await list(ENDPOINT, 'eligible', find))).toContain(`Claim ${claim} · Zonnebloem traject`);
      }
    });

    test.each(['nobody-at-all', "'; DROP TABLE", '{{x}} <at>y</at>', '!!!', '\u200b', 'x'.repeat(300)])(
      'nothing found for %j is said, with the way back',
      async (find) => {
        const start = await customersOf(partner, ENDPOINT, 'eligible');
        const card = await partner.press(start, 'Search', { find });
        if (find.trim().replace(/\u200b/g, '') === '') expect(buttonsOf(card)).not.toContain('Show all');
        else {
          expect(textOf(card)).toContain('Nothing on this list matches.');
          expect(buttonsOf(await partner.press(card, 'Show all'))).not.toContain('Show all');
        }
      },
    );
  });

  describe('suggestions while one types (application/search)', () => {
    const suggest = async (person: Person, dataset: unknown, queryText: unknown) => {
      const value = { queryText, queryOptions: { skip: 0, top: 15 }, dataset };
      const response = await person.post(person.activity({ type: 'invoke', name: 'application/search', value }));
      expect(response.status).toBe(200);
      const body = (await response.json()) as {
        statusCode: number;
        type: string;
        value: { results: { title: string; value: string }[] };
      };
      expect(body).toMatchObject({ statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse' });
      return body.value.results;
    };

    test.each(['locations', 'engagements', 'customers'])('of %s answer an empty query too', async (dataset) => {
      await knownCustomer(world, partner, `suggested-${dataset}`);
      const results = await suggest(partner, dataset, '');
      expect(results.length).toBeGreaterThan(0);
      expect(results.length).toBeLessThanOrEqual(15);
    });

    test('narrow to what was typed', async () => {
      expect((await suggest(partner, 'locations', 'amst')).map(({ title }) => title)).toEqual([
        'Northbridge Amsterdam · 90000101 · Netherlands',
      ]);
      const [engagement] = await suggest(partner, 'engagements', 'endpoint');
      expect(engagement?.value).toBe(ENDPOINT);
    });

    test('R2: never hold what the person may not choose', async () => {
      await knownCustomer(world, partner, 'not-for-lee');
      expect(await suggest(lee, 'customers', 'not-for-lee')).toEqual([]);
      const theirs = await suggest(noor, 'locations', '');
      expect(theirs.map(({ title }) => title)).toEqual(['Northbridge Brussels · 90000103 · Belgium']);
      const sam = personIn(world, '00000000-0000-4000-8000-000000000021', { name: 'Sam Norole' });
      expect(await suggest(sam, 'customers', '')).toEqual([]);
    });

    test.each([
      ['an unknown dataset', 'people', ''],
      ['no dataset', undefined, ''],
      ['a query that is no text', 'customers', { x: 1 }],
    ])('%s gets an answer and no error', async (_what, dataset, query) => {
      expect(Array.isArray(await suggest(partner, dataset, query))).toBe(true);
    });
  });

  test('R4: an engagement that has not begun is not on offer, and none is told as past that is still to come', async () => {
    const { prisma } = world.database;
    const base = await prisma.engagementVersion.findFirstOrThrow({ where: { slug: ENDPOINT } });
    const definition = { ...(base.definition as object), slug: 'still-to-come', effectiveFrom: '2027-06-01' };
    await prisma.engagementVersion.create({
      data: { id: randomUUID(), slug: 'still-to-come', version: 1, definition, effectiveFrom: new Date('2027-06-01') },
    });
    const before = inputsOf(await partner.say('customers')).get('engagement')?.choices?.length ?? 0;
    expect(textOf(await customersOf(partner, 'still-to-come', 'eligible'))).toContain('Customers of which engagement?');
    world.clock.advance(200 * DAY);
    expect(inputsOf(await partner.say('customers')).get('engagement')?.choices?.length).toBe(before + 1);
    world.clock.advance(-200 * DAY);
  });

  test('R17: a claim that is over is only opened, even before the sweep has written it down', async () => {
    const claim = await claimFor(partner, await newcomer(world, 'over-unswept'));
    world.clock.advance(31 * DAY);
    const card = await list(ENDPOINT, 'eligible', 'over-unswept');
    expect(textOf(card)).toContain('over');
    expect(buttonsOf(card)).toContain(`Open claim ${claim}`);
    expect(buttonsOf(card)).not.toContain(`Send consent e-mail (${claim})`);
    world.clock.advance(-31 * DAY);
  });

  test('R17: a customer whose consent ran out is off Eligible unless known; the claim stays findable', async () => {
    const added = await newcomer(world, 'ran-out-added');
    const known = await knownCustomer(world, partner, 'ran-out-known');
    for (const customer of [added, known]) await claimFor(partner, customer);
    world.clock.advance(31 * DAY);
    await world.app.sweep();
    for (const { conversationId } of world.connector.unread()) world.connector.takePosts(conversationId);
    expect(await standing(ENDPOINT, 'ran-out-added')).toEqual({ eligible: 0, ineligible: 0, completed: 1 });
    expect(await standing(ENDPOINT, 'ran-out-known')).toEqual({ eligible: 1, ineligible: 0, completed: 1 });
  });
});
