import { CURRENCIES } from '../../domain/claims/deal-size.ts';
import { aDayAfter, remindersAhead } from '../../domain/consent/reminder-plan.ts';
import type { SendConsentStep } from '../../domain/drafts/send-consent.ts';
import type { SendConsentView } from '../../domain/drafts/show-draft.ts';
import {
  alarm,
  bold,
  box,
  buttons,
  type Card,
  choiceInput,
  dotted,
  type Element,
  facts,
  folded,
  line,
  para,
  type Reader,
  subtle,
  textInput,
  toggle,
  toggleInput,
} from '../card.ts';
import { dealSizeRuns } from '../claims/deal-size.ts';
import { consentTerms } from '../consent/terms.ts';
import { deadline, textFor, usd, utcDay } from '../format.ts';
import { contactElements } from './contacts.ts';
import { fieldsOf, type Notes, type Shown, stepCard } from './step.ts';

type Step = (reader: Reader, view: SendConsentView, notes: Notes) => Shown;

const about = (reader: Reader, { claim, engagement }: SendConsentView): Element =>
  line(
    dotted(
      subtle(textFor(reader.language).claim.heading(claim.number)),
      bold(claim.name),
      subtle(engagement.name[reader.language]),
    ),
  );

const contacts: Step = (reader, view, notes) => {
  const words = textFor(reader.language).add.contacts;
  const again = view.claim.status === 'AWAITING_CONSENT';
  const { customer, partner, mismatchReason } = view.answers;
  return {
    asks: [
      about(reader, view),
      ...(again ? [box([para(words.changed)], 'warning')] : []),
      ...contactElements(reader, notes, {
        customer,
        partner,
        mismatchReason: mismatchReason ?? view.claim.mismatchReason,
      }),
    ],
  };
};

const dealSize: Step = (reader, view, notes) => {
  const text = textFor(reader.language);
  const words = text.consent.dealSize;
  const fields = fieldsOf(notes, reader);
  const { dealSizeCents: frozen } = view.claim;
  if (frozen !== null) {
    return {
      asks: [
        about(reader, view),
        ...facts([[text.claim.labels.dealSize, dealSizeRuns(frozen, view.claim.dealSizeTyped, reader.language)]]),
        para(words.frozen, { subtle: true, spacing: 'Small' }),
      ],
    };
  }
  const { dealSizeCents, dealSizeTyped } = view.answers;
  const kept = dealSizeTyped?.cents ?? dealSizeCents;
  return {
    asks: [
      about(reader, view),
      textInput({
        id: fields.id('dealSize'),
        label: view.converts ? words.convertLabel : words.label,
        placeholder: words.placeholder,
        isRequired: true,
        errorMessage: words.error,
        maxLength: 40,
        ...fields.value('dealSize', kept === undefined ? undefined : usd(kept, reader.language)),
      }),
      ...fields.faults('dealSize'),
      ...(view.converts
        ? [
            choiceInput({
              id: fields.id('currency'),
              label: words.currency,
              isRequired: true,
              errorMessage: words.currencyError,
              style: 'compact',
              choices: CURRENCIES.map((currency) => ({ title: [currency], value: currency })),
              ...fields.value('currency', dealSizeTyped?.currency ?? 'USD'),
            }),
            ...fields.faults('currency'),
          ]
        : []),
      para(view.converts ? words.converts : words.onlyUsd, { subtle: true, spacing: 'Small' }),
      para(words.hint, { subtle: true, spacing: 'Small' }),
    ],
  };
};

/** R20: the details, word for word as the customer will read them and in their language. */
const letter = ({ answers: { customer, partner }, claim, engagement }: SendConsentView): Element[] => {
  const told = { request: { toName: customer.name }, claim: { ...claim, contacts: { customer, partner } }, engagement };
  const { title, sections } = consentTerms(told, customer.language);
  return [
    line(bold(title)),
    ...sections.flatMap(({ heading, body }) => [
      line(bold(heading), { spacing: 'Medium' }),
      ...body
        .flatMap((block) => (typeof block === 'string' ? [block] : block.map((item) => `• ${item}`)))
        .map((words) => line(words, { spacing: 'Small' })),
    ]),
  ];
};

/** Whether the customer is reminded: not unless it is chosen, and only where there is a day left to do it on. */
const reminders = (reader: Reader, { answers, claim }: SendConsentView, notes: Notes): Element[] => {
  const words = textFor(reader.language).customerReminders;
  const days = remindersAhead(claim, aDayAfter(reader.now)).map((at) => utcDay(at, reader.language));
  if (days.length === 0) return [];
  return [
    toggleInput({
      id: fieldsOf(notes, reader).id('remind'),
      label: words.label,
      title: words.choice,
      on: answers.remind ?? claim.remindsCustomer,
    }),
    para(words.choiceHint(days), { subtle: true, spacing: 'Small' }),
  ];
};

const review: Step = (reader, view, notes) => {
  const text = textFor(reader.language);
  const words = text.consent.review;
  const { customer, partner, dealSizeCents, dealSizeTyped, mismatchReason } = view.answers;
  const { claim } = view;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  return {
    kept: true,
    asks: [
      about(reader, view),
      ...facts([
        [words.to, dotted(bold(customer.name), customer.email)],
        [text.add.labels.customer, customer.company],
        [words.inLanguage, textFor(customer.language).language],
        due === null ? null : [words.deadline, dotted(due.date, alarm(due.words, due.urgent))],
        [
          text.claim.labels.dealSize,
          claim.dealSizeCents === null
            ? dealSizeRuns(dealSizeCents ?? 0, dealSizeTyped ?? null, reader.language)
            : dealSizeRuns(claim.dealSizeCents, claim.dealSizeTyped, reader.language),
        ],
        [text.add.labels.partnerContact, dotted(partner.name, partner.email, partner.phone)],
        mismatchReason ? [text.add.review.mismatch, bold(mismatchReason)] : null,
      ]),
      ...reminders(reader, view, notes),
      para(words.tells, { subtle: true }),
      buttons([toggle(words.read, 'letter')], { spacing: 'Small' }),
      folded('letter', letter(view)),
      box(
        [
          ...(claim.dealSizeCents === null ? [para(words.freezes)] : []),
          para(words.disclaimer),
          ...(claim.status === 'AWAITING_CONSENT' ? [para(words.voids)] : []),
        ],
        'warning',
      ),
    ],
  };
};

const STEPS: Record<SendConsentStep, Step> = { contacts, dealSize, review };

/** Any step of asking for consent (R20), as the draft stands. */
export const sendConsentCard = (reader: Reader, view: SendConsentView, notes: Notes): Card => {
  const { add, consent } = textFor(reader.language);
  const step = view.draft.step as SendConsentStep;
  const title = view.claim.status === 'AWAITING_CONSENT' ? consent.again : consent.title;
  const { title: open, frozenTitle } = consent.dealSize;
  const dealSizeTitle = view.claim.dealSizeCents === null ? open : frozenTitle;
  const question = { contacts: add.contacts.title, dealSize: dealSizeTitle, review: consent.review.title }[step];
  const finish = step === 'review' ? consent.review.send : undefined;
  return stepCard(reader, view.draft, notes, title, question, STEPS[step](reader, view, notes), finish);
};
