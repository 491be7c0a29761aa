import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { auditPerson } from '../audit/chain.ts';
import { dayOf, endOfWindow, startOf, utcDay } from '../claims/deadlines.ts';
import { type Command, carryOut } from '../commands.ts';
import { tell } from '../notices/tell.ts';
import type { Ports, Reads } from '../ports.ts';
import { type Actor, isProgramAdmin } from './actor.ts';

/** Somebody who reviews in a program admin's place for a period (R25), both of its days whole, in UTC. */
export type StandIn = {
  readonly id: string;
  readonly adminId: string;
  readonly adminName: string;
  /** Whether the one they stand in for still is a program admin: nobody stands in for a power that is gone. */
  readonly adminHolds: boolean;
  readonly personId: string;
  readonly name: string;
  readonly from: Date;
  /** Its last moment. */
  readonly until: Date;
};

/** A holiday, a parental leave; who is away for longer has a successor. */
const MOST_STAND_IN_DAYS = 183;

/** In whose place the person may review at `now`. */
export const standInsNow = async (
  people: Pick<Reads['people'], 'listStandIns'>,
  personId: string,
  now: Date,
): Promise<readonly StandIn[]> => {
  const standIns = await people.listStandIns(personId, now);
  return standIns.filter((one) => one.personId === personId && one.adminHolds && one.from <= now);
};

export type StandInFault =
  | { readonly code: 'choice.missing' }
  | { readonly code: 'day.missing' }
  | { readonly code: 'day.over' }
  | { readonly code: 'day.beforeFirst' }
  | { readonly code: 'day.tooFar'; readonly most: number };
type StandInField = 'person' | 'from' | 'until';
type StandInFaults = readonly { readonly field: StandInField; readonly fault: StandInFault }[];

type Period = { readonly from: Date; readonly until: Date };

const periodOf = (rawFrom: string, rawUntil: string, now: Date): Period | StandInFaults => {
  const from = dayOf(rawFrom);
  const until = dayOf(rawUntil);
  const faults: { field: StandInField; fault: StandInFault }[] = [];
  if (from === null) faults.push({ field: 'from', fault: { code: 'day.missing' } });
  if (until === null) faults.push({ field: 'until', fault: { code: 'day.missing' } });
  if (from === null || until === null) return faults;
  const over = Temporal.PlainDate.compare(until, utcDay(now)) < 0;
  if (over) return [{ field: 'until', fault: { code: 'day.over' } }];
  if (Temporal.PlainDate.compare(until, from) < 0) return [{ field: 'until', fault: { code: 'day.beforeFirst' } }];
  const first = Temporal.PlainDate.compare(from, utcDay(now)) < 0 ? utcDay(now) : from;
  const tooFar = { field: 'until', fault: { code: 'day.tooFar', most: MOST_STAND_IN_DAYS } } as const;
  if (utcDay(now).until(until).days > 2 * MOST_STAND_IN_DAYS || first.until(until).days >= MOST_STAND_IN_DAYS) {
    return [tooFar];
  }
  return { from: startOf(first), until: endOfWindow(startOf(until), 0) };
};

export type StandInOutcome =
  | { readonly kind: 'named' | 'ended' | 'notAdmin' | 'gone' }
  | { readonly kind: 'faults'; readonly faults: StandInFaults };

/** A program admin names a colleague for a period. Both stand on the record, and the colleague is told. */
export const nameStandIn = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  typed: Readonly<Record<string, string>>,
): Promise<StandInOutcome> => {
  if (!isProgramAdmin(actor)) return { kind: 'notAdmin' };
  const now = ports.clock.now();
  const period = periodOf(typed.from ?? '', typed.until ?? '', now);
  const personId = typed.person ?? '';
  const chosen = z.uuid().safeParse(personId).success ? await ports.reads.people.findActorById(personId) : null;
  // Nobody outside the organisation learns of its claims by one person's word.
  const known = chosen !== null && chosen.organisationId === actor.organisationId && personId !== actor.personId;
  const faults: StandInFaults = [
    ...(known ? [] : [{ field: 'person', fault: { code: 'choice.missing' } } as const]),
    ...('from' in period ? [] : period),
  ];
  if (faults.length > 0 || !('from' in period)) return { kind: 'faults', faults };
  return carryOut<StandInOutcome>(ports, actor, command, async (tx, at) => {
    await tx.people.hold(personId);
    const admin = await tx.people.findActorById(actor.personId);
    if (admin === null || !isProgramAdmin(admin)) return { kind: 'notAdmin' };
    const id = ports.random.id();
    await tx.people.addStandIn({ id, adminId: actor.personId, personId, ...period }, at);
    const facts = { for: actor.personId, from: period.from.toISOString(), until: period.until.toISOString() };
    await auditPerson(tx, ports.sha256, personId, { actor, at, what: 'standInNamed', facts });
    const told = { facts: { admin: actor.name, from: facts.from, until: facts.until } };
    await tell(ports, tx, 'standInNamed', { personId }, `stand-in:${id}`, told, at);
    return { kind: 'named' };
  });
};

/** Ends it before its time: whoever named them, or they themselves. */
export const endStandIn = (ports: Ports, actor: Actor, id: string): Promise<StandInOutcome> =>
  ports.inTx(async (tx): Promise<StandInOutcome> => {
    const at = ports.clock.now();
    const standIn = await tx.people.findStandIn(id);
    if (standIn === null || ![standIn.adminId, standIn.personId].includes(actor.personId)) return { kind: 'notAdmin' };
    await tx.people.hold(standIn.personId);
    // Pressed twice, it was ended by the first.
    if (!(await tx.people.endStandIn(id, at))) return { kind: standIn.until < at ? 'gone' : 'ended' };
    const facts = { for: standIn.adminId };
    await auditPerson(tx, ports.sha256, standIn.personId, { actor, at, what: 'standInEnded', facts });
    return { kind: 'ended' };
  });
