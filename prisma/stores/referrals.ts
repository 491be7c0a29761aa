import type { Due } from '../../domain/batches.ts';
import type { ClaimScope } from '../../domain/claims/claim-store.ts';
import { type Condition, conditionsSchema } from '../../domain/co-sell/conditions.ts';
import type { RemoteStatus } from '../../domain/co-sell/partner-center.ts';
import {
  type CloseReason,
  type CoSellState,
  type DeclineReason,
  type DueDeal,
  mirrorSchema,
  NOTHING_MIRRORED,
  type Referral,
  type ReferralChange,
  type ReferralStore,
  type Stage,
  type Substatus,
} from '../../domain/co-sell/referral.ts';
import { Prisma } from '../generated/client.ts';
import type { ReferralModel } from '../generated/models.ts';
import type { Db } from './db.ts';
import { QUEUES, type Queue } from './queue.ts';

/** How far the changes of Partner Center were heard, and when they were last asked for. */
const HEARD = 'partner-center';
const ASKED = 'partner-center-asked';

const day = (date: Date): string => date.toISOString().slice(0, 10);

const asReferral = (row: ReferralModel): Referral => ({
  claimNumber: row.claimNumber,
  id: row.id,
  organisationId: row.organisationId,
  status: row.status as RemoteStatus,
  substatus: row.substatus as Substatus,
  statusReason: row.statusReason as CloseReason | null,
  stage: row.stage as Stage,
  valueCents: Number(row.valueCents),
  closeOn: day(row.closeOn),
  conditions: conditionsSchema.parse(row.conditions),
  coSellConditions: row.coSellConditions === null ? null : conditionsSchema.parse(row.coSellConditions),
  coSell: row.coSell as CoSellState | null,
  upgradedAt: row.upgradedAt,
  answerDueAt: row.answerDueAt,
  warnAt: row.warnAt,
  answeredAt: row.answeredAt,
  answeredById: row.answeredById,
  declineReason: row.declineReason as DeclineReason | null,
  declineWords: row.declineWords,
  createdAt: row.createdAt,
  madeAt: row.madeAt,
  revision: row.revision,
  mirroredRevision: row.mirroredRevision,
  mirror: row.mirror === null ? NOTHING_MIRRORED : mirrorSchema.parse(row.mirror),
  syncAt: row.syncAt,
  syncTries: row.syncTries,
  syncTrouble: row.syncTrouble,
});

const asJson = (conditions: readonly Condition[]) => conditions.map((condition) => ({ ...condition }));

const asColumns = ({ closeOn, conditions, coSellConditions, ...change }: ReferralChange) => ({
  ...change,
  ...(closeOn === undefined ? {} : { closeOn: new Date(closeOn) }),
  ...(conditions === undefined ? {} : { conditions: asJson(conditions) }),
  ...(coSellConditions == null ? {} : { coSellConditions: asJson(coSellConditions) }),
});

type DueRow = DueDeal;

/** Which of the due rows are looked at: all, those behind one that was tried, or one alone. */
const behind = (column: 'answerDueAt' | 'warnAt', after: Due | null, only: number | undefined): Prisma.Sql => {
  if (only !== undefined) return Prisma.sql`r."claimNumber" = ${only}`;
  if (after === null) return Prisma.sql`true`;
  const name = Prisma.raw(`r."${column}"`);
  return Prisma.sql`(${name}, r."claimNumber") > (${after.dueSince}, ${after.number})`;
};

/** What sellers have to answer, or have taken. */
const alive = (organisationId: string | null) => ({
  coSell: { in: ['asked', 'taken'] },
  status: { not: 'Closed' },
  ...(organisationId === null ? {} : { organisationId }),
});

const madeIn = ({ organisationId, locationIds }: ClaimScope) => ({
  organisationId,
  status: { not: 'None' },
  ...(locationIds === 'all' ? {} : { claim: { locationId: { in: [...locationIds] } } }),
});

