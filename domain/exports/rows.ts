import type { ClaimScope, ClaimStore } from '../claims/claim-store.ts';
import { type Cell, CLAIM_COLUMNS, CUSTOMER_COLUMNS } from './columns.ts';
import type { ExportKind, ExportStore } from './export-store.ts';

export type ExportReads = {
  readonly claims: Pick<ClaimStore, 'count'>;
  readonly exports: Pick<ExportStore, 'listClaims' | 'listCustomers' | 'countCustomers'>;
};

/** How many claims, or customers, are in memory at a time, however many there are. */
export const BATCH = 500;

/** Every batch is a read of its own: no transaction stays open while somebody's connection takes its time. */
const batches = async function* <Row, Key>(
  list: (after: Key | null) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): AsyncGenerator<readonly Row[]> {
  let after: Key | null = null;
  for (;;) {
    const batch: readonly Row[] = await list(after);
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = keyOf(last);
  }
};

const cellsOf = <Row>(
  found: AsyncGenerator<readonly Row[]>,
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): AsyncGenerator<readonly Cell[]> => {
  const readers = Object.values(columns);
  return (async function* () {
    for await (const batch of found) for (const row of batch) yield readers.map((read) => read(row));
  })();
};

type Sheet = {
  readonly columns: readonly string[];
  readonly count: (reads: ExportReads, scope: ClaimScope) => Promise<number>;
  /** What changes meanwhile is told as it stands when its batch is read; nothing comes twice or is left out. */
  readonly rows: (reads: ExportReads, scope: ClaimScope) => AsyncGenerator<readonly Cell[]>;
};

/** What each file holds, of the claims in a scope (R2). */
export const SHEETS: Readonly<Record<ExportKind, Sheet>> = {
  claims: {
    columns: Object.keys(CLAIM_COLUMNS),
    count: (reads, scope) => reads.claims.count(scope),
    rows: ({ exports }, scope) =>
      cellsOf(
        batches(
          (after: number | null) => exports.listClaims(scope, after, BATCH),
          (claim) => claim.number,
        ),
        CLAIM_COLUMNS,
      ),
  },
  customers: {
    columns: Object.keys(CUSTOMER_COLUMNS),
    count: (reads, scope) => reads.exports.countCustomers(scope),
    rows: ({ exports }, scope) =>
      cellsOf(
        batches(
          (after: string | null) => exports.listCustomers(scope, after, BATCH),
          (customer) => customer.customerId,
        ),
        CUSTOMER_COLUMNS,
      ),
  },
};
