import { tell } from '../../domain/notices/tell.ts';
import type { Person } from './person.ts';
import { personIdOf } from './review.ts';
import type { World } from './world.ts';

let told = 0;

/** Tells somebody so many things that need no claim: the name each is known by. */
export const newsFor = async (world: World, person: Person, count: number): Promise<readonly string[]> => {
  const personId = await personIdOf(world, person);
  const names = Array.from({ length: count }, () => {
    told += 1;
    return `News ${told}.`;
  });
  const { ports } = world.app;
  const at = world.clock.now();
  const until = new Date(at.getTime() + 60_000).toISOString();
  await ports.inTx(async (tx) => {
    for (const admin of names) {
      const facts = { admin, from: at.toISOString(), until };
      await tell(ports, tx, 'standInNamed', { personId }, `test:${admin}`, { facts }, at);
    }
  }, 'long');
  return names;
};

/** The name of what a post tells. */
export const newsIn = (activity: unknown): string => {
  const [name] = /News \d+\./.exec(JSON.stringify(activity)) ?? [];
  if (name === undefined) throw new Error(`no news in ${JSON.stringify(activity).slice(0, 300)}`);
  return name;
};
