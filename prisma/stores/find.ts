import { IDENTIFIER_TYPES, parseIdentifier } from '../../domain/customers/identifier.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';

/** Up to so many are looked up first and named; of more, the rows that are read anyway are asked one by one. */
const FEW = 200;

/** The words that were typed, each as the beginning of a word; null: nothing that words are made of was. */
const asQuery = (find: string): string | null => {
  const words = find
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
};

const holds = (text: Prisma.Sql, query: string): Prisma.Sql =>
  Prisma.sql`to_tsvector('simple', ${text}) @@ to_tsquery('simple', ${query})`;

/** What was looked for and found: ids, where they are few; otherwise the words to ask each row for. */
type Search<T> = { readonly ids: readonly T[]; readonly words: string | null };

export type CustomerSearch = Search<string>;
export type ClaimSearch = { readonly customers: CustomerSearch; readonly claims: Search<number> };

/** Customers whose name holds the words, or who go by what was typed as an identifier. */
export const searchCustomers = async (db: Db, find: string): Promise<CustomerSearch> => {
  const names = IDENTIFIER_TYPES.flatMap((type) => {
    const parsed = parseIdentifier(type, find);
    return 'value' in parsed ? [{ type, value: parsed.value }] : [];
  });
  const known = names.length === 0 ? [] : await db.identifier.findMany({ where: { OR: names } });
  const ids = known.map(({ customerId }) => customerId);
  const words = asQuery(find);
  if (words === null) return { ids, words };
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Customer" WHERE ${holds(Prisma.sql`"sortName"`, words)} LIMIT ${FEW + 1}::int`;
  return found.length > FEW ? { ids, words } : { ids: [...ids, ...found.map(({ id }) => id)], words: null };
};

/** Claims by their number, by their friendly name, or by their customer. */
export const searchClaims = async (db: Db, find: string): Promise<ClaimSearch> => {
  const customers = await searchCustomers(db, find);
  const numbers = /^\d{7,9}$/.test(find) ? [Number(find)] : [];
  const words = asQuery(find);
  if (words === null) return { customers, claims: { ids: numbers, words } };
  const found = await db.$queryRaw<{ number: number }[]>`
    SELECT "number" FROM "Claim" WHERE ${holds(Prisma.sql`fold_name("name")`, words)} LIMIT ${FEW + 1}::int`;
  const claims =
    found.length > FEW
      ? { ids: numbers, words }
      : { ids: [...numbers, ...found.map(({ number }) => number)], words: null };
  return { customers, claims };
};

/** Whether a known customer `k` is among what was found. */
export const isFoundCustomer = ({ ids, words }: CustomerSearch): Prisma.Sql => {
  const named = Prisma.sql`k."customerId" = ANY(${[...ids]}::uuid[])`;
  return words === null ? named : Prisma.sql`(${named} OR ${holds(Prisma.sql`k."sortName"`, words)})`;
};

/** Whether a claim `c` is among what was found. */
export const isFoundClaim = ({ customers, claims }: ClaimSearch): Prisma.Sql => {
  const sortName = Prisma.sql`(SELECT "sortName" FROM "Customer" WHERE "id" = c."customerId")`;
  const conditions = [
    Prisma.sql`c."customerId" = ANY(${[...customers.ids]}::uuid[])`,
    Prisma.sql`c."number" = ANY(${[...claims.ids]}::int[])`,
    ...(customers.words === null ? [] : [holds(sortName, customers.words)]),
    ...(claims.words === null ? [] : [holds(Prisma.sql`fold_name(c."name")`, claims.words)]),
  ];
  return Prisma.sql`(${Prisma.join(conditions, ' OR ')})`;
};
