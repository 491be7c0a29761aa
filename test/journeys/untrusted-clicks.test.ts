import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { READING, type Verb, verbs } from '../../cards/verbs.ts';
import { lintCard } from '../support/card-linter.ts';
import { claimsOn, fillIntake } from '../support/intake.ts';
import { claimFor, emptyForm, fillFor, newcomer } from '../support/newcomer.ts';
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
import { LEE, NOOR, ROBIN, SERVER, startWorld, TAILSPIN, type World } from '../support/world.ts';

describe.each(SERVER)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  let noor: Person;
  let lee: Person;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
    noor = personIn(world, NOOR, { name: 'Noor Stand-In' });
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    // Whom Teams shows for the first time is written down once; none of the tests is about that.
    for (const person of [robin, noor, lee]) await person.tap('help.show');
    await world.app.drain();
  });
  afterAll(() => world?.stop());

  /** Nothing is written, whatever is answered. */
  const unmoved = async (work: () => Promise<SeenCard>): Promise<SeenCard> => {
    const before = await recordOf(world);
    const card = await work();
    await world.app.drain();
    expect(await recordOf(world)).toEqual(before);
    expect(lintCard(card)).toEqual([]);
    return card;
  };

  describe('a form of somebody else', () => {
    let theirs: SeenCard;
    let review: SeenCard;
    beforeAll(async () => {
      const customer = await newcomer(world, 'secret-customer');
      review = await fillFor(robin, customer, { name: 'Nobody else’s business' });
      theirs = review;
    });

    test.each([
      ['shown', 'draft.show'],
      ['moved on', 'draft.next'],
      ['moved back', 'draft.back'],
      ['canceled', 'draft.cancel'],
      ['given up', 'draft.startOver'],
      ['confirmed', 'draft.confirm'],
    ])('is not %s by a colleague or another organisation, and nothing of it is shown', async (_what, verb) => {
      const data = { ...dataFor(theirs, 'Confirm'), step: 'review' };
      for (const stranger of [noor, lee]) {
        const card = await unmoved(() => stranger.tap(verb, data));
        expect(textOf(card)).toContain('This form is not yours');
        expect(JSON.stringify(card)).not.toMatch(/Nobody else|secret-customer|anna@/);
      }
    });

    test('looks the same as a form that never was', async () => {
      const data = dataFor(theirs, 'Confirm');
      const [real, none] = [
        await noor.tap('draft.show', { draft: data.draft }),
        await noor.tap('draft.show', { draft: randomUUID() }),
      ];
      expect(none).toEqual(real);
    });

    test('a command id that was carried out for one person gives another person nothing', async () => {
      const made = await robin.press(review, 'Confirm');
      expect(claimsOn(made)).toHaveLength(1);
      const card = await unmoved(() => noor.tap('draft.confirm', dataFor(review, 'Confirm')));
      expect(textOf(card)).toContain('This form is not yours');
    });
  });

  describe('a card from an earlier moment', () => {
    test('its step is not answered again', async () => {
      const old = await fillIntake(robin, {}, 'location', await emptyForm(robin));
      const now = await robin.press(await robin.press(old, 'Back'), 'Next');

      const shown = await unmoved(() =>
        robin.tap('draft.next', { ...dataFor(now, 'Next'), step: 'name', 'name~1': 'Late' }),
      );

      expect(textOf(shown)).toContain('That card was from an earlier moment. Nothing was changed');
      expect(textOf(shown)).toContain('Which of your locations runs it?');
    });

    test.each(['Next', 'Back', 'Cancel'])('%s on it changes nothing and shows how it stands now', async (button) => {
      const old = await fillIntake(robin, {}, 'identifier', await emptyForm(robin));
      const other = await robin.press(old, 'Back');
      const now = await robin.press(other, 'Next');

      const shown = await unmoved(() => robin.press(other, button));

      expect(textOf(shown)).toContain(textOf(now).split('\n')[0]);
    });

    test('a command that was never issued changes nothing', async () => {
      const card = await fillIntake(robin, {}, 'review', await emptyForm(robin));
      for (const title of ['Confirm', 'Back', 'Cancel', 'Change name']) {
        const { verb } = actionOf(card, title);
        const shown = await unmoved(() => robin.tap(verb, { ...dataFor(card, title), command: randomUUID() }));
        expect(textOf(shown)).toContain('That card was from an earlier moment.');
      }
    });

    test('a step that cannot be gone back to is not gone to', async () => {
      const card = await fillIntake(robin, {}, 'identifier', await emptyForm(robin));
      for (const to of ['review', 'contacts', 'identifier', 'constructor', '']) {
        await unmoved(() => robin.tap('draft.back', { ...dataFor(card, 'Back'), to }));
      }
    });

    test('the review cannot be reached or confirmed by naming it', async () => {
      const card = await fillIntake(robin, {}, 'engagements', await emptyForm(robin));
      await unmoved(() => robin.tap('draft.next', { ...dataFor(card, 'Next'), step: 'review' }));
      const shown = await unmoved(() => robin.tap('draft.confirm', dataFor(card, 'Next')));
      expect(textOf(shown)).toContain('Which engagements?');
    });
  });

  describe('what no button ever sent', () => {
    test.each([
      ['an unknown verb', 'claim.delete', {}],
      ['constructor', 'constructor', {}],
      ['__proto__', '__proto__', {}],
      ['toString', 'toString', {}],
      ['no verb', undefined, {}],
      ['an empty verb', '', {}],
      ['a verb that is a number', 7, {}],
      ['a verb that is a list', ['draft.next'], {}],
      ['a verb with a huge name', 'x'.repeat(100_000), {}],
      ['no data', 'claim.show', undefined],
      ['data that is a list', 'claim.show', [1_000_000]],
      ['data that is text', 'claim.show', 'claim'],
      ['data that is null', 'claim.show', null],
      ['a claim that is an object', 'claim.show', { claim: { $gt: 0 } }],
      ['a claim that is a list', 'claim.show', { claim: [1_000_000, 1_000_001] }],
      ['a claim that is half a number', 'claim.show', { claim: 1_000_000.5 }],
      ['a claim below 1', 'claim.show', { claim: -1 }],
      ['a claim beyond all numbers', 'claim.show', { claim: '99999999999999999999' }],
      ['a claim with SQL', 'claim.show', { claim: '1; DROP TABLE "Claim"' }],
      ['a page of nothing', 'claims.list', { page: 'NaN' }],
      ['a form that is no id', 'draft.show', { draft: '../../etc/passwd' }],
      ['a form in an object', 'draft.show', { draft: { id: 'x' } }],
      ['a huge form id', 'draft.show', { draft: 'f'.repeat(100_000) }],
      ['a language nobody speaks here', 'language.choose', { language: 'xx' }],
    ])('%s is answered, and changes nothing', async (_what, verb, data) => {
      const card = await unmoved(() => robin.tap(verb as string, data));
      expect(textOf(card)).toContain('That button did not work');
      expect(JSON.stringify(card).length).toBeLessThan(2_000);
    });

    test('inputs named after the prototype, nested, in lists, or huge are no answers', async () => {
      const card = await fillIntake(robin, {}, 'contacts', await emptyForm(robin));
      const data = JSON.parse(
        JSON.stringify(dataFor(card, 'Next', { customerName: 'Anna', customerEmail: 'a@fabrikam.example' })),
      );
      const named = (field: string) => inputsOf(card).get(field)?.id ?? field;
      const poison = JSON.parse('{"__proto__~0":"x","constructor~0":"x","toString~0":"x","__proto__":{"admin":true}}');
      const shown = await unmoved(() =>
        robin.tap('draft.next', {
          ...data,
          ...poison,
          [named('customerName')]: { first: 'Anna' },
          [named('customerCompany')]: ['A', 'B'],
          [named('partnerName')]: 'p'.repeat(100_000),
        }),
      );
      expect(textOf(shown)).toContain('3 fields need your attention.');
      expect(inputsOf(shown).get('partnerName')?.value?.length).toBeLessThanOrEqual(4_000);
      expect(({} as Record<string, unknown>).admin).toBeUndefined();
    });

    test('a request larger than any card is turned away without a word', async () => {
      const response = await robin.post(
        robin.activity({
          type: 'invoke',
          name: 'adaptiveCard/action',
          value: { action: { verb: 'x'.repeat(600_000) } },
        }),
      );
      expect(response.status).toBe(413);
      expect(await response.text()).toBe('');
    });

    test.each([
      ['no action', {}],
      ['an action that is text', { action: 'help.show' }],
      ['an action that is null', { action: null }],
    ])('an invoke with %s is answered with status 200', async (_what, value) => {
      const response = await robin.post(robin.activity({ type: 'invoke', name: 'adaptiveCard/action', value }));
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ statusCode: 200 });
    });

    test('an invoke that Claimdesk does not know is answered with a typed error and status 200', async () => {
      const response = await robin.post(
        robin.activity({ type: 'invoke', name: 'composeExtension/selectItem', value: {} }),
      );
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ statusCode: 400, type: 'application/vnd.microsoft.error' });
    });
  });

  describe('what a client sends by itself', () => {
    const changing = (Object.keys(verbs) as Verb[]).filter((verb) => !READING.has(verb));

    let data: Record<string, unknown>;
    beforeAll(async () => {
      const claim = await claimFor(robin, await newcomer(world, 'by-itself'));
      const review = await fillIntake(robin, {}, 'review', await emptyForm(robin));
      data = { ...dataFor(review, 'Confirm'), step: 'review', claim, language: 'nl', status: 'CUSTOMER_CLAIMED' };
    });

    test.each(changing)('%s by an automatic trigger changes nothing', async (verb) => {
      const card = await unmoved(() => robin.tap(verb, data, { trigger: 'automatic' }));
      expect(textOf(card)).toContain('That button did not work');
    });

    test('what only reads is answered', async () => {
      const card = await unmoved(() => robin.tap('claims.list', { page: 1 }, { trigger: 'automatic' }));
      expect(textOf(card)).toContain('Claims at your locations');
    });
  });

  describe('a client without Action.Execute', () => {
    const submit = async (person: Person, card: SeenCard, title: string, typed: Record<string, string> = {}) => {
      const { fallback } = actionOf(card, title) as unknown as { fallback: { data: Record<string, unknown> } };
      const value = { ...dataFor(card, title, typed), ...fallback.data };
      const response = await person.post(person.activity({ type: 'message', value }));
      expect(response.status).toBe(200);
      return person.hear();
    };

    test('a form moves on by messages, and the same message twice makes one set of claims', async () => {
      const card = await submit(robin, await emptyForm(robin), 'Next', { name: 'From an old client' });
      expect(textOf(card)).toContain('Which of your locations runs it?');

      const review = await fillFor(robin, await newcomer(world, 'old-client'));
      const first = await submit(robin, review, 'Confirm');
      const second = await submit(robin, review, 'Confirm');
      expect(claimsOn(first)).toHaveLength(1);
      expect(textOf(second)).toBe(textOf(first));
    });

    test('what is wrong is said below the field there too', async () => {
      const card = await submit(robin, await emptyForm(robin), 'Next');
      expect(textOf(card)).toContain('Fill this in.');
    });

    test.each([
      ['an unknown verb', { verb: 'constructor' }],
      ['no verb', { draft: randomUUID() }],
      ['a list', ['draft.next']],
    ])('a message with %s in its value is answered and changes nothing', async (_what, value) => {
      const card = await unmoved(async () => {
        await lee.post(lee.activity({ type: 'message', value }));
        return lee.hear();
      });
      expect(textOf(card)).toContain('That button did not work');
    });
  });

  test('the same delivery under another name is another one: nobody gets what somebody else was answered', async () => {
    const id = randomUUID();
    const mine = await robin.tap('claims.list', { page: 1 }, { id });
    const theirs = await unmoved(() =>
      noor.tap('claims.list', { page: 1 }, { id, conversation: robin.activity({}).conversation }),
    );
    expect(textOf(theirs)).not.toBe(textOf(mine));
  });

  test('what a database cannot keep is answered alike on every delivery, in the language of Teams', async () => {
    const dutch = personIn(world, ROBIN, { locale: 'nl-NL' });
    const card = await fillIntake(robin, {}, 'contacts', await emptyForm(robin));
    const typed = { customerName: '\ud800Anna', customerEmail: 'an\u0000na@fabrikam.example' };
    const id = randomUUID();
    const press = () => dutch.invoke('draft.next', dataFor(card, 'Next', typed), { id });
    const first = await press();
    expect(JSON.stringify(first)).toContain('Vul één e-mailadres in');
    expect(await press()).toEqual(first);
  });

  test.each([
    ['a channel', { id: '19:team@thread.tacv2;messageid=1', conversationType: 'channel' }],
    ['a group chat', { id: '19:group@thread.v2', conversationType: 'groupChat' }],
    ['a chat of a kind nobody knows', { id: '19:new@thread.v2', conversationType: 'meeting' }],
    ['a group chat, misspelled', { id: '19:group@thread.v2', conversationType: 'groupchat' }],
    ['a group that does not say what it is', { id: '19:group@thread.v2', isGroup: true }],
  ])('R34: in %s, forms and claims are neither shown nor offered', async (_what, where) => {
    const conversation = { ...where, tenantId: robin.tenantId };
    expect(buttonsOf(await robin.tap('help.show', {}, { conversation }))).toEqual(['Nederlands']);
    for (const [verb, data] of [
      ['add.start', {}],
      ['claims.list', { page: 1 }],
    ] as const) {
      const card = await robin.tap(verb, data, { conversation });
      expect(textOf(card)).toContain('In your personal chat, please');
    }
    // A row of a list in a channel leads to a claim, which opens in the own chat of who pressed it.
    const { value } = await robin.invoke('claim.show', { claim: 1_000_006 }, { conversation });
    await world.app.drain();
    const opened = world.connector.takePosts(robin.conversationId).length;
    const aside = where.id.startsWith('19:team');
    expect(JSON.stringify(value)).toContain(aside ? 'Opened in your personal chat' : 'In your personal chat, please');
    expect(opened).toBe(aside ? 1 : 0);
  });
});
