import { describe, expect, test } from '@jest/globals';
import { product, read } from './tree.ts';

/** What the product may only get at in one place. */
const PORTS = [
  {
    what: 'settings are read in bot/config.ts',
    // `...process.env` hands the environment on, whole, to a program that is started: nothing is read.
    pattern: /(?<!\.\.\.)\bprocess\.env\b/,
    allowed: ['bot/config.ts', 'prisma/prisma.config.ts', 'prisma/set-up.mjs'],
    why: 'One schema then names every fault at once, and no setting works that the README does not list.',
    fix: 'Add the setting to bot/config.ts and hand the value in.',
  },
  {
    what: 'the time is asked for in bot/clock.ts',
    pattern: /\bDate\.now\b|\bnew Date(\(\s*\)|(?![\w(]))|\bTemporal\.Now\b|\bperformance\.now\b/,
    allowed: ['bot/clock.ts'],
    why: 'Rules get the time. What asks for it cannot be moved ahead in local mode or in a test.',
    fix: 'Take `now` as an argument, or the clock of domain/ports.ts.',
  },
  {
    what: 'randomness comes from bot/random.ts',
    pattern: /\bMath\.random\b|\brandom(UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/,
    // The id of a row in Prisma's book of migrations: written before there is anything to hand a port to.
    allowed: ['bot/random.ts', 'prisma/migrate.ts'],
    why: 'Ids and tokens are then made one way, and a test can know them.',
    fix: 'Take `random` of domain/ports.ts.',
  },
] as const;

const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/.*$/gm, '');

const breaks = (pattern: RegExp, code: string) => pattern.test(withoutComments(code));

describe.each(PORTS)('$what', ({ what, pattern, allowed, why, fix }) => {
  test('and nowhere else in the product', () => {
    const faults = product()
      .filter((file) => !(allowed as readonly string[]).includes(file) && breaks(pattern, read(file)))
      .map((file) => `${file} does not keep to it.\n  Rule: ${what}.\n  Why: ${why}\n  Fix: ${fix}`);
    expect(faults.join('\n')).toBe('');
  });

  test('and every exception is one', () => {
    const needless = allowed.filter((file) => file !== 'prisma/set-up.mjs' && !breaks(pattern, read(file)));
    expect(needless).toEqual([]);
  });
});

describe('the rules notice', () => {
  const [settings, time, randomness] = PORTS;
  test.each([
    ['const port = process.env.PORT;', settings],
    ["const port = process.env['PORT'];", settings],
    ['const { PORT } = process.env;', settings],
    ['const at = Date.now();', time],
    ['const at = [].map(Date.now);', time],
    ['const at = new Date();', time],
    ['const at = new Date( );', time],
    ['const at = new Date;', time],
    ['const today = Temporal.Now.plainDateISO();', time],
    ['const id = crypto.randomUUID();', randomness],
    ['const dice = Math.random();', randomness],
  ])('%s', (code, { pattern }) => {
    expect(breaks(pattern, code)).toBe(true);
  });

  test.each([
    ['spawn(program, { env: { ...process.env, NODE_OPTIONS: "" } });', settings],
    ['// process.env is read elsewhere', settings],
    ['const at = new Date(row.at);', time],
    ['const at: Date = ports.clock.now();', time],
    ['/** Never Date.now(). */', time],
    ['const id = ports.random.id();', randomness],
  ])('and let pass: %s', (code, { pattern }) => {
    expect(breaks(pattern, code)).toBe(false);
  });
});
