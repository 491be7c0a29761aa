import type { PayoutInput } from '../../domain/claims/payout.ts';
import { spelling } from './spelling.ts';
import { tabEn } from './tab-en.ts';

const { number } = spelling('en-GB');

/** The Customers page, what leads on from it, and variable payment. */
export const customersEn = {
  picker: {
    find: 'Search by name or number',
    search: 'Search',
    instead: 'Search instead',
    nothing: 'Nothing found. Try the beginning of a word of the name.',
    some: 'At most 15 are listed. Search to find others.',
  },
  claimCustomer: {
    title: 'Claim customer',
    canceled: { title: 'Form canceled', body: 'Nothing was kept.', offer: 'customers.choose' as const },
    resume: 'You began to claim a customer and have not finished.',
    customer: {
      title: 'Which customer?',
      label: 'Customer',
      placeholder: 'Choose a customer',
      error: 'Choose a customer.',
      hint: 'Customers who consented to an earlier claim of your organisation. Anyone else is added by an identifier.',
      none: 'No customer has consented to a claim of your organisation yet. Add a customer first.',
    },
  },
  payout: {
    title: 'Proposed payout',
    percent: (percent: string, value: string) => `${percent}% of the opportunity (${value})`,
    hours: (hours: number, rate: string) => `${number(hours)} ${hours === 1 ? 'hour' : 'hours'} at ${rate}`,
    cap: 'Cap',
    limits: 'the least, so this is paid',
    proposed: (market: string, verified: boolean) =>
      `Market ${market}${verified ? '' : '; demo amounts'}. Proposed until the customer consents: the date of consent picks the rate.`,
    inputs: {
      opportunityValue: "the opportunity's value",
      hours: 'the hours',
      terms: "the rate for the customer's market",
    } satisfies Record<PayoutInput, string>,
  },
  customers: {
    title: 'Customers',
    choose: {
      title: 'Customers of which engagement?',
      label: 'Engagement',
      placeholder: 'Choose an engagement',
      error: 'Choose an engagement.',
      show: 'Show customers',
      none: 'There is no engagement yet. A program admin imports the catalogue.',
    },
    lists: tabEn.lists,
    tab: (name: string, count: number) => `${name} (${number(count)})`,
    unknownAmong: (count: number) =>
      count === 1
        ? 'One of them is not known yet: something is missing to judge it.'
        : `${number(count)} of them are not known yet: something is missing to judge them.`,
    find: 'Search by customer, claim or identifier',
    search: 'Search',
    all: 'Show all',
    found: (find: string): readonly string[] => ['Only what matches “', find, '”.'],
    nothingFound: 'Nothing on this list matches. Look on the others, or show all.',
    noLocation: 'None of your locations can make a claim for this engagement now:',
    nobodyKnown: 'No customer has consented to a claim of your organisation yet. Add the first.',
    noneEligible:
      'No customer you know is eligible now, and no claim is open. Those that are not stand on the next list, each with its reasons. Or add a customer.',
    noneMsx: 'No claim is open. This engagement is paid by opportunity: add a customer by an MSX opportunity ID.',
    noneIneligible: 'Every customer you know is eligible, or has an open claim.',
    ineligibleMsx:
      'Always empty: this engagement takes MSX opportunity IDs alone, and nobody can be judged before such an ID is given. Add a customer, and its reasons are told there.',
    noneCompleted: 'No claim for this engagement has ended yet.',
    knownAs: (type: string, value: string): readonly string[] => [`${type}: `, value],
    since: (date: string) => `consented ${date}`,
    notKnown: 'Not known yet.',
    ended: (date: string) => `since ${date}`,
    claim: (row: number) => `Claim customer ${row}`,
    send: (claim: number) => `Send consent e-mail (${claim})`,
    resend: (claim: number) => `Re-send (${claim})`,
    another: 'Other engagement',
    previous: 'Previous',
    next: 'Next',
  },
  again: {
    button: 'Start again',
    title: (claim: number) => `Start claim ${claim} again?`,
    body: 'The ended claim stays as it is. A form for a new claim opens, filled in with its name, location and contacts. Nothing is made before you confirm there, and the new consent clock runs from then.',
    yes: 'Start again',
    no: 'Leave it ended',
    notNow: 'This claim did not expire and was not declined, so it cannot be started again.',
  },
};
