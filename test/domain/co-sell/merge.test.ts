import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesOf, settledOn, type Taken } from '../../../domain/co-sell/merge.ts';
import type { RemoteChange, RemoteReferral } from '../../../domain/co-sell/partner-center.ts';
import { CO_SELL_STATES, type Mirror, NOTHING_MIRRORED, type Referral } from '../../../domain/co-sell/referral.ts';

const OURS: Referral = {
  ...{ claimNumber: 1_000_001, id: 'r', organisationId: 'o', status: 'Active', substatus: 'Accepted' },
  ...{ statusReason: null, stage: 'accepted', valueCents: 2_500_000, closeOn: '2027-02-21', conditions: [] },
  ...{ coSellConditions: null, coSell: null, upgradedAt: null, answerDueAt: null, warnAt: null, answeredAt: null },
  ...{ answeredById: null, declineReason: null, declineWords: null, createdAt: new Date(0), madeAt: new Date(0) },
  ...{ revision: 1, mirroredRevision: 0, mirror: NOTHING_MIRRORED, syncAt: null, syncTries: 0, syncTrouble: null },
};

const THEIRS: RemoteReferral = {
  ...{ id: 'p', groupId: 'g', side: 'partner', externalReferenceId: '1000001', eTag: '1', status: 'Active' },
  ...{ substatus: 'Accepted', valueCents: 2_500_000, closeOn: '2027-02-21' },
  ...{ updatedAt: new Date(0) },
};

type Agreed = NonNullable<Referral['mirror']['agreed']>;
const AGREED: Agreed = { valueCents: 2_500_000, closeOn: '2027-02-21', closed: null, shared: false };

const ours = (
  over: Partial<Referral> = {},
  agreed: Agreed | null = AGREED,
  telling: Mirror['telling'] = null,
): Referral => ({ ...OURS, ...over, mirror: { ...NOTHING_MIRRORED, agreed, telling } });
/** A value of 300 was told, and nobody knows whether it arrived. */
const TELLING = { valueCents: 300, closeOn: null };
const theirs = (over: Partial<RemoteReferral> = {}): RemoteReferral => ({ ...THEIRS, ...over });
const WON = { status: 'Closed', substatus: 'Won', statusReason: 'partner' } as const;
const LOST = { status: 'Closed', substatus: 'Lost', statusReason: 'claimCanceled' } as const;

describe('R29: what has to move so that the record and Partner Center say the same', () => {
  test.each<[string, Referral, RemoteReferral, Taken | null, Omit<RemoteChange, 'customerContact'> | null]>([
    ['nothing, when nothing changed', ours(), theirs(), null, null],
    ['what was changed there is taken over', ours(), theirs({ valueCents: 100 }), { valueCents: 100 }, null],
    ['a day, too', ours(), theirs({ closeOn: '2027-03-01' }), { closeOn: '2027-03-01' }, null],
    ['what was changed here is told', ours({ valueCents: 300 }), theirs(), null, { valueCents: 300 }],
    [
      'where both were changed, what was typed here counts',
      ours({ valueCents: 300 }),
      theirs({ valueCents: 100 }),
      null,
      { valueCents: 300 },
    ],
    [
      'where both were changed to the same there is nothing to say',
      ours({ valueCents: 7 }),
      theirs({ valueCents: 7 }),
      null,
      null,
    ],
    [
      'one value changed there, another here: what is taken comes first',
      ours({ closeOn: '2027-05-01' }),
      theirs({ valueCents: 100 }),
      { valueCents: 100 },
      null,
    ],
    ['a value in another currency is left alone', ours(), theirs({ valueCents: null }), null, null],
    ['before both agreed, too', ours({}, null), theirs({ valueCents: null }), null, null],
    [
      'until it is changed here: then it is told, with its currency',
      ours({ valueCents: 300 }),
      theirs({ valueCents: null }),
      null,
      { valueCents: 300, intoDollars: true },
    ],
    [
      'what was told without an answer, and taken back here since, is no change of theirs',
      ours({}, AGREED, TELLING),
      theirs({ valueCents: 300 }),
      null,
      { valueCents: 2_500_000 },
    ],
    [
      'and where it was changed there since, that is taken',
      ours({}, AGREED, TELLING),
      theirs({ valueCents: 100 }),
      { valueCents: 100 },
      null,
    ],
    ['before both agreed, what is here is told', ours({ valueCents: 9 }, null), theirs(), null, { valueCents: 9 }],
    ['won there is won here', ours(), theirs(WON), { closed: 'Won' }, null],
    [
      'whatever else closed there is lost here',
      ours(),
      theirs({ status: 'Closed', substatus: 'Expired' }),
      { closed: 'Lost' },
      null,
    ],
    [
      'closed there with another value, both are taken',
      ours(),
      theirs({ ...WON, valueCents: 100 }),
      { valueCents: 100, closed: 'Won' },
      null,
    ],
    [
      'closed there while it was changed here, the values it was closed with count',
      ours({ valueCents: 300, closeOn: '2027-05-01' }),
      theirs({ ...WON, valueCents: 100 }),
      { valueCents: 100, closeOn: '2027-02-21', closed: 'Won' },
      null,
    ],
    ['closed there is final: nothing is told any more', ours({ ...LOST, valueCents: 300 }), theirs(WON), null, null],
    ['won here is told', ours(WON), theirs(), null, { closed: { as: 'Won', reason: 'partner' } }],
    ['lost here is told with why', ours(LOST), theirs(), null, { closed: { as: 'Lost', reason: 'claimCanceled' } }],
    [
      'the customer’s agreement is told once',
      ours({ coSell: 'asked' }),
      theirs(),
      null,
      { consent: { contact: true, share: true } },
    ],
    [
      'but not of a deal that is lost',
      ours({ ...LOST, coSell: 'withdrawn' }),
      theirs(),
      null,
      { closed: { as: 'Lost', reason: 'claimCanceled' } },
    ],
    ['and not again', ours({ coSell: 'taken' }, { ...AGREED, shared: true }), theirs(), null, null],
  ])('%s', (_what, referral, remote, taken, change) => {
    expect(changesOf(referral, remote)).toEqual({ agreed: expect.anything(), taken, change });
  });
});

