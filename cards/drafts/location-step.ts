import type { NominationView } from '../../domain/drafts/show-draft.ts';
import type { Location } from '../../domain/people/people-store.ts';
import { bold, box, dotted, type Element, line, para, type Reader, subtle } from '../card.ts';
import { whyNot } from '../engagements/verdict.ts';
import { countryName, textFor } from '../format.ts';
import { listed } from './listed.ts';
import { pickerElements } from './picker.ts';
import { fieldsOf, type Notes, type Shown, searchIn } from './step.ts';

const MOST_NOT_FOR_CHOICE = 10;

/** Locations that cannot be chosen: not enrolled, or not eligible for the engagement the form was begun at (R13). */
const others = (reader: Reader, { notForChoice }: NominationView): Element[] => {
  const text = textFor(reader.language);
  const words = text.add.location;
  const notEnrolled = notForChoice.filter(({ place }) => place.enrolment !== 'enrolled');
  const notEligible = notForChoice.filter(({ place }) => place.enrolment === 'enrolled');
  return [
    ...listed(reader, words.notEligible, notEligible, MOST_NOT_FOR_CHOICE, ({ place, verdict }) => [
      line(dotted(bold(place.name), place.partnerId), { spacing: 'Small' }),
      ...(verdict === null ? [] : whyNot(reader, verdict)).map((why) => line(subtle(why), { spacing: 'None' })),
    ]),
    ...listed(reader, words.notEnrolled, notEnrolled, MOST_NOT_FOR_CHOICE, ({ place }) => [
      line(dotted(place.name, place.partnerId, subtle(text.enrolments[place.enrolment])), { spacing: 'Small' }),
    ]),
  ];
};

export const location = (reader: Reader, view: NominationView, notes: Notes): Shown => {
  const { answers, locations, keptLocation, draft, notForChoice } = view;
  const words = textFor(reader.language).add.location;
  const fields = fieldsOf(notes, reader);
  const below = others(reader, view);
  if (locations.options.length === 0 && !locations.searched) {
    const anyEnrolled = notForChoice.some(({ place }) => place.enrolment === 'enrolled');
    return { asks: [box([para(anyEnrolled ? words.noneEligible : words.none)], 'warning')], below, stuck: true };
  }
  const choice = (place: Location) => ({
    title: [place.name, place.partnerId, countryName(place.country, reader.language)],
    value: place.id,
  });
  return {
    asks: [
      ...pickerElements(reader, fields, {
        field: 'location',
        label: words.label,
        placeholder: words.placeholder,
        error: words.error,
        dataset: answers.from === undefined ? 'locations' : `locations/${answers.from}`,
        found: { ...locations, options: locations.options.map(choice) },
        kept: keptLocation === null ? undefined : choice(keptLocation),
        find: notes.find,
        search: searchIn(draft),
      }),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
    below,
  };
};
