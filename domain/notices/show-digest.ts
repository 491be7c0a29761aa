import type { DigestClaim } from '../claims/claim-store.ts';
import { daysLeft, LAST_DAYS } from '../claims/deadlines.ts';
import { mayManage } from '../claims/show-claim.ts';
import { mayOpenReferral } from '../co-sell/referral.ts';
import { type Engagement, versionsOf } from '../engagements/engagement.ts';
import { pageAt } from '../paging.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports } from '../ports.ts';
import { completeAmong } from '../review/checklist.ts';
import { type ClaimFact, type DealNotice, type DigestItem, isDealFact } from './notice.ts';
import { saidNow } from './standing.ts';
import { hears, type Subscription } from './subscription.ts';

/** What is to be done, in the order of a digest. */
export const GROUPS = ['submit', 'ask', 'await', 'amend', 'gather', 'dispute', 'heard', 'ended'] as const;
export type Group = (typeof GROUPS)[number];

const GROUP_OF: Record<ClaimFact, Group> = {
  consentNotSent: 'ask',
  consentMailRefused: 'ask',
  consentMailStuck: 'ask',
  consentDue: 'await',
  submissionComplete: 'submit',
  submissionDue: 'gather',
  actionDue: 'amend',
  disputeDue: 'dispute',
  consentAccepted: 'heard',
  consentDeclined: 'heard',
  reviewApproved: 'heard',
  reviewActionRequired: 'heard',
  reviewRejected: 'heard',
  reviewRejectedFinally: 'heard',
  coSellUpgraded: 'heard',
  coSellTaken: 'heard',
  coSellDeclined: 'heard',
  coSellExpired: 'heard',
  consentExpired: 'ended',
  submissionExpired: 'ended',
  reviewExpired: 'ended',
  disputeExpired: 'ended',
};

type DueRow = DigestClaim & {
  readonly kind: ClaimFact;
  readonly group: Group;
  /** What happened to its deal besides: neither hides the other. */
  readonly deal: readonly DealNotice[];
  readonly engagement: Engagement;
  /** It may have been said before, and nobody knows whether it was (R32). */
  readonly again: boolean;
};

/** Nothing of the customer but the company's name. */
export type DigestRow = DueRow & { readonly company: string };

export type DigestView = {
  readonly id: string;
  readonly rows: readonly DigestRow[];
  readonly counts: ReadonlyMap<Group, number>;
  readonly total: number;
  /** How many of all are in the last days of their clock. */
  readonly urgent: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
};

export const DIGEST_ROWS = 6;

const soonest = (a: DueRow, b: DueRow): number =>
  GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
  (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0) ||
  a.number - b.number;

/** The newest of what is to be said of each claim now, and of its deal. */
const rowsOf = async (
  ports: Ports,
  items: readonly DigestItem[],
  subscription: Subscription,
  maySee: (claim: DigestClaim) => boolean,
): Promise<readonly DueRow[]> => {
  const now = ports.clock.now();
  const numbers = [...new Set(items.map(({ claimNumber }) => claimNumber))];
  const [claims, snoozes] = await Promise.all([
    ports.reads.claims.listForDigest(numbers),
    ports.reads.subscriptions.listSnoozes(subscription.listener, numbers),
  ]);
  const versions = await versionsOf(ports.reads.engagements, claims);
  const complete = await completeAmong(ports.reads.claims, claims, versions);
  const byNumber = Map.groupBy(items, ({ claimNumber }) => claimNumber);
  return claims.filter(maySee).flatMap((claim): DueRow[] => {
    const engagement = versions.get(claim.engagementVersionId);
    if (engagement === undefined) return [];
    const said = (byNumber.get(claim.number) ?? []).flatMap((item) => {
      const kind = saidNow(item, claim, complete.has(claim.number), snoozes.get(claim.number), now);
      return kind === null || !hears(subscription, claim, kind) ? [] : [{ kind, again: item.facts.again === 'true' }];
    });
    const last = said.findLast(({ kind }) => !isDealFact(kind)) ?? said.at(-1);
    if (last === undefined) return [];
    const kinds = said.flatMap(({ kind }) => (isDealFact(kind) && kind !== last.kind ? [kind] : []));
    return [{ ...claim, engagement, ...last, group: GROUP_OF[last.kind], deal: [...new Set(kinds)] }];
  });
};

/**
 * R31: a digest as it is now, whatever stood in it when it was posted: what was done meanwhile is not in it any more, nor
 * what its listener has chosen not to hear since.
 * `person`: who hears it in their own chat, and sees what their roles reach; null: a channel.
 */
export const showDigest = async (
  ports: Ports,
  id: string,
  subscription: Subscription,
  person: Actor | null,
  wanted: number,
): Promise<DigestView> => {
  const items = await ports.reads.notices.listItems(id);
  const all = await rowsOf(
    ports,
    items,
    subscription,
    (claim) => person === null || mayManage(person, claim) || mayOpenReferral(person, claim),
  );
  const sorted = all.toSorted(soonest);
  const { page, pages, skip } = pageAt(sorted.length, DIGEST_ROWS, wanted);
  const counts = new Map([...Map.groupBy(sorted, ({ group }) => group)].map(([group, rows]) => [group, rows.length]));
  const now = ports.clock.now();
  const urgent = sorted.filter(({ dueAt }) => dueAt !== null && daysLeft(dueAt, now) <= LAST_DAYS).length;
  const shown = sorted.slice(skip, skip + DIGEST_ROWS);
  const companies = await ports.reads.claims.listCompanies(shown.map(({ number }) => number));
  const rows = shown.map((row) => ({ ...row, company: companies.get(row.number) ?? '' }));
  return { id, rows, counts, total: sorted.length, urgent, page, pages };
};
