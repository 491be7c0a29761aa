import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { product, read } from './tree.ts';

type Import = {
  readonly file: string;
  /** A path from the root, or the name of a package; `node:` for Node's own. */
  readonly of: string;
  readonly ours: boolean;
  /** Gone at run time. */
  readonly typeOnly: boolean;
};

type Rule = {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
  readonly speaksOf: (file: string) => boolean;
  readonly allows: (what: Import) => boolean;
};

const within = (path: string, ...folders: readonly string[]) => folders.some((folder) => path.startsWith(`${folder}/`));

/** Where the layers are put together, and the programs one can start. */
const ENTRIES = [
  'bot/app.ts',
  'bot/export.ts',
  'bot/import.ts',
  'bot/main.ts',
  'bot/notices.ts',
  'bot/start.ts',
  'bot/verify-history.ts',
];

const DATABASE = [
  '@electric-sql/pglite',
  '@prisma/adapter-pg',
  '@prisma/client',
  'pg',
  'pglite-prisma-adapter',
  'prisma',
];

/** Microsoft's schemas and what reads them, zip, and the compression within a PNG. */
const PACKING = ['@microsoft/app-manifest', 'ajv', 'ajv-draft-04', 'ajv-formats', 'fflate', 'node:module', 'node:zlib'];

const RULES: readonly Rule[] = [
  {
    what: 'domain imports zod, tldts, temporal-polyfill and itself, nothing else',
    why: 'Rules that touch nothing outside can be read, tested and trusted alone.',
    fix: 'Take what is needed as an argument or as a port (domain/ports.ts), and hand it in where the parts are put together, in bot/app.ts.',
    speaksOf: (file) => within(file, 'domain'),
    allows: ({ of, ours }) => (ours ? within(of, 'domain') : ['zod', 'tldts', 'temporal-polyfill'].includes(of)),
  },
  {
    what: 'cards imports domain, itself, zod and mjml, and from @microsoft/teams.cards types alone',
    why: 'What Claimdesk says is data in, JSON or text out: it can be shown in a gallery without a server.',
    fix: 'Look things up in a handler (bot/handlers) and give the card what it shows. For @microsoft/teams.cards write "import type".',
    speaksOf: (file) => within(file, 'cards'),
    allows: ({ of, ours, typeOnly }) =>
      ours
        ? within(of, 'cards', 'domain')
        : ['zod', 'mjml'].includes(of) || (of === '@microsoft/teams.cards' && typeOnly),
  },
  {
    what: 'prisma imports domain, itself and the libraries of the database',
    why: 'A store keeps and finds. One that knows Teams, mail or cards would have to change with them.',
    fix: 'Decide in domain, tell through the outbox (domain/notices), and leave the outside to bot.',
    speaksOf: (file) => within(file, 'prisma'),
    allows: ({ of, ours }) =>
      ours ? within(of, 'prisma', 'domain') : of.startsWith('node:') || [...DATABASE, 'pg-boss', 'zod'].includes(of),
  },
  {
    what: 'bot imports domain, cards and itself, and no library of the database',
    why: 'The shell meets the outside; what the record looks like is no concern of it.',
    fix: 'Ask for what is needed through the ports (domain/ports.ts) and implement it in prisma/stores.',
    speaksOf: (file) => within(file, 'bot'),
    allows: ({ of, ours }) =>
      ours ? within(of, 'bot', 'domain', 'cards', 'prisma', 'manifest') : !DATABASE.includes(of),
  },
  {
    what: `in bot, only ${ENTRIES.join(', ')} import prisma`,
    why: 'Everything else then works on any record that keeps to the ports, and what touches the database is found in one place.',
    fix: 'Add to a port in domain what is missing, implement it in prisma/stores, and let bot/app.ts hand it in.',
    speaksOf: (file) => within(file, 'bot') && !ENTRIES.includes(file),
    allows: ({ of, ours }) => !(ours && within(of, 'prisma')),
  },
  {
    what: 'manifest imports domain, cards, itself and what checks and packs, no file and no setting',
    why: 'What Teams is told of the app is values in, bytes out: a test can make any package and see what is said against it.',
    fix: 'Read settings and files in bot/manifest.ts and hand the values in.',
    speaksOf: (file) => within(file, 'manifest'),
    allows: ({ of, ours }) => (ours ? within(of, 'manifest', 'domain', 'cards') : PACKING.includes(of)),
  },
  {
    what: 'only bot/manifest.ts imports manifest',
    why: 'The app package is made with development packages, which a server that runs the bot need not have.',
    fix: 'Put what the bot needs too into bot or cards, and let manifest or a test hold the two together.',
    speaksOf: (file) => !within(file, 'manifest') && file !== 'bot/manifest.ts',
    allows: ({ of, ours }) => !(ours && within(of, 'manifest')),
  },
  {
    what: 'only bot/teams imports botbuilder',
    why: 'The SDK is archived upstream: its successor then costs one folder.',
    fix: 'Put what needs the SDK into bot/teams and export something that does not speak of it.',
    speaksOf: (file) => !within(file, 'bot/teams'),
    allows: ({ of }) => !/^botbuilder|^botframework|^@microsoft\/(agents|teams\.(?!cards))/.test(of),
  },
  {
    what: 'nothing of the product imports test',
    why: 'What is installed without tests must run.',
    fix: 'Move what both need into the product, or copy the little that it is.',
    speaksOf: () => true,
    allows: ({ of, ours }) => !(ours && within(of, 'test')),
  },
];

