import { z } from 'zod';
import { CLAIM_STATUSES } from '../domain/claims/status.ts';
import { CLOSINGS_OF_DEAL } from '../domain/co-sell/keep-deal.ts';
import { CUSTOMER_LISTS } from '../domain/customers/customers-page.ts';
import { SNOOZES, type SnoozeFor } from '../domain/notices/snooze.ts';
import { EVERYWHERE, LANGUAGES, ROLES } from '../domain/people/actor.ts';
import { DECISIONS } from '../domain/review/review-claim.ts';

const command = z.uuid();
const draft = z.uuid();
const claim = z.coerce.number().int().min(1).max(2_147_483_647);
const nothing = z.object({});
/** The newest line of the claim's history that the card was made from. */
const seen = z.coerce.number().int().min(1).max(2_147_483_647);
/** How often a deal was changed, as the card was made. */
const revision = z.coerce.number().int().min(0).max(2_147_483_647);
/** The newest line about one item of evidence; 0: there was none. */
const seenItem = z.coerce.number().int().min(0).max(2_147_483_647);
const item = z.string().max(30);
const page = z.coerce.number().int().min(1).max(1_000_000);
const request = z.uuid();
const person = z.uuid();
const access = z.enum(['grant', 'refuse']);
const grant = { role: z.enum(ROLES), scope: z.union([z.literal(EVERYWHERE), z.uuid()]) };
const slug = z.string().max(50);
const list = z.enum(CUSTOMER_LISTS);
/** Places between two rows of a Customers page. */
export const claimPlace = z.object({
  at: z.number().int().min(0).max(253_402_300_799_999).nullable(),
  number: claim,
});
export const customerPlace = z.object({
  key: z
    .string()
    .max(2_000)
    .regex(/^[\w-]*$/),
  id: z.uuid(),
});
/** Which way to turn the page, from which row. */
const turned = z.object({
  way: z.enum(['after', 'before']),
  from: z.discriminatedUnion('of', [
    claimPlace.extend({ of: z.literal('claims') }),
    customerPlace.extend({ of: z.literal('customers') }),
  ]),
});

/**
 * Every button there is, with what it must bring. A verb that is not here, or data that does not fit, never reaches a
 * handler. What cards bring is only a wish: who may do it is decided on the server.
 */
export const verbs = {
  'help.show': nothing,
  'language.choose': z.object({ language: z.enum(LANGUAGES) }),
  'add.start': nothing,
  'draft.show': z.object({ draft }),
  'draft.find': z.object({ draft, step: z.string().max(40) }),
  'draft.next': z.object({ draft, command, step: z.string().max(40) }),
  'draft.back': z.object({ draft, command, to: z.string().max(40).optional() }),
  'draft.cancel': z.object({ draft, command }),
  'draft.startOver': z.object({
    draft,
    command,
    customer: z.uuid().optional(),
    engagement: slug.optional(),
    /** From the message that the new form begins at: an address, and whose it is. */
    email: z.string().max(254).optional(),
    contact: z.string().max(100).optional(),
  }),
  'draft.confirm': z.object({ draft, command }),
  'claimCustomer.start': z.object({ customer: z.uuid().optional(), engagement: slug.optional() }),
  'customers.choose': nothing,
  'customers.find': z.object({ engagement: slug, list }),
  'customers.open': nothing,
  'customers.show': z.object({
    engagement: slug,
    list,
    find: z.string().max(100).optional(),
    turned: turned.optional(),
  }),
  'claims.list': z.object({ page }),
  'claim.show': z.object({ claim }),
  'claim.history': z.object({ claim, page }),
  'claim.askCancel': z.object({ claim }),
  'claim.cancel': z.object({ claim, command, status: z.enum(CLAIM_STATUSES) }),
  'claim.askAgain': z.object({ claim }),
  'claim.again': z.object({ claim }),
  'consent.start': z.object({ claim }),
  'consent.remind': z.object({ claim, on: z.boolean(), command }),
  'evidence.show': z.object({ claim }),
  'evidence.edit': z.object({ claim, item }),
  'evidence.save': z.object({ claim, item, seen: seenItem, command }),
  'evidence.remove': z.object({ claim, item, seen: seenItem, command }),
  'claim.askSubmit': z.object({ claim }),
  'claim.submit': z.object({ claim, seen, command }),
  'claim.askDispute': z.object({ claim }),
  'claim.dispute': z.object({ claim, seen, command }),
  'review.list': z.object({ page }),
  'review.show': z.object({ claim }),
  'review.history': z.object({ claim, page }),
  'review.start': z.object({ claim, seen, command }),
  'review.ask': z.object({ claim, what: z.enum(DECISIONS) }),
  'review.decide': z.object({ claim, seen, command, what: z.enum(DECISIONS) }),
  'referrals.list': z.object({ page }),
  'referral.show': z.object({ claim }),
  'referral.check': z.object({ claim, command }),
  'referral.edit': z.object({ claim }),
  'referral.save': z.object({ claim, seen: revision, command }),
  'referral.askClose': z.object({ claim, what: z.enum(CLOSINGS_OF_DEAL) }),
  'referral.close': z.object({ claim, seen: revision, command, what: z.enum(CLOSINGS_OF_DEAL) }),
  'deals.list': z.object({ page }),
  'coSell.show': z.object({ claim }),
  'coSell.take': z.object({ claim, command }),
  'coSell.ask': z.object({ claim }),
  'coSell.decline': z.object({ claim, command }),
  'access.start': nothing,
  'access.find': nothing,
  'access.send': z.object({ command }),
  'access.withdraw': z.object({ request }),
  'access.show': z.object({ request }),
  'access.ask': z.object({ request, what: access }),
  'access.decide': z.object({ request, command, what: access }),
  'people.list': z.object({ page, find: z.string().max(100).optional() }),
  'people.show': z.object({ person, page: page.optional() }),
  'people.askRemove': z.object({ person, ...grant }),
  'people.remove': z.object({ person, ...grant, command }),
  'standIn.show': nothing,
  'standIn.find': nothing,
  'standIn.save': z.object({ command }),
  'standIn.end': z.object({ standIn: z.uuid() }),
  'channel.setUp': nothing,
  'channel.save': z.object({ command }),
  'channel.askRemove': nothing,
  'channel.remove': z.object({ command }),
  'channel.claims': nothing,
  'channel.subscribe': z.object({ command }),
  'channel.status': nothing,
  'channel.test': nothing,
  'channels.list': z.object({ page }),
  'settings.show': nothing,
  'settings.save': z.object({ command }),
  'digest.show': z.object({ digest: z.uuid(), page }),
  'snooze.ask': z.object({ claim, digest: z.uuid().optional() }),
  'snooze.save': z.object({
    claim,
    command,
    digest: z.uuid().optional(),
    choice: z.enum(Object.keys(SNOOZES) as [SnoozeFor, ...SnoozeFor[]]),
  }),
  'test.show': z.object({ notice: z.uuid() }),
  'import.apply': z.object({ import: z.uuid(), command }),
  'import.discard': z.object({ import: z.uuid() }),
} as const;

