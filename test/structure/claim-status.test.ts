import { describe, expect, test } from '@jest/globals';
import { product, read } from './tree.ts';

const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(?<=^|\s)\/\/.*$/gm, '');

/** What stands between the brace or bracket at `from` and the one that closes it. */
const enclosed = (code: string, from: number): string => {
  let depth = 0;
  for (let index = from; index < code.length; index += 1) {
    if ('([{'.includes(code[index] ?? '')) depth += 1;
    if (')]}'.includes(code[index] ?? '')) depth -= 1;
    if (depth === 0) return code.slice(from + 1, index);
  }
  return code.slice(from + 1);
};

/** Where each named part of a store begins, so that a write can be told by it. */
const partAt = (code: string, index: number): string =>
  [...code.slice(0, index).matchAll(/^ {2}(\w+): (?:async )?\(/gm)].at(-1)?.[1] ?? '';

const STORED = /\bclaim\s*(?:\?\.|\.)\s*(?:create|update|upsert)\w*\s*(\()/g;
const NESTED = /\b(?:claims?|rated)\s*:\s*(\{)\s*(?:create|update|upsert|connectOrCreate)/g;
const RAW = /\b(?:INSERT\s+INTO|MERGE\s+INTO|UPDATE)\s+(?:ONLY\s+)?"Claim"/gi;

/** What is written: the status by its name, or whatever there is in something that is taken over whole. */
const setsStatus = (call: string): boolean =>
  /\bstatus\b|\.\.\./.test(call.replace(/\bwhere\s*:\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g, ''));

/** The parts of a file that can write the status of a claim. */
const writers = (file: string, source: string): readonly string[] => {
  const code = withoutComments(source);
  const stored = [...code.matchAll(STORED), ...code.matchAll(NESTED)].filter((found) =>
    setsStatus(enclosed(code, found.index + found[0].lastIndexOf(found[1] ?? ''))),
  );
  return [...stored, ...code.matchAll(RAW)].map(({ index }) => `${file} ${partAt(code, index)}`.trim());
};

const ADVANCES =
  /\bclaim(?:s|Store\([^()]*\))\s*(?:\?\.|\.)\s*advance\b|\bclaims\s*\[|\{[^{}]*\badvance\b[^{}]*\}\s*=\s*[\w.]*\bclaims\b/;
const advances = (source: string): boolean => ADVANCES.test(withoutComments(source));

describe('R16: the table alone moves a claim', () => {
  test('its status is written where it is added and where it is advanced, and nowhere else in the product', () => {
    expect(product().flatMap((file) => writers(file, read(file)))).toEqual([
      'prisma/stores/claims.ts add',
      // Many at once: the clock's own steps.
      'prisma/stores/claims.ts endAll',
      'prisma/stores/claims.ts advance',
    ]);
  });

  test('the step that asks the table is the only one that advances it', () => {
    expect(product().filter((file) => advances(read(file)))).toEqual(['domain/claims/advance-claim.ts']);
  });
});

describe('the rules notice', () => {
  test.each([
    "await db.claim.update({ where: { number }, data: { status: 'APPROVED' } });",
    'await tx.claim.updateMany({ where: { number, status: { in: [...from] } }, data: { name, status } });',
    'await db.claim.updateMany({ where: { number }, data: { ...change } });',
    'const { claim } = db; await claim.update({ where: { number }, data: { status } });',
    'await db.claim.create({ data: row.status ? { status } : { ...row } });',
    "await db.customer.update({ where: { id }, data: { claims: { updateMany: { where: {}, data: { status: 'CANCELED' } } } } });",
    'await db.$executeRaw`UPDATE "Claim" SET "status" = 1`;',
    'await db.$executeRaw`INSERT INTO "Claim" ("status") VALUES (1)`;',
  ])('a status that is written elsewhere: %s', (code) => {
    expect(writers('bot/somewhere.ts', code)).toEqual(['bot/somewhere.ts']);
  });

  test.each([
    'await db.claim.updateMany({ where: { number, status: { in: [...from] } }, data: { remindAt: to } });',
    "await db.claim.findMany({ where: { status: 'APPROVED' } });",
    'await db.draft.update({ where: { id }, data: { status } });',
    '// db.claim.update({ data: { status } })',
    'await db.$queryRaw`SELECT "status" FROM "Claim" FOR UPDATE`;',
  ])('and lets pass: %s', (code) => {
    expect(writers('bot/somewhere.ts', code)).toEqual([]);
  });

  test.each([
    'await tx.claims.advance(number, from, change);',
    'await ports.reads.claims\n  .advance(number, from, change);',
    "await tx.claims['advance'](number, from, change);",
    'await claimStore(db).advance(number, from, change);',
    'const { advance } = tx.claims;',
  ])('a claim that is advanced elsewhere: %s', (code) => {
    expect(advances(code)).toBe(true);
  });

  test.each(['clock.advance(1);', 'await advanceClaim(tx, sha256, claim, name, step);', '// tx.claims.advance(1)'])(
    'and lets pass: %s',
    (code) => {
      expect(advances(code)).toBe(false);
    },
  );
});
