import { z } from 'zod';
import type { Claim } from '../claims/claim-store.ts';
import type { CustomerContact, PartnerContact } from '../claims/contacts.ts';
import { type Payout, type PayoutInput, proposePayout } from '../claims/payout.ts';
import { mayManage } from '../claims/show-claim.ts';
import type { KnownCustomer } from '../customers/customer-store.ts';
import type { EngagementChoice, Verdict } from '../engagements/eligibility.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { type Actor, claimScope, mayClaim, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import { customerChoices, type Found, findLocations } from '../pickers.ts';
import type { Ports } from '../ports.ts';
import { verdictsFrom } from './claim-customer.ts';
import type { Draft, Inputs } from './draft.ts';
import {
  type ChosenIdentifier,
  chosenMarket,
  engagementChoice,
  factsOf,
  isNomination,
  type NominationAnswers,
  type NominationKind,
  namesOf,
  nominationAnswers,
} from './nomination.ts';
import { type SendConsentAnswers, sendConsentAnswers } from './send-consent.ts';

/** What the cards of a nomination need; only what the step at hand shows is looked up. */
export type NominationView = {
  readonly kind: NominationKind;
  readonly draft: Draft;
  readonly answers: NominationAnswers;
  /** The known customers to choose from, and the one that is chosen, wherever it stands among them. */
  readonly customers: Found<KnownCustomer>;
  readonly keptCustomer: KnownCustomer | null;
  /** Enrolled locations to choose from; of a form begun at an engagement only those eligible for it (R13). */
  readonly locations: Found<Location>;
  readonly keptLocation: Location | null;
  /** Locations of the person that cannot be chosen, and their verdict where the form has one. */
  readonly notForChoice: readonly { readonly place: Location; readonly verdict: Verdict | null }[];
  readonly location: Location | null;
  /** What the customer goes by; at the review, what the claims will be made under. */
  readonly names: readonly ChosenIdentifier[];
  readonly choice: EngagementChoice | null;
  readonly chosen: readonly Engagement[];
  /** What the customer is called, as far as it is known to this organisation; null: it is not. */
  readonly customerName: string | null;
  /** Variable payment, at the review: what it would pay, or what is missing to tell. */
  readonly payout: { readonly payout: Payout } | { readonly missing: readonly PayoutInput[] } | null;
  readonly customer: Partial<CustomerContact>;
  readonly partner: Partial<PartnerContact>;
};

export type SendConsentView = {
  readonly kind: 'sendConsent';
  readonly draft: Draft;
  readonly answers: SendConsentAnswers;
  readonly claim: Claim;
  readonly engagement: Engagement;
  /** Whether a deal size can be typed in another currency than US dollars. */
  readonly converts: boolean;
};

export type DraftView = NominationView | SendConsentView;

const NONE_FOUND = { options: [], searched: false } as const;

/** The person's locations, those that can be chosen apart from those that cannot. */
export const locationsFor = async (ports: Ports, actor: Actor, answers: NominationAnswers) => {
  const [all, verdictOn] = await Promise.all([
    ports.reads.people.listLocations(actor.organisationId),
    verdictsFrom(ports, actor.organisationId, answers),
  ]);
  const judged = all
    .filter((place) => mayClaimFor(actor, place))
    .map((place) => ({ place, verdict: verdictOn === null ? null : verdictOn(place) }));
  const open = ({ place, verdict }: (typeof judged)[number]) =>
    place.enrolment === 'enrolled' && (verdict === null || verdict.verdict === 'eligible');
  return {
    usable: judged.filter(open).map(({ place }) => place),
    notForChoice: judged.filter((one) => !open(one)),
  };
};

/** R14: the proposed payout of a form of variable payment, and what stands in its way. */
const payoutOf = ([engagement]: readonly Engagement[], answers: NominationAnswers): NominationView['payout'] => {
  const market = chosenMarket(answers);
  if (engagement?.payment !== 'variable' || market === null) return null;
  return proposePayout(engagement, market, {
    opportunityValueCents: answers.opportunity?.valueCents ?? null,
    hours: answers.hours ?? null,
  });
};

/** What was typed into the card that is shown again, and what was looked for. */
export type Asked = { readonly find?: string; readonly typed?: Inputs };

/** Each name once. */
const distinct = (names: readonly ChosenIdentifier[]): readonly ChosenIdentifier[] =>
  names.filter(({ type, value }, at) => names.findIndex((one) => one.type === type && one.value === value) === at);

