import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Composer, composing, messageOf } from '../support/composer.ts';
import { claimsOn, fillIntake } from '../support/intake.ts';
import { colleague, newcomer } from '../support/newcomer.ts';
import {
  actionOf,
  buttonsOf,
  dataFor,
  inputsOf,
  type Person,
  personIn,
  type SeenCard,
  textOf,
} from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { LEE, NORTHBRIDGE, SAM, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

const CONTACTS = {
  customerCompany: 'Zebra Logistics',
  customerCountry: 'US',
  partnerName: 'Robin Demo',
  partnerEmail: 'robin.demo@northbridge.example',
  partnerPhone: '+31 20 555 0100',
};

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(engine);
    await newcomer(world, 'zebra');
    await newcomer(world, 'ibis');
    // The name by which people know Northbridge's own domain.
    await world.database.prisma.tenantDomain.create({
      data: { domain: 'northbridge.example', tenantId: NORTHBRIDGE, source: 'test', checkedAt: new Date('2099-01-01') },
    });
  });
  afterAll(() => world?.stop());

  const someone = async (): Promise<Composer> => composing(await colleague(world));

  const standsIn = (card: SeenCard, field: string): string => inputsOf(card).get(field)?.value ?? '';

  /** What stands in the fields of a form that was begun at a message, when they come up. */
  const prefilled = async (who: Composer, message: unknown) => {
    const first = await who.open(message);
    const about = /^From the message:\n(.*)$/m.exec(textOf(first))?.[1] ?? null;
    const at = await fillIntake(who, {}, 'identifier', first);
    const identifier = standsIn(at, 'identifierValue');
    let card = await who.press(at, 'Next', { identifierType: 'domain', identifierValue: 'zebra.example' });
    card = await who.press(card, 'Next', { engagements: inputsOf(card).get('engagements')?.choices?.[0]?.value ?? '' });
    const [email, name] = [standsIn(card, 'customerEmail'), standsIn(card, 'customerName')];
    await who.press(card, 'Cancel');
    return { about, identifier, email, name };
  };
  const NOTHING = { about: null as string | null, identifier: '', email: '', name: '' };

  test('R9: a customer is added in a dialog, from a message to the claims, and the rest goes on from there', async () => {
    const robin = await someone();
    const message = messageOf(
      '<p>Dear <at id="0">Robin</at>,</p><div>could you help us roll out Intune? Mail me: <a href="mailto:x@evil.example">Anna.deVries@zebra.example</a>.</div>',
      'Anna de Vries (Guest)',
    );
    let card = await robin.open(message);
    expect(textOf(card)).toContain('Anna de Vries · Anna.deVries@zebra.example');
    card = await robin.press(card, 'Next', { name: 'Zebra rollout' });
    card = await robin.press(card, 'Next', { location: inputsOf(card).get('location')?.choices?.[0]?.value ?? '' });
    // Nothing is typed: what the message said goes through the same checks as if it were.
    expect([standsIn(card, 'identifierType'), standsIn(card, 'identifierValue')]).toEqual(['domain', 'zebra.example']);
    card = await robin.press(card, 'Next');
    const endpoint = inputsOf(card)
      .get('engagements')
      ?.choices?.find(({ title }) => title.includes('Endpoint'));
    card = await robin.press(card, 'Next', { engagements: endpoint?.value ?? '' });
    card = await robin.press(card, 'Next', CONTACTS);
    expect(textOf(card)).toContain('Anna.deVries@zebra.example');

    const confirm = dataFor(card, 'Confirm');
    card = robin.shown(await robin.submit(confirm));
    const [claim = 0, ...others] = claimsOn(card);
    expect(others).toEqual([]);
    const { customer } = await world.database.prisma.claim
      .findUniqueOrThrow({ where: { number: claim }, include: { contacts: true } })
      .then(({ contacts }) => ({ customer: contacts.find(({ side }) => side === 'customer') }));
    expect(customer).toMatchObject({ name: 'Anna de Vries', email: 'Anna.deVries@zebra.example' });

    // Delivered twice: the same answer, and nothing is made twice.
    const before = await recordOf(world);
    const again = robin.shown(await robin.submit(confirm));
    expect(textOf(again)).toBe(textOf(card));
    expect(await recordOf(world)).toEqual(before);

    // It can be closed, and it can be gone on from.
    expect(buttonsOf(card)).toContain('Close');
    expect(await robin.submit(dataFor(card, 'Close'))).toEqual({});
    card = await robin.press(card, `Send consent e-mail (${claim})`);
    expect(standsIn(card, 'customerEmail')).toBe('Anna.deVries@zebra.example');
  });

  test('two deliveries at once make one claim', async () => {
    const robin = await someone();
    const contacts = { ...CONTACTS, customerCompany: 'Ibis', customerEmail: 'anna@ibis.example' };
    const review = await fillIntake(robin, { identifierValue: 'ibis.example', contacts }, 'review', await robin.open());
    const confirm = dataFor(review, 'Confirm');
    const [one, other] = await Promise.all([robin.submit(confirm), robin.submit(confirm)]);
    expect(claimsOn(robin.shown(one))).toHaveLength(1);
    expect(claimsOn(robin.shown(other))).toEqual(claimsOn(robin.shown(one)));
  });

  test('wrong input keeps what was typed, and says what is wrong', async () => {
    const robin = await someone();
    let card = await fillIntake(robin, {}, 'identifier', await robin.open());
    card = await robin.press(card, 'Next', { identifierValue: 'https://zebra.example/contact' });
    expect(standsIn(card, 'identifierValue')).toBe('https://zebra.example/contact');
    expect(textOf(card)).toContain('zebra.example');
    card = await robin.press(card, 'Back');
    expect(textOf(card)).toContain('Which of your locations runs it?');
    card = await robin.press(card, 'Cancel');
    expect(textOf(card)).toContain('Form canceled');
    expect(buttonsOf(card)).toContain('Close');
  });

  test('a form half-way is offered; to start over brings the message, to go on does not', async () => {
    const robin = await someone();
    await fillIntake(robin, { name: 'Begun before' }, 'identifier', await robin.open());
    const message = messageOf('write to anna@zebra.example', 'Anna de Vries');

    let card = await robin.open(message);
    expect(textOf(card)).toContain('You have a form half-way');
    expect(textOf(card)).toContain('Start over fills in anna@zebra.example from the message.');
    const goneOn = await robin.press(card, 'Go on');
    expect(standsIn(goneOn, 'identifierValue')).toBe('');

    const over = dataFor(card, 'Start over');
    card = robin.shown(await robin.submit(over));
    expect(textOf(card)).toContain('Anna de Vries · anna@zebra.example');
    // Delivered twice, it is the same form.
    expect(textOf(robin.shown(await robin.submit(over)))).toBe(textOf(card));
    expect(standsIn(await fillIntake(robin, {}, 'identifier', card), 'identifierValue')).toBe('zebra.example');
  });

  test('an untouched form takes over the newest message, and forgets it where there is none', async () => {
    const robin = await someone();
    expect(textOf(await robin.open(messageOf('anna@zebra.example')))).toContain('anna@zebra.example');
    expect(textOf(await robin.open(messageOf('bob@ibis.example')))).toContain('bob@ibis.example');
    const inChat = await robin.tap('add.start');
    expect(textOf(inChat)).toContain('What do you want to call it?');
    expect(textOf(inChat)).not.toContain('From the message');
  });

  test('the same form goes on in the chat', async () => {
    const robin = await someone();
    await fillIntake(robin, { name: 'Begun in a dialog' }, 'identifier', await robin.open());
    const resumed = await robin.tap('add.start');
    expect(textOf(resumed)).toContain('Begun in a dialog');
  });

  describe('what a message says', () => {
    let robin: Composer;
    beforeAll(async () => {
      robin = await someone();
    });

    test.each<[string, unknown, Partial<typeof NOTHING>]>([
      [
        'the first address of a company counts',
        messageOf('a@gmail.com, b@outlook.de; c@zebra.example d@ibis.example'),
        {
          about: 'c@zebra.example',
          identifier: 'zebra.example',
          email: 'c@zebra.example',
        },
      ],
      [
        'an address of the own organisation does not',
        messageOf('from: Kim &lt;kim@northbridge.example&gt;<br>to: c@zebra.example', 'Kim'),
        {
          about: 'c@zebra.example',
          identifier: 'zebra.example',
          email: 'c@zebra.example',
        },
      ],
      [
        'the sender is named when the address is theirs',
        messageOf('(c.bakker@zebra.example)', 'Bakker, Carla'),
        {
          about: 'Carla Bakker · c.bakker@zebra.example',
          identifier: 'zebra.example',
          email: 'c.bakker@zebra.example',
          name: 'Carla Bakker',
        },
      ],
      [
        'and is not when it is somebody else’s',
        messageOf('ask info@zebra.example', 'Anna de Vries'),
        {
          about: 'info@zebra.example',
          identifier: 'zebra.example',
          email: 'info@zebra.example',
        },
      ],
      [
        'a name is known without its accents',
        messageOf('zoe.muller@zebra.example', 'Zoë Müller'),
        {
          about: 'Zoë Müller · zoe.muller@zebra.example',
          identifier: 'zebra.example',
          email: 'zoe.muller@zebra.example',
          name: 'Zoë Müller',
        },
      ],
      [
        'plain text is read as it is',
        messageOf('<c@zebra.example>', null, 'text'),
        {
          about: 'c@zebra.example',
          identifier: 'zebra.example',
          email: 'c@zebra.example',
        },
      ],
      [
        'an address in pieces of markup is one',
        messageOf('<b>c@ze</b><i>bra.example</i>'),
        {
          about: 'c@zebra.example',
          identifier: 'zebra.example',
          email: 'c@zebra.example',
        },
      ],
      [
        'what nobody sees is not read',
        messageOf('<a href="mailto:c@zebra.example" title="c@zebra.example">mail us</a><!-- c@zebra.example -->'),
        {},
      ],
    ])('%s', async (_what, message, said) => {
      expect(await prefilled(robin, message)).toEqual({ ...NOTHING, ...said });
    });

    test.each<[string, unknown]>([
      ['no body', { id: '1' }],
      ['a body without words', { body: null, from: null }],
      ['a body of another shape', messageOf(['x'], 'Anna')],
      ['a number for a message', 7],
      ['no message at all', null],
      [
        'words without an address',
        messageOf('Hi @Robin, see you @ noon. @@@ a@b @zebra.example zebra@ x@localhost x@10.0.0.1'),
      ],
      ['a forged line break', messageOf('a%0d%0abcc:x@zebra.example\u0000 &#13;&#10;')],
      ['an address at a public mail host', messageOf('anna@gmail.com')],
      ['an endless address', messageOf(`${'a'.repeat(300)}@zebra.example x@${'a.'.repeat(400)}example`)],
      ['broken entities', messageOf('&#x110000;&#0;&#99999999;&bogus;&;&#xd800;')],
      ['half a tag', messageOf('<p <b <a href="')],
      ['nothing but brackets', messageOf('<'.repeat(200_000))],
      ['nothing but tags', messageOf('<script '.repeat(25_000))],
      ['nothing but dots and signs', messageOf(`${'.'.repeat(50_000)}@${'@'.repeat(100_000)}`)],
    ])('%s fills in nothing, and the form begins empty at once', async (_what, message) => {
      const card = await robin.open(message);
      expect(textOf(card)).toContain('What do you want to call it?');
      expect(textOf(card)).not.toContain('From the message');
    });

    test.each([
      '<at>everyone</at>',
      '{{DATE(2026-01-01)}}',
      '[x](https://evil.example)',
      'Anna\u202e',
      'x'.repeat(5_000),
    ])('what a sender may call themselves (%#) does no harm on a card', async (called) => {
      const { name } = await prefilled(robin, messageOf('anna@zebra.example', called));
      expect(name).toBe(called.startsWith('Anna') ? 'Anna' : '');
    });
  });

  test('Start over believes no address that a card brings: it is judged like the message', async () => {
    const robin = await someone();
    await fillIntake(robin, {}, 'identifier', await robin.open());
    const card = await robin.open(messageOf('anna@zebra.example', 'Anna'));
    const data = { ...dataFor(card, 'Start over'), email: 'not an address', contact: '<at>x</at>' };
    expect(textOf(robin.shown(await robin.submit(data)))).not.toContain('From the message');
  });

  test('R2, R3: without a role there is no form, but the way to ask for one', async () => {
    for (const person of [
      personIn(world, SAM, { name: 'Sam Norole' }),
      personIn(world, LEE, { tenantId: NORTHBRIDGE }),
    ]) {
      const card = await composing(person).open(messageOf('anna@zebra.example', 'Anna'));
      expect(textOf(card)).toContain('You need a role first');
      expect(textOf(card)).not.toContain('zebra');
      expect(textOf(await composing(person).press(card, 'Request access'))).toContain('location');
    }
  });

  test('somebody else’s form is as closed in a dialog as in the chat', async () => {
    const robin = await someone();
    const review = await fillIntake(robin, { identifierValue: 'zebra.example' }, 'identifier', await robin.open());
    const lee = composing(personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' }));
    await lee.tap('help.show');
    await world.app.drain();
    const before = await recordOf(world);
    const card = lee.shown(await lee.submit(dataFor(review, 'Next', { identifierValue: 'zebra.example' })));
    expect(textOf(card)).toContain('This form is not yours');
    expect(await recordOf(world)).toEqual(before);
  });

  test('in Dutch, from the message to the last button', async () => {
    const robin = await someone();
    await robin.say('nederlands');
    let card = await robin.open(messageOf('anna@zebra.example', 'Anna'));
    expect(textOf(card)).toContain('Uit het bericht:\nAnna · anna@zebra.example');
    card = await robin.press(card, 'Annuleren');
    expect(buttonsOf(card)).toContain('Sluiten');
  });

  test('where somebody wrote is kept by nobody: news still comes in their own chat with the bot', async () => {
    const robin: Person & Composer = await someone();
    await robin.open();
    await robin.submit({ verb: 'help.show' });
    await world.app.drain();
    const places = await world.database.prisma.conversation.findMany({ where: { id: { contains: 'of-two-people' } } });
    expect(places).toEqual([]);
  });

  test.each<[string, string, unknown]>([
    ['another dialog', 'fetchTask', { commandId: 'eraseEverything' }],
    ['no dialog', 'fetchTask', null],
    ['a press in another dialog', 'submitAction', { commandId: 'eraseEverything', data: { verb: 'help.show' } }],
    ['a press of nothing', 'submitAction', { commandId: 'addCustomer' }],
    ['a press that is text', 'submitAction', { commandId: 'addCustomer', data: 'draft.confirm' }],
  ])('%s is answered in words', async (_what, name, value) => {
    const robin = await someone();
    expect(await robin.ask(name, value)).toEqual({
      task: { type: 'message', value: 'Claimdesk does not know this request.' },
    });
  });

  test.each([{}, { verb: 'claim.delete' }, { verb: 7 }, { verb: 'draft.next', draft: 'x' }, { verb: '__proto__' }])(
    'a button that never was (%j) changes nothing, and says so',
    async (data) => {
      const robin = await someone();
      expect(textOf(robin.shown(await robin.submit(data)))).toContain('That button did not work');
    },
  );

  test('what takes too long is said in time, goes on, and is not done twice', async () => {
    const robin = await someone();
    const data = dataFor(await robin.open(), 'Next', { name: 'Typed with care' });
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: locked, resolve: lock } = Promise.withResolvers<void>();
    const held = world.database.prisma.$transaction(
      async (tx) => {
        await tx.$executeRaw`LOCK TABLE "Draft" IN ACCESS EXCLUSIVE MODE`;
        lock();
        await released;
      },
      { timeout: 20_000 },
    );
    await locked;
    const late = robin.shown(await robin.submit(data));
    release();
    await held;
    await world.app.drain();
    expect(textOf(late)).toContain('This takes longer than usual');
    const before = await recordOf(world);
    expect(textOf(await robin.press(late, 'Try again'))).toContain('Which of your locations runs it?');
    expect(await recordOf(world)).toEqual(before);
  });

  test('when the record is away, what was typed can be sent again', async () => {
    const robin = await someone();
    const card = await robin.open();
    const data = dataFor(card, 'Next', { name: 'Typed with care' });
    const { prisma } = world.database;
    await prisma.$executeRaw`ALTER TABLE "Draft" RENAME TO "DraftAway"`;
    const failed = robin.shown(await robin.submit(data));
    await prisma.$executeRaw`ALTER TABLE "DraftAway" RENAME TO "Draft"`;
    expect(textOf(failed)).toMatch(/Something went wrong on our side\n.*reference [0-9A-F]{8}/);
    expect(actionOf(failed, 'Try again').data).toEqual(data);
    expect(textOf(await robin.press(failed, 'Try again'))).toContain('Which of your locations runs it?');
  });
});
