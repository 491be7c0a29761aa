import type { AddCustomerView } from '../../domain/drafts/show-draft.ts';
import { button, buttons, type Card, card, facts, heading, para, type Reader } from '../card.ts';
import { dateTime, textFor } from '../format.ts';

/** `add customer` with a form half-way: nothing typed is lost unless the person says so. */
export const resumeCard = (reader: Reader, { draft, answers }: AddCustomerView): Card => {
  const { add } = textFor(reader.language);
  return card(reader, add.resume.title, [
    heading(add.resume.title),
    para(add.resume.body),
    ...facts([
      answers.name === undefined ? null : [add.labels.name, answers.name],
      answers.identifier === undefined ? null : [add.labels.identifier, answers.identifier.value],
    ]),
    para(dateTime(draft.updatedAt, reader), { subtle: true }),
    buttons([
      button('draft.show', { draft: draft.id }, add.resume.go, { style: 'positive' }),
      button('draft.startOver', { draft: draft.id, command: draft.commandId }, add.resume.over),
    ]),
  ]);
};
