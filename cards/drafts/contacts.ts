import type { CustomerContact, PartnerContact } from '../../domain/claims/contacts.ts';
import { MOST_REASON } from '../../domain/drafts/contacts-step.ts';
import { COUNTRIES } from '../../domain/engagements/markets.ts';
import { LANGUAGES, type Language } from '../../domain/people/actor.ts';
import { choiceInput, type Element, para, type Reader, subheading, textInput } from '../card.ts';
import { countryName, textFor } from '../format.ts';
import { type Fields, fieldsOf, type Notes } from './step.ts';

export type KnownContacts = {
  readonly customer: Partial<CustomerContact>;
  readonly partner: Partial<PartnerContact>;
  readonly mismatchReason: string | null;
};

const text = (
  fields: Fields,
  field: string,
  label: string,
  error: string,
  kept: string | undefined,
  most: number,
  style?: 'Email' | 'Tel',
) => [
  textInput({
    id: fields.id(field),
    label,
    isRequired: true,
    errorMessage: error,
    maxLength: most,
    ...(style === undefined ? {} : { style }),
    ...fields.value(field, kept),
  }),
  ...fields.faults(field),
];

type Choices = readonly { readonly title: readonly string[]; readonly value: string }[];

const sorted = (language: Language): Choices => {
  const { compare } = new Intl.Collator(language);
  return COUNTRIES.map((value) => ({ title: [countryName(value, language)], value })).sort((a, b) =>
    compare(a.title[0] ?? '', b.title[0] ?? ''),
  );
};
const COUNTRY_CHOICES: Record<Language, Choices> = { en: sorted('en'), nl: sorted('nl') };

/** Both contacts on one card (R9); the reason for a mismatch joins them when one was found (R11). */
export const contactElements = (reader: Reader, notes: Notes, known: KnownContacts): readonly Element[] => {
  const words = textFor(reader.language).add.contacts;
  const fields = fieldsOf(notes, reader);
  const { customer, partner } = known;
  const country = fields.value('customerCountry', customer.country);
  const asksReason = known.mismatchReason !== null || notes.faults.some(({ field }) => field === 'mismatchReason');
  return [
    para(words.hint, { subtle: true }),
    subheading(words.customer),
    ...text(fields, 'customerCompany', words.company, words.error, customer.company, 200),
    ...text(fields, 'customerName', words.customerName, words.error, customer.name, 100),
    ...text(fields, 'customerEmail', words.customerEmail, words.error, customer.email, 254, 'Email'),
    ...(asksReason
      ? [
          textInput({
            id: fields.id('mismatchReason'),
            label: words.mismatch,
            isMultiline: true,
            maxLength: MOST_REASON,
            ...fields.value('mismatchReason', known.mismatchReason ?? undefined),
          }),
          ...fields.faults('mismatchReason'),
          para(words.mismatchHint, { subtle: true, spacing: 'None' }),
        ]
      : []),
    choiceInput({
      id: fields.id('customerCountry'),
      label: words.country,
      // A country that is known is looked over; one that is not is found by typing, not by scrolling through 249.
      style: 'value' in country ? 'compact' : 'filtered',
      placeholder: words.countryPlaceholder,
      isRequired: true,
      errorMessage: words.countryError,
      choices: COUNTRY_CHOICES[reader.language],
      ...country,
    }),
    ...fields.faults('customerCountry'),
    choiceInput({
      id: fields.id('customerLanguage'),
      label: words.language,
      style: 'compact',
      isRequired: true,
      errorMessage: words.error,
      choices: LANGUAGES.map((value) => ({ title: [textFor(value).language], value })),
      ...fields.value('customerLanguage', customer.language ?? reader.language),
    }),
    ...fields.faults('customerLanguage'),
    subheading(words.partner),
    ...text(fields, 'partnerName', words.name, words.error, partner.name, 100),
    ...text(fields, 'partnerEmail', words.email, words.error, partner.email, 254, 'Email'),
    ...text(fields, 'partnerPhone', words.phone, words.error, partner.phone, 40, 'Tel'),
  ];
};
