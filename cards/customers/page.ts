import { isOver } from '../../domain/claims/deadlines.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { possibleFor } from '../../domain/claims/transitions.ts';
import { CUSTOMER_LISTS, type CustomerList } from '../../domain/customers/customers-page.ts';
import type { CustomersPage, JudgedCustomer, PagePlace, PageRow } from '../../domain/customers/show-customers.ts';
import type { Verdict } from '../../domain/engagements/eligibility.ts';
import {
  alarm,
  bold,
  box,
  button,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  link,
  para,
  type Reader,
  safe,
  subheading,
  subtle,
  textInput,
} from '../card.ts';
import { nextStep, statusRun } from '../claims/standing.ts';
import { whyNot } from '../engagements/verdict.ts';
import { deadline, textFor, utcDate } from '../format.ts';
import { inputId } from '../verbs.ts';

type ClaimRow = Extract<PageRow, { kind: 'claim' }>['claim'];

/** A claim with the one thing to do next (R19); an ended one is opened. */
const claimRow = (reader: Reader, claim: ClaimRow): Element[] => {
  const text = textFor(reader.language);
  const words = text.customers;
  const due = claim.dueAt === null ? null : deadline(claim.dueAt, reader);
  // The deadline decides, not the sweep that writes it down a little later.
  const over = isOver(claim.dueAt, reader.now);
  const possible = over ? [] : possibleFor('partner', claim);
  const ended = isTerminal(claim.status);
  const action = possible.includes('sendConsent')
    ? button('consent.start', { claim: claim.number }, words.send(claim.number))
    : possible.includes('resendConsent')
      ? button('consent.start', { claim: claim.number }, words.resend(claim.number))
      : button('claim.show', { claim: claim.number }, text.common.openClaim(claim.number));
  return [
    line(bold(claim.company), { spacing: 'Medium', separator: true }),
    line(dotted(text.claim.heading(claim.number), claim.name), { spacing: 'None' }),
    line(
      dotted(
        statusRun(claim, reader),
        ...(ended ? [subtle(words.ended(utcDate(claim.statusAt, reader.language)))] : []),
        ...(due === null ? [] : [alarm(due.words, due.urgent), subtle(due.date)]),
      ),
      { spacing: 'None' },
    ),
    ...(ended || over ? [] : [line(subtle(nextStep(claim, reader)), { spacing: 'None' })]),
    buttons([action], { spacing: 'Small' }),
  ];
};

const MOST_NAMES = 3;

/** How the organisation knows a customer, and since when, a line for each name. */
export const namesSaid = (
  { language }: Pick<Reader, 'language'>,
  { names }: Pick<JudgedCustomer, 'names'>,
): readonly (readonly string[])[] => {
  const { identifierTypes, customers: words } = textFor(language);
  return names
    .slice(0, MOST_NAMES)
    .map(({ type, value, since }) => [
      ...words.knownAs(identifierTypes[type], value),
      ` · ${words.since(utcDate(since, language))}`,
    ]);
};

const nameLines = (reader: Reader, customer: JudgedCustomer): Element[] =>
  namesSaid(reader, customer).map((pieces) => line(pieces.map(subtle), { spacing: 'None' }));

/** `row` counts on the page: buttons never hold a name, and no two are called alike. */
const customerRow = (reader: Reader, page: CustomersPage, customer: JudgedCustomer, row: number): Element[] => {
  const words = textFor(reader.language).customers;
  const { verdict } = customer;
  // R5: what cannot be judged is not called ineligible.
  const notKnown = verdict.verdict === 'unknown' ? [line(bold(words.notKnown), { spacing: 'None' })] : [];
  const claimable = verdict.verdict === 'eligible' && page.noLocation === null;
  return [
    line([...(claimable ? [subtle(`${row}  `)] : []), bold(customer.name)], { spacing: 'Medium', separator: true }),
    ...nameLines(reader, customer),
    ...notKnown,
    ...whyNot(reader, verdict).map((why) => line(why, { spacing: 'None' })),
    ...(claimable
      ? [
          buttons(
            [
              button(
                'claimCustomer.start',
                { customer: customer.id, engagement: page.engagement.slug },
                words.claim(row),
              ),
            ],
            { spacing: 'Small' },
          ),
        ]
      : []),
  ];
};

/** Each distinct reason once: a hundred locations would say the same. */
const distinct = (reader: Reader, verdicts: readonly Verdict[]): readonly string[] => [
  ...new Set(verdicts.flatMap((verdict) => whyNot(reader, verdict))),
];

