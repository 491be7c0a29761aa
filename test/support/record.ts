import { createHash } from 'node:crypto';
import type { World } from './world.ts';

/** Whatever holds the record. */
type Held = Pick<World, 'database'>;
type Named = { readonly name: string };
type Row = { readonly text: string };

const tablesOf = ({ database }: Held, schema: string): Promise<readonly Named[]> =>
  database.prisma.$queryRaw<Named[]>`
    SELECT table_name::text AS name FROM information_schema.tables
     WHERE table_schema = ${schema} AND table_type = 'BASE TABLE' ORDER BY 1`;

/** Every row of every table, as text, in an order of its own. Tables left out: what is kept about traffic, not about claims. */
const rowsOf = async (world: Held, schema: string, leftOut: readonly string[]): Promise<readonly string[]> => {
  const tables = (await tablesOf(world, schema)).filter(({ name }) => !leftOut.includes(name));
  const selects = tables.map(({ name }) => `SELECT '${name} ' || t::text AS text FROM "${schema}"."${name}" t`);
  const rows = await world.database.prisma.$queryRawUnsafe<Row[]>(`${selects.join(' UNION ALL ')} ORDER BY 1`);
  return rows.map(({ text }) => text);
};

/** Long rows are cut, their rest standing as a hash: what a failed test prints stays readable. */
const short = (row: string): string =>
  row.length <= 300 ? row : `${row.slice(0, 200)}… ${createHash('sha256').update(row).digest('hex')}`;

/** Kept about traffic, whatever it was about: deliveries seen, where a chat is, what was sent, what a domain leads to. */
const TRAFFIC = ['HandledActivity', 'Conversation', 'Sending', 'TenantDomain', '_prisma_migrations'];

/** The whole record but for the traffic, a line per row: equal before and after means that nothing was written. */
export const recordOf = async (world: Held): Promise<readonly string[]> =>
  (await rowsOf(world, 'public', TRAFFIC)).map(short);

/** The whole record with the traffic, a line per row. What the queue notes of itself, as time goes by, is not in it. */
export const recordAndTraffic = (world: Held): Promise<readonly string[]> => rowsOf(world, 'public', []);

/** Everything that is stored anywhere, the queue's jobs too, as one text to search in. */
export const everythingStored = async (world: Held): Promise<string> =>
  [...(await rowsOf(world, 'public', [])), ...(await rowsOf(world, 'pgboss', []))].join('\n');
