import type { Card } from '../../cards/card.ts';
import type { Shareable } from '../../cards/compose/shareable.ts';

const CARD = 'application/vnd.microsoft.card.adaptive';
const PREVIEW = 'application/vnd.microsoft.card.thumbnail';

type Attachment = {
  readonly contentType: string;
  readonly content: Card;
  readonly preview: {
    readonly contentType: string;
    readonly content: { readonly title: string; readonly text: string };
  };
};

/** The body of an answer: results or words below the search box; a card or words in the dialog; nothing closes it. */
export type ComposeBody =
  | {
      readonly composeExtension:
        | { readonly type: 'result'; readonly attachmentLayout: 'list'; readonly attachments: readonly Attachment[] }
        | { readonly type: 'message'; readonly text: string };
    }
  | {
      readonly task:
        | { readonly type: 'continue'; readonly value: Dialog }
        | { readonly type: 'message'; readonly value: string };
    }
  | Readonly<Record<string, never>>;

type Dialog = {
  readonly title: string;
  readonly height: 'large';
  readonly width: 'medium';
  readonly card: { readonly contentType: string; readonly content: Card };
};

export const asResults = (found: readonly Shareable[]): ComposeBody => ({
  composeExtension: {
    type: 'result',
    attachmentLayout: 'list',
    attachments: found.map(({ card, title, text }) => ({
      contentType: CARD,
      content: card,
      preview: { contentType: PREVIEW, content: { title, text } },
    })),
  },
});
export const asWords = (text: string): ComposeBody => ({ composeExtension: { type: 'message', text } });
export const asDialogWords = (value: string): ComposeBody => ({ task: { type: 'message', value } });

/** More is cut off by Teams, in the middle of a letter. */
const MOST_TITLE = 64;
export const asDialog = (title: string, content: Card): ComposeBody => ({
  task: {
    type: 'continue',
    value: {
      title: title.slice(0, MOST_TITLE),
      height: 'large',
      width: 'medium',
      card: { contentType: CARD, content },
    },
  },
});
/** How words are said: where one searches, in a dialog, or not at all, since a link that leads nowhere says nothing. */
export const SAYING = {
  'composeExtension/query': asWords,
  'composeExtension/queryLink': () => asResults([]),
  'composeExtension/fetchTask': asDialogWords,
  'composeExtension/submitAction': asDialogWords,
} as const satisfies Record<string, (words: string) => ComposeBody>;
export type ComposeName = keyof typeof SAYING;

export const isCompose = (name: unknown): name is ComposeName =>
  typeof name === 'string' && Object.hasOwn(SAYING, name);
