import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { choiceOf, claimsOn, fillIntake } from '../support/intake.ts';
import { claimFor, emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
import { actionOf, dataFor, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { LEE, NOOR, ROBIN, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

type Part = { readonly type: string; readonly id?: string; readonly inlines?: readonly { readonly text: string }[] };

/** The red line that stands directly below a field. */
const faultBelow = (card: SeenCard, field: string): string => {
  const body = card.body as readonly Part[];
  const at = body.findIndex(({ id }) => id?.replace(/~\d+$/, '') === field);
  const { type, inlines } = body[at + 1] ?? { type: 'nothing' };
  return at >= 0 && type === 'RichTextBlock' ? (inlines ?? []).map(({ text }) => text).join('') : '';
};

/** Cards break up templates with U+2060, which nobody sees. */
const visible = (text: string) => text.replaceAll('\u2060', '');

/** Presses Next with something wrong: the step stays, all that was typed with it, and nothing is written. */
const refusing = async (
  world: World,
  person: Person,
  card: SeenCard,
  typed: Readonly<Record<string, string>>,
  button = 'Next',
): Promise<SeenCard> => {
  const before = await recordOf(world);
  const answer = await person.press(card, button, typed);
  expect(await recordOf(world)).toEqual(before);
  expect(answer.body[0]).toEqual(card.body[0]);
  for (const [field, { id, value }] of inputsOf(card)) {
    const now = inputsOf(answer).get(field);
    expect(visible(now?.value ?? '')).toBe(visible(typed[field] ?? value ?? ''));
    expect(now?.id).not.toBe(id);
  }
  expect(lintCard(answer)).toEqual([]);
  return answer;
};

const NASTY = {
  markdown: '**Bold** _x_ [pay here](https://evil.example)',
  mention: '<at>Robin Demo</at> & "Co"',
  template: '{{DATE(2026-01-01T00:00:00Z)}} {{{x}}} $\u007By}',
  bidi: 'Evil\u202Egnp.exe\u2066 Ltd',
  emoji: '👩‍👩‍👧‍👦 Zoë 🏳️‍🌈',
} as const;

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
  });
  afterAll(() => world?.stop());

  describe('the customer’s identifier', () => {
    let card: SeenCard;
    beforeAll(async () => {
      card = await fillIntake(robin, {}, 'identifier', await emptyForm(robin));
    });

    test.each([
      ['a domain that nobody registered', 'domain', 'no-such-company.example', 'No Microsoft tenant answers'],
      ['no domain at all', 'domain', '  ', 'Fill this in.'],
      ['a domain without a dot', 'domain', 'fabrikam', 'That is not a domain name.'],
      ['a GUID as domain', 'domain', '{00000000-0000-4000-8000-000000000101}', 'That is an ID, not a domain name.'],
      ['a number as domain', 'domain', '900101', 'That is a number, not a domain name.'],
      ['a domain with a space', 'domain', 'fabri kam.example', 'That is not a domain name.'],
      ['an IP address', 'domain', '192.0.2.1', 'That is not a domain name.'],
      ['a public mail domain', 'domain', 'GMail.com', 'Anyone can have an address at that mail provider.'],
      ['a Dutch provider’s mail domain', 'domain', 'ziggo.nl', 'Anyone can have an address at that mail provider.'],
      [
        'a web address',
        'domain',
        'https://www.fabrikam.example/about?x=1',
        'Write the domain name only: fabrikam.example',
      ],
      ['an e-mail address', 'domain', 'Anna@Fabrikam.example', 'Write the domain name only: fabrikam.example'],
      ['a template as domain', 'domain', '{{DATE()}}.example', 'That is not a domain name.'],
      ['a tenant id that is a word', 'tenantId', 'fabrikam', 'That is not a valid ID.'],
      [
        'a tenant id with a letter too many',
        'tenantId',
        '00000000-0000-4000-8000-0000000001011',
        'That is not a valid ID.',
      ],
      ['a tenant id of zeros', 'tenantId', '00000000-0000-0000-0000-000000000000', 'That is not a valid ID.'],
      [
        'the tenant of personal accounts',
        'tenantId',
        '{9188040D-6C67-4C5B-B112-36A304B66DAD}',
        'That is the tenant of personal Microsoft accounts.',
      ],
      ['a TPID with letters', 'tpid', '90O101', 'A TPID is a number of 3 to 12 digits'],
      ['a TPID of 0', 'tpid', '0', 'A TPID is a number of 3 to 12 digits'],
      ['a negative TPID', 'tpid', '-900101', 'Negative numbers stand for customers without'],
      ['a subscription that is no id', 'azureSubscriptionId', 'sub-1', 'That is not a valid ID.'],
    ])('%s is refused below its field', async (_what, identifierType, identifierValue, words) => {
      card = await refusing(world, robin, card, { identifierType, identifierValue });

      expect(faultBelow(card, 'identifierValue')).toContain(words);
      expect(textOf(card)).toContain('One field needs your attention. Nothing was lost.');
    });

    test.each([
      '00000000-0000-4000-8000-000000000102',
      '{00000000-0000-4000-8000-000000000102}',
      '00000000000040008000000000000102',
      ' ( 00000000-0000-4000-8000-000000000102 ) ',
    ])('a tenant id written %s is kept in one spelling', async (identifierValue) => {
      const next = await robin.press(card, 'Next', { identifierType: 'tenantId', identifierValue });
      expect(textOf(next)).toContain('Tenant ID: 00000000-0000-4000-8000-000000000102');
      card = await robin.press(next, 'Back');
    });

    test('the same id in capitals is the same customer', async () => {
      const { tenantId } = await newcomer(world, 'capitals');
      const identifierValue = `{${tenantId.toUpperCase()}}`;
      const next = await robin.press(card, 'Next', { identifierType: 'tenantId', identifierValue });
      expect(textOf(next)).toContain(`Tenant ID: ${tenantId}`);
      expect(choiceOf(next, 'engagements', 'Endpoint')).toBeDefined();
      card = await robin.press(next, 'Back');
    });

    test('a kind of identifier that is not in the list is refused', async () => {
      const data = dataFor(card, 'Next', { identifierValue: 'fabrikam.example' });
      const answer = await robin.tap('draft.next', {
        ...data,
        [inputsOf(card).get('identifierType')?.id ?? '']: 'passport',
      });
      expect(faultBelow(answer, 'identifierType')).toBe('Choose one from the list.');
      card = answer;
    });
  });

  describe('the friendly name', () => {
    test.each([
      ['nothing', '', 'Fill this in.'],
      ['spaces', '   ', 'Fill this in.'],
      ['only marks that nobody sees', '\u200B\u202E\u2060', 'Fill this in.'],
      ['500 characters', 'x'.repeat(500), 'Use at most 100 characters; this has 500.'],
    ])('%s is refused', async (_what, name, words) => {
      const card = await refusing(world, robin, await emptyForm(robin), { name });
      expect(faultBelow(card, 'name')).toBe(words);
    });

    test.each(['X', 'x'.repeat(100), '👩‍👩‍👧‍👦'.repeat(10)])('%s is accepted', async (name) => {
      const next = await robin.press(await emptyForm(robin), 'Next', { name });
      expect(inputsOf(await robin.press(next, 'Back')).get('name')?.value).toBe(name);
    });
  });

  describe('the contacts', () => {
    test.each([
      ['an address with a line break', 'customerEmail', 'anna@fabrikam.example\r\nBcc: all@fabrikam.example'],
      ['two addresses', 'customerEmail', 'anna@fabrikam.example, bo@fabrikam.example'],
      ['an address without a domain', 'customerEmail', 'anna@localhost'],
      ['an address with a name', 'partnerEmail', 'Robin <robin.demo@northbridge.example>'],
    ])('%s is refused', async (_what, field, value) => {
      const card = await fillIntake(robin, {}, 'contacts', await emptyForm(robin));
      const typed = { customerName: 'Anna', customerEmail: 'anna@fabrikam.example', [field]: value };
      const answer = await refusing(world, robin, card, typed);
      expect(faultBelow(answer, field)).toContain('Write one e-mail address');
    });

    test('every field that is wrong is named at once', async () => {
      const card = await fillIntake(robin, {}, 'contacts', await emptyForm(robin));

      const answer = await refusing(world, robin, card, {
        customerCompany: '',
        customerName: 'n'.repeat(500),
        customerEmail: 'nobody',
        customerCountry: 'Atlantis',
        partnerPhone: 'call me',
      });

      expect(textOf(answer)).toContain('5 fields need your attention. Nothing was lost.');
      expect(faultBelow(answer, 'customerCompany')).toBe('Fill this in.');
      expect(faultBelow(answer, 'customerName')).toBe('Use at most 100 characters; this has 500.');
      expect(faultBelow(answer, 'customerCountry')).toBe('Choose one from the list.');
      expect(faultBelow(answer, 'partnerPhone')).toContain('Write a phone number');
    });
  });

  describe('the deal size', () => {
    let card: SeenCard;
    beforeAll(async () => {
      const claim = await claimFor(robin, await newcomer(world, 'deal-size'));
      card = await robin.press(await robin.tap('consent.start', { claim }), 'Next');
    });

    test.each([
      ['0', 'The amount must be more than 0.'],
      ['0,00', 'The amount must be more than 0.'],
      ['-25000', 'The amount must be more than 0.'],
      ['1e21', 'Write an amount in digits'],
      ['1.000.50', 'Write an amount in digits'],
      ['about 5 thousand', 'Write an amount in digits'],
      ['999999999999999999999', 'That is more than any deal.'],
      ['', 'Fill this in.'],
    ])('“%s” is refused', async (dealSize, words) => {
      card = await refusing(world, robin, card, { dealSize });
      expect(faultBelow(card, 'dealSize')).toContain(words);
    });

    test.each(['1.000,50', '1,000.50', '$ 1000.5', '1 000,50 USD'])(
      '“%s” is a thousand dollars and a half',
      async (dealSize) => {
        const review = await robin.press(card, 'Next', { dealSize });
        expect(textOf(review)).toContain('Deal size\n1,000.50 USD');
        card = await robin.press(review, 'Back');
      },
    );
  });

  describe('what a card does not offer, put into its data by hand', () => {
    const withInput = (card: SeenCard, field: string, value: string, id = inputsOf(card).get(field)?.id ?? '') => ({
      ...dataFor(card, 'Next'),
      [id]: value,
    });

    test.each([
      ['of another organisation', '00000000-0000-4000-8000-000000000311', 'You hold no Incentives role'],
      ['that is not enrolled', '00000000-0000-4000-8000-000000000304', 'not enrolled in MCI'],
      ['that does not exist', '00000000-0000-4000-8000-00000000dead', 'You hold no Incentives role'],
      ['that is no id', "' OR 1=1 --", 'You hold no Incentives role'],
    ])('R2: a location %s is refused', async (_what, location, words) => {
      const card = await fillIntake(robin, {}, 'location', await emptyForm(robin));
      const before = await recordOf(world);

      const answer = await robin.tap('draft.next', withInput(card, 'location', location));

      expect(faultBelow(answer, 'location')).toContain(words);
      expect(await recordOf(world)).toEqual(before);
    });

    test('R2: a location for which the person has no role is not offered, and refused by hand', async () => {
      const noor = personIn(world, NOOR, { name: 'Noor Stand-In' });
      const card = await fillIntake(noor, {}, 'location', await emptyForm(noor));
      expect(
        inputsOf(card)
          .get('location')
          ?.choices?.map(({ title }) => title),
      ).toEqual(['Northbridge Brussels · 90000103 · Belgium']);

      const answer = await noor.tap('draft.next', withInput(card, 'location', '00000000-0000-4000-8000-000000000301'));

      expect(faultBelow(answer, 'location')).toContain('You hold no Incentives role for that location.');
    });

    test('R12: an engagement that the customer does not qualify for is refused with the reason', async () => {
      const [gone] = await world.database.prisma.engagementVersion.findMany({ where: { slug: 'mw-nextgen-windows' } });
      const card = await fillIntake(robin, {}, 'engagements', await emptyForm(robin));
      const before = await recordOf(world);

      const both = `${choiceOf(card, 'engagements', 'Endpoint')},${gone?.id}`;
      const answer = await robin.tap('draft.next', withInput(card, 'engagements', both));

      expect(faultBelow(answer, 'engagements')).toMatch(
        /^NextGen Windows Workshop cannot be chosen any more\. New claims were possible until .*2022/,
      );
      expect(inputsOf(answer).get('engagements')?.value).toContain(choiceOf(card, 'engagements', 'Endpoint'));
      expect(await recordOf(world)).toEqual(before);
    });

    test.each(['no-id', '00000000-0000-4000-8000-00000000dead', ','])(
      'an engagement “%s” is refused',
      async (value) => {
        const card = await fillIntake(robin, {}, 'engagements', await emptyForm(robin));
        const answer = await robin.tap('draft.next', withInput(card, 'engagements', value));
        expect(faultBelow(answer, 'engagements')).toBe('Choose at least one engagement from the eligible list.');
      },
    );

    test('an engagement of variable payment cannot be slipped in', async () => {
      const [variable] = await world.database.prisma.engagementVersion.findMany({
        where: { slug: 'biz-presales-workshop' },
      });
      const card = await fillIntake(robin, {}, 'engagements', await emptyForm(robin));
      const answer = await robin.tap('draft.next', withInput(card, 'engagements', variable?.id ?? ''));
      expect(faultBelow(answer, 'engagements')).toBe('Choose at least one engagement from the eligible list.');
    });
  });

  test.each(Object.entries(NASTY))(
    'names with %s are kept, and do no harm on any card, in the mail or on the page',
    async (kind, nasty) => {
      const customer = await newcomer(world, `nasty-${kind}`);
      const lee = personIn(world, LEE, { tenantId: TAILSPIN, name: nasty });
      const card = await fillFor(
        lee,
        customer,
        {
          name: nasty,
          location: 'Utrecht',
          contacts: { customerCompany: nasty, customerName: nasty, partnerName: nasty },
        },
        'review',
      );
      const shown = nasty.replaceAll(/[\u202E\u2066]/g, '');
      expect(textOf(card)).toContain(`Friendly name\n${shown}`);
      const [claim = 0] = claimsOn(await lee.press(card, 'Confirm'));
      let form = await lee.tap('consent.start', { claim });
      form = await lee.press(await lee.press(form, 'Next'), 'Next', { dealSize: '25000' });
      await lee.press(form, 'Send consent e-mail');
      await world.app.drain();

      const [mail] = world.mailbox.take(`anna@${customer.domain}`);
      expect(mail?.subject).toBe('Tailspin Services (demo) asks for your consent: Endpoint Management Workshop');
      expect(mail?.text).toContain(`Dear ${shown},`);
      const html = mail?.html.replaceAll(/&#(\d+);/g, (_, code) =>
        code === '60' ? '‹' : String.fromCharCode(Number(code)),
      );
      expect(html).toContain(`Dear ${shown.replaceAll('<', '‹')}`);
      const link = /https:\/\/claimdesk\.example(\/consent\/\S+)/.exec(mail?.text ?? '')?.[1];
      const page = await (await fetch(`${world.url}${link}`)).text();
      expect(page).not.toContain('<at>');

      await fetch(`${world.url}${link}`, {
        method: 'POST',
        body: new URLSearchParams({ decision: 'decline', name: shown, reason: nasty }),
      });
      expect(textOf(await lee.hear())).toContain(`Their reason\n${shown}`);
      expect(textOf(await lee.tap('claim.show', { claim }))).toContain(shown);
      await lee.tap('claims.list', { page: 1 });
      await lee.tap('claim.askCancel', { claim });
      await fillFor(lee, customer, { name: nasty, location: 'Utrecht' }, 'engagements');
      await lee.tap('add.start');

      expect(lee.seen.length).toBeGreaterThan(15);
      for (const one of lee.seen) expect(lintCard(one, { untrusted: [nasty, shown] })).toEqual([]);
    },
  );

  test('every card that was shown here passes the card rules', () => {
    for (const card of robin.seen) expect(lintCard(card)).toEqual([]);
    expect(actionOf(robin.seen[0] as SeenCard, 'Next').verb).toBe('draft.next');
  });
});
