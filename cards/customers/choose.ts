import type { Engagement } from '../../domain/engagements/engagement.ts';
import type { Found } from '../../domain/pickers.ts';
import { box, button, buttons, type Card, card, heading, para, type Reader } from '../card.ts';
import { pickerElements } from '../drafts/picker.ts';
import { fieldsOf, type Notes } from '../drafts/step.ts';
import { textFor } from '../format.ts';

/** `customers`: which engagement's page to open. */
export const chooseEngagementCard = (reader: Reader, engagements: Found<Engagement>, notes: Notes): Card => {
  const text = textFor(reader.language);
  const words = text.customers.choose;
  const none = engagements.options.length === 0 && !engagements.searched;
  const options = engagements.options.map(({ slug, name, solutionArea }) => ({
    title: [name[reader.language], text.solutionAreas[solutionArea]],
    value: slug,
  }));
  return card(reader, words.title, [
    heading(words.title),
    ...(notes.faults.length === 0 ? [] : [box([para(text.common.checkFields(notes.faults.length))], 'attention')]),
    ...(none
      ? [para(words.none)]
      : [
          ...pickerElements(reader, fieldsOf(notes, reader), {
            field: 'engagement',
            label: words.label,
            placeholder: words.placeholder,
            error: words.error,
            dataset: 'engagements',
            found: { ...engagements, options },
            kept: undefined,
            find: notes.find,
            search: (title) => button('customers.choose', {}, title),
          }),
          buttons([button('customers.open', {}, words.show, { style: 'positive' })]),
        ]),
  ]);
};
