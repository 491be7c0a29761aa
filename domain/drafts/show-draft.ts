import type { Claim } from '../claims/claim-store.ts';
import type { PartnerContact } from '../claims/contacts.ts';
import { mayManage } from '../claims/show-claim.ts';
import type { EngagementChoice } from '../engagements/eligibility.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { type Actor, mayClaimFor } from '../people/actor.ts';
import type { Location } from '../people/people-store.ts';
import type { Ports } from '../ports.ts';
import { type AddCustomerAnswers, addCustomerAnswers, engagementChoice, factsOf } from './add-customer.ts';
import type { Draft } from './draft.ts';
import { type SendConsentAnswers, sendConsentAnswers } from './send-consent.ts';

/** What the cards of *Add customer* need; only what the step at hand shows is looked up. */
export type AddCustomerView = {
  readonly kind: 'addCustomer';
  readonly draft: Draft;
  readonly answers: AddCustomerAnswers;
  /** Where the person may claim, enrolled or not. */
  readonly locations: readonly Location[];
  readonly location: Location | null;
  readonly choice: EngagementChoice | null;
  readonly chosen: readonly Engagement[];
  /** Known of the customer; undefined and null when nothing is. */
  readonly country: string | undefined;
  readonly customerName: string | null;
  readonly partner: Partial<PartnerContact>;
};

export type SendConsentView = {
  readonly kind: 'sendConsent';
  readonly draft: Draft;
  readonly answers: SendConsentAnswers;
  readonly claim: Claim;
  readonly engagement: Engagement;
};

export type DraftView = AddCustomerView | SendConsentView;

const showAddCustomer = async (ports: Ports, actor: Actor, draft: Draft): Promise<AddCustomerView> => {
  const answers = addCustomerAnswers(draft);
  const { reads } = ports;
  const at = (step: string) => draft.step === step;
  const needsCustomer = answers.identifier !== undefined && (at('engagements') || at('contacts'));
  const [locations, location, choice, known, versions] = await Promise.all([
    at('location') ? reads.people.listLocations(actor.organisationId) : [],
    at('review') && answers.locationId ? reads.people.findLocation(answers.locationId) : null,
    at('engagements') ? engagementChoice(ports, answers) : null,
    needsCustomer && answers.identifier ? factsOf(reads, answers.identifier) : null,
    at('review') ? Promise.all((answers.engagements ?? []).map((id) => reads.engagements.findVersion(id))) : [],
  ]);
  return {
    kind: 'addCustomer',
    draft,
    answers,
    locations: locations.filter((place) => mayClaimFor(actor, place)),
    location,
    choice,
    chosen: versions.flatMap((version) => version ?? []),
    country: known?.judged?.facts?.country,
    // A name that some partner typed is theirs; one that came with imported facts is the programme's.
    customerName: known?.judged?.facts ? known.judged.customerName : null,
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

/** What the cards of a person's own open draft show; null when its claim is not theirs to see any more. */
export const showDraft = async (ports: Ports, actor: Actor, draft: Draft): Promise<DraftView | null> =>
  draft.kind === 'addCustomer' ? showAddCustomer(ports, actor, draft) : showSendConsent(ports, actor, draft);
