import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import {
  also,
  asking,
  cardsOf,
  channelNamed,
  decided,
  give,
  readIn,
  reviewer,
  setUp,
  submit,
  submitted,
  sure,
} from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

/** Every story moves the clock by months, so each has a world to itself. */
describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let claim: number;

  const begin = async (name: string) => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
    partner = await colleague(world);
    ({ claim } = await submitted(world, partner, name));
    readIn(world, APPROVALS);
  };

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  const heardBy = (person: Person): readonly string[] =>
    world.connector.takePosts(person.conversationId).map(({ activity }) => String(activity.summary));

  describe('R17: a claim whose time to amend ran out', () => {
    let approve: SeenCard;
    let save: SeenCard;
    beforeAll(async () => {
      await begin('amend-ran-out');
      approve = await asking(vera, claim, 'approve');
      await decided(world, vera, claim, 'askForMore');
      await partner.hear();
      save = await partner.tap('evidence.edit', { claim, item: 'findings' });
      readIn(world, APPROVALS);
      world.clock.advance(122 * DAY);
    }, 120_000);
    afterAll(() => world?.stop());

    // The sweep of the minute may come at any time: it only says what is so already.
    test('is decided by no old card in the minute before the sweep, and submitted by none', async () => {
      const answered = await sure(vera, approve, 'approve');
      expect(textOf(answered)).toContain('Nothing was changed');
      expect(buttonsOf(answered)).not.toContain('Approve');
      expect(textOf(await partner.tap('claim.askSubmit', { claim }))).not.toContain('[Submit claim]');
      const typed = { title: 'Late', url: 'https://files.example/late' };
      expect(textOf(await partner.press(save, 'Save', typed))).toContain('Nothing was changed');
      expect(['ACTION_REQUIRED', 'POST_SUBMISSION_EXPIRED']).toContain(await statusOf(world, claim));
      expect(await world.database.prisma.evidence.count({ where: { claimNumber: claim, title: 'Late' } })).toBe(0);
    });

    test('is said to have expired on the card in the channel, in the partner’s chat, and to whoever presses an old card', async () => {
      await world.app.sweep();
      expect(await statusOf(world, claim)).toBe('POST_SUBMISSION_EXPIRED');
      expect(heardBy(partner)).toContain(`Claim expired: Claim ${claim}`);
      const [card] = cardsOf(world, APPROVALS, claim);
      expect(textOf(card as SeenCard)).toMatch(/\nExpired after submission/);
      expect(buttonsOf(card as SeenCard)).not.toContain('Review');
      readIn(world, APPROVALS);

      const answered = await unmoved(() => sure(vera, approve, 'approve'));

      expect(textOf(answered)).toContain('The claim was not amended in time (25 Mar 2027');
      expect(textOf(await partner.tap('claim.show', { claim }))).toContain('The claim was not amended in time');
      expect(textOf(await vera.tap('review.list', { page: 1 }))).not.toContain(String(claim));
    });
  });

  describe('R17: a rejection that nobody disputed in time', () => {
    beforeAll(() => begin('dispute-ran-out'), 120_000);
    afterAll(() => world?.stop());

    test('is final: the partner hears, the card says so, and an old Dispute comes to nothing', async () => {
      await decided(world, vera, claim, 'reject');
      await partner.hear();
      const ask = await partner.tap('claim.askDispute', { claim });
      world.clock.advance(31 * DAY);
      expect(textOf(await partner.press(ask, 'Dispute', { remark: 'Late.' }))).toContain('Nothing was disputed');
      await world.app.sweep();
      expect(await statusOf(world, claim)).toBe('DISPUTE_EXPIRED');
      expect(heardBy(partner)).toContain(`Time to dispute is over: Claim ${claim}`);
      expect(textOf(cardsOf(world, APPROVALS, claim)[0] as SeenCard)).toMatch(/\nDispute expired/);
      readIn(world, APPROVALS);
      expect(textOf(await unmoved(() => partner.press(ask, 'Dispute', { remark: 'Late.' })))).toContain(
        'Nothing was disputed',
      );
    });
  });

  describe('a card from last month, when its command is long forgotten', () => {
    beforeAll(() => begin('last-month'), 120_000);
    afterAll(() => world?.stop());

    test('decides nothing a second time, and submits nothing a second time', async () => {
      const old = {
        start: await vera.tap('review.show', { claim }),
        more: await asking(vera, claim, 'askForMore'),
        approve: await asking(vera, claim, 'approve'),
      };
      await sure(vera, old.more, 'askForMore');
      await world.app.drain();
      await partner.hear();
      await give(partner, claim, 'invoice');
      const again = await partner.tap('claim.askSubmit', { claim });
      await partner.press(again, 'Submit claim');
      await world.app.drain();
      await vera.press(await vera.tap('review.show', { claim }), 'Start review');
      await world.app.drain();
      readIn(world, APPROVALS);
      world.clock.advance(31 * DAY);
      await world.app.sweep();
      // Reminders of the long silence are not what this is about.
      world.connector.takePosts();
      expect(await world.database.prisma.handledCommand.count()).toBe(0);

      for (const press of [
        () => vera.press(old.start, 'Start review'),
        () => sure(vera, old.more, 'askForMore'),
        () => sure(vera, old.approve, 'approve'),
      ]) {
        expect(textOf(await unmoved(press))).toContain(
          'Nothing was changed: Vera Reviewer started the review (23 Nov 2026',
        );
      }
      expect(textOf(await unmoved(() => partner.press(again, 'Submit claim')))).toContain('Nothing was submitted');
      expect(await statusOf(world, claim)).toBe('UNDER_REVIEW');
      // A card of today decides.
      await decided(world, vera, claim, 'approve');
      expect(textOf(await partner.hear())).toContain('Claim approved');
      readIn(world, APPROVALS);
    });
  });

  describe('R25: silence', () => {
    beforeAll(() => begin('silence'), 120_000);
    afterAll(() => world?.stop());

    const inChannel = () => world.connector.takePosts(APPROVALS.id).map(({ activity }) => String(activity.summary));

    test('is spoken of in the channel after five days, in person after ten, once each, and ends with the decision', async () => {
      const own = await colleague(world);
      const personId = (await world.database.prisma.person.findFirstOrThrow({ where: { objectId: own.objectId } })).id;
      const grantedAt = world.clock.now();
      await world.database.prisma.roleGrant.create({ data: { personId, role: 'programAdmin', scope: '*', grantedAt } });
      const days = async (count: number) => {
        world.clock.advance(count * DAY);
        await world.app.sweep();
        await world.app.sweep();
      };
      await days(4);
      expect(inChannel()).toEqual([]);
      await days(1);
      expect(inChannel()).toEqual([`Still waiting for a review: Claim ${claim}`]);
      expect(heardBy(vera)).toEqual([]);
      await days(5);
      expect(inChannel()).toEqual([`Still waiting for a review: Claim ${claim}`]);
      expect(heardBy(vera)).toEqual([`A claim waits for a review: Claim ${claim}`]);
      // Who works for the partner decides nothing here, so nothing is theirs to hear.
      expect(heardBy(own)).toEqual([]);
      // Reminders change nothing: a card from before still decides.
      await decided(world, vera, claim, 'approve');
      await partner.hear();
      inChannel();
      await days(30);
      expect(inChannel()).toEqual([]);
      expect(heardBy(vera)).toEqual([]);
    });

    test('R32: a card whose post stayed unsure is posted anew by the reminder, and edited from then on', async () => {
      const lost = await submitted(world, partner, 'unsure').then(({ claim: number }) => number);
      const [first] = readIn(world, APPROVALS);
      expect(first).toBeDefined();
      await decided(world, vera, lost, 'askForMore');
      await partner.hear();
      readIn(world, APPROVALS);
      const key = `claim:${lost}:review`;
      await world.database.prisma.notice.update({
        where: { key },
        data: { state: 'ambiguous', conversationId: null, activityId: null },
      });
      await submit(world, partner, lost);
      const cards = () => cardsOf(world, APPROVALS, lost).map(textOf);
      expect(cards().filter((text) => text.includes('[Review]'))).toHaveLength(1);
      readIn(world, APPROVALS);
      await decided(world, vera, lost, 'approve');
      await partner.hear();
      expect(cards().filter((text) => /\nApproved\n/.test(text))).toHaveLength(1);
      readIn(world, APPROVALS);

      world.connector.failNext({ on: 'send', conversationId: APPROVALS.id, status: 502 });
      const third = await submitted(world, partner, 'never-there').then(({ claim: number }) => number);
      expect(cardsOf(world, APPROVALS, third)).toEqual([]);
      world.clock.advance(5 * DAY);
      await world.app.sweep();
      expect(cardsOf(world, APPROVALS, third)).toHaveLength(1);
      readIn(world, APPROVALS);
      await decided(world, vera, third, 'approve');
      await partner.hear();
      expect(cardsOf(world, APPROVALS, third).map(textOf)).toEqual([expect.stringMatching(/\nApproved\n/)]);
      readIn(world, APPROVALS);
    });
  });
});
