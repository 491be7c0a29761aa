import type { Sha256, Tx } from '../ports.ts';

/** Facts of an event: ids, statuses, amounts. Never a contact's name or address: those must stay erasable (R34). */
export type AuditFacts = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

export type AuditEvent = {
  /** `claim:1000027`, or another subject whose history is kept. */
  readonly chain: string;
  readonly sequence: number;
  readonly at: Date;
  /** `person:<id>`, `customer`, or `clock`. */
  readonly actor: string;
  readonly what: string;
  readonly facts: AuditFacts;
  readonly previous: string;
  readonly hash: string;
};

export type AuditStore = {
  findLast(chain: string): Promise<{ readonly sequence: number; readonly hash: string } | null>;
  list(chain: string): Promise<readonly AuditEvent[]>;
  /** The last event of each chain; one that has none is not in it. */
  listLast(
    chains: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly sequence: number; readonly hash: string }>>;
  append(events: readonly AuditEvent[]): Promise<void>;
};

/** The chain of a claim's history. */
export const chainOf = (number: number): string => `claim:${number}`;

/** The chain of the deal that was made from a claim: what is done with it changes nothing about the claim. */
export const chainOfReferral = (claimNumber: number): string => `referral:${claimNumber}`;

/** The chain of what a person was given, or lost, and whom they name in their place. */
export const chainOfPerson = (personId: string): string => `person:${personId}`;

/** How a person stands in a history as the one who acted. */
export const byPerson = ({ personId }: { readonly personId: string }): string => `person:${personId}`;

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
  }
  return JSON.stringify(value);
};

const hashOf = (sha256: Sha256, event: Omit<AuditEvent, 'hash'>): string =>
  sha256(canonical({ ...event, at: event.at.toISOString() }));

type NewEvent = Pick<AuditEvent, 'chain' | 'at' | 'actor' | 'what' | 'facts'>;

const following = (
  sha256: Sha256,
  event: NewEvent,
  last: { readonly sequence: number; readonly hash: string } | null,
): AuditEvent => {
  const next = { ...event, sequence: (last?.sequence ?? 0) + 1, previous: last?.hash ?? '' };
  return { ...next, hash: hashOf(sha256, next) };
};

/**
 * Writes the next event of a chain (R33) and returns its sequence number, from 1. The caller holds the subject's row, so
 * nobody else appends meanwhile.
 */
export const audit = async (tx: Pick<Tx, 'audit'>, sha256: Sha256, event: NewEvent): Promise<number> => {
  const next = following(sha256, event, await tx.audit.findLast(event.chain));
  await tx.audit.append([next]);
  return next.sequence;
};

/** The same for many subjects, one event each. */
export const auditAll = async (tx: Pick<Tx, 'audit'>, sha256: Sha256, events: readonly NewEvent[]): Promise<void> => {
  const last = await tx.audit.listLast(events.map(({ chain }) => chain));
  await tx.audit.append(events.map((event) => following(sha256, event, last.get(event.chain) ?? null)));
};

/** The sequence number of the first event that does not follow from the ones before it, or null: the chain holds. */
export const firstBreak = (sha256: Sha256, events: readonly AuditEvent[]): number | null => {
  let previous = '';
  for (const [index, { hash, ...event }] of events.entries()) {
    if (event.sequence !== index + 1 || event.previous !== previous || hashOf(sha256, event) !== hash) {
      return event.sequence;
    }
    previous = hash;
  }
  return null;
};

/** The same for a step that somebody took about a person: their own, or an admin's. The caller holds the person. */
export const auditPerson = (
  tx: Pick<Tx, 'audit'>,
  sha256: Sha256,
  personId: string,
  {
    actor,
    at,
    what,
    facts,
  }: { readonly actor: { readonly personId: string } } & Pick<AuditEvent, 'at' | 'what' | 'facts'>,
): Promise<number> => audit(tx, sha256, { chain: chainOfPerson(personId), at, actor: byPerson(actor), what, facts });
