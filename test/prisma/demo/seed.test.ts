import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../../prisma/database.ts';
import { demoWorld, seedDemo } from '../../../prisma/demo/seed.ts';
import { countRows } from '../../../prisma/state.ts';
import { ENGINES, serverDatabase } from '../../support/world.ts';

const NOW = new Date('2026-11-24T12:00:00Z');

describe.each(ENGINES)('the demo world on %s', (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(engine === 'pglite' ? { memory: true } : { url: await serverDatabase() });
  });
  afterAll(() => database.close());

  test('comes whole or not at all: a start that failed half-way leaves nothing, and the next one fills it', async () => {
    const { engagementVersion } = database.prisma;
    // Written after the organisations and people, so that these are there already when it fails.
    const inTheWay = { slug: 'mw-endpoint-management', version: 1 };
    await engagementVersion.create({
      data: { id: crypto.randomUUID(), ...inTheWay, definition: {}, effectiveFrom: NOW },
    });
    await expect(seedDemo(database, NOW)).rejects.toThrow();
    expect(await countRows(database)).toMatchObject({ people: { all: 0 }, customers: { all: 0 } });

    await engagementVersion.deleteMany();
    await seedDemo(database, NOW);
    const world = demoWorld();
    const full = { people: { all: world.people.length }, customers: { all: world.customers.length } };
    expect(await countRows(database)).toMatchObject(full);

    // Once there, it is left alone.
    await seedDemo(database, NOW);
    expect(await countRows(database)).toMatchObject(full);
  });
});
