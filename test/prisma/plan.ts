import { expect } from '@jest/globals';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from '../../prisma/generated/client.ts';
import type { Db } from '../../prisma/stores/db.ts';
import type { Record } from './record.ts';

/** The part of PostgreSQL's own account of a plan that is looked at. */
export type Plan = {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
};

export const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** A line per node: how it reads, from what, by which index, how many rows how often. */
export const told = (plan: Plan): string =>
  nodesOf(plan)
    .map((node) =>
      [node['Node Type'], node['Relation Name'], node['Index Name'], node['Actual Rows'], node['Actual Loops']].join(
        ' ',
      ),
    )
    .join('\n');

export type Plans = {
  /** The plans of the statements that a store really sends. */
  of(work: (db: Db) => Promise<unknown>): Promise<readonly Plan[]>;
  close(): Promise<void>;
};

/** Watches what is asked of a record on a real server, and has each question explained by it. */
export const plansOn = async (record: Record): Promise<Plans> => {
  const connectionString = String(record.database.queue.connectionString);
  const client = new pg.Client({ connectionString });
  await client.connect();
  const watched = new PrismaClient({
    adapter: new PrismaPg({ connectionString, max: 2 }),
    log: [{ emit: 'event', level: 'query' }],
  });
  const queries: { readonly query: string; readonly params: string }[] = [];
  watched.$on('query', (event) => queries.push(event));
  return {
    of: async (work) => {
      queries.length = 0;
      await work(watched);
      const plans: Plan[] = [];
      for (const { query, params } of queries.filter((sent) => /^\s*SELECT/i.test(sent.query))) {
        const { rows } = await client.query(
          `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`,
          JSON.parse(params) as unknown[],
        );
        plans.push((rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan);
      }
      expect(plans.length).toBeGreaterThan(0);
      return plans;
    },
    close: async () => {
      await watched.$disconnect();
      await client.end();
    },
  };
};

/**
 * Fills the table of claims without its indexes, and has them all again before anything is asked: a million rows are
 * written in half the time.
 */
export const fillingClaims = async ({ prisma }: Record['database'], fill: () => Promise<unknown>): Promise<void> => {
  const indexes = await prisma.$queryRaw<{ name: string; made: string }[]>`
    SELECT indexname AS "name", indexdef AS "made" FROM pg_indexes
     WHERE tablename = 'Claim' AND indexname LIKE '%_idx'`;
  for (const { name } of indexes) await prisma.$executeRawUnsafe(`DROP INDEX "${name}"`);
  await fill();
  for (const { made } of indexes) await prisma.$executeRawUnsafe(made);
};
