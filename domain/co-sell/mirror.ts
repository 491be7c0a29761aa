import type { Claim } from '../claims/claim-store.ts';
import { DAY_MS } from '../claims/deadlines.ts';
import type { Engagement } from '../engagements/engagement.ts';
import type { Ports } from '../ports.ts';
import { hearAnswer, takeOver } from './hear-partner-center.ts';
import { changesOf, settledOn } from './merge.ts';
import type { Answer, NewRemoteReferral, PartnerCenter, RemoteReferral, Side } from './partner-center.ts';
import type { Mirror, Referral } from './referral.ts';

/** Longer than looking at one referral should take. Who took longer makes nothing any more, and keeps nothing. */
const HELD_MS = 5 * 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** What changes between looking and writing is looked at again, so often in one go. */
const MOST_ROUNDS = 5;

type Failure = Exclude<Answer<never>, { readonly kind: 'ok' }>;

/** When it is tried again, after so many tries in a row. */
const againAt = (failure: Failure, tries: number, now: Date): Date => {
  // What it does not take may be a moment's trouble the first time, and is not the tenth.
  const patience = Math.min(HOUR_MS * 2 ** tries, DAY_MS);
  const waits = {
    throttled: failure.kind === 'throttled' ? failure.waitMs : 0,
    unsure: Math.min(MINUTE_MS * 2 ** tries, HOUR_MS),
    stale: MINUTE_MS,
    conflict: HOUR_MS,
    // Somebody has to do something first; that it was done is found out soon enough.
    signIn: HOUR_MS,
    refused: patience,
    notFound: patience,
  };
  return new Date(now.getTime() + waits[failure.kind]);
};

/** What a half is made with. Before the customer has agreed, nothing of the person (R27). */
const newHalf = (side: Side, { claim, engagement, referral }: Work): NewRemoteReferral => {
  const { valueCents, closeOn, coSell, claimNumber, mirror } = referral;
  const { company, country, name, email } = claim.contacts.customer;
  const shared = coSell !== null;
  return {
    side,
    groupId: mirror.partner?.groupId ?? null,
    externalReferenceId: String(claimNumber),
    name: `${company}: ${engagement.name.en}`,
    customer: { company, country, contact: shared ? { name, email } : null },
    consent: { contact: shared, share: shared },
    partnerContact: claim.contacts.partner,
    solutionArea: engagement.solutionArea,
    valueCents,
    closeOn,
    notes: `Claim ${claimNumber}: ${engagement.name.en}`,
  };
};

type Work = {
  readonly ports: Ports;
  readonly api: PartnerCenter;
  readonly holder: string;
  /** Until when nobody else is at it. */
  readonly until: Date;
  readonly claim: Claim;
  readonly engagement: Engagement;
  readonly referral: Referral;
};

/** What a look came to. `again`: something moved meanwhile; `lost`: another process has the referral now. */
type Round = 'done' | 'again' | 'lost' | Failure;

/** Keeps what is known of Partner Center's side at once: what comes next may fail. */
const keep = async ({ ports, holder, referral }: Work, mirror: Mirror): Promise<boolean> =>
  ports.inTx((tx) => tx.referrals.keepSync(referral.claimNumber, holder, { mirror }));

/** The half of a side: the one that is known, the one that carries the claim's number, or a new one; null: none is wanted. */
const halfAt = async (work: Work, side: Side, wanted: boolean): Promise<Answer<RemoteReferral | null>> => {
  const { ports, api, until, referral } = work;
  const known = referral.mirror[side];
  if (known !== null) return api.find(known.id);
  // A try of which nobody knows whether it arrived may have made it: it is looked for before another is made.
  const since = new Date((referral.madeAt ?? referral.createdAt).getTime() - DAY_MS);
  const all = await api.listByReference(String(referral.claimNumber), since);
  if (all.kind !== 'ok') return all;
  const there = all.value.find((one) => one.side === side);
  if (there !== undefined) return { kind: 'ok', value: there };
  if (!wanted) return { kind: 'ok', value: null };
  // Whoever took so long to look may not be alone any more, and what was seen is old.
  const enough = until.getTime() - ports.clock.now().getTime() > MINUTE_MS;
  return enough ? api.create(newHalf(side, work)) : { kind: 'unsure', trouble: 'it took too long to look' };
};

