import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CLAIM_KINDS } from '../../../domain/claims/claim-store.ts';
import { TRANSITIONS } from '../../../domain/claims/transitions.ts';
import { ALEX, AMSTERDAM, DAY, ENGINES, LEE, START, TAILSPIN } from '../../support/world.ts';
import { openRecord, type Record } from '../record.ts';
import { type Action, isComplete, isLate, isOpen, JUDGES, type Life, PARTNERS } from './life.ts';
import { type Cast, livesIn } from './lives.ts';
import { ENGAGEMENT, REQUIRED, type Steps, stepsOn } from './steps.ts';

const JUDGE = fc.constantFrom(...JUDGES, 'admin' as const, 'other admin' as const);
const PARTNER = fc.constantFrom(...PARTNERS, 'owner' as const, 'colleague' as const);
const ITEM = fc.constantFrom(...REQUIRED, 'invoice', 'unasked');
const late = fc.constantFrom(false, false, false, true);
const remark = fc.constantFrom('', 'As it was agreed');

/** Anything that anybody might try, possible or not. */
const ANYTHING: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ what: fc.constant('nominate' as const), kind: fc.constantFrom(...CLAIM_KINDS) }),
  fc.record({ what: fc.constant('send' as const), by: PARTNER, cents: fc.integer({ min: 1, max: 9_000_000 }), late }),
  fc.record({ what: fc.constant('answer' as const), decision: fc.constantFrom('accept', 'decline'), late }),
  fc.record({ what: fc.constant('keep' as const), by: PARTNER, item: ITEM, page: fc.nat(9), late }),
  fc.record({ what: fc.constant('remove' as const), by: PARTNER, item: ITEM, late }),
  fc.record({ what: fc.constant('submit' as const), by: PARTNER, remark, late }),
  fc.record({ what: fc.constantFrom('dispute', 'cancel'), by: PARTNER, late }),
  fc.record({ what: fc.constantFrom('start', 'approve', 'askForMore', 'reject'), by: JUDGE, late }),
  fc.record({ what: fc.constant('wait' as const), days: fc.nat(60) }),
  fc.record({ what: fc.constant('waitUntilDue' as const), past: fc.constantFrom(0, 1) }),
  fc.record({ what: fc.constantFrom('expire', 'remind') }),
);

const send = { what: 'send', by: 'owner', cents: 500_000, late: false } as const;
const accept = { what: 'answer', decision: 'accept', late: false } as const;
const decline = { ...accept, decision: 'decline' } as const;
const keep = (item: string) => ({ what: 'keep', by: 'colleague', item, page: 1, late: false }) as const;
const remove = { what: 'remove', by: 'owner', item: 'invoice', late: false } as const;
const submit = { what: 'submit', by: 'owner', remark: '', late: false } as const;
const judged = (what: 'start' | 'approve' | 'askForMore' | 'reject') => ({ what, by: 'admin', late: false }) as const;
const dispute = { what: 'dispute', by: 'owner', late: false } as const;
const nominate = { what: 'nominate', kind: 'added' } as const;

/** What may well come next where the claim stands: what is merely tried seldom gets anywhere. */
const onward = (life: Life | null, now: number): readonly Action[] => {
  if (life === null || !isOpen(life)) return [nominate];
  if (isLate(life, now)) return [{ what: 'expire' }];
  if (life.pausedDueAt !== null) {
    const begun = life.status === 'UNDER_REVIEW';
    return begun ? [judged('reject'), judged('askForMore'), judged('reject'), judged('approve')] : [judged('start')];
  }
  switch (life.status) {
    case 'CUSTOMER_CLAIMED':
      return [send];
    case 'AWAITING_CONSENT':
      return [accept, accept, accept, decline];
    case 'REJECTED':
      return [dispute];
    default:
      return isComplete(life) ? [submit] : REQUIRED.map(keep);
  }
};

type Turn = Action | { readonly onward: number; readonly late: boolean };
const ONWARD: fc.Arbitrary<Turn> = fc.record({ onward: fc.nat(11), late });
const LIFE = fc.array(fc.oneof({ weight: 3, arbitrary: ONWARD }, { weight: 2, arbitrary: ANYTHING }), {
  minLength: 25,
  maxLength: 45,
});

const wait = (days: number) => ({ what: 'wait', days }) as const;
const until = (past: 0 | 1) => ({ what: 'waitUntilDue', past }) as const;
const expire = { what: 'expire' } as const;
const cancel = { what: 'cancel', by: 'owner', late: false } as const;
const remind = { what: 'remind' } as const;

const life = (...actions: readonly (Action | readonly Action[])[]): readonly Action[] => actions.flat();
/** With a card from before, and then with one of now. */
const twice = <A extends Action>(action: A): readonly Action[] =>
  'late' in action ? [{ ...action, late: true }, action] : [action];
