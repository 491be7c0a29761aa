import { endOfWindow } from '../../domain/claims/deadlines.ts';
import { FIXED_IDENTIFIER_TYPES } from '../../domain/customers/identifier.ts';
import { type AddCustomerAnswers, type AddCustomerStep, MOST_NAME } from '../../domain/drafts/add-customer.ts';
import type { AddCustomerView } from '../../domain/drafts/show-draft.ts';
import type { EngagementOption } from '../../domain/engagements/eligibility.ts';
import { marketOf } from '../../domain/engagements/markets.ts';
import {
  box,
  button,
  buttons,
  type Card,
  choiceInput,
  type Element,
  facts,
  line,
  para,
  type Reader,
  subheading,
  textInput,
} from '../card.ts';
import { countryName, deadlineDate, textFor, usd } from '../format.ts';
import { say } from '../text/en.ts';
import { contactElements } from './contacts.ts';
import { fieldsOf, type Notes, stepCard } from './step.ts';

type Step = (reader: Reader, view: AddCustomerView, notes: Notes) => readonly Element[];

const name: Step = (reader, { answers }, notes) => {
  const words = textFor(reader.language).add.name;
  const fields = fieldsOf(notes, reader);
  return [
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
  ];
};

const location: Step = (reader, { answers, locations }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.location;
  const fields = fieldsOf(notes, reader);
  const enrolled = locations.filter((place) => place.enrolment === 'enrolled');
  const others = locations.filter((place) => place.enrolment !== 'enrolled');
  const only = enrolled.length === 1 ? enrolled[0]?.id : undefined;
  return [
    ...(enrolled.length === 0
      ? [para(words.none)]
      : [
          choiceInput({
            id: fields.id('location'),
            label: words.label,
            style: 'compact',
            isRequired: true,
            errorMessage: words.error,
            choices: enrolled.map((place) => ({
              title: `${place.name} · ${place.partnerId} · ${countryName(place.country, reader.language)}`,
              value: place.id,
            })),
            ...fields.value('location', answers.locationId ?? only),
          }),
          ...fields.faults('location'),
          para(words.hint, { subtle: true, spacing: 'Small' }),
        ]),
    ...(others.length === 0
      ? []
      : [
          subheading(words.notEnrolled),
          ...others.slice(0, 10).map((place) =>
            line([`${place.name} · ${place.partnerId}: `, { text: text.enrolments[place.enrolment], subtle: true }], {
              spacing: 'Small',
            }),
          ),
        ]),
  ];
};

