import { emailDomain } from '../../domain/claims/contacts.ts';
import type { KnownCustomer } from '../../domain/customers/customer-store.ts';
import { IDENTIFIER_TYPES } from '../../domain/customers/identifier.ts';
import type { AddCustomerStep } from '../../domain/drafts/add-customer.ts';
import type { ClaimCustomerStep } from '../../domain/drafts/claim-customer.ts';
import type { Draft } from '../../domain/drafts/draft.ts';
import type { FromMessage } from '../../domain/drafts/from-message.ts';
import { MOST_NAME } from '../../domain/drafts/nomination-steps.ts';
import type { NominationView } from '../../domain/drafts/show-draft.ts';
import {
  box,
  button,
  buttons,
  type Card,
  choiceInput,
  dotted,
  type Element,
  line,
  para,
  type Reader,
  textInput,
} from '../card.ts';
import { textFor } from '../format.ts';
import { contactElements } from './contacts.ts';
import { engagements } from './engagements-step.ts';
import { location } from './location-step.ts';
import { chosenLine } from './named.ts';
import { pickerElements } from './picker.ts';
import { review } from './review-step.ts';
import { fieldsOf, type Notes, type Shown, searchIn, stepCard } from './step.ts';

type Step = (reader: Reader, view: NominationView, notes: Notes) => Shown;

/** What the message that the form was begun at says, and where it went: all of it can be corrected there. */
const filledIn = (reader: Reader, { email, name }: FromMessage): readonly Element[] => {
  const words = textFor(reader.language).compose.fromMessage;
  return [
    box([
      para(words.heard),
      line(name === null ? email : dotted(name, email), { spacing: 'Small' }),
      para(words.correct, { subtle: true, spacing: 'Small' }),
    ]),
  ];
};

const name: Step = (reader, view, notes) => {
  const words = textFor(reader.language).add.name;
  const fields = fieldsOf(notes, reader);
  const { fromMessage } = view.answers;
  return {
    asks: [
      ...(view.kind === 'claimCustomer' ? chosenLine(reader, view) : []),
      ...(fromMessage === undefined ? [] : filledIn(reader, fromMessage)),
      textInput({
        id: fields.id('name'),
        label: words.label,
        placeholder: words.placeholder,
        isRequired: true,
        errorMessage: words.error,
        maxLength: MOST_NAME,
        ...fields.value('name', view.answers.name),
      }),
      ...fields.faults('name'),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
  };
};

/** R13: who consented to an earlier claim of the organisation. */
const customer: Step = (reader, { draft, customers, keptCustomer }, notes) => {
  const words = textFor(reader.language).claimCustomer.customer;
  const fields = fieldsOf(notes, reader);
  if (customers.options.length === 0 && !customers.searched) {
    const add = button('add.start', {}, textFor(reader.language).help.addButton);
    return { asks: [para(words.none), buttons([add])], stuck: true };
  }
  const choice = ({ id, name }: KnownCustomer) => ({ title: [name], value: id });
  return {
    asks: [
      ...pickerElements(reader, fields, {
        field: 'customer',
        label: words.label,
        placeholder: words.placeholder,
        error: words.error,
        dataset: 'customers',
        found: { ...customers, options: customers.options.map(choice) },
        kept: keptCustomer === null ? undefined : choice(keptCustomer),
        find: notes.find,
        search: searchIn(draft),
      }),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
  };
};

const identifier: Step = (reader, { answers }, notes) => {
  const { fromMessage: heard } = answers;
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
        choices: IDENTIFIER_TYPES.map((type) => ({
          title:
            type === 'msxOpportunityId' ? [text.identifierTypes[type], words.variable] : [text.identifierTypes[type]],
          value: type,
        })),
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
        ...fields.value('identifierValue', answers.identifier?.value ?? (heard && emailDomain(heard.email))),
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

const contacts: Step = (reader, { answers, customer: known, partner }, notes) => ({
  asks: contactElements(reader, notes, {
    customer: answers.customer ?? known,
    partner: answers.partner ?? partner,
    mismatchReason: answers.mismatchReason ?? null,
  }),
});

const STEPS: Record<AddCustomerStep | ClaimCustomerStep, Step> = {
  customer,
  name,
  location,
  identifier,
  engagements,
  contacts,
  review,
};

/** What a step asks. */
export const questionOf = (reader: Pick<Reader, 'language'>, { step }: Pick<Draft, 'step'>): string => {
  const { add, claimCustomer } = textFor(reader.language);
  const at = step as AddCustomerStep | ClaimCustomerStep;
  return at === 'customer' ? claimCustomer.customer.title : add[at].title;
};

/** Any step of either form that nominates a customer, as the draft stands. */
export const nominationCard = (reader: Reader, view: NominationView, notes: Notes): Card => {
  const { add, claimCustomer } = textFor(reader.language);
  const step = view.draft.step as AddCustomerStep | ClaimCustomerStep;
  const question = questionOf(reader, view.draft);
  const title = view.kind === 'addCustomer' ? add.title : claimCustomer.title;
  const finish = step === 'review' ? add.review.confirm : undefined;
  return stepCard(reader, view.draft, notes, title, question, STEPS[step](reader, view, notes), finish);
};
