import { CLOSINGS } from '../../domain/channels/close-channel.ts';
import { button, buttons, type Card, card, heading, line, para, type Reader } from '../card.ts';
import { textFor } from '../format.ts';

/** R32: what those hear who set up a channel that takes nothing any more. */
export const channelClosedCard = (reader: Reader, { why, name = '' }: Readonly<Record<string, string>>): Card => {
  const { channelClosed: words, closings } = textFor(reader.language);
  const closing = closings[CLOSINGS.find((one) => one === why) ?? 'refused'];
  return card(reader, words.title, [
    heading(words.title),
    line(words.body(name, closing)),
    para(words.wait),
    buttons([button('channels.list', { page: 1 }, words.button)]),
  ]);
};
