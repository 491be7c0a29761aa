import { parseArgs } from 'node:util';
import { PgBoss } from 'pg-boss';
import { type Database, onRecord } from '../prisma/database.ts';
import { listStuck, STUCK, type Stuck, type StuckState, sendStuck } from '../prisma/stores/stuck.ts';
import { readConfig } from './config.ts';
import { program, type Wrong } from './program.ts';

const USAGE = `Usage: npm run --silent notices -- [--kind KIND] [--state ${STUCK.join('|')}] [--again ID…|all]
  Lists what is stuck. With --again: puts it on its way again, what is named or all that the filters leave.`;

type Wanted = {
  readonly kind?: string | undefined;
  readonly state?: StuckState | undefined;
  readonly again: 'all' | readonly string[];
};

const readArguments = (): Wanted | Wrong => {
  const wrong = (why: string): Wrong => ({ wrong: `${why}\n${USAGE}` });
  const options = { kind: { type: 'string' }, state: { type: 'string' }, again: { type: 'boolean' } } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const state = STUCK.find((known) => known === values.state);
    if (values.state !== undefined && state === undefined) return wrong(`There is no state “${values.state}”.`);
    if (values.again !== true && positionals.length > 0) return wrong(`What is to be done with “${positionals[0]}”?`);
    if (values.again === true && positionals.length === 0) return wrong('Say which again: their ids, or all.');
    const all = positionals.length === 1 && positionals[0] === 'all';
    return { kind: values.kind, state, again: all ? 'all' : positionals };
  } catch (error) {
    return wrong((error as Error).message);
  }
};

const counted = (stuck: readonly Stuck[], by: 'state' | 'kind'): string =>
  [...Map.groupBy(stuck, (one) => one[by])].map(([name, some]) => `${some.length} ${name}`).join(', ');

const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** A line each, in columns. */
const table = (stuck: readonly Stuck[]): string => {
  const rows = stuck.map(({ id, state, kind, claim, who, since, trouble, repeats }) => [
    id,
    state,
    kind,
    claim === null ? '-' : `claim ${claim}`,
    who ?? 'no channel is set up',
    `since ${minute(since)}`,
    trouble ?? '-',
    repeats === 0 ? '' : `said again ${repeats === 1 ? 'once' : `${repeats} times`}`,
  ]);
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

const sendAgain = async ({ prisma, queue }: Database, ids: readonly string[]): Promise<void> => {
  const boss = new PgBoss({ ...queue, schema: 'pgboss', schedule: false, supervise: false, max: 1 });
  // Its failures are thrown as well, where they are met.
  boss.on('error', () => {});
  await boss.start();
  try {
    const count = await sendStuck(prisma, boss, ids);
    console.log(`${count} ${count === 1 ? 'is' : 'are'} on ${count === 1 ? 'its' : 'their'} way again.`);
  } finally {
    await boss.stop({ graceful: false });
  }
};

const look = async (database: Database, { again, ...filter }: Wanted): Promise<Wrong | null> => {
  const stuck = await listStuck(database.prisma, filter);
  const known = new Set(stuck.map(({ id }) => id));
  const unknown = again === 'all' ? [] : again.filter((id) => !known.has(id.toLowerCase()));
  if (unknown.length > 0) return { wrong: `Not stuck, or not known: ${unknown.join(', ')}. Nothing was done.` };
  if (stuck.length === 0) {
    const which = filter.kind === undefined && filter.state === undefined ? 'Nothing' : 'Nothing of that sort';
    console.log(`${which} is stuck.`);
    return null;
  }
  if (again === 'all' || again.length > 0) {
    await sendAgain(database, again === 'all' ? [...known] : again.map((id) => id.toLowerCase()));
    return null;
  }
  console.log(`${stuck.length} stuck: ${counted(stuck, 'state')}.\nBy kind: ${counted(stuck, 'kind')}.\n`);
  console.log(table(stuck));
  return null;
};

/** `npm run notices`: what could not be said, or may not have been, and why. Ends with status 1 when it cannot tell. */
await program(async () => {
  const wanted = readArguments();
  if ('wrong' in wanted) return wanted;
  return onRecord(readConfig(), (database) => look(database, wanted));
});
