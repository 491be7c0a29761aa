import { ACCEPT, answer, asked } from './consent-link.ts';
import type { Intake } from './intake.ts';
import type { Newcomer } from './newcomer.ts';
import type { Person, SeenCard } from './person.ts';
import type { World } from './world.ts';

/** A newcomer who consented to a claim of the person's organisation; the notice of it counts as read. */
export const knownCustomer = async (
  world: World,
  person: Person,
  name: string,
  intake: Intake = { engagements: ['Secure Identities'] },
): Promise<Newcomer & { readonly id: string; readonly claim: number }> => {
  const { customer, claim, link } = await asked(world, person, name, intake);
  await answer(world, link, ACCEPT);
  await person.hear();
  const { id } = await world.database.prisma.customer.findFirstOrThrow({ where: { name } });
  return { ...customer, id, claim };
};

export type ListName = 'eligible' | 'ineligible' | 'completed';

/** A list of an engagement's Customers page, narrowed to one customer so that tests of one world stay apart. */
export const customersOf = (
  person: Person,
  engagement: string,
  list: ListName,
  find = '',
  more: Readonly<Record<string, unknown>> = {},
): Promise<SeenCard> => person.tap('customers.show', { engagement, list, ...(find === '' ? {} : { find }), ...more });
