import { expect, test } from '@jest/globals';
import { lintCard, RULES } from '../support/card-linter.ts';

type Json = Record<string, unknown>;

const heading = { type: 'TextBlock', text: 'Claim 1000027', style: 'heading', wrap: true };
const text = { type: 'TextBlock', text: 'Waits for proof of execution', wrap: true };
const submit = { type: 'Action.Submit', title: 'Save', data: { commandId: 'c1' } };
const save = { type: 'Action.Execute', title: 'Save', verb: 'claim.save', data: { commandId: 'c1' }, fallback: submit };
const cancel = {
  ...{ ...save, title: 'Cancel', verb: 'draft.cancel', associatedInputs: 'none' },
  fallback: { ...submit, title: 'Cancel', associatedInputs: 'none' },
};
const link = { type: 'Action.OpenUrl', title: 'Open the guide', url: 'https://example.com/guide' };
const name = { type: 'Input.Text', id: 'name-1', label: 'Name', isRequired: true, errorMessage: 'Fill in a name.' };
const country = {
  ...{ type: 'Input.ChoiceSet', id: 'country-1', label: 'Country', style: 'filtered', choices: [] as Json[] },
  'choices.data': { type: 'Data.Query', dataset: 'countries', associatedInputs: 'auto' },
  errorMessage: 'Choose a country of the list.',
};

const card = (body: readonly unknown[], rest: Json = {}) => ({
  ...{ type: 'AdaptiveCard', version: '1.5', lang: 'en', fallbackText: 'Claim 1000027', body: [heading, ...body] },
  ...rest,
});
const without = (json: Json, ...keys: readonly string[]) =>
  Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
const actions = (...row: readonly unknown[]) => ({ type: 'ActionSet', actions: row });
const said = (words: string) => ({ ...text, text: words });
const typed = (words: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: words }] });
const mention = { type: 'mention', text: '<at>Ann</at>', mentioned: { id: '29:1', name: 'Ann' } };
const refresh = (count: number) => ({
  refresh: {
    action: { type: 'Action.Execute', verb: 'claim.show', data: { claim: '1000027' } },
    userIds: Array.from({ length: count }, (_, index) => `29:${index}`),
  },
});

const good: readonly (readonly [fact: string, card: unknown, untrusted?: readonly string[]])[] = [
  ['a card with one heading is fine', card([])],
  [
    'the card of a link is of version 1.3, and so is its heading',
    { ...card([]), version: '1.3', body: [{ ...without(heading, 'style'), size: 'Large', weight: 'Bolder' }] },
  ],
  [
    'a form with inputs, a search, Save and Cancel is fine',
    card([text, { ...name, maxLength: 80 }, country, actions(save, cancel, link)]),
  ],
  [
    'an input with only a maximum length needs no error message',
    card([{ ...without(name, 'isRequired', 'errorMessage'), maxLength: 5 }]),
  ],
  ['a newer element with a fallback is fine', card([{ type: 'Badge', text: 'New', fallback: text }])],
  ['a newer element may drop out', card([{ type: 'ProgressBar', value: 40, fallback: 'drop' }])],
  [
    'a decorative picture has an empty altText',
    card([{ type: 'Image', url: 'https://example.com/a.png', altText: '' }]),
  ],
  [
    'columns, a table and a shown card are walked without complaint',
    card([
      {
        type: 'ColumnSet',
        columns: [
          { type: 'Column', width: 'stretch', items: [text] },
          { width: 'auto', items: [] },
        ],
      },
      {
        type: 'Table',
        columns: [{ width: 1 }],
        rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }],
      },
      actions({
        type: 'Action.ShowCard',
        title: 'More',
        card: { type: 'AdaptiveCard', body: [text, actions(cancel)] },
      }),
    ]),
  ],
  [
    'an id may come back in a fallback',
    card([{ type: 'Input.Rating', id: 'a', label: 'A', fallback: { ...name, id: 'a' } }]),
  ],
  [
    'text from people is fine in a RichTextBlock',
    card([typed('_ACME_ [x](http://evil)')], {}),
    ['_ACME_ [x](http://evil)'],
  ],
  [
    'text from people is fine as a choice of a drop-down list',
    card([{ ...country, choices: [{ title: '_ACME_', value: '1' }] }]),
    ['_ACME_'],
  ],
  ['text from people is fine as a value', card([{ ...name, value: '_ACME_', label: 'Name' }]), ['_ACME_']],
  [
    'a part of the card may be folded away and shown again',
    card([
      { type: 'Container', id: 'details', isVisible: false, items: [text] },
      actions({ type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] }),
      actions({ type: 'Action.ToggleVisibility', title: 'More', targetElements: [{ elementId: 'details' }] }),
    ]),
  ],
  ['direction marks are fine when isolated', card([typed('by \u2068\u202Eevil\u200F\u2069 today')])],
  ['a mention that is named is fine', card([said('Ask <at>Ann</at>')], { msteams: { entities: [mention] } })],
  ['sixty people may be refreshed', card([], refresh(60))],
  ['http is fine on the own machine', card([actions({ ...link, url: 'http://localhost:3978/tab' })])],
  ['a property that is undefined is not sent', card([{ ...text, subtle: undefined }])],
];

