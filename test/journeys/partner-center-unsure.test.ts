import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  always,
  CALLS,
  type End,
  endsAfter,
  type Stage,
  settle,
  startStage,
  undisturbed,
  WRITES,
} from '../support/partner-center-story.ts';

/** It was done, and nobody heard so: the line breaks, 503 is said, half an answer comes, or an empty one. */
const UNSURE = [
  ['resetAfter', CALLS],
  ['statusAfter', WRITES],
  ['garbledAfter', WRITES],
  ['silentAfter', WRITES],
] as const;
const LATER = [['resetAfter'], ['silentAfter']] as const;

let stage: Stage & { readonly stop: () => Promise<void> };
let end: End;
beforeAll(async () => {
  stage = await startStage('pglite');
  end = await undisturbed(stage);
}, 120_000);
afterAll(() => stage?.stop());

test.each(UNSURE)('R29: whichever call is done but not answered (%s), nothing is done twice', async (how, calls) => {
  expect(await endsAfter(stage, `unsure-${how.toLowerCase()}`, how, calls)).toEqual(always(end, calls));
});

test.each(LATER)('R29: the same where it is found out before the deal goes on (%s)', async (how) => {
  const ends = await endsAfter(stage, `later-${how.toLowerCase()}`, how, WRITES, () => settle(stage));
  expect(ends).toEqual(always(end, WRITES));
});
