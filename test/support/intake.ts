import { inputsOf, type Person, type SeenCard, textOf } from './person.ts';

export type Intake = {
  readonly name?: string;
  readonly location?: string;
  readonly identifierType?: string;
  readonly identifierValue?: string;
  /** Parts of the names of the engagements to choose. */
  readonly engagements?: readonly string[];
  readonly contacts?: Readonly<Record<string, string>>;
};

const CONTACTS = {
  customerCompany: 'Fabrikam Manufacturing Inc.',
  customerName: 'Anna de Vries',
  customerEmail: 'anna@fabrikam.example',
  customerCountry: 'US',
  customerLanguage: 'en',
  partnerName: 'Robin Demo',
  partnerEmail: 'robin.demo@northbridge.example',
  partnerPhone: '+31 20 555 0100',
};

/** The choice of a field whose title holds the words. */
export const choiceOf = (card: SeenCard, field: string, words: string): string => {
  const choice = inputsOf(card)
    .get(field)
    ?.choices?.find(({ title }) => title.includes(words));
  if (choice === undefined) throw new Error(`no choice "${words}" in ${field} on:\n${textOf(card)}`);
  return choice.value;
};

/**
 * Fills the form of *Add customer* up to and including the step before `until`, and returns the card then shown.
 * `begun` is the first step, where it stands on a card already.
 */
export const fillIntake = async (
  person: Person,
  { name = 'Autumn workshops', location = 'Amsterdam', identifierType = 'domain', ...rest }: Intake = {},
  until: 'location' | 'identifier' | 'engagements' | 'contacts' | 'review' = 'review',
  begun?: SeenCard,
): Promise<SeenCard> => {
  const { identifierValue = 'fabrikam.example', engagements = ['Endpoint'], contacts = {} } = rest;
  let card = begun ?? (await person.say('add customer'));
  card = await person.press(card, 'Next', { name });
  if (until === 'location') return card;
  card = await person.press(card, 'Next', { location: choiceOf(card, 'location', location) });
  if (until === 'identifier') return card;
  card = await person.press(card, 'Next', { identifierType, identifierValue });
  if (until === 'engagements') return card;
  const chosen = engagements.map((words) => choiceOf(card, 'engagements', words)).join(',');
  card = await person.press(card, 'Next', { engagements: chosen });
  if (until === 'contacts') return card;
  return person.press(card, 'Next', { ...CONTACTS, ...contacts });
};

/** The numbers of the claims that a card says were made. */
export const claimsOn = (card: SeenCard): readonly number[] => [
  ...new Set([...textOf(card).matchAll(/Claim (\d{7})/g)].map(([, number]) => Number(number))),
];

/** From a claim to the sent consent mail; returns the claim card. */
export const sendConsent = async (person: Person, claim: number, dealSize = '25,000'): Promise<SeenCard> => {
  let card = await person.say(`claim ${claim}`);
  card = await person.press(card, 'Send consent e-mail');
  card = await person.press(card, 'Next');
  card = await person.press(card, 'Next', { dealSize });
  return person.press(card, 'Send consent e-mail');
};
