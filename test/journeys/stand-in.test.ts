import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import {
  also,
  asking,
  channelNamed,
  decided,
  PROGRAMME,
  personIdOf,
  readIn,
  reviewer,
  setUp,
  someone,
  submitted,
  sure,
} from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { DAY, NORTHBRIDGE, SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let sjoerd: Person;
  let claim: number;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
    partner = await colleague(world);
  }, 120_000);
  beforeEach(async () => {
    count += 1;
    sjoerd = await someone(world, `Sjoerd Stand-In ${count}`, [], PROGRAMME);
    ({ claim } = await submitted(world, partner, `stood-in-${count}`));
    readIn(world, APPROVALS);
  });
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  const day = (days: number) => new Date(world.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);

  const name = async (admin: Person, person: Person, from: number, until: number): Promise<SeenCard> => {
    const form = await admin.tap('standIn.show');
    const typed = { person: await personIdOf(world, person), from: day(from), until: day(until) };
    // Of many colleagues the form shows those that are looked for.
    const data = dataFor(form, 'Name stand-in', { from: typed.from, until: typed.until });
    const id = inputsOf(form).get('person')?.id ?? 'person~1';
    const card = await admin.tap('standIn.save', { ...data, [id]: typed.person });
    await world.app.drain();
    return card;
  };

  const expectNone = async (person: Person) => {
    const seen = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
    const command = randomUUID();
    for (const [verb, data] of [
      ['review.list', { page: 1 }],
      ['review.show', { claim }],
      ['review.start', { claim, seen, command }],
      ['review.decide', { claim, seen, command, what: 'approve' }],
    ] as const) {
      const answered = await unmoved(() => person.tap(verb, data));
      expect(textOf(answered)).toContain('Only reviewers can decide');
    }
  };

  const done = () => {
    world.connector.takePosts(partner.conversationId);
    readIn(world, APPROVALS);
  };

  test('R25: a stand-in is named for a period, told, and decides; both names are on the record', async () => {
    const card = await name(vera, sjoerd, 0, 14);
    expect(textOf(card)).toContain('The stand-in was named, and told.');
    expect(textOf(card)).toMatch(/stands in for you · 23 Nov 2026 to 7 Dec 2026 \(UTC\)/);
    expect(lintCard(card)).toEqual([]);
    const heard = await sjoerd.hear();
    expect(textOf(heard)).toContain('You are a stand-in\nYou stand in for Vera Reviewer');
    const list = await sjoerd.press(heard, 'Claims to review');
    expect(textOf(list)).toContain(String(claim));
    const shown = await sjoerd.tap('review.show', { claim });
    expect(textOf(shown)).toContain('You stand in for Vera Reviewer.');

    await decided(world, sjoerd, claim, 'approve');

    expect(await statusOf(world, claim)).toBe('APPROVED');
    const mine = textOf(await partner.tap('claim.show', { claim }));
    expect(mine).toContain(`Sjoerd Stand-In ${count} (for Vera Reviewer) approved the claim`);
    const dutch = also(world, partner, { name: 'Robin Demo', locale: 'nl-NL' });
    expect(textOf(await dutch.tap('claim.show', { claim }))).toContain(
      `Sjoerd Stand-In ${count} (voor Vera Reviewer) heeft de claim goedgekeurd`,
    );
    await partner.tap('help.show');
    const event = await world.database.prisma.auditEvent.findFirstOrThrow({
      where: { chain: `claim:${claim}`, what: 'approve' },
    });
    expect(event.actor).toBe(`person:${await personIdOf(world, sjoerd)}`);
    expect(event.facts).toMatchObject({ standsInFor: await personIdOf(world, vera) });
    done();
  });

  test('R25: before the period and after it they are nobody; the shared card is made anew for them in it', async () => {
    await name(vera, sjoerd, 2, 3);
    await sjoerd.hear();
    await expectNone(sjoerd);
    world.clock.advance(2 * DAY);
    await world.app.sweep();
    const open = await asking(sjoerd, claim, 'approve');
    await world.app.drain();
    const [shared] = readIn(world, APPROVALS);
    expect((shared?.refresh as { userIds: readonly string[] } | undefined)?.userIds).toContain(`29:${sjoerd.objectId}`);
    world.clock.advance(2 * DAY);
    await world.app.sweep();
    await expectNone(sjoerd);
    expect(textOf(await unmoved(() => sure(sjoerd, open, 'approve')))).toContain('Only reviewers can decide');
    await decided(world, vera, claim, 'approve');
    done();
  });

  test('R25: nobody stands in for a power that is gone: the admin’s role removed ends it at once', async () => {
    const paula = await reviewer(world, 'Paula Programme');
    await name(paula, sjoerd, 0, 14);
    await sjoerd.hear();
    const open = await asking(sjoerd, claim, 'reject');
    const grant = { person: await personIdOf(world, paula), role: 'programAdmin', scope: '*' };
    await vera.press(await vera.tap('people.askRemove', grant), 'Remove the role');
    await paula.hear();
    readIn(world, APPROVALS);
    expect(textOf(await unmoved(() => sure(sjoerd, open, 'reject')))).toContain('Only reviewers can decide');
    await expectNone(sjoerd);
    expect(await statusOf(world, claim)).toBe('UNDER_REVIEW');
    await decided(world, vera, claim, 'approve');
    done();
  });

  test.each([
    ['the admin', () => vera],
    ['the stand-in', () => sjoerd],
  ])('R25: it is ended early by %s, and an open card does nothing then', async (_who, by) => {
    await name(vera, sjoerd, 0, 14);
    await sjoerd.hear();
    const open = await asking(sjoerd, claim, 'approve');
    await world.app.drain();
    readIn(world, APPROVALS);
    const row = await world.database.prisma.standIn.findFirstOrThrow({
      where: { person: { objectId: sjoerd.objectId } },
    });
    await by().tap('standIn.end', { standIn: row.id });
    expect(textOf(await unmoved(() => sure(sjoerd, open, 'approve')))).toContain('Only reviewers can decide');
    // Pressed twice, it was ended by the first.
    expect(textOf(await unmoved(() => vera.tap('standIn.end', { standIn: row.id })))).toContain('It was ended.');
    await decided(world, vera, claim, 'approve');
    done();
  });

  test('R18: a stand-in decides on no claim of their own either', async () => {
    const own = await someone(world, 'Otto Own', [{ role: 'incentivesUser' }]);
    const robin = await someone(world, 'Ria Reviewer', [{ role: 'programAdmin' }]);
    await name(robin, own, 0, 1);
    await own.hear();
    const shown = await unmoved(() => own.tap('review.show', { claim }));
    expect(textOf(shown)).toContain('You work on claims of this location');
    const seen = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
    await unmoved(() => own.tap('review.start', { claim, seen, command: randomUUID() }));
    await decided(world, vera, claim, 'approve');
    done();
  });

  describe('R25: naming', () => {
    const save = async (typed: Readonly<Record<string, string>>) => {
      const data = Object.fromEntries(Object.entries(typed).map(([field, value]) => [`${field}~1`, value]));
      return unmoved(() => vera.tap('standIn.save', { command: randomUUID(), ...data }));
    };

    test('is refused with wrong days, by the name of the field', async () => {
      const person = await personIdOf(world, sjoerd);
      for (const [from, until, words] of [
        ['', day(1), 'Choose a day.'],
        [day(0), '', 'Choose a day.'],
        ['2026-02-30', day(1), 'Choose a day.'],
        ['tomorrow', 'next week', 'Choose a day.'],
        [day(-9), day(-1), 'That day is over.'],
        [day(5), day(4), 'The last day is before the first.'],
        [day(0), day(183), 'A stand-in reviews for at most 183 days.'],
        [day(300), day(400), 'A stand-in reviews for at most 183 days.'],
        [day(0), '9999-12-31', 'A stand-in reviews for at most 183 days.'],
      ] as const) {
        const answered = await save({ person, from, until });
        expect([from, until, textOf(answered)]).toEqual([from, until, expect.stringContaining(words)]);
      }
      await decided(world, vera, claim, 'approve');
      done();
    });

    test('is refused for nobody, oneself, somebody of another organisation, and what is no person', async () => {
      const outsider = await someone(world, 'Olga Outsider', [], NORTHBRIDGE);
      for (const person of [
        '',
        await personIdOf(world, vera),
        await personIdOf(world, outsider),
        randomUUID(),
        "' OR 1=1 --",
      ]) {
        const answered = await save({ person, from: day(0), until: day(1) });
        expect(textOf(answered)).toContain('Choose one from the list.');
        expect(inputsOf(answered).get('until')?.value).toBe(day(1));
      }
      await decided(world, vera, claim, 'approve');
      done();
    });

    test.each([
      ['an incentives admin', [{ role: 'incentivesAdmin' }]],
      ['a seller', [{ role: 'seller' }]],
      ['somebody without a role', []],
    ])('is not for %s', async (_what, roles) => {
      const other = await someone(world, 'Otto Other', roles);
      expect(textOf(await unmoved(() => other.say('stand-in')))).toContain('Only program admins name a stand-in');
      const data = { command: randomUUID(), 'person~1': randomUUID(), 'from~1': day(0), 'until~1': day(1) };
      const answered = await unmoved(() => other.tap('standIn.save', data));
      expect(textOf(answered)).toContain('Only program admins name a stand-in');
      await decided(world, vera, claim, 'approve');
      done();
    });

    test('of somebody else is not ended by a third person; a stand-in names none in turn', async () => {
      await name(vera, sjoerd, 0, 14);
      await sjoerd.hear();
      const row = await world.database.prisma.standIn.findFirstOrThrow({
        where: { person: { objectId: sjoerd.objectId } },
      });
      const third = await reviewer(world, 'Teo Third');
      await unmoved(() => third.tap('standIn.end', { standIn: row.id }));
      await unmoved(() => third.tap('standIn.end', { standIn: randomUUID() }));
      const card = await sjoerd.say('stand-in');
      expect(buttonsOf(card)).not.toContain('Name stand-in');
      const data = {
        command: randomUUID(),
        'person~1': await personIdOf(world, third),
        'from~1': day(0),
        'until~1': day(1),
      };
      expect(textOf(await unmoved(() => sjoerd.tap('standIn.save', data)))).toContain('Only program admins');
      await decided(world, vera, claim, 'approve');
      done();
    });

    test('pressed twice names once and tells once', async () => {
      const form = await vera.tap('standIn.show');
      const id = inputsOf(form).get('person')?.id ?? 'person~1';
      const data = {
        ...dataFor(form, 'Name stand-in', { from: day(0), until: day(3) }),
        [id]: await personIdOf(world, sjoerd),
      };
      await Promise.all([vera.tap('standIn.save', data), vera.tap('standIn.save', data)]);
      await world.app.drain();
      expect(world.connector.takePosts(sjoerd.conversationId)).toHaveLength(1);
      expect(await world.database.prisma.standIn.count({ where: { person: { objectId: sjoerd.objectId } } })).toBe(1);
      await decided(world, vera, claim, 'approve');
      done();
    });
  });
});
