import { IDENTIFIER_TYPES, parseIdentifier } from '../../domain/customers/identifier.ts';
import { Prisma } from '../generated/client.ts';

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

/** Whether a folded text holds, for each word that was typed, one that begins with it. Read from an index on its words. */
export const foundWords = (find: string, text: Prisma.Sql): Prisma.Sql => {
  const query = asQuery(find);
  return query === null
    ? Prisma.sql`false`
    : Prisma.sql`to_tsvector('simple', ${text}) @@ to_tsquery('simple', ${query})`;
};

/** Ids of the customers whose name holds the words, or who go by what was typed as an identifier. */
export const found = (find: string): Prisma.Sql => {
  const names = IDENTIFIER_TYPES.flatMap((type) => {
    const parsed = parseIdentifier(type, find);
    return 'value' in parsed ? [Prisma.sql`(${type}, ${parsed.value})`] : [];
  });
  const byName = Prisma.sql`SELECT "id" FROM "Customer" WHERE ${foundWords(find, Prisma.sql`"sortName"`)}`;
  return names.length === 0
    ? byName
    : Prisma.sql`${byName} UNION SELECT "customerId" FROM "Identifier" WHERE ("type", "value") IN (${Prisma.join(names)})`;
};
