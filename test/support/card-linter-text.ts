import { ACTIONS } from './card-linter-vocabulary.ts';
import {
  filled,
  inputs,
  isIsolated,
  isJson,
  isSafeLink,
  join,
  ofType,
  type Rule,
  type Sheet,
  shown,
  strings,
} from './card-linter-walk.ts';

/** Cards break up what people typed with characters nobody sees: joiners, breaks and isolates. */
const bare = (text: string): string => text.replace(/[\u2060\u200b\u2066-\u2069]/g, '');

const MARKS = /[[\]*_`~<>]/;

/** The texts that clients read markdown into. */
function* readAsMarkdown(sheet: Sheet): Generator<readonly [path: string, text: string]> {
  for (const part of ofType(sheet, 'AdaptiveCard', 'TextBlock', 'Fact', 'Input.Toggle', ...Object.keys(ACTIONS))) {
    for (const [path, text] of shown(part)) {
      if (part.type !== 'Input.Toggle' || path.endsWith('.title')) yield [path, text];
    }
  }
  for (const { path, json } of inputs(sheet)) {
    if (filled(json.errorMessage)) yield [join(path, 'errorMessage'), json.errorMessage];
  }
}

/** A drop-down list shows its choices as they are; where all are in sight, clients read markdown into them. */
function* choicesInSight(sheet: Sheet): Generator<readonly [path: string, text: string]> {
  for (const { path, json } of ofType(sheet, 'Input.ChoiceSet')) {
    const inSight = json.isMultiSelect === true || String(json.style).toLowerCase() === 'expanded';
    const choices = inSight && Array.isArray(json.choices) ? json.choices : [];
    for (const [index, choice] of choices.entries()) {
      if (isJson(choice) && filled(choice.title)) yield [join(path, `choices[${index}].title`), choice.title];
    }
  }
}

/** What text may hold: no template, no tag, nothing that people typed where a client reads more than letters. */
export const TEXT: Readonly<Record<string, Rule>> = {
  'safe-link': {
    fix: 'use an absolute https address',
    *find({ parts }) {
      for (const { type, path, json } of parts) {
        const isPicture = type === 'Image';
        if ((type === 'Action.OpenUrl' || isPicture) && filled(json.url) && !isSafeLink(json.url, isPicture)) {
          yield [join(path, 'url'), `'${json.url.slice(0, 60)}' is not https`];
        }
      }
    },
  },
  template: {
    fix: 'put the value in on the server; break up braces that people typed',
    *find({ card }) {
      for (const [path, text] of strings(card, '')) {
        if (text.includes('{{') || text.includes('${')) yield [path, `'${text.slice(0, 60)}' holds {{ or \${`];
      }
    },
  },
  untrusted: {
    fix: 'put text that people gave in a RichTextBlock, which knows no markdown; in a choice, replace its marks',
    *find(sheet) {
      const given = sheet.untrusted.map(bare).filter(filled);
      // Choices must be named somehow: there, only what a client would read as marks is in the way.
      const marked = given.filter((word) => MARKS.test(word));
      const places = [
        ...Array.from(readAsMarkdown(sheet), ([path, text]) => ({ path, text, words: given })),
        ...Array.from(choicesInSight(sheet), ([path, text]) => ({ path, text, words: marked })),
      ];
      for (const { path, text, words } of places) {
        const found = words.find((word) => bare(text).includes(word));
        if (found !== undefined) yield [path, `the text holds '${found}', which somebody typed`];
      }
    },
  },
  mention: {
    fix: 'name it in msteams.entities with exactly this text, or take the tag out',
    *find({ card, parts }) {
      const known = isJson(card.msteams) && Array.isArray(card.msteams.entities) ? card.msteams.entities : [];
      const named = known.filter(isJson).map(({ text }) => text);
      for (const part of parts) {
        for (const [path, text] of shown(part)) {
          const rest = named.filter(filled).reduce((left, name) => left.replaceAll(name, ''), text);
          if (/<\/?at\b/i.test(rest)) yield [path, 'an <at> that msteams.entities does not name'];
        }
      }
    },
  },
  bidi: {
    fix: 'wrap the text from people in U+2068 … U+2069, without loose direction marks',
    *find({ parts }) {
      for (const part of parts) {
        for (const [path, text] of shown(part)) {
          if (!isIsolated(text)) yield [path, 'a direction control can reorder the text around it'];
        }
      }
    },
  },
};