/** Brings the partner's own half and the record together; where they agree, the work goes on with what is kept. */
const mirrorOwn = async (work: Work): Promise<Round | { readonly mirror: Mirror }> => {
  const { ports, api, holder, claim, referral } = work;
  const isNew = referral.mirror.partner === null;
  const lost = referral.status === 'Closed' && referral.substatus !== 'Won';
  const half = await halfAt(work, 'partner', !lost);
  if (half.kind !== 'ok') return half;
  // It was lost before anybody was told of it. One that was won is told all the same.
  if (half.value === null) return 'done';
  const { id, groupId, eTag } = half.value;
  const standing = { ...referral.mirror, partner: { id, groupId, eTag } };
  if (isNew && !(await keep(work, standing))) return 'lost';
  const { agreed, taken, change } = changesOf(referral, half.value);
  if (taken !== null) {
    const settled = settledOn(half.value, agreed.shared, agreed.valueCents);
    await takeOver(ports, holder, referral, taken, { ...standing, agreed: settled });
    return 'again';
  }
  let { value } = half;
  if (change !== null) {
    const { valueCents = null, closeOn = null } = change;
    // Should nobody hear whether it arrived, it is not taken for a change that was made there.
    if (!(await keep(work, { ...standing, agreed, telling: { valueCents, closeOn } }))) return 'lost';
    const { name, email } = claim.contacts.customer;
    const who = change.consent === undefined ? {} : { customerContact: { name, email } };
    const changed = await api.change(id, eTag, { ...change, ...who });
    if (changed.kind === 'stale') return 'again';
    if (changed.kind !== 'ok') return changed;
    value = changed.value;
  }
  const mirror = {
    ...standing,
    partner: { id, groupId, eTag: value.eTag },
    agreed: settledOn(value, agreed.shared || change?.consent !== undefined, referral.valueCents),
    telling: null,
  };
  return (await keep(work, mirror)) ? { mirror } : 'lost';
};

/** Makes Microsoft's half of an upgraded deal (R27), and hears what its sellers say. */
const mirrorMicrosofts = async (work: Work): Promise<Round> => {
  const { ports, referral } = work;
  const { coSell, status, mirror } = referral;
  if (coSell === null) return 'done';
  // Nobody is asked any more about a deal that ended before it could be told.
  const half = await halfAt(work, 'microsoft', status === 'Active' && (coSell === 'asked' || coSell === 'taken'));
  if (half.kind !== 'ok') return half;
  if (half.value === null) return 'done';
  const { id, groupId, eTag, status: theirs, substatus } = half.value;
  const heard = { ...mirror, microsoft: { id, groupId, eTag, status: theirs, substatus } };
  if (!(await keep(work, heard))) return 'lost';
  await hearAnswer(ports, referral, heard);
  return 'done';
};

const mirrorOnce = async (work: Work): Promise<Round> => {
  const own = await mirrorOwn(work);
  if (typeof own === 'string' || 'kind' in own) return own;
  return mirrorMicrosofts({ ...work, referral: { ...work.referral, mirror: own.mirror } });
};

/**
 * R29: brings a referral and Partner Center together, whichever of them changed: both halves are made once, in order,
 * whatever failed half-way before; one process at a time is at it. What fails is tried again later, for as long as it
 * takes. What has nothing to tell, is being told by another process, or is not of the organisation that Partner Center
 * knows, is left alone. Returns what Partner Center said against it, or null.
 */
export const mirrorReferral = async (ports: Ports, api: PartnerCenter, claimNumber: number): Promise<string | null> => {
  const claim = await ports.reads.claims.find(claimNumber);
  const tenantId = claim && (await ports.reads.people.findTenant(claim.organisationId));
  if (claim === null || tenantId !== ports.settings.partnerCenter?.tenantId) return null;
  const holder = ports.random.id();
  const begun = ports.clock.now();
  const until = new Date(begun.getTime() + HELD_MS);
  const held = await ports.inTx((tx) => tx.referrals.holdForSync(claimNumber, holder, begun, until));
  if (held === null) return null;
  const engagement = await ports.reads.engagements.findVersion(claim.engagementVersionId);
  if (engagement === null) throw new Error(`claim ${claimNumber} has no engagement version`);
  let round: Round = 'again';
  let referral: Referral = held;
  for (let rounds = 0; round === 'again' && rounds < MOST_ROUNDS; rounds += 1) {
    if (rounds > 0) referral = (await ports.reads.referrals.find(claimNumber)) ?? referral;
    round =
      referral.status === 'None'
        ? 'done'
        : await mirrorOnce({ ports, api, holder, until, claim, engagement, referral });
  }
  if (round === 'lost') return null;
  const failure: Failure | null = round === 'done' ? null : round === 'again' ? { kind: 'stale' } : round;
  const trouble = failure && ('trouble' in failure ? failure.trouble : failure.kind);
  await ports.inTx((tx) =>
    tx.referrals.keepSync(claimNumber, holder, {
      mirroredRevision: failure === null ? referral.revision : referral.mirroredRevision,
      done: {
        from: held.syncAt,
        syncAt: failure && againAt(failure, held.syncTries, ports.clock.now()),
        tries: failure === null || failure.kind === 'throttled' ? 0 : held.syncTries + 1,
        trouble,
      },
    }),
  );
  return trouble;
};

const BATCH = 50;

/** Puts on its way what Partner Center is to be told by now, and was not. Returns how many referrals there were. */
export const retryReferrals = async (ports: Ports): Promise<number> => {
  const { partnerCenter } = ports.settings;
  if (partnerCenter === null) return 0;
  const due = await ports.reads.referrals.listToSync(partnerCenter.tenantId, ports.clock.now(), BATCH);
  if (due.length > 0) await ports.inTx((tx) => tx.referrals.queueSync(due));
  return due.length;
};
