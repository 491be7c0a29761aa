import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor, RoleGrant } from '../../../domain/people/actor.ts';
import { removeRole } from '../../../domain/people/roles.ts';
import { standInsNow } from '../../../domain/people/stand-in.ts';
import type { Settings } from '../../../domain/ports.ts';
import { ALEX, DAY, ENGINES } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';
import { type Steps, stepsOn } from './steps.ts';

const PROGRAM_ADMIN: RoleGrant = { role: 'programAdmin', scope: '*' };

describe.each(ENGINES)('on %s', (engine) => {
  let record: Record;
  let steps: Steps;
  let alex: Actor;

  beforeAll(async () => {
    record = await openRecord(engine);
    steps = stepsOn(record);
    alex = await record.actor(ALEX);
  });
  afterAll(() => record?.close());

  const remove = (person: Actor, settings: Partial<Settings> = {}) => {
    const ports = { ...record.ports, settings: { ...record.ports.settings, ...settings } };
    return removeRole(ports, alex, { id: ports.random.id(), verb: 'people.remove' }, person.personId, PROGRAM_ADMIN);
  };
  const roles = async ({ personId }: Actor) => (await record.ports.reads.people.findActorById(personId))?.roles;

  test('R3: whom the configuration names stays a program admin until they are taken out there', async () => {
    const named = await steps.person([PROGRAM_ADMIN]);
    expect(await remove(named, { admins: new Set([named.objectId]) })).toEqual({ kind: 'configured' });
    expect(await roles(named)).toEqual([PROGRAM_ADMIN]);
    expect(await remove(named)).toEqual({ kind: 'removed' });
    expect(await roles(named)).toEqual([]);
  });

  test('R25: who loses the role has nobody stand in any more, not even once they hold it again', async () => {
    const admin = await steps.person([PROGRAM_ADMIN]);
    const friend = await steps.person();
    const { people } = record.ports.reads;
    const now = record.clock.now();
    await steps.standsIn(friend, admin, now, new Date(now.getTime() + DAY));
    expect(await standInsNow(people, friend.personId, now)).toHaveLength(1);
    await remove(admin);
    await record.ports.inTx((tx) => tx.people.grant(admin.personId, PROGRAM_ADMIN, now));
    expect(await standInsNow(people, friend.personId, now)).toEqual([]);
  });
});
