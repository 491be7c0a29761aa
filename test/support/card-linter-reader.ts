import { filled, inputs, isExecute, isJson, type Json, join, ofType, type Rule } from './card-linter-walk.ts';

const MAX_ACTIONS = 6;
const CHECKS = ['isRequired', 'regex', 'min', 'max'];
// The action of refresh is run by the client itself: nobody sees it, and no old client needs another.
const REFRESH = 'action';

const isFiltered = (json: Json): boolean => String(json.style).toLowerCase() === 'filtered';

/** What a reader needs: a heading, labels, messages, and buttons that do what they say. */
export const READER: Readonly<Record<string, Rule>> = {
  heading: {
    fix: "start with a TextBlock of style 'heading'",
    *find({ card, parts }) {
      const isText = /^(TextBlock|RichTextBlock|FactSet|Input\..+)$/;
      const first = parts.find(({ type, spare }) => !spare && isText.test(type));
      const style = String(first?.json.style).toLowerCase();
      // The card of a link is older than that style.
      const linked = card.version === '1.3' && first?.json.size === 'Large' && first.json.weight === 'Bolder';
      const titled = first?.type === 'TextBlock' && (style === 'heading' || style === 'columnheader' || linked);
      if (!titled) yield [first?.path ?? 'body', 'the first text of the card is not a heading'];
    },
  },
  wrap: {
    fix: 'set wrap: true, or maxLines where text may be cut',
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'TextBlock')) {
        if (json.wrap !== true && json.maxLines === undefined) yield [path, 'the text is cut at one line'];
      }
    },
  },
  'input-label': {
    fix: 'set label: a screen reader reads no placeholder',
    *find(sheet) {
      for (const { type, path, json } of inputs(sheet)) {
        if (!filled(json.label)) yield [join(path, 'label'), `${type} has no label`];
      }
    },
  },
  'input-error-message': {
    fix: 'set errorMessage: say what to fill in',
    *find(sheet) {
      for (const { type, path, json } of inputs(sheet)) {
        const checked = CHECKS.filter((key) => json[key] !== undefined && json[key] !== false);
        // Typed text that is none of the choices holds a button back, required or not.
        if (isFiltered(json)) checked.push('a search');
        if (checked.length > 0 && !filled(json.errorMessage)) {
          yield [join(path, 'errorMessage'), `${type} has ${checked.join(', ')} but no error message`];
        }
      }
    },
  },
  'hidden-input': {
    fix: 'show it, or do not require it: nobody sees what holds the button back',
    *find(sheet) {
      const hidden = sheet.parts.filter(({ json }) => json.isVisible === false).map(({ path }) => path);
      for (const { type, path, json } of inputs(sheet)) {
        const isHidden = hidden.some((folded) => path === folded || path.startsWith(`${folded}.`));
        if (isHidden && json.isRequired === true) yield [path, `${type} is required and hidden`];
      }
    },
  },
  choices: {
    fix: 'give it choices, or choices.data to search in',
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'Input.ChoiceSet')) {
        const some = Array.isArray(json.choices) && json.choices.length > 0;
        if (!some && !isJson(json['choices.data'])) yield [path, 'there is nothing to choose from'];
      }
    },
  },
  'too-many-actions': {
    fix: `keep ${MAX_ACTIONS} at most; put the rest on a next card`,
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'ActionSet', 'AdaptiveCard')) {
        const count = Array.isArray(json.actions) ? json.actions.length : 0;
        if (count > MAX_ACTIONS) yield [join(path, 'actions'), `${count} actions stand in one row`];
      }
    },
  },
  'execute-in-body': {
    fix: 'move it to an ActionSet in body: old clients ignore the fallback of a top-level action',
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'AdaptiveCard')) {
        const top = Array.isArray(json.actions) ? json.actions : [];
        for (const index of top.keys()) {
          if (isExecute(top[index])) yield [join(path, `actions[${index}]`), 'Action.Execute is a top-level action'];
        }
      }
    },
  },
  'execute-verb': {
    fix: 'set verb: it is how the bot knows what was asked',
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'Action.Execute')) {
        if (!filled(json.verb)) yield [join(path, 'verb'), 'Action.Execute has no verb'];
      }
    },
  },
  'execute-title': {
    fix: 'set title: it is the button, or its name for a screen reader',
    *find(sheet) {
      for (const { path, slot, json } of ofType(sheet, 'Action.Execute')) {
        if (!filled(json.title) && slot !== REFRESH) yield [join(path, 'title'), 'the action has no title'];
      }
    },
  },
  'execute-fallback': {
    fix: 'set fallback to an Action.Submit with the same associatedInputs',
    *find(sheet) {
      for (const { path, slot, json } of ofType(sheet, 'Action.Execute')) {
        if (slot === REFRESH) continue;
        const at = join(path, 'fallback');
        if (!isJson(json.fallback) || json.fallback.type !== 'Action.Submit') {
          yield [at, 'clients without Action.Execute get no button'];
        } else if (json.fallback.associatedInputs !== json.associatedInputs) {
          yield [at, 'the fallback checks other inputs than the action does'];
        }
      }
    },
  },
  'unique-title': {
    fix: 'name what the button acts on, as in "Approve claim 1000027"',
    *find({ parts }) {
      const seen = new Set<unknown>();
      for (const { type, slot, path, json, spare } of parts) {
        const isButton = type.startsWith('Action.') && (slot === 'actions' || slot === 'inlineAction');
        if (!isButton || spare || !filled(json.title)) continue;
        const title = json.title.trim();
        if (seen.has(title)) yield [join(path, 'title'), `two buttons are called '${title}'`];
        seen.add(title);
      }
    },
  },
  'toggle-target': {
    fix: 'name ids of elements on this card: iOS blanks a whole card over one that is missing',
    *find(sheet) {
      const ids = new Set(sheet.parts.filter(({ spare }) => !spare).map(({ json }) => json.id));
      for (const { path, json } of ofType(sheet, 'Action.ToggleVisibility')) {
        const targets = Array.isArray(json.targetElements) ? json.targetElements : [];
        for (const [index, target] of targets.entries()) {
          const id = isJson(target) ? target.elementId : target;
          if (!ids.has(id)) yield [join(path, `targetElements[${index}]`), `there is no element '${String(id)}'`];
        }
      }
    },
  },
};
