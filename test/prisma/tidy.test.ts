import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tidy } from '../../prisma/stores/tidy.ts';
import { DAY, ENGINES, ROBIN } from '../support/world.ts';
import { openRecord, type Record } from './record.ts';

describe.each(ENGINES)('tidying on %s', (engine) => {
  let record: Record;
  beforeAll(async () => {
    record = await openRecord(engine);
  });
  afterAll(() => record?.close());

  test('R34: a form that nobody touched for a month ends, and holds nobody’s details any more', async () => {
    const { clock, database, ports } = record;
    const robin = await record.actor(ROBIN);
    const draft = (claim: number, daysAgo: number) => ({
      id: ports.random.id(),
      personId: robin.personId,
      kind: 'sendConsent' as const,
      claim,
      step: 'contacts',
      answers: { customer: { name: 'Anna de Vries' } },
      commandId: ports.random.id(),
      status: 'open' as const,
      updatedAt: new Date(clock.now().getTime() - daysAgo * DAY),
    });
    const [old, young] = [draft(1, 31), draft(2, 29)];
    for (const one of [old, young]) await ports.inTx((tx) => tx.drafts.open(one));

    await tidy(database.prisma, clock.now());

    const ended = await ports.reads.drafts.find(old.id);
    expect([ended?.status, ended?.answers]).toEqual(['canceled', {}]);
    expect(await ports.reads.drafts.find(young.id)).toMatchObject({ status: 'open', answers: young.answers });
    // Its place is free: the person can begin another.
    expect(await ports.inTx((tx) => tx.drafts.open({ ...draft(1, 0), id: ports.random.id() }))).toBe(true);
  });

  test('deliveries are known for ten minutes, commands for a month', async () => {
    const { clock, database } = record;
    const { prisma } = database;
    const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);
    const { personId } = await record.actor(ROBIN);
    const command = (at: Date) => ({ id: crypto.randomUUID(), personId, verb: 'draft.next', at });
    await prisma.handledActivity.createMany({
      data: [
        { key: 'old', at: minutesAgo(11) },
        { key: 'young', at: minutesAgo(9) },
      ],
    });
    const [old, young] = [command(minutesAgo(31 * 24 * 60)), command(minutesAgo(29 * 24 * 60))];
    await prisma.handledCommand.createMany({ data: [old, young] });

    await tidy(prisma, clock.now());

    expect((await prisma.handledActivity.findMany()).map(({ key }) => key)).toEqual(['young']);
    expect((await prisma.handledCommand.findMany()).map(({ id }) => id)).toEqual([young.id]);
  });
});
