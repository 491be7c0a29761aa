import { endOfWindow } from '../../domain/claims/deadlines.ts';
import { IDENTIFIER_TYPES } from '../../domain/customers/identifier.ts';
import { type AddCustomerStep, MOST_NAME } from '../../domain/drafts/add-customer.ts';
import type { AddCustomerView } from '../../domain/drafts/show-draft.ts';
import type { EngagementOption } from '../../domain/engagements/eligibility.ts';
import { marketOf } from '../../domain/engagements/markets.ts';
import {
  bold,
  box,
  button,
  buttons,
  type Card,
  choiceInput,
  dotted,
  type Element,
  facts,
  line,
  para,
  type Reader,
  subheading,
  subtle,
  textInput,
} from '../card.ts';
import { countryName, textFor, usd, utcDate } from '../format.ts';
import { say } from '../text/en.ts';
import { contactElements } from './contacts.ts';
import { fieldsOf, type Notes, type Shown, stepCard } from './step.ts';

type Step = (reader: Reader, view: AddCustomerView, notes: Notes) => Shown;

const name: Step = (reader, { answers }, notes) => {
  const words = textFor(reader.language).add.name;
  const fields = fieldsOf(notes, reader);
  return {
    asks: [
      textInput({
        id: fields.id('name'),
        label: words.label,
        placeholder: words.placeholder,
        isRequired: true,
        errorMessage: words.error,
        maxLength: MOST_NAME,
        ...fields.value('name', answers.name),
      }),
      ...fields.faults('name'),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
  };
};

/** A list that only tells: under a heading, and never cut without a word. Nothing for an empty one. */
const listed = <T>(
  reader: Reader,
  title: string,
  items: readonly T[],
  most: number,
  row: (item: T) => readonly Element[],
): Element[] => {
  const more = items.length - most;
  if (items.length === 0) return [];
  return [
    subheading(title, { separator: true }),
    ...items.slice(0, most).flatMap(row),
    ...(more > 0 ? [para(textFor(reader.language).common.more(more), { subtle: true, spacing: 'Small' })] : []),
  ];
};

const MOST_NOT_ENROLLED = 10;

const location: Step = (reader, { answers, locations }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.location;
  const fields = fieldsOf(notes, reader);
  const enrolled = locations.filter((place) => place.enrolment === 'enrolled');
  const others = locations.filter((place) => place.enrolment !== 'enrolled');
  const only = enrolled.length === 1 ? enrolled[0]?.id : undefined;
  const notEnrolled = listed(reader, words.notEnrolled, others, MOST_NOT_ENROLLED, (place) => [
    line(dotted(place.name, place.partnerId, subtle(text.enrolments[place.enrolment])), { spacing: 'Small' }),
  ]);
  if (enrolled.length === 0) return { asks: [box([para(words.none)], 'warning')], below: notEnrolled, stuck: true };
  return {
    asks: [
      choiceInput({
        id: fields.id('location'),
        label: words.label,
        style: 'compact',
        placeholder: words.placeholder,
        isRequired: true,
        errorMessage: words.error,
        choices: enrolled.map((place) => ({
          title: [place.name, place.partnerId, countryName(place.country, reader.language)],
          value: place.id,
        })),
        ...fields.value('location', answers.locationId ?? only),
      }),
      ...fields.faults('location'),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
    below: notEnrolled,
  };
};

const identifier: Step = (reader, { answers }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.identifier;
  const fields = fieldsOf(notes, reader);
  // R10: when a domain leads nowhere, the card asks for the tenant id in so many words.
  const asksTenant =
    notes.faults.some(({ fault }) => fault.code === 'domain.notFound' || fault.code === 'domain.lookUpFailed') ||
    (notes.typed.tenantInstead ?? '') !== '';
  return {
    asks: [
      choiceInput({
        id: fields.id('identifierType'),
        label: words.type,
        style: 'expanded',
        isRequired: true,
        errorMessage: words.typeError,
        choices: IDENTIFIER_TYPES.map((type) => ({ title: [text.identifierTypes[type]], value: type })),
        ...fields.value('identifierType', answers.identifier?.type ?? 'domain'),
      }),
      ...fields.faults('identifierType'),
      textInput({
        id: fields.id('identifierValue'),
        label: words.value,
        placeholder: words.placeholder,
        isRequired: true,
        errorMessage: words.error,
        maxLength: 260,
        ...fields.value('identifierValue', answers.identifier?.value),
      }),
      ...fields.faults('identifierValue'),
      ...(asksTenant
        ? [
            textInput({
              id: fields.id('tenantInstead'),
              label: words.instead,
              maxLength: 80,
              ...fields.value('tenantInstead'),
            }),
            ...fields.faults('tenantInstead'),
          ]
        : []),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
  };
};

/** What a claim under this engagement would be paid where the customer is; null when nobody has set it. */
const rateFor = ({ engagement }: EngagementOption, country: string | undefined): number | null =>
  country === undefined ? null : (engagement.rates?.[marketOf(country)] ?? null);

const chosenLine = (reader: Reader, { answers, customerName }: AddCustomerView): Element[] => {
  const words = textFor(reader.language);
  const chosen = answers.identifier;
  if (chosen === undefined) return [];
  const tenant = chosen.tenantName ?? (chosen.type === 'tenantId' ? null : chosen.tenantId);
  // The name that came with the imported facts, so that a mistyped ID is noticed here and not in the mail.
  const known = customerName === null ? [] : [line([subtle(`${words.add.labels.customer}: `), customerName])];
  return [
    line([
      subtle(`${words.identifierTypes[chosen.type]}: `),
      bold(chosen.value),
      ...(tenant === null ? [] : [subtle(` · ${words.add.labels.tenant}: `), tenant]),
    ]),
    ...known,
  ];
};

const MOST_REASONED = 20;

/** The lists of R12 that cannot be chosen from, each engagement with every reason (R7). */
const notForChoice = (reader: Reader, { choice }: AddCustomerView): Element[] => {
  const text = textFor(reader.language);
  const words = text.add.engagements;
  const why = (option: EngagementOption): string[] =>
    [option.location, option.customer].flatMap((verdict) => {
      if (verdict.verdict === 'ineligible') return verdict.reasons.map((reason) => say(text.reasons, reason));
      return verdict.verdict === 'unknown' ? verdict.missing.map((what) => words.missing(text.missing(what))) : [];
    });
  const row = (option: EngagementOption) => [
    line(bold(option.engagement.name[reader.language]), { spacing: 'Small' }),
    ...why(option).map((reason) => line(subtle(reason), { spacing: 'None' })),
  ];
  const { ineligible, unknown } = choice ?? { ineligible: [], unknown: [] };
  const [heading, ...notKnown] = listed(reader, words.unknown, unknown, MOST_REASONED, row);
  return [
    ...(heading === undefined
      ? []
      : [heading, para(words.unknownHint, { subtle: true, spacing: 'None' }), ...notKnown]),
    ...listed(reader, words.ineligible, ineligible, MOST_REASONED, row),
  ];
};

const engagements: Step = (reader, view, notes) => {
  const { answers, choice, country } = view;
  const text = textFor(reader.language);
  const words = text.add.engagements;
  const fields = fieldsOf(notes, reader);
  const eligible = choice?.eligible ?? [];
  const kept = (answers.engagements ?? []).filter((id) => eligible.some((option) => option.engagement.id === id));
  const about = chosenLine(reader, view);
  const others = notForChoice(reader, view);
  if (eligible.length === 0) {
    // R5: what cannot be judged yet is not called ineligible.
    const why = (choice?.unknown ?? []).length > 0 ? words.noneYet : words.none;
    return { asks: [...about, box([para(why)], 'warning')], below: others, stuck: true };
  }
  const title = (option: EngagementOption) => {
    const rate = rateFor(option, country);
    return [
      option.engagement.name[reader.language],
      text.solutionAreas[option.engagement.solutionArea],
      rate === null ? words.noRate : words.rate(usd(rate, reader.language), option.engagement.verifiedOn !== null),
    ];
  };
  return {
    asks: [
      ...about,
      choiceInput({
        id: fields.id('engagements'),
        label: words.label,
        style: 'expanded',
        isMultiSelect: true,
        isRequired: true,
        errorMessage: words.error,
        choices: eligible.map((option) => ({ title: title(option), value: option.engagement.id })),
        ...fields.value('engagements', kept.join(',')),
      }),
      ...fields.faults('engagements'),
    ],
    below: others,
  };
};

const contacts: Step = (reader, { answers, country, customerName, partner }, notes) => ({
  asks: contactElements(reader, notes, {
    customer: answers.customer ?? {
      ...(customerName === null ? {} : { company: customerName }),
      ...(country === undefined ? {} : { country }),
    },
    partner: answers.partner ?? partner,
    mismatchReason: answers.mismatchReason ?? null,
  }),
});

/** R14: says again what freezes, before it does. */
const review: Step = (reader, { answers, chosen, location: place, draft }) => {
  const text = textFor(reader.language);
  const words = text.add.review;
  const { labels } = text.add;
  const { customer, partner, identifier: id, mismatchReason } = answers;
  const change = (to: keyof typeof words.change) =>
    button('draft.back', { draft: draft.id, command: draft.commandId, to }, words.change[to], { skipInputs: true });
  const consentBy = (days: number) => words.consentBy(utcDate(endOfWindow(reader.now, days), reader.language));
  return {
    asks: [
      ...facts([
        [labels.name, answers.name ?? ''],
        place === null ? null : [labels.location, dotted(place.name, place.partnerId)],
        id === undefined ? null : [labels.identifier, [`${text.identifierTypes[id.type]}: `, id.value]],
        id?.tenantId && id.type !== 'tenantId' ? [labels.tenant, dotted(id.tenantName, subtle(id.tenantId))] : null,
        customer === undefined
          ? null
          : [labels.customer, dotted(customer.company, countryName(customer.country, reader.language))],
        customer === undefined
          ? null
          : [labels.customerContact, dotted(customer.name, customer.email, textFor(customer.language).language)],
        partner === undefined ? null : [labels.partnerContact, dotted(partner.name, partner.email, partner.phone)],
        mismatchReason ? [words.mismatch, { text: mismatchReason, color: 'Attention' }] : null,
      ]),
      subheading(words.engagements),
      ...chosen.map((engagement) =>
        line(dotted(bold(engagement.name[reader.language]), subtle(consentBy(engagement.windows.consent))), {
          spacing: 'Small',
        }),
      ),
      buttons((['name', 'location', 'identifier', 'engagements', 'contacts'] as const).map(change)),
      box([para(words.freezes)], 'warning'),
    ],
    refused: words.refused,
  };
};

const STEPS: Record<AddCustomerStep, Step> = { name, location, identifier, engagements, contacts, review };

/** Any step of the form, as the draft stands. */
export const addCustomerCard = (reader: Reader, view: AddCustomerView, notes: Notes): Card => {
  const { add } = textFor(reader.language);
  const step = view.draft.step as AddCustomerStep;
  const finish = step === 'review' ? add.review.confirm : undefined;
  return stepCard(reader, view.draft, notes, add.title, add[step].title, STEPS[step](reader, view, notes), finish);
};
