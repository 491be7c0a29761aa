import { NEWER, VALUES } from './card-linter-vocabulary.ts';
import { filled, isJson, join, ofType, type Rule } from './card-linter-walk.ts';

const MAX_CHARACTERS = 28 * 1024;
const MAX_REFRESH_USERS = 60;
/** The version of a card that a link is shown as, and what such cards are made of. */
const LINKED = '1.3';
const IN_LINKED = /^(AdaptiveCard|TextBlock|RichTextBlock|TextRun|ActionSet|Action\.OpenUrl)$/;
const WRITTEN = new Set('text title url altText id value dataset'.split(' '));
const MAY_BE_EMPTY = new Set(['Image.altText', 'Fact.value']);

/** What a client needs to show the card at all: its size, its elements, their keys and values. */
export const SHAPE: Readonly<Record<string, Rule>> = {
  version: {
    fix: "set version to '1.5', of a link's card to '1.3': a higher one makes Teams show the fallback text",
    *find({ card }) {
      if (card.version !== '1.5' && card.version !== LINKED) {
        yield ['version', `the version is ${JSON.stringify(card.version)}`];
      }
    },
  },
  'version-of-link': {
    fix: 'leave it out: Teams shows the card of a link only when nothing in it is newer than 1.3',
    *find({ card, parts }) {
      if (card.version !== LINKED) return;
      for (const { type, path, json } of parts) {
        if (!IN_LINKED.test(type)) yield [path, `${type} may be newer than 1.3`];
        if (type === 'TextBlock' && json.style !== undefined)
          yield [join(path, 'style'), 'a TextBlock has styles since 1.5'];
      }
    },
  },
  size: {
    fix: 'show fewer rows, or let people page or search',
    *find({ card }) {
      const length = JSON.stringify(card).length;
      if (length >= MAX_CHARACTERS) yield ['card', `${length} characters of JSON, the limit is ${MAX_CHARACTERS}`];
    },
  },
  language: {
    fix: 'set lang to the language the card is written in',
    *find({ card }) {
      if (!filled(card.lang)) yield ['lang', 'the card does not say its language'];
    },
  },
  'fallback-text': {
    fix: 'set fallbackText to what a client that cannot show the card should say',
    *find({ card }) {
      if (!filled(card.fallbackText)) yield ['fallbackText', 'the card has no fallback text'];
    },
  },
  'known-type': {
    fix: 'use an element or action of Adaptive Cards 1.5 that Teams shows, where it may stand',
    *find({ parts }) {
      for (const { type, kind, path, slot } of parts) {
        if (!kind && !NEWER.test(type)) yield [path, `'${type}' is not known under '${slot}'`];
      }
    },
  },
  'newer-element': {
    fix: "give it a fallback: an element of 1.5 that says the same, or 'drop' when nothing is lost",
    *find({ parts }) {
      for (const { type, kind, path, json } of parts) {
        const safe = json.fallback === 'drop' || isJson(json.fallback);
        if (!kind && NEWER.test(type) && !safe) yield [path, `${type} is newer than 1.5 and has no fallback`];
      }
    },
  },
  'known-key': {
    fix: 'remove the key: 1.5 does not know it here',
    *find({ parts }) {
      for (const { type, kind, path, json } of parts) {
        if (!kind) continue;
        const known = `${kind.needs} ${kind.takes}`.split(' ');
        for (const key of Object.keys(json)) {
          if (!known.includes(key)) yield [join(path, key), `${type} takes no '${key}'`];
        }
      }
    },
  },
  'required-key': {
    fix: 'fill it in: iOS blanks a whole card over one missing property',
    *find({ parts }) {
      for (const { type, kind, path, json } of parts) {
        for (const key of (kind?.needs ?? '').split(' ').filter(Boolean)) {
          const value = json[key];
          const here = !WRITTEN.has(key) ? value !== undefined && value !== null : filled(value);
          const blank = value === '' && MAY_BE_EMPTY.has(`${type}.${key}`);
          if (!here && !blank) yield [join(path, key), `${type} needs '${key}'`];
        }
      }
    },
  },
  'allowed-value': {
    fix: 'use one of the values 1.5 names',
    *find({ parts }) {
      for (const { type, kind, path, json } of parts) {
        for (const [key, value] of kind ? Object.entries(json) : []) {
          const allowed = VALUES[`${type}.${key}`] ?? VALUES[key];
          const told = String(value).toLowerCase();
          if (allowed && !allowed.toLowerCase().split(' ').includes(told)) {
            yield [join(path, key), `'${String(value)}' is none of: ${allowed}`];
          }
        }
      }
    },
  },
  'unique-id': {
    fix: 'give each element and action an id of its own',
    *find({ parts }) {
      const seen = new Set<unknown>();
      for (const { path, json, spare } of parts) {
        if (spare || json.id === undefined) continue;
        if (seen.has(json.id)) yield [join(path, 'id'), `the id '${String(json.id)}' is used twice`];
        seen.add(json.id);
      }
    },
  },
  'refresh-users': {
    fix: `list the ${MAX_REFRESH_USERS} people who can still act`,
    *find(sheet) {
      for (const { path, json } of ofType(sheet, 'Refresh')) {
        const count = Array.isArray(json.userIds) ? json.userIds.length : 0;
        if (count > MAX_REFRESH_USERS) yield [join(path, 'userIds'), `${count} people are listed`];
      }
    },
  },
};
