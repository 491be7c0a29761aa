import { z } from 'zod';
import { auditPerson } from '../audit/chain.ts';
import { type Command, carryOut } from '../commands.ts';
import { tell } from '../notices/tell.ts';
import { shownChats } from '../notices/viewers.ts';
import type { Ports, Tx } from '../ports.ts';
import { requiredText, type TextFault } from '../typed.ts';
import { type Actor, EVERYWHERE, isLocal, mayAdminister, ROLES, type Role, type RoleGrant } from './actor.ts';
import type { Location } from './people-store.ts';

/** A role somebody asks for (R3). */
export type AccessRequest = RoleGrant & {
  readonly id: string;
  readonly personId: string;
  readonly why: string;
  readonly state: 'open' | 'granted' | 'refused' | 'withdrawn';
  readonly createdAt: Date;
  readonly decidedById: string | null;
  readonly decidedAt: Date | null;
  readonly comment: string | null;
};

export type AccessStore = {
  /** False: they ask for that already. */
  ask(request: Pick<AccessRequest, 'id' | 'personId' | 'role' | 'scope' | 'why' | 'createdAt'>): Promise<boolean>;
  findRequest(id: string): Promise<AccessRequest | null>;
  /** The open ones of a person, oldest first. */
  listOpen(personId: string): Promise<readonly AccessRequest[]>;
  /** The open ones that a person may decide on, oldest first. */
  listWaiting(decider: Actor, take: number): Promise<readonly AccessRequest[]>;
  /** The guarded update: true when it was still open. */
  decide(id: string, to: Pick<AccessRequest, 'state' | 'decidedById' | 'decidedAt' | 'comment'>): Promise<boolean>;
};

export const MOST_WHY = 500;

export type AccessFault = TextFault | { readonly code: 'choice.missing' | 'access.held' | 'access.asked' };
type AccessFaults = readonly { readonly field: 'role' | 'location' | 'why'; readonly fault: AccessFault }[];

export type AskOutcome =
  | { readonly kind: 'asked'; readonly request: string }
  | { readonly kind: 'faults'; readonly faults: AccessFaults };

const isRole = (raw: string): raw is Role => (ROLES as readonly string[]).includes(raw);

/** The key of the card on which a request is decided. */
export const accessKey = (id: string): string => `access:${id}`;

/** R3: asks for a role. Whoever may decide it hears in the channel for access, or in person where there is none. */
export const askAccess = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  typed: Readonly<Record<string, string>>,
): Promise<AskOutcome> => {
  const role = typed.role ?? '';
  const scope = isRole(role) && !isLocal(role) ? EVERYWHERE : (typed.location ?? '');
  const place = z.uuid().safeParse(scope).success ? await ports.reads.people.findLocation(scope) : null;
  const why = requiredText(typed.why ?? '', MOST_WHY);
  const faults: { field: 'role' | 'location' | 'why'; fault: AccessFault }[] = [];
  if (!isRole(role)) faults.push({ field: 'role', fault: { code: 'choice.missing' } });
  else if (actor.roles.some((grant) => grant.role === role && [EVERYWHERE, scope].includes(grant.scope))) {
    faults.push({ field: 'role', fault: { code: 'access.held' } });
  }
  if (scope !== EVERYWHERE && place?.organisationId !== actor.organisationId) {
    faults.push({ field: 'location', fault: { code: 'choice.missing' } });
  }
  if ('fault' in why) faults.push({ field: 'why', fault: why.fault });
  if (faults.length > 0 || 'fault' in why || !isRole(role)) return { kind: 'faults', faults };
  return carryOut<AskOutcome>(ports, actor, command, async (tx, at) => {
    await tx.people.hold(actor.personId);
    const id = ports.random.id();
    const request = { id, personId: actor.personId, role, scope, why: why.value, createdAt: at };
    if (!(await tx.access.ask(request))) {
      return { kind: 'faults', faults: [{ field: 'role', fault: { code: 'access.asked' } }] };
    }
    const facts = { role, scope, request: id };
    await auditPerson(tx, ports.sha256, actor.personId, { actor, at, what: 'accessAsked', facts });
    await tellDeciders(ports, tx, actor, request, at);
    return { kind: 'asked', request: id };
  });
};

const tellDeciders = async (
  ports: Ports,
  tx: Tx,
  actor: Actor,
  request: Pick<AccessRequest, 'id' | 'role' | 'scope'>,
  at: Date,
): Promise<void> => {
  // What only program admins may give is decided where they are.
  const organisationId = isLocal(request.role) ? actor.organisationId : null;
  const subject = { accessRequestId: request.id };
  await tell(ports, tx, 'accessRequest', { duty: 'access', organisationId }, accessKey(request.id), subject, at);
  if ((await tx.channels.findFor('access', organisationId)) === null) {
    await tellDecidersInPerson(ports, tx, { request, person: actor }, at);
  }
};

