import type { PgBoss } from 'pg-boss';
import type { InTx, Reads, Tx } from '../domain/ports.ts';
import type { Database } from './database.ts';
import { accessStore } from './stores/access.ts';
import { channelStore } from './stores/channels.ts';
import { claimStore } from './stores/claims.ts';
import { claimsPageStore } from './stores/claims-page.ts';
import { consentStore } from './stores/consent.ts';
import { customerReminderStore } from './stores/customer-reminders.ts';
import { customerStore } from './stores/customers.ts';
import { customersPageStore } from './stores/customers-page.ts';
import type { Db } from './stores/db.ts';
import { draftStore } from './stores/drafts.ts';
import { engagementStore } from './stores/engagements.ts';
import { exportStore } from './stores/exports.ts';
import { importStore } from './stores/imports.ts';
import { noticeStore } from './stores/notices.ts';
import { peopleStore } from './stores/people.ts';
import { type Queue, queueOn } from './stores/queue.ts';
import { auditStore, commandStore } from './stores/records.ts';
import { referralStore } from './stores/referrals.ts';
import { subscriptionStore } from './stores/subscriptions.ts';

const storesOn = (db: Db, queue: Queue): Tx => ({
  access: accessStore(db),
  audit: auditStore(db),
  channels: channelStore(db),
  claims: claimStore(db),
  claimsPage: claimsPageStore(db),
  commands: commandStore(db),
  consent: consentStore(db),
  customers: customerStore(db),
  customersPage: customersPageStore(db),
  drafts: draftStore(db),
  engagements: engagementStore(db),
  exports: exportStore(db),
  imports: importStore(db),
  notices: noticeStore(db, queue),
  people: peopleStore(db),
  referrals: referralStore(db, queue),
  customerReminders: customerReminderStore(db),
  subscriptions: subscriptionStore(db),
});

type Thrown = {
  readonly code?: unknown;
  readonly meta?: { readonly driverAdapterError?: { readonly cause?: { kind?: unknown; originalCode?: unknown } } };
};

/** PostgreSQL chose this transaction to give way to another; nothing of it was kept. Raw queries say so differently. */
const gaveWay = (error: unknown): boolean => {
  const { code, meta } = error as Thrown;
  const cause = meta?.driverAdapterError?.cause;
  const conflict =
    cause?.kind === 'TransactionWriteConflict' || ['40001', '40P01'].includes(String(cause?.originalCode));
  return code === 'P2034' || (code === 'P2010' && conflict);
};
const TRIES = 3;
/** A file of hundreds of thousands of rows, on a slow machine, behind another such file. */
const LONG_MS = 15 * 60_000;

/** The domain's stores over one database. `committed` is called after each transaction that queued something. */
export const createStores = (
  { prisma }: Pick<Database, 'prisma'>,
  boss: PgBoss,
  committed: () => void,
): { readonly inTx: InTx; readonly reads: Reads } => {
  const once: InTx = async (work, takes) => {
    let queued = false;
    const result = await prisma.$transaction(
      (tx) =>
        work(
          storesOn(
            tx,
            queueOn(tx, boss, () => {
              queued = true;
            }),
          ),
        ),
      takes === 'long' ? { timeout: LONG_MS, maxWait: LONG_MS } : {},
    );
    if (queued) committed();
    return result;
  };
  const inTx: InTx = async (work, takes) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await once(work, takes);
      } catch (error) {
        if (tries === TRIES || !gaveWay(error)) throw error;
      }
    }
  };
  return {
    inTx,
    reads: storesOn(
      prisma,
      queueOn(prisma, boss, () => {}),
    ),
  };
};
