import type { NominationView } from '../../domain/drafts/show-draft.ts';
import type { AddedFrom, ClaimedFrom } from '../../domain/drafts/start.ts';
import { FORMS } from '../../domain/drafts/walk.ts';
import { button, buttons, type Card, card, dotted, facts, heading, line, para, type Reader, subtle } from '../card.ts';
import { dateTime, textFor } from '../format.ts';
import { questionOf } from './nominate.ts';

/**
 * `add customer` or `claim customer` with a form half-way: nothing typed is lost unless the person says so. `from`: where
 * the new form would begin.
 */
export const resumeCard = (reader: Reader, view: NominationView, from: ClaimedFrom & AddedFrom = {}): Card => {
  const { draft, answers, customerName } = view;
  const { add, claimCustomer, common, compose } = textFor(reader.language);
  const { fromMessage } = from;
  const { steps } = FORMS[draft.kind];
  const at = common.step(steps.indexOf(draft.step) + 1, steps.length);
  return card(reader, add.resume.title, [
    heading(add.resume.title),
    para(view.kind === 'addCustomer' ? add.resume.body : claimCustomer.resume),
    ...facts([
      answers.name === undefined ? null : [add.labels.name, answers.name],
      answers.identifier === undefined ? null : [add.labels.identifier, answers.identifier.value],
      view.kind === 'claimCustomer' && customerName !== null ? [add.labels.customer, customerName] : null,
    ]),
    line(
      dotted(
        subtle(`${at}: ${questionOf(reader, draft)}`),
        subtle(add.resume.changed(dateTime(draft.updatedAt, reader))),
      ),
    ),
    ...(fromMessage === undefined ? [] : [line(compose.fromMessage.over(fromMessage.email))]),
    buttons([
      button('draft.show', { draft: draft.id }, add.resume.go, { style: 'positive' }),
      button(
        'draft.startOver',
        {
          draft: draft.id,
          command: draft.commandId,
          ...(from.customerId === undefined ? {} : { customer: from.customerId }),
          ...(from.from === undefined ? {} : { engagement: from.from }),
          ...(fromMessage === undefined ? {} : { email: fromMessage.email }),
          ...(fromMessage?.name ? { contact: fromMessage.name } : {}),
        },
        add.resume.over,
      ),
    ]),
  ]);
};
