import type { MoneyFault } from '../claims/money.ts';
import type { IdentifierFault } from '../customers/identifier.ts';
import type { TextFault } from '../typed.ts';

/** What is wrong with one cell, by itself. */
export type CellFault =
  | TextFault
  | IdentifierFault
  | MoneyFault
  | { readonly code: 'choice.invalid'; readonly allowed: readonly string[] }
  | { readonly code: 'number.invalid' | 'flag.invalid' | 'country.invalid' | 'date.invalid' | 'json.invalid' }
  | { readonly code: 'partnerId.invalid' | 'value.invalid' | 'cell.nested' }
  | { readonly code: 'domain.facts' }
  /** MSX ids come with their opportunity, in a file of their own. */
  | { readonly code: 'msx.elsewhere' }
  | { readonly code: 'engagement.identifierTypes' | 'engagement.payment' | 'engagement.hours' | 'engagement.evidence' }
  | { readonly code: 'engagement.dates' | 'engagement.window' }
  | { readonly code: 'key.unknown' | 'key.twice' };

/** What is wrong with a row beside others, or beside the record. The store finds these (prisma/stores/imports). */
export type MisfitFault =
  /** `line`: where the same thing stood before. */
  | { readonly code: 'duplicate'; readonly line: number }
  | { readonly code: 'name.differs'; readonly line: number; readonly other: string }
  /** It is `customer`'s already, and the row on `line` belongs to `other`. */
  | { readonly code: 'customer.two'; readonly line: number; readonly customer: string; readonly other: string }
  | { readonly code: 'identifier.unknown' | 'organisation.unknown' | 'location.moved' | 'version.differs' }
  /** The record has a customer of that name: which one is meant has to be said. */
  | { readonly code: 'customer.known' }
  | { readonly code: 'version.old'; readonly newest: number }
  | { readonly code: 'payment.changed' };

type RowFault =
  | { readonly code: 'row.cells'; readonly needed: number; readonly found: number }
  | { readonly code: 'row.notObject' };

/** One thing wrong with one row. `field` null: the row as a whole. `given`: what stood there, cut short. */
export type Fault = { readonly field: string | null; readonly given: string | null } & (
  | CellFault
  | MisfitFault
  | RowFault
);

/** Why a file could not be read as rows at all. Nothing of it is kept. */
export type FileFault =
  | { readonly code: 'file.empty' | 'file.noRows' | 'file.workbook' }
  /** From a chat: it did not come, or must not be fetched. */
  | { readonly code: 'file.tooLarge' | 'file.unreachable' | 'file.refused' }
  /** `line`: the first that is not UTF-8. */
  | { readonly code: 'encoding.unknown'; readonly line: number }
  | { readonly code: 'encoding.utf16' }
  | { readonly code: 'kind.unknown' }
  | { readonly code: 'columns.missing' | 'columns.unknown' | 'columns.twice'; readonly columns: readonly string[] }
  | { readonly code: 'csv.quote'; readonly line: number }
  | { readonly code: 'file.tooManyRows'; readonly most: number }
  | { readonly code: 'json.notArray' | 'json.truncated' | 'json.trailing' }
  /** `element`: which of the list, from 1. */
  | { readonly code: 'json.malformed' | 'json.tooLarge'; readonly element: number };

const MOST_SHOWN = 60;

/** What stood in a cell, as it is shown again. */
export const shortened = (raw: string): string | null =>
  raw === '' ? null : raw.length > MOST_SHOWN ? `${raw.slice(0, MOST_SHOWN - 1).toWellFormed()}…` : raw;
