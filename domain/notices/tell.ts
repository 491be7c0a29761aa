import type { Claim } from '../claims/claim-store.ts';
import { mayOpenReferral } from '../co-sell/referral.ts';
import type { Ports, Tx } from '../ports.ts';
import {
  type Audience,
  type Bundle,
  type ClaimFact,
  digestKey,
  isDealFact,
  isListener,
  isReminder,
  type Listener,
  listenerId,
  type Notice,
} from './notice.ts';
import { endOfQuiet, nextSlot } from './slots.ts';
import { type Hearing, hears, isExpiry } from './subscription.ts';

const MINUTE_MS = 60_000;

type Subject = Partial<Pick<Notice, 'claimNumber' | 'accessRequestId' | 'facts'>>;

/** A new notice; `occasion` and the listener make its key, so no sweep, replica or retry says it twice (R30). */
const newNotice = (
  { random }: Pick<Ports, 'random'>,
  kind: Notice['kind'],
  audience: Audience,
  occasion: string,
  subject: Subject,
  at: Date,
): Notice => ({
  id: random.id(),
  key: isListener(audience) ? `${occasion}:${listenerId(audience)}` : occasion,
  kind,
  audience,
  claimNumber: null,
  accessRequestId: null,
  facts: {},
  ...subject,
  createdAt: at,
});

/** Keeps one notice, to be said at once. */
export const tell = (
  ports: Pick<Ports, 'random'>,
  tx: Pick<Tx, 'notices'>,
  kind: Notice['kind'],
  audience: Audience,
  occasion: string,
  subject: Subject,
  at: Date,
): Promise<void> => tx.notices.tell(newNotice(ports, kind, audience, occasion, subject, at));

/** Where no channel takes what is to be decided about a claim, the program admins hear in their own chats. */
export const tellProgramAdmins = async (
  ports: Pick<Ports, 'random'>,
  tx: Pick<Tx, 'notices' | 'people'>,
  kind: 'reviewNoChannel' | 'coSellNoChannel',
  occasion: string,
  claimNumber: number,
  at: Date,
): Promise<void> => {
  for (const { personId } of await tx.people.listProgramAdmins()) {
    await tell(ports, tx, kind, { personId }, occasion, { claimNumber }, at);
  }
};

/** What is needed of a claim to know who hears of it. */
export type Told = Pick<
  Claim,
  'number' | 'organisationId' | 'ownerId' | 'submittedById' | 'engagementSlug' | 'dueAt'
> & {
  readonly location: { readonly id: string };
};

/** One fact about a claim. `occasion` tells it from others of the same claim; `since`: when it came to be so. */
export type Fact = {
  readonly claim: Told;
  readonly kind: ClaimFact;
  readonly occasion: string;
  readonly since: Date;
};

/** When somebody hears it; null: at once. A slot that nobody was there to keep is made up for at once. */
const whenFor = ({ subscription, timeZone }: Hearing, { kind, since }: Fact, at: Date): Date | null => {
  const waits = isReminder(kind) || (isExpiry(kind) && subscription.expiredLater);
  const slot = waits ? nextSlot(subscription, timeZone, since) : at;
  return slot > at ? slot : endOfQuiet(subscription, timeZone, at);
};

/** What several processes find due at one moment is said together. */
const minuteOf = (at: Date): Date => new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);

type Way = {
  readonly at: Date;
  /** Who brought it about, where a person did. */
  readonly by?: string;
  /** Many come at one moment: what is said at once is said together. */
  readonly together?: true;
};

/** Who works on the claims: their owners, and whoever asked for consent or submitted last. */
const partnersOf = async (tx: Pick<Tx, 'consent'>, claims: readonly Told[]) => {
  const senders = await tx.consent.listSenders(claims.map(({ number }) => number));
  return (claim: Told): readonly string[] => [
    ...new Set([claim.ownerId, senders.get(claim.number) ?? claim.ownerId, claim.submittedById ?? claim.ownerId]),
  ];
};

/** And of what happens to their deals: whoever keeps those (R2). */
const keepersOf = async (tx: Pick<Tx, 'people'>, facts: readonly Fact[]) => {
  const deals = facts.filter(({ kind }) => isDealFact(kind)).map(({ claim }) => claim);
  const organisations = [...new Set(deals.map(({ organisationId }) => organisationId))];
  const admins = organisations.length === 0 ? [] : await tx.people.listReferralsAdmins(organisations);
  return ({ claim, kind }: Fact): readonly string[] =>
    isDealFact(kind) ? admins.filter((admin) => mayOpenReferral(admin, claim)).map(({ personId }) => personId) : [];
};

