import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { customersOf } from '../support/known.ts';
import { colleague, emptyForm } from '../support/newcomer.ts';
import { buttonsOf, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { startWorld, type World } from '../support/world.ts';

const BRANCHES = 40;
const branch = (number: number) => `00000000-0000-4000-8000-0000000009${String(number).padStart(2, '0')}`;

describe('where a list is too long to scroll', () => {
  let world: World;
  let partner: Person;
  beforeAll(async () => {
    world = await startWorld('pglite');
    partner = await colleague(world);
    const { prisma } = world.database;
    const { organisationId } = await prisma.person.findFirstOrThrow({ where: { objectId: partner.objectId } });
    await prisma.location.createMany({
      data: Array.from({ length: BRANCHES }, (_, index) => ({
        ...{ id: branch(index), organisationId, partnerId: `9100${String(index).padStart(4, '0')}`, country: 'NL' },
        ...{ name: `Northbridge Branch ${String(index).padStart(2, '0')}`, enrolment: 'enrolled', facts: {} },
      })),
    });
    for (let number = 0; number < 20; number += 1) {
      const { id } = await prisma.customer.create({
        data: { name: `Long ${String(number).padStart(2, '0')}`, createdAt: world.clock.now() },
      });
      const value = `long-${number}.example`;
      const { id: judgedId } = await prisma.identifier.create({
        data: { customerId: id, type: 'domain', value, source: 'Test' },
      });
      await prisma.knownCustomer.create({
        data: {
          ...{ organisationId, customerId: id, identifierType: 'domain', identifierValue: value, judgedId },
          ...{ name: `Long ${String(number).padStart(2, '0')}`, since: world.clock.now() },
        },
      });
    }
  });
  afterAll(() => world?.stop());

  const locationStep = async (): Promise<SeenCard> =>
    partner.press(await emptyForm(partner), 'Next', { name: 'Many branches' });

  const locationOn = (card: SeenCard) => inputsOf(card).get('location');

  test('Teams is given a field that suggests while one types', async () => {
    const card = await locationStep();
    expect(JSON.stringify(card)).toContain('"choices.data":{"type":"Data.Query","dataset":"locations"}');
    expect(locationOn(card)?.choices).toEqual([]);
    expect(buttonsOf(card)).toContain('Search instead');
  });

  test('a choice that is far down the list is still there after Back, by its name', async () => {
    const next = await partner.press(await locationStep(), 'Next', { location: branch(33) });
    const back = await partner.press(next, 'Back');
    expect(locationOn(back)?.value).toBe(branch(33));
    expect(locationOn(back)?.choices?.[0]?.title).toContain('Northbridge Branch 33');
  });

  test('a search instead of suggestions keeps what was chosen, and takes the only one it finds', async () => {
    const next = await partner.press(await locationStep(), 'Next', { location: branch(33) });
    const back = await partner.press(next, 'Back');
    const search = await partner.press(back, 'Search instead');
    expect(locationOn(search)?.value).toBe(branch(33));
    const found = await partner.press(search, 'Search', { find: 'branch 07' });
    expect(locationOn(found)?.value).toBe(branch(7));
    const nothing = await partner.press(found, 'Search', { find: 'atlantis' });
    expect(textOf(nothing)).not.toContain('Branch 08');
  });

  test('what cannot be chosen is refused, and shown no more than it was', async () => {
    const card = await partner.press(await locationStep(), 'Next', {
      location: '00000000-0000-4000-8000-000000000311',
    });
    expect(textOf(card)).toContain('You hold no Incentives role for that location.');
    expect(locationOn(card)?.value).toBeUndefined();
    expect(JSON.stringify(card)).not.toContain('Utrecht');
  });

  test('a known customer far down the list is kept likewise', async () => {
    const { id } = await world.database.prisma.customer.findFirstOrThrow({ where: { name: 'Long 19' } });
    const step = await partner.tap('claimCustomer.start');
    const next = await partner.press(step, 'Next', { customer: id });
    const back = await partner.press(next, 'Back');
    expect(inputsOf(back).get('customer')).toMatchObject({ value: id, choices: [{ title: 'Long 19', value: id }] });
    await partner.press(back, 'Cancel');
  });

  test('an old card that searches in a step the form has left changes nothing and says so', async () => {
    const step = await locationStep();
    await partner.press(step, 'Next', { location: branch(3) });
    const old = await partner.press(step, 'Search instead');
    expect(textOf(old)).toContain('That card was from an earlier moment.');
    expect(textOf(old)).toContain('Who is the customer?');
  });

  test('an empty Ineligible list is not taken for nobody known where the known have open claims', async () => {
    await world.database.prisma.knownCustomer.deleteMany();
    const card = await customersOf(partner, 'mw-endpoint-management', 'ineligible');
    expect(textOf(card)).toContain('Every customer you know is eligible, or has an open claim.');
  });
});