/** Where no channel takes a request, whoever may decide on it hears in their own chat; once. */
export const tellDecidersInPerson = async (
  ports: Ports,
  tx: Tx,
  { request, person }: { readonly request: RoleGrant & { readonly id: string }; readonly person: Actor },
  at: Date,
): Promise<void> => {
  for (const admin of await tx.people.listAdmins(person.organisationId)) {
    if (!mayDecide(admin, { request, person })) continue;
    const occasion = `${accessKey(request.id)}:no-channel`;
    await tell(
      ports,
      tx,
      'accessNoChannel',
      { personId: admin.personId },
      occasion,
      { accessRequestId: request.id },
      at,
    );
  }
};

/** Takes one's own request back. */
export const withdrawAccess = (
  ports: Ports,
  actor: Actor,
  id: string,
): Promise<{ readonly kind: 'withdrawn' | 'tooLate' }> =>
  ports.inTx(async (tx) => {
    const at = ports.clock.now();
    await tx.people.hold(actor.personId);
    const request = await tx.access.findRequest(id);
    if (request?.personId !== actor.personId) return { kind: 'tooLate' };
    // Pressed twice, it was withdrawn by the first.
    if (request.state === 'withdrawn') return { kind: 'withdrawn' };
    const to = { state: 'withdrawn', decidedById: actor.personId, decidedAt: at, comment: null } as const;
    if (!(await tx.access.decide(id, to))) return { kind: 'tooLate' };
    const facts = { role: request.role, scope: request.scope, request: id };
    await auditPerson(tx, ports.sha256, actor.personId, { actor, at, what: 'accessWithdrawn', facts });
    await tx.notices.amend([accessKey(id)]);
    return { kind: 'withdrawn' };
  });

export type AccessView = {
  readonly request: AccessRequest;
  readonly person: Actor;
  /** Null: everywhere. */
  readonly location: Location | null;
  readonly decidedBy: string | null;
};

/** A request with who asks; null: there is none. Whether somebody may see it is asked apart. */
export const accessView = async (ports: Ports, id: string): Promise<AccessView | null> => {
  const request = await ports.reads.access.findRequest(id);
  const person = request && (await ports.reads.people.findActorById(request.personId));
  if (!request || !person) return null;
  const [location, decider] = await Promise.all([
    request.scope === EVERYWHERE ? null : ports.reads.people.findLocation(request.scope),
    request.decidedById === null ? null : ports.reads.people.findActorById(request.decidedById),
  ]);
  return { request, person, location, decidedBy: decider?.name ?? null };
};

/** Nobody decides what they ask for themselves. */
export const mayDecide = (
  actor: Actor,
  { request, person }: { readonly request: RoleGrant; readonly person: Pick<Actor, 'personId' | 'organisationId'> },
): boolean => actor.personId !== person.personId && mayAdminister(actor, request, person.organisationId);

export type DecideOutcome =
  | { readonly kind: 'done' | 'tooLate' | 'notYours' }
  | { readonly kind: 'faults'; readonly fault: TextFault };

/** Gives the role or refuses it; the first decision counts, and the person is told. A refusal says why. */
export const decideAccess = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  id: string,
  what: 'grant' | 'refuse',
  typed: string,
): Promise<DecideOutcome> => {
  const comment = typed.trim() === '' && what === 'grant' ? { value: null } : requiredText(typed, MOST_WHY);
  if ('fault' in comment) return { kind: 'faults', fault: comment.fault };
  return carryOut<DecideOutcome>(ports, actor, command, async (tx, at) => {
    const request = await tx.access.findRequest(id);
    if (request !== null) await tx.people.hold(request.personId);
    const person = request && (await tx.people.findActorById(request.personId));
    // Read again inside: a role that was taken away a moment ago decides nothing.
    const decider = await tx.people.findActorById(actor.personId);
    if (!request || !person || decider === null || !mayDecide(decider, { request, person }))
      return { kind: 'notYours' };
    const state = what === 'grant' ? 'granted' : 'refused';
    const to = { state, decidedById: actor.personId, decidedAt: at, comment: comment.value } as const;
    if (!(await tx.access.decide(id, to))) return { kind: 'tooLate' };
    const { role, scope, personId } = request;
    if (what === 'grant') await tx.people.grant(personId, { role, scope }, at);
    const facts = { role, scope, request: id };
    const name = what === 'grant' ? 'roleGranted' : 'accessRefused';
    await auditPerson(tx, ports.sha256, personId, { actor, at, what: name, facts });
    await tx.notices.amend([accessKey(id)]);
    const kind = what === 'grant' ? 'accessGranted' : 'accessRefused';
    await tell(ports, tx, kind, { personId }, `${accessKey(id)}:decided`, { accessRequestId: id }, at);
    return { kind: 'done' };
  });
};

/** Chats of those who may decide on a request, for whom a shared card is made anew (Teams takes 60). */
export const accessDeciders = async (ports: Ports, view: AccessView): Promise<readonly string[]> => {
  const admins = await ports.reads.people.listAdmins(view.person.organisationId);
  const deciders = admins.filter((admin) => mayDecide(admin, view));
  return shownChats(deciders);
};