/**
 * Tells facts about claims to everybody who hears of them (R31): the people of the partner who work on each, or keep its
 * deal, and the channels that have subscribed; at once, or with a digest, as each has it.
 */
export const tellOfClaims = async (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  facts: readonly Fact[],
  { at, by, together }: Way,
): Promise<void> => {
  const partners = await partnersOf(
    tx,
    facts.map(({ claim }) => claim),
  );
  const keepers = await keepersOf(tx, facts);
  const whoOf = (fact: Fact) => [...new Set([...partners(fact.claim), ...keepers(fact)])];
  const people = [...new Set(facts.flatMap(whoOf))];
  const [listening, channels] = await Promise.all([
    tx.subscriptions.listPeople(people),
    tx.subscriptions.listChannels([...new Set(facts.map(({ claim }) => claim.organisationId))]),
  ]);
  const personal = new Map(listening.map((hearing) => [listenerId(hearing.subscription.listener), hearing]));
  const direct: Notice[] = [];
  const bundles = new Map<string, { listener: Listener; sayAt: Date; items: Notice[] }>();
  for (const fact of facts) {
    const { claim, kind, occasion } = fact;
    const own = whoOf(fact).flatMap((personId) => personal.get(listenerId({ personId })) ?? []);
    for (const hearing of [...own, ...channels]) {
      const { listener, ownActions } = hearing.subscription;
      if (!hears(hearing.subscription, claim, kind)) continue;
      if (!ownActions && by !== undefined && 'personId' in listener && listener.personId === by) continue;
      const subject = { claimNumber: claim.number, facts: isReminder(kind) ? dueFacts(claim) : {} };
      const notice = newNotice(ports, kind, listener, `claim:${claim.number}:${occasion}`, subject, at);
      const sayAt = whenFor(hearing, fact, at) ?? (together ? minuteOf(at) : null);
      if (sayAt === null) {
        direct.push(notice);
        continue;
      }
      const key = digestKey({ listener, sayAt });
      const bundle = bundles.get(key) ?? { listener, sayAt, items: [] };
      bundle.items.push(notice);
      bundles.set(key, bundle);
    }
  }
  if (direct.length > 0) await tx.notices.tellAll(direct);
  await gatherAll(ports, tx, [...bundles.values()], at);
};

/** Of which deadline a reminder speaks: once it is another, the reminder is not true any more. */
const dueFacts = ({ dueAt }: Pick<Claim, 'dueAt'>): Notice['facts'] =>
  dueAt === null ? {} : { dueAt: dueAt.toISOString() };

/** Keeps facts for digests to come. */
const gatherAll = async (
  { random }: Pick<Ports, 'random'>,
  tx: Pick<Tx, 'notices'>,
  bundles: readonly Bundle[],
  at: Date,
): Promise<void> => {
  if (bundles.length === 0) return;
  // In one order everywhere: two who keep facts for the same digests do not wait for each other.
  const sorted = bundles.toSorted((a, b) => (digestKey(a) < digestKey(b) ? -1 : 1));
  await tx.notices.gather(
    sorted,
    sorted.map(() => random.id()),
    at,
  );
};

/** Says a fact about a claim to one listener at a later time. */
export const tellAgain = (
  ports: Pick<Ports, 'random'>,
  tx: Pick<Tx, 'notices'>,
  { claim, kind, occasion }: Omit<Fact, 'since'>,
  listener: Listener,
  sayAt: Date,
  at: Date,
): Promise<void> => {
  const subject = { claimNumber: claim.number, facts: dueFacts(claim) };
  const items = [newNotice(ports, kind, listener, `claim:${claim.number}:${occasion}`, subject, at)];
  return gatherAll(ports, tx, [{ listener, sayAt, items }], at);
};

/** Tells one fact about a claim at once (R23), where nobody's quiet hours keep it. */
export const tellPartner = (
  ports: Pick<Ports, 'random'>,
  tx: Tx,
  claim: Told,
  kind: ClaimFact,
  occasion: string,
  at: Date,
  by?: string,
): Promise<void> =>
  tellOfClaims(ports, tx, [{ claim, kind, occasion, since: at }], { at, ...(by === undefined ? {} : { by }) });
