import { expect, test } from '@jest/globals';
import { renderInDom } from '../support/render-card.ts';

const form = {
  ...{ type: 'AdaptiveCard', version: '1.5', lang: 'en', fallbackText: 'Add a customer' },
  body: [
    { type: 'TextBlock', text: 'Add a **customer**', style: 'heading', wrap: true },
    {
      type: 'RichTextBlock',
      inlines: [
        { type: 'TextRun', text: 'For ' },
        { type: 'TextRun', text: '_ACME_ <b>' },
      ],
    },
    { type: 'FactSet', facts: [{ title: 'Step', value: '1 of 4' }] },
    { type: 'Input.Text', id: 'name-1', label: 'Name', isRequired: true, errorMessage: 'Fill in a name.' },
    { type: 'Input.Text', id: 'note-1', label: 'Note', isMultiline: true },
    { type: 'Input.Text', id: 'id-1', label: 'Tenant', regex: '^[a-f]+$', errorMessage: 'Use a to f.', value: 'abc' },
    { type: 'Input.Number', id: 'seats-1', label: 'Seats', min: 1, errorMessage: 'At least 1.', value: 5 },
    { type: 'Input.Date', id: 'day-1', label: 'Day', value: '2026-03-01' },
    { type: 'Input.Time', id: 'hour-1', label: 'Hour' },
    { type: 'Input.Toggle', id: 'sure-1', label: 'Sure', title: 'I am sure', valueOn: 'yes', valueOff: 'no' },
    {
      ...{ type: 'Input.ChoiceSet', id: 'kind-1', label: 'Kind', value: 'b' },
      choices: [
        { title: 'Alpha', value: 'a' },
        { title: 'Beta', value: 'b' },
      ],
    },
    {
      ...{ type: 'Input.ChoiceSet', id: 'one-1', label: 'One', style: 'expanded' },
      choices: [
        { title: 'Alpha', value: 'a' },
        { title: 'Beta', value: 'b' },
      ],
    },
    {
      ...{ type: 'Input.ChoiceSet', id: 'many-1', label: 'Many', isMultiSelect: true },
      choices: [
        { title: 'Alpha', value: 'a' },
        { title: 'Beta', value: 'b' },
        { title: 'Gamma', value: 'c' },
      ],
    },
    {
      ...{ type: 'Input.ChoiceSet', id: 'pick-1', label: 'Pick', style: 'filtered', value: 'nl' },
      choices: [
        { title: 'Netherlands', value: 'nl' },
        { title: 'Belgium', value: 'be' },
      ],
    },
    {
      ...{ type: 'Input.ChoiceSet', id: 'find-1', label: 'Find', style: 'filtered', choices: [] },
      'choices.data': { type: 'Data.Query', dataset: 'customers' },
    },
    {
      type: 'ActionSet',
      actions: [
        {
          ...{
            type: 'Action.Execute',
            title: 'Next',
            verb: 'draft.next',
            data: { draft: 'd1', 'note-1': 'overwritten' },
          },
          fallback: { type: 'Action.Submit', title: 'Next' },
        },
        {
          type: 'Action.Execute',
          title: 'Cancel',
          verb: 'draft.cancel',
          associatedInputs: 'none',
          data: { draft: 'd1' },
        },
        { type: 'Action.Submit', title: 'Old', data: { a: 1 }, associatedInputs: 'none' },
        { type: 'Action.OpenUrl', title: 'Guide', url: 'https://example.com/guide' },
        { type: 'Action.ToggleVisibility', title: 'Hide', targetElements: ['note-1'] },
        {
          type: 'Action.ShowCard',
          title: 'More',
          card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'Hidden' }] },
        },
      ],
    },
  ],
};

test('a required input that is empty holds an Execute back and shows its message', () => {
  const card = renderInDom(form);

  expect(card.press('Next')).toEqual({ blocked: ['Name'] });
  expect(card.inputs[0]).toEqual({
    ...{ id: 'name-1', type: 'Input.Text', label: 'Name', value: '', required: true, error: 'Fill in a name.' },
  });
  expect(card.texts).toContain('Fill in a name.');
});

