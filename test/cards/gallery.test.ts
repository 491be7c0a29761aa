import { describe, expect, test } from '@jest/globals';
import { CLOSE } from '../../cards/dialog-card.ts';
import { gallery } from '../../cards/gallery.ts';
import { isVerb, READING, verbs } from '../../cards/verbs.ts';
import { CURRENCIES } from '../../domain/claims/deal-size.ts';
import { COUNTRIES } from '../../domain/engagements/markets.ts';
import { LANGUAGES } from '../../domain/people/actor.ts';
import { lintCard } from '../support/card-linter.ts';
import { renderInDom } from '../support/render-card.ts';

type Json = { readonly [key: string]: unknown };

/** Half of what users saw Teams refuse, and less than the oldest limit in its documentation. */
const MOST_CHARACTERS = 28 * 1024;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a card, outermost first, buttons' data left out. */
const parts = function* (value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const item of value) yield* parts(item);
  if (!isJson(value)) return;
  yield value;
  for (const [key, item] of Object.entries(value)) if (key !== 'data') yield* parts(item);
};

const CARDS = { en: gallery('en'), nl: gallery('nl') };
const wire = (card: unknown) => JSON.parse(JSON.stringify(card)) as Json;

/** What a check found on any card, by the card's name. */
const findings = (language: 'en' | 'nl', check: (card: Json, untrusted: readonly string[]) => readonly unknown[]) =>
  CARDS[language].flatMap(({ name, card, untrusted }) =>
    check(wire(card), untrusted).map((found) => ({ card: name, found })),
  );

describe.each(LANGUAGES)('every card in %s', (language) => {
  test('can be shown by Teams and read by everybody', () => {
    expect(findings(language, (card, untrusted) => lintCard(card, { untrusted }))).toEqual([]);
  });

  test('is smaller than 28 KB', () => {
    const [largest] = CARDS[language]
      .map(({ name, card }) => ({ name, characters: JSON.stringify(card).length }))
      .sort((a, b) => b.characters - a.characters);
    const { name, characters } = largest ?? { name: 'none', characters: Number.NaN };
    if (!(characters < MOST_CHARACTERS)) {
      throw new Error(`The largest card, “${name}”, has ${characters} characters; the limit is ${MOST_CHARACTERS}.`);
    }
  });

  test('has buttons that bring what their verb asks for, in old clients and in dialogs too', () => {
    const unfit = (verb: unknown, data: unknown) => {
      if (typeof verb !== 'string' || !isVerb(verb)) return [`no such verb: ${String(verb)}`];
      return verbs[verb].safeParse(data).success ? [] : [`${verb} does not take ${JSON.stringify(data)}`];
    };
    const ofButtons = (card: Json) =>
      [...parts(card)].flatMap(({ type, verb, data }) => {
        if (type === 'Action.Execute') return unfit(verb, data);
        // What old clients send, and dialogs: the verb is among the data.
        if (type !== 'Action.Submit' || !isJson(data) || data.verb === CLOSE) return [];
        return unfit(data.verb, data);
      });
    expect(findings(language, ofButtons)).toEqual([]);
  });

  test('is refreshed by a verb that only reads', () => {
    const ofRefresh = ({ refresh }: Json) => {
      if (!isJson(refresh) || !isJson(refresh.action)) return [];
      const { verb } = refresh.action;
      return typeof verb === 'string' && isVerb(verb) && READING.has(verb) ? [] : [verb];
    };
    expect(findings(language, ofRefresh)).toEqual([]);
  });

  test('offers at least one choice wherever it asks for one', () => {
    const empty = (card: Json) =>
      [...parts(card)].filter(
        ({ type, choices, ...input }) =>
          type === 'Input.ChoiceSet' &&
          !(Array.isArray(choices) && choices.length > 0) &&
          input['choices.data'] === undefined,
      );
    expect(findings(language, empty)).toEqual([]);
  });

  test('says what is wrong with a field right below it', () => {
    const isFault = ({ inlines }: Json) =>
      Array.isArray(inlines) && inlines.every((run) => isJson(run) && run.color === 'Attention');
    const isInput = (element: Json | undefined) => String(element?.type).startsWith('Input.');
    let under = 0;
    const astray = ({ body }: Json) => {
      const elements = (body as Json[]) ?? [];
      if (!elements.some(isInput)) return [];
      const places = elements.flatMap((element, index) => (isFault(element) ? [index] : []));
      under += places.length;
      return places.filter((index) => !isInput(elements[index - 1]));
    };
    expect(findings(language, astray)).toEqual([]);
    expect(under).toBeGreaterThan(20);
  });

  test('can be drawn; a required field that is empty holds Next back, and never Back or Cancel', () => {
    let held = 0;
    const wrong = (card: Json) => {
      const drawn = renderInDom(card);
      const empty = drawn.inputs.filter(({ required, value }) => required && value === '').map(({ label }) => label);
      const buttons = [...parts(card.body)].filter(({ type }) => type === 'Action.Execute');
      return buttons.flatMap(({ title, verb, associatedInputs }) => {
        const pressed = drawn.press(String(title));
        const waits = associatedInputs !== 'none' && empty.length > 0;
        if (waits) held += 1;
        const right = waits
          ? 'blocked' in pressed && pressed.blocked.join() === empty.join()
          : 'verb' in pressed && pressed.verb === verb;
        return right ? [] : [{ title, pressed }];
      });
    };
    expect(findings(language, wrong)).toEqual([]);
    expect(held).toBeGreaterThan(5);
  });
});

