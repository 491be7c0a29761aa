import type { Claim, ClaimKind, ClaimScope, ClaimStore } from '../../domain/claims/claim-store.ts';
import { type Contacts, customerContactSchema, partnerContactSchema } from '../../domain/claims/contacts.ts';
import { type ClaimStatus, isTerminal } from '../../domain/claims/status.ts';
import type { IdentifierType } from '../../domain/customers/identifier.ts';
import type { Market } from '../../domain/engagements/markets.ts';
import type { ContactModel } from '../generated/models.ts';
import type { Db } from './db.ts';

const openKey = (claim: { organisationId: string; engagementSlug: string; customerId: string }): string =>
  `${claim.organisationId}:${claim.engagementSlug}:${claim.customerId}`;

const within = ({ organisationId, locationIds }: ClaimScope) => ({
  organisationId,
  ...(locationIds === 'all' ? {} : { locationId: { in: [...locationIds] } }),
});

const contactRows = (claimNumber: number, { customer, partner }: Contacts) => [
  { claimNumber, side: 'customer', ...customer },
  { claimNumber, side: 'partner', ...partner },
];

const asContacts = (rows: readonly ContactModel[]): Contacts => ({
  customer: customerContactSchema.parse(rows.find((row) => row.side === 'customer')),
  partner: partnerContactSchema.parse(rows.find((row) => row.side === 'partner')),
});

/** R15: whether evidence of the claim may still change. The caller holds the claim. */
const standsIn = async (db: Db, number: number, from: readonly ClaimStatus[]): Promise<boolean> =>
  (await db.claim.count({ where: { number, status: { in: [...from] }, pausedDueAt: null } })) === 1;

const include = { contacts: true, location: true, organisation: true } as const;