export type Verb = keyof typeof verbs;
export type VerbData<V extends Verb> = z.output<(typeof verbs)[V]>;

export const isVerb = (verb: string): verb is Verb => Object.hasOwn(verbs, verb);

/** Verbs that only read: the only ones a client may send by itself (trigger automatic). */
export const READING: ReadonlySet<Verb> = new Set([
  'help.show',
  'draft.show',
  'claims.list',
  'claim.show',
  'claim.history',
  'claim.askCancel',
  'claim.askAgain',
  'customers.choose',
  'customers.find',
  'customers.open',
  'customers.show',
  'draft.find',
  'evidence.show',
  'evidence.edit',
  'claim.askSubmit',
  'claim.askDispute',
  'review.list',
  'review.show',
  'review.history',
  'review.ask',
  'referrals.list',
  'referral.show',
  'referral.edit',
  'referral.askClose',
  'deals.list',
  'coSell.show',
  'coSell.ask',
  'access.start',
  'access.find',
  'access.show',
  'access.ask',
  'people.list',
  'people.show',
  'people.askRemove',
  'standIn.show',
  'standIn.find',
  'channel.setUp',
  'channel.askRemove',
  'channel.claims',
  'channel.status',
  'channels.list',
  'settings.show',
  'digest.show',
  'snooze.ask',
  'test.show',
]);

/** What one can look for while typing (Data.Query); the client names it when it asks. */
export const DATASETS = ['locations', 'engagements', 'customers'] as const;
export type Dataset = (typeof DATASETS)[number];

const SUFFIX = /^([A-Za-z]+)~\d+$/;

/** Input ids are new on every card: clients show the old text of an id they know, and do not send it. */
export const inputId = (field: string, mark: string): string => `${field}~${mark}`;

/** PostgreSQL keeps neither half a letter nor a NUL, and what is answered is kept to be given again. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** More than any field takes, so that what is too long is said to be, and stays; and no more than a card can show again. */
const MOST_SENT = 8_000;

/** What was typed, by field, out of an action's data. Anything that is not text is left out. */
export const inputsOf = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const field = SUFFIX.exec(key)?.[1];
      if (field === undefined || Object.hasOwn(Object.prototype, field)) return [];
      if (typeof value === 'number' || typeof value === 'boolean') return [[field, String(value)]];
      return typeof value === 'string' ? [[field, storable(value.slice(0, MOST_SENT))]] : [];
    }),
  );
