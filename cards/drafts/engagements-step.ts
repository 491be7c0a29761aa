import type { NominationView } from '../../domain/drafts/show-draft.ts';
import { type EngagementOption, standing } from '../../domain/engagements/eligibility.ts';
import { marketOf } from '../../domain/engagements/markets.ts';
import {
  bold,
  box,
  buttons,
  choiceInput,
  type Element,
  folded,
  line,
  para,
  type Reader,
  subheading,
  subtle,
  textInput,
  toggle,
} from '../card.ts';
import { whyNot } from '../engagements/verdict.ts';
import { textFor, usd } from '../format.ts';
import { listed } from './listed.ts';
import { chosenLine } from './named.ts';
import { fieldsOf, type Notes, type Shown } from './step.ts';

const MOST_REASONED = 20;

/** What a claim under this engagement would be paid where the customer is; null when nobody has set it. */
const rateFor = ({ engagement, country }: EngagementOption): number | null =>
  country === undefined ? null : (engagement.rates?.[marketOf(country)] ?? null);

/** An engagement with every reason, of the location and of the customer (R7). */
const reasoned =
  (reader: Reader) =>
  (option: EngagementOption): Element[] => [
    line(bold(option.engagement.name[reader.language]), { spacing: 'Small' }),
    ...[option.location, option.customer]
      .flatMap((verdict) => whyNot(reader, verdict))
      .map((why) => line(subtle(why), { spacing: 'None' })),
  ];

/** The lists of R12 that cannot be chosen from. Engagements by opportunity alone are told to who asks why. */
const notForChoice = (reader: Reader, { choice }: NominationView): Element[] => {
  const words = textFor(reader.language).add.engagements;
  const { ineligible, unknown, unlisted } = choice ?? { ineligible: [], unknown: [], unlisted: [] };
  const [heading, ...notKnown] = listed(reader, words.unknown, unknown, MOST_REASONED, reasoned(reader));
  return [
    ...(heading === undefined
      ? []
      : [heading, para(words.unknownHint, { subtle: true, spacing: 'None' }), ...notKnown]),
    ...listed(reader, words.ineligible, ineligible, MOST_REASONED, reasoned(reader)),
    ...(unlisted.length === 0
      ? []
      : [
          buttons([toggle(words.whyNone, 'unlisted')]),
          folded('unlisted', [
            subheading(words.whyNone),
            ...unlisted.slice(0, MOST_REASONED).flatMap(reasoned(reader)),
          ]),
        ]),
  ];
};

/** Variable payment: one engagement, and the hours that freeze at confirm (R9, R15). */
const hoursElements = (reader: Reader, view: NominationView, notes: Notes): Element[] => {
  const words = textFor(reader.language).add.engagements;
  const fields = fieldsOf(notes, reader);
  const { answers } = view;
  return [
    textInput({
      id: fields.id('hours'),
      label: words.hours,
      placeholder: words.hoursPlaceholder,
      isRequired: true,
      errorMessage: words.hoursError,
      maxLength: 12,
      ...fields.value('hours', answers.hours === undefined ? undefined : String(answers.hours)),
    }),
    ...fields.faults('hours'),
    para(words.hoursHint, { subtle: true, spacing: 'Small' }),
  ];
};

export const engagements = (reader: Reader, view: NominationView, notes: Notes): Shown => {
  const { answers, choice, kind } = view;
  const text = textFor(reader.language);
  const words = text.add.engagements;
  const fields = fieldsOf(notes, reader);
  const eligible = choice?.eligible ?? [];
  const variable = eligible.some(({ engagement }) => engagement.payment === 'variable');
  const kept = (answers.engagements ?? []).filter((id) => eligible.some((option) => option.engagement.id === id));
  const about = [
    ...chosenLine(reader, view),
    ...(answers.opportunity === undefined
      ? []
      : [
          line([
            subtle(`${words.opportunity}: `),
            answers.opportunity.name,
            subtle(` · ${text.common.money(usd(answers.opportunity.valueCents, reader.language))}`),
          ]),
        ]),
  ];
  const others = notForChoice(reader, view);
  if (eligible.length === 0) {
    // R5: what cannot be judged yet is not called ineligible.
    const { unknown = [], unlisted = [] } = choice ?? {};
    const none = unlisted.length > 0 ? words.noneMsx : kind === 'claimCustomer' ? words.noneKnown : words.none;
    const why = [...unknown, ...unlisted].some((option) => standing(option) === 1) ? words.noneYet : none;
    return { asks: [...about, box([para(why)], 'warning')], below: others, stuck: true };
  }
  const title = (option: EngagementOption) => {
    const rate = rateFor(option);
    const { engagement } = option;
    const pays = rate === null ? words.noRate : words.rate(usd(rate, reader.language), engagement.verifiedOn !== null);
    return [
      engagement.name[reader.language],
      text.solutionAreas[engagement.solutionArea],
      engagement.payment === 'variable' ? words.byHours : pays,
    ];
  };
  return {
    asks: [
      ...about,
      choiceInput({
        id: fields.id('engagements'),
        label: variable ? words.labelOne : words.label,
        style: 'expanded',
        ...(variable ? {} : { isMultiSelect: true }),
        isRequired: true,
        errorMessage: variable ? words.errorOne : words.error,
        choices: eligible.map((option) => ({ title: title(option), value: option.engagement.id })),
        ...fields.value('engagements', variable && eligible.length === 1 ? eligible[0]?.engagement.id : kept.join(',')),
      }),
      ...fields.faults('engagements'),
      ...(variable ? hoursElements(reader, view, notes) : []),
    ],
    below: others,
  };
};
