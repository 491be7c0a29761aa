import type { AddCustomerStep } from '../../domain/drafts/add-customer.ts';
import type { AddCustomerView } from '../../domain/drafts/show-draft.ts';
import { FORMS } from '../../domain/drafts/walk.ts';
import { button, buttons, type Card, card, dotted, facts, heading, line, para, type Reader, subtle } from '../card.ts';
import { dateTime, textFor } from '../format.ts';

/** `add customer` with a form half-way: nothing typed is lost unless the person says so. */
export const resumeCard = (reader: Reader, { draft, answers }: AddCustomerView): Card => {
  const { add, common } = textFor(reader.language);
  const { steps } = FORMS[draft.kind];
  const at = common.step(steps.indexOf(draft.step) + 1, steps.length);
  return card(reader, add.resume.title, [
    heading(add.resume.title),
    para(add.resume.body),
    ...facts([
      answers.name === undefined ? null : [add.labels.name, answers.name],
      answers.identifier === undefined ? null : [add.labels.identifier, answers.identifier.value],
    ]),
    line(
      dotted(
        subtle(`${at}: ${add[draft.step as AddCustomerStep].title}`),
        subtle(add.resume.changed(dateTime(draft.updatedAt, reader))),
      ),
    ),
    buttons([
      button('draft.show', { draft: draft.id }, add.resume.go, { style: 'positive' }),
      button('draft.startOver', { draft: draft.id, command: draft.commandId }, add.resume.over),
    ]),
  ]);
};
