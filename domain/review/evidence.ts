import { audit, byPerson, chainOf } from '../audit/chain.ts';
import type { Claim } from '../claims/claim-store.ts';
import { holdClaim } from '../claims/hold-claim.ts';
import { type Command, carryOut } from '../commands.ts';
import type { Engagement } from '../engagements/engagement.ts';
import { firstNag } from '../notices/reminders.ts';
import type { Actor } from '../people/actor.ts';
import type { Ports, Tx } from '../ports.ts';
import { oneLine, requiredLine, requiredText, type TextFault } from '../typed.ts';
import { AMENDABLE, canAmend, isAllGiven, lastAbout } from './checklist.ts';

export const MOST_TITLE = 100;
export const MOST_NOTE = 300;
/** Six of them, with their notes, still fit a card. */
const MOST_URL = 1_000;

export type EvidenceFault = TextFault | { readonly code: 'link.invalid' | 'link.notHttps' | 'link.password' };
type EvidenceField = 'title' | 'url' | 'note';
type EvidenceFaults = readonly { readonly field: EvidenceField; readonly fault: EvidenceFault }[];

/**
 * An https address as it is kept. It is never fetched, so it may lead into the partner's own network; whoever follows it
 * does so with their own browser and sign-in. One that holds a password would show it to all who see the claim.
 */
const parseLink = (raw: string): { readonly value: string } | { readonly fault: EvidenceFault } => {
  const line = requiredLine(raw, MOST_URL);
  if ('fault' in line) return line;
  if (!URL.canParse(line.value) || /\s/.test(line.value)) return { fault: { code: 'link.invalid' } };
  const url = new URL(line.value);
  if (url.protocol !== 'https:') return { fault: { code: 'link.notHttps' } };
  if (url.username !== '' || url.password !== '') return { fault: { code: 'link.password' } };
  if (url.href.length > MOST_URL) {
    return { fault: { code: 'text.tooLong', most: MOST_URL, typed: url.href.length } };
  }
  return { value: url.href };
};

const compact = (raw: string, most: number) => requiredText(oneLine(raw), most);

export type EvidenceOutcome =
  | { readonly kind: 'kept' | 'removed'; readonly claim: number }
  | { readonly kind: 'faults'; readonly faults: EvidenceFaults }
  /** A colleague changed it meanwhile; what was typed is not kept. */
  | { readonly kind: 'changed'; readonly claim: number }
  /** It stands frozen, or the engagement asks for no such thing. */
  | { readonly kind: 'tooLate' | 'noSuchClaim'; readonly claim: number };

/** Which item, and the number of the newest line about it that the person saw: another's link is not replaced unseen. */
type Where = { readonly claim: number; readonly item: string; readonly seen: number };

/** The claim, held, when the person may change its evidence now; otherwise the outcome. */
const heldClaim = async (
  tx: Tx,
  actor: Actor,
  { claim: number, item, seen }: Where,
  now: Date,
): Promise<{ readonly claim: Claim; readonly engagement: Engagement } | { readonly outcome: EvidenceOutcome }> => {
  const claim = await holdClaim(tx, actor, number);
  if (claim === null) return { outcome: { kind: 'noSuchClaim', claim: number } };
  const engagement = await tx.engagements.findVersion(claim.engagementVersionId);
  const asked = engagement?.evidence?.some(({ key }) => key === item) ?? false;
  if (engagement === null || !asked || !canAmend(claim, now)) return { outcome: { kind: 'tooLate', claim: number } };
  const last = lastAbout(item, await tx.audit.list(chainOf(number)));
  return last === seen ? { claim, engagement } : { outcome: { kind: 'changed', claim: number } };
};

/** Adds the link of an item, or puts another in its place (R24). */
export const keepEvidence = async (
  ports: Ports,
  actor: Actor,
  command: Command,
  where: Where,
  typed: Readonly<Record<string, string>>,
): Promise<EvidenceOutcome> => {
  const title = compact(typed.title ?? '', MOST_TITLE);
  const url = parseLink(typed.url ?? '');
  const note = oneLine(typed.note ?? '') === '' ? { value: null } : compact(typed.note ?? '', MOST_NOTE);
  if ('fault' in title || 'fault' in url || 'fault' in note) {
    const faults = Object.entries({ title, url, note }).flatMap(([field, result]) =>
      'fault' in result ? [{ field: field as EvidenceField, fault: result.fault }] : [],
    );
    return { kind: 'faults', faults };
  }
  const link = { item: where.item, title: title.value, url: url.value, note: note.value };
  return carryOut<EvidenceOutcome>(ports, actor, command, async (tx, at) => {
    const found = await heldClaim(tx, actor, where, at);
    if ('outcome' in found) return found.outcome;
    const before = (await tx.claims.listEvidence(where.claim)).map(({ item }) => item);
    const kept = { ...link, addedById: actor.personId, addedAt: at };
    if (!(await tx.claims.putEvidence(where.claim, AMENDABLE, kept))) return { kind: 'tooLate', claim: where.claim };
    const facts = {
      item: where.item,
      linkHash: ports.sha256(JSON.stringify([link.title, link.url, link.note])),
    };
    const what = before.includes(where.item) ? 'evidenceReplaced' : 'evidenceAdded';
    await audit(tx, ports.sha256, { chain: chainOf(where.claim), at, actor: byPerson(actor), what, facts });
    // R24: nobody reviews it before it is submitted, so that is soon spoken of.
    if (found.claim.status === 'CONSENT_RECEIVED' && isAllGiven(found.engagement, [...before, where.item])) {
      await tx.claims.warnBy(where.claim, firstNag(at));
    }
    return { kind: 'kept', claim: where.claim };
  });
};

export const removeEvidence = (ports: Ports, actor: Actor, command: Command, where: Where): Promise<EvidenceOutcome> =>
  carryOut<EvidenceOutcome>(ports, actor, command, async (tx, at) => {
    const found = await heldClaim(tx, actor, where, at);
    if ('outcome' in found) return found.outcome;
    if (!(await tx.claims.removeEvidence(where.claim, AMENDABLE, where.item))) {
      return { kind: 'tooLate', claim: where.claim };
    }
    const facts = { item: where.item };
    const event = { chain: chainOf(where.claim), at, actor: byPerson(actor), what: 'evidenceRemoved', facts };
    await audit(tx, ports.sha256, event);
    return { kind: 'removed', claim: where.claim };
  });
