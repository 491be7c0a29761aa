import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { copiesOf, dayWith, dueOf, heardBy, morningOf, quieten, standingAt, subscribe } from '../support/hearing.ts';
import { claimFor, colleague, newcomer } from '../support/newcomer.ts';
import { buttonsOf, dataFor, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, complete, consented, decided, reviewer, submitted } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

/** What Teams takes of a card, with room to spare (design: under 28 KB). */
const LARGEST = 28 * 1024;
/** An invoke is answered in under three seconds. */
const ANSWERED_MS = 3_000;

const claimsIn = (card: SeenCard): readonly number[] =>
  textOf(card)
    .split('\n')
    .flatMap((line) => {
      const found = /^Claim (\d{7})/.exec(line);
      return found === null ? [] : [Number(found[1])];
    });

const bytes = (card: SeenCard): number => Buffer.byteLength(JSON.stringify(card));

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let channel: Person;
  let name: string;
  let count = 0;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await quieten(world);
  }, 120_000);
  afterAll(() => world?.stop());
  beforeEach(async () => {
    count += 1;
    name = `digest-${count}`;
    partner = await colleague(world);
    channel = also(world, vera, { name: 'Vera Reviewer', channel: channelNamed(name) });
  });
  afterEach(() => quieten(world));

  /** A claim of the partner's whose consent was not asked for, and copies of it. */
  const many = async (copies: number) => {
    const claim = await claimFor(partner, await newcomer(world, name));
    const numbers = [claim, ...(await copiesOf(world, claim, copies, name))];
    return { claim, numbers, dueAt: await dueOf(world, claim) };
  };

  /** The one thing that was said to somebody. */
  const one = (listener: Person): SeenCard => {
    const [card, ...more] = heardBy(world, listener);
    expect(more).toEqual([]);
    if (card === undefined) throw new Error('nothing was said');
    expect(lintCard(card)).toEqual([]);
    expect(bytes(card)).toBeLessThan(LARGEST);
    return card;
  };

  const turn = async (reader: Person, card: SeenCard, title: 'Next' | 'Previous'): Promise<SeenCard> => {
    const next = await unheardBy(world, () => reader.press(card, title));
    expect(lintCard(next)).toEqual([]);
    expect(bytes(next)).toBeLessThan(LARGEST);
    return next;
  };

  test('R31: one claim that is due is a plain card; two are one list, in the chat and in the channel', async () => {
    const { numbers, dueAt } = await many(1);
    await subscribe(world, channel);
    await morningOf(world, dayWith(14, dueAt));
    for (const listener of [partner, channel]) {
      const card = one(listener);
      expect(textOf(card).split('\n')[0]).toBe('2 claims need attention');
      expect(claimsIn(card)).toEqual(numbers);
      expect(buttonsOf(card)).toEqual([
        ...numbers.flatMap((claim) => [`Send consent e-mail (${claim})`, `Open ${claim}`, `Snooze ${claim}`]),
        'Refresh',
      ]);
    }
    await partner.press(await partner.tap('claim.askCancel', { claim: numbers[1] }), 'Cancel the claim');
    await morningOf(world, dayWith(7, dueAt));
    for (const listener of [partner, channel]) expect(textOf(one(listener))).toMatch(/^Consent not asked yet\n/);
  });

  test('R31: claims of every sort stand in groups by what is to be done, each with its count, soonest first', async () => {
    const unasked = await claimFor(partner, await newcomer(world, `${name}-a`));
    const { claim: ready } = await complete(world, partner, `${name}-b`);
    const { claim: gather } = await consented(world, partner, `${name}-c`);
    const { claim: amend } = await submitted(world, partner, `${name}-d`);
    await decided(world, vera, amend, 'askForMore');
    const { claim: lost } = await submitted(world, partner, `${name}-e`);
    await decided(world, vera, lost, 'reject');
    const later = await claimFor(partner, await newcomer(world, `${name}-f`));
    // All of them are due within the week, so that one morning speaks of all.
    const dueAt = await dueOf(world, unasked);
    const left = { [unasked]: 7, [ready]: 7, [gather]: 7, [amend]: 7, [lost]: 7, [later]: 14 };
    for (const [number, days] of Object.entries(left)) {
      const due = new Date(dayWith(-days - 1, dayWith(7, dueAt)).getTime() - 1);
      await world.database.prisma.claim.update({
        where: { number: Number(number) },
        data: { dueAt: due, warnAt: dayWith(7, dueAt) },
      });
    }
    await subscribe(world, channel);
    world.connector.takePosts();

    await morningOf(world, dayWith(7, dueAt));

    for (const listener of [partner, channel]) {
      const card = one(listener);
      const lines = textOf(card).split('\n');
      expect(lines[0]).toBe('6 claims need attention');
      const groups = lines.filter((line) => /\(\d+\)$/.test(line));
      expect(groups).toEqual([
        'Submit: everything is there (1)',
        'Ask the customer for consent (2)',
        'Add what the reviewers ask for (1)',
        'Gather the evidence and submit (1)',
        'Dispute the rejection, or submit the dispute (1)',
      ]);
      expect(claimsIn(card)).toEqual([ready, unasked, later, amend, gather, lost]);
      expect(textOf(card)).toMatch(/7 days left[\s\S]*14 days left/);
    }
    const [post] = world.connector.posted(partner.conversationId).slice(-1);
    expect(post?.activity.summary).toBe('6 claims need attention');
  });

  test('R31: a long list is turned page by page, forth and back, in the chat and in the channel; its last page is right', async () => {
    const { numbers, dueAt } = await many(19);
    await subscribe(world, channel);
    await morningOf(world, dayWith(3, dueAt));
    for (const listener of [partner, channel]) {
      let card = one(listener);
      const seen = [...claimsIn(card)];
      expect(textOf(card)).toContain('Ask the customer for consent (20)');
      expect(buttonsOf(card).slice(-2)).toEqual(['Next', 'Refresh']);
      while (buttonsOf(card).includes('Next')) {
        card = await turn(listener, card, 'Next');
        seen.push(...claimsIn(card));
      }
      expect(textOf(card)).toMatch(/Page 4 of 4/);
      expect(claimsIn(card)).toHaveLength(2);
      expect(seen).toEqual(numbers);
      expect(buttonsOf(card).slice(-2)).toEqual(['Previous', 'Refresh']);
      expect(claimsIn(await turn(listener, card, 'Previous'))).toEqual(numbers.slice(12, 18));
    }
    const [post] = world.connector.posted(partner.conversationId).slice(-1);
    expect(post?.activity.summary).toMatch(/^20 claims need attention, 20 due within 3 days$/);
  });

  test('R31: the list that stands, and Refresh, show what is left; a page that is there no more is the last one; in the end nothing is left', async () => {
    const { numbers, dueAt } = await many(7);
    await subscribe(world, channel);
    await morningOf(world, dayWith(14, dueAt));
    const cards = new Map([partner, channel].map((listener) => [listener, one(listener)]));
    const last = new Map<Person, SeenCard>();
    for (const [listener, card] of cards) last.set(listener, await turn(listener, card, 'Next'));
    const gone = numbers.slice(0, 3);
    for (const claim of gone) await partner.press(await partner.tap('claim.askCancel', { claim }), 'Cancel the claim');
    await world.app.drain();

    for (const listener of cards.keys()) {
      const stands = standingAt(world, listener);
      expect(textOf(stands).split('\n')[0]).toBe('5 claims need attention');
      expect(lintCard(stands)).toEqual([]);
    }
    for (const [listener, card] of cards) {
      const now = await unheardBy(world, () => listener.press(card, 'Refresh'));
      expect(textOf(now).split('\n')[0]).toBe('5 claims need attention');
      expect(claimsIn(now)).toEqual(numbers.slice(3));
      const end = last.get(listener) ?? card;
      expect(claimsIn(await unheardBy(world, () => listener.press(end, 'Refresh')))).toEqual(numbers.slice(3));
    }
    await world.database.prisma.claim.updateMany({ where: { number: { in: [...numbers] } }, data: { dueAt: null } });
    for (const [listener, card] of cards) {
      const now = await unheardBy(world, () => listener.press(card, 'Refresh'));
      expect(textOf(now)).toMatch(/^Nothing of this is left to do\.\n/);
      expect(lintCard(now)).toEqual([]);
    }
  });

  test('R31: five thousand claims are one card as well, made and turned within the time of an answer', async () => {
    const { numbers, dueAt } = await many(4_999);
    await morningOf(world, dayWith(14, dueAt));
    const first = one(partner);
    expect(textOf(first).split('\n')[0]).toBe('5,000 claims need attention');
    expect(textOf(first)).toContain('Ask the customer for consent (5,000)');
    expect(textOf(first)).toContain('Page 1 of 834');
    const { digest } = dataFor(first, 'Refresh');
    const since = performance.now();
    const last = await partner.tap('digest.show', { digest, page: 834 });
    expect(performance.now() - since).toBeLessThan(ANSWERED_MS);
    expect(claimsIn(last)).toEqual(numbers.slice(-2));
    expect(lintCard(last)).toEqual([]);
    expect(claimsIn(await turn(partner, last, 'Previous'))).toEqual(numbers.slice(-8, -2));
  }, 120_000);
});
