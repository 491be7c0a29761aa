import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
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
} from '../support/review.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let partner: Person;
  let claim: number;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
  }, 120_000);
  afterAll(() => world?.stop());

  let count = 0;
  beforeEach(async () => {
    count += 1;
    partner = await colleague(world);
    ({ claim } = await submitted(world, partner, `disputed-${count}`));
    await decided(world, vera, claim, 'reject');
    await partner.hear();
    readIn(world, APPROVALS);
  });

  const dispute = async (remark: string): Promise<SeenCard> => {
    world.clock.advance(1_000);
    const card = await partner.press(await partner.tap('claim.askDispute', { claim }), 'Dispute', { remark });
    await world.app.drain();
    return card;
  };

  const shared = (): string => {
    const [card, ...others] = cardsOf(world, APPROVALS, claim);
    expect(others).toEqual([]);
    readIn(world, APPROVALS);
    return card === undefined ? '' : textOf(card);
  };

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  test('R18: a disputed rejection is amended, submitted and approved, on the same card', async () => {
    const ask = await partner.press(await partner.tap('claim.show', { claim }), 'Dispute the rejection');
    expect(textOf(ask)).toMatch(/disputed? .*once\./);
    const card = await dispute('The dates are on page 4.');
    expect(textOf(card)).toContain('The rejection is disputed.');
    expect(textOf(card)).toContain('nothing is reviewed before');
    expect(await statusOf(world, claim)).toBe('DISPUTED');
    // The card says so; nobody is called yet, because there is nothing to review.
    expect(world.connector.takePosts(APPROVALS.id)).toHaveLength(1);
    expect(shared()).toMatch(/\nDisputed/);
    expect(buttonsOf(await vera.tap('review.show', { claim }))).toEqual(['Refresh']);

    await give(partner, claim, 'findings', { title: 'Findings, page 4' });
    const again = await partner.tap('claim.askSubmit', { claim });
    expect(textOf(again)).toContain('final: a rejection can be disputed once');
    await submit(world, partner, claim);
    const posts = world.connector.takePosts(APPROVALS.id);
    expect(posts).toHaveLength(2);
    expect(posts.map(({ activity }) => activity.summary)).toContain(`Rejection disputed: Claim ${claim}`);
    expect(shared()).toContain('Findings, page 4');

    await decided(world, vera, claim, 'approve');
    expect(textOf(await partner.hear())).toContain('Claim approved');
    expect(shared()).toMatch(/\nApproved\n/);
    const mine = textOf(await partner.tap('claim.show', { claim }));
    expect(mine).toContain('5,000 USD (final; market A;');
    expect(mine).toContain('Robin Demo disputed the rejection\n“The dates are on page 4.”');
    expect(mine).toContain('Robin Demo submitted the disputed claim');
    expect(mine).toContain('Robin Demo replaced evidence: Findings document');
  });

  test('R18: rejected again it is final: it says so before, tells the partner, and nothing leads on', async () => {
    await dispute('Look again, please.');
    await submit(world, partner, claim);
    expect(textOf(await asking(vera, claim, 'reject'))).toContain(
      'The claim was disputed, so this rejection is final.',
    );
    await decided(world, vera, claim, 'reject', { reason: 'other', comment: 'The dates are still too old.' });

    expect(await statusOf(world, claim)).toBe('REJECTED_FINAL');
    const heard = textOf(await partner.hear());
    expect(heard).toContain('Claim rejected, final');
    expect(heard).toContain('Another reason\n“The dates are still too old.”');
    expect(shared()).toMatch(/\nRejected, final\n/);
    const mine = await partner.tap('claim.show', { claim });
    expect(buttonsOf(mine)).not.toContain('Dispute the rejection');
    expect(textOf(mine)).toContain('Vera Reviewer rejected the claim, finally: Another reason');
    const seen = await world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });
    const again = { claim, seen, command: randomUUID(), 'remark~1': 'And again.' };
    expect(textOf(await unmoved(() => partner.tap('claim.dispute', again)))).toContain('Nothing was disputed');
    expect(textOf(await unmoved(() => partner.tap('claim.submit', again)))).toContain('Nothing was submitted');
    const lotte = also(world, partner, { name: 'Lotte Demo', locale: 'nl-NL' });
    const theirs = textOf(await lotte.tap('claim.show', { claim }));
    expect(theirs).toContain('Vera Reviewer heeft de claim definitief afgewezen: Een andere reden');
    expect(theirs).toContain('heeft de afwijzing betwist\n“Look again, please.”');
    expect(theirs).toContain('heeft de betwiste claim ingediend');
  });

  test('R18: asked for more after a dispute, a rejection is final all the same', async () => {
    await dispute('Look again, please.');
    await submit(world, partner, claim);
    await decided(world, vera, claim, 'askForMore');
    await partner.hear();
    await submit(world, partner, claim);
    await decided(world, vera, claim, 'reject');
    expect(textOf(await partner.hear())).toContain('Claim rejected, final');
    expect(await statusOf(world, claim)).toBe('REJECTED_FINAL');
    world.connector.takePosts(APPROVALS.id);
  });

  test.each([
    ['nothing', '', 'Fill this in.'],
    ['blanks', ' \n\u200B', 'Fill this in.'],
    ['5,000 characters', 'd'.repeat(5_000), 'Use at most 1,000 characters; this has 5,000.'],
  ])('a dispute with %s as reason is refused, and what was typed stays', async (_what, remark, words) => {
    const card = await unmoved(() => dispute(remark));
    expect(textOf(card)).toContain(words);
    expect(inputsOf(card).get('remark')?.value ?? '').toBe(remark);
  });

  test('R16: two colleagues who dispute at once dispute once, and the second is told how it stands', async () => {
    const other = await colleague(world);
    const cards = [await partner.tap('claim.askDispute', { claim }), await other.tap('claim.askDispute', { claim })];
    const said = await Promise.all(
      [partner, other].map((person, each) =>
        person.press(cards[each] as SeenCard, 'Dispute', { remark: `Reason ${each}` }).then(textOf),
      ),
    );
    await world.app.drain();
    expect(said.filter((text) => text.includes('The rejection is disputed.'))).toHaveLength(1);
    expect(said.filter((text) => text.includes('Nothing was disputed: the claim changed'))).toHaveLength(1);
    expect(
      await world.database.prisma.remark.count({ where: { claimNumber: claim, text: { startsWith: 'Reason ' } } }),
    ).toBe(1);
    readIn(world, APPROVALS);
  });
});
