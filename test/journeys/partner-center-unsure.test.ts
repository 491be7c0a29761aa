import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  always,
  type End,
  endsAfter,
  type Stage,
  settle,
  startStage,
  undisturbed,
  WRITES,
} from '../support/partner-center-story.ts';

/** It was done, and nobody heard so: the line breaks, 503 is said, half an answer comes, or an empty one. */
const UNSURE = [['resetAfter'], ['statusAfter'], ['garbledAfter'], ['silentAfter']] as const;

let stage: Stage & { readonly stop: () => Promise<void> };
let end: End;
beforeAll(async () => {
  stage = await startStage('pglite');
  end = await undisturbed(stage);
}, 120_000);
afterAll(() => stage?.stop());

test.each(UNSURE)('R29: whichever call is done but not answered (%s), nothing is done twice', async (how) => {
  expect(await endsAfter(stage, `unsure-${how.toLowerCase()}`, how)).toEqual(always(end));
});

test.each(UNSURE)('R29: the same where it is found out before the deal goes on (%s)', async (how) => {
  const ends = await endsAfter(stage, `later-${how.toLowerCase()}`, how, WRITES, () => settle(stage));
  expect(ends).toEqual(always(end, WRITES));
});
