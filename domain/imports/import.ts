import type { Fault } from './faults.ts';

/** What a file may hold: one kind of row each. */
export const IMPORT_KINDS = ['customers', 'opportunities', 'locations', 'engagements'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What can be kept as JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A row as it waits to be applied. `line`: of the file, where the record begins (CSV), or which element it is, from 1
 * (JSON). `key`: what it is about, in the spelling that is kept; null when that cannot be told.
 */
export type StagedRow = {
  readonly line: number;
  readonly key: string | null;
  readonly data: Json;
  readonly faults: readonly Fault[];
};

/** `reading`: the file is still coming in. `staged`: judged, and waiting for a word. */
export type ImportState = 'reading' | 'staged' | 'applied';

export type Import = {
  readonly id: string;
  readonly kind: ImportKind;
  readonly fileName: string;
  /** Null: from the command line. */
  readonly personId: string | null;
  readonly state: ImportState;
};

/** What applying comes to, in rows. */
export type Counts = {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
};

export type FaultyRow = { readonly line: number; readonly faults: readonly Fault[] };

/** What somebody decides on. `firstFaults`: the beginning of the bad rows, in the order of the file. */
export type DryRun = {
  readonly import: Import;
  readonly counts: Counts;
  readonly namesakes: number;
  readonly firstFaults: readonly FaultyRow[];
};

export type ImportStore = {
  find(id: string): Promise<Import | null>;
  /** Against the record as it stands now. */
  count(batch: Import): Promise<Counts>;
  /** The bad rows after a line, in order. */
  listFaults(id: string, afterLine: number, most: number): Promise<readonly FaultyRow[]>;
  begin(batch: Import, at: Date): Promise<void>;
  addRows(id: string, rows: readonly StagedRow[]): Promise<void>;
  /** Refuses the rows that fit neither each other nor the record. Rows without a fault alone are looked at. */
  judge(batch: Import): Promise<void>;
  /** Waits until nobody else applies an import, and keeps others waiting until this transaction ends. */
  lock(): Promise<void>;
  /** Holds one import and its rows until the transaction ends: nobody gives them up meanwhile. */
  hold(id: string): Promise<void>;
  /** How many customers the file would make although the record has one of that name; namesakes, or the same ones. */
  countNamesakes(batch: Import): Promise<number>;
  /** Writes every row into the record, and beside each what stood there before (R33). */
  write(batch: Import, at: Date): Promise<void>;
  /** False when it is in that state already, or gone. */
  advance(id: string, to: 'staged' | 'applied', at: Date): Promise<boolean>;
  /** Drops it and its rows; false when it was applied, or is gone. */
  discard(id: string): Promise<boolean>;
};