const CONSENT = life(nominate, twice(send), twice(accept));
/** What can only be done before the first submission, and where the evidence is open. */
const FROZEN = life(keep('findings'), cancel);
const SUBMITTED = life(CONSENT, REQUIRED.map(keep), twice(submit), FROZEN);
const REVIEW = life(SUBMITTED, twice(judged('start')), FROZEN);
const REJECTED = life(REVIEW, twice(judged('reject')), FROZEN);
/** The last millisecond still counts, and the one after it does not. */
const END = life(until(0), expire, until(1), expire);

/** Lives that take every transition between them, whatever else comes up. */
const WHOLE_LIVES: readonly (readonly Action[])[] = [
  life(nominate, END, nominate, send, twice(send), END, nominate, send, twice(decline), CONSENT, END, CONSENT, cancel),
  life(nominate, { ...nominate, kind: 'claimed' }, twice(cancel), { ...nominate, kind: 'claimed' }, nominate),
  life(
    REVIEW,
    wait(20),
    remind,
    twice(judged('askForMore')),
    keep('invoice'),
    twice(keep('invoice')),
    twice(remove),
    wait(60),
    twice(submit),
    FROZEN,
    END,
  ),
  life(REVIEW, wait(20), judged('askForMore'), submit, wait(50), judged('start'), judged('askForMore'), cancel, END),
  life(REVIEW, twice(judged('approve')), FROZEN, REJECTED, END),
  life(
    REJECTED,
    twice(dispute),
    keep('invoice'),
    cancel,
    END,
    REJECTED,
    wait(6),
    dispute,
    wait(2),
    twice(submit),
    FROZEN,
  ),
  life(
    life(REJECTED, wait(6), dispute, wait(2), submit, judged('start'), judged('askForMore')),
    life(until(0), submit, judged('start'), judged('reject'), FROZEN, nominate),
  ),
];

describe.each(ENGINES)('on %s', (engine) => {
  let record: Record;
  let steps: Steps;
  let cast: Cast;
  const engagements: { slug: string; id: string }[] = [];
  beforeAll(async () => {
    record = await openRecord(engine);
    steps = stepsOn(record);
    const here = { role: 'incentivesUser', scope: AMSTERDAM } as const;
    const judge = { role: 'programAdmin', scope: '*' } as const;
    const admin = await record.actor(ALEX);
    cast = {
      owner: await steps.person([here, judge]),
      colleague: await steps.person([here]),
      stranger: await record.actor(LEE, TAILSPIN),
      admin,
      'other admin': await steps.person([judge]),
      'stand-in': await steps.person(),
      nobody: await steps.person(),
    };
    await steps.standsIn(cast['stand-in'], admin, START, new Date(START.getTime() + 10_000 * DAY));
    await steps.channel(admin);
    const { prisma } = record.database;
    const usual = await prisma.engagementVersion.findFirstOrThrow({ where: { slug: ENGAGEMENT } });
    // Less time for the review than for the first submission: nobody loses days by submitting.
    const definition = {
      ...(usual.definition as object),
      slug: 'quick',
      windows: { consent: 7, submit: 60, review: 40, dispute: 10 },
    };
    const id = record.ports.random.id();
    const quick = { id, slug: 'quick', version: 1, definition, effectiveFrom: usual.effectiveFrom };
    await prisma.engagementVersion.create({ data: quick });
    engagements.push(usual, quick);
  });
  afterAll(() => record?.close());

  test('R8, R15, R16, R17, R18, R33: whatever anybody does in whatever order, a claim lives by the rules', async () => {
    const seen = new Set<string>();
    const lived = async (turns: readonly Turn[], which: number) => {
      const lives = await livesIn(record, steps, cast, engagements[which] ?? { slug: '', id: '' });
      for (const turn of turns) {
        if (!('onward' in turn)) await lives.take(turn);
        else {
          const likely = onward(lives.life(), record.clock.now().getTime());
          const next = likely[turn.onward % likely.length] ?? nominate;
          for (const action of turn.late ? twice(next) : [next]) await lives.take(action);
        }
      }
      for (const what of lives.seen) seen.add(what);
      await lives.leave();
    };
    for (const [index, turns] of WHOLE_LIVES.entries()) await lived(turns, index % 2);
    expect([...seen].toSorted()).toEqual(Object.keys(TRANSITIONS).toSorted());
    let current: Promise<void> = Promise.resolve();
    const chance = fc.asyncProperty(LIFE, fc.nat(1), (turns, which) => {
      current = lived(turns, which);
      return current;
    });
    const limits = { interruptAfterTimeLimit: 20_000, markInterruptAsFailure: false };
    await fc.assert(chance, { numRuns: engine === 'pglite' ? 5 : 12, ...limits });
    // A life that was interrupted goes on by itself, and the record closes after it.
    await current;
  }, 150_000);
});
