import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { buttonsOf, dataFor, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, reviewer, setUp, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { AMSTERDAM, SERVER, startWorld, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let ines: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    ines = await someone(world, 'Ines Admin', [{ role: 'incentivesAdmin' }]);
  }, 120_000);
  afterAll(() => world?.stop());

  let count = 0;
  /** A person in a new channel. */
  const inChannel = (person: Person, name: string, channel = channelNamed(`set-up-${++count}`)) =>
    also(world, person, { name, channel });

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  const duties = async () =>
    (await world.database.prisma.channelDuty.findMany({ orderBy: [{ duty: 'asc' }, { scope: 'asc' }] })).map(
      ({ duty, scope, conversationId }) => ({ duty, scope, conversationId }),
    );

  const organisationOf = async (name: string) =>
    (await world.database.prisma.organisation.findFirstOrThrow({ where: { name: { startsWith: name } } })).id;

  test('R31: a program admin sets a channel up by saying so in it; what was chosen is shown when it is asked again', async () => {
    const there = inChannel(vera, 'Vera Reviewer');
    const form = await there.say('set up this channel');
    expect(textOf(form)).toContain('This channel is not set up for anything yet.');
    expect(
      inputsOf(form)
        .get('duties')
        ?.choices?.map(({ value }) => value),
    ).toEqual(['reviews', 'access', 'sellers']);
    expect(inputsOf(form).get('duties')?.value).toBe('reviews,access');
    expect(textOf(form)).toContain('( ) Every organisation\n( ) Only Programme Office (demo)');
    expect(lintCard(form)).toEqual([]);

    const card = await there.press(form, 'Set up', { duties: 'reviews', scope: '*', language: 'nl' });

    expect(textOf(card)).toContain('This channel is set up.');
    expect(textOf(card)).toContain('Reviews of submitted claims · for every organisation · Dutch');
    await world.app.drain();
    const again = await there.say('set up this channel');
    expect(textOf(again)).toContain('Set up for\nReviews of submitted claims · for every organisation · Dutch');
    const fields = inputsOf(again);
    expect(['duties', 'scope', 'language'].map((field) => fields.get(field)?.value)).toEqual(['reviews', '*', 'nl']);
    expect(buttonsOf(again)).toEqual(['Set up', 'Reminders and notices of claims', 'Stop posting']);
  });

  test('R31: what was chosen is changed, and removed after a question', async () => {
    const there = inChannel(vera, 'Vera Reviewer');
    await setUp(world, there);
    const changed = await setUp(world, there, { duties: 'access', language: 'en' });
    expect(textOf(changed)).not.toContain('Reviews of submitted claims');
    expect(await duties()).toEqual([{ duty: 'access', scope: '*', conversationId: there.conversationId }]);

    const ask = await there.press(changed, 'Stop posting');
    expect(textOf(ask)).toContain('Stop posting here?');
    const kept = await unmoved(() => there.press(ask, 'Keep it'));
    expect(textOf(kept)).toContain('Access requests · for every organisation · English');
    const removed = await there.press(ask, 'Stop posting here');
    expect(textOf(removed)).toContain('Nothing is posted here any more');
    expect(await duties()).toEqual([]);
    expect(textOf(await there.tap('channel.setUp'))).toContain('This channel is not set up for anything yet.');
    expect(textOf(await unmoved(() => there.tap('channel.remove', { command: randomUUID() })))).toContain(
      'Nothing was changed',
    );
  });

  test('R31: another channel takes a duty over, and says what is no longer posted elsewhere', async () => {
    const first = inChannel(vera, 'Vera Reviewer');
    const second = inChannel(vera, 'Vera Reviewer');
    await setUp(world, first);
    const card = await setUp(world, second, { duties: 'reviews' });
    expect(textOf(card)).toContain(
      'Posted here from now on, and no longer in another channel: Reviews of submitted claims.',
    );
    expect(await duties()).toEqual([
      { duty: 'access', scope: '*', conversationId: first.conversationId },
      { duty: 'reviews', scope: '*', conversationId: second.conversationId },
    ]);
    const left = textOf(await first.tap('channel.setUp'));
    expect(left).toContain('Access requests · for every organisation');
    expect(left).not.toContain('Reviews of submitted claims ·');
  });

  test('R31: in the personal chat it is said where to say it', async () => {
    expect(textOf(await unmoved(() => vera.say('set up this channel')))).toContain('In a channel, please');
    const data = { command: randomUUID(), 'duties~1': 'reviews', 'scope~1': '*', 'language~1': 'en' };
    expect(textOf(await unmoved(() => vera.tap('channel.save', data)))).toContain('In a channel, please');
  });

  test.each([
    ['a seller', [{ role: 'seller' }]],
    ['an incentives user', [{ role: 'incentivesUser' }]],
    ['a referrals admin', [{ role: 'referralsAdmin' }]],
    ['somebody without a role', []],
  ])('R31: %s sets up nothing, by words or by hand', async (_what, roles) => {
    const there = inChannel(await someone(world, 'Otto Other', roles), 'Otto Other');
    await there.tap('help.show');
    const data = { command: randomUUID(), 'duties~1': 'reviews,access', 'scope~1': '*', 'language~1': 'en' };
    expect(textOf(await unmoved(() => there.say('set up this channel')))).toContain('Only admins set up channels');
    for (const [verb, brought] of [
      ['channel.setUp', {}],
      ['channel.save', data],
      ['channel.askRemove', {}],
      ['channel.remove', { command: randomUUID() }],
    ] as const) {
      const answered = await unmoved(() => there.tap(verb, brought));
      expect(textOf(answered)).toContain('Only admins set up channels');
    }
  });

  test('R31: an incentives admin of one location gives no channel a duty, and has it hear of their claims alone', async () => {
    const ida = await someone(world, 'Ida Admin', [{ role: 'incentivesAdmin', scope: AMSTERDAM }]);
    const there = inChannel(ida, 'Ida Admin');
    const data = { command: randomUUID(), 'duties~1': 'reviews,access', 'scope~1': '*', 'language~1': 'en' };
    for (const [verb, brought] of [
      ['channel.save', data],
      ['channel.remove', { command: randomUUID() }],
    ] as const) {
      expect(textOf(await unmoved(() => there.tap(verb, brought)))).toContain('Only admins set up channels');
    }
    const form = await there.say('set up this channel');
    expect(textOf(form)).toContain('Reminders and notices of claims');
    expect(inputsOf(form).get('locations')?.value).toBe(AMSTERDAM);
  });

  describe('R31: an incentives admin', () => {
    test('sets a channel up for access and sellers of their own organisation, and for nothing else', async () => {
      const there = inChannel(ines, 'Ines Admin');
      const form = await there.say('set up this channel');
      expect(
        inputsOf(form)
          .get('duties')
          ?.choices?.map(({ value }) => value),
      ).toEqual(['access', 'sellers']);
      expect(textOf(form)).toContain('Only Northbridge Cloud (demo)');
      expect(textOf(form)).not.toContain('Every organisation');
      const own = await organisationOf('Northbridge');
      const card = await there.press(form, 'Set up');
      expect(textOf(card)).toContain('Access requests · for Northbridge Cloud (demo) · English');
      expect(await duties()).toContainEqual({ duty: 'access', scope: own, conversationId: there.conversationId });
    });

    test('is refused for reviews, for everybody, and for another organisation, put in by hand', async () => {
      const there = inChannel(ines, 'Ines Admin');
      const form = await there.tap('channel.setUp');
      const own = await organisationOf('Northbridge');
      const other = await organisationOf('Tailspin');
      for (const [chosen, scope] of [
        ['reviews', own],
        ['reviews,access', own],
        ['access', '*'],
        ['reviews', '*'],
        ['access', other],
        ['access', ''],
        ['', own],
        ['nonsense', own],
      ] as const) {
        const id = (field: string) => inputsOf(form).get(field)?.id ?? '';
        const data = {
          ...dataFor(form, 'Set up'),
          command: randomUUID(),
          [id('duties')]: chosen,
          [id('scope')]: scope,
        };
        const answered = await unmoved(() => there.tap('channel.save', data));
        expect(textOf(answered)).toContain('One field needs your attention. Nothing was lost.');
      }
    });

    test('sees what others set up there, and cannot take it away', async () => {
      const channel = channelNamed('shared-duties');
      const hers = inChannel(ines, 'Ines Admin', channel);
      await setUp(world, inChannel(vera, 'Vera Reviewer', channel));
      const form = await hers.say('set up this channel');
      expect(textOf(form)).toContain('Set up by others, and not yours to change');
      expect(textOf(form)).toContain('Reviews of submitted claims · for every organisation');
      expect(buttonsOf(form)).toEqual(['Set up', 'Reminders and notices of claims']);
      const both = await hers.press(form, 'Set up');
      expect(textOf(both)).toContain('Access requests · for Northbridge Cloud (demo)');
      await hers.press(await hers.press(both, 'Stop posting'), 'Stop posting here');
      expect(await duties()).toEqual([
        { duty: 'access', scope: '*', conversationId: channel.id },
        { duty: 'reviews', scope: '*', conversationId: channel.id },
      ]);
      expect(textOf(await unmoved(() => hers.tap('channel.remove', { command: randomUUID() })))).toContain(
        'Only admins set up channels',
      );
    });
  });

  test('R31: whose role was removed while the form stood open sets up nothing', async () => {
    const leaver = await reviewer(world, 'Fem Leaver');
    const there = inChannel(leaver, 'Fem Leaver');
    const form = await there.tap('channel.setUp');
    await world.app.drain();
    await world.database.prisma.roleGrant.deleteMany({ where: { person: { objectId: leaver.objectId } } });
    expect(textOf(await unmoved(() => there.press(form, 'Set up')))).toContain('Only admins set up channels');
  });

  test('R33: who set a channel up, for what, is on the record', async () => {
    const there = inChannel(vera, 'Vera Reviewer');
    await setUp(world, there);
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    const events = await world.database.prisma.auditEvent.findMany({
      where: { chain: `channel:${there.conversationId}` },
      orderBy: { sequence: 'asc' },
    });
    expect(events.map(({ what }) => what)).toEqual(['channelSetUp', 'channelRemoved']);
    expect(events[0]?.facts).toMatchObject({ duties: ['reviews:*', 'access:*'], language: 'en' });
  });

  test('a channel that somebody spoke in with a thread is one channel, whichever thread it was', async () => {
    const channel = channelNamed('threads');
    const there = inChannel(vera, 'Vera Reviewer', channel);
    await setUp(world, there, { duties: 'reviews' });
    const elsewhere = personIn(world, vera.objectId, { tenantId: vera.tenantId, name: 'Vera Reviewer', channel });
    const spoken = elsewhere.activity({ type: 'message', text: 'set up this channel' });
    const conversation = { ...(spoken.conversation as object), id: `${channel.id};messageid=77` };
    await elsewhere.post({ ...spoken, conversation });
    await world.app.drain();
    const [post] = world.connector.takePosts(channel.id);
    expect(textOf(post?.activity.attachments?.[0]?.content as SeenCard)).toContain('Reviews of submitted claims ·');
  });
});
