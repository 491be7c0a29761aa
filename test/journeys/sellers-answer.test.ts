import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dealsIn, referralOf, seller, sellersIn, waitingDeal } from '../support/co-sell.ts';
import { buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, personIdOf, readIn } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const CHANNEL = channelNamed('sellers-answer');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let kim: Person;
  let lou: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    await sellersIn(world, CHANNEL);
    kim = also(world, await seller(world, 'Kim Seller'), { name: 'Kim Seller', channel: CHANNEL });
    lou = also(world, await seller(world, 'Lou Seller'), { name: 'Lou Seller', channel: CHANNEL });
  }, 120_000);
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>) => unheardBy(world, work);
  const steps = async (claim: number) =>
    (
      await world.database.prisma.auditEvent.findMany({
        where: { chain: `referral:${claim}` },
        orderBy: { sequence: 'asc' },
      })
    ).map(({ what }) => what);
  const heard = (partner: Person) =>
    world.connector.takePosts(partner.conversationId).map(({ activity }) => String(activity.summary));

  test('R28: two sellers at once: one takes the deal, and the other reads who', async () => {
    for (const round of [0, 1, 2, 3]) {
      const { claim, asking, partner } = await waitingDeal(world, CHANNEL, `two-at-once-${round}`);
      const sellers = [kim, lou];
      if (round % 2 === 1) sellers.reverse();
      const cards = await Promise.all(sellers.map((one) => one.press(asking, 'Answer')));
      const said = (await Promise.all(sellers.map((one, index) => one.press(cards[index] as SeenCard, 'Take it')))).map(
        textOf,
      );
      const { answeredById, coSell } = await referralOf(world, claim);
      expect(coSell).toBe('taken');
      const first = answeredById === (await personIdOf(world, kim)) ? 'Kim Seller' : 'Lou Seller';
      expect(said.filter((text) => text.includes('You took the deal.'))).toHaveLength(1);
      const late = said.find((text) => !text.includes('You took the deal.')) ?? '';
      expect(late).toMatch(new RegExp(`Nothing was changed: ${first} took the deal \\(23 Nov 2026, 13:0\\d CET\\)`));
      expect(late).toContain('shown to whoever takes the deal');
      expect(late).not.toContain('Anna');
      await world.app.drain();
      expect(heard(partner)).toEqual([`A seller took the deal: Claim ${claim}`]);
      expect(await steps(claim)).toEqual(['made', 'upgraded', 'taken']);
      expect(dealsIn(world, CHANNEL, claim).map(textOf)).toEqual([expect.stringContaining(`Taken by ${first}`)]);
      readIn(world, CHANNEL);
    }
  });

  test('R28: one takes it while the other declines: the first answer counts', async () => {
    for (const round of [0, 1]) {
      const { claim, asking, partner } = await waitingDeal(world, CHANNEL, `opposite-${round}`);
      const view = await kim.press(asking, 'Answer');
      const declining = await lou.press(await lou.press(asking, 'Answer'), 'Decline');
      const presses = [
        () => kim.press(view, 'Take it'),
        () => lou.press(declining, 'Decline the deal', { reason: 'noCapacity' }),
      ];
      if (round === 1) presses.reverse();
      const said = (await Promise.all(presses.map((press) => press()))).map(textOf).join('\n');
      const { coSell, declineReason } = await referralOf(world, claim);
      await world.app.drain();
      expect(said.match(/You (took|declined) the deal\./g)).toHaveLength(1);
      if (coSell === 'taken') {
        expect(declineReason).toBeNull();
        expect(said).toContain('Nothing was changed: Kim Seller took the deal');
      } else {
        expect(coSell).toBe('declined');
        expect(said).toContain('Nothing was changed: Lou Seller declined the deal');
      }
      expect(heard(partner)).toHaveLength(1);
      readIn(world, CHANNEL);
    }
  });

  test.each([
    ['the same activity', true],
    ['the same button', false],
  ])('R28: %s twice is one answer, said twice', async (_what, sameActivity) => {
    const { claim, asking, partner } = await waitingDeal(world, CHANNEL, sameActivity ? 'activity' : 'button');
    const data = dataFor(await kim.press(asking, 'Answer'), 'Take it');
    const id = randomUUID();
    const [first, second] = await Promise.all(
      [0, 1].map(() => kim.invoke('coSell.take', data, sameActivity ? { id } : {})),
    );
    const third = await kim.invoke('coSell.take', data, {});
    for (const one of [first, second, third]) {
      expect(textOf(one?.value as SeenCard)).toContain('You took the deal.');
    }
    await world.app.drain();
    expect(heard(partner)).toHaveLength(1);
    expect(await steps(claim)).toEqual(['made', 'upgraded', 'taken']);
    readIn(world, CHANNEL);
  });

  describe('R28: what is written with a decline', () => {
    let claim: number;
    let declining: SeenCard;
    beforeAll(async () => {
      const deal = await waitingDeal(world, CHANNEL, 'written');
      claim = deal.claim;
      declining = await kim.press(await kim.press(deal.asking, 'Answer'), 'Decline');
      await world.app.drain();
    });

    const long = 'a'.repeat(501);
    test.each<[string, Readonly<Record<string, string>>, string, string]>([
      ['no reason', { words: 'They buy elsewhere.' }, 'Choose one from the list.', 'One field needs'],
      ['another reason, without saying which', { reason: 'other' }, 'Fill this in.', 'One field needs'],
      ['another reason, in blanks', { reason: 'other', words: ' \n\t ' }, 'Fill this in.', 'One field needs'],
      [
        'more words than fit',
        { reason: 'noSeller', words: long },
        'Use at most 500 characters; this has 501.',
        'One field needs',
      ],
      ['no reason and too many words', { words: long }, 'Use at most 500 characters; this has 501.', '2 fields need'],
    ])('%s: is refused, and stands in its field still', async (_what, typed, words, count) => {
      const card = await unmoved(() => kim.press(declining, 'Decline the deal', typed));
      expect(textOf(card)).toContain(words);
      expect(textOf(card)).toContain(`${count}`);
      expect(textOf(card)).toContain('Nothing was lost.');
      for (const [field, value] of Object.entries(typed)) expect(inputsOf(card).get(field)?.value).toBe(value);
      expect(buttonsOf(card)).toEqual(['Decline the deal', 'Back']);
    });

    test.each(['becauseISaySo', 'constructor', 'NOSELLER'])('“%s” is no reason', async (reason) => {
      const data = {
        ...dataFor(declining, 'Decline the deal', { words: 'Kept.' }),
        [inputsOf(declining).get('reason')?.id ?? '']: reason,
      };
      const card = await unmoved(() => kim.tap('coSell.decline', data));
      expect(textOf(card)).toContain('Choose one from the list.');
      expect(inputsOf(card).get('words')?.value).toBe('Kept.');
    });

    test('is read by the partner, with the reason in the partner’s own language; Back decides nothing', async () => {
      expect(buttonsOf(await unmoved(() => kim.press(declining, 'Back')))).toContain('Take it');
      await kim.press(declining, 'Decline the deal', { reason: 'otherTerritory', words: 'Ask “EMEA”\nplease.' });
      await world.app.drain();
      world.connector.takePosts();
      const { ownerId } = await world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim } });
      const { objectId } = await world.database.prisma.person.findUniqueOrThrow({ where: { id: ownerId } });
      const partner = also(world, { ...kim, objectId }, { name: 'Robin Demo', locale: 'nl-NL' });
      const shown = textOf(await partner.tap('claim.show', { claim }));
      expect(shown).toContain('Een ander gebied of team');
      expect(shown).toContain('Ask “EMEA”');
      expect(await referralOf(world, claim)).toMatchObject({ declineReason: 'otherTerritory', coSell: 'declined' });
    });
  });

  describe('R28: fourteen days', () => {
    test('the last millisecond still counts', async () => {
      const { claim, asking } = await waitingDeal(world, CHANNEL, 'last-millisecond');
      const { answerDueAt } = await referralOf(world, claim);
      expect(answerDueAt).toEqual(new Date('2026-12-07T23:59:59.999Z'));
      const view = await kim.press(asking, 'Answer');
      world.clock.set(new Date('2026-12-07T23:59:59.999Z'));
      await world.app.sweep();
      expect(textOf(await kim.press(view, 'Take it'))).toContain('You took the deal.');
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'taken' });
      await world.app.drain();
      world.connector.takePosts();
    });

    test('a millisecond later nobody can answer, before the sweep has come by and after', async () => {
      const { claim, asking, partner } = await waitingDeal(world, CHANNEL, 'too-late');
      const { answerDueAt } = await referralOf(world, claim);
      const view = await kim.press(asking, 'Answer');
      const declining = await kim.press(view, 'Decline');
      await world.app.drain();
      world.clock.set(new Date((answerDueAt?.getTime() ?? 0) + 1));
      for (const press of [
        () => kim.press(view, 'Take it'),
        () => kim.press(declining, 'Decline the deal', { reason: 'noSeller' }),
        () => kim.press(declining, 'Decline the deal'),
        () => kim.press(view, 'Decline'),
        () => kim.press(view, 'Refresh'),
      ]) {
        const card = await unmoved(press);
        expect(buttonsOf(card)).toEqual(['Refresh']);
      }
      expect(textOf(await kim.press(view, 'Take it'))).toContain('No seller answered in time');
      await world.app.sweep();
      expect(await referralOf(world, claim)).toMatchObject({ coSell: 'expired', answeredById: null });
      expect(heard(partner)).toEqual([`No seller answered in time: Claim ${claim}`]);
      const [card] = dealsIn(world, CHANNEL, claim);
      expect(textOf(card as SeenCard)).toContain('No seller answered in time');
      expect(buttonsOf(card as SeenCard)).toEqual(['Open']);
      expect(textOf(card as SeenCard)).not.toMatch(/whoever takes the deal|Contact at the customer/);
      expect(textOf(await unmoved(() => kim.press(view, 'Take it')))).toMatch(
        /No seller answered in time \(.*\)\. Nothing was changed\./,
      );
      await world.app.sweep();
      expect(heard(partner)).toEqual([]);
      world.connector.takePosts();
    });
  });
});
