import type { BrowsedClaim } from '../../domain/claims/browse-claims.ts';
import { isOver } from '../../domain/claims/deadlines.ts';
import { type ClaimStatus, groupOf, isTerminal } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import type { ClaimOnPage } from '../../domain/customers/customers-page.ts';
import type { JudgedCustomer } from '../../domain/customers/show-customers.ts';
import type { Engagement } from '../../domain/engagements/engagement.ts';
import { submissionOf } from '../../domain/review/submit-claim.ts';
import type { Action, Element, Reader, Run } from '../card.ts';
import { nextStep } from '../claims/standing.ts';
import { namesSaid } from '../customers/page.ts';
import { whyNot } from '../engagements/verdict.ts';
import { deadline, textFor, utcDate } from '../format.ts';
import type { ClaimLine, CustomerLine, Step } from './contract.ts';

/** Runs of a card as one line of text. */
export const plainly = (value: Run | readonly Run[]): string =>
  (Array.isArray(value) ? (value as readonly Run[]) : [value as Run])
    .map((run) => (typeof run === 'string' ? run : run.text))
    .join('');

/** What a card says in an element that is only to be read, a line for each piece. */
export const textIn = (element: Element): readonly string[] => {
  if (element.type === 'TextBlock') return [element.text];
  if (element.type === 'RichTextBlock') {
    return [
      (element.inlines ?? [])
        .map((run) => (typeof run === 'string' ? run : run.type === 'TextRun' ? (run.text ?? '') : ''))
        .join(''),
    ];
  }
  return element.type === 'Container' ? element.items.flatMap(textIn) : [];
};

/** The buttons of a card that do something, as the tab offers them. */
export const stepsOf = (actions: readonly Action[]): readonly Step[] =>
  actions.flatMap((action) => {
    if (action.type !== 'Action.Execute' || typeof action.verb !== 'string' || typeof action.data !== 'object')
      return [];
    return [
      {
        title: action.title ?? '',
        verb: action.verb,
        data: { ...action.data },
        primary: action.style === 'positive',
      },
    ];
  });

export const statusSaid = (reader: Pick<Reader, 'language'>, code: ClaimStatus): ClaimLine['status'] => ({
  code,
  word: textFor(reader.language).statuses[code],
  tone: groupOf(code) !== 'ended' ? 'going' : code === 'APPROVED' ? 'good' : 'bad',
});

export const dueSaid = (reader: Reader, dueAt: Date | null): ClaimLine['due'] =>
  dueAt === null ? null : deadline(dueAt, reader);

/** The one thing to do next with a claim of a list; nothing where it is only to be opened. */
const firstStep = (
  reader: Reader,
  claim: Pick<BrowsedClaim, 'status' | 'dueAt' | 'disputedAt' | 'pausedDueAt'> & { readonly number: number },
  complete: boolean,
): readonly Step[] => {
  const text = textFor(reader.language);
  // The deadline decides, not the sweep that writes it down a little later.
  const possible = isOver(claim.dueAt, reader.now) ? [] : possibleFor('partner', claim);
  const step = (title: string, verb: string, primary: boolean): Step[] => [
    { title, verb, data: { claim: claim.number }, primary },
  ];
  if (possible.includes('sendConsent')) return step(text.claim.send, 'consent.start', true);
  if (possible.includes('resendConsent')) return step(text.claim.resend, 'consent.start', false);
  if (possible.includes('dispute')) return step(text.dispute.button, 'claim.askDispute', false);
  if (submissionOf(claim) === null) return [];
  return complete
    ? step(text.submit.button, 'claim.askSubmit', true)
    : step(text.evidence.button, 'evidence.show', false);
};

type Listed = Pick<
  BrowsedClaim,
  'number' | 'name' | 'company' | 'status' | 'statusAt' | 'dueAt' | 'pausedDueAt' | 'disputedAt'
>;

const claimLine = (
  reader: Reader,
  claim: Listed,
  complete: boolean,
  rest: Pick<ClaimLine, 'engagement' | 'location' | 'cursor'>,
): ClaimLine => {
  const ended = isTerminal(claim.status);
  const { customers } = textFor(reader.language);
  const day = utcDate(claim.statusAt, reader.language);
  return {
    kind: 'claim',
    number: claim.number,
    name: claim.name,
    company: claim.company,
    status: statusSaid(reader, claim.status),
    since: ended ? customers.ended(day) : day,
    due: dueSaid(reader, claim.dueAt),
    next: ended || isOver(claim.dueAt, reader.now) ? null : nextStep(claim, reader, complete),
    steps: [...firstStep(reader, claim, complete)],
    ...rest,
  };
};

/** A claim on the Customers page of its engagement. */
export const claimOnPage = (reader: Reader, { place, ...claim }: ClaimOnPage): ClaimLine =>
  claimLine(reader, claim, false, { engagement: null, location: null, cursor: JSON.stringify(place) });

/** A claim among those of every engagement. */
export const claimInList = (reader: Reader, claim: BrowsedClaim): ClaimLine =>
  claimLine(reader, claim, claim.complete, {
    engagement: claim.engagement.name[reader.language],
    location: claim.location,
    cursor: null,
  });

/** `claimable`: a location of the reader can claim for the engagement. */
export const customerLine = (
  reader: Reader,
  customer: JudgedCustomer,
  engagement: Engagement,
  claimable: boolean,
): CustomerLine => {
  const { tab } = textFor(reader.language);
  const { verdict, id } = customer;
  const standing = verdict.verdict;
  return {
    kind: 'customer',
    id,
    name: customer.name,
    known: namesSaid(reader, customer).map((pieces) => pieces.join('')),
    standing,
    standingWord: tab.standings[standing],
    reasons: [...whyNot(reader, verdict)],
    steps:
      standing === 'eligible' && claimable
        ? [
            {
              title: tab.claimCustomer,
              verb: 'claimCustomer.start',
              data: { customer: id, engagement: engagement.slug },
              primary: true,
            },
          ]
        : [],
    cursor: JSON.stringify(customer.place),
  };
};
