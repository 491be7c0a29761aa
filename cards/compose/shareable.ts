import type { FoundClaim } from '../../domain/claims/find-claims.ts';
import type { MetCustomer } from '../../domain/customers/customer-store.ts';
import {
  bold,
  buttons,
  type Card,
  card,
  dotted,
  type Element,
  heading,
  line,
  link,
  plainLine,
  type Reader,
  subtle,
} from '../card.ts';
import { statusRun } from '../claims/standing.ts';
import { textFor, utcDate } from '../format.ts';

/** What is put into a message, and the line of a list by which it is chosen. */
export type Shareable = { readonly card: Card; readonly title: string; readonly text: string };

/** What is shared is read by everybody in the conversation, and nobody's client looks again whether it still holds. */
const unrefreshed = ({ language }: Reader) => ({ language, chatId: null });

type Standing = Pick<FoundClaim, 'number' | 'status' | 'dueAt' | 'engagement'>;

const dueOf = (reader: Reader, { dueAt }: Standing): string | null =>
  dueAt === null ? null : textFor(reader.language).compose.shared.deadline(utcDate(dueAt, reader.language));

/** Status and deadline on the day it was shared: no `3 days left`, which would be read on any other day. */
const standing = (reader: Reader, claim: Standing): Element[] => {
  const { asOf } = textFor(reader.language).compose.shared;
  const due = dueOf(reader, claim);
  return [
    line(statusRun(claim, reader), { spacing: 'Small' }),
    ...(due === null ? [] : [line(due, { spacing: 'None' })]),
    line(subtle(asOf(utcDate(reader.now, reader.language))), { spacing: 'None' }),
  ];
};

const open = (reader: Reader, { number }: Standing): Element => {
  const { openClaim } = textFor(reader.language).common;
  return buttons([link(openClaim(number), reader.links.tab({ page: 'claim', claim: number }))]);
};

/** A claim to share: what a channel may hear of it (R34), so no contact, no amount and no reason. */
export const sharedClaim = (reader: Reader, claim: FoundClaim): Shareable => {
  const text = textFor(reader.language);
  const title = text.claim.heading(claim.number);
  const engagement = claim.engagement.name[reader.language];
  return {
    card: card(unrefreshed(reader), `${title}: ${text.statuses[claim.status]}`, [
      heading(title),
      line(bold(claim.name), { spacing: 'None' }),
      line(dotted(claim.company, subtle(engagement)), { spacing: 'Small' }),
      ...standing(reader, claim),
      open(reader, claim),
    ]),
    title: plainLine([claim.name]),
    text: plainLine([
      title,
      claim.company,
      engagement,
      text.statuses[claim.status],
      ...[dueOf(reader, claim)].flatMap((due) => due ?? []),
    ]),
  };
};

/**
 * A customer to share: its name and the way to the customers page. An identifier is what a claim is made with, and who
 * reads along has no need of it; in the list it tells apart two of one name, and is seen by who looks alone.
 */
export const sharedCustomer = (reader: Reader, { name, identifier }: MetCustomer): Shareable => {
  const { compose, identifierTypes } = textFor(reader.language);
  const { customer, openCustomers } = compose.shared;
  return {
    card: card(unrefreshed(reader), customer, [
      heading(customer),
      line(bold(name), { spacing: 'None' }),
      buttons([link(openCustomers, reader.links.tab({ page: 'customers', engagement: null }))]),
    ]),
    title: plainLine([name]),
    text: plainLine([`${identifierTypes[identifier.type]}: ${identifier.value}`]),
  };
};

/**
 * What Teams shows for the link to a claim. It keeps it for half an hour and shows it to everybody in the conversation,
 * while only the sender was asked who they are: so not who the customer is. Nothing in it is newer than version 1.3,
 * which is what Teams takes here.
 */
export const linkedClaim = (reader: Reader, claim: Standing): Shareable => {
  const text = textFor(reader.language);
  const title = text.claim.heading(claim.number);
  const engagement = claim.engagement.name[reader.language];
  const whole = card(unrefreshed(reader), `${title}: ${text.statuses[claim.status]}`, [
    { type: 'TextBlock', text: title, size: 'Large', weight: 'Bolder', wrap: true },
    line(engagement, { spacing: 'None' }),
    ...standing(reader, claim),
    open(reader, claim),
  ]);
  return {
    card: { ...whole, version: '1.3' },
    title,
    text: plainLine([engagement, text.statuses[claim.status], ...[dueOf(reader, claim)].flatMap((due) => due ?? [])]),
  };
};
