import { z } from 'zod';
import { customerContactSchema, partnerContactSchema } from '../claims/contacts.ts';
import type { KnownIdentifier } from '../customers/customer-store.ts';
import { IDENTIFIER_TYPES, type Identifier } from '../customers/identifier.ts';
import {
  customerVerdict,
  type EngagementChoice,
  type EngagementOption,
  locationVerdict,
  sortOptions,
  standing,
} from '../engagements/eligibility.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { type Market, marketOf } from '../engagements/markets.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports, Reads } from '../ports.ts';
import type { Draft, DraftKind, Fault } from './draft.ts';
import { fromMessageSchema } from './from-message.ts';

/** The two forms that nominate a customer (R9, R13): they differ in how they find out who that is. */
export type NominationKind = Extract<DraftKind, 'addCustomer' | 'claimCustomer'>;

const identifierSchema = z.object({
  type: z.enum(IDENTIFIER_TYPES),
  value: z.string(),
  /** The tenant it names, or was found to name; null when only another kind of id was given. */
  tenantId: z.string().nullable(),
  tenantName: z.string().nullable(),
});
export type ChosenIdentifier = z.infer<typeof identifierSchema>;

const answersSchema = z.object({
  name: z.string().optional(),
  locationId: z.string().optional(),
  /** Add: how the customer is named. */
  identifier: identifierSchema.optional(),
  /** Claim: which known customer it is. */
  customerId: z.string().optional(),
  /** The engagement on whose page the form was begun, by slug. */
  from: z.string().optional(),
  engagements: z.array(z.string()).optional(),
  /**
   * Under which name each of them was eligible, and in which country it is under that name: what the review shows is
   * what is confirmed.
   */
  chosen: z
    .array(
      z.object({
        engagement: z.string(),
        ...{ type: z.enum(IDENTIFIER_TYPES), value: z.string(), tenantId: z.string().nullable() },
        country: z.string().optional(),
      }),
    )
    .optional(),
  /** Variable payment: the hours, and the opportunity as it stood when it was looked up. */
  hours: z.number().optional(),
  opportunity: z.object({ name: z.string(), valueCents: z.number() }).optional(),
  customer: customerContactSchema.optional(),
  partner: partnerContactSchema.optional(),
  /** The message that the form was begun at: what it says stands in fields until they are answered. */
  fromMessage: fromMessageSchema.optional(),
  mismatchReason: z.string().nullable().optional(),
  /** The claims it became, once confirmed. */
  claims: z.array(z.number()).optional(),
});
export type NominationAnswers = z.infer<typeof answersSchema>;

/** A draft's answers as this version of the program knows them. */
export const nominationAnswers = (draft: Draft): NominationAnswers => answersSchema.parse(draft.answers);

export const isNomination = (kind: DraftKind): kind is NominationKind => kind !== 'sendConsent';

/**
 * Which facts speak for an identifier: its own (R6). A domain is only a way to say its tenant, so the tenant's are
 * looked at; nothing else carries over.
 */
export const factsOf = async (
  reads: { readonly customers: Pick<Reads['customers'], 'findIdentifier'> },
  chosen: Identifier & { readonly tenantId: string | null },
): Promise<{ readonly judged: KnownIdentifier | null; readonly customerId: string | null }> => {
  const own = await reads.customers.findIdentifier(chosen);
  if (chosen.type !== 'domain' || chosen.tenantId === null) return { judged: own, customerId: own?.customerId ?? null };
  const tenant: Identifier = { type: 'tenantId', value: chosen.tenantId };
  const judged = await reads.customers.findIdentifier(tenant);
  return { judged, customerId: judged?.customerId ?? own?.customerId ?? null };
};

/**
 * The names a form's customer goes by, newest first: the one that was typed, or those under which the organisation
 * knows the customer (R13). Empty: nobody was chosen, or the customer is not known any more.
 */
export const namesOf = async (
  reads: { readonly customers: Pick<Reads['customers'], 'listNames'> },
  organisationId: string,
  { identifier, customerId }: NominationAnswers,
): Promise<readonly ChosenIdentifier[]> => {
  if (identifier !== undefined) return [identifier];
  if (customerId === undefined) return [];
  const names = await reads.customers.listNames(organisationId, customerId);
  return names.map((name) => ({ ...name, tenantName: null }));
};

