import { randomUUID } from 'node:crypto';
import { claimsOn, fillIntake, type Intake } from './intake.ts';
import { buttonsOf, type Person, personIn, type SeenCard } from './person.ts';
import { NORTHBRIDGE, type World } from './world.ts';

/** Enough for every engagement that takes a domain or a tenant id. */
const FACTS = {
  country: 'US',
  seats: 2400,
  monthlyActiveUsers: 900,
  azureMonthlySpendUsd: 24_000,
  servers: 120,
  segment: 'enterprise',
  microsoftManaged: true,
};

export type Newcomer = { readonly name: string; readonly domain: string; readonly tenantId: string };

/** A customer that is eligible everywhere and that nobody claimed yet, so that tests of one world stay apart. */
export const newcomer = async (world: World, name: string): Promise<Newcomer> => {
  const tenantId = randomUUID();
  const domain = `${name}.example`;
  const { prisma } = world.database;
  await prisma.customer.create({
    data: {
      name,
      createdAt: world.clock.now(),
      identifiers: { create: { type: 'tenantId', value: tenantId, facts: FACTS, source: 'Test' } },
    },
  });
  // Never too old to be believed, however far a test moves the clock.
  const checkedAt = new Date('2099-01-01');
  await prisma.tenantDomain.create({ data: { domain, tenantId, name, source: 'test', checkedAt } });
  return { name, domain, tenantId };
};

/**
 * Somebody new at Northbridge who may claim for every location and whose chat is known. A chat takes few messages a
 * second, so tests that are told much have a person each.
 */
export const colleague = async (world: World): Promise<Person> => {
  const objectId = randomUUID();
  const person = personIn(world, objectId, { name: 'Robin Demo' });
  await person.tap('help.show');
  await world.app.drain();
  const { prisma } = world.database;
  const where = { tenantId_objectId: { tenantId: NORTHBRIDGE, objectId } };
  const roles = { create: { role: 'incentivesUser', scope: '*', grantedAt: world.clock.now() } };
  await prisma.person.update({ where, data: { roles } });
  return person;
};

/** The first step of an empty form; one that stood open is given up. */
export const emptyForm = async (person: Person): Promise<SeenCard> => {
  const card = await person.tap('add.start');
  return buttonsOf(card).includes('Start over') ? person.press(card, 'Start over') : card;
};

/** An empty form, filled in about a newcomer as far as `until`. */
export const fillFor = async (
  person: Person,
  { name, domain }: Newcomer,
  intake: Intake = {},
  until?: Parameters<typeof fillIntake>[2],
): Promise<SeenCard> => {
  const contacts = { customerCompany: name, customerEmail: `anna@${domain}`, ...intake.contacts };
  return fillIntake(person, { identifierValue: domain, ...intake, contacts }, until, await emptyForm(person));
};

/** Claims of a newcomer, made by a person: their numbers. */
export const claimsFor = async (person: Person, customer: Newcomer, intake: Intake = {}): Promise<readonly number[]> =>
  claimsOn(await person.press(await fillFor(person, customer, intake), 'Confirm'));

export const claimFor = async (person: Person, customer: Newcomer, intake: Intake = {}): Promise<number> => {
  const [claim] = await claimsFor(person, customer, intake);
  if (claim === undefined) throw new Error('no claim was made');
  return claim;
};
