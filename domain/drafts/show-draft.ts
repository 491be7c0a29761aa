import type { Claim } from '../claims/claim-store.ts';
import type { CustomerContact, PartnerContact } from '../claims/contacts.ts';
import { type Payout, type PayoutInput, proposePayout } from '../claims/payout.ts';
import { mayManage } from '../claims/show-claim.ts';
import type { KnownCustomer } from '../customers/customer-store.ts';
import type { EngagementChoice, Verdict } from '../engagements/eligibility.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { marketOf } from '../engagements/markets.ts';
import { type Actor, claimScope, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import { customerChoices, type Found, findLocations } from '../pickers.ts';
import type { Ports } from '../ports.ts';
import { verdictsFrom } from './claim-customer.ts';
import type { Draft } from './draft.ts';
import {
  type ChosenIdentifier,
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
  /** The known customers to choose from. */
  readonly customers: Found<KnownCustomer>;
  /** Enrolled locations to choose from; of a form begun at an engagement only those eligible for it (R13). */
  readonly locations: Found<Location>;
  /** Locations of the person that cannot be chosen, and their verdict where the form has one. */
  readonly notForChoice: readonly { readonly place: Location; readonly verdict: Verdict | null }[];
  readonly location: Location | null;
  readonly names: readonly ChosenIdentifier[];
  readonly choice: EngagementChoice | null;
  readonly chosen: readonly Engagement[];
  /** Known of the customer; undefined and null when nothing is. */
  readonly country: string | undefined;
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
};

export type DraftView = NominationView | SendConsentView;

const NONE_FOUND = { options: [], searched: false } as const;

/** The person's locations, those that can be chosen apart from those that cannot. */
const locationsFor = async (ports: Ports, actor: Actor, answers: NominationAnswers) => {
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
const payoutOf = (
  [engagement]: readonly Engagement[],
  { hours, opportunity, customer }: NominationAnswers,
  country: string | undefined,
): NominationView['payout'] => {
  const where = country ?? customer?.country;
  if (engagement?.payment !== 'variable' || where === undefined) return null;
  return proposePayout(engagement, marketOf(where), {
    opportunityValueCents: opportunity?.valueCents ?? null,
    hours: hours ?? null,
  });
};

const showNomination = async (
  ports: Ports,
  actor: Actor,
  draft: Draft,
  kind: NominationKind,
  find: string,
): Promise<NominationView> => {
  const answers = nominationAnswers(draft);
  const { reads } = ports;
  const at = (...steps: readonly string[]) => steps.includes(draft.step);
  const [customers, locations, location, names, choice, versions] = await Promise.all([
    at('customer') ? customerChoices(ports, actor, find) : NONE_FOUND,
    at('location') ? locationsFor(ports, actor, answers) : { usable: [], notForChoice: [] },
    at('review') && answers.locationId ? reads.people.findLocation(answers.locationId) : null,
    namesOf(reads, actor.organisationId, answers),
    at('engagements') ? engagementChoice(ports, actor.organisationId, answers) : null,
    at('review') ? Promise.all((answers.engagements ?? []).map((id) => reads.engagements.findVersion(id))) : [],
  ]);
  const [name] = names;
  const [known, before] = await Promise.all([
    name === undefined ? null : factsOf(reads, name),
    at('contacts') && answers.customerId !== undefined
      ? reads.claims.findContacts(claimScope(actor), answers.customerId)
      : null,
  ]);
  const judged = known?.judged ?? null;
  const chosen = versions.flatMap((version) => version ?? []);
  const country = judged?.facts?.country;
  // A name that some partner typed is theirs; one that came with imported facts is the programme's. A known customer's
  // name the organisation knows anyway.
  const customerName = judged !== null && (judged.facts || kind === 'claimCustomer') ? judged.customerName : null;
  return {
    kind,
    draft,
    answers,
    customers,
    locations: findLocations(locations.usable, find),
    notForChoice: locations.notForChoice,
    location,
    names,
    choice,
    chosen,
    country,
    customerName,
    payout: payoutOf(chosen, answers, country),
    customer: before?.customer ?? {
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
  return engagement && { kind: 'sendConsent', draft, answers: sendConsentAnswers(draft), claim, engagement };
};

/**
 * What the cards of a person's own open draft show; null when its claim is not theirs to see any more. `find` narrows
 * what a step offers to choose from.
 */
export const showDraft = async (ports: Ports, actor: Actor, draft: Draft, find = ''): Promise<DraftView | null> =>
  isNomination(draft.kind)
    ? showNomination(ports, actor, draft, draft.kind, find)
    : showSendConsent(ports, actor, draft);
