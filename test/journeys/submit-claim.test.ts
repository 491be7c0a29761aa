import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { statusOf } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import { also, channelNamed, complete, consented, give, readIn, reviewer, setUp, submit } from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { DAY, SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;
  let vera: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
  }, 120_000);
  beforeEach(async () => {
    partner = await colleague(world);
  });
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  const seenOf = (claim: number) => world.database.prisma.auditEvent.count({ where: { chain: `claim:${claim}` } });

  test('R24: a complete claim that is not submitted says so on its card and in the list, and nobody is to review it', async () => {
    const { claim } = await complete(world, partner, 'complete-only');
    const words = 'Everything that is required is there. Nothing is reviewed until you submit the claim.';
    const card = await partner.tap('claim.show', { claim });
    expect(textOf(card)).toContain('Evidence (2 of 3)');
    expect(textOf(card)).toContain(words);
    expect(buttonsOf(card).slice(0, 2)).toEqual(['Submit claim', 'Evidence']);
    expect(textOf(await partner.tap('evidence.show', { claim }))).toContain(words);
    const list = async () => {
      let page = await partner.tap('claims.list', { page: 1 });
      while (!textOf(page).includes(String(claim))) page = await partner.press(page, 'Next');
      return textOf(page).split('\n');
    };
    const row = (lines: readonly string[]) => {
      const at = lines.findIndex((line) => line.includes(`[Open ${claim}]`));
      return lines.slice(Math.max(0, at - 6), at).join('\n');
    };
    expect(row(await list())).toMatch(/submit/i);
    expect(textOf(await vera.tap('review.list', { page: 1 }))).not.toContain(String(claim));
    expect(textOf(await vera.tap('review.show', { claim }))).toContain(`There is no submitted claim ${claim}`);
    await world.app.drain();
    expect(readIn(world, APPROVALS)).toEqual([]);
  });

  test('R24: Submit asks once more, what it freezes; “Not yet” leaves everything as it is', async () => {
    const { claim } = await complete(world, partner, 'asks-once-more');
    const ask = await partner.press(await partner.tap('claim.show', { claim }), 'Submit claim');
    expect(textOf(ask)).toContain(`Submit claim ${claim}?`);
    expect(textOf(ask)).toContain('From then on');
    expect(textOf(ask)).toContain('✓ Findings document');
    const back = await unmoved(() => partner.press(ask, 'Not yet'));
    expect(textOf(back)).toContain('Consent received');
    expect(await statusOf(world, claim)).toBe('CONSENT_RECEIVED');
  });

  test('R24: submitting says what comes next, posts one card with the note, and ends the ways to change or cancel it', async () => {
    const { claim } = await complete(world, partner, 'submits');
    const card = await submit(world, partner, claim, 'The survey is on page 2.\nThank you.');
    expect(textOf(card)).toContain('The claim was submitted. You hear at once when the reviewers decide.');
    expect(textOf(card)).toContain('The reviewers are to begin.');
    expect(textOf(card)).toContain('Robin Demo submitted the claim\n“The survey is on page 2.\nThank you.”');
    for (const gone of ['Submit claim', 'Evidence', 'Cancel claim']) expect(buttonsOf(card)).not.toContain(gone);
    const posts = readIn(world, APPROVALS);
    expect(posts).toHaveLength(1);
    expect(textOf(posts[0] as SeenCard)).toContain('“The survey is on page 2.\nThank you.”');
    const canceled = await unmoved(() =>
      partner.tap('claim.cancel', { claim, command: randomUUID(), status: 'SUBMITTED' }),
    );
    expect(textOf(canceled)).toContain('nothing was changed');
  });

  test('R24: without what is required nothing is submitted, and what is missing is said', async () => {
    const { claim } = await consented(world, partner, 'incomplete');
    await give(partner, claim, 'findings');
    const asked = await unmoved(() => partner.tap('claim.askSubmit', { claim }));
    expect(textOf(asked)).toContain('Nothing was submitted: required evidence is missing.');
    expect(textOf(asked)).toContain('Still needed before you can submit: Survey of the customer.');
    const data = { claim, seen: await seenOf(claim), command: randomUUID() };
    const forged = await unmoved(() => partner.tap('claim.submit', data));
    expect(textOf(forged)).toContain('Nothing was submitted: required evidence is missing.');
    expect(await statusOf(world, claim)).toBe('CONSENT_RECEIVED');
  });

  describe('R16: a colleague between the question and the press', () => {
    const changes: readonly (readonly [string, (other: Person, claim: number) => Promise<unknown>])[] = [
      ['replaces a link', (other, claim) => give(other, claim, 'findings', { title: 'Another' })],
      ['adds one', (other, claim) => give(other, claim, 'invoice')],
      [
        'removes one that is required',
        async (other, claim) =>
          other.press(await other.tap('evidence.edit', { claim, item: 'findings' }), 'Remove this link'),
      ],
      [
        'cancels the claim',
        async (other, claim) => other.press(await other.tap('claim.askCancel', { claim }), 'Cancel the claim'),
      ],
      ['submits it', (other, claim) => submit(world, other, claim)],
    ];

    test.each(changes)('%s: nothing is submitted unseen, and the card shows how it stands', async (what, change) => {
      const other = await colleague(world);
      const { claim } = await complete(world, partner, `between-${what.replaceAll(' ', '-')}`);
      const ask = await partner.tap('claim.askSubmit', { claim });
      await change(other, claim);
      await world.app.drain();
      readIn(world, APPROVALS);

      const answered = await unmoved(() => partner.press(ask, 'Submit claim', { remark: 'Ready.' }));

      expect(textOf(answered)).toContain('Nothing was submitted: the claim changed since that card.');
      if (what === 'removes one that is required') {
        expect(textOf(answered)).toContain('Still needed before you can submit: Findings document.');
      }
      if (what === 'adds one') {
        expect(textOf(await submit(world, partner, claim))).toContain('The claim was submitted.');
        readIn(world, APPROVALS);
      }
    });

    test('presses at the same moment: submitted once, one card, and one of them is told', async () => {
      const other = await colleague(world);
      const { claim } = await complete(world, partner, 'at-once');
      const people = [partner, other];
      const cards = [await partner.tap('claim.askSubmit', { claim }), await other.tap('claim.askSubmit', { claim })];
      const said = await Promise.all(
        people.map((person, each) => person.press(cards[each] as SeenCard, 'Submit claim').then(textOf)),
      );
      await world.app.drain();
      expect(said.filter((text) => text.includes('The claim was submitted.'))).toHaveLength(1);
      expect(said.filter((text) => text.includes('Nothing was submitted: the claim changed'))).toHaveLength(1);
      expect(readIn(world, APPROVALS)).toHaveLength(1);
    });
  });

  test('the same Submit twice, as a new delivery, submits once and is answered the same', async () => {
    const { claim } = await complete(world, partner, 'submit-twice');
    const data = dataFor(await partner.tap('claim.askSubmit', { claim }), 'Submit claim');
    const said = [await partner.tap('claim.submit', data), await partner.tap('claim.submit', data)].map(textOf);
    await world.app.drain();
    expect(said[0]).toContain('The claim was submitted.');
    expect(said[1]).toBe(said[0]);
    expect(readIn(world, APPROVALS)).toHaveLength(1);
  });

  test('a note of 5,000 characters is refused, and stands in its field still', async () => {
    const { claim } = await complete(world, partner, 'long-note');
    const remark = 'r'.repeat(5_000);
    const ask = await partner.tap('claim.askSubmit', { claim });
    const answered = await unmoved(() => partner.press(ask, 'Submit claim', { remark }));
    expect(textOf(answered)).toContain('Use at most 1,000 characters; this has 5,000.');
    expect(inputsOf(answered).get('remark')?.value).toBe(remark);
    expect(textOf(await partner.press(answered, 'Submit claim', { remark: 'Short.' }))).toContain('was submitted.');
    await world.app.drain();
    readIn(world, APPROVALS);
  });

  test('a client that asks by itself submits and changes nothing', async () => {
    const { claim } = await complete(world, partner, 'automatic');
    const automatic = { trigger: 'automatic' };
    const command = randomUUID();
    const save = { claim, item: 'invoice', seen: 0, command, 'title~1': 'x', 'url~1': 'https://files.example/x' };
    for (const [verb, data] of [
      ['claim.submit', { claim, seen: await seenOf(claim), command }],
      ['evidence.save', save],
      ['evidence.remove', { claim, item: 'findings', seen: await seenOf(claim), command }],
    ] as const) {
      const answered = await unmoved(() => partner.tap(verb, data, automatic));
      expect(textOf(answered)).toContain('nothing was changed');
    }
  });

  test('R17: a claim whose time to submit ran out between the question and the press is not submitted', async () => {
    const { claim } = await complete(world, partner, 'time-ran-out');
    const ask = await partner.tap('claim.askSubmit', { claim });
    const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
    world.clock.advance(91 * DAY);

    // The sweep of the minute may come between: it only says what is so already.
    const answered = await partner.press(ask, 'Submit claim');
    expect(textOf(answered)).toContain('Nothing was submitted');
    expect(buttonsOf(answered)).not.toContain('Submit claim');
    const saved = await partner.press(form, 'Save', { title: 'Late', url: 'https://files.example/late' });
    expect(textOf(saved)).toContain('Nothing was changed: this evidence is not open for changes any more.');
    await world.app.sweep();
    expect(await statusOf(world, claim)).toBe('NOT_SUBMITTED_EXPIRED');
    expect(await world.database.prisma.evidence.count({ where: { claimNumber: claim, title: 'Late' } })).toBe(0);
    // So did every other claim of this world, and their partners hear.
    world.connector.takePosts();
  });
});
