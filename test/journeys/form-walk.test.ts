import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { choiceOf, fillIntake } from '../support/intake.ts';
import { emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
import { buttonsOf, dataFor, inputsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { recordOf } from '../support/record.ts';
import { ROBIN, SERVER, startWorld, type World } from '../support/world.ts';

const valuesOn = (card: SeenCard) =>
  Object.fromEntries([...inputsOf(card)].map(([field, { value }]) => [field, value]));

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
  });
  afterAll(() => world?.stop());

  const openForms = () => world.database.prisma.draft.count({ where: { status: 'open' } });

  test('Back goes through every step with what was answered, and Next leads to the same review', async () => {
    const review = await fillIntake(robin, { name: 'There and back' }, 'review', await emptyForm(robin));

    const contacts = await robin.press(review, 'Back');
    expect(valuesOn(contacts)).toMatchObject({
      customerEmail: 'anna@fabrikam.example',
      partnerPhone: '+31 20 555 0100',
    });
    const engagements = await robin.press(contacts, 'Back');
    expect(valuesOn(engagements)).toEqual({ engagements: choiceOf(engagements, 'engagements', 'Endpoint') });
    const identifier = await robin.press(engagements, 'Back');
    expect(valuesOn(identifier)).toEqual({ identifierType: 'domain', identifierValue: 'fabrikam.example' });
    const location = await robin.press(identifier, 'Back');
    expect(valuesOn(location)).toEqual({ location: choiceOf(location, 'location', 'Amsterdam') });
    const name = await robin.press(location, 'Back');
    expect(valuesOn(name)).toEqual({ name: 'There and back' });
    expect(buttonsOf(name)).toEqual(['Next', 'Cancel']);

    let card = name;
    for (let step = 1; step < 6; step += 1) card = await robin.press(card, 'Next');
    expect(textOf(card)).toBe(textOf(review));
  });

  test('what was typed on a card from before is not lost, where the form stands at that step', async () => {
    const first = await emptyForm(robin);
    await robin.press(await robin.press(first, 'Next', { name: 'Elsewhere' }), 'Back');

    const shown = await robin.press(first, 'Next', { name: 'Typed on the phone' });

    expect(textOf(shown)).toContain('What you typed is below and not kept yet');
    expect(valuesOn(shown)).toEqual({ name: 'Typed on the phone' });
    expect(textOf(await robin.press(shown, 'Next'))).toContain('Which of your locations runs it?');
  });

  test('a step counter says where one is', async () => {
    const card = await fillIntake(robin, {}, 'engagements', await emptyForm(robin));
    expect(textOf(card)).toContain('Add customer · Step 4 of 6');
  });

  test.each([
    ['Change name', { name: 'Renamed' }, 'Friendly name\nRenamed'],
    ['Change engagements', {}, 'Endpoint Management Workshop'],
    ['Change contacts', { customerName: 'Joris Dekker' }, 'Joris Dekker · anna@fabrikam.example'],
  ] as const)('%s leads from the review straight back to it', async (button, typed, seen) => {
    const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));

    const back = await robin.press(await robin.press(review, button), 'Next', typed);

    expect(textOf(back)).toContain('Is everything right?');
    expect(textOf(back)).toContain(seen);
  });

  test.each(['Change name', 'Change location', 'Change customer', 'Change engagements', 'Change contacts'])(
    '%s can be taken back: nothing is changed and the review stands again',
    async (button) => {
      const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));

      const back = await robin.press(await robin.press(review, button), 'Back');

      expect(textOf(back)).toBe(textOf(review));
    },
  );

  test('Change customer leads through the steps that depend on it, and asks anew whom to ask there', async () => {
    const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));

    const engagements = await robin.press(await robin.press(review, 'Change customer'), 'Next', {
      identifierValue: 'contoso.example',
    });

    expect(textOf(engagements)).toContain('Tenant: Contoso Retail Group');
    const contacts = await robin.press(engagements, 'Next');
    const stands = (field: string) => inputsOf(contacts).get(field)?.value;
    // The one customer's mail must not go to the other's contact; what is known of the other is filled in.
    expect([stands('customerName'), stands('customerEmail')]).toEqual([undefined, undefined]);
    expect([stands('customerCompany'), stands('customerCountry')]).toEqual(['Contoso Retail Group N.V.', 'NL']);
    expect(stands('partnerName')).toBe('Robin Demo');
    const again = { customerName: 'Piet Bakker', customerEmail: 'piet@contoso.example' };
    expect(textOf(await robin.press(contacts, 'Next', again))).toContain('Domain name: contoso.example');
  });

  test('the same customer by another name keeps its contacts', async () => {
    const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));
    const tenantId = /Tenant\n.* · ([0-9a-f-]{36})/.exec(textOf(review))?.[1] ?? '';

    const typed = { identifierType: 'tenantId', identifierValue: tenantId };
    const engagements = await robin.press(await robin.press(review, 'Change customer'), 'Next', typed);

    const contacts = await robin.press(engagements, 'Next');
    expect(inputsOf(contacts).get('customerName')?.value).toBe('Anna de Vries');
  });

  test('an engagement that the changed customer does not qualify for is not kept', async () => {
    const review = await fillIntake(robin, { engagements: ['SIEM Plus'] }, 'review', await emptyForm(robin));

    const card = await robin.press(await robin.press(review, 'Change customer'), 'Next', {
      identifierValue: 'ohare-daughters.example',
    });

    expect(inputsOf(card).get('engagements')?.value).toBeUndefined();
    expect(textOf(card)).toContain('Managed by a Microsoft account team: no; needed: yes.');
  });

  test.each(['name', 'location', 'identifier', 'engagements', 'contacts', 'review'] as const)(
    'Cancel on the step %s ends the form and leaves nothing behind',
    async (step) => {
      const begun = await emptyForm(robin);
      const card = step === 'name' ? begun : await fillIntake(robin, {}, step, begun);

      const said = await robin.press(card, 'Cancel');

      expect(textOf(said)).toContain('Form canceled');
      expect(await openForms()).toBe(0);
      expect(valuesOn(await robin.tap('add.start'))).toEqual({ name: undefined });
    },
  );

  test('Cancel pressed twice is canceled once and says so both times', async () => {
    const card = await emptyForm(robin);
    await robin.press(card, 'Cancel');
    expect(textOf(await robin.press(card, 'Cancel'))).toContain('Form canceled');
  });

  test('a form half-way survives the end of the process, and its card goes on', async () => {
    const customer = await newcomer(world, `survivor-${engine}`);
    const card = await fillFor(robin, customer, { name: 'Survivor' }, 'contacts');

    await world.restart();

    const review = await robin.press(card, 'Next', {
      customerName: 'Anna de Vries',
      customerEmail: `anna@${customer.domain}`,
      customerCountry: 'US',
    });
    expect(textOf(review)).toContain('Friendly name\nSurvivor');
    expect(textOf(await robin.press(review, 'Confirm'))).toContain('One claim was made');
  });

  test('“add customer” with a form half-way offers to go on where it was', async () => {
    await fillIntake(robin, { name: 'Half-way' }, 'engagements', await emptyForm(robin));

    const offer = await robin.say('add customer');

    expect(textOf(offer)).toContain('You have a form half-way');
    expect(textOf(offer)).toContain('Half-way');
    expect(textOf(offer)).toContain('fabrikam.example');
    expect(textOf(await robin.press(offer, 'Go on'))).toContain('Which engagements?');
  });

  test('“add customer” with a form half-way offers to start over, and a second click shows that same new form', async () => {
    await fillIntake(robin, { name: 'Given up' }, 'engagements', await emptyForm(robin));
    const offer = await robin.say('add customer');

    const first = await robin.press(offer, 'Start over');
    const second = await robin.press(offer, 'Start over');

    expect(valuesOn(first)).toEqual({ name: undefined });
    expect(textOf(second)).toBe(textOf(first));
    expect(await openForms()).toBe(1);
  });

  test('looking at a form shows it as it stands, without moving it', async () => {
    const old = await fillIntake(robin, {}, 'identifier', await emptyForm(robin));
    const newer = await robin.press(old, 'Back');
    const before = await recordOf(world);

    const { draft } = dataFor(old, 'Next');
    const refreshed = await robin.tap('draft.show', { draft }, { trigger: 'automatic' });

    expect(textOf(refreshed)).toBe(textOf(newer));
    expect(await recordOf(world)).toEqual(before);
  });

  test('a form has no refresh of its own, which would throw away what is being typed', async () => {
    const card = await fillIntake(robin, {}, 'contacts', await emptyForm(robin));
    expect(card.refresh).toBeUndefined();
  });

  test('a form into which nothing was typed is not offered, but shown', async () => {
    const card = await emptyForm(robin);
    expect(textOf(await robin.tap('add.start'))).toBe(textOf(card));
  });

  test('pressing Next twice moves one step', async () => {
    const card = await emptyForm(robin);
    const [one, two] = await Promise.all([
      robin.press(card, 'Next', { name: 'Twice' }),
      robin.press(card, 'Next', { name: 'Twice' }),
    ]);
    expect([textOf(one), textOf(two)]).toEqual([
      expect.stringContaining('Step 2 of 6'),
      expect.stringContaining('Step 2 of 6'),
    ]);
  });

  test('Back on one device, then Confirm on the other’s old card: nothing is made, and the form is shown as it stands', async () => {
    const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));
    await robin.press(review, 'Back');
    const before = await recordOf(world);

    const shown = await robin.press(review, 'Confirm');

    expect(textOf(shown)).toContain('That card was from an earlier moment.');
    expect(textOf(shown)).toContain('Who are the contacts?');
    expect(await recordOf(world)).toEqual(before);
  });

  test('Cancel on one device, then Confirm on the other’s old card: the form stays canceled', async () => {
    const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));
    await robin.press(review, 'Cancel');

    expect(textOf(await robin.press(review, 'Confirm'))).toContain('Form canceled');
  });

  test('Confirm, then Cancel on the old card: the claim stands and is shown', async () => {
    const review = await fillFor(robin, await newcomer(world, 'confirmed-first'));
    const made = await robin.press(review, 'Confirm');

    expect(textOf(await robin.press(review, 'Cancel'))).toBe(textOf(made));
    expect(textOf(await robin.press(review, 'Back'))).toBe(textOf(made));
  });

  test('Confirm and Cancel at the same moment: one of them wins, and both answers tell which', async () => {
    const review = await fillFor(robin, await newcomer(world, 'at-once'));

    const [first, second] = await Promise.all([robin.press(review, 'Confirm'), robin.press(review, 'Cancel')]);

    expect(textOf(first)).toBe(textOf(second));
    expect(textOf(first)).toMatch(/One claim was made|Form canceled/);
  });

  test('somebody whose Teams is Dutch is spoken to in Dutch, throughout the form', async () => {
    const dutch = personIn(world, ROBIN, { locale: 'nl-NL' });
    let card = await dutch.say('klant toevoegen');
    if (buttonsOf(card).includes('Opnieuw beginnen')) card = await dutch.press(card, 'Opnieuw beginnen');

    expect(textOf(card)).toContain('Hoe wilt u dit noemen?');
    card = await dutch.press(card, 'Volgende');
    expect(textOf(card)).toContain('Eén veld vraagt uw aandacht.');
    card = await dutch.press(card, 'Volgende', { name: 'Najaar' });
    expect(textOf(card)).toContain('Stap 2 van 6');
    card = await dutch.press(card, 'Volgende', { location: choiceOf(card, 'location', 'Amsterdam') });
    card = await dutch.press(card, 'Volgende', { identifierType: 'domain', identifierValue: 'nergens.example' });
    expect(textOf(card)).toContain('Bij dit domein is geen Microsoft-tenant gevonden.');
    card = await dutch.press(card, 'Volgende', { identifierValue: 'wingtip-toys.example' });
    expect(textOf(card)).toContain('De klant heeft voor dit traject al 1 claim lopen; toegestaan: 1.');
    card = await dutch.press(card, 'Volgende', { engagements: choiceOf(card, 'engagements', 'Identiteiten') });
    expect(inputsOf(card).get('customerLanguage')?.value).toBe('nl');
    card = await dutch.press(card, 'Volgende', {
      customerName: 'Lotte Fictief',
      customerEmail: 'lotte@wingtip-toys.example',
    });
    expect(textOf(card)).toContain('toestemming uiterlijk 23 dec 2026 (UTC)');
    card = await dutch.press(card, 'Bevestigen');
    expect(textOf(card)).toContain('Er is één claim aangemaakt');

    const shown = dutch.seen.map((seen) => [seen.lang, textOf(seen)]);
    for (const [lang, text] of shown) {
      expect(lang).toBe('nl');
      expect(text).not.toMatch(/\b(Next|Back|Cancel|Step|the|your|customer)\b/);
    }
  });
});
