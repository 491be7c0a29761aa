import type { Channel, Person, SeenCard } from './person.ts';
import { personIdOf, readIn } from './review.ts';
import type { World } from './world.ts';

export const WHY = 'I run the workshops in the autumn.';

/** Asks for a role; what is posted of it in the channel counts as read. */
export const askFor = async (
  world: World,
  channel: Channel,
  person: Person,
  role: string,
  location = '*',
): Promise<{ readonly request: string; readonly posts: readonly SeenCard[] }> => {
  const form = await person.tap('access.start');
  await person.press(form, 'Send request', { role, location, why: WHY });
  await world.app.drain();
  const personId = await personIdOf(world, person);
  const where = { personId, state: 'open', role };
  const { id } = await world.database.prisma.accessRequest.findFirstOrThrow({ where });
  return { request: id, posts: readIn(world, channel) };
};

/** Decides on a request, and everybody is told. */
export const decideOn = async (
  world: World,
  decider: Person,
  request: string,
  what: 'grant' | 'refuse',
  comment = what === 'refuse' ? 'Ask your manager first.' : '',
): Promise<SeenCard> => {
  const card = await decider.tap('access.ask', { request, what });
  const typed = comment === '' ? {} : { comment };
  const answered = await decider.press(card, what === 'grant' ? 'Give it' : 'Refuse it', typed);
  await world.app.drain();
  return answered;
};

export const rolesOf = async ({ database }: World, { objectId }: Person): Promise<readonly string[]> =>
  (await database.prisma.roleGrant.findMany({ where: { person: { objectId } } }))
    .map(({ role, scope }) => `${role}:${scope}`)
    .toSorted();
