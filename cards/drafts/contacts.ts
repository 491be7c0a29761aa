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
  fillIn: (label: string) => string,
  kept: string | undefined,
  most: number,
  style?: 'Email' | 'Tel',
) => [
  textInput({
    id: fields.id(field),
    label,
    isRequired: true,
    errorMessage: fillIn(label),
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

/** Dutch for the Netherlands, English abroad; where the country says nothing, what the partner speaks. */
const likelyLanguage = (country: string | undefined, reader: Reader): Language =>
  country === undefined || country === 'BE' ? reader.language : country === 'NL' ? 'nl' : 'en';

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
    ...text(fields, 'customerCompany', words.company, words.fillIn, customer.company, 200),
    ...text(fields, 'customerName', words.customerName, words.fillIn, customer.name, 100),
    ...text(fields, 'customerEmail', words.customerEmail, words.fillIn, customer.email, 254, 'Email'),
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
      errorMessage: words.fillIn(words.language),
      choices: LANGUAGES.map((value) => ({ title: [textFor(value).language], value })),
      ...fields.value('customerLanguage', customer.language ?? likelyLanguage(customer.country, reader)),
    }),
    ...fields.faults('customerLanguage'),
    subheading(words.partner),
    ...text(fields, 'partnerName', words.name, words.fillIn, partner.name, 100),
    ...text(fields, 'partnerEmail', words.email, words.fillIn, partner.email, 254, 'Email'),
    ...text(fields, 'partnerPhone', words.phone, words.fillIn, partner.phone, 40, 'Tel'),
  ];
};