test('all inputs that are wrong are named, also one that breaks its pattern or bound', () => {
  expect(renderInDom(form).press('Next', { 'id-1': 'xyz', 'seats-1': '0' })).toEqual({
    blocked: ['Name', 'Tenant', 'Seats'],
  });
});

test('an Execute sends its own data together with what was filled in, as strings', () => {
  const pressed = renderInDom(form).press('Next', {
    ...{ 'name-1': 'Acme', 'note-1': 'Call\nfirst', 'sure-1': 'yes', 'kind-1': 'a', 'one-1': 'b', 'many-1': 'a,c' },
    ...{ 'pick-1': 'be', 'find-1': 'c_123', 'day-1': '2026-04-05', 'hour-1': '09:30', 'seats-1': '12' },
  });

  expect(pressed).toStrictEqual({
    verb: 'draft.next',
    data: {
      ...{ draft: 'd1', 'name-1': 'Acme', 'note-1': 'Call\nfirst', 'id-1': 'abc', 'seats-1': '12' },
      ...{ 'day-1': '2026-04-05', 'hour-1': '09:30', 'sure-1': 'yes', 'kind-1': 'a', 'one-1': 'b', 'many-1': 'a,c' },
      ...{ 'pick-1': 'be', 'find-1': 'c_123' },
    },
  });
});

test('prefilled values are sent, inputs left empty are not', () => {
  expect(renderInDom(form).press('Next', { 'name-1': 'Acme' })).toEqual({
    verb: 'draft.next',
    data: {
      ...{ draft: 'd1', 'name-1': 'Acme', 'note-1': 'overwritten', 'id-1': 'abc', 'seats-1': '5' },
      ...{ 'day-1': '2026-03-01', 'sure-1': 'no', 'kind-1': 'b', 'pick-1': 'nl' },
    },
  });
});

test('free text in a filtered choice set is held back unless a search could have found it', () => {
  const card = renderInDom(form);

  expect(card.press('Next', { 'name-1': 'Acme', 'pick-1': 'Atlantis', 'find-1': 'c_123' })).toEqual({
    blocked: ['Pick'],
  });
});

test('an Execute without associated inputs is not held back and sends only its own data', () => {
  const card = renderInDom(form);
  card.press('Next');

  expect(card.press('Cancel', { 'note-1': 'x' })).toEqual({ verb: 'draft.cancel', data: { draft: 'd1' } });
  expect(card.press('Old')).toEqual({ verb: '', data: { a: 1 } });
});

test('a link tells its address, a button that works on the card itself is told apart', () => {
  const card = renderInDom(form);
  card.press('Next');

  expect(card.press('Guide')).toEqual({ url: 'https://example.com/guide' });
  expect(card.press('Hide')).toEqual({ local: 'Hide' });
  expect(card.press('More')).toEqual({ local: 'More' });
  expect(card.texts).toContain('Hidden');
});

test('texts come in reading order, with text from people untouched and what is hidden left out', () => {
  const { texts } = renderInDom(form);

  expect(texts.slice(0, 6)).toEqual(['Add a customer', 'For _ACME_ <b>', 'Step', '1 of 4', 'Name *', 'Note']);
  expect(texts).toEqual(expect.arrayContaining(['Alpha', 'Beta', 'Next', 'Cancel']));
  expect(texts).not.toContain('Hidden');
});

test('pressing what is not there says what is', () => {
  expect(() => renderInDom(form).press('Nope')).toThrow('no button "Nope", there are: Next, Cancel');
  expect(() => renderInDom(form).press('Next', { nope: '1' })).toThrow('no input nope, there are: name-1');
});

test('cards do not share radio buttons', () => {
  const [first, second] = [renderInDom(form), renderInDom(form)];
  const values = { 'name-1': 'Acme', 'one-1': 'a' };
  first.press('Next', values);
  second.press('Next', values);

  expect(first.inputs.find(({ id }) => id === 'one-1')?.value).toBe('a');
});
