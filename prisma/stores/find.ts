import type { ClaimScope } from '../../domain/claims/claim-store.ts';
import { IDENTIFIER_TYPES, type Identifier, parseIdentifier } from '../../domain/customers/identifier.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from './db.ts';

/** Up to so many are looked up first and named; of more, the rows that are read anyway are asked one by one. */
const FEW = 200;
/** Lists of claims are counted too: to ask every claim for its number takes a tenth of asking for its words. */
const FEW_CLAIMS = 20_000;

/** Far more claims than one customer is ever allowed. */
const MOST_OF_ONE = 1_000;

/** What divides words: the same marks as in the database's words_of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they divide words as any other mark does.
const MARKS = /[\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+/u;

/** The words that were typed, each as the beginning of a word; null: nothing that words are made of was. */
const asQuery = (find: string): string | null => {
  const words = find
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    // The same letter at the end of a word.
    .replaceAll('ς', 'σ')
    .split(MARKS)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ');
};

/** Whether a text holds, for each word that was typed, one that begins with it. Read from an index on its words. */
const holds = (text: Prisma.Sql, query: string): Prisma.Sql =>
  Prisma.sql`words_of(${text}) @@ to_tsquery('simple', ${query})`;

/** What may be meant by what was typed, as an identifier of each kind. */
const asIdentifiers = (find: string): readonly Identifier[] =>
  IDENTIFIER_TYPES.flatMap((type) => {
    const parsed = parseIdentifier(type, find);
    return 'value' in parsed ? [{ type, value: parsed.value }] : [];
  });

/** What was looked for and found: ids, where they are few; otherwise the words to ask each row for. */
type Search<T> = { readonly ids: readonly T[]; readonly words: string | null };

export type CustomerSearch = Search<string>;
export type ClaimSearch = {
  readonly named: Search<number>;
  /** By what the claim calls its customer. */
  readonly companies: Search<number>;
};

const few = <T>(known: readonly T[], found: readonly T[], words: string, most = FEW): Search<T> =>
  found.length > most ? { ids: known, words } : { ids: [...known, ...found], words: null };

/** Customers of the organisation whose name holds the words, or whom it knows by what was typed as an identifier. */
export const searchCustomers = async (db: Db, organisationId: string, find: string): Promise<CustomerSearch> => {
  const named = asIdentifiers(find);
  const OR = named.flatMap(({ type, value }) => [
    { identifierType: type, identifierValue: value },
    ...(type === 'tenantId' ? [{ tenantId: value }] : []),
  ]);
  const known = named.length === 0 ? [] : await db.knownCustomer.findMany({ where: { organisationId, OR } });
  const ids = known.map(({ customerId }) => customerId);
  const words = asQuery(find);
  if (words === null) return { ids, words };
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT "customerId" AS id FROM "KnownCustomer"
     WHERE "organisationId" = ${organisationId}::uuid AND ${holds(Prisma.sql`"name"`, words)} LIMIT ${FEW + 1}::int`;
  return few(
    ids,
    found.map(({ id }) => id),
    words,
  );
};

/** Claims of the organisation by their number or identifier, by their friendly name, or by what they call the customer. */
export const searchClaims = async (db: Db, { organisationId }: ClaimScope, find: string): Promise<ClaimSearch> => {
  const named = asIdentifiers(find);
  const OR = named.flatMap(({ type, value }) => [
    { identifierValue: value },
    ...(type === 'tenantId' ? [{ tenantId: value }] : []),
  ]);
  const known =
    named.length === 0
      ? []
      : await db.claim.findMany({
          where: { organisationId, OR },
          orderBy: { number: 'desc' },
          select: { number: true },
          take: MOST_OF_ONE,
        });
  const numbers = [...known.map(({ number }) => number), ...(/^\d{7,9}$/.test(find) ? [Number(find)] : [])];
  const words = asQuery(find);
  if (words === null) return { named: { ids: numbers, words }, companies: { ids: [], words } };
  const called = await db.$queryRaw<{ number: number }[]>`
    SELECT "number" FROM "Claim"
     WHERE "organisationId" = ${organisationId}::uuid AND ${holds(Prisma.sql`"name"`, words)} LIMIT ${FEW_CLAIMS + 1}::int`;
  const companies = await db.$queryRaw<{ number: number }[]>`
    SELECT p."claimNumber" AS number FROM "Contact" p
     WHERE p."side" = 'customer' AND ${holds(Prisma.sql`p."company"`, words)} LIMIT ${FEW_CLAIMS + 1}::int`;
  const numbersOf = (rows: readonly { number: number }[]) => rows.map(({ number }) => number);
  return {
    named: few(numbers, numbersOf(called), words, FEW_CLAIMS),
    companies: few([], numbersOf(companies), words, FEW_CLAIMS),
  };
};

/** Whether a known customer `k` is among what was found. */
export const isFoundCustomer = ({ ids, words }: CustomerSearch): Prisma.Sql => {
  const named = Prisma.sql`k."customerId" = ANY(${[...ids]}::uuid[])`;
  return words === null ? named : Prisma.sql`(${named} OR ${holds(Prisma.sql`k."name"`, words)})`;
};

/** Whether a claim `c` is among what was found. */
export const isFoundClaim = ({ named, companies }: ClaimSearch): Prisma.Sql => {
  const conditions = [
    Prisma.sql`c."number" = ANY(${[...named.ids, ...companies.ids]}::int[])`,
    ...(named.words === null ? [] : [holds(Prisma.sql`c."name"`, named.words)]),
    // Whether they are asked one by one or all looked up first is for the planner, which knows how many are asked.
    ...(companies.words === null
      ? []
      : [
          Prisma.sql`EXISTS (SELECT FROM "Contact" p WHERE p."claimNumber" = c."number" AND p."side" = 'customer'
                        AND ${holds(Prisma.sql`p."company"`, companies.words)})`,
        ]),
  ];
  return Prisma.sql`(${Prisma.join(conditions, ' OR ')})`;
};
