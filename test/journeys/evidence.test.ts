import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { ACCEPT, answer, asked } from '../support/consent-link.ts';
import { colleague } from '../support/newcomer.ts';
import { actionOf, buttonsOf, dataFor, inputsOf, type Person, type SeenCard, textOf } from '../support/person.ts';
import {
  also,
  channelNamed,
  complete,
  consented,
  decided,
  give,
  readIn,
  reviewer,
  setUp,
  submit,
} from '../support/review.ts';
import { unheardBy } from '../support/unmoved.ts';
import { SERVER, startWorld, type World } from '../support/world.ts';

const APPROVALS = channelNamed('approvals');

type Opens = { readonly type: string; readonly url?: string };

/** Where the buttons of a card lead out of Teams. */
const leadsTo = (card: SeenCard): readonly string[] =>
  [...JSON.stringify(card).matchAll(/\{"type":"Action.OpenUrl"[^}]*\}/g)].map(
    ([raw]) => (JSON.parse(raw) as Opens).url ?? '',
  );

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let partner: Person;

  beforeAll(async () => {
    world = await startWorld(engine);
    partner = await colleague(world);
    const vera = await reviewer(world, 'Vera Reviewer');
    await setUp(world, also(world, vera, { name: 'Vera Reviewer', channel: APPROVALS }));
  }, 120_000);
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unheardBy(world, work);

  const kept = async (claim: number, item: string) =>
    world.database.prisma.evidence.findUnique({ where: { claimNumber_item: { claimNumber: claim, item } } });

  test('R24: the checklist stands on the claim card from the consent on, and not before', async () => {
    const { claim, link } = await asked(world, partner, 'from-consent-on');
    const before = await partner.tap('claim.show', { claim });
    expect(textOf(before)).not.toContain('Findings document');
    expect(buttonsOf(before)).not.toContain('Evidence');
    expect(buttonsOf(await partner.tap('evidence.show', { claim }))).toEqual(['Back to the claim']);
    await answer(world, link, ACCEPT);
    await partner.hear();

    const card = await partner.tap('claim.show', { claim });

    expect(textOf(card)).toContain('Evidence (0 of 3)');
    expect(textOf(card)).toContain('○ Findings document · required · not added');
    expect(textOf(card)).toContain('○ Invoice · optional · not added');
    expect(textOf(card)).toContain('Still needed before you can submit: Findings document and Survey of the customer.');
    expect(buttonsOf(card)).toContain('Evidence');
    expect(buttonsOf(card)).not.toContain('Submit claim');
    expect(lintCard(card)).toEqual([]);
  });

  test('R24: a link is added, replaced and removed, and the history says who did which', async () => {
    const { claim } = await consented(world, partner, 'add-replace-remove');
    let card = await partner.press(await partner.tap('claim.show', { claim }), 'Evidence');
    card = await partner.press(card, 'Add: Findings document');
    expect(inputsOf(card).get('title')?.value).toBe('Findings document');
    card = await partner.press(card, 'Save', {
      title: 'Findings, final',
      url: 'https://Files.Example/findings one.pdf'.replace(' ', '%20'),
      note: 'Page 4 has the dates.',
    });
    expect(textOf(card)).toContain('The link was kept.');
    expect(textOf(card)).toContain('✓ Findings document · Findings, final · files.example\nPage 4 has the dates.');
    expect(leadsTo(card)).toEqual(['https://files.example/findings%20one.pdf']);
    expect(lintCard(card)).toEqual([]);

    card = await partner.press(card, 'Change: Findings document');
    expect(inputsOf(card).get('note')?.value).toBe('Page 4 has the dates.');
    card = await partner.press(card, 'Save', {
      title: 'Findings, signed',
      url: 'https://files.example/signed',
      note: '',
    });
    expect(textOf(card)).toContain('✓ Findings document · Findings, signed');
    expect(textOf(card)).not.toContain('Findings, final');
    expect(await kept(claim, 'findings')).toMatchObject({ url: 'https://files.example/signed' });

    card = await partner.press(await partner.press(card, 'Change: Findings document'), 'Remove this link');
    expect(textOf(card)).toContain('The link was removed.');
    expect(textOf(card)).toContain('○ Findings document · required · not added');
    expect(await kept(claim, 'findings')).toBeNull();
    const mine = textOf(await partner.press(card, 'Back to the claim'));
    expect(mine).toContain('Robin Demo added evidence: Findings document');
    expect(mine).toContain('Robin Demo replaced evidence: Findings document');
    expect(mine).toContain('Robin Demo removed evidence: Findings document');
  });

  describe('R24: a link', () => {
    let claim: number;
    beforeAll(async () => {
      ({ claim } = await consented(world, partner, 'bad-links'));
    });

    test.each([
      ['that runs a script', 'javascript:alert(1)', 'Only links that begin with https:// are kept.'],
      [
        'that runs a script, in disguise',
        ' JaVaScript:alert(1)//https://files.example',
        'Only links that begin with https',
      ],
      ['without encryption', 'http://files.example/findings', 'Only links that begin with https:// are kept.'],
      ['to a file', 'file:///etc/passwd', 'Only links that begin with https:// are kept.'],
      ['that holds its own content', 'data:text/html,<script>alert(1)</script>', 'Only links that begin with https'],
      ['with a name and a password', 'https://robin:secret@files.example/x', 'The link holds a name or a password'],
      ['with a name', 'https://robin@files.example/x', 'The link holds a name or a password'],
      [
        'that looks like another host',
        'https://sharepoint.example@evil.example/x',
        'The link holds a name or a password',
      ],
      ['that is missing', '', 'Fill this in.'],
      ['that is blank', ' \u200B ', 'Fill this in.'],
      ['that is words', 'see the mail', 'That is no web address.'],
      ['that is half one', 'files.example/findings', 'That is no web address.'],
      ['that is two', 'https://a.example/1 https://b.example/2', 'That is no web address.'],
      [
        'of 3,000 characters',
        `https://files.example/${'a'.repeat(2_978)}`,
        'Use at most 1,000 characters; this has 3,000.',
      ],
      [
        'of 900 letters that take more to write',
        `https://files.example/${'é'.repeat(900)}`,
        'Use at most 1,000 characters',
      ],
    ])('%s is refused below its field, and all that was typed stays', async (_what, url, words) => {
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      const answered = await unmoved(() => partner.press(form, 'Save', { title: 'Mine', url, note: 'Noted.' }));
      expect(textOf(answered)).toContain(words);
      expect(textOf(answered)).toContain('One field needs your attention. Nothing was lost.');
      expect(inputsOf(answered).get('title')?.value).toBe('Mine');
      expect(inputsOf(answered).get('note')?.value).toBe('Noted.');
      expect(inputsOf(answered).get('url')?.value ?? '').toBe(url);
      expect(lintCard(answered)).toEqual([]);
    });

    test.each<[string, Readonly<Record<string, string>>, string]>([
      ['a name that is missing', { title: '' }, 'Fill this in.'],
      ['a name of 500 characters', { title: 't'.repeat(500) }, 'Use at most 100 characters; this has 500.'],
      ['a note of 5,000 characters', { note: 'n'.repeat(5_000) }, 'Use at most 300 characters; this has 5,000.'],
    ])('with %s is refused, and the link stays', async (_what, typed, words) => {
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      const url = 'https://files.example/good';
      const answered = await unmoved(() => partner.press(form, 'Save', { title: 'Mine', url, ...typed }));
      expect(textOf(answered)).toContain(words);
      expect(inputsOf(answered).get('url')?.value).toBe(url);
    });

    test('of 1,000 characters is kept whole, shown again whole, and whole after another field was wrong', async () => {
      const url = `https://files.example/${'a'.repeat(978)}`;
      const form = await partner.tap('evidence.edit', { claim, item: 'customerSurvey' });
      const answered = await partner.press(form, 'Save', { title: ' ', url });
      await partner.press(answered, 'Save', { title: 'Long' });
      expect(await kept(claim, 'customerSurvey')).toMatchObject({ url });
      const again = await partner.tap('evidence.edit', { claim, item: 'customerSurvey' });
      await partner.press(again, 'Save', { title: 'Longer' });
      expect(await kept(claim, 'customerSurvey')).toMatchObject({ title: 'Longer', url });
    });

    test('with three things wrong has all three said', async () => {
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      const typed = { title: '', url: 'http://x', note: 'n'.repeat(600) };
      expect(textOf(await unmoved(() => partner.press(form, 'Save', typed)))).toContain(
        '3 fields need your attention.',
      );
    });

    test.each(['nonsense', '__proto__', 'constructor', ''])(
      'for an item “%s” that the engagement does not ask for is not kept',
      async (item) => {
        const data = {
          claim,
          item,
          seen: 0,
          command: randomUUID(),
          'title~1': 'Mine',
          'url~1': 'https://files.example/x',
        };
        expect(textOf(await unmoved(() => partner.tap('evidence.save', data)))).toContain('Nothing was changed');
        expect(textOf(await unmoved(() => partner.tap('evidence.edit', { claim, item })))).toContain(
          'Nothing was changed',
        );
      },
    );

    test('full of marks does no harm on any card, and leads where it says', async () => {
      const nasty = '**x** [y](https://evil.example) {{DATE()}} <at>z</at>';
      const card = await give(partner, claim, 'findings', {
        title: nasty,
        note: nasty,
        url: 'https://evil.example/%22onx=1',
      });
      expect(lintCard(card, { untrusted: [nasty] })).toEqual([]);
      expect(textOf(card)).toContain('· evil.example');
      const mine = await partner.tap('claim.show', { claim });
      expect(lintCard(mine, { untrusted: [nasty] })).toEqual([]);
    });
  });

  test('R24: links into private networks are kept and shown, and never followed', async () => {
    let connections = 0;
    const inside = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve));
    const { port } = inside.address() as { port: number };
    const { claim } = await consented(world, partner, 'private-networks');
    const links = {
      findings: `https://127.0.0.1:${port}/x`,
      customerSurvey: `https://localhost:${port}/x`,
      invoice: 'https://intranet/x',
    };
    for (const [item, url] of Object.entries(links)) {
      expect(textOf(await give(partner, claim, item, { url }))).toContain('The link was kept.');
    }
    await give(partner, claim, 'invoice', { url: 'https://10.0.0.1/x' });
    await give(partner, claim, 'invoice', { url: 'https://[::1]:1/x' });
    await give(partner, claim, 'invoice', { url: 'https://intranet/x' });
    expect(leadsTo(await partner.tap('evidence.show', { claim }))).toEqual(Object.values(links));
    await submit(world, partner, claim);
    const [card] = readIn(world, APPROVALS);
    expect(leadsTo(card as SeenCard)).toEqual(Object.values(links));
    await world.app.sweep();
    expect(connections).toBe(0);
    await new Promise((resolve) => inside.close(resolve));
  });

  describe('R15: submitted evidence is frozen', () => {
    test('an old card’s Save and Remove change nothing, until the reviewers ask for more', async () => {
      const { claim } = await complete(world, partner, 'frozen');
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      const typed = { title: 'Later', url: 'https://files.example/later' };
      await submit(world, partner, claim);
      readIn(world, APPROVALS);

      for (const press of [
        () => partner.press(form, 'Save', typed),
        () => partner.press(form, 'Remove this link'),
        () => partner.tap('evidence.edit', { claim, item: 'findings' }),
      ]) {
        const answered = await unmoved(press);
        expect(textOf(answered)).toContain('Nothing was changed: this evidence is not open for changes any more.');
        expect(buttonsOf(answered)).toEqual(['Back to the claim']);
      }
      const mine = await partner.tap('claim.show', { claim });
      expect(buttonsOf(mine)).not.toContain('Evidence');
      expect(buttonsOf(mine)).not.toContain('Cancel claim');

      const vera = await reviewer(world, 'Vera Second');
      await decided(world, vera, claim, 'askForMore');
      await partner.hear();
      const fresh = await partner.tap('evidence.edit', { claim, item: 'findings' });
      expect(textOf(await partner.press(fresh, 'Save', typed))).toContain('The link was kept.');
      readIn(world, APPROVALS);
    });

    test('R16: a colleague’s link is not replaced or removed unseen, and what was typed stays', async () => {
      const { claim } = await consented(world, partner, 'unseen');
      const other = await colleague(world);
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      await give(other, claim, 'findings', { title: 'Theirs' });
      const typed = { title: 'Mine', url: 'https://files.example/mine' };

      const answered = await unmoved(() => partner.press(form, 'Save', typed));

      expect(inputsOf(answered).get('title')?.value).toBe('Mine');
      expect(inputsOf(answered).get('url')?.value).toBe('https://files.example/mine');
      expect(await kept(claim, 'findings')).toMatchObject({ title: 'Theirs' });
      // Seen now, it is replaced.
      expect(textOf(await partner.press(answered, 'Save'))).toContain('The link was kept.');
      const stale = await partner.tap('evidence.edit', { claim, item: 'findings' });
      await give(other, claim, 'findings', { title: 'Theirs again' });
      await unmoved(() => partner.press(stale, 'Remove this link'));
      expect(await kept(claim, 'findings')).toMatchObject({ title: 'Theirs again' });
    });

    test('the same Save twice keeps one link, and the history has one line of it', async () => {
      const { claim } = await consented(world, partner, 'save-twice');
      const form = await partner.tap('evidence.edit', { claim, item: 'findings' });
      const data = dataFor(form, 'Save', { title: 'Once', url: 'https://files.example/once' });
      const { verb } = actionOf(form, 'Save');
      const cards = await Promise.all([1, 2, 3].map(() => partner.tap(verb, data)));
      for (const card of cards) expect(textOf(card)).toContain('The link was kept.');
      const events = await world.database.prisma.auditEvent.findMany({ where: { chain: `claim:${claim}` } });
      expect(events.filter(({ what }) => what.startsWith('evidence'))).toHaveLength(1);
    });
  });

  test('R24: an engagement’s checklist is Dutch for who reads Dutch', async () => {
    const { claim } = await consented(world, partner, 'nederlands');
    const lotte = also(world, partner, { name: 'Robin Demo', locale: 'nl-NL' });
    let card = await lotte.press(await lotte.tap('claim.show', { claim }), 'Bewijs');
    card = await lotte.press(card, 'Toevoegen: Bevindingendocument');
    card = await lotte.press(card, 'Bewaren', { url: 'http://files.example/x' });
    expect(textOf(card)).toMatch(/https:\/\//);
    card = await lotte.press(card, 'Bewaren', { url: 'https://files.example/x' });
    expect(textOf(card)).toContain('De link is bewaard.');
    expect(textOf(card)).toContain('Nog nodig voordat u kunt indienen: Enquête onder de klant.');
    expect(lintCard(card)).toEqual([]);
  });
});