const values = {
  valueCents: fc.constantFrom(100, 200, 300),
  closeOn: fc.constantFrom('2027-01-01', '2027-02-01', '2027-03-01'),
};
const someRecord = fc
  .record({ ...values, closing: fc.constantFrom({}, WON, LOST), coSell: fc.constantFrom(null, ...CO_SELL_STATES) })
  .map(({ closing, ...over }) => ({ ...over, ...closing }));
const someRemote = fc
  .record({ ...values, closing: fc.constantFrom({}, WON, { status: 'Closed' as const, substatus: 'Lost' }) })
  .map(({ closing, ...over }) => theirs({ ...over, ...closing }));
const someAgreed = fc.option(fc.record({ ...values, closed: fc.constant(null), shared: fc.boolean() }), { nil: null });

/** Carries out what has to move until nothing has: both sides then, and how often something was told. */
const settled = (referral: Referral, remote: RemoteReferral) => {
  let [mine, there] = [referral, remote];
  let told = 0;
  for (let round = 0; round < 10; round += 1) {
    const { agreed, taken, change } = changesOf(mine, there);
    const { shared } = agreed;
    if (taken !== null) {
      const { closed, ...rest } = taken;
      const ended =
        closed === undefined ? {} : ({ status: 'Closed', substatus: closed, statusReason: 'elsewhere' } as const);
      mine = {
        ...mine,
        ...rest,
        ...ended,
        mirror: { ...mine.mirror, agreed: settledOn(there, shared, agreed.valueCents) },
      };
      continue;
    }
    if (change === null) return { mine, there, told };
    told += 1;
    const { closed, valueCents, closeOn } = change;
    there = {
      ...there,
      ...(valueCents === undefined ? {} : { valueCents }),
      ...(closeOn === undefined ? {} : { closeOn }),
      ...(closed === undefined ? {} : { status: 'Closed' as const, substatus: closed.as }),
    };
    const sharing = shared || change.consent !== undefined;
    mine = { ...mine, mirror: { ...mine.mirror, agreed: settledOn(there, sharing, mine.valueCents) } };
  }
  throw new Error('they never agree');
};

describe('R29: whatever was changed where', () => {
  const check = (claim: (start: Referral, remote: RemoteReferral, end: ReturnType<typeof settled>) => void) =>
    fc.assert(
      fc.property(someRecord, someAgreed, someRemote, (over, agreed, remote) => {
        const start = ours(over, agreed);
        claim(start, remote, settled(start, remote));
      }),
      { numRuns: 2_000 },
    );

  test('both sides agree in the end, unless the deal was closed differently on both', () => {
    check((start, remote, { mine, there }) => {
      if (start.status === 'Closed' && remote.status === 'Closed') return;
      expect([mine.valueCents, mine.closeOn, mine.status === 'Closed' ? mine.substatus : null]).toEqual([
        there.valueCents,
        there.closeOn,
        there.status === 'Closed' ? there.substatus : null,
      ]);
    });
  });

  test('what is closed there stays as it was closed', () => {
    check((_start, remote, { there }) => {
      if (remote.status === 'Closed') expect(there).toEqual(remote);
    });
  });

  test('what is closed here is never opened again', () => {
    check((start, _remote, { mine }) => {
      if (start.status === 'Closed') expect([mine.status, mine.substatus]).toEqual([start.status, start.substatus]);
    });
  });

  test('a value comes from one of both sides, and from here where it was changed here', () => {
    check((start, remote, { mine }) => {
      expect([start.valueCents, remote.valueCents]).toContain(mine.valueCents);
      const { agreed } = start.mirror;
      if (agreed !== null && start.valueCents !== agreed.valueCents && remote.status !== 'Closed') {
        expect(mine.valueCents).toBe(start.valueCents);
      }
    });
  });

  test('one call tells everything', () => {
    check((_start, _remote, { told }) => expect(told).toBeLessThanOrEqual(1));
  });
});
