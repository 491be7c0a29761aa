import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { referralOf, seller, sellersIn, waitingDeal } from '../support/co-sell.ts';
import { buttonsOf, type Person, personIn, textOf } from '../support/person.ts';
import { also, channelNamed, PROGRAMME, personIdOf, readIn, someone } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { LEE, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const CHANNEL = channelNamed('who-sells');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(engine);
    await sellersIn(world, CHANNEL);
  }, 120_000);
  /** Whoever keeps deals hears of each: what is heard is told elsewhere (R28). */
  afterEach(() => void world.connector.takePosts());
  afterAll(() => world?.stop());

  const unmoved = (work: Parameters<typeof unheardBy>[1]) => unheardBy(world, work);
  const inChannel = (person: Person, name: string) => also(world, person, { name, channel: CHANNEL });

  /** Everything that can be sent about a deal, put together by hand. */
  const tries = (claim: number) =>
    [
      ['coSell.show', { claim }],
      ['coSell.take', { claim, command: randomUUID() }],
      ['coSell.ask', { claim }],
      ['coSell.decline', { claim, command: randomUUID(), 'reason~1': 'noCapacity' }],
      ['coSell.decline', { claim, command: randomUUID() }],
    ] as const;

  describe('R28: a seller of another organisation', () => {
    test('answers no deal of ours by its number in their own chat, and reads nothing of it', async () => {
      const { claim, customer } = await waitingDeal(world, CHANNEL, 'not-theirs');
      const lee = await seller(world, 'Lee Seller', TAILSPIN);
      for (const [verb, data] of tries(claim)) {
        const card = await unmoved(() => lee.tap(verb, data));
        expect(textOf(card)).toMatch(/Only sellers can answer|No such deal/);
        expect(JSON.stringify(card)).not.toMatch(new RegExp(`${customer.name}|Anna|Northbridge|25,000`));
      }
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked', answeredById: null });
    });

    test('is told the same of a claim that never was', async () => {
      const { claim } = await waitingDeal(world, CHANNEL, 'never-was');
      const lee = await seller(world, 'Lee Seller', TAILSPIN);
      const said = async (number: number) => {
        const cards = [];
        for (const [verb, data] of tries(number)) cards.push(textOf(await lee.tap(verb, data)));
        return cards.join('\n').replaceAll(String(number), 'N');
      };
      expect(await said(9_999_999)).toBe(await said(claim));
    });

    test('who is in the channel all the same reads along, and answers nothing', async () => {
      const { claim, asking } = await waitingDeal(world, CHANNEL, 'guest');
      const lee = inChannel(await seller(world, 'Lee Seller', TAILSPIN), 'Lee Seller');
      const card = await unmoved(() => lee.press(asking, 'Answer'));
      expect(buttonsOf(card)).toEqual(['Answer']);
      expect(textOf(card)).toContain('shown to whoever takes the deal');
      for (const [verb, data] of tries(claim).filter(([one]) => one !== 'coSell.show' && one !== 'coSell.ask')) {
        expect(textOf(await unmoved(() => lee.tap(verb, data)))).toMatch(/Only sellers can answer|No such deal/);
      }
      expect(buttonsOf(await unmoved(() => lee.tap('coSell.ask', { claim })))).toEqual(['Answer']);
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked' });
    });
  });

  test('R1: a seller of an organisation that is not allowed is turned away before anything is read', async () => {
    const { claim } = await waitingDeal(world, CHANNEL, 'not-allowed');
    const stranger = personIn(world, randomUUID(), { tenantId: randomUUID(), name: 'Sasha Stranger' });
    for (const [verb, data] of tries(claim))
      expect(await stranger.invoke(verb, data)).toMatchObject({ http: 200, statusCode: 403 });
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked' });
  });

  test('R28: a seller of the operator’s answers for every organisation', async () => {
    const { claim, asking, partner } = await waitingDeal(world, CHANNEL, 'operator');
    const petra = inChannel(await seller(world, 'Petra Operator', PROGRAMME), 'Petra Operator');
    const taken = await petra.press(await petra.press(asking, 'Answer'), 'Take it');
    expect(textOf(taken)).toContain('You took the deal.');
    expect(textOf(taken)).toContain('Anna de Vries');
    expect(textOf(await partner.hear())).toContain('A seller took the deal');
    expect(await referralOf(world, claim)).toMatchObject({
      coSell: 'taken',
      answeredById: await personIdOf(world, petra),
    });
    readIn(world, CHANNEL);
  });

  test('R28: whoever does not sell sees the card as it stands, without buttons that decide, and no contact', async () => {
    const { claim, asking, customer } = await waitingDeal(world, CHANNEL, 'reads-along');
    // A card that stands for two weeks says until when, and not for how many days.
    expect(textOf(asking)).toMatch(/Answer until/);
    expect(textOf(asking)).not.toMatch(/days? left/);
    for (const roles of [
      [],
      [{ role: 'incentivesAdmin' }],
      [{ role: 'referralsAdmin' }],
      [{ role: 'programAdmin' }],
    ] as const) {
      const reader = inChannel(await someone(world, 'Rita Reader', roles), 'Rita Reader');
      const card = await unmoved(() => reader.press(asking, 'Answer'));
      expect(buttonsOf(card)).toEqual(['Answer']);
      expect(textOf(card)).toContain(customer.name);
      expect(JSON.stringify(card)).not.toMatch(/Anna|anna@/);
      expect(textOf(await unmoved(() => reader.tap('coSell.take', { claim, command: randomUUID() })))).toContain(
        'Only sellers can answer',
      );
      // In a chat of their own there is nothing that others see as well.
      const alone = also(world, reader, { name: 'Rita Reader' });
      expect(textOf(await unmoved(() => alone.tap('coSell.show', { claim })))).toContain('Only sellers can answer');
    }
    expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked' });
  });

  test.each(['Take it', 'Decline the deal'])(
    'R28: “%s” of whose role was removed a moment ago changes nothing',
    async (button) => {
      const { claim, asking } = await waitingDeal(
        world,
        CHANNEL,
        `role-removed-${button.slice(0, 4).trim().toLowerCase()}`,
      );
      const leaver = inChannel(await seller(world, 'Fem Leaver'), 'Fem Leaver');
      const view = await leaver.press(asking, 'Answer');
      const card = button === 'Take it' ? view : await leaver.press(view, 'Decline');
      await world.app.drain();
      await world.database.prisma.roleGrant.deleteMany({ where: { person: { objectId: leaver.objectId } } });
      const answered = await unmoved(() =>
        leaver.press(card, button, button === 'Take it' ? {} : { reason: 'noSeller' }),
      );
      expect(textOf(answered)).toContain('Only sellers can answer');
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'asked' });
    },
  );

  test('R28: a claim that was never upgraded is no deal, whoever asks', async () => {
    const kim = await seller(world, 'Kim Seller');
    for (const [verb, data] of tries(9_999_999)) {
      expect(textOf(await unmoved(() => kim.tap(verb, data)))).toMatch(/No such deal|Only sellers can answer/);
    }
    const { claim } = await waitingDeal(world, CHANNEL, 'withdrawn-upgrade');
    await world.database.prisma.referral.update({ where: { claimNumber: claim }, data: { coSell: null } });
    for (const [verb, data] of tries(claim)) {
      expect(textOf(await unmoved(() => kim.tap(verb, data)))).toContain('No such deal');
    }
  });

  test('Lee of the demo world, who works on claims at Tailspin, sells nothing', async () => {
    const { claim } = await waitingDeal(world, CHANNEL, 'lee');
    const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    await lee.tap('help.show');
    for (const [verb, data] of tries(claim)) {
      expect(textOf(await unmoved(() => lee.tap(verb, data)))).toContain('Only sellers can answer');
    }
  });
});
