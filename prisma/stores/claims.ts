import type { Due } from '../../domain/batches.ts';
import type { Claim, ClaimKind, ClaimRow, ClaimScope, ClaimStore, OverClaim } from '../../domain/claims/claim-store.ts';
import { type Contacts, customerContactSchema, partnerContactSchema } from '../../domain/claims/contacts.ts';
import { typedDealSizeSchema } from '../../domain/claims/deal-size.ts';
import { type ClaimStatus, isTerminal } from '../../domain/claims/status.ts';
import type { IdentifierType } from '../../domain/customers/identifier.ts';
import type { Market } from '../../domain/engagements/markets.ts';
import { Prisma } from '../generated/client.ts';
import type { ClaimModel, ContactModel } from '../generated/models.ts';
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

/** What a claim that has ended gives up: its place, and the customer's reminders. */
const OPEN_NO_MORE = { openKey: null, customerRemindAt: null } as const;

/** What a line of a list says of a claim. */
export const LINE = { contacts: { where: { side: 'customer' } }, evidence: { select: { item: true } } } as const;

type LineRow = ClaimModel & {
  readonly contacts: readonly ContactModel[];
  readonly evidence: readonly { item: string }[];
};

export const asLine = (row: LineRow): ClaimRow => ({
  number: row.number,
  name: row.name,
  status: row.status as ClaimStatus,
  dueAt: row.dueAt,
  pausedDueAt: row.pausedDueAt,
  disputedAt: row.disputedAt,
  engagementVersionId: row.engagementVersionId,
  company: row.contacts[0]?.company ?? '',
  evidence: row.evidence.map(({ item }) => item),
});

/** What a sweep needs of a claim that it holds. */
const HELD = Prisma.sql`"number", "status", "statusAt", "dueAt", "pausedDueAt", "disputedAt", "organisationId"::text,
  "locationId"::text, "ownerId"::text, "submittedById"::text, "engagementSlug", "engagementVersionId"::text`;

type HeldRow = Pick<
  ClaimModel,
  | 'number'
  | 'statusAt'
  | 'dueAt'
  | 'pausedDueAt'
  | 'disputedAt'
  | 'organisationId'
  | 'locationId'
  | 'ownerId'
  | 'submittedById'
  | 'engagementSlug'
  | 'engagementVersionId'
  | 'status'
  | 'name'
> & { readonly dueSince: Date };

const asHeld = ({ locationId, engagementVersionId: _version, status, ...row }: HeldRow): OverClaim => ({
  ...row,
  status: status as ClaimStatus,
  location: { id: locationId },
});

/** Which of the due rows are looked at: all, those behind one that was tried, or one alone. */
const behind = (column: 'dueAt' | 'warnAt', after: Due | null, only: number | undefined): Prisma.Sql => {
  if (only !== undefined) return Prisma.sql`"number" = ${only}`;
  if (after === null) return Prisma.sql`true`;
  const name = Prisma.raw(`"${column}"`);
  return Prisma.sql`(${name}, "number") > (${after.dueSince}, ${after.number})`;
};

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
    const { location, dealSizeCents, dealSizeTyped } = row;
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
      dealSizeTyped: dealSizeTyped === null ? null : typedDealSizeSchema.parse(dealSizeTyped),
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
      include: LINE,
      skip,
      take,
    });
    return rows.map(asLine);
  },
  count: (scope) => db.claim.count({ where: within(scope) }),
  takeOver: async ({ now, take, after, only }) =>
    (
      await db.$queryRaw<HeldRow[]>`
        SELECT ${HELD}, "dueAt" AS "dueSince" FROM "Claim"
         WHERE "dueAt" < ${now} AND ${behind('dueAt', after, only)}
         ORDER BY "dueAt", "number" LIMIT ${take} FOR NO KEY UPDATE SKIP LOCKED`
    ).map(asHeld),
  takeToWarn: async ({ now, take, after, only }) =>
    (
      await db.$queryRaw<HeldRow[]>`
        SELECT ${HELD}, "warnAt" AS "dueSince" FROM "Claim"
         WHERE "warnAt" <= ${now} AND ${behind('warnAt', after, only)}
         ORDER BY "warnAt", "number" LIMIT ${take} FOR NO KEY UPDATE SKIP LOCKED`
    ).map((row) => ({ ...asHeld(row), engagementVersionId: row.engagementVersionId, warnAt: row.dueSince })),
  findAnyDue: async (now) => {
    const select = { number: true } as const;
    const over = await db.claim.findFirst({ where: { dueAt: { lt: now } }, orderBy: { dueAt: 'asc' }, select });
    if (over !== null) return true;
    const warned = { where: { warnAt: { lte: now } }, orderBy: { warnAt: 'asc' }, select } as const;
    return (await db.claim.findFirst(warned)) !== null;
  },
  warnNext: async (next) => {
    // Warnings come at the beginning of a day, so many claims have the next one at the same moment.
    for (const [, same] of Map.groupBy(next, ({ warnAt }) => warnAt?.getTime())) {
      const number = { in: same.map((one) => one.number) };
      await db.claim.updateMany({ where: { number }, data: { warnAt: same[0]?.warnAt ?? null } });
    }
  },
  warnBy: async (number, at) => {
    const where = { number, OR: [{ warnAt: null }, { warnAt: { gt: at } }] };
    await db.claim.updateMany({ where, data: { warnAt: at } });
  },
  endAll: async (numbers, from, status, at) => {
    const rows = await db.claim.updateManyAndReturn({
      where: { number: { in: [...numbers] }, status: { in: [...from] } },
      data: { ...OPEN_NO_MORE, status, statusAt: at, dueAt: null, warnAt: null, opportunityKey: null },
      select: { number: true },
    });
    return rows.map(({ number }) => number);
  },
  listGiven: async (numbers) => {
    const where = { claimNumber: { in: [...numbers] } };
    const rows = await db.evidence.findMany({ where, select: { claimNumber: true, item: true } });
    const given = Map.groupBy(rows, ({ claimNumber }) => claimNumber);
    return new Map([...given].map(([number, items]) => [number, items.map(({ item }) => item)]));
  },
  listForDigest: async (numbers) => {
    const rows = await db.$queryRaw<HeldRow[]>`
      SELECT ${HELD}, "name" FROM "Claim" WHERE "number" = ANY(${[...numbers]}::int[])`;
    return rows.map((row) => ({ ...asHeld(row), name: row.name, engagementVersionId: row.engagementVersionId }));
  },
  listCompanies: async (numbers) => {
    const where = { claimNumber: { in: [...numbers] }, side: 'customer' };
    const rows = await db.contact.findMany({ where, select: { claimNumber: true, company: true } });
    return new Map(rows.map(({ claimNumber, company }) => [claimNumber, company ?? '']));
  },
  hold: async (number) => {
    await db.$queryRaw`SELECT "number" FROM "Claim" WHERE "number" = ${number} FOR NO KEY UPDATE`;
  },
  advance: async (number, from, change) => {
    const freed = isTerminal(change.status)
      ? // An approved claim was paid by its opportunity, which pays no second one.
        { ...OPEN_NO_MORE, ...(change.status === 'APPROVED' ? {} : { opportunityKey: null }) }
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
