import { type Criterion, type Engagement, isBoundToCountries, paidIn } from '../../domain/engagements/engagement.ts';
import { COUNTRIES, marketOf } from '../../domain/engagements/markets.ts';
import { Prisma } from '../generated/client.ts';

/*
 * The verdict on a customer (R7) as the database decides it, for lists and counts of many thousands. What it answers is
 * domain/engagements/eligibility.ts' own standing: 0 eligible, 1 not known yet, 2 not eligible. A test holds the two
 * together for any engagement and any facts; reasons are told by the domain alone.
 */

const TRUE = Prisma.sql`true`;
const FALSE = Prisma.sql`false`;

const anyOf = (conditions: readonly Prisma.Sql[]): Prisma.Sql =>
  conditions.length === 0 ? FALSE : Prisma.sql`(${Prisma.join([...conditions], ' OR ')})`;

/** A fact of the identifier `i`; null when it is not known. */
const fact = (name: string): Prisma.Sql => Prisma.sql`(i."facts"->>${name})`;

const fails = (criterion: Criterion): Prisma.Sql => {
  const seen = fact(criterion.fact);
  if ('oneOf' in criterion) return Prisma.sql`${seen} <> ALL(${[...criterion.oneOf]}::text[])`;
  if ('is' in criterion) return Prisma.sql`${seen}::boolean <> ${criterion.is}`;
  const { atLeast, atMost } = criterion;
  return anyOf([
    ...(atLeast === undefined ? [] : [Prisma.sql`${seen}::numeric < ${atLeast}`]),
    ...(atMost === undefined ? [] : [Prisma.sql`${seen}::numeric > ${atMost}`]),
  ]);
};

/** Countries in which the engagement is offered and paid. */
const takenCountries = (engagement: Engagement): readonly string[] =>
  COUNTRIES.filter(
    (country) =>
      (engagement.countries === undefined || engagement.countries.includes(country)) &&
      paidIn(engagement, marketOf(country)) !== null,
  );

/** How a name `k` of a customer, whose facts are those of `i`, stands: 0, 1 or 2. */
export const standingOfName = (engagement: Engagement): Prisma.Sql => {
  const bound = isBoundToCountries(engagement);
  const { customerCriteria, identifierTypes, payment, variable } = engagement;
  const failed = anyOf([
    Prisma.sql`k."identifierType" <> ALL(${[...identifierTypes]}::text[])`,
    // Of no country at all everything differs, even what is not known.
    ...(bound
      ? [
          Prisma.sql`(${fact('country')} IS NOT NULL AND ${fact('country')} <> ALL(${[...takenCountries(engagement)]}::text[]))`,
        ]
      : []),
    ...customerCriteria.map(fails),
  ]);
  const missing = anyOf([
    ...(bound ? [Prisma.sql`${fact('country')} IS NULL`] : []),
    ...(payment === 'variable' && variable === undefined ? [TRUE] : []),
    ...customerCriteria.map((criterion) => Prisma.sql`${fact(criterion.fact)} IS NULL`),
  ]);
  return Prisma.sql`CASE WHEN ${failed} THEN 2 WHEN ${missing} THEN 1 ELSE 0 END`;
};

/** Whether the claims `c` that there are of the customer leave no place for another. */
export const isFull = ({ exclusive, maxActivePerCustomer, maxTotalPerCustomer }: Engagement): Prisma.Sql =>
  anyOf([
    Prisma.sql`c."own" IS NOT NULL`,
    Prisma.sql`c."active" >= ${maxActivePerCustomer}`,
    ...(exclusive ? [Prisma.sql`c."others" > 0`] : []),
    ...(maxTotalPerCustomer === undefined ? [] : [Prisma.sql`c."total" >= ${maxTotalPerCustomer}`]),
  ]);
