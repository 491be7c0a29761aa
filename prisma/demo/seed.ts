import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit, byPerson, chainOf } from '../../domain/audit/chain.ts';
import { advanceClaim } from '../../domain/claims/advance-claim.ts';
import type { Claim, NewClaim } from '../../domain/claims/claim-store.ts';
import { consentClock } from '../../domain/claims/consent-clock.ts';
import { endOfWindow } from '../../domain/claims/deadlines.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { TRANSITIONS, type TransitionName } from '../../domain/claims/transitions.ts';
import { coSellConditions } from '../../domain/co-sell/conditions.ts';
import { noteReferral } from '../../domain/co-sell/history.ts';
import { makeReferral } from '../../domain/co-sell/make-referral.ts';
import { MAIL_VERSION } from '../../domain/consent/consent-store.ts';
import { catalogueSchema, type Engagement } from '../../domain/engagements/engagement.ts';
import { marketOf } from '../../domain/engagements/markets.ts';
import { nextWarning } from '../../domain/notices/reminders.ts';
import type { Tx } from '../../domain/ports.ts';
import type { Database } from '../database.ts';
import { claimStore } from '../stores/claims.ts';
import { customerStore } from '../stores/customers.ts';
import type { Db } from '../stores/db.ts';
import { auditStore } from '../stores/records.ts';
import { referralStore } from '../stores/referrals.ts';
import { type World, worldSchema } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

export const demoWorld = (): World => worldSchema.parse(readJson('world.json'));
/** The same name always gets the same id, so that demo databases are alike. */
const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const demoCatalogue = (): readonly Engagement[] =>
  catalogueSchema
    .parse(readJson('catalogue.json'))
    .map((version) => ({ ...version, id: idOf(`${version.slug}/${version.version}`) }));

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

type Past = World['history'][number];

/** The way a claim came to where it stands. */
const WAYS: Record<Past['status'], readonly TransitionName[]> = {
  CUSTOMER_CLAIMED: [],
  AWAITING_CONSENT: ['sendConsent'],
  CONSENT_RECEIVED: ['sendConsent', 'acceptConsent'],
  CONSENT_DECLINED: ['sendConsent', 'declineConsent'],
  CONSENT_EXPIRED: ['sendConsent', 'expireConsent'],
  CANCELED: ['sendConsent', 'cancel'],
};

type Place = Pick<NewClaim, 'organisationId' | 'ownerId' | 'locationId' | 'customerId' | 'tenantId'>;

/** What became of the deal with a step of its claim. Nobody was asked yet whether sellers may see it. */
const seedReferral = async (
  tx: Pick<Tx, 'audit' | 'customers' | 'referrals'>,
  claim: Claim,
  engagement: Engagement,
  step: TransitionName,
  past: Past,
  by: { readonly actor: string; readonly at: Date },
): Promise<void> => {
  const { number } = claim;
  const ports = { sha256, random: { id: () => idOf(`referral of ${past.name}`), token: () => '' } };
  if (step === 'sendConsent') await makeReferral(ports, tx, claim, engagement, (past.dealSizeUsd ?? 0) * 100, by);
  if ((await tx.referrals.find(number)) === null) return;
  if (step === 'acceptConsent') {
    const flags = { mayContact: false, mayShare: false };
    const conditions = await coSellConditions(tx, claim, engagement, flags, true);
    await tx.referrals.change(number, { coSellConditions: conditions }, by.at);
    await noteReferral(ports, tx, number, 'notUpgraded', by);
  }
  if (step === 'cancel') {
    const closed = { status: 'Closed', substatus: 'Lost', statusReason: 'claimCanceled' } as const;
    await tx.referrals.change(number, closed, by.at);
    await noteReferral(ports, tx, number, 'closed', { ...by, facts: { reason: 'claimCanceled' } });
  }
};

