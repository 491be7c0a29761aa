/**
 * What the tab and the server say to each other, as both check it: the server what it is asked and what it answers, the
 * tab what it is answered. Domain facts come in words, in the reader's language and zone, as on cards.
 */
import { z } from 'zod';
import { CLAIM_ORDERS } from '../../domain/claims/claims-page.ts';
import { CLAIM_GROUPS, CLAIM_STATUSES } from '../../domain/claims/status.ts';
import { CUSTOMER_LISTS, LIST_PARTS } from '../../domain/customers/customers-page.ts';
import { LANGUAGES } from '../../domain/people/actor.ts';

const number = z.int().min(1).max(2_147_483_647);
const count = z.int().min(0);
const slug = z.string().regex(/^[a-z0-9-]{1,50}$/);
const find = z.string().max(100).default('');
/** Of an address every value is text. */
const flag = z.enum(['true', 'false']).default('false');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.int().min(least).max(most));

/** A step that a button offers: the same verb and data as the button on a card. */
export const stepSchema = z.object({
  title: z.string(),
  verb: z.string(),
  data: z.record(z.string(), z.unknown()),
  primary: z.boolean(),
});
export type Step = z.infer<typeof stepSchema>;

const status = z.object({
  code: z.enum(CLAIM_STATUSES as [(typeof CLAIM_STATUSES)[number], ...typeof CLAIM_STATUSES]),
  word: z.string(),
  /** On its way, come to a good end, or to another. */
  tone: z.enum(['going', 'good', 'bad']),
});

const due = z.object({ words: z.string(), date: z.string(), urgent: z.boolean() });

export const claimLineSchema = z.object({
  kind: z.literal('claim'),
  number,
  name: z.string(),
  company: z.string(),
  /** On lists of several engagements. */
  engagement: z.string().nullable(),
  location: z.string().nullable(),
  status,
  since: z.string(),
  due: due.nullable(),
  next: z.string().nullable(),
  steps: z.array(stepSchema),
  /** A place to read on from, where the list has one. */
  cursor: z.string().nullable(),
});
export type ClaimLine = z.infer<typeof claimLineSchema>;

export const customerLineSchema = z.object({
  kind: z.literal('customer'),
  id: z.uuid(),
  name: z.string(),
  /** What it is known as, and since when. */
  known: z.array(z.string()),
  standing: z.enum(['eligible', 'unknown', 'ineligible']),
  standingWord: z.string(),
  reasons: z.array(z.string()),
  steps: z.array(stepSchema),
  cursor: z.string(),
});
export type CustomerLine = z.infer<typeof customerLineSchema>;

const customersSought = z.object({ engagement: slug, find });
const stretch = { skip: whole(0, 10_000_000).default(0), take: whole(1, 100).default(50) };

const row = z.object({ label: z.string(), value: z.string() });

