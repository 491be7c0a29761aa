import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askFor, decideOn, rolesOf, WHY } from '../support/access.ts';
import { lintCard } from '../support/card-linter.ts';
import { buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, readIn, reviewer, setUp, someone } from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { AMSTERDAM, SERVER, startWorld, type World } from '../support/world.ts';

const ACCESS = channelNamed('access');
const UTRECHT = '00000000-0000-4000-8000-000000000311';

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

  const newbie = (name = 'Nina Newbie') => someone(world, name, []);

  describe('R3: from hello to the first claim', () => {
    test('hello offers access; asked, posted, given by a program admin in the channel, heard, and worked with at once', async () => {
      const nina = await newbie();
      const hello = await nina.say('hello');
      expect(textOf(hello)).toContain('You hold no Incentives role yet');
      const form = await nina.press(hello, 'Request access');
      expect(textOf(form)).toContain('An admin decides. You hear the answer here.');
      expect(lintCard(form)).toEqual([]);
      const sent = await nina.press(form, 'Send request', { role: 'incentivesUser', location: AMSTERDAM, why: WHY });
      expect(textOf(sent)).toContain('Your request was sent');
      await world.app.drain();

      const [post, ...others] = readIn(world, ACCESS);
      expect(others).toEqual([]);
      const text = textOf(post as SeenCard);
      expect(text).toContain('Nina Newbie · Northbridge Cloud (demo)');
      expect(text).toContain('Incentives user · Northbridge Amsterdam');
      expect(text).toContain(WHY);
      expect(buttonsOf(post as SeenCard)).toEqual(['Decide']);
      expect(textOf(await nina.tap('add.start'))).toContain('You need a role first');

      let card = await there.press(post as SeenCard, 'Decide');
      expect(buttonsOf(card)).toEqual(['Give the role', 'Refuse']);
      card = await there.press(card, 'Give the role');
      card = await there.press(card, 'Give it', { comment: 'Welcome.' });
      expect(textOf(card)).toContain('The role was given. The person is told.');

      const heard = await nina.hear();
      expect(textOf(heard)).toContain('You have access');
      expect(textOf(heard)).toContain('Incentives user · Northbridge Amsterdam');
      expect(textOf(heard)).toContain('“Welcome.”');
      expect(textOf(await nina.tap('add.start'))).toContain('What do you want to call it?');
      expect(await rolesOf(world, nina)).toEqual([`incentivesUser:${AMSTERDAM}`]);
      const [edited] = readIn(world, ACCESS);
      expect(textOf(edited as SeenCard)).toMatch(/Given\nby Vera Reviewer, 23 Nov 2026/);
      expect(buttonsOf(edited as SeenCard)).toEqual([]);
      expect(edited?.refresh).toBeUndefined();
    });

    test('a refusal needs a reason, which the person hears in their language', async () => {
      const nina = await newbie('Nina Nieuw');
      const dutch = also(world, nina, { name: 'Nina Nieuw', locale: 'nl-NL' });
      await dutch.press(await dutch.tap('access.start'), 'Verzoek versturen', { role: 'seller', why: 'Graag.' });
      await world.app.drain();
      readIn(world, ACCESS);
      const { id: request } = await world.database.prisma.accessRequest.findFirstOrThrow({ where: { why: 'Graag.' } });
      for (const [comment, words] of [
        ['', 'Fill this in.'],
        [' \n ', 'Fill this in.'],
        ['c'.repeat(5_000), 'Use at most 500 characters; this has 5,000.'],
      ] as const) {
        const form = await vera.tap('access.ask', { request, what: 'refuse' });
        const answered = await unmoved(() => vera.press(form, 'Refuse it', { comment }));
        expect(textOf(answered)).toContain(words);
        expect(inputsOf(answered).get('comment')?.value ?? '').toBe(comment);
      }
      await decide(vera, request, 'refuse', 'Eerst overleggen.');
      const heard = await nina.hear();
      expect(heard.lang).toBe('nl');
      expect(textOf(heard)).toContain('Eerst overleggen.');
      expect(textOf(heard)).toContain('Verkoper');
      expect(await rolesOf(world, nina)).toEqual([]);
      readIn(world, ACCESS);
    });
  });

  describe('R3: a request', () => {
    test('is seen in its channel by everybody there, without buttons that decide, and nowhere else', async () => {
      const nina = await newbie();
      const reader = await newbie('Rik Reader');
      const { request, posts } = await ask(nina, 'incentivesUser', AMSTERDAM);
      const here = also(world, reader, { name: 'Rik Reader', channel: ACCESS });
      const card = await unmoved(() => here.press(posts[0] as SeenCard, 'Decide'));
      expect(textOf(card)).toContain('This is not yours to decide.');
      expect(buttonsOf(card)).toEqual([]);
      const elsewhere = also(world, reader, { name: 'Rik Reader', channel: channelNamed('elsewhere') });
      for (const place of [reader, elsewhere]) {
        const answered = await unmoved(() => place.tap('access.show', { request }));
        expect(textOf(answered)).toContain('Only admins can decide');
        expect(textOf(answered)).not.toContain('Nina');
      }
      expect(posts[0]?.refresh).toMatchObject({ action: { verb: 'access.show' } });
      const { userIds } = (posts[0]?.refresh ?? {}) as { userIds?: readonly string[] };
      expect(userIds).toContain(`29:${vera.objectId}`);
      expect(userIds).not.toContain(`29:${nina.objectId}`);
      await decide(vera, request, 'refuse');
      await nina.hear();
      readIn(world, ACCESS);
    });

    test('made twice is one; for a role that is held none is made', async () => {
      const nina = await newbie();
      const { request } = await ask(nina, 'incentivesUser', AMSTERDAM);
      const form = await nina.tap('access.start');
      expect(textOf(form)).toContain('You have asked for this already; it is not decided yet:');
      const again = await unmoved(() =>
        nina.press(form, 'Send request', { role: 'incentivesUser', location: AMSTERDAM, why: 'Please.' }),
      );
      expect(textOf(again)).toContain('You have asked for this role already');
      expect(inputsOf(again).get('why')?.value).toBe('Please.');
      await decide(vera, request, 'grant');
      await nina.hear();
      const held = await unmoved(async () =>
        nina.press(await nina.tap('access.start'), 'Send request', {
          role: 'incentivesUser',
          location: AMSTERDAM,
          why: WHY,
        }),
      );
      expect(textOf(held)).toContain('You hold this role already.');
      readIn(world, ACCESS);
    });

    test('sent by the same button twice is one', async () => {
      const nina = await newbie();
      const data = dataFor(await nina.tap('access.start'), 'Send request', { role: 'seller', why: WHY });
      const said = await Promise.all([1, 2, 3].map(() => nina.tap('access.send', data).then(textOf)));
      for (const text of said) expect(text).toContain('Your request was sent');
      await world.app.drain();
      expect(readIn(world, ACCESS)).toHaveLength(1);
      const form = await nina.tap('access.start');
      await nina.press(form, 'Withdraw request 1');
      await world.app.drain();
      readIn(world, ACCESS);
    });

    test.each<[string, Readonly<Record<string, string>>, string]>([
      ['without a role', { role: '' }, 'Choose one from the list.'],
      ['without a reason', { why: '' }, 'Fill this in.'],
      ['with a blank reason', { why: ' \n\u200B' }, 'Fill this in.'],
      ['with a reason of 5,000 characters', { why: 'w'.repeat(5_000) }, 'Use at most 500 characters; this has 5,000.'],
    ])('%s is not sent, and what was typed stays', async (_what, typed, words) => {
      const nina = await newbie();
      const form = await nina.tap('access.start');
      const sent = { role: 'incentivesUser', location: AMSTERDAM, why: WHY, ...typed };
      const answered = await unmoved(() => nina.press(form, 'Send request', sent));
      expect(textOf(answered)).toContain(words);
      expect(inputsOf(answered).get('why')?.value ?? '').toBe(sent.why);
      expect(inputsOf(answered).get('location')?.value).toBe(AMSTERDAM);
    });

    test.each([
      ['a role that does not exist', 'root', AMSTERDAM],
      ['a role that every object has', 'constructor', AMSTERDAM],
      ['a location of another organisation', 'incentivesUser', UTRECHT],
      ['a location that does not exist', 'incentivesUser', '00000000-0000-4000-8000-00000000dead'],
      ['a location that is no id', 'incentivesUser', "' OR 1=1 --"],
    ])('for %s, put in by hand, is refused', async (_what, role, location) => {
      const nina = await newbie();
      const form = await nina.tap('access.start');
      const id = (field: string) => inputsOf(form).get(field)?.id ?? '';
      const data = { ...dataFor(form, 'Send request', { why: WHY }), [id('role')]: role, [id('location')]: location };
      const answered = await unmoved(() => nina.tap('access.send', data));
      expect(textOf(answered)).toContain('Choose one from the list.');
    });

    test('withdrawn is not decided any more; decided, it cannot be withdrawn', async () => {
      const nina = await newbie();
      const first = await ask(nina, 'incentivesUser', AMSTERDAM);
      const open = await vera.tap('access.ask', { request: first.request, what: 'grant' });
      const withdrawn = await nina.press(await nina.tap('access.start'), 'Withdraw request 1');
      expect(textOf(withdrawn)).toContain('Request withdrawn');
      await world.app.drain();
      expect(readIn(world, ACCESS).map(textOf)).toEqual([expect.stringContaining('Withdrawn by the person')]);
      const late = await unmoved(() => vera.press(open, 'Give it'));
      expect(textOf(late)).toContain('Nothing was changed');
      expect(await rolesOf(world, nina)).toEqual([]);

      const second = await ask(nina, 'incentivesUser', AMSTERDAM);
      await decide(vera, second.request, 'refuse');
      await nina.hear();
      readIn(world, ACCESS);
      const gone = await unmoved(() => nina.tap('access.withdraw', { request: second.request }));
      expect(textOf(gone)).toContain('It was decided meanwhile');
      const other = await newbie('Otto Other');
      const third = await ask(nina, 'seller');
      expect(textOf(await unmoved(() => other.tap('access.withdraw', { request: third.request })))).toContain(
        'not open any more',
      );
      await decide(vera, third.request, 'refuse');
      await nina.hear();
      readIn(world, ACCESS);
    });

    test('decided by two admins at once is decided once, and heard once', async () => {
      const willem = await reviewer(world, 'Willem Reviewer');
      const nina = await newbie();
      const { request } = await ask(nina, 'incentivesUser', AMSTERDAM);
      const yes = await vera.tap('access.ask', { request, what: 'grant' });
      const no = await willem.tap('access.ask', { request, what: 'refuse' });
      const said = await Promise.all([
        vera.press(yes, 'Give it').then(textOf),
        willem.press(no, 'Refuse it', { comment: 'Not now.' }).then(textOf),
      ]);
      await world.app.drain();
      expect(said.filter((text) => text.includes('it was decided already'))).toHaveLength(1);
      expect(world.connector.takePosts(nina.conversationId)).toHaveLength(1);
      const granted = (await rolesOf(world, nina)).length === 1;
      expect(said[granted ? 0 : 1]).toContain('The person is told.');
      readIn(world, ACCESS);
    });
  });

  test('R3: without a channel program admins decide in person', async () => {
    await there.press(await there.tap('channel.askRemove'), 'Stop posting here');
    const nina = await newbie();
    await nina.press(await nina.tap('access.start'), 'Send request', { role: 'incentivesUser', why: WHY });
    const card = await vera.hear();
    expect(textOf(card)).toContain('so this comes to you.');
    await vera.press(await vera.press(card, 'Give the role'), 'Give it');
    expect(textOf(await nina.hear())).toContain('You have access');
    await setUp(world, there, { duties: 'access' });
    expect(readIn(world, ACCESS).map(textOf).join()).not.toContain('[Decide]');
    world.connector.takePosts();
  });
});