test.each(good)('%s', (_fact, sound, untrusted = []) => {
  expect(lintCard(sound, { untrusted })).toEqual([]);
});

type Bad = readonly [rule: string, fact: string, path: string, card: unknown, untrusted?: readonly string[]];
const bad: readonly Bad[] = [
  ['card', 'something else than a card is refused', 'card', { type: 'Container', items: [] }],
  ['version', 'a card of another version than 1.5 is refused', 'version', card([], { version: '1.6' })],
  ['version-of-link', 'the card of a link holds nothing newer than 1.3', 'body[0].style', card([], { version: '1.3' })],
  ['size', 'a card of 28 KB is refused', 'card', card([typed('x'.repeat(28 * 1024))])],
  ['language', 'a card says its language', 'lang', without(card([]), 'lang')],
  ['fallback-text', 'a card has a fallback text', 'fallbackText', without(card([]), 'fallbackText')],
  ['known-type', 'an unknown element is refused', 'body[1]', card([{ type: 'Blink', text: 'x' }])],
  ['known-type', 'an action among the elements is refused', 'body[1]', card([link])],
  ['newer-element', 'a newer element needs a fallback', 'body[1]', card([{ type: 'Chart.Donut', data: [] }])],
  ['known-key', 'a key that 1.5 does not know is refused', 'body[1].labelWidth', card([{ ...name, labelWidth: '30' }])],
  ['required-key', 'a TextBlock needs a text', 'body[1].text', card([without(text, 'text')])],
  [
    'required-key',
    'a picture needs an altText',
    'body[1].altText',
    card([{ type: 'Image', url: 'https://a.example/a.png' }]),
  ],
  ['required-key', 'an input needs an id', 'body[1].id', card([without(name, 'id')])],
  [
    'required-key',
    'a title is a text, not a number',
    'body[1].facts[0].title',
    card([{ type: 'FactSet', facts: [{ title: 1, value: '' }] }]),
  ],
  [
    'required-key',
    'a column is looked into',
    'body[1].columns[0].items[0].text',
    card([{ type: 'ColumnSet', columns: [{ type: 'Column', items: [without(text, 'text')] }] }]),
  ],
  [
    'required-key',
    'a fallback is looked into',
    'body[1].fallback.text',
    card([{ type: 'Badge', fallback: without(text, 'text') }]),
  ],
  ['allowed-value', 'a value that 1.5 does not name is refused', 'body[1].color', card([{ ...text, color: 'red' }])],
  ['unique-id', 'an id is used once', 'body[2].id', card([name, { ...name, label: 'Other name' }])],
  ['heading', 'the first text is a heading', 'body[0]', card([], { body: [text, heading] })],
  ['wrap', 'a text wraps', 'body[1]', card([without(text, 'wrap')])],
  ['input-label', 'an input has a label', 'body[1].label', card([without(name, 'label')])],
  [
    'input-error-message',
    'a required input has an error message',
    'body[1].errorMessage',
    card([without(name, 'errorMessage')]),
  ],
  [
    'input-error-message',
    'a bounded input has an error message',
    'body[1].errorMessage',
    card([{ type: 'Input.Number', id: 'a', label: 'A', min: 0 }]),
  ],
  [
    'input-error-message',
    'a search has an error message, as what is typed may be none of the choices',
    'body[1].errorMessage',
    card([without(country, 'errorMessage')]),
  ],
  [
    'hidden-input',
    'what is required is in sight',
    'body[1].items[0]',
    card([{ type: 'Container', id: 'details', isVisible: false, items: [name] }]),
  ],
  [
    'toggle-target',
    'what a button shows is on the card',
    'body[1].actions[0].targetElements[0]',
    card([actions({ type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['details'] })]),
  ],
  ['choices', 'a choice set offers a choice', 'body[1]', card([without(country, 'choices.data')])],
  [
    'too-many-actions',
    'a row holds at most six buttons',
    'body[1].actions',
    card([actions(...Array.from({ length: 7 }, (_, index) => ({ ...link, title: `Guide ${index}` })))]),
  ],
  [
    'too-many-actions',
    'a card holds at most six top-level buttons',
    'actions',
    card([], {
      actions: Array.from({ length: 7 }, (_, index) => ({ ...link, title: `Guide ${index}` })),
    }),
  ],
  ['execute-in-body', 'an Execute stands in the body', 'actions[0]', card([], { actions: [save] })],
  ['execute-verb', 'an Execute has a verb', 'body[1].actions[0].verb', card([actions({ ...save, verb: '' })])],
  [
    'execute-verb',
    'a refresh has a verb',
    'refresh.action.verb',
    card([], { refresh: { action: { type: 'Action.Execute' } } }),
  ],
  ['execute-title', 'an Execute has a title', 'body[1].actions[0].title', card([actions(without(save, 'title'))])],
  [
    'execute-fallback',
    'an Execute falls back to a Submit',
    'body[1].actions[0].fallback',
    card([actions({ ...save, fallback: link })]),
  ],
  [
    'execute-fallback',
    'a Cancel is not blocked in old clients either',
    'body[1].actions[0].fallback',
    card([actions({ ...cancel, fallback: submit })]),
  ],
  ['safe-link', 'a link is https', 'body[1].actions[0].url', card([actions({ ...link, url: 'http://example.com' })])],
  [
    'safe-link',
    'a link is no script',
    'body[1].actions[0].url',
    card([actions({ ...link, url: 'javascript:alert(1)' })]),
  ],
  ['safe-link', 'a link is absolute', 'body[1].actions[0].url', card([actions({ ...link, url: '/guide' })])],
  ['unique-title', 'two buttons differ in title', 'body[2].actions[0].title', card([actions(save), actions(save)])],
  ['template', 'a double brace is refused anywhere', 'body[1].inlines[0].text', card([typed('{{DATE(2026-01-01)}}')])],
  [
    'template',
    'a dollar brace is refused anywhere',
    'body[1].actions[0].data.note',
    card([actions({ ...submit, data: { note: `$${'{name}'}` } })]),
  ],
  [
    'template',
    'a double brace is refused in a choice',
    'body[1].choices[0].title',
    card([{ ...country, choices: [{ title: '{{x', value: '1' }] }]),
  ],
  ['untrusted', 'text from people stays out of a TextBlock', 'body[1].text', card([said('From _ACME_')]), ['_ACME_']],
  [
    'untrusted',
    'text from people stays out of a fact',
    'body[1].facts[0].value',
    card([{ type: 'FactSet', facts: [{ title: 'Customer', value: '_ACME_' }] }]),
    ['', '_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of a button',
    'body[1].actions[0].title',
    card([actions({ ...link, title: 'Open _ACME_' })]),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of choices that are all in sight',
    'body[1].choices[0].title',
    card([{ ...country, style: 'expanded', choices: [{ title: 'Acme: _ACME_', value: '1' }] }]),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of the choices of a multiple choice',
    'body[1].choices[0].title',
    card([{ ...country, style: 'compact', isMultiSelect: true, choices: [{ title: '_ACME_', value: '1' }] }]),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of a toggle',
    'body[1].title',
    card([{ type: 'Input.Toggle', id: 'sure', label: 'Sure', title: 'Keep _ACME_' }]),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of an error message',
    'body[1].errorMessage',
    card([{ ...name, errorMessage: '_ACME_ is taken.' }]),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people stays out of the fallback text',
    'fallbackText',
    card([], { fallbackText: 'Claim for _ACME_' }),
    ['_ACME_'],
  ],
  [
    'untrusted',
    'text from people is known again when it was broken up',
    'body[1].text',
    card([said('From \u2068{\u2060{ACME}}\u2069')]),
    ['{{ACME}}'],
  ],
  [
    'mention',
    'a mention that is not named is refused',
    'body[1].text',
    card([said('Ask <at>Bob</at>')], {
      msteams: { entities: [mention] },
    }),
  ],
  ['bidi', 'a loose direction mark is refused', 'body[1].inlines[0].text', card([typed('by \u202Eevil')])],
  ['bidi', 'an isolate is closed', 'body[1].inlines[0].text', card([typed('by \u2068evil')])],
  [
    'bidi',
    'text that closes its isolate early is refused',
    'body[1].inlines[0].text',
    card([typed('by \u2068\u2069\u202Eevil\u2069')]),
  ],
  ['refresh-users', 'at most sixty people are refreshed', 'refresh.userIds', card([], refresh(61))],
];

test.each(bad)('%s: %s', (rule, _fact, path, faulty, untrusted = []) => {
  const faults = lintCard(faulty, { untrusted });

  expect(faults.map((fault) => ({ rule: fault.rule, path: fault.path }))).toEqual([{ rule, path }]);
  expect(faults.every(({ what, fix }) => what.length > 8 && fix.length > 8)).toBe(true);
});

test('every rule has a card that breaks it', () => {
  const broken = new Set(bad.map(([rule]) => rule));

  expect(Object.keys(RULES).filter((rule) => !broken.has(rule))).toEqual([]);
});