/** Every question that reads, by its path below /api: what it may bring, and what it is answered. */
export const QUESTIONS = {
  me: {
    asked: z.object({}),
    answer: z.object({
      name: z.string(),
      organisation: z.string(),
      language: z.enum(LANGUAGES),
      timeZone: z.string(),
      /** Whether the person works on claims at all (R2); everything else is empty otherwise. */
      mayClaim: z.boolean(),
      engagements: z.array(z.object({ slug, name: z.string(), area: z.string() })),
      locations: z.array(z.object({ id: z.uuid(), name: z.string(), partnerId: z.string() })),
    }),
  },
  'customers/counts': {
    asked: customersSought,
    answer: z.object({
      counts: z.object({
        openClaims: count,
        endedClaims: count,
        eligible: count,
        ineligible: count,
        unknown: count,
      }),
      /** Why nobody of the person's locations can claim now, and whatever else is to be known of the whole page. */
      warnings: z.array(z.string()),
      /** What an empty list means. */
      empty: z.object({ eligible: z.string(), ineligible: z.string(), completed: z.string() }),
    }),
  },
  customers: {
    asked: customersSought.extend({
      list: z.enum(CUSTOMER_LISTS),
      part: z.enum(LIST_PARTS),
      descending: flag,
      after: z.string().max(3_000).optional(),
      ...stretch,
    }),
    answer: z.object({ rows: z.array(z.discriminatedUnion('kind', [claimLineSchema, customerLineSchema])) }),
  },
  'claims/counts': {
    asked: z.object({ engagement: slug.optional(), location: z.uuid().optional(), mine: flag, find }),
    answer: z.object({ all: count, consent: count, delivery: count, review: count, ended: count }),
  },
  claims: {
    asked: z.object({
      group: z.enum(CLAIM_GROUPS).optional(),
      engagement: slug.optional(),
      location: z.uuid().optional(),
      mine: flag,
      find,
      by: z.enum(CLAIM_ORDERS).default('due'),
      descending: flag,
      ...stretch,
    }),
    answer: z.object({ rows: z.array(claimLineSchema) }),
  },
  claim: {
    asked: z.object({ number: whole(1, 2_147_483_647) }),
    answer: z.object({
      number,
      name: z.string(),
      company: z.string(),
      heading: z.string(),
      status,
      due: due.nullable(),
      next: z.string().nullable(),
      steps: z.array(stepSchema),
      rows: z.array(row),
      details: z.array(row),
      /** How the amount comes about, a line each. */
      terms: z.array(z.string()),
      /** Why the sellers were asked or not, condition by condition (R27). */
      coSell: z.array(z.string()),
      evidence: z.array(
        z.object({
          name: z.string(),
          required: z.boolean(),
          title: z.string().nullable(),
          url: z.string().nullable(),
          note: z.string().nullable(),
        }),
      ),
      history: z.array(z.object({ at: z.string(), who: z.string(), what: z.string(), remark: z.string().nullable() })),
      /** What is pasted into a message to lead there. */
      link: z.string(),
    }),
  },
  overview: {
    asked: z.object({}),
    answer: z.object({
      pipeline: z.array(z.object({ status, group: z.enum(CLAIM_GROUPS), count })),
      weeks: z.array(z.object({ label: z.string(), from: z.string(), consent: count, delivery: count, review: count })),
      months: z.array(z.object({ label: z.string(), usd: z.number(), money: z.string(), claims: count })),
      open: count,
      dueThisWeek: count,
      paid: z.string(),
    }),
  },
} as const;

export type Question = keyof typeof QUESTIONS;
export type Asked<Q extends Question> = z.output<(typeof QUESTIONS)[Q]['asked']>;
/** As the tab writes it into an address. */
export type Asks<Q extends Question> = z.input<(typeof QUESTIONS)[Q]['asked']>;
export type Answer<Q extends Question> = z.output<(typeof QUESTIONS)[Q]['answer']>;

/** How a question and its answer are checked. The compiler cannot follow a table by a name that it does not know. */
export const questionSchemas = <Q extends Question>(question: Q) =>
  QUESTIONS[question] as unknown as {
    readonly asked: z.ZodType<Asked<Q>>;
    readonly answer: z.ZodType<Answer<Q>>;
  };

/** The one thing that changes something: a button, with all that stands in the inputs beside it. */
export const actionSchema = z.object({
  verb: z.string().max(40),
  data: z.record(z.string().max(100), z.unknown()),
});

export const actionAnswerSchema = z.object({
  card: z.looseObject({ type: z.literal('AdaptiveCard') }),
  summary: z.string(),
  /** Whether something may have changed, so that what is shown beside the card is asked for anew. */
  changes: z.boolean(),
});
export type ActionAnswer = z.infer<typeof actionAnswerSchema>;

/** Puts a claim's card into the own chat of who asks. */
export const toChatSchema = z.object({ claim: number });
export const toChatAnswerSchema = z.object({});

/** Why a question was not answered, in words to be shown. */
export const refusalSchema = z.object({
  error: z.object({
    code: z.enum(['signIn', 'tenant', 'noRole', 'noChat', 'notFound', 'badRequest', 'tooMany', 'failed']),
    title: z.string(),
    body: z.string(),
  }),
});
export type Refusal = z.infer<typeof refusalSchema>['error'];
