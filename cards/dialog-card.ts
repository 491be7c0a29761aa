import { buttons, type Card, card, heading, para, type Reader } from './card.ts';
import { textFor } from './format.ts';
import type { Said } from './people/said.ts';

/** What the button that closes a dialog brings in place of a verb. */
export const CLOSE = 'dialog.close';

type Json = { readonly [key: string]: unknown };
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Each button as an old client has it: its fallback brings the same data and inputs, and the verb among the data. */
const submitting = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(submitting);
  if (!isJson(part)) return part;
  if (part.type === 'Action.Execute') return part.fallback;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, key === 'data' ? value : submitting(value)]),
  );
};

/** A card as it can stand in a dialog, where Action.Execute and refresh do nothing. */
export const dialogCard = ({ refresh: _refresh, ...rest }: Card): Card => submitting(rest) as Card;

/** The same of a form that has ended: it can be closed. */
export const closingCard = (whole: Card, { language }: Pick<Reader, 'language'>): Card => {
  const { close } = textFor(language).compose.dialog;
  const end = buttons([{ type: 'Action.Submit', title: close, data: { verb: CLOSE }, associatedInputs: 'none' }]);
  const { body, ...rest } = dialogCard(whole);
  return { ...rest, body: [...body, end] };
};

/** More would not fit a card beside the words. */
const MOST_SENT_AGAIN = 20_000;

/**
 * What is said where an answer failed, or is not there yet. Its button sends the very same once more: a dialog shows one
 * card at a time, and what was typed would be gone with the other; what was carried out already is not done twice.
 */
export const againCard = (
  reader: Pick<Reader, 'language'>,
  words: Said,
  data: Readonly<Record<string, unknown>>,
): Card => {
  const { again } = textFor(reader.language).compose.dialog;
  const fits = JSON.stringify(data).length <= MOST_SENT_AGAIN;
  return card({ ...reader, chatId: null }, words.title, [
    heading(words.title),
    para(words.body),
    ...(fits ? [buttons([{ type: 'Action.Submit', title: again, style: 'positive', data: { ...data } }])] : []),
  ]);
};
