import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askFor, decideOn, rolesOf } from '../support/access.ts';
import { type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, setUp, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { AMSTERDAM, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const ACCESS = channelNamed('access');
const BRUSSELS = '00000000-0000-4000-8000-000000000303';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let there: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    there = also(world, vera, { name: 'Vera Reviewer', channel: ACCESS });
    await setUp(world, there, { duties: 'access' });
  }, 120_000);
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  const ask = (person: Person, role: string, location?: string) => askFor(world, ACCESS, person, role, location);
  const decide = (decider: Person, request: string, what: 'grant' | 'refuse', comment?: string) =>
    decideOn(world, decider, request, what, comment);

  const newbie = () => someone(world, 'Nina Newbie', []);

  describe('R3: an incentives admin', () => {
    test('decides for the locations their own role reaches, of their own organisation', async () => {
      const brussels = await someone(world, 'Ines Brussels', [{ role: 'incentivesAdmin', scope: BRUSSELS }]);
      const nina = await newbie();
      for (const role of ['incentivesUser', 'referralsAdmin', 'incentivesAdmin']) {
        const { request } = await ask(nina, role, BRUSSELS);
        expect(textOf(await decide(brussels, request, 'grant'))).toContain('The role was given.');
        await nina.hear();
        readIn(world, ACCESS);
      }
      expect(await rolesOf(world, nina)).toEqual([
        `incentivesAdmin:${BRUSSELS}`,
        `incentivesUser:${BRUSSELS}`,
        `referralsAdmin:${BRUSSELS}`,
      ]);
    });

    test.each([
      ['a seller', 'seller', '*'],
      ['a program admin', 'programAdmin', '*'],
      ['another location', 'incentivesUser', AMSTERDAM],
      ['all locations', 'incentivesUser', '*'],
    ])('does not decide beyond that: %s', async (_what, role, location) => {
      const brussels = await someone(world, 'Ines Brussels', [{ role: 'incentivesAdmin', scope: BRUSSELS }]);
      const nina = await newbie();
      const { request } = await ask(nina, role, location);
      for (const what of ['grant', 'refuse'] as const) {
        const command = randomUUID();
        for (const [verb, data] of [
          ['access.show', { request }],
          ['access.ask', { request, what }],
          ['access.decide', { request, what, command, 'comment~1': 'No.' }],
        ] as const) {
          const answered = await unmoved(() => brussels.tap(verb, data));
          expect(textOf(answered)).toContain('Only admins can decide');
          expect(textOf(answered)).not.toContain('Nina');
        }
      }
      expect(textOf(await decide(vera, request, 'grant'))).toContain('The role was given.');
      await nina.hear();
      readIn(world, ACCESS);
    });

    test('of all locations gives no seller and no program admin either', async () => {
      const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
      const nina = await newbie();
      for (const role of ['seller', 'programAdmin']) {
        const { request } = await ask(nina, role);
        const data = { request, what: 'grant', command: randomUUID() };
        expect(textOf(await unmoved(() => ines.tap('access.decide', data)))).toContain('Only admins can decide');
        await decide(vera, request, 'refuse');
        await nina.hear();
        readIn(world, ACCESS);
      }
    });

    test('does not decide what they ask for themselves, and neither does a program admin', async () => {
      const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin', scope: BRUSSELS }]);
      const paula = await reviewer(world, 'Paula Programme');
      for (const [person, role, location] of [
        [ines, 'incentivesUser', BRUSSELS],
        [paula, 'seller', '*'],
      ] as const) {
        const { request } = await ask(person, role, location);
        const data = { request, what: 'grant', command: randomUUID() };
        expect(textOf(await unmoved(() => person.tap('access.decide', data)))).toContain('Only admins can decide');
        await decide(vera, request, 'refuse');
        await person.hear();
        readIn(world, ACCESS);
      }
    });

    test('of another organisation sees and decides nothing', async () => {
      const lee = await someone(world, 'Lia Tailspin', [{ role: 'incentivesAdmin' }], TAILSPIN);
      const nina = await newbie();
      const { request } = await ask(nina, 'incentivesUser');
      expect(textOf(await unmoved(() => lee.tap('access.show', { request })))).not.toContain('Nina');
      const data = { request, what: 'grant', command: randomUUID() };
      expect(textOf(await unmoved(() => lee.tap('access.decide', data)))).toContain('Only admins can decide');
      expect(textOf(await unmoved(() => lee.tap('access.show', { request: randomUUID() })))).toContain('Only admins');
      await decide(vera, request, 'refuse');
      await nina.hear();
      readIn(world, ACCESS);
    });

    test('whose role was removed a second ago decides nothing', async () => {
      const ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
      const nina = await newbie();
      const { request } = await ask(nina, 'incentivesUser');
      const card = await ines.tap('access.ask', { request, what: 'grant' });
      await world.app.drain();
      await world.database.prisma.roleGrant.deleteMany({ where: { person: { objectId: ines.objectId } } });
      expect(textOf(await unmoved(() => ines.press(card, 'Give it')))).toContain('Only admins can decide');
      await decide(vera, request, 'refuse');
      await nina.hear();
      readIn(world, ACCESS);
    });
  });
});
