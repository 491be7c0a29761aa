import type { Reader } from '../../cards/card.ts';
import { linkedClaim, type Shareable, sharedClaim, sharedCustomer } from '../../cards/compose/shareable.ts';
import { claimAt } from '../../cards/links.ts';
import { findClaim, findClaims } from '../../domain/claims/find-claims.ts';
import { findCustomers } from '../../domain/customers/find-customers.ts';
import type { Slice } from '../../domain/paging.ts';
import type { Turn } from './turn.ts';

/** Who asks, and for whom the cards are made. */
type Asked = Pick<Turn, 'ports' | 'actor' | 'reader' | 'publicUrl'>;

type Search = (asked: Asked, find: string, page: Slice) => Promise<readonly Shareable[]>;

const each = <R>(reader: Reader, shareable: (reader: Reader, row: R) => Shareable, rows: readonly R[]) =>
  rows.map((row) => shareable(reader, row));

export const searchClaims: Search = async ({ ports, actor, reader }, find, page) =>
  each(reader, sharedClaim, await findClaims(ports, actor, find, page));

export const searchCustomers: Search = async ({ ports, actor, reader }, find, page) =>
  each(reader, sharedCustomer, await findCustomers(ports, actor, find, page));

/** The claim that a pasted address leads to; null: it is not one of these, or not for this person to know of. */
export const linked = async ({ ports, actor, reader, publicUrl }: Asked, url: string): Promise<Shareable | null> => {
  const number = claimAt(publicUrl, url);
  const claim = number === null ? null : await findClaim(ports, actor, number);
  return claim === null ? null : linkedClaim(reader, claim);
};
