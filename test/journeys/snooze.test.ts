import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { askConsent } from '../support/consent-link.ts';
import { dayWith, dueOf, heardBy, morningOf, quieten, subscribe, sweptAt, timeOn } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { actionOf, buttonsOf, dataFor, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, reviewer, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const DUE = 'Consent not asked yet';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let there: Person;
  let claim: number;
  let dueAt: Date;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    const channel = channelNamed(`snooze-${count}`);
    partner = await colleague(world);
    there = also(world, partner, { name: 'Robin Demo', channel });
    claim = await claimFor(partner, await newcomer(world, `snooze-${count}`));
    dueAt = await dueOf(world, claim);
    await subscribe(world, also(world, vera, { name: 'Vera Reviewer', channel }));
  });
  afterEach(() => quieten(world));

  const titles = () => [partner, there].map((one) => heardBy(world, one).map((card) => textOf(card).split('\n')[0]));
  const BOTH = [[DUE], [DUE]];
  const snooze = async (person: Person, choice: string, card?: SeenCard): Promise<SeenCard> => {
    const ask = card === undefined ? await person.tap('snooze.ask', { claim }) : await person.press(card, 'Snooze');
    expect(lintCard(ask)).toEqual([]);
    const done = await person.press(ask, choice);
    await world.app.drain();
    return done;
  };
  const history = async () =>
    (await world.database.prisma.auditEvent.findMany({ where: { chain: `claim:${claim}`, what: 'snoozed' } })).length;

  test('R31: put off in the own chat it is not said there, and comes back; in the channel it is said all the while', async () => {
    await morningOf(world, dayWith(14, dueAt));
    const [card] = heardBy(world, partner);
    expect(heardBy(world, there)).toHaveLength(1);
    const done = await snooze(partner, 'For a week', card);
    expect(textOf(done)).toMatch(/^Snoozed until 16 Dec 2026/);
    expect(textOf(done)).toContain('You are not reminded of this claim for a while');
    // The week ends on the day of the next warning: both are one card.
    await sweptAt(world, new Date(timeOn(dayWith(7, dueAt)).getTime() - 1));
    expect(titles()).toEqual([[], []]);
    await sweptAt(world, timeOn(dayWith(7, dueAt)));
    expect(titles()).toEqual(BOTH);
    expect(await history()).toBe(0);
  });

  test('R31: a warning that falls into the time is left out, and what was put off is said when it is over', async () => {
    await sweptAt(world, timeOn(dayWith(9, dueAt)));
    titles();
    await sweptAt(world, timeOn(dayWith(8, dueAt)));
    titles();
    await snooze(partner, 'For 3 days');
    await morningOf(world, dayWith(7, dueAt));
    expect(titles()).toEqual([[], [DUE]]);
    await sweptAt(world, timeOn(dayWith(6, dueAt)));
    expect(titles()).toEqual([[], []]);
    await sweptAt(world, timeOn(dayWith(5, dueAt)));
    expect(titles()).toEqual([[DUE], []]);
  });

  test('R31: put off in the channel it is put off for everybody there, on the record, and not in people’s own chats', async () => {
    await morningOf(world, dayWith(14, dueAt));
    heardBy(world, partner);
    const [card] = heardBy(world, there);
    const done = await snooze(there, 'For a day', card);
    expect(textOf(done)).toContain('Nobody in this channel is reminded');
    expect(await history()).toBe(1);
    expect(textOf(await partner.tap('claim.history', { claim, page: 1 }))).toContain(
      'put the reminders in a channel off',
    );
    await sweptAt(world, timeOn(dayWith(13, dueAt)));
    expect(titles()).toEqual([[], [DUE]]);
    expect(JSON.stringify(done)).not.toMatch(/Anna|anna@/);
  });

  test('R31: when the claim moves on, what was put off ends: the next reminder is of what is to be done now', async () => {
    await morningOf(world, dayWith(14, dueAt));
    titles();
    await snooze(partner, 'For a week');
    await askConsent(world, partner, claim);
    await morningOf(world, dayWith(7, dueAt));
    expect(titles()).toEqual([['Consent is due'], ['Consent is due']]);
  });

  test('R31: the last day is not put off: the reminder of it and the end come', async () => {
    await morningOf(world, dayWith(3, dueAt));
    titles();
    await snooze(partner, 'For a week');
    await morningOf(world, dayWith(1, dueAt));
    const cards = heardBy(world, partner);
    expect(cards.map((card) => textOf(card).split('\n')[0])).toEqual([DUE]);
    expect(buttonsOf(cards[0] as SeenCard)).not.toContain('Snooze');
    const refused = await unmovedBy(world, () => partner.tap('snooze.ask', { claim }));
    expect(textOf(refused)).toMatch(/^This cannot be put off\n/);
    await sweptAt(world, new Date(dueAt.getTime() + 1));
    expect(heardBy(world, partner).map((card) => textOf(card).split('\n')[0])).toEqual(['Consent expired']);
  });

  test('R31: a question that stood open until the last day is answered with that, and nothing is put off', async () => {
    const ask = await partner.tap('snooze.ask', { claim });
    world.clock.set(dayWith(1, dueAt));
    expect(textOf(await unmovedBy(world, () => partner.press(ask, 'For a day')))).toMatch(/^This cannot be put off\n/);
  });

  test('R31: a double click puts off once, and is answered the same', async () => {
    const ask = await there.tap('snooze.ask', { claim });
    const { verb } = actionOf(ask, 'For 3 days');
    const data = dataFor(ask, 'For 3 days');
    const answers = await Promise.all([there.invoke(verb, data), there.invoke(verb, data)]);
    answers.push(await there.invoke(verb, data));
    for (const one of answers) expect(textOf(one.value as SeenCard)).toMatch(/^Snoozed until/);
    expect(await history()).toBe(1);
    await world.app.drain();
    expect(await world.database.prisma.notice.count({ where: { claimNumber: claim, digestId: { not: null } } })).toBe(
      1,
    );
  });

  test('R31: nothing is put off by who may not see the claim, nor of a claim without a clock', async () => {
    const stranger = await someone(world, 'Otto Other', [{ role: 'seller' }]);
    const ask = await partner.tap('snooze.ask', { claim });
    const data = dataFor(ask, 'For a day');
    for (const [verb, brought] of [
      ['snooze.ask', { claim }],
      ['snooze.save', data],
    ] as const) {
      const card = await unmovedBy(world, () => stranger.tap(verb, brought));
      expect(textOf(card)).not.toMatch(/snooze-\d|Amsterdam/);
      expect(textOf(card)).not.toMatch(/^Snoozed/);
    }
    await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
    const late = await unmovedBy(world, () => partner.tap('snooze.save', data));
    expect(textOf(late)).toMatch(/^Nothing to snooze\n/);
  });

  test('R31: a shorter time in place of a longer one brings it back earlier', async () => {
    await morningOf(world, dayWith(14, dueAt));
    titles();
    await snooze(partner, 'For a week');
    world.clock.advance(DAY);
    await snooze(partner, 'For a day');
    await sweptAt(world, timeOn(dayWith(12, dueAt)));
    expect(titles()).toEqual([[DUE], []]);
  });
});
