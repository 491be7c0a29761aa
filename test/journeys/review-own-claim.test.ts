import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import {
  also,
  channelNamed,
  complete,
  decided,
  personIdOf,
  readIn,
  reviewer,
  setUp,
  someone,
  submitted,
} from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');
const NO_SUCH = 9_999_999;
const BRUSSELS = '00000000-0000-4000-8000-000000000303';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
  }, 120_000);
  afterAll(() => world?.stop());

  /** A claim that waits, of a partner of its own; its post counts as read. */
  const waiting = async (name: string): Promise<{ readonly claim: number; readonly partner: Person }> => {
    const partner = await colleague(world);
    const { claim } = await submitted(world, partner, name);
    expect(readIn(world, APPROVALS)).toHaveLength(1);
    return { claim, partner };
  };

  /** Nothing but that a command came to nothing is written down, and nobody hears anything. */
  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  describe('R18: nobody decides on their own claim', () => {
    const forged = async (person: Person, claim: number): Promise<SeenCard> => {
      const seen = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
      return person.tap('review.decide', { claim, seen, command: randomUUID(), what: 'approve' });
    };

    const expectOwn = async (person: Person, claim: number) => {
      const text = 'You work on claims of this location, so others review this one.';
      const shown = await unmoved(() => person.tap('review.show', { claim }));
      expect(textOf(shown)).toContain(text);
      expect(buttonsOf(shown)).toEqual(['Refresh']);
      expect(textOf(await unmoved(() => forged(person, claim)))).toContain(text);
      const asked = await unmoved(() => person.tap('review.ask', { claim, what: 'approve' }));
      expect(buttonsOf(asked)).toEqual(['Refresh']);
      const seen = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
      expect(textOf(await unmoved(() => person.tap('review.start', { claim, seen, command: randomUUID() })))).toContain(
        text,
      );
    };

    test('not with both roles at once, and neither does a colleague who could act for it', async () => {
      const both = await someone(world, 'Bo Both', [{ role: 'incentivesUser' }, { role: 'programAdmin' }]);
      const { claim } = await submitted(world, both, 'own-claim');
      readIn(world, APPROVALS);
      await expectOwn(both, claim);
      await expectOwn(
        await someone(world, 'Cas Colleague', [{ role: 'incentivesAdmin' }, { role: 'programAdmin' }]),
        claim,
      );
    });

    test('not after the incentives role was removed: a role that was given up makes nobody a judge', async () => {
      const turncoat = await someone(world, 'Toon Turncoat', [{ role: 'incentivesUser' }, { role: 'programAdmin' }]);
      const { claim } = await submitted(world, turncoat, 'turncoat');
      readIn(world, APPROVALS);
      const personId = await personIdOf(world, turncoat);
      const grant = { person: personId, role: 'incentivesUser', scope: '*' };
      await vera.press(await vera.tap('people.askRemove', grant), 'Remove the role');
      await turncoat.hear();
      await expectOwn(turncoat, claim);
    });

    test('nor does somebody who once added its evidence; who works for another location may', async () => {
      const helper = await someone(world, 'Hanna Helper', [{ role: 'incentivesUser' }]);
      const { claim } = await waiting('helped');
      await decided(world, vera, claim, 'askForMore');
      world.connector.takePosts();
      expect(textOf(await helper.tap('claim.show', { claim }))).toContain('Action required');
      const form = await helper.tap('evidence.edit', { claim, item: 'invoice' });
      await helper.press(form, 'Save', { title: 'Invoice', url: 'https://files.example/invoice' });
      await helper.press(await helper.tap('claim.askSubmit', { claim }), 'Submit claim');
      await world.app.drain();
      world.connector.takePosts();
      const personId = await personIdOf(world, helper);
      const { prisma } = world.database;
      await prisma.roleGrant.deleteMany({ where: { personId } });
      const grantedAt = world.clock.now();
      await prisma.roleGrant.create({ data: { personId, role: 'programAdmin', scope: '*', grantedAt } });
      await expectOwn(helper, claim);

      const elsewhere = await someone(world, 'Els Elsewhere', [
        { role: 'incentivesUser', scope: BRUSSELS },
        { role: 'programAdmin' },
      ]);
      expect(textOf(await decided(world, elsewhere, claim, 'approve'))).toContain('You approved the claim.');
      world.connector.takePosts();
    });
  });

  describe('a claim by its number', () => {
    let claim: number;
    let partner: Person;
    let lee: Person;
    beforeAll(async () => {
      ({ claim, partner } = await waiting('by-number'));
      lee = await someone(world, 'Lia Tailspin', [{ role: 'incentivesUser' }], TAILSPIN);
    });

    const command = () => randomUUID();
    const reviewVerbs: readonly (readonly [string, () => Record<string, unknown>])[] = [
      ['review.show', () => ({})],
      ['review.start', () => ({ seen: 9, command: command() })],
      ['review.ask', () => ({ what: 'approve' })],
      ['review.decide', () => ({ seen: 9, command: command(), what: 'approve' })],
    ];

    test.each(reviewVerbs)(
      'R2: %s: who is no reviewer gets the same words for any number, their own too',
      async (verb, data) => {
        for (const person of [partner, lee]) {
          const said = await unmoved(() => person.tap(verb, { ...data(), claim }));
          expect(textOf(said)).toContain('Only reviewers can decide');
          expect(textOf(await person.tap(verb, { ...data(), claim: NO_SUCH }))).toBe(textOf(said));
        }
      },
    );

    const partnerVerbs: readonly (readonly [string, () => Record<string, unknown>])[] = [
      ['evidence.show', () => ({})],
      ['evidence.edit', () => ({ item: 'findings' })],
      [
        'evidence.save',
        () => ({ item: 'findings', seen: 1, command: command(), 'title~1': 'Mine', 'url~1': 'https://evil.example/x' }),
      ],
      ['evidence.remove', () => ({ item: 'findings', seen: 1, command: command() })],
      ['claim.askSubmit', () => ({})],
      ['claim.submit', () => ({ seen: 9, command: command() })],
      ['claim.askDispute', () => ({})],
      ['claim.dispute', () => ({ seen: 9, command: command(), 'remark~1': 'Let me in.' })],
    ];

    test.each(partnerVerbs)(
      'R2: %s: another organisation gets the same words as for a number that does not exist',
      async (verb, data) => {
        const brussels = await someone(world, 'Bas Brussels', [{ role: 'incentivesUser', scope: BRUSSELS }]);
        for (const person of [lee, brussels, vera]) {
          const theirs = textOf(await unmoved(() => person.tap(verb, { ...data(), claim })));
          expect(theirs).toContain(`There is no claim ${claim} that you may see.`);
          const none = textOf(await person.tap(verb, { ...data(), claim: NO_SUCH }));
          expect(theirs.replaceAll(String(claim), String(NO_SUCH))).toBe(none);
        }
      },
    );

    test('a reviewer is told the same of one that was never submitted as of one that does not exist', async () => {
      const { claim: open } = await complete(world, partner, 'never-submitted');
      const said = textOf(await unmoved(() => vera.tap('review.show', { claim: open })));
      expect(said).toContain(`There is no submitted claim ${open} that you may review.`);
      expect(said.replaceAll(String(open), String(NO_SUCH))).toBe(
        textOf(await vera.tap('review.show', { claim: NO_SUCH })),
      );
    });
  });
});