const STATIC = /^\s*(import|export)(\s+type\b)?(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;

const packageOf = (specifier: string): string => {
  if (specifier.startsWith('node:') || builtinModules.includes(specifier))
    return `node:${specifier.replace('node:', '')}`;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
};

const importsOf = (file: string, code: string): readonly Import[] => {
  const named = [
    ...[...code.matchAll(STATIC)].map(([, , type, specifier = '']) => ({ specifier, typeOnly: type !== undefined })),
    ...[...code.matchAll(DYNAMIC)].map(([, specifier = '']) => ({ specifier, typeOnly: false })),
  ];
  return named.map(({ specifier, typeOnly }) => {
    const ours = specifier.startsWith('.');
    const of = ours ? posix.join(posix.dirname(file), specifier) : packageOf(specifier);
    return { file, of, ours, typeOnly };
  });
};

/** What a file does against a rule, in words that say how to mend it. */
const faultsOf = ({ what, why, fix, speaksOf, allows }: Rule, file: string, code: string): readonly string[] =>
  speaksOf(file)
    ? importsOf(file, code)
        .filter((one) => !allows(one))
        .map(({ of }) => `${file} imports ${of}.\n  Rule: ${what}.\n  Why: ${why}\n  Fix: ${fix}`)
    : [];

describe('what may import what', () => {
  test.each(RULES)('$what', (rule) => {
    expect(
      product()
        .flatMap((file) => faultsOf(rule, file, read(file)))
        .join('\n'),
    ).toBe('');
  });

  test('imports are found at all: every layer that has some, shows some', () => {
    for (const layer of ['domain', 'cards', 'prisma', 'bot', 'manifest']) {
      const found = product()
        .filter((file) => within(file, layer))
        .flatMap((file) => importsOf(file, read(file)));
      expect(found.filter(({ ours }) => ours).length).toBeGreaterThan(10);
      expect(found.filter(({ ours }) => !ours).length).toBeGreaterThan(2);
    }
  });
});

describe('the rules notice', () => {
  test.each([
    ['domain/claims/status.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/claims/status.ts', "import { readFileSync } from 'fs';"],
    ['domain/claims/status.ts', "import type { Card } from '../../cards/card.ts';"],
    ['domain/claims/status.ts', "export * from '../../prisma/stores.ts';"],
    ['cards/card.ts', "import { AdaptiveCard } from '@microsoft/teams.cards';"],
    ['cards/card.ts', "import {\n  one,\n  two,\n} from '../bot/random.ts';"],
    ['cards/card.ts', "import 'node:fs/promises';"],
    ['cards/consent/mail.ts', "const { send } = await import('nodemailer');"],
    ['prisma/stores/claims.ts', "import { en } from '../../cards/text/en.ts';"],
    ['prisma/stores/claims.ts', "import { TurnContext } from 'botbuilder';"],
    ['bot/handlers/claims.ts', "import { claimStore } from '../../prisma/stores/claims.ts';"],
    ['bot/handlers/claims.ts', "import pg from 'pg';"],
    ['manifest/package.ts', "import { readFileSync } from 'node:fs';"],
    ['manifest/manifest.ts', "import { readConfig } from '../bot/config.ts';"],
    ['bot/teams/gateway.ts', "import { ACCENT } from '../../manifest/manifest.ts';"],
    ['bot/app.ts', "import { PGlite } from '@electric-sql/pglite';"],
    ['bot/handlers/claims.ts', "import type { TurnContext } from 'botbuilder';"],
    ['bot/handlers/claims.ts', "const sdk = require('botframework-connector');"],
    ['bot/app.ts', "import { startMailbox } from '../test/support/mailbox.ts';"],
  ])('%s: %j', (file, code) => {
    const faults = RULES.flatMap((rule) => faultsOf(rule, file, code));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join()).toMatch(/Rule: .*\n {2}Why: .*\n {2}Fix: /);
  });

  test.each([
    ['domain/claims/deadlines.ts', "import { Temporal } from 'temporal-polyfill';"],
    ['cards/card.ts', "import type { IAdaptiveCard } from '@microsoft/teams.cards';"],
    ['cards/card.ts', "export type { Claim } from '../domain/claims/claim-store.ts';"],
    ['prisma/stores/claims.ts', "import type { Claim } from '../../domain/claims/claim-store.ts';"],
    ['bot/teams/gateway.ts', "import { TurnContext } from 'botbuilder';"],
    ['bot/manifest.ts', "import { packageFiles } from '../manifest/package.ts';"],
    ['bot/app.ts', "import { openDatabase } from '../prisma/database.ts';"],
    ['bot/handlers/claims.ts', 'const words = \'import { x } from "pg"\';'],
  ])('and let pass %s: %j', (file, code) => {
    expect(RULES.flatMap((rule) => faultsOf(rule, file, code))).toEqual([]);
  });
});