type OptionReads = {
  readonly engagements: Pick<Reads['engagements'], 'listCurrent'>;
  readonly customers: Pick<Reads['customers'], 'findIdentifier' | 'listClaimCounts' | 'countOpenClaims'>;
};

/** R9: what is paid by opportunity is added by opportunity, and nothing else is; a known customer is claimed for the rest. */
export const paymentOf = ({ identifier }: NominationAnswers): Engagement['payment'] =>
  identifier?.type === 'msxOpportunityId' ? 'variable' : 'fixed';

/**
 * Every engagement of a kind of payment with its two verdicts for a location and a customer (R5, R7). Under several
 * names of one customer each engagement is judged by each, and the best counts: a verdict belongs to its name alone
 * (R6), and the claim is made under that one.
 */
export const engagementOptions = async (
  reads: OptionReads,
  at: Location,
  { names, payment }: { readonly names: readonly ChosenIdentifier[]; readonly payment: Engagement['payment'] },
  now: Date,
): Promise<readonly EngagementOption[]> => {
  // One after another: a transaction has one connection.
  const current = await reads.engagements.listCurrent(now);
  const open = await reads.customers.countOpenClaims(at.organisationId);
  const judge = async (name: ChosenIdentifier): Promise<readonly EngagementOption[]> => {
    const { judged, customerId } = await factsOf(reads, name);
    const counts = customerId === null ? [] : await reads.customers.listClaimCounts(customerId, at.organisationId);
    return current
      .filter((engagement) => engagement.payment === payment)
      .map((engagement) => ({
        engagement,
        named: name,
        country: judged?.facts?.country,
        location: locationVerdict(engagement, at, open.get(engagement.slug) ?? 0, now),
        customer: customerVerdict(
          engagement,
          name.type,
          judged?.facts ?? null,
          counts.find((count) => count.engagementSlug === engagement.slug),
        ),
      }));
  };
  const best = new Map<string, EngagementOption>();
  for (const name of names) {
    for (const option of await judge(name)) {
      const before = best.get(option.engagement.id);
      if (before === undefined || standing(option) < standing(before)) best.set(option.engagement.id, option);
    }
  }
  return [...best.values()];
};

/** The lists of R12 for a draft whose location and customer are answered; null when either is gone. */
export const engagementChoice = async (
  ports: Ports,
  organisationId: string,
  answers: NominationAnswers,
): Promise<EngagementChoice | null> => {
  const [at, names] = await Promise.all([
    ports.reads.people.findLocation(answers.locationId ?? ''),
    namesOf(ports.reads, organisationId, answers),
  ]);
  if (at === null || names.length === 0) return null;
  const nominee = { names, payment: paymentOf(answers) };
  return sortOptions(await engagementOptions(ports.reads, at, nominee, ports.clock.now()));
};

/** What is kept of the options that were chosen. */
export const chosenFrom = (
  options: readonly EngagementOption[],
): Pick<NominationAnswers, 'engagements' | 'chosen'> => ({
  engagements: options.map(({ engagement }) => engagement.id),
  chosen: options.map(({ engagement, named: { type, value, tenantId }, country }) => ({
    ...{ engagement: engagement.id, type, value, tenantId },
    ...(country === undefined ? {} : { country }),
  })),
});

/** The market that picks the rate of what is chosen: the country that is known of the customer, or its contact's. */
export const chosenMarket = ({ chosen, customer }: NominationAnswers): Market | null => {
  const country = chosen?.[0]?.country ?? customer?.country;
  return country === undefined ? null : marketOf(country);
};

/** Whether an option still stands as it was chosen: under the same name, in the same country. */
export const isAsChosen = (
  { engagement, named, country }: EngagementOption,
  { chosen }: NominationAnswers,
): boolean => {
  const then = chosen?.find((one) => one.engagement === engagement.id);
  return then === undefined || (then.type === named.type && then.value === named.value && then.country === country);
};

export const notEligible = (option: EngagementOption): Fault => ({
  code: 'engagement.notEligible',
  engagement: option.engagement.name,
  reasons: [option.location, option.customer].flatMap((verdict) =>
    verdict.verdict === 'ineligible' ? verdict.reasons : [],
  ),
});
