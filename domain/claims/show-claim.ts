import { type AuditEvent, chainOf } from '../audit/chain.ts';
import { type ReferralSummary, referralSummary } from '../co-sell/show-referral.ts';
import type { ConsentRequest } from '../consent/consent-store.ts';
import { REMINDER_EVENTS } from '../consent/reminder-plan.ts';
import { type Engagement, versionsOf } from '../engagements/engagement.ts';
import { type Paged, pageAt } from '../paging.ts';
import { type Actor, claimScope, mayClaimFor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { checklist, type EvidenceItem, isAllGiven } from '../review/checklist.ts';
import { lastChange, REMINDED, SNOOZED } from '../review/silence.ts';
import { CLAIM_KINDS, type Claim, type ClaimRow } from './claim-store.ts';
import { isOver } from './deadlines.ts';
import { possibleFor, TRANSITIONS, type TransitionName } from './transitions.ts';

/** One function decides who may see and work on a claim: an incentives role for its location (R2). */
export const mayManage = (
  actor: Actor,
  claim: { readonly organisationId: string; readonly location: { readonly id: string } },
): boolean => mayClaimFor(actor, { id: claim.location.id, organisationId: claim.organisationId });

/** What a claim's history can hold. Each has its words in every language. */
export const HISTORY_EVENTS = [
  ...CLAIM_KINDS,
  'mailed',
  'mailFailed',
  'evidenceAdded',
  'evidenceReplaced',
  'evidenceRemoved',
  REMINDED,
  SNOOZED,
  ...REMINDER_EVENTS,
  ...(Object.keys(TRANSITIONS) as TransitionName[]),
] as const;
export type HistoryEvent = (typeof HISTORY_EVENTS)[number];

export type HistoryLine = Pick<AuditEvent, 'at' | 'facts' | 'sequence'> & {
  readonly what: HistoryEvent;
  /** Null: not a person of ours (the customer, or a clock). */
  readonly person: string | null;
  readonly by: 'person' | 'customer' | 'clock';
  /** In whose place the person acted, where they did (R25). */
  readonly standsInFor: string | null;
  /** What was written with it. */
  readonly remark: string | null;
};

export type ClaimView = {
  readonly claim: Claim;
  readonly engagement: Engagement;
  /** The version whose rates, and their source, count: the one that consent picked, and until then the claim's own. */
  readonly rated: Engagement;
  readonly owner: string;
  readonly request: ConsentRequest | null;
  readonly history: readonly HistoryLine[];
  /** The number of the newest line of the history: what a button brings, so that whatever comes since is noticed. */
  readonly seen: number;
  readonly checklist: readonly EvidenceItem[];
  /** What was made of it for co-sell; null: nothing. */
  readonly deal: ReferralSummary | null;
  /** What this person may do with it now. */
  readonly possible: readonly TransitionName[];
};

/** A history with its people by name and what they wrote, out of its events. */
const told = async (ports: Ports, number: number, events: readonly AuditEvent[]): Promise<readonly HistoryLine[]> => {
  const idsIn = ({ actor, facts: { standsInFor } }: AuditEvent) => [
    ...(actor.startsWith('person:') ? [actor.slice(7)] : []),
    ...(standsInFor === undefined ? [] : [String(standsInFor)]),
  ];
  const ids = new Set(events.flatMap(idsIn));
  const [names, remarks] = await Promise.all([
    ports.reads.people.findNames([...ids]),
    ports.reads.claims.listRemarks(number),
  ]);
  return events.flatMap(({ at, what: named, facts, actor, sequence }) => {
    const what = HISTORY_EVENTS.find((event) => event === named);
    if (what === undefined) return [];
    const by = actor === 'customer' || actor === 'clock' ? actor : 'person';
    const person = by === 'person' ? (names.get(actor.slice(7)) ?? null) : null;
    const standsInFor = facts.standsInFor === undefined ? null : (names.get(String(facts.standsInFor)) ?? null);
    return [{ at, what, facts, sequence, by, person, standsInFor, remark: remarks.get(sequence) ?? null }];
  });
};

/** A claim with all that is told of it. Who may see it was asked before. */
export const viewClaim = async (
  ports: Ports,
  claim: Claim,
): Promise<Omit<ClaimView, 'possible' | 'deal'> & { readonly events: readonly AuditEvent[] }> => {
  const { number } = claim;
  const reading = ports.reads.audit.list(chainOf(number));
  const [events, engagement, rated, owner, request, history, evidence] = await Promise.all([
    reading,
    ports.reads.engagements.findVersion(claim.engagementVersionId),
    ports.reads.engagements.findVersion(claim.rateVersionId ?? claim.engagementVersionId),
    ports.reads.people.findActorById(claim.ownerId),
    ports.reads.consent.findNewest(number),
    reading.then((events) => told(ports, number, events)),
    ports.reads.claims.listEvidence(number),
  ]);
  if (engagement === null || rated === null) throw new Error(`claim ${number} has no engagement version`);
  return {
    claim,
    engagement,
    rated,
    owner: owner?.name ?? '',
    request,
    history,
    seen: lastChange(events),
    checklist: checklist(engagement, evidence),
    events,
  };
};

/** Null: there is no such claim, or the person may not know of it; the two look the same. */
export const showClaim = async (ports: Ports, actor: Actor, number: number): Promise<ClaimView | null> => {
  const claim = await ports.reads.claims.find(number);
  if (claim === null || !mayManage(actor, claim)) return null;
  const [{ events: _events, ...view }, deal] = await Promise.all([
    viewClaim(ports, claim),
    referralSummary(ports, actor, claim),
  ]);
  const possible = isOver(claim.dueAt, ports.clock.now()) ? [] : possibleFor('partner', claim);
  return { ...view, deal, possible };
};

export const PAGE = 5;

/** How many lines of history a claim's card holds, the newest; and how many a page of the whole. */
export const MOST_HISTORY = 25;
export const HISTORY_ON_PAGE = 8;

export type ClaimList = Paged<
  ClaimRow & {
    readonly engagement: Engagement;
    /** R24: all that is required was given; before it is submitted nobody reviews it all the same. */
    readonly complete: boolean;
  }
>;

/** `claims`: what the person may see, next deadline first. A page beyond the last is the last. */
export const listClaims = async (ports: Ports, actor: Actor, wanted: number): Promise<ClaimList> => {
  const scope = claimScope(actor);
  const total = await ports.reads.claims.count(scope);
  const { page, pages, skip } = pageAt(total, PAGE, wanted);
  const rows = await ports.reads.claims.list(scope, { skip, take: PAGE });
  const versions = await versionsOf(ports.reads.engagements, rows);
  return {
    rows: rows.flatMap((row) => {
      const engagement = versions.get(row.engagementVersionId);
      if (engagement === undefined) return [];
      return [{ ...row, engagement, complete: isAllGiven(engagement, row.evidence) }];
    }),
    total,
    page,
    pages,
  };
};
