import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { audit } from '../../domain/audit/chain.ts';
import { endOfWindow } from '../../domain/claims/deadlines.ts';
import { chainOf } from '../../domain/claims/show-claim.ts';
import { isTerminal } from '../../domain/claims/status.ts';
import { catalogueSchema, type Engagement } from '../../domain/engagements/engagement.ts';
import { marketOf } from '../../domain/engagements/markets.ts';
import type { Database } from '../database.ts';
import { claimStore } from '../stores/claims.ts';
import type { Db } from '../stores/db.ts';
import { auditStore } from '../stores/records.ts';
import { type World, worldSchema } from './world.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));

export const demoWorld = (): World => worldSchema.parse(readJson('world.json'));
const demoCatalogue = () => catalogueSchema.parse(readJson('catalogue.json'));

/** The same name always gets the same id, so that demo databases are alike. */
const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

const seedHistory = async (db: Db, world: World, now: Date) => {
  const tx = { audit: auditStore(db), claims: claimStore(db) };
  const versions = new Map((await db.engagementVersion.findMany()).map((row) => [row.slug, row]));
  const customers = new Map(
    (await db.identifier.findMany()).map((row) => [`${row.type}:${row.value}`, row.customerId]),
  );
  for (const past of world.history) {
    const version = versions.get(past.engagement);
    const customerId = customers.get(`${past.identifier.type}:${past.identifier.value}`);
    const location = world.locations.find((place) => place.partnerId === past.location);
    if (!version || !customerId || !location) throw new Error(`demo history names something unknown: ${past.name}`);
    const { windows } = version.definition as Engagement;
    const createdAt = new Date(now.getTime() - past.createdDaysAgo * DAY_MS);
    const organisationId = idOf(past.organisation);
    const ownerId = idOf(`${past.organisation}/${past.owner}`);
    const tenantId =
      past.identifier.type === 'domain' ? (world.directory[past.identifier.value]?.tenantId ?? null) : null;
    const number = await tx.claims.add({
      organisationId,
      ownerId,
      locationId: location.id,
      customerId,
      engagementVersionId: version.id,
      engagementSlug: past.engagement,
      name: past.name,
      identifier: past.identifier,
      tenantId,
      mismatchReason: null,
      market: marketOf(past.contacts.customer.country),
      createdAt,
      dueAt: endOfWindow(createdAt, windows.consent),
      contacts: past.contacts,
    });
    if (number === null) throw new Error(`demo history holds two open claims for one: ${past.name}`);
    const consentedAt =
      past.consentedDaysAgo === undefined ? null : new Date(now.getTime() - past.consentedDaysAgo * DAY_MS);
    const endedAt = past.endedDaysAgo === undefined ? null : new Date(now.getTime() - past.endedDaysAgo * DAY_MS);
    const dueAt =
      consentedAt === null ? endOfWindow(createdAt, windows.consent) : endOfWindow(consentedAt, windows.submit);
    const statusAt = endedAt ?? consentedAt ?? createdAt;
    await tx.claims.advance(number, ['CUSTOMER_CLAIMED'], {
      status: past.status,
      statusAt,
      dueAt: isTerminal(past.status) ? null : dueAt,
      ...(consentedAt === null ? {} : { consentedAt }),
      ...(past.dealSizeUsd === undefined ? {} : { dealSizeCents: past.dealSizeUsd * 100 }),
    });
    const actor = `person:${ownerId}`;
    await audit(tx, sha256, { chain: chainOf(number), at: createdAt, actor, what: 'added', facts: { demo: true } });
    const what = HISTORY[past.status];
    if (what === undefined) continue;
    const by =
      what === 'acceptConsent' || what === 'declineConsent' ? 'customer' : what === 'expireConsent' ? 'clock' : actor;
    await audit(tx, sha256, { chain: chainOf(number), at: statusAt, actor: by, what, facts: { demo: true } });
  }
};

const HISTORY: Partial<Record<World['history'][number]['status'], string>> = {
  AWAITING_CONSENT: 'sendConsent',
  CONSENT_RECEIVED: 'acceptConsent',
  CONSENT_DECLINED: 'declineConsent',
  CONSENT_EXPIRED: 'expireConsent',
  CANCELED: 'cancel',
};

const seedWorld = async (db: Db, world: World, now: Date) => {
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
    data: demoCatalogue().map((engagement) => ({
      id: idOf(`${engagement.slug}/${engagement.version}`),
      slug: engagement.slug,
      version: engagement.version,
      definition: engagement,
      effectiveFrom: new Date(`${engagement.effectiveFrom}T00:00:00Z`),
      effectiveTo: engagement.effectiveTo === undefined ? null : new Date(`${engagement.effectiveTo}T23:59:59Z`),
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
  await seedHistory(db, world, now);
};

/** Fills an empty database with the demo world, whole or not at all; does nothing where there is an organisation already. */
export const seedDemo = async ({ prisma }: Pick<Database, 'prisma'>, now: Date): Promise<void> => {
  if ((await prisma.organisation.count()) > 0) return;
  await prisma.$transaction((db) => seedWorld(db, demoWorld(), now));
};
