import { type ConsentView, isNameOf } from '../../domain/consent/answer-consent.ts';
import type { ConsentRequest } from '../../domain/consent/consent-store.ts';
import type { Language } from '../../domain/people/actor.ts';
import { oneLine } from '../../domain/typed.ts';
import { escapeHtml } from '../html.ts';
import { type ConsentText, consentEn } from '../text/consent-en.ts';
import { consentNl } from '../text/consent-nl.ts';

const texts: Readonly<Record<Language, ConsentText>> = { en: consentEn, nl: consentNl };

export const consentText = (language: Language): ConsentText => texts[language];

/** What a request is about; it need not have been sent. */
export type Told = Pick<ConsentView, 'claim' | 'engagement'> & { readonly request: Pick<ConsentRequest, 'toName'> };

export type Section = {
  readonly topic: 'who' | 'meaning' | 'cost' | 'sharing' | 'until' | 'questions' | 'sender';
  readonly heading: string;
  /** In reading order: a string is a paragraph, an array the items of a list. */
  readonly body: readonly (string | readonly string[])[];
};

/** What the customer agrees to or declines (R21). Plain text, one line each: not yet escaped for HTML. */
export type Terms = { readonly title: string; readonly sections: readonly Section[] };

/** Names as the customer reads them, fit for a line of text. */
export const consentNames = (view: Told, language: Language) => {
  const { claim, engagement, request } = view;
  const company = oneLine(claim.contacts.customer.company);
  // The contact's name is what the page asks for. A company that bears it would give the answer away.
  const telling = isNameOf(company, request.toName) || company.includes(oneLine(request.toName));
  return {
    partner: oneLine(claim.organisationName),
    location: oneLine(claim.location.name),
    engagement: oneLine(engagement.name[language]),
    company: telling ? consentText(language).statement.yourCompany : company,
  };
};

/** The last minute to answer in. */
export const answerBy = (view: Told, language: Language): string => {
  const { dueAt } = view.claim;
  if (dueAt === null) throw new Error(`Claim ${view.claim.number} has no deadline to ask for consent by.`);
  const { locale, moment } = consentText(language);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(dueAt);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(dueAt);
  return moment(day, time);
};

export const consentTerms = (view: Told, language: Language): Terms => {
  const words = consentText(language).statement;
  const { partner, location, company, engagement } = consentNames(view, language);
  const contact = view.claim.contacts.partner;
  const sections: readonly Section[] = [
    { topic: 'who', heading: words.who, body: [words.asks(partner, location, company, engagement)] },
    {
      topic: 'meaning',
      heading: words.meaning,
      body: [oneLine(view.engagement.purpose[language]), words.choice(partner, company)],
    },
    { topic: 'cost', heading: words.cost, body: [words.noCost(partner), words.otherWork(partner)] },
    {
      topic: 'sharing',
      heading: words.sharing,
      body: [
        words.shares(partner),
        words.shared(partner),
        ...(view.engagement.coSell ? [words.sellers] : []),
        words.kept(partner),
      ],
    },
    { topic: 'until', heading: words.until, body: [words.deadline(answerBy(view, language))] },
    {
      topic: 'questions',
      heading: words.questions,
      body: [
        words.askThem(partner, view.claim.number),
        words.contact(oneLine(contact.name), oneLine(contact.email), oneLine(contact.phone)),
      ],
    },
    { topic: 'sender', heading: words.notMicrosoft, body: [words.sender(partner)] },
  ];
  return { title: words.title(partner), sections };
};

const blockText = (block: string | readonly string[]): string =>
  typeof block === 'string' ? block : block.map((item) => `- ${item}`).join('\n');

/** Exactly what is shown, on the page and in the mail; its hash is kept with the answer (R22). */
export const shownText = (view: Told, language: Language): string => {
  const { title, sections } = consentTerms(view, language);
  const parts = sections.map(({ heading, body }) => `${heading}\n${body.map(blockText).join('\n')}`);
  return [title, ...parts].join('\n\n');
};

const blockHtml = (block: string | readonly string[]): string =>
  typeof block === 'string'
    ? `<p>${escapeHtml(block)}</p>`
    : `<ul>${block.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;

/** A section's heading (level 2) and body, escaped. */
export const sectionHtml = ({ heading, body }: Section): string =>
  `<h2>${escapeHtml(heading)}</h2>${body.map(blockHtml).join('')}`;