/** Walks one past claim through the transition table, as people once did. */
const seedClaim = async (db: Db, past: Past, place: Place, engagement: Engagement, now: Date) => {
  // Nobody was told of anything yet.
  const notices = { moved: async () => {} };
  const tx = {
    ...{ audit: auditStore(db), claims: claimStore(db), customers: customerStore(db), notices },
    // Nor does anybody wait to be told.
    referrals: referralStore(db, async () => {}),
  };
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const createdAt = ago(past.createdDaysAgo);
  const lastAt = ago(past.consentedDaysAgo ?? past.endedDaysAgo ?? past.createdDaysAgo);
  const { customer, partner } = past.contacts;
  const market = marketOf(customer.country);
  const number = await tx.claims.add({
    ...place,
    engagementVersionId: engagement.id,
    engagementSlug: engagement.slug,
    kind: 'added',
    name: past.name,
    identifier: past.identifier,
    mismatchReason: null,
    market,
    hours: null,
    opportunityValueCents: null,
    createdAt,
    ...consentClock(createdAt, engagement),
    contacts: { customer, partner },
  });
  if (number === null) throw new Error(`demo history holds two open claims for one: ${past.name}`);
  const chain = chainOf(number);
  const owner = byPerson({ personId: place.ownerId });
  await audit(tx, sha256, { chain, at: createdAt, actor: owner, what: 'added', facts: { demo: true } });
  // A claim without a deal size was never asked about.
  const way = WAYS[past.status].filter((step) => step !== 'sendConsent' || past.dealSizeUsd !== undefined);
  for (const step of way) {
    const claim = await tx.claims.find(number);
    if (claim === null) throw new Error(`demo claim ${number} is gone`);
    const { by, to } = TRANSITIONS[step];
    const at = step === 'sendConsent' ? createdAt : lastAt;
    const change = {
      ...(isTerminal(to) ? { dueAt: null } : {}),
      ...(step === 'sendConsent' ? { dealSizeCents: (past.dealSizeUsd ?? 0) * 100 } : {}),
      ...(step === 'acceptConsent'
        ? {
            consentedAt: at,
            rateVersionId: engagement.id,
            dueAt: endOfWindow(at, engagement.windows.submit),
          }
        : {}),
    };
    await advanceClaim(
      tx,
      sha256,
      claim,
      step,
      { actor: by === 'partner' ? owner : by, at, facts: { demo: true } },
      change,
    );
    if (step === 'acceptConsent') await tx.customers.know(claim, at);
    await seedReferral(tx, claim, engagement, step, past, { actor: by === 'partner' ? owner : by, at });
    if (step === 'sendConsent') {
      await audit(tx, sha256, { chain, at, actor: 'clock', what: 'mailed', facts: { demo: true } });
    }
  }
  const open = await tx.claims.find(number);
  // What was to be said before anybody could hear it is left unsaid.
  if (open !== null) await tx.claims.warnNext([{ number, warnAt: nextWarning(open, now) }]);
  if (!way.includes('sendConsent')) return;
  const answer = way.includes('acceptConsent') ? 'accept' : way.includes('declineConsent') ? 'decline' : null;
  await db.consentRequest.create({
    data: {
      id: idOf(`consent for ${past.name}`),
      claimNumber: number,
      sentById: place.ownerId,
      toName: customer.name,
      toEmail: customer.email,
      language: customer.language,
      state: answer !== null ? 'answered' : isTerminal(past.status) ? 'void' : 'open',
      mailState: 'mailed',
      mailVersion: MAIL_VERSION,
      createdAt,
      mailedAt: createdAt,
      ...(answer === null ? {} : { answer, answeredAt: lastAt, typedName: customer.name }),
    },
  });
};

const seedHistory = async (db: Db, world: World, catalogue: readonly Engagement[], now: Date) => {
  const customers = new Map(
    world.customers.flatMap(({ name, identifiers }) =>
      identifiers.map(({ type, value }) => [`${type}:${value}`, idOf(name)] as const),
    ),
  );
  for (const past of world.history) {
    const { type, value } = past.identifier;
    const engagement = catalogue.find(({ slug }) => slug === past.engagement);
    const customerId = customers.get(`${type}:${value}`);
    const location = world.locations.find((place) => place.partnerId === past.location);
    if (!engagement || !customerId || !location) throw new Error(`demo history names something unknown: ${past.name}`);
    const place = {
      organisationId: idOf(past.organisation),
      ownerId: idOf(`${past.organisation}/${past.owner}`),
      locationId: location.id,
      customerId,
      tenantId: type === 'domain' ? (world.directory[value]?.tenantId ?? null) : null,
    };
    await seedClaim(db, past, place, engagement, now);
  }
};

const seedWorld = async (db: Db, world: World, now: Date) => {
  const catalogue = demoCatalogue();
  await db.organisation.createMany({
    data: world.organisations.map(({ tenantId, name, kind }) => ({ id: idOf(tenantId), tenantId, name, kind })),
  });
  await db.location.createMany({
    data: world.locations.map(({ organisation, designations, ...place }) => ({
      ...place,
      organisationId: idOf(organisation),
      facts: designations === null ? {} : { designations },
    })),
  });
  await db.person.createMany({
    data: world.people.map(({ roles: _roles, ...person }) => ({
      ...person,
      id: idOf(`${person.tenantId}/${person.objectId}`),
      organisationId: idOf(person.tenantId),
      createdAt: now,
    })),
  });
  await db.roleGrant.createMany({
    data: world.people.flatMap(({ tenantId, objectId, roles }) =>
      roles.map(({ role, scope }) => ({ personId: idOf(`${tenantId}/${objectId}`), role, scope, grantedAt: now })),
    ),
  });
  await db.engagementVersion.createMany({
    data: catalogue.map(({ id, ...definition }) => ({
      id,
      slug: definition.slug,
      version: definition.version,
      definition,
      effectiveFrom: new Date(`${definition.effectiveFrom}T00:00:00Z`),
      effectiveTo: definition.effectiveTo === undefined ? null : new Date(`${definition.effectiveTo}T23:59:59Z`),
    })),
  });
  await db.customer.createMany({
    data: world.customers.map(({ name }) => ({ id: idOf(name), name, createdAt: now })),
  });
  await db.identifier.createMany({
    data: world.customers.flatMap(({ name, identifiers }) =>
      identifiers.map(({ type, value, facts, source, verifiedOn }) => ({
        customerId: idOf(name),
        type,
        value,
        source,
        ...(facts === null ? {} : { facts }),
        verifiedOn: verifiedOn === null ? null : new Date(verifiedOn),
      })),
    ),
  });
  await db.opportunity.createMany({
    data: world.opportunities.map(({ valueUsd, ...opportunity }) => ({
      ...opportunity,
      valueCents: valueUsd === null ? null : valueUsd * 100,
      updatedAt: now,
    })),
  });
  await seedHistory(db, world, catalogue, now);
};

/** Fills an empty database with the demo world, whole or not at all; does nothing where there is an organisation already. */
export const seedDemo = async ({ prisma }: Pick<Database, 'prisma'>, now: Date): Promise<void> => {
  if ((await prisma.organisation.count()) > 0) return;
  await prisma.$transaction((db) => seedWorld(db, demoWorld(), now));
};
