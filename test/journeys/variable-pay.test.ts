import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newVersion } from '../support/catalogue.ts';
import { ACCEPT, answer, askConsent, linkIn } from '../support/consent-link.ts';
import { claimsOn, type Intake } from '../support/intake.ts';
import { colleague, emptyForm } from '../support/newcomer.ts';
import { buttonsOf, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { AMSTERDAM, DAY, LEE, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const CONTACTS = {
  customerCompany: 'Contoso Retail Group N.V.',
  customerName: 'Anna de Vries',
  customerEmail: 'anna@contoso.example',
  customerCountry: 'NL',
  customerLanguage: 'en',
  partnerName: 'Robin Demo',
  partnerEmail: 'robin.demo@northbridge.example',
  partnerPhone: '+31 20 555 0100',
};

type Deal = { readonly value?: number | null; readonly state?: string; readonly country?: string };

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let lee: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    partner = await colleague(world);
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    await lee.tap('help.show');
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  let count = 0;
  /** An opportunity of a customer of its own, as the import writes it; 50,000 dollars unless said otherwise. */
  const opportunity = async ({ value = 50_000, state = 'open', country = 'NL' }: Deal = {}): Promise<string> => {
    count += 1;
    const id = `7-TEST${String(count).padStart(6, '0')}`;
    const { prisma } = world.database;
    const facts = { country, microsoftManaged: true };
    await prisma.customer.create({
      data: {
        name: `Customer of ${id}`,
        createdAt: world.clock.now(),
        identifiers: { create: { type: 'msxOpportunityId', value: id, facts, source: 'Test' } },
      },
    });
    const valueCents = value === null ? null : value * 100;
    await prisma.opportunity.create({
      data: { id, name: `Deal ${id}`, state, valueCents, updatedAt: world.clock.now() },
    });
    return id;
  };

  const identify = async (person: Person, id: string, location = AMSTERDAM): Promise<SeenCard> => {
    let card = await person.press(await emptyForm(person), 'Next', { name: 'Presales' });
    card = await person.press(card, 'Next', { location });
    return person.press(card, 'Next', { identifierType: 'msxOpportunityId', identifierValue: id });
  };

  const reviewed = async (person: Person, id: string, hours: string, contacts: Intake['contacts'] = {}) => {
    const card = await person.press(await identify(person, id), 'Next', { hours });
    return person.press(card, 'Next', { ...CONTACTS, ...contacts });
  };

  const lineUnder = (card: SeenCard, words: string): string => {
    const lines = textOf(card).split('\n');
    return lines[lines.indexOf(words) + 1] ?? '';
  };

  describe('R9, R14: paid by opportunity and hours', () => {
    test('exactly one engagement, its hours, the payout with its three terms and what limits it', async () => {
      const id = await opportunity();
      const step = await identify(partner, id);
      expect(textOf(step)).toContain(`Opportunity: Deal ${id} · 50,000 USD`);
      expect(inputsOf(step).get('engagements')?.choices).toHaveLength(1);
      let card = await partner.press(step, 'Next', { hours: '30' });
      expect(inputsOf(card).get('customerCompany')?.value).toBe(`Customer of ${id}`);
      card = await partner.press(card, 'Next', CONTACTS);
      expect(lineUnder(card, 'Proposed payout')).toBe('3,750 USD');
      const text = textOf(card);
      expect(text).toContain('7.5% of the opportunity (50,000 USD): 3,750 USD · the least, so this is paid');
      expect(text).toContain('30 hours at 163 USD: 4,890 USD');
      expect(text).toContain('Cap: 6,000 USD');
      expect(text).toContain('Market A; demo amounts. Proposed until the customer consents');
      expect(text).toContain('Confirming freezes the identifier and the hours');

      const [number] = claimsOn(await partner.press(card, 'Confirm'));
      const claim = await world.database.prisma.claim.findUniqueOrThrow({ where: { number: number ?? 0 } });
      expect(claim).toMatchObject({
        hours: 30,
        opportunityValueCents: 5_000_000n,
        opportunityKey: id,
        identifierType: 'msxOpportunityId',
        market: 'A',
      });
      const shown = textOf(await partner.say(`claim ${number}`));
      expect(shown).toContain('3,750 USD (demo amount; market A; proposed until the customer consents)');
      expect(shown).toContain('30 hours at 163 USD: 4,890 USD');
    });

    test.each([
      ['20', 200_000, '3,260 USD', '20 hours at 163 USD: 3,260 USD · the least, so this is paid'],
      ['60', 200_000, '6,000 USD', 'Cap: 6,000 USD · the least, so this is paid'],
    ])('%s hours of a deal of %i dollars pay %s', async (hours, value, payout, limits) => {
      const card = await reviewed(partner, await opportunity({ value }), hours);
      expect(lineUnder(card, 'Proposed payout')).toBe(payout);
      expect(textOf(card)).toContain(limits);
    });
  });

  describe('the opportunity', () => {
    test.each([
      ['7-123', 'An MSX opportunity ID is 7- and 8 to 12 letters and digits'],
      ['8-1A2B3C4D5E', 'An MSX opportunity ID is 7- and 8 to 12 letters and digits'],
      ['7-NOSUCHDEAL', 'No opportunity with this ID was imported.'],
    ])('%s is refused at its field, and everything else typed stays', async (typed, said) => {
      const card = await identify(partner, typed);
      expect(textOf(card)).toContain(said);
      expect(inputsOf(card).get('identifierValue')?.value).toBe(typed);
      expect(inputsOf(card).get('identifierType')?.value).toBe('msxOpportunityId');
    });

    test.each<[string, Deal, string]>([
      ['that is closed', { state: 'won' }, 'This opportunity is closed (won).'],
      ['that is lost', { state: 'lost' }, 'This opportunity is closed (lost).'],
      ['of value 0', { value: 0 }, 'This opportunity has a value of 0, so the payout would be 0.'],
      ['without a value', { value: null }, 'The value of this opportunity is not known'],
    ])('%s is refused, and nothing is guessed', async (_what, deal, said) => {
      const card = await identify(partner, await opportunity(deal));
      expect(textOf(card)).toContain(said);
      expect(textOf(card)).toContain('Who is the customer?');
    });

    test('that an own open claim uses is refused with its number; another partner hears no number', async () => {
      const id = await opportunity();
      const [number] = claimsOn(await partner.press(await reviewed(partner, id, '10'), 'Confirm'));
      expect(textOf(await identify(partner, id))).toContain(`Your claim ${number} uses this opportunity already.`);
      const utrecht = '00000000-0000-4000-8000-000000000311';
      const theirs = textOf(await identify(lee, id, utrecht));
      expect(theirs).toContain('Another claim uses this opportunity already.');
      expect(theirs).not.toContain(String(number));
    });

    test('is free again once the claim that used it has ended', async () => {
      const id = await opportunity();
      const [number] = claimsOn(await partner.press(await reviewed(partner, id, '10'), 'Confirm'));
      await partner.press(
        await partner.press(await partner.say(`claim ${number}`), 'Cancel claim'),
        'Cancel the claim',
      );
      expect(textOf(await identify(partner, id))).toContain('Which engagements?');
    });

    test('in a market without terms is not eligible; why is told to who asks', async () => {
      const card = await identify(partner, await opportunity({ country: 'GH' }));
      expect(textOf(card)).toContain(
        'There is no rate for market C, which holds the customer’s country'.replace('’', "'"),
      );
      expect(textOf(card)).not.toContain('Not eligible\n');
      expect(buttonsOf(card)).not.toContain('Next');
    });
  });

  describe('R9: hours', () => {
    test.each([
      ['', 'Fill this in.'],
      ['0', 'This engagement pays for 4 to 400 hours.'],
      ['3', 'This engagement pays for 4 to 400 hours.'],
      ['-5', 'This engagement pays for 4 to 400 hours.'],
      ['−5', 'This engagement pays for 4 to 400 hours.'],
      ['1.5', 'Write a whole number of hours, such as 40.'],
      ['1,5', 'Write a whole number of hours, such as 40.'],
      ['10,000', 'Write a whole number of hours, such as 40.'],
      ['10000', 'This engagement pays for 4 to 400 hours.'],
      ['401', 'This engagement pays for 4 to 400 hours.'],
      ['forty', 'Write a whole number of hours, such as 40.'],
      ['9'.repeat(400), 'This engagement pays for 4 to 400 hours.'],
      ['0x10', 'Write a whole number of hours, such as 40.'],
    ])('%j are refused at their field', async (hours, said) => {
      const id = (await world.database.prisma.opportunity.findFirst({ where: { name: 'Deal for hours' } }))?.id;
      const used = id ?? (await opportunity());
      await world.database.prisma.opportunity.update({ where: { id: used }, data: { name: 'Deal for hours' } });
      const card = await partner.press(await identify(partner, used), 'Next', { hours });
      expect(textOf(card)).toContain(said);
      if (hours !== '' && hours.length < 100) expect(inputsOf(card).get('hours')?.value).toBe(hours);
    });

    test.each(['4', '400', ' 40 '])('%j are taken', async (hours) => {
      const card = await partner.press(await identify(partner, await opportunity()), 'Next', { hours });
      expect(textOf(card)).toContain('Who are the contacts?');
    });

    test('R9: two engagements at once are refused', async () => {
      const { prisma } = world.database;
      const one = await prisma.engagementVersion.findFirstOrThrow({ where: { slug: 'biz-presales-workshop' } });
      const definition = { ...(one.definition as object), slug: 'biz-second' };
      await prisma.engagementVersion.create({
        data: { id: randomUUID(), slug: 'biz-second', version: 1, definition, effectiveFrom: one.effectiveFrom },
      });
      const step = await identify(partner, await opportunity());
      const both =
        inputsOf(step)
          .get('engagements')
          ?.choices?.map(({ value }) => value) ?? [];
      expect(both).toHaveLength(2);
      const card = await partner.press(step, 'Next', { engagements: both.join(), hours: '40' });
      expect(textOf(card)).toContain('Choose one engagement: variable payment is claimed one at a time.');
      await prisma.engagementVersion.deleteMany({ where: { slug: 'biz-second' } });
    });
  });

  describe('between the review and the confirmation', () => {
    const refused = async (review: SeenCard, person = partner): Promise<string> => {
      const before = await recordOf(world);
      const card = await person.press(review, 'Confirm');
      expect(await recordOf(world)).toEqual(before);
      return textOf(card);
    };

    test.each([
      ['was closed', { state: 'lost' }, 'This opportunity is closed (lost).'],
      ['lost its value', { valueCents: null }, 'The value of this opportunity is not known'],
      ['got another value', { valueCents: 7_000_000 }, 'The opportunity has another value now than when you chose it.'],
    ])('the opportunity %s: refused, nothing made', async (_what, data, said) => {
      const id = await opportunity();
      const review = await reviewed(partner, id, '40');
      await world.database.prisma.opportunity.update({ where: { id }, data });
      expect(await refused(review)).toContain(said);
    });

    test('after another value, going back over the customer shows the payout of the new one', async () => {
      const id = await opportunity();
      const review = await reviewed(partner, id, '40');
      await world.database.prisma.opportunity.update({ where: { id }, data: { valueCents: 6_000_000 } });
      let card = await partner.press(review, 'Confirm');
      card = await partner.press(card, 'Change customer');
      for (let step = 0; step < 3; step += 1) card = await partner.press(card, 'Next');
      expect(lineUnder(card, 'Proposed payout')).toBe('4,500 USD');
      expect(textOf(await partner.press(card, 'Confirm'))).toContain('One claim was made');
    });

    test('the market lost its terms: refused, nothing guessed', async () => {
      const review = await reviewed(partner, await opportunity(), '40');
      const terms = { basisPoints: 800, hourlyCents: 10_000 };
      const newer = await newVersion(world, 'biz-presales-workshop', 7, {
        variable: { markets: { A: null, B: terms, C: null }, capCents: 500_000, hours: { least: 4, most: 400 } },
      });
      expect(await refused(review)).toContain('There is no rate for market A');
      await world.database.prisma.engagementVersion.delete({ where: { id: newer.id } });
    });

    test('two partners confirm one opportunity at once: one claim', async () => {
      const id = await opportunity();
      const other = await colleague(world);
      const reviews = [await reviewed(partner, id, '40'), await reviewed(other, id, '40')] as const;
      const cards = await Promise.all([partner.press(reviews[0], 'Confirm'), other.press(reviews[1], 'Confirm')]);
      expect(await world.database.prisma.claim.count({ where: { identifierValue: id } })).toBe(1);
      const texts = cards.map(textOf);
      expect(texts.filter((text) => text.includes('One claim was made'))).toHaveLength(1);
      expect(texts.join('\n')).toMatch(/uses this opportunity already|already has claim/);
    });
  });

  test('R4: the date of consent picks the terms; hours and value stay as they were confirmed', async () => {
    const person = await colleague(world);
    const id = await opportunity();
    const [claim = 0] = claimsOn(await person.press(await reviewed(person, id, '30'), 'Confirm'));
    await world.database.prisma.opportunity.update({ where: { id }, data: { valueCents: 9_900_000 } });
    const terms = { basisPoints: 800, hourlyCents: 10_000 };
    await newVersion(world, 'biz-presales-workshop', 2, {
      variable: { markets: { A: terms, B: terms, C: null }, capCents: 500_000, hours: { least: 4, most: 400 } },
    });
    expect(textOf(await person.say(`claim ${claim}`))).toContain('3,750 USD');
    await askConsent(world, person, claim);
    const [mail] = world.mailbox.take('anna@contoso.example');
    await answer(world, linkIn(mail), ACCEPT);
    await person.hear();
    const shown = textOf(await person.say(`claim ${claim}`));
    expect(shown).toContain('3,000 USD (demo amount; market A; rate of 23 Nov 2026 (UTC))');
    expect(shown).toContain('8% of the opportunity (50,000 USD): 4,000 USD');
  });

  test('R4: on the last nomination day a claim can be made, the day after it cannot', async () => {
    const person = await colleague(world);
    await newVersion(world, 'biz-presales-workshop', 9, { lastNomination: '2026-11-23' });
    const [today, tomorrow] = [await opportunity(), await opportunity()];
    expect(textOf(await person.press(await reviewed(person, today, '40'), 'Confirm'))).toContain('One claim was made');
    const late = await reviewed(person, tomorrow, '40');
    world.clock.advance(DAY);
    expect(textOf(await person.press(late, 'Confirm'))).toContain('New claims were possible until 23 November 2026.');
  });
});
