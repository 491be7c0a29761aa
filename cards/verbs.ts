import { z } from 'zod';
import { CLAIM_STATUSES } from '../domain/claims/status.ts';
import { CUSTOMER_LISTS } from '../domain/customers/customers-page.ts';
import { LANGUAGES } from '../domain/people/actor.ts';

const command = z.uuid();
const draft = z.uuid();
const claim = z.coerce.number().int().min(1).max(2_147_483_647);
const nothing = z.object({});
const slug = z.string().max(50);
const list = z.enum(CUSTOMER_LISTS);
/** Which way to turn the page, from which row. */
const turned = z.object({
  way: z.enum(['after', 'before']),
  from: z.discriminatedUnion('of', [
    z.object({
      of: z.literal('claims'),
      at: z.number().int().min(0).max(253_402_300_799_999).nullable(),
      number: claim,
    }),
    z.object({
      of: z.literal('customers'),
      key: z
        .string()
        .max(2_000)
        .regex(/^[\w-]*$/),
      id: z.uuid(),
    }),
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
  'draft.startOver': z.object({ draft, command, customer: z.uuid().optional(), engagement: slug.optional() }),
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
  'claims.list': z.object({ page: z.coerce.number().int().min(1).max(1_000_000) }),
  'claim.show': z.object({ claim }),
  'claim.askCancel': z.object({ claim }),
  'claim.cancel': z.object({ claim, command, status: z.enum(CLAIM_STATUSES) }),
  'claim.askAgain': z.object({ claim }),
  'claim.again': z.object({ claim }),
  'consent.start': z.object({ claim }),
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
  'claim.askCancel',
  'claim.askAgain',
  'customers.choose',
  'customers.find',
  'customers.open',
  'customers.show',
  'draft.find',
]);

/** What one can look for while typing (Data.Query); the client names it when it asks. */
export const DATASETS = ['locations', 'engagements', 'customers'] as const;
export type Dataset = (typeof DATASETS)[number];

const SUFFIX = /^([A-Za-z]+)~\d+$/;

/** Input ids are new on every card: clients show the old text of an id they know, and do not send it. */
export const inputId = (field: string, mark: string): string => `${field}~${mark}`;

/** PostgreSQL keeps neither half a letter nor a NUL, and what is answered is kept to be given again. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** What was typed, by field, out of an action's data. Anything that is not text is left out. */
export const inputsOf = (data: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) => {
      const field = SUFFIX.exec(key)?.[1];
      if (field === undefined || Object.hasOwn(Object.prototype, field)) return [];
      if (typeof value === 'number' || typeof value === 'boolean') return [[field, String(value)]];
      return typeof value === 'string' ? [[field, storable(value.slice(0, 4_000))]] : [];
    }),
  );