const showNomination = async (
  ports: Ports,
  actor: Actor,
  draft: Draft,
  kind: NominationKind,
  { find = '', typed = {} }: Asked,
): Promise<NominationView | null> => {
  const answers = nominationAnswers(draft);
  const { reads } = ports;
  // A form that begins a claim again is filled in from it, so it is for who may see that claim.
  const again = draft.claim === null ? null : await reads.claims.find(draft.claim);
  if (!mayClaim(actor) || (draft.claim !== null && (again === null || !mayManage(actor, again)))) return null;
  const { organisationId } = actor;
  const customerId = typed.customer ?? answers.customerId;
  const at = (...steps: readonly string[]) => steps.includes(draft.step);
  const [customers, keptCustomer, locations, location, known, choice, versions] = await Promise.all([
    at('customer') ? customerChoices(ports, actor, find) : NONE_FOUND,
    customerId !== undefined && z.uuid().safeParse(customerId).success
      ? reads.customers.findKnown(organisationId, customerId)
      : null,
    at('location') ? locationsFor(ports, actor, answers) : { usable: [], notForChoice: [] },
    at('review') && answers.locationId ? reads.people.findLocation(answers.locationId) : null,
    namesOf(reads, organisationId, answers),
    at('engagements') ? engagementChoice(ports, organisationId, answers) : null,
    at('review') ? Promise.all((answers.engagements ?? []).map((id) => reads.engagements.findVersion(id))) : [],
  ]);
  const confirmed = (answers.chosen ?? []).map(({ type, value, tenantId }) => ({
    type,
    value,
    tenantId,
    tenantName: null,
  }));
  const names = at('review') && kind === 'claimCustomer' ? distinct(confirmed) : known;
  const [name] = names;
  const [judging, before] = await Promise.all([
    name === undefined ? null : factsOf(reads, name),
    at('contacts') && answers.customerId !== undefined
      ? reads.claims.findContacts(claimScope(actor), answers.customerId)
      : null,
  ]);
  const judged = judging?.judged ?? null;
  const chosen = versions.flatMap((version) => version ?? []);
  const country = judged?.facts?.country;
  // A name that another partner typed is theirs alone; one that came with imported facts is the programme's, and one by
  // which the organisation knows the customer its own.
  const imported = judged?.facts ? judged.customerName : null;
  const customerName = kind === 'claimCustomer' ? (keptCustomer?.name ?? null) : imported;
  return {
    kind,
    draft,
    answers,
    customers,
    keptCustomer,
    keptLocation: locations.usable.find(({ id }) => id === (typed.location ?? answers.locationId)) ?? null,
    locations: findLocations(locations.usable, find),
    notForChoice: locations.notForChoice,
    location,
    names,
    choice,
    chosen,
    customerName,
    payout: payoutOf(chosen, answers),
    customer: before?.customer ?? {
      ...(answers.fromMessage === undefined ? {} : { email: answers.fromMessage.email }),
      ...(answers.fromMessage?.name ? { name: answers.fromMessage.name } : {}),
      ...(customerName === null ? {} : { company: customerName }),
      ...(country === undefined ? {} : { country }),
    },
    partner: {
      name: actor.name,
      ...(actor.email === null ? {} : { email: actor.email }),
      ...(actor.phone === null ? {} : { phone: actor.phone }),
    },
  };
};

const showSendConsent = async (ports: Ports, actor: Actor, draft: Draft): Promise<SendConsentView | null> => {
  const claim = draft.claim === null ? null : await ports.reads.claims.find(draft.claim);
  if (claim === null || !mayManage(actor, claim)) return null;
  const engagement = await ports.reads.engagements.findVersion(claim.engagementVersionId);
  const converts = ports.rates !== null;
  return engagement && { kind: 'sendConsent', draft, answers: sendConsentAnswers(draft), claim, engagement, converts };
};

/**
 * What the cards of a person's own open draft show; null when what it is about is not theirs to see any more.
 */
export const showDraft = async (
  ports: Ports,
  actor: Actor,
  draft: Draft,
  asked: Asked = {},
): Promise<DraftView | null> =>
  isNomination(draft.kind)
    ? showNomination(ports, actor, draft, draft.kind, asked)
    : showSendConsent(ports, actor, draft);