/** R5: the location's verdict is its own, so it is said apart from the customers'. That none can claim, then why. */
export const locationsSaid = (reader: Reader, { noLocation }: Pick<CustomersPage, 'noLocation'>): readonly string[] => {
  const text = textFor(reader.language);
  if (noLocation === null) return [];
  const why = noLocation.length === 0 ? [text.add.location.none] : distinct(reader, noLocation);
  return [text.customers.noLocation, ...why.slice(0, 5)];
};

const locations = (reader: Reader, page: CustomersPage): Element[] => {
  const [first, ...why] = locationsSaid(reader, page);
  return first === undefined ? [] : [box([para(first), ...why.map((one) => line(one))], 'warning')];
};

const countOf = ({ counts }: CustomersPage, list: CustomerList): number =>
  ({
    eligible: counts.openClaims + counts.eligible,
    ineligible: counts.ineligible + counts.unknown,
    completed: counts.endedClaims,
  })[list];

/** What an empty list means, and what to do. */
export const emptyList = (
  reader: Reader,
  page: Pick<CustomersPage, 'find' | 'list' | 'counts' | 'msxAlone'>,
): string => {
  const words = textFor(reader.language).customers;
  if (page.find !== '') return words.nothingFound;
  const nobody = page.counts.eligible + page.counts.ineligible + page.counts.unknown === 0;
  switch (page.list) {
    case 'eligible':
      return page.msxAlone ? words.noneMsx : nobody ? words.nobodyKnown : words.noneEligible;
    case 'ineligible':
      if (page.msxAlone) return words.ineligibleMsx;
      return nobody && page.counts.openClaims === 0 ? words.nobodyKnown : words.noneIneligible;
    case 'completed':
      return words.noneCompleted;
  }
};

/** R19: one list of an engagement's Customers page, the other two a button away. */
export const customersCard = (reader: Reader, page: CustomersPage): Card => {
  const text = textFor(reader.language);
  const words = text.customers;
  const { engagement, list, find } = page;
  const where = { engagement: engagement.slug, ...(find === '' ? {} : { find: safe(find) }) };
  const title = engagement.name[reader.language];
  const tab = (of: CustomerList) => words.tab(words.lists[of], countOf(page, of));
  const turn = (way: 'after' | 'before', from: PagePlace | null, label: string) =>
    from === null ? [] : [button('customers.show', { ...where, list, turned: { way, from } }, label)];
  const turns = [...turn('before', page.previous, words.previous), ...turn('after', page.next, words.next)];
  return card(reader, `${words.title}: ${tab(list)}`, [
    heading(words.title),
    line(dotted(bold(title), subtle(text.solutionAreas[engagement.solutionArea])), { spacing: 'None' }),
    buttons(
      CUSTOMER_LISTS.filter((of) => of !== list).map((of) => button('customers.show', { ...where, list: of }, tab(of))),
    ),
    subheading(tab(list), { separator: true }),
    ...locations(reader, page),
    ...(list === 'ineligible' && page.counts.unknown > 0
      ? [para(words.unknownAmong(page.counts.unknown), { subtle: true, spacing: 'Small' })]
      : []),
    ...(find === '' ? [] : [line(words.found(find))]),
    ...(page.rows.length === 0 ? [para(emptyList(reader, page))] : []),
    ...page.rows.flatMap((row, index) =>
      row.kind === 'claim' ? claimRow(reader, row.claim) : customerRow(reader, page, row.customer, index + 1),
    ),
    ...(turns.length === 0 ? [] : [buttons(turns)]),
    textInput({
      id: inputId('find', reader.mark),
      label: words.find,
      maxLength: 100,
      separator: true,
      spacing: 'Medium',
      ...(find === '' ? {} : { value: find }),
    }),
    buttons(
      [
        button('customers.find', { engagement: engagement.slug, list }, words.search),
        ...(find === ''
          ? []
          : [button('customers.show', { engagement: engagement.slug, list }, words.all, { skipInputs: true })]),
        button('add.start', {}, text.help.addButton, { skipInputs: true }),
        button('customers.choose', {}, words.another, { skipInputs: true }),
        link(text.common.openInTab, reader.links.tab({ page: 'customers', engagement: engagement.slug })),
      ],
      { spacing: 'Small' },
    ),
  ]);
};
