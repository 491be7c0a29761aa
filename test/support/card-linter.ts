export type Fault = { readonly rule: string; readonly path: string; readonly what: string; readonly fix: string };

type Json = { readonly [key: string]: unknown };
type Kind = { readonly needs: string; readonly takes: string; readonly holds?: Readonly<Record<string, string>> };
type Part = {
  readonly type: string;
  readonly kind: Kind | undefined;
  readonly path: string;
  /** The property of the parent this part was found under. */
  readonly slot: string;
  /** Stands in a fallback, so it is never seen together with the rest of the card. */
  readonly spare: boolean;
  readonly json: Json;
};
type Sheet = { readonly card: Json; readonly parts: readonly Part[]; readonly untrusted: readonly string[] };
type Finding = readonly [path: string, what: string];
type Rule = { readonly fix: string; readonly find: (sheet: Sheet) => Iterable<Finding> };

const MAX_CHARACTERS = 28 * 1024;
const MAX_ACTIONS = 6;
const MAX_REFRESH_USERS = 60;

// The action of refresh is run by the client itself: nobody sees it, and no old client needs another.
const REFRESH = 'action';

const ELEMENT = 'type id isVisible separator spacing height fallback requires';
const INPUT = `${ELEMENT} label isRequired errorMessage value`;
const BOX = 'selectAction style verticalContentAlignment bleed backgroundImage minHeight rtl';
const CELLS = 'horizontalCellContentAlignment verticalCellContentAlignment';
const ACTION = 'type id title iconUrl style fallback requires tooltip isEnabled mode';

const ELEMENTS: Readonly<Record<string, Kind>> = {
  TextBlock: {
    needs: 'text',
    takes: `${ELEMENT} color fontType horizontalAlignment isSubtle maxLines size weight wrap style`,
  },
  RichTextBlock: { needs: 'inlines', takes: `${ELEMENT} horizontalAlignment`, holds: { inlines: 'TextRun' } },
  Image: {
    needs: 'url altText',
    takes: `${ELEMENT} backgroundColor horizontalAlignment selectAction size style width msteams`,
    holds: { selectAction: 'action' },
  },
  ImageSet: { needs: 'images', takes: `${ELEMENT} imageSize`, holds: { images: 'Image' } },
  Container: { needs: 'items', takes: `${ELEMENT} ${BOX}`, holds: { items: 'element', selectAction: 'action' } },
  ColumnSet: {
    needs: 'columns',
    takes: `${ELEMENT} selectAction style bleed minHeight horizontalAlignment`,
    holds: { columns: 'Column', selectAction: 'action' },
  },
  FactSet: { needs: 'facts', takes: ELEMENT, holds: { facts: 'Fact' } },
  ActionSet: { needs: 'actions', takes: ELEMENT, holds: { actions: 'action' } },
  Table: {
    needs: 'columns rows',
    takes: `${ELEMENT} ${CELLS} firstRowAsHeader firstRowAsHeaders showGridLines gridStyle`,
    holds: { columns: 'TableColumnDefinition', rows: 'TableRow' },
  },
  'Input.Text': {
    needs: 'id',
    takes: `${INPUT} isMultiline maxLength placeholder regex style inlineAction`,
    holds: { inlineAction: 'action' },
  },
  'Input.Number': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Date': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Time': { needs: 'id', takes: `${INPUT} max min placeholder` },
  'Input.Toggle': { needs: 'id title', takes: `${INPUT} valueOff valueOn wrap` },
  'Input.ChoiceSet': {
    needs: 'id',
    takes: `${INPUT} choices choices.data isMultiSelect style placeholder wrap valueChangedAction`,
    holds: { choices: 'Choice', 'choices.data': 'Data.Query', valueChangedAction: 'Action.ResetInputs' },
  },
};

const ACTIONS: Readonly<Record<string, Kind>> = {
  'Action.Execute': { needs: '', takes: `${ACTION} verb data associatedInputs` },
  'Action.Submit': { needs: 'title', takes: `${ACTION} data associatedInputs` },
  'Action.OpenUrl': { needs: 'title url', takes: ACTION },
  'Action.ToggleVisibility': { needs: 'title targetElements', takes: ACTION },
  'Action.ShowCard': { needs: 'title card', takes: ACTION, holds: { card: 'AdaptiveCard' } },
};

