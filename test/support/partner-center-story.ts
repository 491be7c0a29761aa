import { expect } from '@jest/globals';
import { referralHistory } from '../../domain/co-sell/history.ts';
import { AGREES, CO_SELL, type Deal, inPartnerCenter, partnerManager, referralOf, seller } from './co-sell.ts';
import { answer, asked } from './consent-link.ts';
import { type Call, type FakePartnerCenter, type How, startPartnerCenter } from './partner-center.ts';
import type { Kept } from './partner-center-referrals.ts';
import type { Person, SeenCard } from './person.ts';
import { also, channelNamed, reviewer, setUp } from './review.ts';
import { type Engine, NORTHBRIDGE, startWorld, testClock, type World } from './world.ts';

/** The product on a record of its own, next to a Partner Center of its own, with a partner who keeps deals. */
export type Stage = { readonly world: World; readonly fake: FakePartnerCenter; readonly partner: Person };

export const startStage = async (
  engine: Engine,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage & { readonly stop: () => Promise<void> }> => {
  const clock = testClock();
  const fake = await startPartnerCenter({ now: clock.now, tenantId: NORTHBRIDGE, pageSize: 1_000 });
  const connected = inPartnerCenter(fake);
  const world = await startWorld(engine, { clock, ...connected, settings: { ...connected.settings, ...settings } });
  const partner = await partnerManager(world);
  // The demo world has deals of its own: they are told first.
  await settle({ world });
  const stop = async () => {
    await world.app.drain();
    // What people are told along the way is other tests' matter.
    world.connector.takePosts();
    world.mailbox.take();
    await world.stop();
    await fake.stop();
  };
  return { world, fake, partner, stop };
};

/** A channel of sellers, one of them, and the program admin who set it up. */
export const withSellers = async ({ world }: Pick<Stage, 'world'>, name: string) => {
  const channel = channelNamed(name);
  const admin = await reviewer(world, 'Vera Admin');
  await setUp(world, also(world, admin, { name: 'Vera Admin', channel }), { duties: 'sellers' });
  const kim = also(world, await seller(world, 'Kim Seller'), { name: 'Kim Seller', channel });
  return { channel, admin, kim };
};

/** What was asked of Partner Center's API; signing in and certificates are not. */
export const apiCalls = ({ calls }: FakePartnerCenter): readonly Call[] =>
  calls.filter(({ path }) => !path.includes('/oauth2/') && !path.startsWith('/cert/'));

/** The question, four times an hour, what has changed there. */
const isPoll = ({ path }: Call): boolean => path.includes('updatedDateTime');

/** The same in short, such as `POST`: how, and whether of a list or of one referral. */
const callsInShort = (fake: FakePartnerCenter): readonly string[] =>
  apiCalls(fake).map(({ method, path }) => {
    const { pathname, searchParams } = new URL(path, fake.origin);
    const [query] = [...searchParams.keys()];
    return `${method}${pathname.endsWith('/referrals') ? '' : ' one'}${query === undefined ? '' : ` ${query}`}`;
  });

/** Until the API has been asked so many questions. */
export const askedSoOften = async (fake: FakePartnerCenter, count: number): Promise<void> => {
  while (apiCalls(fake).length < count) await new Promise<void>((resolve) => setImmediate(resolve));
};

/** The halves that Partner Center holds of a claim, oldest first. */
export const halvesOf = (fake: FakePartnerCenter, claim: number): readonly Kept[] =>
  fake.referrals().filter(({ externalReferenceId }) => externalReferenceId === String(claim));

/** The same as [whose, status, substatus]. */
export const standingsOf = (fake: FakePartnerCenter, claim: number): readonly (readonly string[])[] =>
  halvesOf(fake, claim).map(({ organizationId, status, substatus }) => [
    organizationId === 'msft' ? 'msft' : 'own',
    status,
    substatus,
  ]);

/** The one half of a claim that belongs to Microsoft, or to the partner. */
export const halfOf = (fake: FakePartnerCenter, claim: number, whose: 'own' | 'msft'): Kept => {
  const [half, ...more] = halvesOf(fake, claim).filter(
    ({ organizationId }) => (organizationId === 'msft') === (whose === 'msft'),
  );
  if (half === undefined || more.length > 0) throw new Error(`claim ${claim} has not one ${whose} half`);
  return half;
};

/** What a half says the deal is worth, and when it is to close. */
export const dealThere = (half: Kept): readonly [value: number, closes: string] => {
  const { dealValue, closingDateTime } = half.details as { dealValue: number; closingDateTime: string };
  return [dealValue, closingDateTime.slice(0, 10)];
};

/** The partner updates the deal. */
export const editDeal = async (
  { world }: Stage,
  person: Person,
  claim: number,
  typed: Readonly<Record<string, string>>,
): Promise<SeenCard> => {
  const card = await person.press(await person.tap('referral.edit', { claim }), 'Save', typed);
  await world.app.drain();
  return card;
};

/** The partner says that the deal was won. */
export const winDeal = async ({ world }: Stage, person: Person, claim: number): Promise<SeenCard> => {
  const form = await person.tap('referral.askClose', { claim, what: 'won' });
  const card = await person.press(form, 'Close as won', { closeOn: '2026-11-23' });
  await world.app.drain();
  return card;
};

export const cancel = async ({ world }: Stage, person: Person, claim: number): Promise<void> => {
  await person.press(await person.tap('claim.askCancel', { claim }), 'Cancel the claim');
  await world.app.drain();
};

/** A deal from the claim to the day it is won: made, upgraded, updated, closed; `pause` is what happens in between. */
const dealStory = async (
  stage: Stage,
  person: Person,
  name: string,
  pause: () => Promise<void> = async () => {},
): Promise<Deal> => {
  const { world } = stage;
  const { claim, customer, link } = await asked(world, person, name, CO_SELL);
  await pause();
  await answer(world, link, AGREES);
  await world.app.drain();
  await pause();
  await editDeal(stage, person, claim, { stage: 'proposed', value: '31,250.50', closeOn: '2027-06-30' });
  await pause();
  await winDeal(stage, person, claim);
  return { claim, customer };
};

/** The history of a deal: what, and by whom. */
export const historyOf = async ({ world }: Pick<Stage, 'world'>, claim: number): Promise<readonly string[]> =>
  (await referralHistory(world.app.ports, claim)).map(({ what, by }) => `${what} by ${by}`);

/** Moves the clock to when something is next to be told, and sweeps, until there is nothing left. */
export const settle = async ({ world }: Pick<Stage, 'world'>): Promise<void> => {
  for (let round = 0; round < 40; round += 1) {
    const next = await world.database.prisma.referral.findFirst({
      where: { syncAt: { not: null }, status: { not: 'None' }, claim: { organisation: { tenantId: NORTHBRIDGE } } },
      orderBy: { syncAt: 'asc' },
    });
    if (next?.syncAt == null) return;
    if (next.syncAt > world.clock.now()) world.clock.set(next.syncAt);
    await world.app.sweep();
  }
  throw new Error('there is no end to what Partner Center is to be told');
};

/** Whatever a half was given to tell it from others, and when. */
const OWN_TO_IT = ['id', 'engagementId', 'eTag', 'createdDateTime', 'updatedDateTime'];
const TIMES = ['acceptedDateTime', 'expirationDateTime'];

/**
 * Where a deal stands in the record, in its history and in Partner Center: the same for every deal of the same story.
 * What Microsoft's half says of value and day is as of when it was made.
 */
const endOf = async ({ world, fake }: Stage, { claim, customer }: Deal) => {
  const row = await referralOf(world, claim);
  const [own, msft] = [halfOf(fake, claim, 'own'), halfOf(fake, claim, 'msft')];
  const { partner, microsoft, agreed } = row.mirror as Record<
    'partner' | 'microsoft' | 'agreed',
    Record<string, unknown>
  >;
  const plain = ({ details, ...half }: Kept) =>
    Object.fromEntries(
      Object.entries({ ...half, ...(half.organizationId === 'msft' ? {} : { details }) }).filter(
        ([field]) => !OWN_TO_IT.includes(field) && !TIMES.includes(field),
      ),
    );
  const { status, substatus, statusReason, stage, valueCents, closeOn, coSell, syncAt, syncTries, syncTrouble } = row;
  const end = {
    record: {
      ...{ status, substatus, statusReason, stage, valueCents: Number(valueCents) },
      ...{ closeOn: closeOn.toISOString().slice(0, 10), coSell, agreed },
      sync: { syncAt, syncTries, syncTrouble, behind: row.revision - row.mirroredRevision },
      known: [
        partner?.id === own.id,
        partner?.eTag === own.eTag,
        microsoft?.id === msft.id,
        microsoft?.eTag === msft.eTag,
      ],
    },
    history: await historyOf({ world }, claim),
    inOneGroup: own.engagementId === msft.engagementId,
    halves: halvesOf(fake, claim).map(plain),
  };
  const text = JSON.stringify(end).replaceAll(String(claim), '{claim}').replaceAll(customer.name, '{customer}');
  return JSON.parse(text) as typeof end;
};

export type End = Awaited<ReturnType<typeof endOf>>;

/** The calls of the story when nothing fails, in order. */
export const CALLS = [
  // It is made: looked for first, as an earlier try may have made it.
  ...['1 GET $orderby', '2 POST'],
  // It is upgraded: the customer's agreement is told, and Microsoft's half is made.
  ...['3 GET one', '4 PATCH one', '5 GET $orderby', '6 GET $filter', '7 POST'],
  // It is updated, and closed; each time Microsoft's half is looked at.
  ...['8 GET one', '9 PATCH one', '10 GET one'],
  ...['11 GET one', '12 PATCH one', '13 GET one'],
];
/** Those that change something there. */
export const WRITES = CALLS.filter((call) => /POST|PATCH/.test(call));

/** How the story ends without any failure. */
export const undisturbed = async (stage: Stage): Promise<End> => {
  const before = callsInShort(stage.fake).length;
  const deal = await dealStory(stage, stage.partner, 'undisturbed');
  expect(
    callsInShort(stage.fake)
      .slice(before)
      .map((call, index) => `${index + 1} ${call}`),
  ).toEqual(CALLS);
  await settle(stage);
  return endOf(stage, deal);
};

/** Tells the story once for each of these calls, which fails in this way: how each deal ends, by what failed. */
export const endsAfter = async (
  stage: Stage,
  name: string,
  how: How,
  calls: readonly string[] = CALLS,
  pause: () => Promise<void> = async () => {},
): Promise<Readonly<Record<string, End>>> => {
  const { world, fake } = stage;
  // A chat takes few messages a second.
  const person = await partnerManager(world);
  const deals: (readonly [string, Deal])[] = [];
  for (const call of calls) {
    const nth = CALLS.indexOf(call) + 1;
    fake.failCall(nth, how, (one) => !isPoll(one));
    deals.push([call, await dealStory(stage, person, `${name}-${nth}`, pause)]);
    if (!fake.hasFailed()) throw new Error(`there was no ${call}`);
  }
  await settle(stage);
  const ends: Record<string, End> = {};
  for (const [call, deal] of deals) ends[call] = await endOf(stage, deal);
  return ends;
};

/** The same end, whichever of the calls it was that failed. */
export const always = (end: End, calls: readonly string[] = CALLS): Readonly<Record<string, End>> =>
  Object.fromEntries(calls.map((call) => [call, end]));
