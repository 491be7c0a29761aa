import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { declineDeal, takeDeal } from '../../domain/co-sell/answer-co-sell.ts';
import { changeDeal, closeDeal } from '../../domain/co-sell/keep-deal.ts';
import { askForCoSell } from '../../domain/co-sell/upgrade.ts';
import type { Actor } from '../../domain/people/actor.ts';
import { referralOf, sellersIn, waitingDeal } from '../support/co-sell.ts';
import { channelNamed, personIdOf, someone } from '../support/review.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const CHANNEL = channelNamed('lost-roles');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let claim: number;
  let lost: Actor;
  beforeAll(async () => {
    world = await startWorld(engine);
    await sellersIn(world, CHANNEL);
    ({ claim } = await waitingDeal(world, CHANNEL, 'lost-roles'));
    const roles = [{ role: 'seller' }, { role: 'referralsAdmin' }] as const;
    const personId = await personIdOf(world, await someone(world, 'Fem Leaver', roles));
    const known = await world.app.ports.reads.people.findActorById(personId);
    if (known === null) throw new Error('nobody was written down');
    lost = known;
    await world.database.prisma.roleGrant.deleteMany({ where: { personId } });
  }, 120_000);
  afterAll(() => world?.stop());

  const typed = { stage: 'proposed', closeOn: '2027-01-01', value: '1', reason: 'noSeller' };
  const command = (verb: string) => ({ id: randomUUID(), verb });

  // Who presses is read when the click comes in; what they may do, once more when it is carried out.
  test('R2, R28: a role that is taken away while the click is under way answers and changes nothing', async () => {
    expect(lost.roles).toHaveLength(2);
    const { ports } = world.app;
    const before = await referralOf(world, claim);
    const seen = { claim, seen: before.revision };
    const closed = { ...typed, closeOn: '2026-11-23' };
    const said = [
      await takeDeal(ports, lost, command('coSell.take'), claim),
      await declineDeal(ports, lost, command('coSell.decline'), claim, typed),
      await changeDeal(ports, lost, command('referral.save'), seen, typed),
      await closeDeal(ports, lost, command('referral.close'), seen, 'won', closed),
      await askForCoSell(ports, lost, command('referral.check'), claim),
    ];
    expect(said.map(({ kind }) => kind)).toEqual([
      ...['notSeller', 'notSeller', 'noSuchReferral', 'noSuchReferral', 'noSuchReferral'],
    ]);
    expect(await referralOf(world, claim)).toEqual(before);
  });
});
