import type {
  ActionArray,
  CardElementArray,
  IAdaptiveCard,
  IChoiceSetInput,
  IExecuteAction,
  ITextInput,
  ITextRun,
  IToggleInput,
} from '@microsoft/teams.cards';
import type { Language } from '../domain/people/actor.ts';
import type { Links } from './links.ts';
import type { Verb, VerbData } from './verbs.ts';

export type Card = IAdaptiveCard;
export type Element = CardElementArray[number];
export type Action = ActionArray[number];

/** Text that came from people or the database: clients must not read templates or mentions into it. */
export const safe = (text: string): string =>
  text
    .toWellFormed()
    .replace(/(?<=[{$])\{/g, '\u2060{')
    .replace(/<(?=\/?at\b)/gi, '<\u2060');

const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** The same, for a line it shares with other text: it turns no neighbour around and pushes none off a narrow card. */
const shown = (text: string): string => {
  const breakable = safe(text)
    .replace(DIRECTION, '')
    .replace(/\S{60,}/gu, (word) => word.replace(/.{30}/gu, '$&\u200b'));
  return RIGHT_TO_LEFT.test(breakable) ? `\u2068${breakable}\u2069` : breakable;
};

/** For the few places where clients read markdown and a RichTextBlock cannot stand: its marks become look-alikes. */
const plain = (text: string): string =>
  text
    .replace(/[[\]*_`~<>]/g, (mark) => "()∗ˍ'∼‹›".charAt('[]*_`~<>'.indexOf(mark)))
    .replace(/^\s*(?=[-+#]|\d+[.)])/, '\u2060');

/** One line of a card may hold several pieces; only RichTextBlock never reads markdown into them. */
export type Run =
  | string
  | { readonly text: string; readonly bold?: true; readonly subtle?: true; readonly color?: 'Attention' | 'Good' };

/** Pieces side by side. Each is a run of its own, so that a name in another script stays in its place. */
export const dotted = (...pieces: readonly (Run | null)[]): readonly Run[] =>
  pieces
    .filter((piece) => piece !== null)
    .flatMap((piece, index): Run[] => (index === 0 ? [piece] : [{ text: ' · ', subtle: true }, piece]));

export const bold = (text: string): Run => ({ text, bold: true });
export const subtle = (text: string): Run => ({ text, subtle: true });

/** Text that must catch the eye when `urgent`; the words themselves say why. */
export const alarm = (text: string, urgent: boolean): Run => ({
  text,
  bold: true,
  ...(urgent ? { color: 'Attention' } : {}),
});

type Look = { readonly spacing?: 'None' | 'Small' | 'Medium' | 'Large'; readonly separator?: true };

export const heading = (text: string): Element => ({
  type: 'TextBlock',
  text,
  style: 'heading',
  size: 'Large',
  weight: 'Bolder',
  wrap: true,
});

export const subheading = (text: string, look: Look = {}): Element => ({
  type: 'TextBlock',
  text,
  weight: 'Bolder',
  wrap: true,
  spacing: 'Medium',
  ...look,
});

/** Our own fixed words. Never for text from people: see `line`. */
export const para = (text: string, look: Look & { readonly subtle?: true } = {}): Element => {
  const { subtle, ...rest } = look;
  return { type: 'TextBlock', text, wrap: true, ...(subtle ? { isSubtle: true } : {}), ...rest };
};

/** Any text, people's included. */
export const line = (runs: Run | readonly Run[], look: Look = {}): Element => ({
  type: 'RichTextBlock',
  inlines: (Array.isArray(runs) ? (runs as readonly Run[]) : [runs as Run]).map((run): ITextRun => {
    if (typeof run === 'string') return { type: 'TextRun', text: shown(run) };
    const { text, bold, subtle, color } = run;
    return {
      type: 'TextRun',
      text: shown(text),
      ...(bold ? { weight: 'Bolder' } : {}),
      ...(subtle ? { isSubtle: true } : {}),
      ...(color === undefined ? {} : { color }),
    };
  }),
  ...look,
});

/** Text of several lines, as somebody wrote it. */
export const lines = (text: string, look: Look = {}): Element[] =>
  text
    .split('\n')
    .filter((one) => one !== '')
    .map((one, index) => line(one, index === 0 ? look : { spacing: 'None' }));

/** A label and its value below it: as readable on a phone as in a wide window, and no address runs off the edge. */
export const facts = (rows: readonly (readonly [label: string, value: Run | readonly Run[]] | null)[]): Element[] =>
  rows
    .filter((row) => row !== null)
    .flatMap(([label, value], index) => [
      {
        type: 'TextBlock',
        text: label,
        size: 'Small',
        isSubtle: true,
        wrap: true,
        spacing: index === 0 ? 'Medium' : 'Small',
      },
      line(value, { spacing: 'None' }),
    ]);

/** A part of the card that `toggle` shows and hides on the client alone. */
export const folded = (id: string, items: readonly Element[]): Element => ({
  type: 'Container',
  id,
  isVisible: false,
  items: [...items],
  separator: true,
  spacing: 'Medium',
});

export const toggle = (title: string, id: string): Action => ({
  type: 'Action.ToggleVisibility',
  title,
  targetElements: [id],
});

export const box = (items: Element[], style: 'emphasis' | 'attention' | 'good' | 'warning' = 'emphasis'): Element => ({
  type: 'Container',
  style,
  items,
  spacing: 'Medium',
});

/** A button. `skipInputs`: it may be pressed while required fields are empty, and brings nothing that was typed. */
export const button = <V extends Verb>(
  verb: V,
  data: VerbData<V>,
  title: string,
  options: { readonly style?: 'positive' | 'destructive'; readonly skipInputs?: true } = {},
): Action => {
  const looks = {
    title,
    ...(options.style === undefined ? {} : { style: options.style }),
    ...(options.skipInputs ? { associatedInputs: 'none' as const } : {}),
  };
  const action: IExecuteAction = {
    type: 'Action.Execute',
    verb,
    data: { ...data },
    ...looks,
    // A client that does not know Action.Execute sends a message; the verb travels in its data then.
    fallback: { type: 'Action.Submit', ...looks, data: { ...data, verb } },
  };
  return action;
};

/** A button that leads out of Teams. */
export const link = (title: string, url: string): Action => ({ type: 'Action.OpenUrl', title, url });

export const buttons = (actions: readonly Action[], look: Look = { spacing: 'Medium' }): Element => ({
  type: 'ActionSet',
  actions: [...actions],
  ...look,
});

/** Far more than any field takes came from no client's card: what is shown again has to fit one. */
const MOST_TYPED = 1_000;
/** Of a link or of several lines: a link that is cut leads nowhere, and would be saved again like that. */
const MOST_LONG_TYPED = 8_000;

export const textInput = (
  input: Omit<ITextInput, 'type'> & { readonly id: string; readonly label: string },
): Element => ({
  type: 'Input.Text',
  ...input,
  ...(input.value === undefined
    ? {}
    : { value: safe(input.value.slice(0, input.isMultiline || input.style === 'Url' ? MOST_LONG_TYPED : MOST_TYPED)) }),
});

/** The parts of a choice's title on one line. */
export const choiceTitle = (parts: readonly string[]): string => parts.map(shown).join(' · ');

/** The same where clients read markdown or tags. */
export const plainLine = (parts: readonly string[]): string => plain(choiceTitle(parts));

/** A title may have several parts. Where all choices are in sight, clients read markdown into titles. */
export const choiceInput = (
  input: Omit<IChoiceSetInput, 'type' | 'choices'> & {
    readonly id: string;
    readonly label: string;
    readonly choices: readonly { readonly title: readonly string[]; readonly value: string }[];
  },
): Element => {
  const inSight = input.style === 'expanded' || input.isMultiSelect === true;
  return {
    type: 'Input.ChoiceSet',
    ...input,
    wrap: true,
    choices: input.choices.map(({ title, value }) => ({ title: (inSight ? plainLine : choiceTitle)(title), value })),
  };
};

/** One thing to say yes or no to, in our own words. It is sent as `true` or `false`. */
export const toggleInput = (
  input: Pick<IToggleInput, 'title'> & { readonly id: string; readonly label: string; readonly on: boolean },
): Element => {
  const { on, ...rest } = input;
  return { type: 'Input.Toggle', ...rest, value: String(on), valueOn: 'true', valueOff: 'false', wrap: true };
};

/** `errorMessage` null: not required, because a client lets no search through while a required field is empty. */
export const dayInput = (
  id: string,
  label: string,
  errorMessage: string | null,
  value: { readonly value?: string },
): Element => ({
  type: 'Input.Date',
  id,
  label,
  ...(errorMessage === null ? {} : { isRequired: true, errorMessage }),
  ...value,
});

/** For whom a card is made. */
export type Reader = {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: Date;
  /** The reader's id in the chat, for the client's own refresh; null where there is none. */
  readonly chatId: string | null;
  /** Digits that no other card of this form carries. */
  readonly mark: string;
  /** Whether the client offers suggestions while one types. */
  readonly typeahead: boolean;
  readonly links: Links;
};

/**
 * The whole card. `refresh` names the reading verb that shows the same thing anew, on this person's every device; a card
 * that many see is made anew for each of `viewers` (ids in the chat, at most 60).
 */
export const card = <V extends Verb>(
  reader: Pick<Reader, 'language' | 'chatId'>,
  fallbackText: string,
  body: readonly Element[],
  refresh?: { readonly verb: V; readonly data: VerbData<V>; readonly viewers?: readonly string[] },
): Card => {
  const userIds = refresh?.viewers ?? (reader.chatId === null ? [] : [reader.chatId]);
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    lang: reader.language,
    fallbackText: safe(fallbackText),
    ...(refresh === undefined || userIds.length === 0
      ? {}
      : {
          refresh: {
            action: { type: 'Action.Execute', verb: refresh.verb, data: { ...refresh.data } },
            userIds: [...userIds],
          },
        }),
    body: [...body],
  };
};