export const referralStore = (db: Db, queue: Queue): ReferralStore => {
  /** One job names one claim. */
  const queueSync = (claimNumbers: readonly number[]) => queue(QUEUES.referral, claimNumbers.map(String));
  /** Claims are held, and not their deals: everybody who touches both begins with the claim. */
  const due = (column: 'answerDueAt' | 'warnAt', over: Prisma.Sql): ReferralStore['takeUnanswered'] => {
    const name = Prisma.raw(`r."${column}"`);
    return async ({ take, after, only }) =>
      db.$queryRaw<DueRow[]>`
        SELECT r."claimNumber" AS "number", ${name} AS "dueSince", r."answerDueAt", r."warnAt"
          FROM "Referral" r JOIN "Claim" c ON c."number" = r."claimNumber"
         WHERE ${name} ${over} AND ${behind(column, after, only)}
         ORDER BY ${name}, r."claimNumber" LIMIT ${take} FOR NO KEY UPDATE OF c SKIP LOCKED`;
  };
  return {
    find: async (claimNumber) => {
      const row = await db.referral.findUnique({ where: { claimNumber } });
      return row === null ? null : asReferral(row);
    },
    findByHalf: async (id) => {
      const row = await db.referral.findFirst({ where: { OR: [{ partnerHalfId: id }, { microsoftHalfId: id }] } });
      return row === null ? null : asReferral(row);
    },
    add: async ({ closeOn, conditions, ...referral }) => {
      const wanted = referral.status === 'None' ? {} : { revision: 1, syncAt: referral.createdAt };
      const { count } = await db.referral.createMany({
        data: { ...referral, ...wanted, closeOn: new Date(closeOn), conditions: asJson(conditions) },
        skipDuplicates: true,
      });
      if (count === 1 && referral.status !== 'None') await queueSync([referral.claimNumber]);
      return count === 1;
    },
    change: async (claimNumber, change, at) => {
      const { status } = await db.referral.update({
        where: { claimNumber },
        data: { ...asColumns(change), revision: { increment: 1 }, syncAt: at },
        select: { status: true },
      });
      // What was never made is nothing to tell.
      if (status !== 'None') await queueSync([claimNumber]);
    },
    closeAll: async (claimNumbers, { reason: statusReason, closeOn }, syncAt) => {
      const rows = await db.referral.updateManyAndReturn({
        where: { claimNumber: { in: [...claimNumbers] } },
        data: {
          ...{ status: 'Closed', substatus: 'Lost', statusReason, closeOn: new Date(closeOn) },
          ...{ revision: { increment: 1 }, syncAt },
        },
        select: { claimNumber: true },
      });
      await queueSync(rows.map(({ claimNumber }) => claimNumber));
    },
    takeUnanswered: (look) => due('answerDueAt', Prisma.sql`< ${look.now}`)(look),
    takeToRemind: (look) => due('warnAt', Prisma.sql`<= ${look.now}`)(look),
    remindNext: async (claimNumber, warnAt) => {
      await db.referral.update({ where: { claimNumber }, data: { warnAt } });
    },
    listDeals: async (organisationId, { skip, take }) => {
      const rows = await db.referral.findMany({
        where: alive(organisationId),
        orderBy: [{ answerDueAt: { sort: 'asc', nulls: 'last' } }, { claimNumber: 'desc' }],
        include: { claim: { include: { organisation: true, contacts: { where: { side: 'customer' } } } } },
        skip,
        take,
      });
      return rows.map(({ claimNumber, answerDueAt, valueCents, answeredById, claim }) => ({
        ...{ claimNumber, answerDueAt, answeredById, valueCents: Number(valueCents) },
        company: claim.contacts[0]?.company ?? '',
        organisationName: claim.organisation.name,
        engagementVersionId: claim.engagementVersionId,
      }));
    },
    listAll: async (scope, { skip, take }) => {
      const rows = await db.referral.findMany({
        where: madeIn(scope),
        orderBy: [{ status: 'asc' }, { closeOn: 'asc' }, { claimNumber: 'desc' }],
        include: { claim: { include: { contacts: { where: { side: 'customer' } } } } },
        skip,
        take,
      });
      return rows.map(({ claim, ...row }) => ({
        referral: asReferral(row),
        company: claim.contacts[0]?.company ?? '',
        engagementVersionId: claim.engagementVersionId,
      }));
    },
    countAll: (scope) => db.referral.count({ where: madeIn(scope) }),
    countDeals: (organisationId) => db.referral.count({ where: alive(organisationId) }),
    listOpen: async (claimNumbers) => {
      const where = { claimNumber: { in: [...claimNumbers] }, status: { notIn: ['None', 'Closed'] } };
      return (await db.referral.findMany({ where, orderBy: { claimNumber: 'asc' } })).map(asReferral);
    },
    holdForSync: async (claimNumber, syncHolder, now, syncHeldUntil) => {
      const [row] = await db.referral.updateManyAndReturn({
        where: {
          claimNumber,
          syncAt: { lte: now },
          OR: [{ syncHeldUntil: null }, { syncHeldUntil: { lte: now } }],
        },
        data: { syncHolder, syncHeldUntil },
      });
      return row === undefined ? null : asReferral(row);
    },
    keepSync: async (claimNumber, syncHolder, { mirror, mirroredRevision, done }) => {
      const kept = {
        ...(mirror === undefined
          ? {}
          : { mirror, partnerHalfId: mirror.partner?.id ?? null, microsoftHalfId: mirror.microsoft?.id ?? null }),
        ...(mirroredRevision === undefined ? {} : { mirroredRevision }),
      };
      if (done === undefined) {
        const { count } = await db.referral.updateMany({ where: { claimNumber, syncHolder }, data: kept });
        return count === 1;
      }
      const [row] = await db.referral.updateManyAndReturn({
        where: { claimNumber, syncHolder },
        data: {
          ...kept,
          ...{ syncHolder: null, syncHeldUntil: null, syncTries: done.tries, syncTrouble: done.trouble },
        },
        select: { revision: true, mirroredRevision: true, syncAt: true },
      });
      if (row === undefined) return false;
      const overtaken =
        row.syncAt?.getTime() !== done.from?.getTime() ||
        (done.trouble === null && row.revision > row.mirroredRevision);
      if (overtaken) await queueSync([claimNumber]);
      else await db.referral.update({ where: { claimNumber }, data: { syncAt: done.syncAt } });
      return true;
    },
    wantSync: async (claimNumber, syncAt) => {
      const { count } = await db.referral.updateMany({
        where: { claimNumber, status: { not: 'None' } },
        data: { syncAt },
      });
      if (count === 1) await queueSync([claimNumber]);
    },
    listToSync: async (tenantId, now, take) => {
      const rows = await db.$queryRaw<{ number: number }[]>`
        SELECT r."claimNumber" AS "number" FROM "Referral" r
         WHERE r."organisationId" = (SELECT "id" FROM "Organisation" WHERE "tenantId" = ${tenantId}::uuid)
           AND r."status" <> 'None' AND r."syncAt" <= ${now} AND (r."syncHeldUntil" IS NULL OR r."syncHeldUntil" <= ${now})
         ORDER BY r."syncAt", r."claimNumber" LIMIT ${take}`;
      return rows.map(({ number }) => number);
    },
    findSyncHealth: async (tenantId) => {
      const [row] = await db.$queryRaw<{ waiting: number; troubled: number; trouble: string | null }[]>`
        SELECT count(*)::int AS "waiting", count("syncTrouble")::int AS "troubled",
               (array_agg("syncTrouble" ORDER BY "syncAt" DESC) FILTER (WHERE "syncTrouble" IS NOT NULL))[1] AS "trouble"
          FROM "Referral"
         WHERE "organisationId" = (SELECT "id" FROM "Organisation" WHERE "tenantId" = ${tenantId}::uuid)
           AND "status" <> 'None' AND "syncAt" IS NOT NULL`;
      return row ?? { waiting: 0, troubled: 0, trouble: null };
    },
    queueSync,
    beginPoll: async (at, before) => {
      const first = await db.checkpoint.createMany({ data: { name: ASKED, at }, skipDuplicates: true });
      const { count } = await db.checkpoint.updateMany({ where: { name: ASKED, at: { lte: before } }, data: { at } });
      if (first.count + count === 0) return null;
      return (await db.checkpoint.findUnique({ where: { name: HEARD } }))?.at ?? before;
    },
    endPoll: async (at) => {
      await db.checkpoint.upsert({ where: { name: HEARD }, create: { name: HEARD, at }, update: { at } });
    },
  };
};
