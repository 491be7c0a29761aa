import { describe, expect, test } from '@jest/globals';
import { changeDeal, closeDeal } from '../../../domain/co-sell/keep-deal.ts';
import type { Actor } from '../../../domain/people/actor.ts';
import type { Ports } from '../../../domain/ports.ts';

const KEPT = 'what was typed is good, and is to be kept';
/** Nothing is kept here: what goes as far as the record is what was understood. */
const ports = {
  clock: { now: () => new Date('2026-11-23T23:30:00.000Z') },
  inTx: async () => {
    throw new Error(KEPT);
  },
} as unknown as Ports;
const actor = { personId: 'a person' } as Actor;
const command = { id: 'a command', verb: 'referral.save' };
const seen = { claim: 1_000_001, seen: 1 };
const GOOD = { stage: 'qualified', closeOn: '2027-02-21', value: '25,000' };

/** What is wrong with each field; 'kept': nothing. */
const faultsIn = async (outcome: ReturnType<typeof changeDeal>) => {
  try {
    const said = await outcome;
    return said.kind === 'faults'
      ? Object.fromEntries(said.faults.map(({ field, fault }) => [field, fault.code]))
      : said;
  } catch (error) {
    if (error instanceof Error && error.message === KEPT) return 'kept';
    throw error;
  }
};
type Typed = Readonly<Record<string, string>>;
const changed = (typed: Typed) => faultsIn(changeDeal(ports, actor, command, seen, typed));
const closed = (typed: Typed) => faultsIn(closeDeal(ports, actor, command, seen, 'won', typed));

describe('the stage of a deal', () => {
  test.each(['created', 'accepted', 'qualified', 'developed', 'proposed', 'negotiated'])('%s is one', async (stage) => {
    expect(await changed({ ...GOOD, stage })).toBe('kept');
  });
  test.each(['', 'won', 'Qualified', 'constructor'])('“%s” is none', async (stage) => {
    expect(await changed({ ...GOOD, stage })).toEqual({ stage: 'choice.missing' });
  });
  test('is not asked for when it is closed', async () => {
    expect(await closed({ closeOn: '2026-11-23', value: '25,000' })).toBe('kept');
  });
});

describe('the day of a deal, in UTC', () => {
  test.each<[string, string, unknown, unknown]>([
    ['today', '2026-11-23', 'kept', 'kept'],
    ['tomorrow', '2026-11-24', 'kept', { closeOn: 'day.ahead' }],
    ['yesterday', '2026-11-22', { closeOn: 'day.over' }, 'kept'],
    ['ten years on', '2036-11-23', 'kept', { closeOn: 'day.ahead' }],
    ['more than ten years on', '2036-11-24', { closeOn: 'day.farAway' }, { closeOn: 'day.farAway' }],
    ['ten years ago', '2016-11-23', { closeOn: 'day.over' }, 'kept'],
    ['more than ten years ago', '2016-11-21', { closeOn: 'day.farAway' }, { closeOn: 'day.farAway' }],
    ['in the year 20267', '20267-11-23', { closeOn: 'day.missing' }, { closeOn: 'day.missing' }],
    ['of no month', '2026-13-01', { closeOn: 'day.missing' }, { closeOn: 'day.missing' }],
    ['one that February does not have', '2027-02-29', { closeOn: 'day.missing' }, { closeOn: 'day.missing' }],
    ['in words', 'next week', { closeOn: 'day.missing' }, { closeOn: 'day.missing' }],
    ['left out', '', { closeOn: 'day.missing' }, { closeOn: 'day.missing' }],
  ])('%s (%s)', async (_what, closeOn, expected, whenClosed) => {
    expect(await changed({ ...GOOD, closeOn })).toEqual(expected);
    expect(await closed({ ...GOOD, closeOn })).toEqual(whenClosed);
  });
});

describe('the value of a deal', () => {
  test.each<[string, unknown]>([
    ['25,000', 'kept'],
    ['25.000,50', 'kept'],
    ['$ 25 000', 'kept'],
    ['0.01', 'kept'],
    ['99,999,999,999.99', 'kept'],
    ['', { value: 'text.missing' }],
    ['  ', { value: 'text.missing' }],
    ['0', { value: 'money.notPositive' }],
    ['0,00', { value: 'money.notPositive' }],
    ['-1', { value: 'money.notPositive' }],
    ['−25.000', { value: 'money.notPositive' }],
    ['€ 25.000', { value: 'money.invalid' }],
    ['a lot', { value: 'money.invalid' }],
    ['1e9', { value: 'money.invalid' }],
    ['100,000,000,000', { value: 'money.tooLarge' }],
    ['99999999999999999999', { value: 'money.tooLarge' }],
  ])('“%s”', async (value, expected) => {
    expect(await changed({ ...GOOD, value })).toEqual(expected);
    expect(await closed({ ...GOOD, closeOn: '2026-11-23', value })).toEqual(expected);
  });

  test('everything that is wrong is said at once', async () => {
    expect(await changed({})).toEqual({ stage: 'choice.missing', closeOn: 'day.missing', value: 'text.missing' });
    expect(await closed({})).toEqual({ closeOn: 'day.missing', value: 'text.missing' });
  });
});