const PIECES: Readonly<Record<string, Kind>> = {
  AdaptiveCard: {
    needs: 'body',
    takes:
      'type $schema version actions selectAction fallbackText backgroundImage minHeight rtl speak lang ' +
      'verticalContentAlignment refresh authentication msteams',
    holds: { body: 'element', actions: 'action', selectAction: 'action', refresh: 'Refresh' },
  },
  Refresh: { needs: 'action', takes: 'userIds', holds: { action: 'Action.Execute' } },
  TextRun: {
    needs: 'text',
    takes: 'type color fontType highlight isSubtle italic selectAction size strikethrough underline weight',
    holds: { selectAction: 'action' },
  },
  Column: {
    needs: '',
    takes: `${ELEMENT} ${BOX} items width`,
    holds: { items: 'element', selectAction: 'action' },
  },
  Fact: { needs: 'title value', takes: 'type' },
  Choice: { needs: 'title value', takes: 'type' },
  'Data.Query': { needs: 'dataset', takes: 'type associatedInputs count skip' },
  'Action.ResetInputs': { needs: 'targetInputIds', takes: 'type' },
  TableColumnDefinition: { needs: '', takes: `type width ${CELLS}` },
  TableRow: { needs: 'cells', takes: `type style ${CELLS}`, holds: { cells: 'TableCell' } },
  TableCell: {
    needs: 'items',
    takes: `type ${BOX}`,
    holds: { items: 'element', selectAction: 'action' },
  },
};

const KINDS: Readonly<Record<string, Kind>> = { ...ELEMENTS, ...ACTIONS, ...PIECES };

const NEWER = new RegExp(
  '^(Badge|Icon|Chart\\..+|Progress(Bar|Ring)|CompoundButton|Carousel|Rating|Input\\.Rating|CodeBlock|' +
    'Component\\..+|Action\\.(OpenUrlDialog|InsertImage|Popover))$',
);

const CONTAINER_STYLES = 'default emphasis good attention warning accent';
const VALUES: Readonly<Record<string, string>> = {
  spacing: 'default none small medium large extraLarge padding',
  color: 'default dark light accent good warning attention',
  weight: 'default lighter bolder',
  fontType: 'default monospace',
  horizontalAlignment: 'left center right',
  verticalContentAlignment: 'top center bottom',
  mode: 'primary secondary',
  associatedInputs: 'auto none',
  'TextBlock.size': 'default small medium large extraLarge',
  'TextRun.size': 'default small medium large extraLarge',
  'Image.size': 'auto stretch small medium large',
  'TextBlock.style': 'default heading columnHeader',
  'Image.style': 'default person',
  'Container.style': CONTAINER_STYLES,
  'Column.style': CONTAINER_STYLES,
  'ColumnSet.style': CONTAINER_STYLES,
  'TableCell.style': CONTAINER_STYLES,
  'TableRow.style': CONTAINER_STYLES,
  'Input.Text.style': 'text tel url email password',
  'Input.ChoiceSet.style': 'compact expanded filtered',
  'Action.Execute.style': 'default positive destructive',
  'Action.Submit.style': 'default positive destructive',
};

const SHOWN = 'text title label errorMessage placeholder altText tooltip fallbackText speak'.split(' ');
const WRITTEN = new Set('text title url altText id value dataset'.split(' '));
const MAY_BE_EMPTY = new Set(['Image.altText', 'Fact.value']);

const CHECKS = ['isRequired', 'regex', 'min', 'max'];

const ofType = (sheet: Sheet, ...types: readonly string[]) => sheet.parts.filter((part) => types.includes(part.type));
const inputs = (sheet: Sheet) => sheet.parts.filter((part) => part.type.startsWith('Input.'));
const isExecute = (json: unknown) => isJson(json) && json.type === 'Action.Execute';