export const claimStore = (db: Db): ClaimStore => ({
  add: async ({ contacts, identifier, ...claim }) => {
    const [created] = await db.claim.createManyAndReturn({
      data: {
        ...claim,
        status: 'CUSTOMER_CLAIMED',
        statusAt: claim.createdAt,
        openKey: openKey(claim),
        opportunityKey: identifier.type === 'msxOpportunityId' ? identifier.value : null,
        identifierType: identifier.type,
        identifierValue: identifier.value,
      },
      skipDuplicates: true,
      select: { number: true },
    });
    if (created === undefined) return null;
    await db.contact.createMany({ data: contactRows(created.number, contacts) });
    return created.number;
  },
  find: async (number) => {
    const row = await db.claim.findUnique({ where: { number }, include });
    if (row === null) return null;
    const { location, dealSizeCents } = row;
    return {
      number: row.number,
      organisationId: row.organisationId,
      organisationName: row.organisation.name,
      ownerId: row.ownerId,
      location: { id: location.id, name: location.name, partnerId: location.partnerId },
      customerId: row.customerId,
      engagementVersionId: row.engagementVersionId,
      engagementSlug: row.engagementSlug,
      kind: row.kind as ClaimKind,
      name: row.name,
      status: row.status as ClaimStatus,
      statusAt: row.statusAt,
      identifier: { type: row.identifierType as IdentifierType, value: row.identifierValue },
      tenantId: row.tenantId,
      mismatchReason: row.mismatchReason,
      market: row.market as Market,
      rateVersionId: row.rateVersionId,
      dealSizeCents: dealSizeCents === null ? null : Number(dealSizeCents),
      hours: row.hours,
      opportunityValueCents: row.opportunityValueCents === null ? null : Number(row.opportunityValueCents),
      createdAt: row.createdAt,
      consentedAt: row.consentedAt,
      dueAt: row.dueAt,
      submittedAt: row.submittedAt,
      submittedById: row.submittedById,
      pausedDueAt: row.pausedDueAt,
      disputedAt: row.disputedAt,
      amountCents: row.amountCents === null ? null : Number(row.amountCents),
      remindAt: row.remindAt,
      remindsCustomer: row.remindsCustomer,
      customerReminders: row.customerReminders,
      customerRemindAt: row.customerRemindAt,
      contacts: asContacts(row.contacts),
    } satisfies Claim;
  },
  findContacts: async (scope, customerId) => {
    const row = await db.claim.findFirst({
      where: { ...within(scope), customerId },
      orderBy: { number: 'desc' },
      select: { contacts: true },
    });
    return row === null ? null : asContacts(row.contacts);
  },
  list: async (scope, { skip, take }) => {
    const rows = await db.claim.findMany({
      where: within(scope),
      orderBy: [{ dueAt: { sort: 'asc', nulls: 'last' } }, { number: 'desc' }],
      include: { contacts: { where: { side: 'customer' } }, evidence: { select: { item: true } } },
      skip,
      take,
    });
    return rows.map((row) => ({
      number: row.number,
      name: row.name,
      status: row.status as ClaimStatus,
      dueAt: row.dueAt,
      pausedDueAt: row.pausedDueAt,
      disputedAt: row.disputedAt,
      engagementVersionId: row.engagementVersionId,
      company: row.contacts[0]?.company ?? '',
      evidence: row.evidence.map(({ item }) => item),
    }));
  },
  count: (scope) => db.claim.count({ where: within(scope) }),
  listOver: async (now, take, after) => {
    const rows = await db.claim.findMany({
      where: {
        dueAt: { lt: now, ...(after === null ? {} : { gte: after.dueAt }) },
        ...(after === null ? {} : { OR: [{ dueAt: { gt: after.dueAt } }, { number: { gt: after.number } }] }),
      },
      orderBy: [{ dueAt: 'asc' }, { number: 'asc' }],
      select: { number: true, dueAt: true },
      take,
    });
    return rows.flatMap(({ number, dueAt }) => (dueAt === null ? [] : [{ number, dueAt }]));
  },
  hold: async (number) => {
    await db.$queryRaw`SELECT "number" FROM "Claim" WHERE "number" = ${number} FOR NO KEY UPDATE`;
  },
  advance: async (number, from, change) => {
    const freed = isTerminal(change.status)
      ? // An approved claim was paid by its opportunity, which pays no second one.
        { openKey: null, ...(change.status === 'APPROVED' ? {} : { opportunityKey: null }) }
      : {};
    // R15: the deal size is written once, whoever asks.
    const frozen = change.dealSizeCents === undefined ? {} : { dealSizeCents: null };
    // Whoever answered, or is not asked any more, is not reminded.
    const silent = change.status === 'AWAITING_CONSENT' ? {} : { customerRemindAt: null };
    const { count } = await db.claim.updateMany({
      where: { number, status: { in: [...from] }, ...frozen },
      data: { ...change, ...freed, ...silent },
    });
    return count === 1;
  },
  updateContacts: async (number, contacts, mismatchReason) => {
    // R15: a claim that has ended keeps the contacts it ended with.
    const { count } = await db.claim.updateMany({
      where: { number, openKey: { not: null } },
      data: { mismatchReason },
    });
    if (count === 0) return;
    for (const { claimNumber, side, ...data } of contactRows(number, contacts)) {
      await db.contact.update({ where: { claimNumber_side: { claimNumber, side } }, data });
    }
  },
  listEvidence: (claimNumber) =>
    db.evidence.findMany({ where: { claimNumber }, select: { item: true, title: true, url: true, note: true } }),
  putEvidence: async (claimNumber, from, { item, ...link }) => {
    if (!(await standsIn(db, claimNumber, from))) return false;
    const where = { claimNumber_item: { claimNumber, item } };
    await db.evidence.upsert({ where, create: { claimNumber, item, ...link }, update: link });
    return true;
  },
  removeEvidence: async (claimNumber, from, item) => {
    const claim = { status: { in: [...from] }, pausedDueAt: null };
    const { count } = await db.evidence.deleteMany({ where: { claimNumber, item, claim } });
    return count === 1;
  },
  keepRemark: async (claimNumber, sequence, text) => {
    await db.remark.create({ data: { claimNumber, sequence, text } });
  },
  listRemarks: async (claimNumber) => {
    const rows = await db.remark.findMany({ where: { claimNumber } });
    return new Map(rows.map(({ sequence, text }) => [sequence, text]));
  },
  listForReview: async ({ skip, take }) => {
    const rows = await db.claim.findMany({
      where: { remindAt: { not: null } },
      orderBy: [{ submittedAt: 'asc' }, { number: 'asc' }],
      include: { contacts: { where: { side: 'customer' } }, organisation: true },
      skip,
      take,
    });
    return rows.map((row) => ({
      number: row.number,
      name: row.name,
      status: row.status as ClaimStatus,
      statusAt: row.statusAt,
      submittedAt: row.submittedAt ?? row.statusAt,
      engagementVersionId: row.engagementVersionId,
      organisationId: row.organisationId,
      organisationName: row.organisation.name,
      company: row.contacts[0]?.company ?? '',
    }));
  },
  countForReview: () => db.claim.count({ where: { remindAt: { not: null } } }),
  listSilent: async (now, take, after) => {
    const rows = await db.claim.findMany({
      where: {
        remindAt: { lte: now, ...(after === null ? {} : { gte: after.remindAt }) },
        ...(after === null ? {} : { OR: [{ remindAt: { gt: after.remindAt } }, { number: { gt: after.number } }] }),
      },
      orderBy: [{ remindAt: 'asc' }, { number: 'asc' }],
      select: { number: true, remindAt: true },
      take,
    });
    return rows.flatMap(({ number, remindAt }) => (remindAt === null ? [] : [{ number, remindAt }]));
  },
  remindAgain: async (number, from, to) => {
    const { count } = await db.claim.updateMany({ where: { number, remindAt: from }, data: { remindAt: to } });
    return count === 1;
  },
});