const SAID = ['text', 'title', 'label', 'errorMessage', 'placeholder', 'fallbackText'];

/** What can be read on a card, in its smallest pieces. */
const pieces = (card: Json): readonly string[] =>
  [...parts(card)]
    .flatMap((part) => SAID.map((key) => part[key]))
    .filter((text) => typeof text === 'string')
    .flatMap((text) => text.replace(/[\u2060\u200b\u2068\u2069]/g, '').split(' · '))
    .map((text) => text.trim());

/** What is left of a text without what people typed, however a card has defused it. */
const ours = (text: string, typed: readonly string[]): string => {
  const bare = (one: string) => one.replace(/[[\]()*_`'~<>∗ˍ∼‹›]/g, '');
  // The longest first: one may be part of another.
  const longestFirst = typed.map(bare).toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((rest, one) => rest.replaceAll(one, ''), bare(text));
};

const letterless = (text: string): boolean => !/\p{L}/u.test(text);

/** Words that are the same in both languages: names, abbreviations and a few that Dutch took over. */
const SAME = new Set([
  ...[
    'English',
    'Nederlands',
    'Modern Work',
    'Security',
    'Azure',
    'Business Applications',
    'Tenant',
    'Tenant:',
    'TPID',
    'TPID:',
    'Opportunity',
    'Opportunity:',
  ],
  ...['Partner', 'Claim', 'Referral', 'Referrals', 'Co-sell', 'Co-sell:', 'Partner-led', 'Partner Center'],
  ...['Deadline', 'claims', 'claim 1000027', 'help', 'fabrikam.example', 'https://'],
  ...CURRENCIES,
  ...COUNTRIES.map((code) => new Intl.DisplayNames('nl', { type: 'region' }).of(code) ?? code),
]);

describe('English and Dutch', () => {
  const pairs = CARDS.en.map((one, index) => ({ ...one, other: CARDS.nl[index] }));

  test('show the same cards, each under a name of its own', () => {
    const names = CARDS.en.map(({ name }) => name);
    expect(CARDS.nl.map(({ name }) => name)).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  test('differ in words alone: the same elements stand in the same order', () => {
    const shape = (card: unknown) => [...parts(wire(card))].map(({ type, verb, id }) => ({ type, verb, id }));
    for (const { name, card, other } of pairs) {
      expect({ name, shape: shape(other?.card) }).toEqual({ name, shape: shape(card) });
    }
  });

  test('have no sentence in common', () => {
    const shared = pairs.flatMap(({ name, card, other, untrusted }) => {
      const english = new Set(pieces(wire(card)));
      return pieces(wire(other?.card))
        .filter(
          (text) => english.has(text) && !SAME.has(text) && !/^(Claim \d+|• E-mail: .*|(\S{1,2}\. ?)+)$/u.test(text),
        )
        .filter((text) => !letterless(ours(text, untrusted)))
        .map((text) => ({ card: name, text }));
    });
    expect(shared).toEqual([]);
  });

  test('do not mix: no English word stands in a Dutch sentence', () => {
    const mixed = CARDS.nl.flatMap(({ name, card, untrusted }) =>
      pieces(wire(card))
        .map((text) => ours(text, untrusted))
        .filter((text) => /\b(the|and|your|this|that|with|for|not|you|are|has|by|no|yes|to|until)\b/i.test(text))
        .map((text) => ({ card: name, text })),
    );
    expect(mixed).toEqual([]);
  });

  test('write out codes: no status, reason or fact is shown by the name that the program gives it', () => {
    const coded = LANGUAGES.flatMap((language) =>
      CARDS[language].flatMap(({ name, card, untrusted }) =>
        pieces(wire(card))
          .map((text) => ours(text, untrusted))
          .filter((text) => /\b([a-z]+[A-Z][A-Za-z]*|[A-Z]+_[A-Z_]+|\d{4}-\d\d-\d\d|undefined|null|NaN)\b/.test(text))
          .map((text) => ({ card: name, text })),
      ),
    );
    expect(coded).toEqual([]);
  });
});
