import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { actionOf, buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import {
  also,
  asking,
  channelNamed,
  decided,
  personIdOf,
  readIn,
  reviewer,
  setUp,
  submitted,
  sure,
} from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let willem: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    willem = await reviewer(world, 'Willem Reviewer');
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

  describe('R25: a decision', () => {
    test.each(['approve', 'askForMore', 'reject'] as const)(
      '(%s) of somebody whose role was removed a second ago changes nothing, and says why',
      async (what) => {
        const { claim } = await waiting(`role-removed-${what.toLowerCase()}`);
        const leaver = await reviewer(world, 'Fem Leaver');
        const card = await asking(leaver, claim, what);
        await world.app.drain();
        readIn(world, APPROVALS);
        const grant = { person: await personIdOf(world, leaver), role: 'programAdmin', scope: '*' };
        await vera.press(await vera.tap('people.askRemove', grant), 'Remove the role');
        expect(textOf(await leaver.hear())).toContain('A role of yours was removed');

        const answer = await unmoved(() => sure(leaver, card, what));

        expect(textOf(answer)).toContain('Only reviewers can decide');
        expect(textOf(answer)).toContain('Nothing was changed.');
        expect(await statusOf(world, claim)).toBe('UNDER_REVIEW');
        expect(textOf(await leaver.tap('review.list', { page: 1 }))).toContain('Only reviewers can decide');
      },
    );

    test('R16: two opposite decisions at once: one counts, and the other reviewer is told whose', async () => {
      for (const round of [0, 1, 2, 3]) {
        const { claim, partner } = await waiting(`opposite-${round}`);
        const yes = await asking(vera, claim, 'approve');
        const no = await asking(willem, claim, 'reject');
        await world.app.drain();
        const press = [() => sure(vera, yes, 'approve'), () => sure(willem, no, 'reject')];
        if (round % 2 === 1) press.reverse();

        const said = (await Promise.all(press.map((one) => one()))).map(textOf).join('\n');

        await world.app.drain();
        const status = await statusOf(world, claim);
        const approved = status === 'APPROVED';
        expect(['APPROVED', 'REJECTED']).toContain(status);
        expect(said).toContain(approved ? 'You approved the claim.' : 'You rejected the claim.');
        expect(said).not.toContain(approved ? 'You rejected the claim.' : 'You approved the claim.');
        expect(said).toMatch(
          approved
            ? /Nothing was changed: Vera Reviewer approved the claim \(23 Nov 2026/
            : /Nothing was changed: Willem Reviewer rejected the claim \(23 Nov 2026/,
        );
        const heard = world.connector.takePosts(partner.conversationId);
        expect(heard).toHaveLength(1);
        expect(JSON.stringify(heard)).toContain(approved ? 'Claim approved' : 'Claim rejected');
        const events = await world.database.prisma.auditEvent.findMany({ where: { chain: `claim:${claim}` } });
        expect(events.filter(({ what }) => ['approve', 'reject'].includes(what))).toHaveLength(1);
        readIn(world, APPROVALS);
      }
    });

    test('R16: twenty reviewers’ presses at once are one decision', async () => {
      const { claim, partner } = await waiting('twenty');
      const cards = [];
      for (let each = 0; each < 20; each += 1)
        cards.push(await asking(each % 2 === 0 ? vera : willem, claim, 'approve'));
      const said = await Promise.all(
        cards.map((card, each) => sure(each % 2 === 0 ? vera : willem, card, 'approve').then(textOf)),
      );
      expect(said.filter((text) => text.includes('You approved the claim.'))).toHaveLength(1);
      await world.app.drain();
      expect(world.connector.takePosts(partner.conversationId)).toHaveLength(1);
      readIn(world, APPROVALS);
    });

    test('from two cards, of a desktop and of a phone: the second is told that the first counted', async () => {
      const { claim, partner } = await waiting('desktop-and-phone');
      const [desktop, phone] = [await asking(vera, claim, 'approve'), await asking(vera, claim, 'approve')];
      expect(textOf(await sure(vera, desktop, 'approve'))).toContain('You approved the claim.');
      await world.app.drain();
      await partner.hear();
      readIn(world, APPROVALS);

      const second = textOf(await unmoved(() => sure(vera, phone, 'approve')));

      expect(second).toContain('Nothing was changed: Vera Reviewer approved the claim');
      expect(second).not.toContain('You approved the claim.');
    });

    test.each([
      ['the same activity twice', true],
      ['the same button twice', false],
    ])('from %s: decided once, and answered as the first time', async (_what, sameActivity) => {
      const { claim, partner } = await waiting(sameActivity ? 'activity-twice' : 'button-twice');
      const card = await asking(vera, claim, 'askForMore');
      const data = dataFor(card, 'Send to the partner', { comment: 'Once more, please.' });
      const id = randomUUID();
      const press = () => vera.invoke('review.decide', data, sameActivity ? { id } : {});
      const [first, second] = [await press(), await press()];

      expect(textOf(first.value as SeenCard)).toContain('You asked for more. The partner is told.');
      expect(textOf(second.value as SeenCard)).toContain('You asked for more. The partner is told.');
      if (sameActivity) expect(second).toEqual(first);
      await world.app.drain();
      expect(world.connector.takePosts(partner.conversationId)).toHaveLength(1);
      expect(await statusOf(world, claim)).toBe('ACTION_REQUIRED');
      expect(readIn(world, APPROVALS)).toHaveLength(1);
    });

    test('on a card from before somebody else’s step changes nothing', async () => {
      const { claim } = await waiting('step-between');
      const fresh = await vera.tap('review.show', { claim });
      await willem.press(await willem.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      readIn(world, APPROVALS);

      const answer = await unmoved(() => vera.press(fresh, 'Start review'));

      expect(textOf(answer)).toContain(
        'Nothing was changed: Willem Reviewer started the review (23 Nov 2026, 13:00 CET)',
      );
      expect(buttonsOf(answer)).toContain('Approve');
    });

    test.each([
      ['before the review was started', 'SUBMITTED', async () => {}],
      ['after it was made', 'REJECTED', (claim: number) => decided(world, vera, claim, 'reject')],
    ] as const)('put together by hand, %s, changes nothing', async (_what, status, prepare) => {
      const { claim, partner } = await waiting(`by-hand-${status.toLowerCase()}`);
      await prepare(claim);
      world.connector.takePosts(partner.conversationId);
      readIn(world, APPROVALS);
      const last = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
      for (const seen of [last, last + 1, 1]) {
        const data = { claim, seen, command: randomUUID(), what: 'approve' };
        expect(textOf(await unmoved(() => vera.tap('review.decide', data)))).toContain('Nothing was changed: ');
      }
      expect(await statusOf(world, claim)).toBe(status);
    });
  });

  describe('R25: what has to be written with a decision', () => {
    let claim: number;
    beforeAll(async () => {
      ({ claim } = await waiting('written'));
    });

    const long = 'a'.repeat(5_000);
    test.each([
      ['askForMore', 'missing', '', 'Fill this in.'],
      ['askForMore', 'blank', ' \n\t\u200B ', 'Fill this in.'],
      ['askForMore', '5,000 characters long', long, 'Use at most 1,000 characters; this has 5,000.'],
      ['reject', 'missing', '', 'Fill this in.'],
      ['reject', 'blank', ' \n ', 'Fill this in.'],
      ['reject', '5,000 characters long', long, 'Use at most 1,000 characters; this has 5,000.'],
      ['approve', '5,000 characters long', long, 'Use at most 1,000 characters; this has 5,000.'],
    ] as const)(
      '(%s) a comment that is %s is refused, and stands in its field still',
      async (what, _how, comment, words) => {
        const card = await asking(vera, claim, what);
        await world.app.drain();
        readIn(world, APPROVALS);
        const answer = await unmoved(() => sure(vera, card, what, { comment }));
        expect(textOf(answer)).toContain(words);
        expect(textOf(answer)).toContain('One field needs your attention. Nothing was lost.');
        expect(inputsOf(answer).get('comment')?.value ?? '').toBe(comment);
        if (what === 'reject') expect(inputsOf(answer).get('reason')?.value).toBe('datesWrong');
      },
    );

    test.each([
      ['none', ''],
      ['one that is not in the list', 'becauseISaySo'],
      ['one that every object has', 'constructor'],
    ])('a rejection with %s as reason is refused, and its comment stays', async (_what, reason) => {
      const card = await asking(vera, claim, 'reject');
      const data = { ...dataFor(card, 'Reject the claim', { comment: 'Typed with care.' }) };
      const answer = await unmoved(() =>
        vera.tap(actionOf(card, 'Reject the claim').verb, {
          ...data,
          [inputsOf(card).get('reason')?.id ?? '']: reason,
        }),
      );
      expect(textOf(answer)).toContain('Choose one from the list.');
      expect(inputsOf(answer).get('comment')?.value).toBe('Typed with care.');
    });

    test('two things wrong are both said at once', async () => {
      const answer = await unmoved(async () =>
        vera.press(await asking(vera, claim, 'reject'), 'Reject the claim', { comment: ' ' }),
      );
      expect(textOf(answer)).toContain('2 fields need your attention. Nothing was lost.');
    });

    test('what was typed on a card that is too late comes to the card as it stands now', async () => {
      const card = await asking(vera, claim, 'reject');
      await decided(world, willem, claim, 'approve');
      world.connector.takePosts();
      const answer = await unmoved(() => sure(vera, card, 'reject', { comment: ' ' }));
      expect(textOf(answer)).toContain('Nothing was changed: Willem Reviewer approved the claim');
    });
  });
});