const identifier: Step = (reader, { answers }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.identifier;
  const fields = fieldsOf(notes, reader);
  // R10: when a domain leads nowhere, the card asks for the tenant id in so many words.
  const asksTenant =
    notes.faults.some(({ fault }) => fault.code === 'domain.notFound' || fault.code === 'domain.lookUpFailed') ||
    (notes.typed.tenantInstead ?? '') !== '';
  return [
    choiceInput({
      id: fields.id('identifierType'),
      label: words.type,
      style: 'compact',
      isRequired: true,
      errorMessage: words.typeError,
      choices: FIXED_IDENTIFIER_TYPES.map((type) => ({ title: text.identifierTypes[type], value: type })),
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
  ];
};

/** What a claim under this engagement would be paid where the customer is; null when nobody has set it. */
const rateFor = ({ engagement }: EngagementOption, country: string | undefined): number | null =>
  country === undefined ? null : (engagement.rates?.[marketOf(country)] ?? null);

const tenantLine = (reader: Reader, answers: AddCustomerAnswers): Element[] => {
  const words = textFor(reader.language);
  const chosen = answers.identifier;
  if (chosen === undefined) return [];
  const tenant = chosen.tenantName ?? (chosen.type === 'tenantId' ? null : chosen.tenantId);
  return [
    line([
      { text: `${words.identifierTypes[chosen.type]}: `, subtle: true },
      { text: chosen.value, bold: true },
      ...(tenant === null ? [] : [{ text: ` · ${words.add.engagements.tenant(tenant)}`, subtle: true } as const]),
    ]),
  ];
};

const REASONS_SHOWN = 20;

const engagements: Step = (reader, { answers, choice, country }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.engagements;
  const fields = fieldsOf(notes, reader);
  const { eligible, ineligible, unknown } = choice ?? { eligible: [], ineligible: [], unknown: [] };
  const kept = (answers.engagements ?? []).filter((id) => eligible.some((option) => option.engagement.id === id));
  const title = (option: EngagementOption) => {
    const rate = rateFor(option, country);
    const amount = rate === null ? words.noRate : words.rate(usd(rate, reader.language));
    return `${option.engagement.name[reader.language]} · ${text.solutionAreas[option.engagement.solutionArea]} · ${amount}`;
  };
  const why = (option: EngagementOption): string[] =>
    [option.location, option.customer].flatMap((verdict) => {
      if (verdict.verdict === 'ineligible') return verdict.reasons.map((reason) => say(text.reasons, reason));
      return verdict.verdict === 'unknown' ? verdict.missing.map((what) => words.missing(text.missing(what))) : [];
    });
  const rows = (options: readonly EngagementOption[]) =>
    options
      .slice(0, REASONS_SHOWN)
      .flatMap((option) => [
        line({ text: option.engagement.name[reader.language], bold: true }, { spacing: 'Small' }),
        ...why(option).map((reason) => line({ text: reason, subtle: true }, { spacing: 'None' })),
      ]);
  return [
    ...tenantLine(reader, answers),
    ...(eligible.length === 0
      ? [box([para(words.none)], 'warning'), ...fields.faults('engagements')]
      : [
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
        ]),
    ...(unknown.length === 0
      ? []
      : [subheading(words.unknown), para(words.unknownHint, { subtle: true, spacing: 'None' }), ...rows(unknown)]),
    ...(ineligible.length === 0 ? [] : [subheading(words.ineligible), ...rows(ineligible)]),
  ];
};

const contacts: Step = (reader, { answers, country, customerName, partner }, notes) =>
  contactElements(reader, notes, {
    customer: answers.customer ?? {
      ...(customerName === null ? {} : { company: customerName }),
      ...(country === undefined ? {} : { country }),
    },
    partner: answers.partner ?? partner,
    mismatchReason: answers.mismatchReason ?? null,
  });

/** R14: says again what freezes, before it does. */
const review: Step = (reader, { answers, chosen, location: place, draft }, notes) => {
  const text = textFor(reader.language);
  const words = text.add.review;
  const { labels } = text.add;
  const { customer, partner, identifier: id, mismatchReason } = answers;
  const change = (to: keyof typeof words.change) =>
    button('draft.back', { draft: draft.id, command: draft.commandId, to }, words.change[to], { skipInputs: true });
  const refused = notes.faults.map(({ fault }) => line(say(text.faults, fault)));
  return [
    ...(refused.length === 0 ? [] : [box([para(words.refused), ...refused], 'attention')]),
    ...facts([
      [labels.name, answers.name ?? ''],
      [labels.location, place === null ? '' : `${place.name} · ${place.partnerId}`],
      id === undefined ? null : [labels.identifier, `${text.identifierTypes[id.type]}: ${id.value}`],
      id?.tenantId && id.type !== 'tenantId'
        ? [labels.tenant, [id.tenantName ?? '', { text: ` ${id.tenantId}`, subtle: true }]]
        : null,
      [labels.customer, `${customer?.company ?? ''} · ${countryName(customer?.country ?? 'NL', reader.language)}`],
      [
        labels.customerContact,
        `${customer?.name ?? ''} · ${customer?.email ?? ''} · ${textFor(customer?.language ?? 'en').language}`,
      ],
      [labels.partnerContact, `${partner?.name ?? ''} · ${partner?.email ?? ''} · ${partner?.phone ?? ''}`],
      mismatchReason ? [words.mismatch, { text: mismatchReason, color: 'Attention' }] : null,
    ]),
    subheading(words.engagements),
    ...chosen.map((engagement) =>
      line(
        [
          { text: engagement.name[reader.language], bold: true },
          {
            text: ` · ${words.consentBy(deadlineDate(endOfWindow(reader.now, engagement.windows.consent), reader.language))}`,
            subtle: true,
          },
        ],
        { spacing: 'Small' },
      ),
    ),
    box([para(words.freezes)], 'warning'),
    buttons((['name', 'identifier', 'engagements', 'contacts'] as const).map(change)),
  ];
};

const STEPS: Record<AddCustomerStep, Step> = { name, location, identifier, engagements, contacts, review };

/** Any step of the form, as the draft stands. */
export const addCustomerCard = (reader: Reader, view: AddCustomerView, notes: Notes): Card => {
  const { add } = textFor(reader.language);
  const step = view.draft.step as AddCustomerStep;
  const finish = step === 'review' ? add.review.confirm : undefined;
  return stepCard(reader, view.draft, notes, add.title, add[step].title, STEPS[step](reader, view, notes), finish);
};
