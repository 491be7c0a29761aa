import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
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
} from '../support/review.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');
const HISTORY = /^(History|Geschiedenis)$/m;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let vera: Person;
  let willem: Person;
  let partner: Person;
  let claim: number;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    willem = await reviewer(world, 'Willem Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
  }, 120_000);
  afterAll(() => world?.stop());

  let count = 0;
  beforeEach(async () => {
    count += 1;
    partner = await colleague(world);
    ({ claim } = await submitted(world, partner, `reviewed-${count}`));
    readIn(world, APPROVALS);
  });

  /** From now on their Teams is Dutch. */
  const dutch = async (person: Person, name: string): Promise<Person> => {
    const same = also(world, person, { name, locale: 'nl-NL' });
    await same.tap('help.show');
    await world.app.drain();
    return same;
  };

  const historyOf = (card: SeenCard): string => textOf(card).split(HISTORY).at(-1) ?? '';

  /** What stands in the channel for the claim: one card, whatever happened. */
  const shared = (): string => {
    const cards = cardsOf(world, APPROVALS, claim);
    expect(cards).toHaveLength(1);
    expect(lintCard(cards[0])).toEqual([]);
    readIn(world, APPROVALS);
    return textOf(cards[0] as SeenCard);
  };

  describe('R25: approving', () => {
    test('ends the claim with its amount, tells the partner in chat with the note, and edits the card in the channel', async () => {
      expect(textOf(await asking(vera, claim, 'approve'))).toContain('This is final. The amount becomes 5,000 USD.');
      const card = await decided(world, vera, claim, 'approve', { comment: 'Well done.\nThank you.' });

      expect(textOf(card)).toContain('You approved the claim. The partner is told.');
      expect(buttonsOf(card)).toEqual([]);
      expect(await statusOf(world, claim)).toBe('APPROVED');
      const heard = textOf(await partner.hear());
      expect(heard).toContain('Claim approved');
      expect(heard).toContain('“Well done.\nThank you.”');
      expect(heard).toContain('Amount\n5,000 USD');
      expect(shared()).toMatch(/\nApproved\n/);
      const mine = await partner.tap('claim.show', { claim });
      expect(textOf(mine)).toContain('Amount\n5,000 USD (final; market A; rate of 23 Nov 2026 (UTC))');
      expect(textOf(mine)).toContain('Nothing more to do: this claim is complete.');
      expect(historyOf(mine)).toMatch(/CET Vera Reviewer approved the claim\n“Well done\.\nThank you\.”\n/);
      expect(historyOf(mine)).toContain('Vera Reviewer started the review');
      expect(buttonsOf(mine)).not.toContain('Evidence');
    });

    test('needs no note, and none is told then', async () => {
      await decided(world, vera, claim, 'approve');
      const heard = textOf(await partner.hear());
      expect(heard).toContain('Claim approved');
      expect(heard).not.toContain('“');
      shared();
    });

    test('a Dutch partner hears it in Dutch, and the claim tells its history in Dutch', async () => {
      const lotte = await dutch(partner, 'Lotte Demo');
      await decided(world, vera, claim, 'approve', { comment: 'Keurig.' });

      const heard = await lotte.hear();
      expect(heard.lang).toBe('nl');
      expect(textOf(heard)).toContain('Claim goedgekeurd');
      expect(textOf(heard)).toContain('“Keurig.”');
      expect(textOf(heard)).toContain('USD 5.000');
      const mine = await lotte.tap('claim.show', { claim });
      expect(historyOf(mine)).toContain('Vera Reviewer heeft de claim goedgekeurd');
      expect(historyOf(mine)).toContain('Vera Reviewer is met de beoordeling begonnen');
      expect(historyOf(mine)).toContain('Lotte Demo heeft de claim ingediend');
      expect(historyOf(mine)).toContain('Lotte Demo heeft bewijs toegevoegd: Bevindingendocument');
      expect(textOf(mine)).toContain('USD 5.000 (definitief; markt A; tarief van 23 nov 2026 (UTC))');
      // The channel speaks the language that was chosen for it.
      expect(shared()).toContain('approved the claim');
    });
  });

  describe('R25: rejecting', () => {
    test('tells the partner the reason and the comment, how long to dispute, and ends nothing yet', async () => {
      const card = await decided(world, vera, claim, 'reject', {
        reason: 'productsMissing',
        comment: 'Intune is missing.',
      });

      expect(textOf(card)).toContain('You rejected the claim. The partner is told.');
      const heard = textOf(await partner.hear());
      expect(heard).toContain('Claim rejected');
      expect(heard).toContain('You can dispute that once, until the deadline.');
      expect(heard).toContain('Products are missing\n“Intune is missing.”');
      expect(heard).toContain('30 days left');
      expect(heard).not.toContain('5,000');
      const mine = await partner.tap('claim.show', { claim });
      expect(buttonsOf(mine)).toContain('Dispute the rejection');
      expect(buttonsOf(mine)).not.toContain('Evidence');
      expect(historyOf(mine)).toContain('rejected the claim: Products are missing\n“Intune is missing.”');
      const stands = shared();
      expect(stands).toMatch(/\nRejected\n/);
      expect(stands).toContain('Intune is missing.');
    });

    test('a Dutch partner reads reason and history in Dutch', async () => {
      const lotte = await dutch(partner, 'Lotte Demo');
      await decided(world, vera, claim, 'reject', { reason: 'acknowledgmentMissing', comment: 'Zonder handtekening.' });
      const heard = textOf(await lotte.hear());
      expect(heard).toContain('Claim afgewezen');
      expect(heard).toContain('De bevestiging van de klant ontbreekt\n“Zonder handtekening.”');
      const mine = await lotte.tap('claim.show', { claim });
      expect(historyOf(mine)).toContain(
        'Vera Reviewer heeft de claim afgewezen: De bevestiging van de klant ontbreekt\n“Zonder handtekening.”',
      );
      expect(buttonsOf(mine)).toContain('Afwijzing betwisten');
      shared();
    });
  });

  describe('R25: asking for more', () => {
    test('goes round: the partner amends and submits again, a reply says so, and the same card is decided on', async () => {
      await decided(world, vera, claim, 'askForMore', { comment: 'Please add the invoice.' });
      const heard = textOf(await partner.hear());
      expect(heard).toContain('Action required');
      expect(heard).toContain('“Please add the invoice.”');
      expect(shared()).toMatch(/\nAction required\n/);
      const waiting = await vera.tap('review.show', { claim });
      expect(buttonsOf(waiting)).toEqual(['Refresh']);

      expect(textOf(await give(partner, claim, 'invoice', { title: 'Invoice 12' }))).toContain('The link was kept.');
      expect(textOf(await submit(world, partner, claim, 'The invoice is in.'))).toContain('The claim was submitted.');

      const posts = world.connector.takePosts(APPROVALS.id);
      const [card] = world.connector
        .posted(APPROVALS.id)
        .filter(({ activity }) => JSON.stringify(activity).includes(`Review of claim ${claim}`));
      const reply = posts.find(({ activity }) => String(activity.summary).startsWith('Submitted again'));
      expect(posts).toHaveLength(2);
      expect(reply?.conversationId).toBe(`${APPROVALS.id};messageid=${card?.id}`);
      const said = textOf(reply?.activity.attachments?.[0]?.content as SeenCard);
      expect(said).toContain('The partner has amended the claim above.');
      expect(said).toContain('“The invoice is in.”');
      const now = shared();
      expect(now).toContain('✓ Invoice · Invoice 12 · files.example');
      expect(now).toMatch(/\nSubmitted · Waiting since today\n/);

      // Whoever presses Review below the reply gets the same card.
      const again = await vera.press(reply?.activity.attachments?.[0]?.content as SeenCard, 'Review');
      expect(buttonsOf(again)).toEqual(['Start review', 'Refresh']);
      await decided(world, willem, claim, 'approve');
      expect(textOf(await partner.hear())).toContain('Claim approved');
      expect(shared()).toMatch(/\nApproved\n/);
      const mine = await partner.tap('claim.show', { claim });
      expect(historyOf(mine)).toContain('Robin Demo submitted the claim again\n“The invoice is in.”');
      expect(historyOf(mine)).toContain('Vera Reviewer asked for more\n“Please add the invoice.”');
    });

    test('R17: the partner’s clock stands still while the claim is with the reviewers, and goes on from there', async () => {
      const at = async () => (await world.database.prisma.claim.findUniqueOrThrow({ where: { number: claim } })).dueAt;
      expect(await at()).toBeNull();
      world.clock.advance(3 * DAY);
      await decided(world, vera, claim, 'askForMore');
      // 120 days from consent, on 23 November, and three for the days with the reviewers.
      expect(await at()).toEqual(new Date('2027-03-26T23:59:59.999Z'));
      expect(textOf(await partner.hear())).toContain('120 days left');
      shared();
      await submit(world, partner, claim);
      expect(await at()).toBeNull();
      await decided(world, vera, claim, 'approve');
      await partner.hear();
      shared();
      world.connector.takePosts(APPROVALS.id);
    });
  });

  test('R25: who reads “reviews” sees what waits, longest first, and opens it from there', async () => {
    const list = await vera.say('reviews');
    expect(textOf(list)).toContain(`[Review ${claim}]`);
    expect(textOf(list)).toContain(`Northbridge Cloud (demo) · Endpoint Management Workshop`);
    const card = await vera.press(list, `Review ${claim}`);
    expect(buttonsOf(card)).toContain('Start review');
    await decided(world, vera, claim, 'approve');
    await partner.hear();
    shared();
    expect(textOf(await vera.tap('review.list', { page: 1 }))).toContain('Nothing waits for a review.');
  });
});
