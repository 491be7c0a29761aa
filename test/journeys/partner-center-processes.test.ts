import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AGREES, CO_SELL, dealsIn, partnerManager, referralOf, upgraded } from '../support/co-sell.ts';
import { answer, asked } from '../support/consent-link.ts';
import {
  apiCalls,
  askedSoOften,
  cancel,
  historyOf,
  type Stage,
  settle,
  standingsOf,
  startStage,
  withSellers,
} from '../support/partner-center-story.ts';
import { buttonsOf, type Channel, type Person, textOf } from '../support/person.ts';
import { also, readIn } from '../support/review.ts';
import type { World } from '../support/world.ts';

let stage: Stage & { readonly stop: () => Promise<void> };
let channel: Channel;
let replica: Awaited<ReturnType<World['replica']>>;
beforeAll(async () => {
  stage = await startStage('postgresql');
  ({ channel } = await withSellers(stage, 'sellers-of-processes'));
  replica = await stage.world.replica();
}, 120_000);
afterAll(() => stage?.stop());

const MINUTE = 60_000;

/** The same person, whose Teams meets the other process. */
const atReplica = ({ objectId, tenantId }: Person): Person =>
  also({ ...stage.world, url: replica.url } as World, { objectId, tenantId } as Person, { name: 'Robin Demo' });

/** A deal that was not upgraded when the customer agreed: nobody knew then whether Microsoft manages them. */
const unknownThen = async (name: string): Promise<number> => {
  const { world, partner } = stage;
  const { claim, customer, link } = await asked(world, partner, name, CO_SELL);
  const { prisma } = world.database;
  const where = { type: 'tenantId', value: customer.tenantId };
  const { facts, id } = await prisma.identifier.findFirstOrThrow({ where });
  const { microsoftManaged, ...rest } = facts as Record<string, string | number | boolean>;
  await prisma.identifier.update({ where: { id }, data: { facts: rest } });
  await answer(world, link, AGREES);
  await world.app.drain();
  expect(await referralOf(world, claim)).toMatchObject({ status: 'Active', coSell: null });
  await prisma.identifier.update({
    where: { id },
    data: { facts: { ...rest, microsoftManaged: microsoftManaged ?? true } },
  });
  world.connector.takePosts();
  return claim;
};

const SIDES = [
  ['in one process', (person: Person) => person],
  ['in two processes', atReplica],
] as const;

test.each(SIDES)('R27: two people who ask at once, %s, upgrade a deal once', async (how, other) => {
  const { world, fake, partner } = stage;
  const claim = await unknownThen(`asked-twice-${how.replaceAll(' ', '-')}`);
  const people = [partner, other(await partnerManager(world))];
  const cards = await Promise.all(people.map((person) => person.tap('referral.show', { claim })));
  const said = await Promise.all(
    people.map(async (person, index) => {
      const card = cards[index];
      if (card === undefined) throw new Error('no card');
      expect(buttonsOf(card)).toContain('Check co-sell again');
      return textOf(await person.press(card, 'Check co-sell again'));
    }),
  );
  await Promise.all([world.app.drain(), replica.drain()]);
  await settle(stage);
  expect(
    said.filter((text) => text.includes('The referral was upgraded to co-sell. The sellers are asked.')),
  ).toHaveLength(1);
  expect(await historyOf(stage, claim)).toEqual(['made by person', 'notUpgraded by customer', 'upgraded by person']);
  expect(standingsOf(fake, claim)).toEqual([
    ['own', 'Active', 'Accepted'],
    ['msft', 'New', 'Pending'],
  ]);
  expect(readIn(world, channel)).toHaveLength(1);
  expect(dealsIn(world, channel, claim)).toHaveLength(1);
  expect(world.connector.takePosts(partner.conversationId).map(({ activity }) => String(activity.summary))).toEqual([
    `Upgraded to co-sell: Claim ${claim}`,
  ]);
});

/** Puts a claim's referral on its way so often, and lets both processes deliver at the same time. */
const deliverEverywhere = async (claim: number, times: number): Promise<void> => {
  const { world } = stage;
  for (let time = 0; time < times; time += 1) {
    await world.app.ports.inTx((tx) => tx.referrals.queueSync([claim]));
  }
  await Promise.all([world.app.drain(), replica.drain()]);
};

