import { auditPerson } from '../audit/chain.ts';
import { type Command, carryOut } from '../commands.ts';
import { tell } from '../notices/tell.ts';
import { pageAt } from '../paging.ts';
import type { Ports } from '../ports.ts';
import { oneLine } from '../typed.ts';
import { type AccessView, accessView } from './access.ts';
import { type Actor, isAdmin, isProgramAdmin, mayAdminister, type RoleGrant } from './actor.ts';
import type { Location } from './people-store.ts';

const PEOPLE_ON_PAGE = 5;
/** Requests that are shown above the list; the rest follows as these are decided. */
const REQUESTS_ON_PAGE = 3;

export type PeoplePage = {
  readonly people: readonly Actor[];
  readonly locations: ReadonlyMap<string, Location>;
  /** What waits for this person's decision. */
  readonly requests: readonly AccessView[];
  readonly total: number;
  readonly find: string;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
};

const placesOf = async (ports: Ports, people: readonly Actor[]): Promise<ReadonlyMap<string, Location>> => {
  const organisations = [...new Set(people.map(({ organisationId }) => organisationId))];
  const lists = await Promise.all(organisations.map((id) => ports.reads.people.listLocations(id)));
  return new Map(lists.flat().map((location) => [location.id, location]));
};

/** Who holds which role, as far as the person may change it (R3); null: they may change none. */
export const listPeople = async (
  ports: Ports,
  actor: Actor,
  asked: { readonly page: number; readonly find: string },
): Promise<PeoplePage | null> => {
  if (!isAdmin(actor)) return null;
  const organisationId = isProgramAdmin(actor) ? null : actor.organisationId;
  const find = oneLine(asked.find);
  const scope = { organisationId, find };
  const [total, waiting] = await Promise.all([
    ports.reads.people.countHolders(scope),
    ports.reads.access.listWaiting(actor, REQUESTS_ON_PAGE),
  ]);
  const { page, pages, skip } = pageAt(total, PEOPLE_ON_PAGE, asked.page);
  const [people, views] = await Promise.all([
    ports.reads.people.listHolders(scope, { skip, take: PEOPLE_ON_PAGE }),
    Promise.all(waiting.map(({ id }) => accessView(ports, id))),
  ]);
  return {
    people,
    locations: await placesOf(ports, people),
    requests: views.filter((view) => view !== null),
    total,
    find,
    page,
    pages,
  };
};

export type PersonView = {
  readonly person: Actor;
  readonly locations: ReadonlyMap<string, Location>;
  /** Those of their roles that the actor may take away. */
  readonly removable: readonly RoleGrant[];
};

/** One person's roles; null: there is no such person among those whose roles the actor sees. */
export const showPerson = async (ports: Ports, actor: Actor, personId: string): Promise<PersonView | null> => {
  const person = isAdmin(actor) ? await ports.reads.people.findActorById(personId) : null;
  if (person === null || (!isProgramAdmin(actor) && person.organisationId !== actor.organisationId)) return null;
  const removable = person.roles.filter((grant) => mayAdminister(actor, grant, person.organisationId));
  return { person, locations: await placesOf(ports, [person]), removable };
};

export type RemoveOutcome = {
  readonly kind: 'removed' | 'notYours' | 'gone' | 'lastProgramAdmin' | 'configured';
};

/**
 * Takes a role away, at once: what the person presses from then on is refused. The last program admin stays one, and so
 * does whom the configuration names, who would be one again at their next word.
 */
export const removeRole = (
  ports: Ports,
  actor: Actor,
  command: Command,
  personId: string,
  { role, scope }: RoleGrant,
): Promise<RemoveOutcome> =>
  carryOut<RemoveOutcome>(ports, actor, command, async (tx, at) => {
    const admins = role === 'programAdmin' ? await tx.people.holdProgramAdmins() : 0;
    await tx.people.hold(personId);
    const [person, remover] = [await tx.people.findActorById(personId), await tx.people.findActorById(actor.personId)];
    if (!person || !remover || !mayAdminister(remover, { role, scope }, person.organisationId))
      return { kind: 'notYours' };
    if (!person.roles.some((grant) => grant.role === role && grant.scope === scope)) return { kind: 'gone' };
    if (role === 'programAdmin' && admins <= 1) return { kind: 'lastProgramAdmin' };
    if (role === 'programAdmin' && ports.settings.admins.has(person.objectId)) return { kind: 'configured' };
    await tx.people.revoke(personId, { role, scope });
    if (role === 'programAdmin') await tx.people.endStandInsOf(personId, at);
    const facts = { role, scope };
    const sequence = await auditPerson(tx, ports.sha256, personId, { actor, at, what: 'roleRemoved', facts });
    if (personId !== actor.personId) {
      const occasion = `role:${personId}:${sequence}`;
      await tell(ports, tx, 'roleRemoved', { personId }, occasion, { facts }, at);
    }
    return { kind: 'removed' };
  });
