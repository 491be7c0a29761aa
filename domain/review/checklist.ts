import type { AuditEvent } from '../audit/chain.ts';
import type { Claim, Evidence } from '../claims/claim-store.ts';
import { isOver } from '../claims/deadlines.ts';
import type { ClaimStatus } from '../claims/status.ts';
import { isWithReviewers } from '../claims/transitions.ts';
import type { Engagement } from '../engagements/engagement.ts';
import type { Reads } from '../ports.ts';

/** One line of the checklist: what the engagement asks for, and the link that shows it, where there is one (R24). */
export type EvidenceItem = {
  readonly item: NonNullable<Engagement['evidence']>[number];
  readonly link: Evidence | null;
};

/** The checklist of a claim, in the engagement's order. */
export const checklist = (
  engagement: Pick<Engagement, 'evidence'>,
  links: readonly Evidence[],
): readonly EvidenceItem[] =>
  (engagement.evidence ?? []).map((item) => ({ item, link: links.find((link) => link.item === item.key) ?? null }));

/** What has to be there before the claim can be submitted, and is not. */
export const missingEvidence = (
  engagement: Pick<Engagement, 'evidence'>,
  given: readonly string[],
): readonly EvidenceItem['item'][] =>
  (engagement.evidence ?? []).filter(({ key, required }) => required && !given.includes(key));

/** Whether evidence is asked for, and all that is required was given. */
export const isAllGiven = (engagement: Pick<Engagement, 'evidence'>, given: readonly string[]): boolean =>
  (engagement.evidence ?? []).length > 0 && missingEvidence(engagement, given).length === 0;

/** Which of the claims whose evidence is being gathered have all that is required (R24), by number. */
export const completeAmong = async (
  store: Pick<Reads['claims'], 'listGiven'>,
  claims: readonly Pick<Claim, 'number' | 'status' | 'engagementVersionId'>[],
  versions: ReadonlyMap<string, Engagement>,
): Promise<ReadonlySet<number>> => {
  const gathering = claims.filter(({ status }) => status === 'CONSENT_RECEIVED');
  if (gathering.length === 0) return new Set();
  const given = await store.listGiven(gathering.map(({ number }) => number));
  const complete = gathering.filter(({ number, engagementVersionId }) => {
    const version = versions.get(engagementVersionId);
    return version !== undefined && isAllGiven(version, given.get(number) ?? []);
  });
  return new Set(complete.map(({ number }) => number));
};

/** The same two of a checklist. */
export const lackingIn = (checklist: readonly EvidenceItem[]): readonly EvidenceItem['item'][] =>
  missingEvidence({ evidence: checklist.map(({ item }) => item) }, givenIn(checklist));
export const isComplete = (checklist: readonly EvidenceItem[]): boolean =>
  isAllGiven({ evidence: checklist.map(({ item }) => item) }, givenIn(checklist));

const givenIn = (checklist: readonly EvidenceItem[]): readonly string[] =>
  checklist.flatMap(({ item, link }) => (link === null ? [] : [item.key]));

/** The number of the newest line of a claim's history about one item of evidence; 0: nobody gave any yet. */
export const lastAbout = (item: string, history: readonly Pick<AuditEvent, 'facts' | 'sequence'>[]): number =>
  history.findLast(({ facts }) => facts.item === item)?.sequence ?? 0;

/** Where evidence may change: until it is submitted, and again when the reviewers ask for more or are disputed (R15). */
export const AMENDABLE: readonly ClaimStatus[] = ['CONSENT_RECEIVED', 'ACTION_REQUIRED', 'DISPUTED'];

/** Whether the evidence of a claim may change at `now`. */
export const canAmend = (claim: Pick<Claim, 'status' | 'dueAt' | 'pausedDueAt'>, now: Date): boolean =>
  AMENDABLE.includes(claim.status) && !isWithReviewers(claim) && !isOver(claim.dueAt, now);