test('R29: however many jobs in however many processes are about one deal, each half is posted once', async () => {
  const { world, fake, partner } = stage;
  fake.down();
  const { claim } = await upgraded(world, partner, 'many-jobs');
  fake.up();
  world.clock.advance(60 * MINUTE);
  const before = apiCalls(fake).length;
  // Whoever looks waits, so that everybody who is let has looked before anybody makes one.
  for (let nth = 1; nth <= 8; nth += 1) fake.failCall(nth, 'slow');
  await deliverEverywhere(claim, 8);
  await settle(stage);
  const posts = apiCalls(fake)
    .slice(before)
    .filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(2);
  expect(standingsOf(fake, claim)).toEqual([
    ['own', 'Active', 'Accepted'],
    ['msft', 'New', 'Pending'],
  ]);
  expect(await referralOf(world, claim)).toMatchObject({ syncHolder: null, syncTrouble: null, syncAt: null });
});

test('R29: a deal whose process died while it told of it is told by another, five minutes later', async () => {
  const { world, fake, partner } = stage;
  fake.down();
  const { claim } = await asked(world, partner, 'orphaned', CO_SELL);
  fake.up();
  const now = world.clock.now();
  const held = {
    syncAt: now,
    syncHolder: '7d23e5ca-0000-4eaa-aac8-5e6b559f0d1d',
    syncHeldUntil: new Date(now.getTime() + 5 * MINUTE),
  };
  await world.database.prisma.referral.update({ where: { claimNumber: claim }, data: held });
  world.clock.advance(5 * MINUTE - 1_000);
  await replica.sweep();
  await deliverEverywhere(claim, 2);
  expect(standingsOf(fake, claim)).toEqual([]);
  world.clock.advance(1_000);
  await replica.sweep();
  expect(standingsOf(fake, claim)).toEqual([['own', 'Active', 'Accepted']]);
});

test('R29: whoever took so long to look that another process may be at it makes nothing', async () => {
  const { world, fake, partner } = stage;
  fake.down();
  const { claim } = await asked(world, partner, 'slow-look', CO_SELL);
  fake.up();
  world.clock.advance(60 * MINUTE);
  const before = apiCalls(fake).length;
  const posts = () =>
    apiCalls(fake)
      .slice(before)
      .filter(({ method }) => method === 'POST').length;
  fake.failNext('slow');
  const delivering = deliverEverywhere(claim, 1);
  await askedSoOften(fake, before + 1);
  world.clock.advance(4 * MINUTE);
  await delivering;
  expect(posts()).toBe(0);
  expect(await referralOf(world, claim)).toMatchObject({ syncTrouble: 'it took too long to look' });
  await settle(stage);
  expect(posts()).toBe(1);
  expect(standingsOf(fake, claim)).toEqual([['own', 'Active', 'Accepted']]);
});

test('R29: of many processes one asks Partner Center what changed', async () => {
  const { world, fake } = stage;
  const polls = () => apiCalls(fake).filter(({ path }) => path.includes('updatedDateTime')).length;
  for (let quarter = 0; quarter < 3; quarter += 1) {
    const before = polls();
    world.clock.advance(15 * MINUTE);
    await Promise.all([world.app.sweep(), replica.sweep()]);
    expect(polls() - before).toBe(1);
  }
});

test('R29: a claim that is canceled in one process while the other makes its deal leaves no open half', async () => {
  const { world, fake, partner } = stage;
  fake.down();
  const { claim } = await upgraded(world, partner, 'canceled-elsewhere');
  fake.up();
  world.clock.advance(60 * MINUTE);
  for (let nth = 1; nth <= 6; nth += 1) fake.failCall(nth, 'slow');
  await Promise.all([deliverEverywhere(claim, 2), cancel(stage, atReplica(partner), claim)]);
  await settle(stage);
  expect(await referralOf(world, claim)).toMatchObject({ status: 'Closed', substatus: 'Lost', syncTrouble: null });
  expect(standingsOf(fake, claim).filter(([whose]) => whose === 'own')).not.toContainEqual([
    'own',
    'Active',
    'Accepted',
  ]);
  expect(standingsOf(fake, claim).length).toBeLessThanOrEqual(2);
});

test('R29: in all this, no claim has two halves of one side', () => {
  const references = stage.fake
    .referrals()
    .map(({ externalReferenceId, organizationId }) => `${externalReferenceId} ${organizationId}`);
  expect(new Set(references).size).toBe(references.length);
});
