import { expect } from '@jest/globals';
import type { SeenCard } from './person.ts';
import { recordOf } from './record.ts';
import type { World } from './world.ts';

/** That a command came to nothing is remembered, so that its repeat comes to nothing too; all else is looked at. */
const rowsOf = async (world: World): Promise<readonly string[]> =>
  (await recordOf(world)).filter((row) => !row.startsWith('HandledCommand'));

/** The card that the work is answered with, which changes nothing that is kept. */
export const unmovedBy = async (world: World, work: () => Promise<SeenCard>): Promise<SeenCard> => {
  await world.app.drain();
  const before = await rowsOf(world);
  const card = await work();
  await world.app.drain();
  expect(await rowsOf(world)).toEqual(before);
  return card;
};

/** The same, and nothing is posted or edited for it anywhere. */
export const unheardBy = async (world: World, work: () => Promise<SeenCard>): Promise<SeenCard> => {
  await world.app.drain();
  const calls = { ...world.connector.counts };
  const card = await unmovedBy(world, work);
  expect(world.connector.counts).toEqual(calls);
  return card;
};
