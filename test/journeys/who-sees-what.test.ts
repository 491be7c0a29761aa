import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lintCard } from '../support/card-linter.ts';
import { claimFor, newcomer } from '../support/newcomer.ts';
import { buttonsOf, type Person, personIn, type SeenCard, textOf } from '../support/person.ts';
import { unmovedBy } from '../support/unmoved.ts';
import { APP_ID, ENGINES, LEE, NOOR, ROBIN, SAM, startWorld, TAILSPIN, type World } from '../support/world.ts';

const NO_SUCH = 9_999_999;

describe.each(ENGINES)('on %s', (engine) => {
  let world: World;
  let robin: Person;
  let sam: Person;
  let noor: Person;
  let lee: Person;
  let claim: number;
  beforeAll(async () => {
    world = await startWorld(engine);
    robin = personIn(world, ROBIN);
    sam = personIn(world, SAM, { name: 'Sam Norole' });
    noor = personIn(world, NOOR, { name: 'Noor Stand-In' });
    lee = personIn(world, LEE, { tenantId: TAILSPIN, name: 'Lee Tailspin' });
    for (const person of [robin, sam, noor, lee]) await person.tap('help.show');
    await world.app.drain();
    claim = await claimFor(robin, await newcomer(world, 'northbridge-only'));
  });
  afterAll(() => world?.stop());

  const unmoved = (work: () => Promise<SeenCard>): Promise<SeenCard> => unmovedBy(world, work);

  describe('R2: somebody without a role', () => {
    test.each(['help', 'add customer'])('hears after “%s” which role is needed, and can ask for it', async (words) => {
      const text = textOf(await unmoved(() => sam.say(words)));
      expect(text).toMatch(/role/);
      expect(text).toContain('[Request access]');
    });

    test('sees no claims', async () => {
      expect(textOf(await unmoved(() => sam.say('claims')))).not.toContain('northbridge-only');
    });

    test.each(['claim.show', 'claim.askCancel', 'consent.start'])('gets nothing by %s', async (verb) => {
      expect(textOf(await unmoved(() => sam.tap(verb, { claim })))).toContain('No such claim');
    });
  });

  describe('R2: a claim by its number', () => {
    const verbs: readonly (readonly [string, Record<string, unknown>])[] = [
      ['claim.show', {}],
      ['claim.askCancel', {}],
      ['claim.cancel', { command: '00000000-0000-4000-8000-00000000c0de', status: 'CUSTOMER_CLAIMED' }],
      ['consent.start', {}],
    ];

    test.each(verbs)(
      '%s: another organisation gets the same words as for a number that does not exist',
      async (verb, data) => {
        const theirs = await unmoved(() => lee.tap(verb, { ...data, claim }));
        const none = await lee.tap(verb, { ...data, command: '00000000-0000-4000-8000-00000000c0df', claim: NO_SUCH });
        expect(textOf(theirs)).toContain(`There is no claim ${claim} that you may see.`);
        expect(textOf(theirs).replaceAll(String(claim), String(NO_SUCH))).toBe(textOf(none));
      },
    );

    test.each(verbs)('%s: so does a colleague whose role is for another location', async (verb, data) => {
      const theirs = await unmoved(() =>
        noor.tap(verb, { ...data, claim, command: '00000000-0000-4000-8000-00000000c0d0' }),
      );
      expect(textOf(theirs)).toContain(`There is no claim ${claim} that you may see.`);
    });

    test('in words it is the same', async () => {
      const theirs = textOf(await lee.say(`claim ${claim}`));
      expect(theirs.replaceAll(String(claim), String(NO_SUCH))).toBe(textOf(await lee.say(`claim ${NO_SUCH}`)));
    });

    test('the lists hold only what one may see', async () => {
      const listed = async (person: Person) => {
        let card = await person.tap('claims.list', { page: 1 });
        let text = textOf(card);
        while (buttonsOf(card).includes('Next')) {
          card = await person.press(card, 'Next');
          text += textOf(card);
        }
        return text;
      };
      expect(await listed(robin)).toContain('northbridge-only');
      expect(await listed(robin)).toContain('Margie');
      expect(await listed(robin)).not.toContain('Wingtip');
      expect(await listed(noor)).toContain('Margie');
      expect(await listed(noor)).not.toMatch(/northbridge-only|VanArsdel|Wingtip/);
      expect(await listed(lee)).toContain('Wingtip');
      expect(await listed(lee)).not.toMatch(/northbridge-only|Margie/);
    });

    test('a page beyond the last is the last', async () => {
      const last = await robin.tap('claims.list', { page: 1_000_000 });
      expect(buttonsOf(last)).toContain('Previous');
      expect(buttonsOf(last)).not.toContain('Next');
    });

    test('a colleague with a role for the location may work on it', async () => {
      const theirs = await claimFor(robin, await newcomer(world, 'for-brussels'), {
        location: 'Brussels',
        engagements: ['Secure Identities'],
      });
      const card = await noor.press(await noor.tap('claim.askCancel', { claim: theirs }), 'Cancel the claim');
      expect(textOf(card)).toContain('Noor Stand-In canceled the claim');
    });
  });

  describe('words that Claimdesk does not know', () => {
    test.each([
      ['ad custmer', 'Did you mean “add customer”?'],
      ['clams', 'Did you mean “claims”?'],
      ['claim 10o0027', 'Did you mean “claim 1000027”?'],
    ])('“%s” is answered with help and the nearest command', async (typed, nearest) => {
      const text = textOf(await unmoved(() => robin.say(typed)));
      expect(text).toContain(`I do not know “${typed}”.`);
      expect(text).toContain(nearest);
      expect(text).toContain('What Claimdesk can do here');
    });

    test('what comes near nothing gets help all the same, and does no harm on the card', async () => {
      const typed = '**What** is {{DATE()}} <at>you</at> [x](https://evil.example)?';
      const card = await unmoved(() => noor.say(typed));
      expect(textOf(card)).toContain(`I do not know “${typed}”.`);
      expect(textOf(card)).not.toContain('Did you mean');
      expect(lintCard(card, { untrusted: [typed] })).toEqual([]);
    });

    test.each(['', '   ', 'x'.repeat(20_000), '\u202E\u200B', '🤷'])('%# gets help, never silence', async (typed) => {
      const card = await noor.say(typed);
      expect(textOf(card)).toContain('What Claimdesk can do here');
      expect(JSON.stringify(card).length).toBeLessThan(8_000);
    });
  });

  describe('commands', () => {
    test.each([
      ['  ADD   Customer! ', 'What do you want to call it?'],
      ['klant toevoegen', 'What do you want to call it?'],
    ])('“%s” is understood', async (typed, words) => {
      expect(textOf(await robin.say(typed))).toContain(words);
    });

    test('a mention of the bot in front of the words is passed over', async () => {
      const text = '<at>Claimdesk</at> claims';
      const mention = {
        type: 'mention',
        text: '<at>Claimdesk</at>',
        mentioned: { id: `28:${APP_ID}`, name: 'Claimdesk' },
      };
      await robin.post(robin.activity({ type: 'message', text, entities: [mention] }));
      expect(textOf(await robin.hear())).toContain('Claims at your locations');
    });

    test('“nederlands” is remembered against what Teams says, and “english” brings it back', async () => {
      expect(textOf(await lee.say('nederlands'))).toContain('Vanaf nu spreekt Claimdesk Nederlands met u.');
      await world.app.drain();
      expect(textOf(await lee.tap('help.show'))).toContain('Wat Claimdesk hier voor u kan doen');
      expect(textOf(await lee.say('english'))).toContain('From now on Claimdesk speaks English to you.');
    });
  });

  test('R33: a claim’s history says who did what', async () => {
    const card = await robin.press(await robin.tap('claim.askCancel', { claim }), 'Cancel the claim');
    const history = textOf(card).split('History')[1];
    expect(history).toMatch(/23 Nov 2026, 13:00 CET +Robin Demo added the customer/);
    expect(history).toMatch(/23 Nov 2026, 13:00 CET +Robin Demo canceled the claim/);
    expect(textOf(await robin.tap('claim.askCancel', { claim }))).toContain(
      'Somebody or a deadline was first; nothing was changed.',
    );
  });
});