export const RULES: Readonly<Record<string, Rule>> = {
  version: {
    fix: "set version to '1.5': a higher one makes Teams show the fallback text",
    *find({ card }) {
      if (card.version !== '1.5') yield ['version', `the version is ${JSON.stringify(card.version)}`];
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
  heading: {
    fix: "start with a TextBlock of style 'heading'",
    *find({ parts }) {
      const isText = /^(TextBlock|RichTextBlock|FactSet|Input\..+)$/;
      const first = parts.find(({ type, spare }) => !spare && isText.test(type));
      const style = String(first?.json.style).toLowerCase();
      const titled = first?.type === 'TextBlock' && (style === 'heading' || style === 'columnheader');
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
        if (checked.length > 0 && !filled(json.errorMessage)) {
          yield [join(path, 'errorMessage'), `${type} has ${checked.join(', ')} but no error message`];
        }
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
  template: {
    fix: 'put the value in on the server; break up braces that people typed',
    *find({ card }) {
      for (const [path, text] of strings(card, '')) {
        if (text.includes('{{') || text.includes('${')) yield [path, `'${text.slice(0, 60)}' holds {{ or \${`];
      }
    },
  },
  untrusted: {
    fix: 'put text that people gave in a RichTextBlock: it knows no markdown',
    *find(sheet) {
      for (const part of ofType(sheet, 'TextBlock', 'Fact', ...Object.keys(ACTIONS))) {
        for (const [path, text] of shown(part)) {
          const given = sheet.untrusted.find((word) => word !== '' && text.includes(word));
          if (given !== undefined) yield [path, `the text holds '${given}', which somebody typed`];
        }
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

/** Checks a card against what Teams shows and what its readers need; no faults means it may be sent. */
export function lintCard(card: unknown, options: { untrusted?: readonly string[] } = {}): readonly Fault[] {
  // The wire form decides: there, a property that is undefined does not exist.
  const sent: unknown = JSON.parse(JSON.stringify(card ?? null));
  if (!isJson(sent) || sent.type !== 'AdaptiveCard') {
    return [{ rule: 'card', path: 'card', what: 'this is no AdaptiveCard', fix: "set type to 'AdaptiveCard'" }];
  }
  const parts = [...walk(sent, 'AdaptiveCard', '', '', false)];
  const sheet = { card: sent, parts, untrusted: options.untrusted ?? [] };
  return Object.entries(RULES).flatMap(([rule, { fix, find }]) =>
    Array.from(find(sheet), ([path, what]) => ({ rule, path, what, fix })),
  );
}

function* walk(json: Json, expected: string, path: string, slot: string, spare: boolean): Generator<Part> {
  const type = filled(json.type) ? json.type : expected;
  const kind = kindOf(type, expected);
  yield { type, kind, path, slot, spare, json };
  for (const [key, inner] of Object.entries(kind?.holds ?? {})) {
    const value = json[key];
    const many = Array.isArray(value);
    for (const [index, item] of (many ? value : [value]).entries()) {
      const child = inner === 'TextRun' && typeof item === 'string' ? { type: 'TextRun', text: item } : item;
      if (isJson(child)) yield* walk(child, inner, join(path, many ? `${key}[${index}]` : key), key, spare);
    }
  }
  if (isJson(json.fallback)) yield* walk(json.fallback, expected, join(path, 'fallback'), 'fallback', true);
}

function kindOf(type: string, expected: string): Kind | undefined {
  if (expected === 'element') return ELEMENTS[type];
  if (expected === 'action') return ACTIONS[type];
  return type === expected ? KINDS[type] : undefined;
}

function* shown({ type, path, json }: Part): Generator<readonly [path: string, text: string]> {
  for (const key of type === 'Fact' ? ['title', 'value'] : SHOWN) {
    const text = json[key];
    if (filled(text)) yield [join(path, key), text];
  }
}

function* strings(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* strings(item, `${path}[${index}]`);
  if (isJson(value)) for (const [key, item] of Object.entries(value)) yield* strings(item, join(path, key));
}

/** Direction controls do no harm between U+2068 and its own U+2069; anywhere else they reach the rest of the line. */
function isIsolated(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '\u2068') depth += 1;
    else if (character === '\u2069') depth -= 1;
    else if (depth > 0 && (character === '\u2066' || character === '\u2067')) depth += 1;
    else if (depth === 0 && /[\u202A-\u202E\u2066\u2067\u200E\u200F]/.test(character)) return false;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function isSafeLink(link: string, isPicture: boolean): boolean {
  if (isPicture && /^data:image\/(png|jpeg|gif);base64,/.test(link)) return true;
  if (!URL.canParse(link)) return false;
  const { protocol, hostname } = new URL(link);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function filled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
