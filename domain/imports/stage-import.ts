import { Refused } from '../commands.ts';
import type { Ports } from '../ports.ts';
import { requiredLine } from '../typed.ts';
import type { FileFault } from './faults.ts';
import type { DryRun, Import, ImportKind, StagedRow } from './import.ts';
import { kindOf, parseElement, parseRecord, readHeader } from './kinds.ts';

/**
 * A file as it is read, piece by piece. What makes it unreadable is thrown as Refused<FileFault>, at whatever point of
 * the file that comes to light.
 */
export type RecordFile = {
  /** Lets go of the file, read to its end or not. */
  readonly close: () => void;
} & (
  | {
      readonly format: 'csv';
      readonly header: readonly string[];
      readonly records: AsyncIterable<{ readonly line: number; readonly values: readonly string[] }>;
    }
  | { readonly format: 'json'; readonly elements: AsyncIterable<unknown> }
);

export type StageOutcome =
  | { readonly kind: 'staged'; readonly dryRun: DryRun }
  | { readonly kind: 'unreadable'; readonly fault: FileFault };

/** Enough to make the way to the database worth while, little enough to hold. */
const ROWS_AT_ONCE = 1_000;

/** Far above any record of one kind; what is more is split. */
const MOST_ROWS = 1_000_000;

/** How many bad rows a card or a summary names. */
const FIRST_FAULTS = 10;

type Rows = { readonly kind: ImportKind; readonly rows: AsyncIterable<StagedRow> };

const unreadable = (fault: FileFault): never => {
  throw new Refused<FileFault>(fault);
};

const csvRows = (file: RecordFile & { readonly format: 'csv' }): Rows => {
  const read = readHeader(file.header);
  if ('fault' in read) return unreadable(read.fault);
  const { kind, columns } = read;
  const rows = async function* () {
    for await (const { line, values } of file.records) {
      // Spreadsheets write rows of nothing behind the last one.
      if (values.some((cell) => cell.trim() !== '')) yield { line, ...parseRecord(kind, columns, values) };
    }
  };
  return { kind, rows: rows() };
};

const jsonRows = async (file: RecordFile & { readonly format: 'json' }): Promise<Rows> => {
  const elements = file.elements[Symbol.asyncIterator]();
  const first = await elements.next();
  if (first.done) return unreadable({ code: 'file.noRows' });
  const names = typeof first.value === 'object' && first.value !== null ? Object.keys(first.value) : [];
  const kind = kindOf(names);
  if (kind === null) return unreadable({ code: 'kind.unknown' });
  const rows = async function* () {
    let line = 0;
    for (let next: IteratorResult<unknown> = first; !next.done; next = await elements.next()) {
      line += 1;
      yield { line, ...parseElement(kind, next.value) };
    }
  };
  return { kind, rows: rows() };
};

const stageRows = async (ports: Ports, id: string, rows: AsyncIterable<StagedRow>): Promise<number> => {
  let total = 0;
  let batch: StagedRow[] = [];
  const flush = async () => {
    const full = batch;
    batch = [];
    total += full.length;
    if (total > MOST_ROWS) unreadable({ code: 'file.tooManyRows', most: MOST_ROWS });
    if (full.length > 0) await ports.inTx((tx) => tx.imports.addRows(id, full));
  };
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === ROWS_AT_ONCE) await flush();
  }
  await flush();
  return total;
};

/** What applying an import would do, as things stand. */
export const dryRunOf = async ({ reads }: Pick<Ports, 'reads'>, batch: Import): Promise<DryRun> => ({
  import: batch,
  counts: await reads.imports.count(batch),
  namesakes: await reads.imports.countNamesakes(batch),
  firstFaults: await reads.imports.listFaults(batch.id, 0, FIRST_FAULTS),
});

/**
 * Reads a file into the waiting room, row by row, and judges it there. Nothing of the record changes. A file that cannot
 * be read leaves nothing behind. Who may do this is decided by the caller.
 */
export const stageImport = async (
  ports: Ports,
  { fileName, personId }: { readonly fileName: string; readonly personId: string | null },
  open: () => Promise<RecordFile>,
): Promise<StageOutcome> => {
  const id = ports.random.id();
  const named = requiredLine(fileName, 200);
  let file: RecordFile | null = null;
  try {
    file = await open();
    const { kind, rows } = file.format === 'csv' ? csvRows(file) : await jsonRows(file);
    const name = 'value' in named ? named.value : file.format;
    const batch: Import = { id, kind, fileName: name, personId, state: 'reading' };
    await ports.inTx((tx) => tx.imports.begin(batch, ports.clock.now()));
    if ((await stageRows(ports, id, rows)) === 0) unreadable({ code: 'file.noRows' });
    await ports.inTx(async (tx) => {
      await tx.imports.judge(batch);
      await tx.imports.advance(id, 'staged', ports.clock.now());
    }, 'long');
    return { kind: 'staged', dryRun: await dryRunOf(ports, { ...batch, state: 'staged' }) };
  } catch (error) {
    await ports.inTx((tx) => tx.imports.discard(id));
    if (error instanceof Refused) return { kind: 'unreadable', fault: error.outcome as FileFault };
    throw error;
  } finally {
    file?.close();
  }
};
