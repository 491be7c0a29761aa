import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { rolesOf } from '../support/access.ts';
import { lintCard } from '../support/card-linter.ts';
import { buttonsOf, dataFor, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { personIdOf, reviewer, someone } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { AMSTERDAM, ROBIN, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

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

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  const grantOf = async (person: Person, role: string, scope = '*') => ({
    person: await personIdOf(world, person),
    role,
    scope,
  });

  /** Everybody on the list, page by page. */
  const everyone = async (person: Person): Promise<string> => {
    let card = await person.tap('people.list', { page: 1 });
    let text = textOf(card);
    while (buttonsOf(card).includes('Next')) {
      card = await person.press(card, 'Next');
      text += textOf(card);
    }
    return text;
  };

  test('R3: “people” tells a program admin who holds which role anywhere, and finds them by name', async () => {
    const card = await vera.say('people');
    expect(textOf(card)).toMatch(/\d+ people hold a role · Page 1 of \d+/);
    expect(lintCard(card)).toEqual([]);
    const all = await everyone(vera);
    for (const name of ['Robin Demo', 'Lee Tailspin', 'Pat Programme', 'Ines Admin']) expect(all).toContain(name);
    expect(all).not.toContain('Sam Norole');
    const found = await vera.press(card, 'Search', { find: 'tailspin LEE' });
    expect(textOf(found)).toContain('One person holds a role');
    expect(textOf(found)).toContain('Lee Tailspin · Tailspin Services (demo)');
    for (const find of ['nobody of that name', '%', "' OR 1=1 --", '_']) {
      expect(textOf(await vera.press(card, 'Search', { find }))).toContain('Nobody of that name holds a role.');
    }
    expect(textOf(await vera.tap('people.list', { page: 1_000_000 }))).toMatch(/Page (\d+) of \1/);
  });

  test('R3: an incentives admin sees their own organisation’s roles, and nothing of another’s', async () => {
    const lia = await someone(world, 'Lia Tailspin', [{ role: 'incentivesUser' }], TAILSPIN);
    const all = await everyone(ines);
    expect(all).toContain('Robin Demo');
    expect(all).toContain('Noor Stand-In');
    expect(all).not.toMatch(/Tailspin|Pat Programme|Vera Reviewer/);
    const listed = await ines.tap('people.list', { page: 1 });
    expect(textOf(await ines.press(listed, 'Search', { find: 'Lia' }))).toContain('Nobody of that name holds a role.');

    const theirs = await grantOf(lia, 'incentivesUser');
    const gone = textOf(await unmoved(() => ines.tap('people.show', { person: theirs.person })));
    expect(gone).toContain('Nothing to change');
    expect(textOf(await ines.tap('people.show', { person: randomUUID() }))).toBe(gone);
    for (const [verb, data] of [
      ['people.askRemove', theirs],
      ['people.remove', { ...theirs, command: randomUUID() }],
    ] as const) {
      const answered = await unmoved(() => ines.tap(verb, data));
      expect(textOf(answered)).not.toContain('Lia');
    }
    expect(await rolesOf(world, lia)).toEqual(['incentivesUser:*']);
  });

  test.each([
    ['an incentives user', [{ role: 'incentivesUser' }]],
    ['a seller', [{ role: 'seller' }]],
    ['a referrals admin', [{ role: 'referralsAdmin' }]],
    ['somebody without a role', []],
  ])('R3: %s sees nobody’s roles, and takes none away', async (_what, roles) => {
    const other = await someone(world, 'Otto Other', roles);
    const data = await grantOf(ines, 'incentivesAdmin');
    expect(textOf(await unmoved(() => other.tap('people.list', { page: 1 })))).toContain('Only admins see roles');
    for (const [verb, brought] of [
      ['people.show', { person: data.person }],
      ['people.askRemove', data],
      ['people.remove', { ...data, command: randomUUID() }],
    ] as const) {
      const answered = textOf(await unmoved(() => other.tap(verb, brought)));
      expect(answered).toContain('Nothing to change');
      expect(answered).not.toContain('Ines');
    }
    expect(await rolesOf(world, ines)).toEqual(['incentivesAdmin:*']);
  });

  test('R3: a role is removed after a question; it ends at once, the person hears, and their open cards do nothing', async () => {
    const uma = await someone(world, 'Uma User', [
      { role: 'incentivesUser' },
      { role: 'incentivesUser', scope: AMSTERDAM },
    ]);
    const form = await uma.tap('add.start');
    const person = await personIdOf(world, uma);
    let card = await ines.tap('people.show', { person });
    expect(buttonsOf(card)).toEqual(['Remove 1', 'Remove 2', 'All people']);
    card = await ines.press(card, 'Remove 1');
    expect(textOf(card)).toContain('It ends at once, also for cards that are open. The person is told.');
    const kept = await unmoved(() => ines.press(card, 'Keep it'));
    expect(textOf(kept)).toContain('Incentives user · all locations');

    for (const scope of ['*', AMSTERDAM]) {
      const ask = await ines.tap('people.askRemove', { person, role: 'incentivesUser', scope });
      const removed = await ines.press(ask, 'Remove the role');
      expect(textOf(removed)).toContain('The role was removed. The person is told.');
      expect(textOf(await uma.hear())).toContain('A role of yours was removed');
      const again = await unmoved(() => ines.tap('people.askRemove', { person, role: 'incentivesUser', scope }));
      expect(textOf(again)).toContain('the role was removed already');
    }
    expect(await rolesOf(world, uma)).toEqual([]);
    expect(textOf(await uma.press(form, 'Next', { name: 'Too late' }))).not.toContain('Which of your locations');
    expect(textOf(await uma.tap('claims.list', { page: 1 }))).toContain('You need a role first');
  });

  test('R3: the same button twice removes a role once, and tells once', async () => {
    const uma = await someone(world, 'Uma User', [{ role: 'incentivesUser' }]);
    const ask = await ines.tap('people.askRemove', await grantOf(uma, 'incentivesUser'));
    const data = dataFor(ask, 'Remove the role');
    const said = await Promise.all([1, 2].map(() => ines.tap('people.remove', data).then(textOf)));
    for (const text of said) expect(text).toContain('The role was removed.');
    await world.app.drain();
    expect(world.connector.takePosts(uma.conversationId)).toHaveLength(1);
  });

  test('R3: an incentives admin takes no seller’s, no program admin’s, and no wider role than their own', async () => {
    const amsterdam = await someone(world, 'Ada Amsterdam', [{ role: 'incentivesAdmin', scope: AMSTERDAM }]);
    const uma = await someone(world, 'Uma User', [
      { role: 'incentivesUser' },
      { role: 'incentivesUser', scope: AMSTERDAM },
      { role: 'seller' },
      { role: 'programAdmin' },
    ]);
    const person = await personIdOf(world, uma);
    const shown = await amsterdam.tap('people.show', { person });
    expect(buttonsOf(shown).filter((title) => title.startsWith('Remove'))).toHaveLength(1);
    expect(textOf(shown)).toContain('Incentives user · all locations · not yours to change');
    expect(textOf(shown)).toContain('Program admin · not yours to change');
    for (const role of ['incentivesUser', 'seller', 'programAdmin']) {
      const data = { person, role, scope: '*', command: randomUUID() };
      const answered = await unmoved(() => amsterdam.tap('people.remove', data));
      expect(textOf(answered)).toContain('Nothing was changed: this role is not yours to remove.');
    }
    await vera.tap('people.remove', { person, role: 'programAdmin', scope: '*', command: randomUUID() });
    await uma.hear();
  });

  test('R2: the last program admin stays one, also when two remove each other at once', async () => {
    const { prisma } = world.database;
    const pair = [await reviewer(world, 'Ona One'), await reviewer(world, 'Teo Two')] as const;
    const ids = await Promise.all(pair.map((person) => personIdOf(world, person)));
    const others = await prisma.roleGrant.findMany({ where: { role: 'programAdmin', personId: { notIn: ids } } });
    await prisma.roleGrant.deleteMany({ where: { role: 'programAdmin', personId: { notIn: ids } } });
    const remove = (by: number, whom: number) =>
      pair[by === 0 ? 0 : 1].tap('people.remove', {
        person: ids[whom],
        role: 'programAdmin',
        scope: '*',
        command: randomUUID(),
      });

    const said = (await Promise.all([remove(0, 1), remove(1, 0)])).map(textOf);
    await world.app.drain();

    expect(said.filter((text) => text.includes('The role was removed.'))).toHaveLength(1);
    const left = await prisma.roleGrant.findMany({ where: { role: 'programAdmin' } });
    expect(left).toHaveLength(1);
    const last = left[0]?.personId === ids[0] ? 0 : 1;
    const own = await unmoved(() => remove(last, last));
    expect(textOf(own)).toContain('Nothing was changed: this is the last program admin.');
    await prisma.roleGrant.createMany({ data: others });
    expect(world.connector.takePosts(pair[1 - last === 0 ? 0 : 1].conversationId)).toHaveLength(1);
  });

  test('R3: who takes their own role away sees nothing more of the list', async () => {
    const leaver = await reviewer(world, 'Fem Leaver');
    const data = { ...(await grantOf(leaver, 'programAdmin')), command: randomUUID() };
    const answered = await leaver.tap('people.remove', data);
    expect(textOf(answered)).toContain('Nothing to change');
    expect(textOf(await leaver.tap('people.list', { page: 1 }))).toContain('Only admins see roles');
    await world.app.drain();
    expect(world.connector.takePosts(leaver.conversationId)).toEqual([]);
  });

  test('R33: what was given and taken is on the person’s record, with who did it', async () => {
    const uma = await someone(world, 'Uma User', [{ role: 'incentivesUser' }]);
    await ines.tap('people.remove', { ...(await grantOf(uma, 'incentivesUser')), command: randomUUID() });
    await uma.hear();
    const chain = `person:${await personIdOf(world, uma)}`;
    const [event] = await world.database.prisma.auditEvent.findMany({ where: { chain } });
    expect(event).toMatchObject({ what: 'roleRemoved', actor: `person:${await personIdOf(world, ines)}` });
  });

  test('in a channel nobody’s roles are shown', async () => {
    const channel = { id: '19:roles@thread.tacv2', teamId: '19:team-of-roles@thread.tacv2' };
    const there = personIn(world, ROBIN, { channel });
    await there.tap('help.show');
    expect(textOf(await unmoved(() => there.tap('people.list', { page: 1 })))).toContain(
      'In your personal chat, please',
    );
  });
});
