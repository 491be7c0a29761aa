import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { subscribe } from '../support/hearing.ts';
import { dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, reviewer, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { AMSTERDAM, SERVER, startWorld, type World } from '../support/world.ts';

const ONLY_ADMINS = 'Only admins set up channels';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let ines: Person;
  let ida: Person;
  let rotterdam: string;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
    ida = await someone(world, 'Ida Admin', [{ role: 'incentivesAdmin', scope: AMSTERDAM }]);
    const where = { name: { startsWith: 'Northbridge Rotterdam' } };
    rotterdam = (await world.database.prisma.location.findFirstOrThrow({ where })).id;
  }, 120_000);
  afterAll(() => world?.stop());

  let count = 0;
  const inChannel = (person: Person, name: string, channel = channelNamed(`refused-${++count}`)) =>
    also(world, person, { name, channel });
  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  /** What a client would send with the form, some fields changed by hand. */
  const brought = (form: SeenCard, typed: Readonly<Record<string, string>>): Record<string, unknown> => {
    const data = dataFor(form, 'Save');
    for (const [field, value] of Object.entries(typed)) {
      const id = inputsOf(form).get(field)?.id ?? `${field}~1`;
      if (value === '') delete data[id];
      else data[id] = value;
    }
    return { ...data, command: randomUUID() };
  };
  const scopeOf = async (name: string) =>
    (await world.database.prisma.organisation.findFirstOrThrow({ where: { name: { startsWith: name } } })).id;

  describe('R31: who has a channel hear of claims', () => {
    test('a program admin chooses between every organisation and their own', async () => {
      const form = await inChannel(vera, 'Vera Reviewer').tap('channel.claims');
      expect(
        inputsOf(form)
          .get('scope')
          ?.choices?.map(({ title }) => title),
      ).toEqual(['Every organisation', 'Only Programme Office (demo)']);
    });

    test('an incentives admin of all locations has it hear of their own organisation, from all locations or some', async () => {
      const there = inChannel(ines, 'Ines Admin');
      const form = await there.tap('channel.claims');
      expect(
        inputsOf(form)
          .get('scope')
          ?.choices?.map(({ title }) => title),
      ).toEqual(['Only Northbridge Cloud (demo)']);
      expect(inputsOf(form).get('locations')?.choices).toHaveLength(6);
      expect(textOf(await subscribe(world, there))).toContain('for Northbridge Cloud (demo)');
      expect(textOf(await subscribe(world, there, { locations: AMSTERDAM }))).toContain('Northbridge Amsterdam');
    });

    test('an incentives admin of one location has it hear of that one, which is chosen already', async () => {
      const there = inChannel(ida, 'Ida Admin');
      const form = await there.tap('channel.claims');
      const { choices, value } = inputsOf(form).get('locations') ?? {};
      expect([choices?.length, value]).toEqual([1, AMSTERDAM]);
      expect(textOf(await subscribe(world, there))).toContain('Northbridge Amsterdam');
    });

    test.each([
      ['a seller', [{ role: 'seller' }]],
      ['an incentives user', [{ role: 'incentivesUser' }]],
      ['a referrals admin', [{ role: 'referralsAdmin' }]],
      ['somebody without a role', []],
    ])('%s is refused, by the button and by hand', async (_what, roles) => {
      const there = inChannel(await someone(world, 'Otto Other', roles), 'Otto Other');
      await there.tap('help.show');
      const form = await inChannel(ines, 'Ines Admin').tap('channel.claims');
      for (const [verb, data] of [
        ['channel.claims', {}],
        ['channel.subscribe', brought(form, {})],
        ['channel.askRemove', {}],
        ['channel.remove', { command: randomUUID() }],
        ['channel.test', {}],
      ] as const) {
        expect(textOf(await unmoved(() => there.tap(verb, data)))).toContain(ONLY_ADMINS);
      }
    });

    test('nobody in their own chat', async () => {
      const form = await inChannel(ines, 'Ines Admin').tap('channel.claims');
      for (const [verb, data] of [
        ['channel.claims', {}],
        ['channel.subscribe', brought(form, {})],
      ] as const) {
        expect(textOf(await unmoved(() => ines.tap(verb, data)))).toContain('In a channel, please');
      }
    });

    test('an admin does not reach beyond their role by hand', async () => {
      const [northbridge, tailspin] = await Promise.all(['Northbridge', 'Tailspin'].map(scopeOf));
      const utrecht = await world.database.prisma.location.findFirstOrThrow({ where: { name: 'Tailspin Utrecht' } });
      const theirs = await inChannel(ida, 'Ida Admin').tap('channel.claims');
      const hers = await inChannel(ines, 'Ines Admin').tap('channel.claims');
      for (const [person, form, typed] of [
        [ida, theirs, { locations: '' }],
        [ida, theirs, { locations: rotterdam }],
        [ida, theirs, { locations: `${AMSTERDAM},${rotterdam}` }],
        [ida, theirs, { scope: '*' }],
        [ines, hers, { scope: '*' }],
        [ines, hers, { scope: tailspin ?? '' }],
        [ines, hers, { scope: '' }],
        [ines, hers, { scope: northbridge ?? '', locations: utrecht.id }],
        [ines, hers, { scope: northbridge ?? '', locations: utrecht.partnerId }],
      ] as const) {
        const there = inChannel(person, person === ida ? 'Ida Admin' : 'Ines Admin');
        const answered = await unmoved(() => there.tap('channel.subscribe', brought(form, typed)));
        expect(textOf(answered)).toMatch(/One field needs your attention|Only admins/);
      }
    });

    test('whose role was removed while the form stood open changes nothing', async () => {
      const leaver = await someone(world, 'Fem Leaver', [{ role: 'incentivesAdmin' }]);
      const there = inChannel(leaver, 'Fem Leaver');
      const form = await there.tap('channel.claims');
      await world.app.drain();
      await world.database.prisma.roleGrant.deleteMany({ where: { person: { objectId: leaver.objectId } } });
      expect(textOf(await unmoved(() => there.press(form, 'Save')))).toContain(ONLY_ADMINS);
    });

    test('what a program admin chose for all is not an incentives admin’s to change or to end', async () => {
      const channel = channelNamed('of-the-programme');
      await subscribe(world, inChannel(vera, 'Vera Reviewer', channel));
      const hers = inChannel(ines, 'Ines Admin', channel);
      const own = { scope: await scopeOf('Northbridge') };
      const form = await hers.tap('channel.claims');
      expect(textOf(await unmoved(() => hers.tap('channel.subscribe', brought(form, own))))).toContain(ONLY_ADMINS);
      const answered = await unmoved(() => hers.tap('channel.remove', { command: randomUUID() }));
      expect(textOf(answered)).toContain(ONLY_ADMINS);
    });
  });

  describe('R31: what cannot be is said under its field, everything else stays, and nothing changes', () => {
    const GOOD = {
      ...{ topics: 'consent,review', engagements: 'sec-usage-identities', language: 'nl', digest: '16:30' },
      ...{ zone: 'America/New_York', quietFrom: '22:00', quietUntil: '06:15', expired: 'digest' },
    };

    test.each([
      ['no topic', { topics: '' }, 'topics', /Choose/],
      ['a topic that there is not', { topics: 'payouts' }, 'topics', /Choose/],
      ['no language', { language: '' }, 'language', /Choose/],
      ['a language that there is not', { language: 'fr' }, 'language', /Choose/],
      ['no zone', { zone: '' }, 'zone', /zone/],
      ['a zone that there is not', { zone: 'Europe/Nowhere' }, 'zone', /zone/],
      ['an offset for a zone', { zone: '+02:00' }, 'zone', /zone/],
      ['no time', { digest: '' }, 'digest', /time/i],
      ['a time that there is not', { digest: '25:00' }, 'digest', /time/i],
      ['words for a time', { digest: 'at nine' }, 'digest', /time/i],
      ['quiet hours without an end', { quietUntil: '' }, 'quietUntil', /quiet|both/i],
      ['quiet hours without a beginning', { quietFrom: '' }, 'quietFrom', /quiet|both/i],
      ['quiet hours that end at no time', { quietUntil: '7 o’clock' }, 'quietUntil', /time/i],
      ['quiet hours that begin at no time', { quietFrom: '99:99' }, 'quietFrom', /time/i],
      ['a whole day of quiet', { quietUntil: '22:00' }, 'quietUntil', /day/i],
      ['a PartnerID that nobody knows', { locations: '99999999' }, 'locations', /99999999/],
      ['another organisation’s PartnerID', { locations: '90000201' }, 'locations', /90000201/],
      ['an engagement that there is not', { engagements: 'no-such-one' }, 'engagements', /no-such-one/],
    ])('%s', async (_what, typed, field, words) => {
      const there = inChannel(ines, 'Ines Admin');
      await subscribe(world, there);
      const form = await there.tap('channel.claims');

      const answered = await unmoved(() => there.tap('channel.subscribe', brought(form, { ...GOOD, ...typed })));

      expect(textOf(answered)).toContain('One field needs your attention. Nothing was lost.');
      expect(lintCard(answered)).toEqual([]);
      const fields = inputsOf(answered);
      const others = Object.entries(GOOD).filter(([other]) => other !== field);
      expect(others.map(([other]) => [other, fields.get(other)?.value])).toEqual(others);
      // The fault stands right below the field's own input.
      const after = JSON.stringify(answered).split(`"${fields.get(field)?.id}"`)[1] ?? '';
      const fault = after.split('"Input.')[0] ?? '';
      expect(fault).toMatch(/"Attention"/);
      expect(textOf(answered)).toMatch(words);
    });

    test('several at once are said at once', async () => {
      const there = inChannel(ines, 'Ines Admin');
      const form = await there.tap('channel.claims');
      const typed = { topics: '', zone: 'nowhere', digest: '', quietFrom: '22:00' };
      const answered = await unmoved(() => there.tap('channel.subscribe', brought(form, typed)));
      expect(textOf(answered)).toContain('4 fields need your attention. Nothing was lost.');
    });
  });
});
