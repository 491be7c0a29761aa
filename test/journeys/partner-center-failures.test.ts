import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { How } from '../support/partner-center.ts';
import {
  always,
  CALLS,
  type End,
  endsAfter,
  type Stage,
  startStage,
  undisturbed,
  WRITES,
} from '../support/partner-center-story.ts';

const ONE = CALLS.filter((call) => call.endsWith(' one'));
const PATCHES = CALLS.filter((call) => call.includes('PATCH'));

/** What Partner Center says instead of doing what it was asked, of which calls; a break of the line; and late. */
const FAILURES: readonly (readonly [name: string, how: How, calls: readonly string[]])[] = [
  ['401', 401, WRITES],
  ['403', 403, WRITES],
  ['404', 404, ONE],
  ['409', 409, WRITES],
  ['412', 412, PATCHES],
  ['429', { status: 429, headers: { 'Retry-After': '120' } }, WRITES],
  ['500', 500, CALLS],
  ['503', 503, PATCHES],
  ['reset-before', 'resetBefore', CALLS],
  ['slow', 'slow', PATCHES],
];

let stage: Stage & { readonly stop: () => Promise<void> };
let end: End;
beforeAll(async () => {
  stage = await startStage('postgresql');
  end = await undisturbed(stage);
}, 120_000);
afterAll(() => stage?.stop());

test('R29: a deal that Partner Center takes at once ends closed as won in both, with one half for each side', () => {
  expect(end).toMatchObject({
    record: {
      ...{ status: 'Closed', substatus: 'Won', stage: 'proposed', valueCents: 3_125_050, closeOn: '2026-11-23' },
      sync: { syncAt: null, syncTries: 0, syncTrouble: null, behind: 0 },
      known: [true, true, true, true],
    },
    history: expect.arrayContaining(['made by person', 'upgraded by customer', 'changed by person', 'won by person']),
    inOneGroup: true,
    halves: [
      { status: 'Closed', substatus: 'Won', details: { dealValue: 31250.5, closingDateTime: '2026-11-23T00:00:00Z' } },
      { status: 'New', substatus: 'Pending', target: [{ type: 'BusinessProfileLocation', id: 'msft' }] },
    ],
  });
});

test.each(FAILURES)('R29: whichever call fails with %s, the deal ends as if none had', async (name, how, calls) => {
  expect(await endsAfter(stage, `fails-${name}`, how, calls)).toEqual(always(end, calls));
});
